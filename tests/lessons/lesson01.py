"""Homework 01: answers of five different learners, and what each must earn."""

import json
from pathlib import Path

from tests.lessons.learner import Learner

SLUG = "01_leading_the_deal"
LESSON = Path(__file__).parents[2] / "course" / "lessons" / SLUG
KEYS = json.loads((LESSON / "keys.json").read_text())["keys"]
FORM_POINTS = {"sort_messages": 4.0, "charter": 4.0, "first_fee": 2.0, "monday_chase": 3.0}


def _right(form: str) -> dict[str, str]:
    """The first accepted value of every cell."""
    return {name: rule["accept"][0] for name, rule in KEYS[form]["cells"].items()}


def _wrong(form: str) -> dict[str, str]:
    """A wrong value that the key knows for every cell."""
    if form == "sort_messages":
        order = ["leading", "begging", "drifting", "bossing", "leading"]
        return {name: order[order.index(v) + 1] for name, v in _right(form).items()}
    return {
        name: rule["wrong"][0]["if"][0]
        for name, rule in KEYS[form]["cells"].items()
        if "wrong" in rule
    }


RIGHT = {form: _right(form) for form in FORM_POINTS}
WRONG = {form: _wrong(form) for form in FORM_POINTS}
RIGHT_SORT, WRONG_SORT = RIGHT["sort_messages"], WRONG["sort_messages"]
HALF_SORT = {name: RIGHT_SORT[name] for name in list(RIGHT_SORT)[:6]}

RIGHT_DROP = """\
def should_drop(history):
    streak = 0
    for week in history:
        if week == "no reply":
            streak += 1
        elif week == "reply":
            streak = 0
    return streak >= 3
"""
SUNK_COST = '''\
def should_drop(history):
    """Gives a deal the more patience, the more was put into it."""
    chases = [week for week in history if week != "not chased"]
    return len(chases) >= 3 and chases.count("reply") == 0
'''
WRONG_DROP = """\
def should_drop(history):
    return "no reply" in history and history[-1] != "no reply"
"""
NOISY_DROP = """\
import sys, warnings
warnings.simplefilter("always")
def should_drop(history):
    warnings.warn("this will change in a future version", FutureWarning)
    print("thinking about", history, file=sys.stderr)
    chases = [week for week in history if week != "not chased"]
    return chases[-3:] == ["no reply"] * 3
"""
RIGHT_SILENCE = """\
def long_silences(written, start, end, days):
    count, last = 0, start
    for moment in sorted(written) + [end]:
        count += (moment - last).days >= days
        last = moment
    return count
"""
BETWEEN_ONLY = """\
def long_silences(written, start, end, days):
    gaps = pd.Series(sorted(written), dtype="datetime64[ns]").diff().dropna()
    return int((gaps.dt.days >= days).sum())
"""
RIGHT_SHARE = """\
def unpaid_share(deals, days):
    quiet = deals.query("silence >= @days and status != 'open'")
    return len(quiet[quiet.status.ne("paid")]) / len(quiet) if len(quiet) else None
"""
OPEN_IS_LOST = """\
def unpaid_share(deals, days):
    quiet = deals[deals["silence"] >= days]
    return (quiet["status"] != "paid").mean() if len(quiet) else None
"""
RIGHT_CODE = {
    "long_silences": RIGHT_SILENCE,
    "unpaid_share": RIGHT_SHARE,
    "should_drop": RIGHT_DROP,
}
WRONG_CODE = {
    "long_silences": "def long_silences(*given):\n    return 99\n",
    "unpaid_share": "def unpaid_share(deals, days):\n    return 2.0\n",
    "should_drop": WRONG_DROP,
}


LEARNERS = (
    Learner("all-right", RIGHT, RIGHT_CODE, 20.0),
    Learner("all-wrong", WRONG, WRONG_CODE, 0.0),
    # 6 of 12 messages; sunk cost spoils 1.5 of 3, the forgotten end 2 of 2, open deals 2 of 2
    Learner(
        "half",
        {"sort_messages": HALF_SORT, "charter": RIGHT["charter"]},
        {
            "long_silences": BETWEEN_ONLY,
            "unpaid_share": OPEN_IS_LOST,
            "should_drop": SUNK_COST,
        },
        2.0 + 4.0 + 1.5,
    ),
    Learner("untouched", {}, {}, 0.0),
    Learner("form-only", RIGHT, {}, 13.0),
)
