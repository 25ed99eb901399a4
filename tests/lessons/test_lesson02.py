"""Homework 02: the answers people really give, wrong ones and unusual right ones."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.answers import Scorecard
from course.build.lessons import load_lesson
from tests.lessons.checks import run_task
from tests.lessons.lesson02 import (
    BUSY_IS_GREEN,
    FLATTERED,
    FORM_POINTS,
    LESSON,
    POOLED,
    RIGHT,
    RIGHT_ACTION,
    RIGHT_GAP,
    RIGHT_LIGHT,
    TO_DO_LIST,
    lines,
)

FORMS, KEYS = load_lesson(LESSON).graded, load_lesson(LESSON).keys
MAXIMUM = {"first_action": 2.0, "gap_within": 2.0, "red_light": 3.0}
Grade = Callable[[str, str], tuple[float, Scorecard]]


@pytest.fixture
def grade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Grade:
    return lambda task, code: run_task(LESSON, task, code, tmp_path, monkeypatch)


# --- code ----------------------------------------------------------------------------------------

UNUSUAL_RIGHT = [
    ("first_action", "loop", RIGHT_ACTION),
    (
        "first_action",
        "query and sort",
        """
def first_action(entries, start, ours):
    found = entries.query("owner == 'customer' and assignee not in @ours").dropna(subset=["due"])
    days = (found.sort_values("at")["at"].dt.normalize() - start).dt.days.tolist()
    return days[0] if days else None
""",
    ),
    (
        "first_action",
        "it changes its argument",
        """
def first_action(entries, start, ours):
    for name in ours:
        entries.loc[entries["assignee"] == name, "owner"] = "seller"
    entries["at"] = entries["at"].dt.normalize()
    entries = entries[entries["owner"].eq("customer") & ~entries["due"].isna()]
    return int((entries["at"].min() - start).days) if len(entries) else None
""",
    ),
    ("gap_within", "unstack", RIGHT_GAP),
    (
        "gap_within",
        "plain Python",
        """
def gap_within(deals, sign):
    rows, total, count = deals.to_dict("records"), 0.0, 0
    for cohort in {row["cohort"] for row in rows}:
        own = [row for row in rows if row["cohort"] == cohort]
        yes = [row["signed"] for row in own if row[sign]]
        no = [row["signed"] for row in own if not row[sign]]
        if yes and no:
            total += len(own) * (sum(yes) / len(yes) - sum(no) / len(no))
            count += len(own)
    if count:
        return total / count
""",
    ),
    (
        "gap_within",
        "numpy",
        """
import numpy as np
def gap_within(deals, sign):
    gaps, sizes = [], []
    for name in deals["cohort"].unique():
        own = deals[deals["cohort"] == name]
        mask, signed = own[sign].to_numpy(bool), own["signed"].to_numpy(float)
        if 0 < mask.sum() < mask.size:
            gaps.append(signed[mask].mean() - signed[~mask].mean())
            sizes.append(mask.size)
    return np.average(gaps, weights=sizes) if gaps else None
""",
    ),
    ("red_light", "early return", RIGHT_LIGHT),
    (
        "red_light",
        "numbers for what is missing",
        """
def red_light(opportunity):
    last = 999 if opportunity["last_done"] is None else opportunity["last_done"]
    return (opportunity.get("next_due") is None) * (last > 13) == 1
""",
    ),
    (
        "red_light",
        "pandas",
        """
import pandas as pd
def red_light(opportunity):
    row = pd.Series(opportunity, dtype=float)
    return pd.isna(row["next_due"]) and not row["last_done"] < 14
""",
    ),
]


@pytest.mark.parametrize(
    ("task", "code"),
    [pytest.param(task, code, id=f"{task}: {name}") for task, name, code in UNUSUAL_RIGHT],
)
def test_unusual_right_code_keeps_every_point(task: str, code: str, grade: Grade) -> None:
    assert grade(task, code)[0] == MAXIMUM[task]


MISTAKES = [
    ("first_action", FLATTERED, "seller's work counted as the customer's", 1.0),
    (
        "first_action",
        "def first_action(entries, start, ours):\n"
        "    own = entries[(entries.owner == 'customer') & ~entries.assignee.isin(ours)]\n"
        "    return None if own.empty else (own['at'].min() - start).days",
        "a task without a day counted",
        1.0,
    ),
    (
        "first_action",
        "def first_action(entries, start, ours):\n"
        "    own = entries[entries.side == 'customer']\n"
        "    return None if own.empty else (own['at'].min() - start).days",
        "activity taken for progress",
        0.5,
    ),
    ("gap_within", POOLED, "correlation trap", 0.0),
    (
        "red_light",
        "def red_light(opportunity):\n"
        "    return opportunity['satisfaction'] < 8 and opportunity['next_due'] is None",
        "praise taken for progress",
        0.0,
    ),
    ("red_light", BUSY_IS_GREEN, "activity taken for progress", 0.0),
]


@pytest.mark.parametrize(
    ("task", "code", "name", "points"), MISTAKES, ids=[f"{m[0]}: {m[2]}" for m in MISTAKES]
)
def test_each_misconception_loses_points_and_is_named(
    task: str,
    code: str,
    name: str,
    points: float,
    grade: Grade,
    capsys: pytest.CaptureFixture[str],
) -> None:
    earned, card = grade(task, code)
    assert earned <= points
    assert name in card.outcome().misconceptions
    assert f"A common mistake is at work: {name}." in capsys.readouterr().out


def test_every_cohort_counted_alike_is_said(
    grade: Grade, capsys: pytest.CaptureFixture[str]
) -> None:
    code = RIGHT_GAP.replace(
        "((table[True] - table[False]) * sizes).sum() / sizes.sum()",
        "(table[True] - table[False]).mean()",
    )
    assert grade("gap_within", code)[0] == 1.0
    assert "the small ones as much as the large" in capsys.readouterr().out


def test_zero_days_ago_is_not_never(grade: Grade) -> None:
    code = "def red_light(o):\n    return not o['next_due'] and not (o['last_done'] or 99) < 14"
    assert 1.5 <= grade("red_light", code)[0] < 3.0


# --- forms ---------------------------------------------------------------------------------------


def score(form: str, answer: Any) -> tuple[float, tuple[str, ...]]:
    outcome = FORMS[form].score(answer, KEYS[form])
    return outcome.points(FORMS[form].points), outcome.misconceptions


@pytest.mark.parametrize(
    ("slip", "name"),
    [
        ({"s1": "advance", "s7": "advance", "s12": "advance"}, "praise taken for progress"),
        ({"s3": "advance", "s6": "advance"}, "politeness taken for a promise"),
        ({"s2": "stall"}, "criticism taken for refusal"),
        ({"s5": "stall"}, "a moved date taken for a stall"),
        ({"s10": "continuation"}, "a small step overlooked"),
        ({"s9": "advance"}, "activity taken for progress"),
    ],
)
def test_sorting_names_what_was_taken_for_what(slip: dict[str, str], name: str) -> None:
    points, names = score("sort_sentences", {**RIGHT["sort_sentences"], **slip})
    assert points == round(4 * (15 - len(slip)) / 15, 2)
    assert names == (name,)


def test_one_yes_is_not_the_purchase() -> None:
    one_yes = ("one yes taken for the purchase",)
    assert score("inside_unknown", ["reads"]) == (0.2, one_yes)
    assert score("inside_unknown", RIGHT["inside_unknown"][:4]) == (0.8, one_yes)
    early = ["note", "sign", "paper", "xia", "meeting", "window", "money", "legal"]
    points, names = score("inside_order", early)
    assert points < 1.5
    assert names == one_yes


@pytest.mark.parametrize("paper_at", [0, 1, 2])
def test_the_paper_may_be_corrected_whenever_it_is_there_for_the_meeting(paper_at: int) -> None:
    way = [step for step in RIGHT["inside_order"] if step != "paper"]
    assert score("inside_order", [*way[:paper_at], "paper", *way[paper_at:]]) == (2.0, ())


UNUSUAL_PLANS = {
    "the least there can be": lines(
        ("own_words", "lin", "09-10"),
        ("note", "lin", "09-11"),
        ("xia", "xia", "09-14"),
        ("meeting", "cheng", "09-22"),
        ("money", "lin", "10-23"),
        ("sign", "cheng", "11-30"),
    ),
    "twelve lines, seven of them ours, out of order": lines(
        ("sign", "cheng", "11-27"),
        ("money", "qian", "10-12"),
        ("xia", "xia", "09-16"),
        ("meeting", "lin", "10-08"),
        ("legal", "kang", "11-06"),
        ("walk", "chai", "09-09"),
        ("brief", "iris", "09-09"),
        ("paper", "iris", "09-14"),
        ("sheet", "chai", "09-18"),
        ("contract", "iris", "10-26"),
        ("call", "iris", "11-10"),
        ("show", "chai", "09-30"),
    ),
    "note and Director Xia on one day": {
        **RIGHT["action_plan"],
        "l4": {"step": "xia", "owner": "xia", "by": "2026-09-11"},
    },
}


@pytest.mark.parametrize("plan", UNUSUAL_PLANS.values(), ids=UNUSUAL_PLANS.keys())
def test_an_unusual_plan_keeps_every_point(plan: dict[str, Any]) -> None:
    outcome = FORMS["action_plan"].score(plan, KEYS["action_plan"])
    # five of twelve lines are 41 percent
    assert (outcome.points(3), [str(reason) for reason in outcome.reasons]) == (3.0, [])


def planned(**changes: str) -> dict[str, Any]:
    """The model plan with cells replaced: ``l3_by="09-12"``."""
    plan = {name: dict(cells) for name, cells in RIGHT["action_plan"].items()}
    for place, value in changes.items():
        row, column = place.split("_", 1)
        plan[row][column] = f"2026-{value}" if column == "by" else value
    return plan


@pytest.mark.parametrize(
    ("plan", "points", "name", "line"),
    [
        (planned(l9_by="11-02"), 2.25, "one yes taken for the purchase", "Line 9"),
        (planned(l9_step="call", l9_owner="iris"), 2.25, "one yes taken for the purchase", ""),
        (planned(l11_by="12-04"), 2.5, "one yes taken for the purchase", "Line 11"),
        (planned(l8_owner="house"), 2.75, "a house taken for a person", "Line 8"),
        (planned(l11_owner="all"), 2.75, "a house taken for a person", "Line 11"),
        (planned(l4_by="09-10"), 2.5, "", "Line 4"),
        (planned(l8_by="10-05"), 2.75, "", "Line 8"),
        (planned(l2_by="09-12"), 2.75, "", "Line 2"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said_line_by_line(
    plan: dict[str, Any], points: float, name: str, line: str
) -> None:
    outcome = FORMS["action_plan"].score(plan, KEYS["action_plan"])
    assert outcome.points(3) == points
    assert not name or name in outcome.misconceptions
    assert any(line in reason.about for reason in outcome.reasons)


def test_a_sellers_to_do_list_is_called_so() -> None:
    points, names = score("action_plan", TO_DO_LIST)
    assert points <= 0.5
    assert names[0] == "a seller's to-do list"


def test_the_same_line_twelve_times_earns_next_to_nothing() -> None:
    best = {"step": "money", "owner": "qian", "by": "2026-10-14"}
    assert score("action_plan", {f"l{n}": best for n in range(1, 13)})[0] < 0.4


@pytest.mark.parametrize(
    "unusual",
    [
        {"opening": "cheng", "ask": "note", "saved": "minute", "question": "tomorrow"},
        {"ask": "note"},
        {"question": "tomorrow", "saved": "minute"},
    ],
)
def test_an_unusual_brief_keeps_every_point(unusual: dict[str, str]) -> None:
    assert score("brief123", {**RIGHT["brief123"], **unusual}) == (3.0, ())


@pytest.mark.parametrize(
    ("slip", "points", "name"),
    [
        ({"opening": "long"}, 2.5, "a long pitch"),
        ({"ask": "whole"}, 2.0, "one big ask"),
        ({"ask": "lots"}, 2.0, "splitting taken for bedding in"),
        ({"saved": "homework"}, 2.0, "the work left to the customer"),
        ({"saved": "tailor"}, 2.0, "help across the line"),
        ({"question": "open"}, 2.5, "an open question at the end"),
    ],
)
def test_a_brief_that_nobody_can_answer(slip: dict[str, str], points: float, name: str) -> None:
    assert score("brief123", {**RIGHT["brief123"], **slip}) == (points, (name,))


def test_the_brief_reads_as_three_lines() -> None:
    form = FORMS["brief123"]
    brief = form.preview(form.read(RIGHT["brief123"]))
    assert [line[:2] for line in brief.splitlines()] == ["Di", "1.", "2.", "3."]
    assert "{" not in brief


BRIEFS = [
    (
        {
            "ask": "Please put the car park on Tuesday's list, 25 March.",
            "saved": "Application and cost sheet are written, in your own form.",
            "question": "Is that all right?",
        },
        (),
    ),
    (
        {
            "ask": "请您把停车引导列入25号的后勤会议。",
            "saved": "申请和费用表已经写好，两页纸。",
            "question": "您看这样行吗？",
        },
        (),
    ),
    (
        {
            "ask": "Please approve the project, CNY 860,000, by Tuesday.",
            "saved": "You only have to write the application and get three offers.",
            "question": "What do you think about all of this?",
        },
        ("one big ask", "the work left to the customer", "an open question at the end"),
    ),
    (
        {
            "ask": "We hope for your kind support and attention.",
            "saved": "Our brochure shows eleven reference customers.",
            "question": "Shall Ms Fang bring it tomorrow?",
        },
        ("goodwill taken for an action", "paper taken for help"),
    ),
]


@pytest.mark.parametrize(("written", "names"), BRIEFS)
def test_a_brief_in_ones_own_words_is_quoted_and_judged(
    written: dict[str, str], names: tuple[str, ...]
) -> None:
    form = load_lesson(LESSON).practice["brief"]
    outcome = form.score(written, form.key)
    assert outcome.misconceptions == names
    assert (outcome.share == 1) is not names
    for reason in outcome.reasons:
        if reason.misconception:
            assert any(text in reason.text for text in written.values())


@pytest.mark.parametrize("form", FORM_POINTS)
@pytest.mark.parametrize(
    "broken", ["advance", 7, [["s1"]], {"s1": 3}, {"l1": "note"}, {"l1": {"by": "soon"}}, ["s1"]]
)
def test_a_malformed_answer_gets_a_reason_and_no_points(form: str, broken: object) -> None:
    outcome = FORMS[form].score(broken, KEYS[form])
    assert outcome.share == 0
    assert outcome.reasons


def test_all_26_claims_of_the_talk_are_mapped() -> None:
    claims = load_lesson(LESSON).claims
    assert set(claims) == {f"S1.{number}" for number in range(1, 27)}
