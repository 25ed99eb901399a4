"""Homework 03: the answers people really give, wrong ones and unusual right ones."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course.answers import Scorecard
from course.answers.outcomes import Outcome
from course.build.lessons import load_lesson
from course.models.priority import RANGE, Habit, Params, alone, simulate
from tests.lessons.checks import model_answer, run_task
from tests.lessons.lesson03 import (
    COST_ALONE,
    FORM_POINTS,
    KEYS,
    LESSON,
    LOUD_ORDER,
    POOLED,
    RIGHT_CODE,
    RIGHT_ORDER,
    TURNED_ROUND,
)
from tests.lessons.lesson03 import RIGHT as RIGHT_FORMS

FORMS = load_lesson(LESSON).graded
PRACTICE = load_lesson(LESSON).practice
MAXIMUM = {"really_urgent": 1.5, "days_saved": 2.0, "priority": 1.5}


Grade = Callable[[str, str], tuple[float, Scorecard]]


@pytest.fixture
def grade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Grade:
    return lambda task, code: run_task(LESSON, task, code, tmp_path, monkeypatch)


URGENT_RIGHT = {
    "query": RIGHT_CODE["really_urgent"],
    "plain Python": """
def really_urgent(tickets, label):
    marked = [row["urgent"] for row in tickets.to_dict("records") if row["label"] == label]
    return sum(marked) / len(marked) if marked else None
""",
    "a cross table": """
def really_urgent(tickets, label):
    shares = pd.crosstab(tickets["label"], tickets["urgent"], normalize="index")
    if label in shares.index:
        return float(shares.get(True, 0.0 * shares.iloc[:, 0])[label])
""",
    "numpy": """
import numpy as np
def really_urgent(tickets, label):
    marked = tickets.label.to_numpy() == label
    return np.average(tickets.urgent, weights=marked) if marked.any() else None
""",
}
DAYS_RIGHT = {
    "groupby": RIGHT_CODE["days_saved"],
    "plain Python": """
def days_saved(tickets, band):
    little, much = [], []
    for row in tickets.to_dict("records"):
        if row["cost_band"] == band and row["complete"] != 2:
            (little if row["complete"] < 2 else much).append(row["wait"])
    return sum(little) / len(little) - sum(much) / len(much) if little and much else None
""",
    "a pivot table": """
def days_saved(tickets, band):
    kind = pd.cut(tickets["complete"], [-1, 1, 2, 4], labels=["few", "two", "many"]).astype(str)
    wide = tickets.assign(kind=kind).pivot_table(index="cost_band", columns="kind", values="wait")
    saved = wide.reindex(index=[band], columns=["few", "many"]).eval("few - many").iloc[0]
    return None if pd.isna(saved) else saved
""",
}
PRIORITY_RIGHT = {
    "one line": RIGHT_CODE["priority"],
    "pandas": """
def priority(ticket):
    said = pd.Series({"hours": ticket["said_hours"], "cost": ticket["said_cost"]}, dtype=float)
    return (said["cost"] / said.fillna(8)["hours"]) if said.notna()["cost"] else 0.0
""",
    "an exception": """
def priority(ticket):
    try:
        return ticket["said_cost"] / ticket["said_hours"]
    except TypeError:
        return 0 if ticket["said_cost"] is None else ticket["said_cost"] / 8
""",
    "it changes its argument": """
def priority(ticket):
    ticket["said_hours"] = ticket["said_hours"] or 8.0
    ticket["said_cost"] = ticket["said_cost"] or 0.0
    return ticket.pop("said_cost") / ticket.pop("said_hours")
""",
}
RIGHT_ANSWERS = [
    pytest.param(task, code, id=f"{task}: {name}")
    for task, answers in (
        ("really_urgent", URGENT_RIGHT),
        ("days_saved", DAYS_RIGHT),
        ("priority", PRIORITY_RIGHT),
    )
    for name, code in answers.items()
]


@pytest.mark.parametrize(("task", "code"), RIGHT_ANSWERS)
def test_unusual_right_code_keeps_every_point(task: str, code: str, grade: Grade) -> None:
    assert grade(task, code)[0] == MAXIMUM[task]


WRONG = [
    ("really_urgent", TURNED_ROUND, "a condition turned round"),
    (
        "really_urgent",
        "def really_urgent(tickets, label):\n"
        "    both = tickets[(tickets['label'] == label) & tickets['urgent']]\n"
        "    return len(both) / len(tickets)",
        "the whole taken for the part",
    ),
    (
        "really_urgent",
        "def really_urgent(tickets, label): return float(label == 'urgent')",
        "the urgent label taken for the cost of waiting",
    ),
    ("days_saved", POOLED, "different costs lumped together"),
    (
        "days_saved",
        RIGHT_CODE["days_saved"].replace(
            'means["little"] - means["much"]', 'means["much"] - means["little"]'
        ),
        "the difference turned round",
    ),
    (
        "days_saved",
        RIGHT_CODE["days_saved"].replace('1: "little",', '1: "little", 2: "little",'),
        "a limit taken wrongly",
    ),
    (
        "days_saved",
        RIGHT_CODE["days_saved"].replace('3: "much",', '2: "much", 3: "much",'),
        "a limit taken wrongly",
    ),
    ("priority", COST_ALONE, "effort forgotten"),
    (
        "priority",
        "def priority(ticket): return (ticket['said_cost'] or 0) * (ticket['said_hours'] or 8)",
        "effort taken for value",
    ),
    (
        "priority",
        "def priority(ticket):\n"
        "    if ticket['label'] == 'urgent': return float('inf')\n"
        "    return (ticket['said_cost'] or 0) / (ticket['said_hours'] or 8)",
        "an urgent label taken for a reason",
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


def score(form: str, answer: Any) -> tuple[float, tuple[str, ...]]:
    outcome = FORMS[form].score(answer, KEYS[form])
    return outcome.points(FORMS[form].points), outcome.misconceptions


def moved(item: str, place: int) -> list[str]:
    rest = [each for each in RIGHT_ORDER if each != item]
    return [*rest[:place], item, *rest[place:]]


@pytest.mark.parametrize(
    "unusual",
    [
        moved("committee", 1),
        moved("standing", 1),
        moved("capitals", 7),
        moved("dinner", 9),
        moved("demo", 6),
    ],
)
def test_an_unusual_order_of_what_is_close_keeps_every_point(unusual: list[str]) -> None:
    assert score("rank_asks", unusual) == (3.0, ())


@pytest.mark.parametrize(
    ("order", "name"),
    [
        (moved("capitals", 0), "loudest taken for important"),
        (moved("quiet", 3), "quiet taken for unimportant"),
        (moved("dinner", 0), "a favour taken for priority"),
        (moved("flipflop", 1), "the latest call taken for the next job"),
        (moved("demo", 1), "a big job taken for a big value"),
    ],
)
def test_an_ask_in_the_wrong_place_loses_points_and_is_named(order: list[str], name: str) -> None:
    points, names = score("rank_asks", order)
    assert points < 3
    assert names == (name,)


def test_an_ask_is_named_by_its_first_words() -> None:
    outcome = FORMS["rank_asks"].score(moved("capitals", 0), KEYS["rank_asks"])
    assert str(outcome.reasons[1]) == (
        "Pei Xin: the Nanping bid (CNY 2.4 million)… comes before “Kuang Bo: “URGENT!!! Need "
        "slides TODAY!!! My…”. A bid of 2.4 million lacks one page."
    )


def test_the_order_shown_is_no_answer_that_earns() -> None:
    shown = [item.id for item in FORMS["rank_asks"].items]  # type: ignore[attr-defined]
    assert score("rank_asks", shown)[0] <= 1
    assert set(shown) == set(LOUD_ORDER)


@pytest.mark.parametrize("unusual", [{"call": "ticket"}, {"copied": "invite"}])
def test_an_unusual_repair_keeps_every_point(unusual: dict[str, str]) -> None:
    assert score("repair_log", {**RIGHT_FORMS["repair_log"], **unusual}) == (3.0, ())


@pytest.mark.parametrize("slip", [{"call": "threat"}, {"copied": "silent"}, {"remind": "escalate"}])
def test_a_copy_that_threatens_is_named(slip: dict[str, str]) -> None:
    points, names = score("repair_log", {**RIGHT_FORMS["repair_log"], **slip})
    assert (points, names) == (2.5, ("cc as a threat",))


@pytest.mark.parametrize("unusual", [{"shout": 7.5}, {"shout": 11}, {"record": 2}, {"record": 3.5}])
def test_an_estimate_that_heads_the_right_way_keeps_every_point(unusual: dict[str, float]) -> None:
    assert score("project_anger", {**RIGHT_FORMS["project_anger"], **unusual}) == (3.0, ())


@pytest.mark.parametrize("slip", [{"shout": 1.2}, {"choice": "shout"}, {"choice": "once"}])
def test_a_one_period_win_is_named(slip: dict[str, Any]) -> None:
    points, names = score("project_anger", {**RIGHT_FORMS["project_anger"], **slip})
    assert (points, names) == (2.5, ("one-period win",))


@pytest.mark.parametrize(
    "unusual", [{"why": "audit"}, {"by": "2026-09-17"}, {"where": "mail"}, {"where": "ning_team"}]
)
def test_unusual_papers_keep_every_point(unusual: dict[str, str]) -> None:
    assert score("three_papers", {**RIGHT_FORMS["three_papers"], **unusual}) == (4.0, ())


def test_the_three_papers_read_as_papers() -> None:
    form = FORMS["three_papers"]
    papers = form.preview(form.read(RIGHT_FORMS["three_papers"]))
    assert papers.startswith("TO SONG YI · COPY: Ms Ning")
    assert "I need it by Wednesday, 16 September 2026." in papers
    assert "{" not in papers
    assert "…" in form.preview(form.read({"why": "close"}))


def compose(**words: str) -> Outcome:
    form = PRACTICE["compose"]
    assert form.key is not None
    return form.score({**model_answer(form, form.key), **words}, form.key)


@pytest.mark.parametrize(
    "words",
    [
        {"why": "It's urgent, I know: they sit on Thursday and then in January."},
        {"why": "周四下午两点开会，没有图纸就不看我们的方案"},
        {"deed": "you redrew a whole floor while they were watching you do it"},
        {"deed": "您在现场重画了三楼的图，护士长当场就点头了"},
    ],
)
def test_a_reason_or_deed_in_ones_own_words_is_taken(words: dict[str, str]) -> None:
    assert compose(**words).share == 1


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (
            {"why": "because it is really urgent for us"},
            "an urgent label taken for a reason",
        ),
        ({"deed": "great job, thank you for all the support"}, "thanks without facts"),
    ],
)
def test_hollow_words_are_quoted_and_named(words: dict[str, str], name: str) -> None:
    outcome = compose(**words)
    assert outcome.misconceptions == (name,)
    (said,) = words.values()
    assert any(f"“{said}”" in reason.text for reason in outcome.reasons)


def test_ticking_everything_earns_nothing_in_the_audit() -> None:
    everything = [choice.id for choice in FORMS["gamed"].choices]  # type: ignore[attr-defined]
    assert score("gamed", everything)[0] == 0
    assert score("gamed", ["hours", "cost"])[0] == 1.33
    points, names = score("gamed", ["hours", "cost", "split", "prepare"])
    assert points == 1.6
    assert names == ("good preparation taken for a trick",)


@pytest.mark.parametrize("form", FORM_POINTS)
@pytest.mark.parametrize(
    "broken", ["record", 7, ["m1"], {"call": 3}, {"shout": "soon"}, {"by": ["2026-09-16"]}]
)
def test_a_malformed_answer_gets_a_reason_and_no_points(form: str, broken: object) -> None:
    outcome = FORMS[form].score(broken, KEYS[form])
    assert outcome.share == 0
    assert outcome.reasons


def test_all_31_claims_of_the_talk_are_mapped() -> None:
    claims = load_lesson(LESSON).claims
    assert set(claims) == {f"S4.{number}" for number in range(1, 32)}


MANNERS: dict[str, Any] = {
    "asking plainly": alone(Habit.ASK),
    "shouting every time": alone(Habit.SHOUT),
    "one outburst, then plainly": [alone(Habit.SHOUT), *[alone(Habit.ASK)] * 23],
    "on record, with thanks": alone(Habit.RECORD),
}


@pytest.mark.parametrize("manner", MANNERS)
def test_the_printed_waits_are_those_of_the_model(manner: str) -> None:
    text = (LESSON / "homework.py").read_text()
    (row,) = [line for line in text.splitlines() if line.startswith(f"# | {manner} |")]
    printed = row.strip("# |").split("|")[1:]
    played = simulate(Params(), MANNERS[manner], n=400, rng=np.random.default_rng(5))
    course = played.by_round(played.waited, 0)
    for place, days in zip([*range(6), 23], [*printed[:6], printed[7]], strict=True):
        if days.strip() != "?":
            assert abs(course.mean[place] - float(days)) < 4 * course.error[place] + 0.2
    if "?" in row:
        cell = {"shouting every time": "shout", "on record, with thanks": "record"}[manner]
        estimate = {**RIGHT_FORMS["project_anger"], cell: float(course.mean[-4:].mean())}
        assert score("project_anger", estimate)[0] == 3


def test_what_is_graded_about_anger_holds_over_the_stated_range() -> None:
    luck = np.random.default_rng(3)
    for seed in range(12):
        drawn: Any = {name: float(luck.uniform(*ends)) for name, ends in RANGE.items()}
        waits = {}
        for manner, habits in MANNERS.items():
            rng = np.random.default_rng(seed)
            played = simulate(Params(**drawn), habits, n=120, rng=rng)
            waits[manner] = played.by_round(played.waited, 0).mean
        total = {manner: course.sum() for manner, course in waits.items()}
        assert min(total, key=lambda manner: total[manner]) == "on record, with thanks"
        plain = waits["asking plainly"]
        assert waits["shouting every time"][0] < 0.5 * plain[0]
        assert waits["shouting every time"][-6:].mean() > 0.9 * plain[-6:].mean()
        assert waits["one outburst, then plainly"][6:12].mean() > 0.8 * plain[6:12].mean()


@pytest.mark.parametrize(
    ("about", "field", "unit"),
    [
        ("share of her time", "load", 100),
        ("believed shout moves", "loud", 1),
        ("belief lost by each", "fall", 100),
        ("regained by each reason", "recover", 100),
        ("extra work that a scene makes", "shout_cost", 100),
    ],
)
def test_the_table_of_what_is_assumed_is_the_models(about: str, field: str, unit: int) -> None:
    text = (LESSON / "lesson.py").read_text(encoding="utf-8")
    (row,) = [line for line in text.splitlines() if about in line and "|" in line]
    *_, value, tested, _end = (cell.strip() for cell in row.split("|"))
    low, high = (round(bound * unit, 6) for bound in RANGE[field])
    assert value.split()[0] == f"{getattr(Params(), field) * unit:g}"
    assert tested.split()[0] == f"{low:g}-{high:g}"
