# %% setup
import pandas as pd

from course.answers import Work, begin
from course.cases.momentum import early_signals, load, standing
from course.cases.momentum.people import PRESALES
from course.widgets import show_form, show_hand_in, show_learner

begin()
pd.set_option("display.max_colwidth", None)  # show whole messages
case = load(Work().seed)

# %% [markdown]
# # Homework 02 · Find the next step, and whose it is
#
# **@points@ points, about an hour and a quarter.** The tasks marked *decision track* need no
# programming. The *analyst track* is a few lines of Python each, for those who like to. Everything is
# saved as you go; *Check* tells you what is still open, as often as you like. Points and reasons come
# back after you hand in.

# %% show
show_learner()

# %% [markdown]
# **Whose job you do.** You are **Iris Qiu (邱)**, new at Songqing Systems. Your first customer is
# **Baiyan Water** (白堰水务), which loses a fifth of its water somewhere between the works and the taps.
# On Thursday, 3 September 2026, you presented leak monitoring for the eastern pipes, CNY 1.2 million.
# Everybody is satisfied.

# %% [markdown] part="sort_sentences"
# ## Fifteen sentences · decision track, 4 points
#
# Things that customers say, at Baiyan and elsewhere. What has happened?
#
# - **advance**: somebody over there has done something of their own that brings the purchase nearer,
#   or owes it by a day
# - **continuation**: it goes on and is friendly, and nobody over there owes anything
# - **stall**: it is put off until something that nobody can name or hasten, or a promise is taken
#   back

# %% form="sort_sentences"

# %% [markdown] part="inside_unknown"
# ## What you don't know · decision track, 1 point
#
# Your notes of the first two days:
#
# > **Thu 3 September** · Presented to seven people. Director Xia (夏): "This is just what we need." He
# > stayed on and asked what happens when a sensor drowns. Ms Lin (林), my contact, section chief under
# > him, beamed.
# >
# > **Fri 4 September, Ms Lin by chat:** Director Xia has already mentioned it to General Manager
# > Cheng (程), who also finds it good!! 👍
# >
# > **Fri 4 September, call with Ms Lin** · Director Xia may decide alone up to CNY 500,000; what is
# > above goes to the management meeting. Requests for money go to Ms Qian (钱) in finance, "some time
# > in autumn, she'll shout". Contracts go over Mr Kang's (康) table in legal, "he's thorough".

# %% form="inside_unknown"

# %% [markdown] part="inside_order"
# ## The way inside · decision track, 2 points
#
# You asked, and on Monday Ms Lin told you how a purchase goes in her house, as it came to her mind:
#
# > "Mr Kang? He looks at nothing that has no money yet. Ms Qian sets money aside only for what was
# > handed in while she takes requests, and she takes a request only for what the meeting has passed.
# > The meeting reads two pages, and they had better sound like us. It hears what Director Xia has put
# > his name to, nothing else. For that he wants a note from me. And in the end General Manager Cheng
# > signs, but he asks Mr Kang first."

# %% form="inside_order"

# %% [markdown] part="action_plan"
# ## The plan · decision track, 3 points
#
# It is **Monday, 7 September 2026**. With Ms Lin's help you have filled in names and days:
#
# | who | what they can do |
# |---|---|
# | Ms Lin, operations | writes and files the note; puts papers into the house's own words; carries things on |
# | Director Xia | signs the note; brings it into the meeting, or lets Ms Lin bring it |
# | General Manager Cheng | heads the management meeting (twice a month, the next on 22 September); alone signs contracts of this size |
# | Ms Qian, finance | takes requests for this year's money from **12 to 23 October**; after that, in March for 2027 |
# | Mr Kang, legal | clears the contract, and compares three offers; wants three weeks |
#
# What is not under contract by **30 November** falls back to the city. The house is closed from **1
# to 7 October**. You and Lao Chai, your engineer, can draft as much as you like.

# %% form="action_plan"

# %% [markdown] part="brief123"
# ## Three lines for Director Xia · decision track, 3 points
#
# Tuesday, 15 September. Director Xia will see General Manager Cheng tomorrow morning for five
# minutes. Ms Lin has put the repair figures into the meeting paper; the note lies on her desk, ready
# to be signed.

# %% form="brief123"

# %% [markdown] id="no-python"
# **That was the decision track.** If you do not program, you are done: go down to *Hand in*, at the very
# end. What lies between is for those who like to.

# %% [markdown] part="first_action"
# ## Who moved first? · analyst track, 2 points
#
# Below is the log of one opportunity of *your* case, as it was found (220 simulated opportunities,
# about 5,300 entries, each learner another variant). When did the **customer** first take on a task
# of their own, with a day?
#
# Write `first_action(entries, start, ours)`. `entries` is a table like the one below, its rows in any
# order; `start` the day of the presentation (`pd.Timestamp`); `ours` the names of the seller's
# people. Return the number of whole days from `start` to the first entry (`at`) that holds a task
#
# - whose `owner` is logged as `"customer"`,
# - with an agreed day (`due` is not missing),
# - and whose `assignee` is **not** one of ours: some of the seller's work was logged as the customer's.
#
# If there is no such entry, return `None`. Change the first grey cell below, run it (Shift+Enter),
# then run the one under it: it tries a few examples. More cases are tried when you hand in.

# %% show part="first_action"
ours = [*case.tables["opportunities"]["seller"].unique(), *PRESALES]
events = case.tables["events"]
entries = events[events["opportunity_id"] == "P003"]
entries[["at", "side", "text", "owner", "assignee", "due", "done"]].head(12)


# %% solution="first_action"
def first_action(entries, start, ours):
    """Return the days from ``start`` to the customer's first dated task of their own, or None."""
    ### BEGIN SOLUTION
    dated = entries[(entries["owner"] == "customer") & entries["due"].notna()]
    theirs = dated[~dated["assignee"].isin(ours)]
    if theirs.empty:
        return None
    return (theirs["at"].min() - start).days
    ### END SOLUTION


# %% grade="first_action" points=2
import pandas as pd

from course.answers import Example, Scorecard, Work
from course.cases.momentum import early_signals, load
from course.cases.momentum.people import PRESALES

OURS = ["Iris Qiu", "Lao Chai"]
START = pd.Timestamp("2026-09-03")


def log(*rows):
    """Make entries of (at, side, owner, assignee, due); a day is "09-08", none is ""."""
    table = pd.DataFrame(rows, columns=["at", "side", "owner", "assignee", "due"])
    for column in ("at", "due"):
        days = [f"2026-{text}" if text else None for text in table[column]]
        table[column] = pd.to_datetime(pd.Series(days, dtype=object), format="ISO8601")
    return table.replace({"owner": {"": None}, "assignee": {"": None}})


card = Scorecard("first_action", task=lambda: first_action)
card.rule(
    "Examples",
    Example(
        5,
        (
            log(
                ("09-04 10:00", "customer", "", "", ""),
                ("09-08 09:30", "customer", "customer", "Ms Lin", "09-11"),
                ("09-15 15:00", "customer", "customer", "Director Xia", "09-17"),
            ),
            START,
            OURS,
        ),
        "On 8 September Ms Lin takes on something with a day, five days after the presentation.",
    ),
    Example(
        None,
        (log(("09-04 10:00", "customer", "", "", "")), START, OURS),
        "Kind words hold no task.",
    ),
)
### BEGIN HIDDEN TESTS
UNDATED = ("A task without a day binds nobody yet.", "a task without a day counted")
FLATTERED = (
    "That task was Iris's or Lao Chai's, whatever the log says: look at the assignee.",
    "seller's work counted as the customer's",
)
BUSY = ("Somebody over there wrote; nobody took anything on.", "activity taken for progress")
card.rule(
    "A task needs a day",
    Example(
        12,
        (
            log(
                ("09-07 10:00", "customer", "customer", "Ms Lin", ""),
                ("09-15 08:05", "customer", "customer", "Ms Lin", "09-18"),
            ),
            START,
            OURS,
        ),
        "The first dated task is that of 15 September.",
        ((4, *UNDATED),),
    ),
    Example(
        None,
        (log(("09-07 10:00", "customer", "customer", "Ms Lin", "")), START, OURS),
        "There is a task, but no day.",
        ((4, *UNDATED),),
    ),
    points=0.5,
)
card.rule(
    "The seller's work is not the customer's",
    Example(
        18,
        (
            log(
                ("09-21 17:30", "customer", "customer", "Director Xia", "09-22"),
                ("09-04 11:00", "seller", "customer", "Iris Qiu", "09-07"),
                ("09-09 11:00", "seller", "customer", "Lao Chai", "09-10"),
            ),
            START,
            OURS,
        ),
        "The first of their own came on 21 September; rows stand in any order.",
        ((1, *FLATTERED), (6, *FLATTERED)),
    ),
    Example(
        None,
        (log(("09-04 11:00", "seller", "customer", "Iris Qiu", "09-07")), START, OURS),
        "All of it was the seller's.",
        ((1, *FLATTERED),),
    ),
    points=0.5,
)
card.rule(
    "Talk is no task, and our tasks are not theirs",
    Example(
        25,
        (
            log(
                ("09-03 18:00", "customer", "", "", ""),
                ("09-05 09:00", "seller", "seller", "Iris Qiu", "09-06"),
                ("09-28 09:00", "seller", "customer", "Ms Qian", "10-12"),
            ),
            START,
            OURS,
        ),
        "Iris noted it on 28 September, but the task is Ms Qian's.",
        ((0, *BUSY), (2, "That task is the seller's own.", FLATTERED[1])),
    ),
    Example(None, (log(("09-03 18:00", "customer", "", "", "")), START, OURS), "No task at all."),
    Example(
        0,
        (log(("09-03 19:00", "customer", "customer", "Ms Lin", "09-04")), START, OURS),
        "On the very day: 0 is a number of days, too.",
    ),
    points=0.5,
)
mine = load(Work().seed)  # afresh: a learner's own code may have changed theirs
people = [*mine.tables["opportunities"]["seller"].unique(), *PRESALES]
starts = mine.tables["opportunities"].set_index("opportunity_id")["presented_on"]
expected = early_signals(mine)["first_action"]
columns = ["at", "side", "owner", "assignee", "due"]
drawn = []
for name, rows in list(mine.tables["events"].groupby("opportunity_id"))[:40]:
    days = None if pd.isna(expected[name]) else int(expected[name])
    naive = (rows.loc[(rows["owner"] == "customer") & rows["due"].notna(), "at"].min()) - starts[
        name
    ]
    wrong = () if pd.isna(naive) or naive.days == days else ((naive.days, *FLATTERED),)
    drawn.append(
        Example(days, (rows[columns], starts[name], people), "Look at your own data.", wrong)
    )
card.rule("It fits forty opportunities of your case", *drawn, points=0.5)
### END HIDDEN TESTS
card.total()

# %% [markdown] part="gap_within"
# ## The trap, in numbers · analyst track, 2 points
#
# `deals`, below, has a row for each of your 220 opportunities: its `cohort` (the quarter of the
# presentation), whether it was `signed`, and two signs that could be seen early: `happy` (8 points or
# more) and `early` (a dated task of their own within four weeks). Which of them tells something?
#
# Write `gap_within(deals, sign)`; `sign` is the name of a column of true and false. For each cohort:
# the share signed (0 to 1) where the sign is true, less the share signed where it is false. Return
# the average of these gaps, each cohort counted with its number of opportunities. Leave out a cohort
# in which all or none have the sign; if none is left, return `None`.

# %% show part="gap_within"
deals = early_signals(case)
deals["happy"] = deals["satisfaction"] >= 8
deals["early"] = deals["first_action"] < 28
deals.head(8)


# %% solution="gap_within"
def gap_within(deals, sign):
    """Return how much more often deals with the sign were signed, compared within cohorts."""
    ### BEGIN SOLUTION
    total = count = 0
    for _cohort, rows in deals.groupby("cohort"):
        with_sign = rows.loc[rows[sign], "signed"]
        without = rows.loc[~rows[sign], "signed"]
        if len(with_sign) and len(without):
            total += (with_sign.mean() - without.mean()) * len(rows)
            count += len(rows)
    return total / count if count else None
    ### END SOLUTION


# %% grade="gap_within" points=2
import pandas as pd

from course.answers import Example, Scorecard, Work
from course.cases.momentum import early_signals, load


def year(**cohorts):
    """Make deals: cohort=(with the sign, of them signed, without, of them signed)."""
    rows = []
    for name, (some, signed, others, also) in cohorts.items():
        rows += [(name, True, place < signed) for place in range(some)]
        rows += [(name, False, place < also) for place in range(others)]
    return pd.DataFrame(rows, columns=["cohort", "sign", "signed"])


card = Scorecard("gap_within", task=lambda: gap_within)
card.rule(
    "Examples",
    Example(
        0.5,
        (year(Q1=(4, 3, 4, 1)), "sign"),
        "One cohort: 3 of 4 with the sign, 1 of 4 without; the gap is 0.5.",
    ),
)
### BEGIN HIDDEN TESTS
TRAP = (
    "That is the gap over all cohorts in one pot: good quarters had more of both, the sign and signatures.",
    "correlation trap",
)
ALIKE = ("Every cohort was counted alike, the small ones as much as the large.", "")


def gap(rows, sign):
    return rows.loc[rows[sign], "signed"].mean() - rows.loc[~rows[sign], "signed"].mean()


def within(deals, sign):
    parts = [rows for _name, rows in deals.groupby("cohort") if rows[sign].nunique() == 2]
    sizes = [len(rows) for rows in parts]
    gaps = [gap(rows, sign) for rows in parts]
    if not parts:
        return None, None
    weighted = sum(g * n for g, n in zip(gaps, sizes)) / sum(sizes)
    return float(weighted), float(sum(gaps) / len(gaps))


def example(deals, sign, why):
    right, alike = within(deals, sign)
    wrong = [(float(gap(deals, sign)), *TRAP)] if abs(gap(deals, sign) - right) > 1e-6 else []
    wrong += [(alike, *ALIKE)] if abs(alike - right) > 1e-6 else []
    return Example(right, (deals, sign), why, tuple(wrong))


card.rule(
    "Each cohort is compared with itself",
    example(
        year(Q1=(4, 1, 12, 3), Q2=(12, 9, 4, 3)),
        "sign",
        "In Q1 both are at one in four, in Q2 both at three in four: no gap within.",
    ),
    example(
        year(Q1=(4, 0, 16, 4), Q2=(16, 12, 4, 4)),
        "sign",
        "In both cohorts those with the sign were signed less often, by 0.25.",
    ),
    example(year(Q1=(5, 4, 5, 1), Q2=(5, 5, 5, 2)), "sign", "Both cohorts have a gap of 0.6."),
    points=1,
)
card.rule(
    "Large cohorts count more, one-sided ones not at all",
    example(
        year(Q1=(15, 15, 15, 0), Q2=(5, 0, 5, 5)),
        "sign",
        "30 opportunities with a gap of 1, ten with a gap of -1: 0.5.",
    ),
    Example(
        0.25,
        (year(Q1=(4, 2, 4, 1), Q2=(6, 6, 0, 0)), "sign"),
        "In Q2 all have the sign: nothing to compare there.",
    ),
    Example(
        None,
        (year(Q1=(3, 1, 0, 0), Q2=(0, 0, 4, 2)), "sign"),
        "No cohort has both: there is nothing to compare.",
    ),
    points=0.5,
)
mine = early_signals(load(Work().seed))  # afresh: learners may have changed theirs
mine["happy"] = mine["satisfaction"] >= 8
mine["early"] = mine["first_action"] < 28
card.rule(
    "It fits your case, for both signs",
    *(example(mine, sign, "Look at each cohort by itself.") for sign in ("happy", "early")),
    points=0.5,
)
### END HIDDEN TESTS
card.total()

# %% [markdown] part="red_light"
# ## Red light · analyst track, 3 points
#
# Eight weeks after a presentation, this is how things stood with each opportunity that was still open:
#
# - `satisfaction`: points, right after the presentation
# - `seller_entries`, `customer_entries`: how much each side wrote in the last 28 days
# - `last_done`: days since the customer last did something that was theirs to do; missing if never
# - `next_due`: days until the next day agreed for something the customer owes; missing if there is none
#
# Write `red_light(opportunity)`. You get a dict with these five names; what is missing is `None`.
# Return `True`, a red light, when the customer owes nothing by a day to come **and** has done nothing
# of their own in the last 14 days (14 days ago or more, or never). Else return `False`.

# %% show part="red_light"
standing(case, 56).drop(columns="signed").head(10)


# %% solution="red_light"
def red_light(opportunity):
    """Return True if the customer neither owes a next step nor has lately taken one."""
    ### BEGIN SOLUTION
    owes = opportunity["next_due"] is not None
    moved = opportunity["last_done"] is not None and opportunity["last_done"] < 14
    return not (owes or moved)
    ### END SOLUTION


# %% grade="red_light" points=3
import pandas as pd

from course.answers import Example, Scorecard, Work
from course.cases.momentum import load, standing


def seen(satisfaction=7, seller=3, customer=2, last_done=None, next_due=None):
    """What is known of one opportunity, as the task hands it over."""
    known = {"satisfaction": satisfaction, "seller_entries": seller, "customer_entries": customer}
    return ({**known, "last_done": last_done, "next_due": next_due},)


card = Scorecard("red_light", task=lambda: red_light)
card.rule(
    "Examples",
    Example(True, seen(), "Nothing owed, nothing ever done: red."),
    Example(False, seen(next_due=4), "They owe something in four days."),
    Example(False, seen(last_done=3), "They did something three days ago."),
)
### BEGIN HIDDEN TESTS
PRAISE = (
    "Points were given on the first day; nothing has been done since.",
    "praise taken for progress",
)
BUSY = (
    "They write, you write, and nobody over there owes anything.",
    "activity taken for progress",
)
QUIET = ("Quiet, but they owe something by a day: that is green.", "activity taken for progress")
card.rule(
    "Praise is no next step",
    Example(True, seen(satisfaction=10), "Nobody owes anything.", ((False, *PRAISE),)),
    Example(True, seen(9, last_done=30), "30 days ago is long.", ((False, *PRAISE),)),
    Example(False, seen(satisfaction=4, next_due=6), "Lukewarm, and they owe a step: green."),
    points=0.75,
)
card.rule(
    "Neither is being busy",
    Example(True, seen(7, 25, 0), "25 entries of your own.", ((False, *BUSY),)),
    Example(True, seen(7, 12, 18, last_done=40), "Much talk.", ((False, *BUSY),)),
    Example(False, seen(7, 0, 0, next_due=9), "They owe a step.", ((True, *QUIET),)),
    Example(False, seen(7, 0, 1, last_done=5), "They did a step.", ((True, *QUIET),)),
    points=0.75,
)
card.rule(
    "A step to come, or one done within 14 days, is green",
    Example(False, seen(last_done=13), "13 days are within 14."),
    Example(True, seen(last_done=14), "14 days ago is no longer within them."),
    Example(False, seen(last_done=0), "0 days ago is today, and not never."),
    Example(False, seen(last_done=60, next_due=1), "Long ago, but they owe a step tomorrow."),
    Example(True, seen(last_done=60), "Long ago, and nothing owed."),
    points=0.75,
)
mine = load(Work().seed)  # afresh: a learner's own code may have changed theirs
own = []
for day in (56, 84):
    for row in standing(mine, day).drop(columns="signed").to_dict("records")[:60]:
        opportunity = {name: None if pd.isna(n) else int(n) for name, n in row.items()}
        last = opportunity["last_done"]
        red = opportunity["next_due"] is None and (last is None or last > 13)
        own.append(Example(red, (opportunity,), f"It should be {red}."))
card.rule("It fits your own opportunities", *own, points=0.75)
### END HIDDEN TESTS
card.total()

# %% [markdown]
# ## Hand in
#
# Your answers are already saved. If you work on a JupyterHub whose *Nbgrader* menu collects homework,
# save this notebook (Ctrl+S) and use that. Otherwise pack it here and send the file. You may hand in
# as often as you like until the deadline; the latest counts.

# %% show
show_hand_in()
