# %% setup
import pandas as pd

from course.answers import Work, begin
from course.cases.priority import claims, load, queue_on, waits
from course.widgets import show_form, show_hand_in, show_learner

begin()
pd.set_option("display.max_colwidth", None)  # show whole titles
case = load(Work().seed)

# %% [markdown]
# # Homework 03 · From the other side of the desk
#
# **@points@ points, about an hour.** The tasks marked *decision track* need no programming. The
# *analyst track* is a few lines of Python each, for those who like to, and a question about what they
# do. Everything is saved as you go; *Check* tells you what is still open, as often as you like.
# Points and reasons come back after you hand in.

# %% show
show_learner()

# %% [markdown] part="rank_asks"
# ## Ten asks · decision track, 3 points
#
# You have read Xie Yun's Monday. Now the chair is yours.

# %% form="rank_asks"

# %% [markdown] part="repair_log"
# ## A week, mended · decision track, 3 points

# %% form="repair_log"

# %% [markdown] part="project_anger"
# ## Twenty-four rounds · decision track, 3 points
#
# The simulator of the lesson, 3,000 times over: you in one chair, eleven people who ask plainly in
# the others. These are the days that *your* asks wait, on average, in the first six of 24 rounds (two
# weeks each). All of its numbers are assumed.
#
# | your manner, round | 1 | 2 | 3 | 4 | 5 | 6 | … | 24 |
# |---|---|---|---|---|---|---|---|---|
# | asking plainly | 8.5 | 8.7 | 8.2 | 8.1 | 8.0 | 8.1 | … | 8.5 |
# | shouting every time | 1.2 | 1.7 | 2.2 | 3.1 | 3.8 | 4.7 | … | ? |
# | one outburst, then plainly | 1.2 | 3.5 | 5.6 | 7.0 | 7.6 | 7.9 | … | 8.5 |
# | on record, with thanks | 7.6 | 6.2 | 5.0 | 4.1 | 3.6 | 3.3 | … | ? |

# %% form="project_anger"

# %% [markdown] part="three_papers"
# ## Three papers · decision track, 4 points

# %% form="three_papers"

# %% [markdown] id="no-python"
# **That was the decision track.** If you do not program, you are done: go down to *Hand in*, at the very
# end. What lies between is for those who like to.

# %% [markdown] part="really_urgent"
# ## What does the label say? · analyst track, 1.5 points
#
# From here on it is *your* variant of the tickets (900 of them, simulated, each learner another one).
# `tickets`, below, has a row for each ticket that was begun: the `label` its requester ticked
# (`urgent` or `normal`), whether it was really `urgent` (`True` or `False`: did a day of waiting cost
# as much as the firm's own limit says?), and other things that the next task needs.
#
# Write `really_urgent(tickets, label)`: **of the tickets with this label**, the share (0 to 1) that
# really were urgent. If no ticket has the label, return `None`.
#
# Change the first grey cell below, run it (Shift+Enter), then run the one under it: it tries a few
# examples. More cases are tried when you hand in.

# %% show part="really_urgent"
tickets = waits(case)
tickets[["requester", "expert", "label", "urgent", "complete", "cost_band", "wait"]].head(8)


# %% solution="really_urgent"
def really_urgent(tickets, label):
    """Return the share of the tickets with this label that really were urgent."""
    ### BEGIN SOLUTION
    marked = tickets[tickets["label"] == label]
    if marked.empty:
        return None
    return marked["urgent"].mean()
    ### END SOLUTION


# %% grade="really_urgent" points=1.5
import pandas as pd

from course.answers import Example, Scorecard, Work
from course.cases.priority import load, waits


def table(*rows):
    return pd.DataFrame(rows, columns=["label", "urgent"])


card = Scorecard("really_urgent", task=lambda: really_urgent)
four = table(("urgent", True), ("urgent", False), ("urgent", False), ("normal", False))
card.rule(
    "Examples",
    Example(1 / 3, (four, "urgent"), "Three are marked, one of them really was urgent."),
    Example(0.0, (four, "normal"), "One is marked normal, and it was not urgent."),
)
### BEGIN HIDDEN TESTS
TURNED = (
    "That is how many of the really urgent ones carry the label. The question starts from the label.",
    "a condition turned round",
)
five = table(
    ("urgent", True), ("urgent", False), ("urgent", False), ("urgent", False), ("normal", True)
)
card.rule(
    "Of those with the label, how many were urgent",
    Example(
        0.25,
        (five, "urgent"),
        "Of four that are marked, one was urgent.",
        (
            (0.5, *TURNED),
            (
                0.2,
                "Divide by those with the label, not by all tickets.",
                "the whole taken for the part",
            ),
            (
                1.0,
                "The label says urgent; the column `urgent` says whether it was.",
                "the urgent label taken for the cost of waiting",
            ),
        ),
    ),
    Example(1.0, (five, "normal"), "One is marked normal, and it was urgent.", ((0.5, *TURNED),)),
    Example(None, (four, "low"), "No ticket has this label."),
    points=0.75,
)
mine = waits(load(Work().seed))  # afresh: a learner's own code may have changed theirs


def share(rows, label):
    marked = rows.loc[rows["label"] == label, "urgent"].astype(bool)
    return float(marked.mean()) if len(marked) else None


parts = [mine, *(rows for _, rows in mine.groupby("quarter"))]
card.rule(
    "It fits your tickets, all year and quarter by quarter",
    *(
        Example(share(rows, label), (rows, label), f"It should be {share(rows, label):.4f}.")
        for rows in parts
        for label in ("urgent", "normal")
    ),
    points=0.75,
)
### END HIDDEN TESTS
card.total()

# %% [markdown] part="days_saved"
# ## Does telling help? · analyst track, 2 points
#
# `complete` says how many of four things came with the first request: background, reviewers, dates,
# why. Were the tickets that came with more of them begun sooner? To compare like with like, look at
# one `cost_band` (`low`, `middle`, `high`: a third of the tickets each) at a time.
#
# Write `days_saved(tickets, band)`: in this cost band, the mean `wait` of the tickets with **0 or
# 1** things told, less the mean `wait` of those with **3 or 4**. A positive result is the number of
# working days that telling saved. If the band lacks one of the two kinds, return `None`.
#
# When it works, try it with each band. And before you announce the result: people who tell much may
# do other things well, too, such as putting it on record. This table cannot tell these apart.

# %% show part="days_saved"
tickets[["cost_band", "complete", "wait"]].head(8)


# %% solution="days_saved"
def days_saved(tickets, band):
    """Return how many days sooner tickets with much told were begun, in one band of cost."""
    ### BEGIN SOLUTION
    inside = tickets[tickets["cost_band"] == band]
    little = inside.loc[inside["complete"] <= 1, "wait"]
    much = inside.loc[inside["complete"] >= 3, "wait"]
    if little.empty or much.empty:
        return None
    return little.mean() - much.mean()
    ### END SOLUTION


# %% grade="days_saved" points=2
import pandas as pd

from course.answers import Example, Scorecard, Work
from course.cases.priority import load, waits


def table(*rows):
    return pd.DataFrame(rows, columns=["cost_band", "complete", "wait"])


card = Scorecard("days_saved", task=lambda: days_saved)
few = table(("high", 0, 9), ("high", 4, 5), ("high", 4, 4), ("low", 1, 9))
card.rule(
    "Examples",
    Example(4.5, (few, "high"), "9 days with little told, 4.5 on average with much."),
    Example(None, (few, "low"), "In this band nobody told much."),
)
### BEGIN HIDDEN TESTS
POOLED = (
    "Only the tickets of this cost band count: compare like with like.",
    "different costs lumped together",
)
TURNED = ("Sooner means a shorter wait: little told less much told.", "the difference turned round")
both = table(
    ("high", 0, 10), ("high", 1, 8), ("high", 3, 4), ("low", 0, 6), ("low", 3, 9), ("low", 4, 8)
)
card.rule(
    "One cost band at a time, little told less much told",
    Example(5.0, (both, "high"), "9 less 4.", ((1.0, *POOLED), (-5.0, *TURNED))),
    Example(-2.5, (both, "low"), "6 less 8.5: here telling cost days.", ((2.5, *TURNED),)),
    points=0.75,
)
odd = table(("middle", 0, 8), ("middle", 2, 1), ("middle", 2, 30), ("middle", 3, 4), ("low", 2, 3))
card.rule(
    "Two things told are neither, and a band may lack a kind",
    Example(
        4.0,
        (odd, "middle"),
        "8 less 4: tickets with two things told are neither.",
        (
            (
                13 - 4,
                "Little told is 0 or 1 of the four; 2 is in between.",
                "a limit taken wrongly",
            ),
            (
                8 - 35 / 3,
                "Much told is 3 or 4 of the four; 2 is in between.",
                "a limit taken wrongly",
            ),
        ),
    ),
    Example(None, (odd, "low"), "Nobody told little or much here."),
    Example(None, (odd, "high"), "There is no such ticket."),
    points=0.5,
)
mine = waits(load(Work().seed))  # afresh: a learner's own code may have changed theirs


def saved(rows):
    few, many = (rows["wait"][rows["complete"].isin(told)].mean() for told in ([0, 1], [3, 4]))
    return None if pd.isna(few) or pd.isna(many) else float(few - many)


card.rule(
    "It fits your tickets, all of them and expert by expert",
    *(
        Example(
            saved(rows[rows["cost_band"] == band]),
            (rows, band),
            "Look at your own tickets.",
            ((saved(rows), *POOLED),),
        )
        for rows in [mine, *(own for _, own in mine.groupby("expert"))]
        for band in ("low", "middle", "high")
    ),
    points=0.75,
)
### END HIDDEN TESTS
card.total()

# %% [markdown] part="priority"
# ## Your own rule · analyst track, 1.5 points
#
# Now you set the order. A ticket is a dictionary of what its requester said:
#
# - `"said_cost"`: what a working day of waiting costs, in CNY, or `None` if no reason was given
# - `"said_hours"`: how many hours the work takes, or `None` if nothing was said
# - `"label"`: what was ticked, `"urgent"` or `"normal"`
#
# Write `priority(ticket)`: the **value per effort**, cost of a day's waiting divided by hours of
# work; the highest is served first. Without a cost nothing can be said for the ticket: return `0`. Without hours
# take 8. The label does not count.
#
# This lay on an expert's desk one morning (your variant again; `<NA>` and `NaN`: nothing was said):

# %% show part="priority"
mornings = ("2025-09-15", "2025-10-20", "2025-11-17")
desks = [queue_on(case, expert, day) for expert in ("X1", "X2", "X3") for day in mornings]
desk = max(desks, key=lambda one: one["said_cost"].count())  # the one of which most is known
desk[["ticket_id", "title", "label", "said_cost", "said_hours"]]


# %% solution="priority"
def priority(ticket):
    """Return what a day of waiting costs per hour of the expert's work, CNY."""
    ### BEGIN SOLUTION
    if ticket["said_cost"] is None:
        return 0
    hours = 8 if ticket["said_hours"] is None else ticket["said_hours"]
    return ticket["said_cost"] / hours
    ### END SOLUTION


# %% grade="priority" points=1.5
import pandas as pd

from course.answers import Example, Scorecard, Work
from course.cases.priority import clean, load


def ticket(cost, hours, label="normal"):
    return {"said_cost": cost, "said_hours": hours, "label": label}


card = Scorecard("priority", task=lambda: priority)
card.rule(
    "Examples",
    Example(500.0, (ticket(2000, 4),), "2,000 a day for 4 hours of work."),
    Example(0, (ticket(None, 4),), "Nobody said what waiting costs."),
)
### BEGIN HIDDEN TESTS
LABEL = ("The label costs nothing, so it says nothing.", "an urgent label taken for a reason")
EFFORT = ("Divide by the hours: they are what it costs the expert.", "effort forgotten")
TIMES = ("Divide, don't multiply: a long job is worth less per hour.", "effort taken for value")
card.rule(
    "Value per effort",
    Example(
        250.0,
        (ticket(1000, 4),),
        "1,000 a day for 4 hours of work.",
        ((1000, *EFFORT), (4000, *TIMES)),
    ),
    Example(1200.0, (ticket(600, 0.5),), "600 a day for half an hour of work."),
    points=0.5,
)
card.rule(
    "What was not said",
    Example(100.0, (ticket(800, None),), "No hours given: take 8."),
    Example(0, (ticket(None, None),), "No cost given: 0."),
    Example(
        0,
        (ticket(None, 2, "urgent"),),
        "No cost given: 0, whatever was ticked.",
        (
            (float("inf"), *LABEL),
            (1, *LABEL),
        ),
    ),
    points=0.5,
)
mine = clean(load(Work().seed))["tickets"]  # afresh: learners may have changed theirs


def given(number):
    return None if pd.isna(number) else float(number)


def expected(one):
    cost, hours = one["said_cost"], one["said_hours"]
    return 0.0 if cost is None else cost / (8 if hours is None else hours)


asked = [
    ticket(given(row.said_cost), given(row.said_hours), label)
    for row in mine.head(60).itertuples()
    for label in ("urgent", "normal")
]
card.rule(
    "It fits sixty tickets of your case, whatever the label",
    *(Example(expected(one), (one,), f"It should be {expected(one):.2f}.") for one in asked),
    Example(300.0, (ticket(1800, 6, "urgent"),), "The label does not count."),
    points=0.5,
)
### END HIDDEN TESTS
card.total()

# %% [markdown] part="gamed"
# ## The audit · analyst track, 2 points
#
# Your rule believes what people say. Below, for each requester of your case, what was said against
# what was found: `cost_said` 2.3 means a day's wait stated at 2.3 times what it really cost, `hours_said`
# 0.4 means 40 % of the hours that it took; `priority_said` is how many times too high your rule
# would have put their tickets. Nobody needs to lie for that. Whoever is served by what they claim
# learns to claim.

# %% show part="gamed"
claims(case).round(2)

# %% form="gamed"

# %% [markdown]
# ## Hand in
#
# Your answers are already saved. If you work on a JupyterHub whose *Nbgrader* menu collects
# homework, save this notebook (Ctrl+S) and use that. Otherwise pack it here and send the file. You may hand
# in as often as you like until the deadline; the latest counts.

# %% show
show_hand_in()
