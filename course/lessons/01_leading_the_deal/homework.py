# %% setup
import pandas as pd

from course.answers import Work, begin
from course.cases.lead import broker_silence, chase_log, load
from course.widgets import show_form, show_hand_in, show_learner

begin()
pd.set_option("display.max_colwidth", None)  # show whole histories
case = load(Work().seed)

# %% [markdown]
# # Homework 01 · Lead the group, drop the dead deal
#
# **@points@ points, about an hour.** The tasks marked *decision track* need no programming. The
# *analyst track* is a few lines of Python each, for those who like to. Everything is saved as you go;
# *Check* tells you what is still open, as often as you like. Points and reasons come back after you
# hand in.

# %% show
show_learner()

# %% [markdown] part="sort_messages"
# ## Twelve messages · decision track, 4 points
#
# Zoe Qiao brokers between Hengyuan Logistics (Mr Chen) and Lanting (Ms Luo). These are twelve things
# a broker in her place might write. What does each one *do* in the group?
#
# - **leading** moves the deal by a date, an owner, a place or a rule
# - **begging** asks for permission, attention or gratitude
# - **drifting** makes a sound but moves nothing
# - **bossing** claims control over people instead of keeping a process

# %% form="sort_messages"

# %% [markdown] part="charter"
# ## The charter · decision track, 4 points
#
# A rule that everybody knows leads a deal better than a person who is everywhere. Zoe writes hers on
# one page and posts it before the first joint call.

# %% form="charter"

# %% [markdown] part="first_fee"
# ## The first fee · decision track, 2 points

# %% form="first_fee"

# %% [markdown] part="monday_chase"
# ## Monday, 20:00 · decision track, 3 points

# %% form="monday_chase"

# %% [markdown] id="no-python"
# **That was the decision track.** If you do not program, you are done: go down to *Hand in*, at the very
# end. What lies between is for those who like to.

# %% [markdown] part="long_silences"
# ## How often was it silent? · analyst track, 2 points
#
# Below is one deal of *your* case: what the broker wrote, and when. (160 simulated deals, about 6,000
# messages, each learner another variant.)
#
# Write `long_silences(written, start, end, days)`: how many times there was no word from the broker for
# at least `days` full days (24 hours each). `written` is a list of moments (`pd.Timestamp` with a time
# of day, in any order), `start` the moment of the introduction, `end` the moment the deal ended or the
# data does. The time before the first message and the time after the last one count as well; with no
# message at all there is one silence, from start to end.
#
# Change the first grey cell below, run it (Shift+Enter), then run the one under it: it tries a few
# examples. More cases are tried when you hand in.

# %% show part="long_silences"
messages = case.tables["group_messages"]
own = messages[(messages["role"] == "broker") & (messages["deal_id"] == "D007")]
own[["sent_at", "text"]].head(12)


# %% solution="long_silences"
def long_silences(written, start, end, days):
    """Return how often nothing was written for at least ``days`` full days."""
    ### BEGIN SOLUTION
    moments = [start, *sorted(written), end]
    return sum((later - earlier).days >= days for earlier, later in zip(moments, moments[1:]))
    ### END SOLUTION


# %% grade="long_silences" points=2
import pandas as pd

from course.answers import Example, Scorecard, Work
from course.cases.lead import load


def day(text):
    return pd.Timestamp(f"2026-{text}")


card = Scorecard("long_silences", task=lambda: long_silences)
card.rule(
    "Examples",
    Example(
        1,
        ([day("03-10"), day("03-01")], day("03-01"), day("03-12"), 7),
        "From the 1st to the 10th; the two days after it are too short.",
    ),
    Example(1, ([], day("03-01"), day("03-12"), 7), "No message: one silence, the whole time."),
    Example(
        0,
        ([day("03-03 18:00")], day("03-01"), day("03-06 09:00"), 3),
        "2 days 18 hours and 2 days 15 hours: neither is 3 full days.",
    ),
)
### BEGIN HIDDEN TESTS
ENDS = "The silence after the last message counts, too."
card.rule(
    "The silence at both ends counts",
    Example(
        2,
        ([day("03-02"), day("03-10")], day("03-01"), day("04-12"), 7),
        "One between the messages, one after the last.",
        ((1, ENDS, "the silence at the end forgotten"),),
    ),
    Example(
        1,
        ([day("03-20"), day("03-22")], day("03-01"), day("03-25"), 7),
        "Nothing was written between 1 and 20 March.",
        ((0, "The time before the first message counts, too.", "the first silence forgotten"),),
    ),
    Example(0, ([day("03-04")], day("03-01"), day("03-08"), 7), "No silence is that long."),
    points=1,
)
mine = load(Work().seed)  # afresh: a learner's own code may have changed theirs
truth = mine.truth["deals"].set_index("deal_id")
ended = mine.tables["outcomes"].set_index("deal_id")["ended_on"]
written = mine.tables["group_messages"].query("role == 'broker'").groupby("deal_id")["sent_at"]


def count(times, start, end, days):
    marks = pd.Series([start, *sorted(times), end])
    return int((marks.diff() >= pd.Timedelta(days=days)).sum())


drawn = []
for number, (name, times) in enumerate(list(written)[:40]):
    start = truth.loc[name, "introduced_on"]
    end = max([start, *times]) + pd.Timedelta(days=10) if pd.isna(ended[name]) else ended[name]
    inside = [time for time in times if start <= time <= end]
    days = (3, 7, 14)[number % 3]
    drawn.append(
        Example(
            count(inside, start, end, days), (inside, start, end, days), "Look at your own data."
        )
    )
card.rule("It fits forty deals of your case", *drawn, points=1)
### END HIDDEN TESTS
card.total()

# %% [markdown] part="unpaid_share"
# ## Does silence cost? · analyst track, 2 points
#
# `deals`, below, has a row for each deal of your case: the broker's longest `silence` in days, and
# the `status` after 26 weeks: `paid`, `bypassed`, `dead`, `dropped`, or still `open`. (Deals whose
# end nobody wrote down are left out.)
#
# Write `unpaid_share(deals, days)`: among the deals that **have ended** and had a silence of at least
# `days` days, the share (0 to 1) that ended without the fee. If there is no such deal, return `None`.

# %% show part="unpaid_share"
deals = broker_silence(case).dropna()
deals.head(8)


# %% solution="unpaid_share"
def unpaid_share(deals, days):
    """Return the share of ended deals with at least ``days`` days of silence that were not paid."""
    ### BEGIN SOLUTION
    ended = deals[(deals["status"] != "open") & (deals["silence"] >= days)]
    if ended.empty:
        return None
    return (ended["status"] != "paid").mean()
    ### END SOLUTION


# %% grade="unpaid_share" points=2
import pandas as pd

from course.answers import Example, Scorecard, Work
from course.cases.lead import broker_silence, load


def table(*rows):
    return pd.DataFrame(rows, columns=["status", "silence"])


card = Scorecard("unpaid_share", task=lambda: unpaid_share)
card.rule(
    "Examples",
    Example(0.5, (table(("paid", 30), ("dead", 25), ("paid", 3)), 21), "One of two was not paid."),
)
### BEGIN HIDDEN TESTS
OPEN = (
    "A deal that is still open has not ended: it counts neither as lost nor as paid.",
    "open taken for lost",
)
card.rule(
    "Open deals have not ended",
    Example(
        0.5,
        (table(("paid", 30), ("bypassed", 30), ("open", 30), ("open", 30)), 21),
        "Of the two that ended, one was not paid.",
        ((0.75, *OPEN), (0.25, "Open deals are not paid deals either.", "open taken for paid")),
    ),
    Example(None, (table(("open", 30), ("paid", 3)), 21), "No ended deal had such a silence."),
    Example(1.0, (table(("dropped", 21), ("paid", 20)), 21), "Exactly 21 days counts."),
    points=1,
)
mine = broker_silence(load(Work().seed)).dropna()  # afresh: learners may have changed theirs


def share(deals, days):
    ended = deals[(deals["status"] != "open") & (deals["silence"] >= days)]
    return None if ended.empty else float((ended["status"] != "paid").mean())


card.rule(
    "It fits your case, whatever the number of days",
    *(
        Example(
            share(mine, days),
            (mine, days),
            f"It should be {share(mine, days):.4f}.",
            ((float((mine[mine["silence"] >= days]["status"] != "paid").mean()), *OPEN),),
        )
        for days in (0, 7, 21, 45)
    ),
    points=1,
)
### END HIDDEN TESTS
card.total()

# %% [markdown] part="should_drop"
# ## Drop it? · analyst track, 3 points
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

# %% show part="should_drop"
log = chase_log(Work().seed)
log.groupby("deal", sort=False)["event"].agg(", ".join).to_frame("history")


# %% solution="should_drop"
def should_drop(history):
    """Return True if the latest three chases in a row stayed unanswered."""
    ### BEGIN SOLUTION
    chases = [week for week in history if week != "not chased"]
    return len(chases) >= 3 and "reply" not in chases[-3:]
    ### END SOLUTION


# %% grade="should_drop" points=3
from course.answers import Example, Scorecard, Work
from course.cases.lead import chase_log

card = Scorecard("should_drop", task=lambda: should_drop)
card.rule(
    "Examples",
    Example(False, (["no reply"],), "One unanswered chase is not three."),
    Example(
        True, (["no reply", "no reply", "no reply"],), "Three unanswered chases in a row: drop."
    ),
    Example(False, (["no reply", "no reply", "reply"],), "They answered the latest chase."),
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
    "Fewer than three: not yet",
    Example(False, ([],), "An empty history holds no chase at all."),
    Example(
        False,
        ([answered, quiet],),
        "Only one chase is unanswered.",
        ((True, "Only one chase is unanswered.", "one silence taken for the end"),),
    ),
    Example(
        False,
        ([quiet, quiet],),
        "Only two chases are unanswered.",
        ((True, "Only two chases are unanswered.", "one silence taken for the end"),),
    ),
    Example(True, ([quiet] * 4,), "Four in a row are unanswered."),
    points=1,
)
card.rule(
    "What was invested before does not keep a dead deal alive",
    Example(
        True,
        ([answered] * 12 + [quiet] * 3,),
        "The last three are unanswered.",
        ((False, "Twelve good weeks are gone; the last three speak.", "sunk cost"),),
    ),
    Example(True, ([quiet, answered] * 5 + [quiet] * 4,), "The last four are unanswered."),
    Example(False, ([quiet] * 9 + [answered],), "They answered the latest chase."),
    points=1,
)
card.rule(
    "Your own silence is not theirs",
    Example(
        False,
        ([quiet, idle, idle],),
        "You chased once; only that counts.",
        ((True, "You chased only once.", "own silence counted as theirs"),),
    ),
    Example(
        True,
        ([quiet, idle, quiet, idle, quiet],),
        "Three chases in a row are unanswered; the weeks between do not count.",
    ),
    Example(False, ([idle] * 6,), "Nobody was chased."),
    points=0.5,
)
luck = random.Random(Work().seed)
drawn = [[luck.choice([quiet, quiet, answered, idle]) for _ in range(n)] for n in range(20)]
own = [list(deal["event"]) for _, deal in chase_log(Work().seed).groupby("deal", sort=False)]
card.rule(
    "It fits your twelve deals and twenty drawn ones",
    *(Example(expected(h), (h,), f"It should be {expected(h)}.") for h in [*own, *drawn]),
    points=0.5,
)
### END HIDDEN TESTS
card.total()

# %% [markdown]
# ## Hand in
#
# Your answers are already saved. If you work on a JupyterHub whose *Nbgrader* menu collects
# homework, save this notebook (Ctrl+S) and use that. Otherwise pack it here and send the file. You may hand
# in as often as you like until the deadline; the latest counts.

# %% show
show_hand_in()
