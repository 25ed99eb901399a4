"""Homework 01: the answers people really give, wrong ones and unusual right ones."""

from collections.abc import Callable
from pathlib import Path

import pytest

from course.answers import Scorecard
from course.build.lessons import load_lesson
from tests.lessons.checks import run_task
from tests.lessons.lesson01 import (
    BETWEEN_ONLY,
    FORM_POINTS,
    HALF_SORT,
    LESSON,
    OPEN_IS_LOST,
    RIGHT_DROP,
    RIGHT_SHARE,
    RIGHT_SILENCE,
    RIGHT_SORT,
    SUNK_COST,
    WRONG_SORT,
)
from tests.lessons.lesson01 import RIGHT as RIGHT_FORMS

FORMS, KEYS = load_lesson(LESSON).graded, load_lesson(LESSON).keys


Grade = Callable[[str, str], tuple[float, Scorecard]]


@pytest.fixture
def grade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Grade:
    return lambda task, code: run_task(LESSON, task, code, tmp_path, monkeypatch)


DROP_RIGHT = {
    "loop": RIGHT_DROP,
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


SILENCE_RIGHT = {
    "loop": RIGHT_SILENCE,
    "one line": (
        "long_silences = lambda written, start, end, days: int("
        "(pd.Series([start, *sorted(written), end]).diff().dt.days >= days).sum())"
    ),
    "numpy": """
import numpy as np
def long_silences(written, start, end, days):
    marks = np.sort(np.array([start, end, *written], dtype="datetime64[ns]"))
    return np.sum(np.diff(marks) >= np.timedelta64(days, "D"))
""",
}
SHARE_RIGHT = {
    "query": RIGHT_SHARE,
    "plain Python": """
def unpaid_share(deals, days):
    ended = [row for row in deals.to_dict("records")
             if row["status"] in ("paid", "bypassed", "dead", "dropped") and row["silence"] >= days]
    return sum(row["status"] != "paid" for row in ended) / len(ended) if ended else None
""",
    "one minus paid": """
def unpaid_share(deals, days):
    ended = deals.loc[deals.status.ne("open") & deals.silence.ge(days), "status"]
    if ended.size:
        return 1 - ended.eq("paid").sum() / ended.size
""",
}
RIGHT_ANSWERS = [
    pytest.param(task, code, id=f"{task}: {name}")
    for task, answers in (
        ("should_drop", DROP_RIGHT),
        ("long_silences", SILENCE_RIGHT),
        ("unpaid_share", SHARE_RIGHT),
    )
    for name, code in answers.items()
]
MAXIMUM = {"should_drop": 3.0, "long_silences": 2.0, "unpaid_share": 2.0}


@pytest.mark.parametrize(("task", "code"), RIGHT_ANSWERS)
def test_unusual_right_code_keeps_every_point(task: str, code: str, grade: Grade) -> None:
    assert grade(task, code)[0] == MAXIMUM[task]


WRONG = [
    (
        "should_drop",
        "def should_drop(history): return history[-1:] == ['no reply']",
        "one silence taken for the end",
    ),
    ("should_drop", SUNK_COST, "sunk cost"),
    (
        "should_drop",
        "def should_drop(history): return len(history) >= 3 and 'reply' not in history[-3:]",
        "own silence counted as theirs",
    ),
    ("long_silences", BETWEEN_ONLY, "the silence at the end forgotten"),
    (
        "long_silences",
        "def long_silences(written, start, end, days):\n"
        "    marks = [*sorted(written), end] if written else [start, end]\n"
        "    return sum((b - a).days >= days for a, b in zip(marks, marks[1:]))",
        "the first silence forgotten",
    ),
    ("unpaid_share", OPEN_IS_LOST, "open taken for lost"),
    (
        "unpaid_share",
        "def unpaid_share(deals, days):\n"
        "    quiet = deals[deals.silence >= days]\n"
        "    return float((~quiet.status.isin(['paid', 'open'])).mean())",
        "open taken for paid",
    ),
]


@pytest.mark.parametrize(("task", "code", "name"), WRONG, ids=[name for _t, _c, name in WRONG])
def test_each_misconception_loses_points_and_is_named(
    task: str, code: str, name: str, grade: Grade, capsys: pytest.CaptureFixture[str]
) -> None:
    points, card = grade(task, code)
    assert points < MAXIMUM[task]
    assert name in card.outcome().misconceptions
    assert f"A common mistake is at work: {name}." in capsys.readouterr().out


def score(form: str, answer: dict[str, str]) -> tuple[float, tuple[str, ...]]:
    outcome = FORMS[form].score(answer, KEYS[form])
    return outcome.points(FORMS[form].points), outcome.misconceptions


def test_sorting_earns_its_share_and_names_politeness_and_volume() -> None:
    assert score("sort_messages", RIGHT_SORT)[0] == 4
    assert score("sort_messages", HALF_SORT)[0] == 2
    assert score("sort_messages", WRONG_SORT)[0] == 0
    polite = score("sort_messages", {**RIGHT_SORT, "m1": "begging"})
    assert polite == (3.67, ("politeness taken for begging",))
    loud = score("sort_messages", {**RIGHT_SORT, "m4": "leading", "m8": "leading"})
    assert loud == (3.33, ("volume taken for leading",))


@pytest.mark.parametrize(
    "unusual",
    [
        {"cadence": "fortnightly"},
        {"fee": "free_first"},
        {"cadence": "fortnightly", "fee": "free_first"},
    ],
)
def test_an_unusual_charter_keeps_every_point(unusual: dict[str, str]) -> None:
    assert score("charter", {**RIGHT_FORMS["charter"], **unusual}) == (4.0, ())


@pytest.mark.parametrize(
    "unusual",
    [
        {"opening": "share"},
        {"first": "chen_depot", "second": "luo_terms"},
        {"first_date": "thursday", "second_date": "wednesday"},
    ],
)
def test_an_unusual_chase_keeps_every_point(unusual: dict[str, str]) -> None:
    assert score("monday_chase", {**RIGHT_FORMS["monday_chase"], **unusual}) == (3.0, ())


def test_asking_for_the_same_thing_twice_loses_points_with_the_reason() -> None:
    twice = {**RIGHT_FORMS["monday_chase"], "second": "luo_terms"}
    assert score("monday_chase", twice)[0] == 2.5
    outcome = FORMS["monday_chase"].score(twice, KEYS["monday_chase"])
    assert any("one of the two open things is missing" in str(r) for r in outcome.reasons)


def test_the_chase_reads_as_one_message() -> None:
    form = FORMS["monday_chase"]
    message = form.preview(form.read(RIGHT_FORMS["monday_chase"]))
    assert message.startswith(
        "Thursday's round can only decide if two things are here by then. Ms Luo,"
    )
    assert "{" not in message
    assert "…" in form.preview(form.read({"opening": "neutral"}))


@pytest.mark.parametrize("form", FORM_POINTS)
@pytest.mark.parametrize("broken", ["leading", 7, ["m1"], {"m1": 3}, {"cadence": ["weekly"]}])
def test_a_malformed_answer_gets_a_reason_and_no_points(form: str, broken: object) -> None:
    outcome = FORMS[form].score(broken, KEYS[form])
    assert outcome.share == 0
    assert outcome.reasons


def test_all_35_claims_of_the_talk_are_mapped() -> None:
    claims = load_lesson(LESSON).claims
    assert set(claims) == {f"S0.{number}" for number in range(1, 36)}
