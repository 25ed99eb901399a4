"""Homework 01: answers of five different learners, and what each must earn."""

import json
from dataclasses import dataclass
from pathlib import Path

from tests import drive

SLUG = "01_leading_the_deal"
LESSON = Path(__file__).parents[2] / "course" / "lessons" / SLUG
KEY = json.loads((LESSON / "keys.json").read_text())["keys"]["sort_messages"]["cells"]

RIGHT_SORT = {name: rule["accept"][0] for name, rule in KEY.items()}
_NEXT = {"leading": "begging", "begging": "drifting", "drifting": "bossing", "bossing": "leading"}
WRONG_SORT = {name: _NEXT[label] for name, label in RIGHT_SORT.items()}
HALF_SORT = {name: RIGHT_SORT[name] for name in list(RIGHT_SORT)[:6]}

RIGHT_CODE = """\
def should_drop(history):
    streak = 0
    for week in history:
        if week == "no reply":
            streak += 1
        elif week == "reply":
            streak = 0
    return streak >= 3
"""
SUNK_COST_CODE = '''\
def should_drop(history):
    """Gives a deal the more patience, the more was put into it."""
    chases = [week for week in history if week != "not chased"]
    return len(chases) >= 3 and chases.count("reply") == 0
'''
WRONG_CODE = """\
def should_drop(history):
    return "no reply" in history and history[-1] != "no reply"
"""
NOISY_CODE = """\
import sys, warnings
warnings.simplefilter("always")
def should_drop(history):
    warnings.warn("this will change in a future version", FutureWarning)
    print("thinking about", history, file=sys.stderr)
    chases = [week for week in history if week != "not chased"]
    return chases[-3:] == ["no reply"] * 3
"""


@dataclass(frozen=True)
class Learner:
    """What one learner enters; ``form`` and ``code`` are the points it must earn."""

    name: str
    sort: dict[str, str] | None
    code: str | None
    form_points: float
    code_points: float

    @property
    def total(self) -> float:
        return self.form_points + self.code_points

    def work(self, folder: Path) -> None:
        """Do the homework in ``folder``."""
        if self.sort is not None:
            drive.fill(folder, "sort_messages", self.sort)
        if self.code is not None:
            drive.paste(folder, "should_drop", self.code)


LEARNERS = (
    Learner("all-right", RIGHT_SORT, RIGHT_CODE, 6.0, 4.0),
    Learner("all-wrong", WRONG_SORT, WRONG_CODE, 0.0, 0.0),
    Learner("half", HALF_SORT, SUNK_COST_CODE, 3.0, 2.0),
    Learner("untouched", None, None, 0.0, 0.0),
    Learner("form-only", RIGHT_SORT, None, 6.0, 0.0),
)
