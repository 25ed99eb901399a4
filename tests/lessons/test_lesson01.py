"""Homework 01: the answers people really give, wrong ones and unusual right ones."""

from collections.abc import Callable
from pathlib import Path

import pytest

from course.answers import Scorecard
from course.build.lessons import load_lesson
from course.build.sources import read_source
from tests.lessons.lesson01 import (
    HALF_SORT,
    LESSON,
    RIGHT_CODE,
    RIGHT_SORT,
    SUNK_COST_CODE,
    WRONG_CODE,
    WRONG_SORT,
)

SORT = load_lesson(LESSON).graded["sort_messages"]
KEY = load_lesson(LESSON).keys["sort_messages"]
(TESTS,) = [c.text for c in read_source(LESSON / "homework.py") if c.role == "grade"]


def graded(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[float, Scorecard]:
    """Run the graded cell, hidden tests and all, on a learner's code, as its kernel would."""
    from course.answers import Case, Work
    from course.cases.lead import chase_log

    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    (folder / "forms.json").write_text(
        '{"schema": 1, "course": "test", "lesson": "test", "forms": []}'
    )
    monkeypatch.chdir(folder)
    names = {"Case": Case, "Scorecard": Scorecard, "Work": Work, "chase_log": chase_log}
    exec(code, names)
    body, last = TESTS.rsplit("\n", 1)
    exec(body, names)
    return eval(last, names), names["card"]


Grade = Callable[[str], tuple[float, Scorecard]]


@pytest.fixture
def grade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Grade:
    return lambda code: graded(code, tmp_path, monkeypatch)


RIGHT = {
    "loop": RIGHT_CODE,
    "backwards": """
def should_drop(history):
    quiet = 0
    for week in reversed(history):
        if week == "reply":
            return False
        quiet += week == "no reply"
        if quiet == 3:
            return True
    return False
""",
    "text": """
import re
should_drop = lambda history: bool(
    re.search(r"(N[^R]*){3}$", "".join({"reply": "R", "no reply": "N"}.get(w, "") for w in history))
)
""",
    "pandas": """
import pandas as pd
def should_drop(history):
    weeks = pd.Series(history, dtype=object)
    chases = weeks[weeks != "not chased"].tail(3)
    return (chases == "no reply").sum() >= 3
""",
    "numpy": """
import numpy as np
def should_drop(history):
    chases = np.array([w == "reply" for w in history if w != "not chased"], dtype=bool)
    return np.all(~chases[-3:]) & np.bool_(len(chases) > 2)
""",
    "a class": """
class Drop:
    def __call__(self, history, patience=3):
        last = [w for w in history if w in ("reply", "no reply")][-patience:]
        return last == ["no reply"] * patience
should_drop = Drop()
""",
    "it changes its argument": """
def should_drop(history):
    while "not chased" in history:
        history.remove("not chased")
    return history[-3:] == ["no reply"] * 3
""",
}


@pytest.mark.parametrize("code", RIGHT.values(), ids=RIGHT.keys())
def test_unusual_right_code_keeps_every_point(code: str, grade: Grade) -> None:
    assert grade(code)[0] == 4.0


WRONG = {
    "one silence": (
        "def should_drop(history): return history[-1:] == ['no reply']",
        "one silence taken for the end",
    ),
    "sunk cost": (SUNK_COST_CODE, "sunk cost"),
    "own silence": (
        "def should_drop(history): return len(history) >= 3 and 'reply' not in history[-3:]",
        "own silence counted as theirs",
    ),
}


@pytest.mark.parametrize(("code", "name"), WRONG.values(), ids=WRONG.keys())
def test_each_misconception_loses_points_and_is_named(
    code: str, name: str, grade: Grade, capsys: pytest.CaptureFixture[str]
) -> None:
    points, card = grade(code)
    assert points < 4.0
    assert name in card.outcome().misconceptions
    assert f"A common mistake is at work: {name}." in capsys.readouterr().out


NO_POINTS = {
    "always true": "def should_drop(history): return True",
    "always false": "def should_drop(history): return False",
    "nothing": "def should_drop(history): pass",
    "text": "def should_drop(history): return 'drop'",
    "crash": "def should_drop(history): return history[99] == 'reply'",
    "no argument": "def should_drop(): return True",
    "not a function": "should_drop = True",
    "deleted": "drop = None",
    "equal to all": """
class Yes:
    def __eq__(self, other): return True
    def __hash__(self): return 0
def should_drop(history): return Yes()
""",
    "mixed up": WRONG_CODE,
}


@pytest.mark.parametrize("code", NO_POINTS.values(), ids=NO_POINTS.keys())
def test_code_that_cannot_be_right_earns_nothing_and_gets_a_reason(
    code: str, grade: Grade, capsys: pytest.CaptureFixture[str]
) -> None:
    assert grade(code)[0] == 0.0
    out = capsys.readouterr().out
    assert len(out.splitlines()) > 1
    assert "Traceback" not in out


def test_sorting_earns_its_share() -> None:
    assert SORT.score(RIGHT_SORT, KEY).points(6) == 6
    assert SORT.score(HALF_SORT, KEY).points(6) == 3
    assert SORT.score(WRONG_SORT, KEY).points(6) == 0


def test_sorting_names_politeness_and_volume() -> None:
    polite = SORT.score({**RIGHT_SORT, "m1": "begging"}, KEY)
    assert polite.points(6) == 5.5
    assert polite.misconceptions == ("politeness taken for begging",)
    loud = SORT.score({**RIGHT_SORT, "m4": "leading", "m8": "leading"}, KEY)
    assert loud.points(6) == 5
    assert loud.misconceptions == ("volume taken for leading",)
