"""Every form kind: what it takes, what it refuses, what an answer earns."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.answers.errors import CourseError, WrongAnswer
from course.answers.forms import FormSet, check_schema, form_from_json, form_schema, kinds
from course.answers.outcomes import Correct, Incorrect, NotAttempted, Uncheckable
from tests.answers.samples import KEYS, KINDS, MISTAKEN, RIGHT, form, options, raw, rule

# Names that occur in the sample forms, so that answers come near to real ones.
names = st.sampled_from(["a", "b", "c", "x", "y", "r", "s", "n", "d", "how", "many", "start"])
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**400)
    | st.floats()
    | st.text(alphabet=st.characters(), max_size=8)
    | st.just("\ud83d")
    | st.sampled_from(["2026-02-28", "2026-02-30", "2026-W01-1", "周一"])
    | names
)
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names | st.text(), inner),
    max_leaves=12,
)
every_kind = pytest.mark.parametrize("kind", KINDS)


def test_every_kind_has_a_sample() -> None:
    assert list(kinds()) == KINDS


# --- whatever a sidecar holds --------------------------------------------------------------------


@every_kind
@given(stored=anything)
def test_reading_raises_nothing_but_wrong_answer_and_scores_anything(
    kind: str, stored: Any
) -> None:
    asked = form(kind)
    outcome = asked.score(stored, KEYS[kind])
    assert 0 <= outcome.share <= 1
    try:
        value = asked.read(stored)
    except WrongAnswer:
        assert isinstance(outcome, Uncheckable)
        (reason,) = outcome.reasons
        assert 20 < len(reason.text) < 200
        reason.text.encode("utf-8")
        return
    for line in [*asked.describe(value), *asked.open_items(value)]:
        assert isinstance(line, str)
        line.encode("utf-8")  # else it could not be printed
    assert isinstance(outcome, NotAttempted) == (value is None)


@every_kind
def test_the_right_answer_earns_all(kind: str) -> None:
    outcome = form(kind).score(RIGHT[kind], KEYS[kind])
    assert isinstance(outcome, Correct)
    assert outcome.share == 1
    assert form(kind).open_items(form(kind).read(RIGHT[kind])) == []


@every_kind
@pytest.mark.parametrize("stored", [None, "", "  ", [], {}])
def test_nothing_entered_is_not_attempted(kind: str, stored: Any) -> None:
    empty = {"multiple": (None, []), "order": (None,), "schedule": (None, {})}.get(kind)
    if empty is None:
        empty = (None, {}) if "cells" in KEYS[kind] else (None, "", "  ")
    outcome = form(kind).score(stored, KEYS[kind])
    assert isinstance(outcome, NotAttempted if stored in empty else Uncheckable)
    if stored in empty:
        assert form(kind).open_items(None)
        assert "empty" in " ".join(map(str, outcome.reasons))


@every_kind
def test_a_misconception_is_named_and_costs(kind: str) -> None:
    outcome = form(kind).score(MISTAKEN[kind], KEYS[kind])
    assert outcome.misconceptions == ("mistaken",)
    assert outcome.share < 1


@every_kind
def test_a_key_of_a_practice_form_is_taken(kind: str) -> None:
    assert form(kind, key=KEYS[kind]).key == KEYS[kind]


# --- shares --------------------------------------------------------------------------------------


def test_ticking_everything_earns_nothing() -> None:
    assert isinstance(form("multiple").score(["a", "b", "c", "d"], KEYS["multiple"]), Incorrect)


def test_a_wrong_tick_costs_what_a_right_one_earns() -> None:
    share = {
        tuple(ticks): form("multiple").score(ticks, KEYS["multiple"]).share
        for ticks in (["a"], ["a", "c"], ["a", "b", "c"])
    }
    assert share == {("a",): 0.5, ("a", "c"): 0, ("a", "b", "c"): 0.5}


def test_weights_count() -> None:
    key = {"cells": {"x": {**rule("a"), "weight": 3}, "y": rule("b")}}
    assert form("classify").score({"x": "a", "y": "a"}, key).share == 0.75


def test_an_order_is_scored_by_its_pairs() -> None:
    score = form("order").score
    assert score(["a", "c", "b"], KEYS["order"]).share == pytest.approx(1 / 3)
    assert score(["c", "b", "a"], KEYS["order"]).share == 0


def test_only_the_pairs_that_matter_count_and_each_is_said() -> None:
    asked = form("order", items=options("d", "c", "b", "a"))
    outcome = asked.score(["d", "c", "b", "a"], {"before": [["a", "d"]]})
    assert [str(reason) for reason in outcome.reasons] == ["The a: comes before “The d”."]
    assert isinstance(asked.score(["a", "c", "d", "b"], {"before": [["a", "d"]]}), Correct)


def test_a_table_with_rows_to_spare_wants_only_the_least() -> None:
    asked = form("table", least=1)
    one = {"r": {"n": 5, "d": "2026-03-04"}}
    assert asked.open_items(asked.read(one)) == []
    assert isinstance(asked.score(one, KEYS["table"]), Correct)
    assert asked.score({**one, "s": {"n": 9}}, KEYS["table"]).share == 0.5
    assert asked.score({"r": {"n": 5}}, KEYS["table"]).share == 0.5
    all_rows = form("table")
    assert len(all_rows.open_items(all_rows.read(one))) == 2
    assert all_rows.score(one, KEYS["table"]).share == 0.5


def test_a_begun_row_must_be_finished() -> None:
    asked = form("table", least=1)
    assert asked.open_items(asked.read({"s": {"n": 9}})) == ["The s, D: still empty"]
    assert asked.open_items(None) == ["Title: fill at least 1 rows"]


# --- what people write ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["monday 9:00", "MONDAY!", "Ｍｏｎｄａｙ ok", "就定在周一上午", "see  you\nMonday"]
)
def test_the_same_word_is_written_many_ways(typed: str) -> None:
    assert isinstance(form("text").score(typed, KEYS["text"]), Correct)


@pytest.mark.parametrize("typed", ["Drop it", " drop  IT. ", "“drop it”", "ＤＲＯＰ　ＩＴ！"])
def test_case_width_spaces_and_closing_marks_do_not_matter(typed: str) -> None:
    assert isinstance(form("text").score(typed, rule("drop it")), Correct)


@pytest.mark.parametrize(
    ("typed", "words"),
    [("one two three", 3), ("- – — three", 1), ("周一上午九点", 3), ("好", 1), ("周一 at nine", 3)],
)
def test_words_are_counted_in_chinese_too(typed: str, words: int) -> None:
    enough, short = form("text", words=words), form("text", words=words + 1)
    assert enough.open_items(typed) == []
    assert short.open_items(typed) == [f"Title: at least {words + 1} words, please"]


@pytest.mark.parametrize("day", ["2026-02-30", "2026-W01-1", "20260302", "2026-3-2", "02.03.2026"])
def test_what_is_no_day_is_refused(day: str) -> None:
    with pytest.raises(WrongAnswer, match="“Start” expects a date such as 2026-03-02"):
        form("plan").read({"start": day})


@pytest.mark.parametrize("number", [True, "12", float("nan"), float("-inf"), 10**400, [1]])
def test_what_is_no_number_is_refused(number: Any) -> None:
    with pytest.raises(WrongAnswer, match="“Title” expects a number, but the stored answer is"):
        form("number").read(number)


def test_all_digits_of_a_number_are_said() -> None:
    assert form("number").describe(1250000.0) == ["1250000 %"]
    assert form("number").describe(0.1 + 0.2) == ["0.30000000000000004 %"]


def test_limits_and_rules_between_fields_are_open_items() -> None:
    plan = {**RIGHT["plan"], "many": 12, "start": "2025-01-01", "end": "2024-01-01"}
    assert form("plan").open_items(form("plan").read(plan)) == [
        "Many: at most 9",
        "Start: at least 2026-01-01",
        "End after the start.",
    ]
    pairs = form("matching").open_items({"x": "a", "y": "a"})
    assert pairs == ["The a: used more than once"]


def test_a_label_that_is_a_question_needs_no_colon() -> None:
    fields = [{"id": "n", "label": "How many?", "type": "number"}]
    asked = form("plan", fields=fields, consistent=None)
    assert asked.open_items(None) == ["How many? still empty"]
    assert asked.describe({"n": 2.0}) == ["How many? 2"]


def test_a_plan_is_read_by_attribute() -> None:
    plan = form("plan").read(RIGHT["plan"])
    assert (plan.how, plan.many, plan.sure) == ("a", 3.0, None)
    with pytest.raises(AttributeError):
        _ = plan.cadence


# --- what authors write --------------------------------------------------------------------------


@every_kind
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"titel": "T"}, "must not contain {'titel'} properties"),
        ({"prompt": None}, "must contain ['prompt'] properties"),
        ({"id": "No Id"}, "at id:"),
        ({"points": 0}, "at points:"),
        ({"hints": ["1", "2", "3", "4"]}, "at hints:"),
        ({"key": {"unknown": 1}}, "at key"),
    ],
)
def test_a_malformed_form_is_named_with_the_place(
    kind: str, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(CourseError) as caught:
        form(kind, **change)
    assert f"({kind}): " in str(caught.value)
    assert said in str(caught.value)


@every_kind
def test_required_parts_are_required(kind: str) -> None:
    for part in kinds()[kind].required_fields:
        with pytest.raises(CourseError) as caught:
            form(kind, **{part: None})
        assert f"must contain ['{part}'] properties" in str(caught.value)


@pytest.mark.parametrize("nothing", [None, 5, [], {}, {"kind": 3}])
def test_no_form_at_all(nothing: Any) -> None:
    with pytest.raises(CourseError, match="a form must be an object with a “kind”"):
        form_from_json(nothing)


WORDED = {"id": "why", "label": "Why", "type": "text", "most_words": 4}


@pytest.mark.parametrize(
    ("typed", "right", "said"),
    [
        ("It is on Monday.", True, ""),
        ("Monday, else asap", False, "Name one day."),
        ("some day soon", False, "Name one day."),
        ("Some day soon.", False, "Name one day."),
        ("“Some day?”", False, "Name one day."),
        ("I think it should be Monday", False, "That is 6 words; at most 4 words, please."),
    ],
)
def test_a_text_is_to_say_one_thing_not_another_and_be_short(
    typed: str, right: bool, said: str
) -> None:
    asked = form("plan", fields=[WORDED], consistent=None)
    wanted = {"mentions": ["monday"], "without": ["asap"]}
    key = {"cells": {"why": {"accept": [wanted], "otherwise": "Name one day."}}}
    outcome = asked.score({"why": typed}, key)
    bare = typed.strip("“”")
    stop = "" if bare.endswith((".", "?")) else "."
    assert (outcome.share == 1) is right
    assert [reason.text for reason in outcome.reasons] == (
        [] if right else [f"you answered “{bare}”{stop} {said}"]
    )


def dated(**lines: str) -> dict[str, dict[str, str]]:
    """The right schedule with some of its values replaced: ``l4_by="2026-03-30"``."""
    changed = {name: dict(cells) for name, cells in RIGHT["schedule"].items()}
    for place, value in lines.items():
        row, column = place.split("_")
        changed[row][column] = value
    return changed


@pytest.mark.parametrize(
    ("change", "said", "share"),
    [
        ({"l2_owner": "us", "l4_owner": "us"}, ["Theirs.", "Line 4: Doers."], 3.5 / 6),
        ({"l4_step": "draft"}, ["Money.", "Order."], 4 / 6),
        ({"l4_by": "2026-04-01"}, ["Line 4: Money."], 5 / 6),
        ({"l1_step": "draft"}, ["End.", "Order."], 4 / 6),
        ({"l1_by": "2026-06-01"}, ["Line 1: End."], 5 / 6),
        ({"l1_by": "2026-03-20"}, ["Line 1: Order."], 5 / 6),
        ({"l2_by": "2026-03-02"}, ["Line 2: Dates."], 5.5 / 6),
        ({"l2_by": "2026-03-07"}, ["Line 2: Dates."], 5.5 / 6),
        ({"l1_by": "2026-05-01"}, ["Line 1: Dates."], 5.5 / 6),
    ],
)
def test_a_schedule_loses_the_part_that_a_line_breaks(
    change: dict[str, str], said: list[str], share: float
) -> None:
    outcome = form("schedule").score(dated(**change), KEYS["schedule"])
    assert outcome.share == pytest.approx(share)
    assert [str(reason) for reason in outcome.reasons] == said


def test_the_same_line_again_is_no_second_step() -> None:
    line = {"step": "four", "owner": "them", "by": "2026-03-27"}
    asked = form("schedule")
    outcome = asked.score(dict.fromkeys(("l1", "l2", "l3", "l4"), line), KEYS["schedule"])
    assert outcome.share == pytest.approx((2 + 1 + 0.5 + 0.5) / 6 / 3)
    assert str(outcome.reasons[0]).startswith("1 different step is planned in full, of at least 3")
    half = {**RIGHT["schedule"], "l2": {"step": "one"}}
    assert asked.score(half, KEYS["schedule"]).share < 2 / 3
    assert len(asked.open_items(asked.read(half))) == 2


def test_a_schedule_is_told_line_by_line() -> None:
    asked = form("schedule")
    told = asked.describe(asked.read(RIGHT["schedule"]))
    assert told[0] == "Line 1: The six · The us · Monday, 20 April 2026"
    assert len(told) == 3


def test_an_unknown_kind_lists_the_known_ones() -> None:
    with pytest.raises(CourseError, match=r"unknown kind “sort”\. Known kinds: classify, matching"):
        form_from_json({**raw("single"), "kind": "sort"})


NUMBER = {"id": "n", "label": "N", "type": "number"}
DATE = {"id": "d", "label": "D", "type": "date"}


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("single", {"choices": options("a", "a")}, "choices: the id “a” is used more than once"),
        ("single", {"choices": options("a")}, "at choices:"),
        ("plan", {"fields": [NUMBER, NUMBER], "consistent": None}, "the id “n” is used more"),
        (
            "plan",
            {
                "fields": [{**NUMBER, "type": "choice", "options": options("a", "a")}],
                "consistent": None,
            },
            "the option id “a” is used more than once",
        ),
        (
            "plan",
            {"fields": [{**NUMBER, "type": "choice"}]},
            "must contain ['options']",
        ),
        ("plan", {"fields": [{**NUMBER, "id": "items"}]}, "a field cannot be called ['items']"),
        ("plan", {"fields": [NUMBER]}, "which are not among its fields: ['n']"),
        (
            "plan",
            {"fields": [NUMBER, DATE], "consistent": [{"ascending": ["n", "d"], "say": "!"}]},
            "“ascending” takes numbers only, or dates only",
        ),
        ("table", {"columns": [{**NUMBER, "min": "2026-01-01"}]}, "is no limit for a number field"),
        ("table", {"columns": [{**DATE, "max": 3}]}, "3 is no limit for a date field"),
        ("table", {"columns": [{**DATE, "max": "2026-W01-1"}]}, "is no limit for a date field"),
        ("table", {"columns": [{**NUMBER, "type": "text", "min": 3}]}, "has no “min” or “max”"),
        ("table", {"least": 3}, "“least” is 3, but there are 2 rows"),
        ("number", {"min": 5, "max": 4}, "“min” 5 is above “max” 4"),
        ("plan", {"fields": [{**WORDED, "words": 5}], "consistent": None}, "is below “words”"),
        ("matching", {"right": options("a", "b"), "left": options("x", "y", "z")}, "3 things on"),
    ],
)
def test_a_form_that_nobody_could_answer(kind: str, change: dict[str, Any], said: str) -> None:
    with pytest.raises(CourseError) as caught:
        form(kind, **change)
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"form “f” ({kind}): ")


ORDERED = KEYS["order"]["order"]
PLANNED = KEYS["schedule"]


@pytest.mark.parametrize(
    ("kind", "key", "said"),
    [
        ("single", rule("z"), "accept: “Title” expects one of the offered choices"),
        ("single", rule("a", "z"), "wrong[0].if: “Title” expects"),
        ("single", rule("a", "a"), "wrong[0].if: ['a'] is accepted already"),
        ("single", rule({"from": 1}), "does not fit a choice field"),
        ("text", rule("Monday", "monday."), "['monday.'] is accepted already"),
        ("text", rule({"mentions": ["…", "ok", " ?"]}), "['…', ' ?'] would be found in every text"),
        ("text", rule({"mentions": ["ok"], "without": ["?"]}), "['?'] would be found in every"),
        ("text", rule(" "), "is no answer: it would be read as empty"),
        ("number", rule({"mentions": ["five"]}), "does not fit a number field"),
        ("number", rule({"from": "2026-01-01"}), "expects a number"),
        ("number", rule({"from": 9, "to": 3}), "runs backwards"),
        ("number", rule({"from": 3, "to": 9}, 5), "[5] is accepted already"),
        ("table", {"cells": {"r.n": rule(1)}}, "“r.d” has no rule"),
        ("table", {"cells": {"r.x": rule(1)}}, "“r.x” is not a part of this form"),
        ("table", {"cells": {"r.d": rule({"from": 3})}}, "“r.d”: accept: “The r, D” expects"),
        ("plan", {"cells": {}}, "at key.cells:"),
        ("multiple", {"accept": ["z"]}, "“z” is not one of the choices"),
        ("multiple", {"accept": ["a"], "notes": {"z": {"say": ""}}}, "“z” is not one of"),
        ("order", {"order": ["a", "b"]}, "“order” must name every item once"),
        ("order", {"order": ["a", "b", "z"]}, "“z” is not one of the items"),
        ("order", {"before": [["a", "b"], ["b", "a"]]}, "runs in a circle"),
        ("order", {"before": [["a", "a"]]}, "runs in a circle"),
        ("order", {"order": ["c", "a", "b"]}, "in a right order already"),
        (
            "order",
            {"order": ORDERED, "wrong": [{"first": "a", "then": "b", "say": "!"}]},
            "expects “a” before “b”, which the key does not forbid",
        ),
        ("order", {"order": ORDERED, "before": [["a", "b"]]}, "at key"),
        ("schedule", {**PLANNED, "theirs": ["all"]}, "“all” is not among the choices"),
        ("schedule", {**PLANNED, "doers": {"ten": ["us"]}}, "“ten” is not among the choices"),
        ("schedule", {**PLANNED, "deadline": "2026-04-01"}, "example: End."),
        ("schedule", {**PLANNED, "today": "soon"}, "at key.today"),
    ],
)
def test_a_key_that_cannot_be_met(kind: str, key: dict[str, Any], said: str) -> None:
    with pytest.raises(CourseError) as caught:
        form(kind, key=key)
    assert said in str(caught.value)
    assert "key" in str(caught.value)


@every_kind
def test_schemas_are_json_and_fit_their_own_sample(kind: str) -> None:
    schema = json.loads(json.dumps(form_schema(kind)))
    check_schema(raw(kind, key=KEYS[kind]), schema, kind)


# --- forms.json ----------------------------------------------------------------------------------


def write(folder: Path, content: object) -> None:
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / "forms.json").write_text(text, encoding="utf-8")


def test_forms_are_loaded_by_id(tmp_path: Path) -> None:
    forms = [raw(kind, id=kind) for kind in KINDS]
    text = json.dumps({"schema": 1, "course": "c", "lesson": "l", "forms": forms})
    write(tmp_path, "\ufeff" + text)  # as some editors save it
    found = FormSet.load(tmp_path)
    assert (found.course, found.lesson, list(found.forms)) == ("c", "l", KINDS)
    with pytest.raises(CourseError, match=r"There is no question “x” here\. There are: classify, "):
        found["x"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "Open the lesson from its own folder"),
        ("{", "cannot be read (Expecting property name"),
        ("[" * 100_000, "cannot be read (maximum recursion"),
        ([], "at top level: must be object"),
        (
            {"schema": 2, "course": "c", "lesson": "l", "forms": []},
            "at schema: must be same",
        ),
        (
            {"schema": 1, "course": "c", "lesson": "l", "forms": [raw("single")] * 2},
            "forms: the id “f” is used more than once",
        ),
    ],
)
def test_broken_forms_are_one_sentence(tmp_path: Path, content: object, said: str) -> None:
    if content is not None:
        write(tmp_path, content)
    with pytest.raises(CourseError) as caught:
        FormSet.load(tmp_path)
    assert said in str(caught.value)
    assert "forms.json" in str(caught.value)


def test_one_stale_value_costs_only_its_own_part() -> None:
    """A course update may rename an option that somebody chose before."""
    made, answer = form("classify"), dict(RIGHT["classify"])
    cell = next(iter(answer))
    stale = {**answer, cell: "renamed"}
    outcome = made.score(stale, KEYS["classify"])
    assert outcome.share == pytest.approx(1 - 1 / len(answer))
    assert any("renamed" in str(reason) for reason in outcome.reasons)
    assert made.read(stale)[cell] is None
    assert len(made.unreadable(stale)) == 1
    assert isinstance(made.score({cell: "renamed"}, KEYS["classify"]), Uncheckable)
