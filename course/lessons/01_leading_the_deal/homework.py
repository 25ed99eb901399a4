# %% setup
import pandas as pd

from course.answers import Case, Scorecard, Work, begin
from course.cases.lead import chase_log
from course.widgets import show_form, show_hand_in, show_learner

begin()
pd.set_option("display.max_colwidth", None)  # show whole histories

# %% [markdown]
# # Homework 01 · Read the group chat, drop the dead deal
#
# **10 points, about 25 minutes.** Task 1 needs no programming. Task 2 is for the analyst track: a few
# lines of Python. Everything is saved as you go; *Check* tells you what is still open, as often as
# you like. Points and reasons come back after you hand in.

# %% show
show_learner()

# %% [markdown]
# ## Task 1 · Twelve messages (6 points)
#
# Zoe Qiao brokers between Hengyuan Logistics (Mr Chen) and Lanting (Ms Luo). These are twelve things
# a broker in her place might write. What does each one *do* in the group?
#
# - **leading** moves the deal by a date, an owner, a place or a rule
# - **begging** asks for permission, attention or gratitude
# - **drifting** makes a sound but moves nothing
# - **bossing** claims control over people instead of keeping a process

# %% form="sort_messages"

# %% [markdown]
# ## Task 2 · Drop it? (4 points, analyst track)
#
# A deal's history is a list with one word for each week, oldest first:
#
# - `"reply"`: you chased, and somebody answered
# - `"no reply"`: you chased, and nobody did
# - `"not chased"`: you did not chase that week
#
# Write `should_drop(history)`: `True` when your **latest three chases in a row** stayed unanswered,
# else `False`. A week in which you did not chase says nothing about them: it neither counts nor
# starts the count anew. Any reply starts the count anew.
#
# These are twelve of your own deals, week by week:

# %% show
log = chase_log(Work().seed)
log.groupby("deal", sort=False)["event"].agg(", ".join).to_frame("history")


# %% solution="should_drop"
def should_drop(history):
    """Return True if the latest three chases in a row stayed unanswered."""
    ### BEGIN SOLUTION
    chases = [week for week in history if week != "not chased"]
    return len(chases) >= 3 and "reply" not in chases[-3:]
    ### END SOLUTION


# %% [markdown]
# Run the cell above (Shift+Enter), then this one. It tries three examples; more cases, and your
# twelve deals, are tried when you hand in.

# %% grade="should_drop" points=4
card = Scorecard("should_drop", task=lambda: should_drop)
card.rule(
    "Examples",
    Case(False, (["no reply"],), "One unanswered chase is not three."),
    Case(True, (["no reply", "no reply", "no reply"],), "Three unanswered chases in a row: drop."),
    Case(False, (["no reply", "no reply", "reply"],), "They answered the latest chase."),
)
### BEGIN HIDDEN TESTS
import random


def expected(history):
    streak = 0
    for week in history:
        streak = {"reply": 0, "no reply": streak + 1}.get(week, streak)
    return streak >= 3


quiet, answered, idle = "no reply", "reply", "not chased"
card.rule(
    "One or two silences prove nothing",
    Case(False, ([],), "An empty history holds no chase at all."),
    Case(
        False,
        ([answered, quiet],),
        "Only one chase is unanswered.",
        ((True, "Only one chase is unanswered.", "one silence taken for the end"),),
    ),
    Case(
        False,
        ([quiet, quiet],),
        "Only two chases are unanswered.",
        ((True, "Only two chases are unanswered.", "one silence taken for the end"),),
    ),
    Case(True, ([quiet] * 4,), "Four in a row are unanswered."),
    points=1,
)
card.rule(
    "What was invested before does not keep a dead deal alive",
    Case(
        True,
        ([answered] * 12 + [quiet] * 3,),
        "The last three are unanswered.",
        ((False, "Twelve good weeks are gone; the last three speak.", "sunk cost"),),
    ),
    Case(True, ([quiet, answered] * 5 + [quiet] * 4,), "The last four are unanswered."),
    Case(False, ([quiet] * 9 + [answered],), "They answered the latest chase."),
    points=1,
)
card.rule(
    "Your own silence is not theirs",
    Case(
        False,
        ([quiet, idle, idle],),
        "You chased once; only that counts.",
        ((True, "You chased only once.", "own silence counted as theirs"),),
    ),
    Case(
        True,
        ([quiet, idle, quiet, idle, quiet],),
        "Three chases in a row are unanswered; the weeks between do not count.",
    ),
    Case(False, ([idle] * 6,), "Nobody was chased."),
    points=1,
)
luck = random.Random(Work().seed)
drawn = [[luck.choice([quiet, quiet, answered, idle]) for _ in range(n)] for n in range(20)]
own = [list(deal["event"]) for _, deal in chase_log(Work().seed).groupby("deal", sort=False)]
card.rule(
    "It fits your twelve deals and twenty drawn ones",
    *(Case(expected(h), (h,), f"It should be {expected(h)}.") for h in [*own, *drawn]),
    points=1,
)
### END HIDDEN TESTS
card.total()

# %% [markdown]
# ## Hand in
#
# Your answers are already saved. If your instructor collects homework through the *Nbgrader* menu,
# save this notebook (Ctrl+S) and use that. Otherwise pack it here and send the file. You may hand
# in as often as you like until the deadline; the latest counts.

# %% show
show_hand_in()
