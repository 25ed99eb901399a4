"""Forms as learners use them, without a browser: every kind through its real controls."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import ipywidgets as w
import pytest

from course.answers.store import Store
from course.widgets import show_form, show_hand_in, show_learner
from course.widgets.form import FormView, form_view
from tests import drive
from tests.answers.samples import FORMS, KEYS, KINDS, RIGHT, options, raw

pytestmark = pytest.mark.usefixtures("_no_leaked_widgets")

HOSTILE = "<script>alert(1)</script>"
Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write a forms.json with one form ``f`` and return its folder."""

    def write(kind: str, **more: Any) -> Path:
        whole = {"schema": 1, "course": "c", "lesson": "l", "forms": [raw(kind, **more)]}
        (tmp_path / "forms.json").write_text(json.dumps(whole))
        return tmp_path

    return write


def answer(view: FormView, kind: str) -> None:
    """Enter the right answer by the controls a learner sees."""
    found = drive.controls(view)
    if kind == "multiple":
        for name in ("The a", "The b"):
            found[name].value = True
    elif kind == "order":  # c a b -> a b c
        found["Move “The c” down"].click()
        drive.controls(view)["Move “The b” up"].click()
    elif kind in ("single", "number", "text"):
        found["Title"].value = "45" if kind == "number" else RIGHT[kind]
    elif kind == "table":
        for row, cells in RIGHT["table"].items():
            found[f"The {row}, N"].value = str(cells["n"])
            found[f"The {row}, D"].value = dt.date.fromisoformat(cells["d"])
    elif kind == "schedule":
        for row, cells in RIGHT["schedule"].items():
            found[f"Line {row[1:]}, what happens"].value = cells["step"]
            found[f"Line {row[1:]}, whose task it is"].value = cells["owner"]
            found[f"Line {row[1:]}, by"].value = dt.date.fromisoformat(cells["by"])
    elif kind == "plan":
        found["How"].value = "a"
        found["Many"].value = "3"
        found["Start"].value = dt.date(2026, 2, 1)
        found["End"].value = dt.date(2026, 3, 1)
        found["Why"].value = "somebody is ill"
    else:
        for name, value in RIGHT[kind].items():
            found[f"The {name}"].value = value


def shown(view: FormView) -> str:
    """All that the page is made of: markup and plain descriptions."""
    pieces = []
    for each in drive.inside(view.widget):
        if isinstance(each, w.HTML) and "<style>" not in each.value:
            pieces.append(each.value)
        elif isinstance(each, w.DOMWidget) and getattr(each, "description_allow_html", False):
            pieces.append(each.description)
    return "\n".join(pieces)


# --- answering -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_is_saved_restored_and_right(make: Make, kind: str) -> None:
    folder = make(kind, key=KEYS[kind])
    with drive.form(folder, "f") as view:
        assert view.status.value == "Nothing answered yet. Your answers are saved as you go."
        answer(view, kind)
        assert "<b>complete</b> · saved " in view.status.value
        view.check.click()
        assert "<strong>Right.</strong>" in view.feedback.value
    stored = Store(folder)["f"]
    assert stored.value == RIGHT[kind]
    assert stored.checks == 1
    with drive.form(folder, "f") as again:
        assert again.input.raw() == RIGHT[kind]
        assert "<b>complete</b> · saved " in again.status.value
        assert Store(folder)["f"] == stored  # showing writes nothing


@pytest.mark.parametrize("kind", KINDS)
def test_every_control_has_a_name(make: Make, kind: str) -> None:
    with drive.form(make(kind), "f") as view:
        kinds = (w.ValueWidget, w.Button)
        fields = [
            each
            for each in drive.inside(view.widget)
            if isinstance(each, kinds) and not isinstance(each, w.HTML | w.Label)
        ]
        assert len(fields) > 2
        for each in fields:
            assert each.tooltip or each.description
            if isinstance(each, w.Text | w.Textarea | w.Dropdown | w.DatePicker):
                assert each.description  # the label that screen readers take
        assert len(drive.controls(view)) == len(fields) - 2  # no two alike; Check and Hint


@pytest.mark.parametrize("kind", KINDS)
def test_each_change_is_saved_and_says_what_is_open(make: Make, kind: str) -> None:
    folder = make(kind)
    writes = []
    with drive.form(folder, "f") as view:
        put = view.store.put
        with mock.patch.object(view.store, "put", lambda *a: (writes.append(a[1]), put(*a))[1]):
            answer(view, kind)
        assert writes[-1] == Store(folder)["f"].value == view.input.raw()
        assert len(writes) == {"multiple": 2, "order": 2, "table": 4, "plan": 5, "schedule": 9}.get(
            kind, len(RIGHT[kind]) if "cells" in KEYS[kind] else 1
        )


def test_what_is_shown_first_is_no_answer(make: Make) -> None:
    folder = make("order")
    with drive.form(folder, "f") as view:
        assert view.input.raw() is None
        drive.controls(view)["This order is my answer"].click()
        assert Store(folder)["f"].value == ["c", "a", "b"]
        assert "This order is my answer" in drive.controls(view)
        assert drive.controls(view)["This order is my answer"].layout.display == "none"


def test_the_ends_of_an_order_cannot_be_left(make: Make) -> None:
    with drive.form(make("order"), "f") as view:
        buttons = drive.controls(view)
        assert buttons["Move “The c” up"].disabled
        assert buttons["Move “The b” down"].disabled
        assert sum(button.disabled for button in buttons.values()) == 2


def test_clearing_an_answer_is_an_answer_too(make: Make) -> None:
    folder = make("text")
    with drive.form(folder, "f") as view:
        drive.controls(view)["Title"].value = "on Monday"
        drive.controls(view)["Title"].value = ""
        assert "<i>1 open</i> · saved " in view.status.value
    assert Store(folder)["f"].value is None


@pytest.mark.parametrize("typed", ["1250000", "0.30000000000000004", "1e-07", "-0.5"])
def test_another_change_leaves_every_digit(make: Make, typed: str) -> None:
    folder = make("plan")
    with drive.form(folder, "f") as view:
        drive.controls(view)["Many"].value = typed
    before = Store(folder)["f"].value["many"]
    with drive.form(folder, "f") as view:
        drive.controls(view)["Why"].value = "because of this"
    assert Store(folder)["f"].value == {"many": before, "why": "because of this"}
    assert before == float(typed)


def test_what_is_no_number_is_said_at_once_and_not_called_saved(make: Make) -> None:
    folder = make("number")
    with drive.form(folder, "f") as view:
        drive.controls(view)["Title"].value = f"about 5 {HOSTILE}"
        assert "is not a number.</i>" in view.status.value
        assert HOSTILE not in view.status.value
        view.check.click()
        assert "Title: “about 5 &lt;script" in view.feedback.value
        drive.controls(view)["Title"].value = "5,5 %"
        assert "<b>complete</b>" in view.status.value
    assert Store(folder)["f"].value == 5.5


# --- checking and hints --------------------------------------------------------------------------


def test_a_practice_check_says_why_and_forgets_it_with_the_next_change(make: Make) -> None:
    folder = make("multiple", key=KEYS["multiple"])
    with drive.form(folder, "f") as view:
        view.check.click()
        assert "Nothing to check yet: answer first." in view.feedback.value
        boxes = drive.controls(view)
        boxes["The c"].value = True
        view.check.click()
        assert "Not right yet." in view.feedback.value
        assert "A common mistake is at work: mistaken." in view.feedback.value
        boxes["The c"].value = False
        assert view.feedback.value == ""
        boxes["The a"].value = True
        view.check.click()
        assert "Partly right: 50 %." in view.feedback.value
    assert Store(folder)["f"].checks == 3


@pytest.mark.parametrize(("share", "percent"), [(0.999, 99), (0.001, 1), (0.5, 50)])
def test_partly_is_neither_all_nor_nothing(make: Make, share: float, percent: int) -> None:
    weights = {"x": 1000 * share, "y": 1000 * (1 - share)}
    cells = {n: {"accept": [a], "weight": weights[n]} for n, a in (("x", "a"), ("y", "b"))}
    with drive.form(make("classify", key={"cells": cells}), "f") as view:
        drive.controls(view)["The x"].value = "a"
        view.check.click()
        assert f"Partly right: {percent} %." in view.feedback.value


def test_a_graded_check_tells_what_is_open_and_nothing_more(make: Make) -> None:
    folder = make("plan", points=5)
    with drive.form(folder, "f") as view:
        view.check.click()
        assert "5 things are still open:" in view.feedback.value
        answer(view, "plan")
        drive.controls(view)["End"].value = dt.date(2026, 1, 31)
        view.check.click()
        assert "One thing is still open:" in view.feedback.value
        assert "End after the start." in view.feedback.value
        answer(view, "plan")
        drive.controls(view)["How"].value = "b"  # complete, and wrong
        view.check.click()
        assert "Complete. Whether it is right you learn after handing in." in view.feedback.value
    assert Store(folder)["f"].checks == 3


def test_hints_come_one_by_one_are_counted_and_stay(make: Make) -> None:
    folder = make("single", hints=["First.", f"Second {HOSTILE}."])
    with drive.form(folder, "f") as view:
        assert (view.hint.description, view.hints.value) == ("Hint (2 left)", "")
        view.hint.click()
        assert "Hint 1 of 2.</b> First." in view.hints.value
        assert "Second" not in view.hints.value
        view.hint.click()
        assert view.hint.disabled
        view.on_hint()  # one more is not there
        assert HOSTILE not in view.hints.value
    assert Store(folder)["f"].hints == 2
    with drive.form(folder, "f") as view:
        assert "Second" in view.hints.value
    with drive.form(make("single", hints=["Only."]), "f") as view:  # an edition with fewer
        assert view.hint.disabled
    with drive.form(make("single"), "f") as view:
        assert view.hint.layout.display == "none"


@pytest.mark.parametrize(
    ("points", "badge"), [(1, "1 point"), (1.5, "1.5 points"), (3, "3 points")]
)
def test_the_badge(make: Make, points: float, badge: str) -> None:
    with drive.form(make("single", points=points), "f") as view:
        assert f">{badge}<" in shown(view)


# --- what is wrong is said -----------------------------------------------------------------------


def test_a_failed_save_is_said_and_made_good(make: Make) -> None:
    folder = make("text")
    with drive.form(folder, "f") as view:
        with mock.patch("os.fsync", side_effect=OSError(28, "No space left on device")):
            drive.controls(view)["Title"].value = "on Mon"
        assert "No space left on device" in view.notice.value
        assert view.notice.layout.display is None
        assert "· not saved" in view.status.value
        drive.controls(view)["Title"].value = "on Monday"
        assert view.notice.value == ""
        assert view.notice.layout.display == "none"
        assert "· saved " in view.status.value
    assert Store(folder)["f"].value == "on Monday"


def test_a_failed_clearing_is_not_called_nothing_answered(make: Make) -> None:
    with drive.form(make("text"), "f") as view:
        drive.controls(view)["Title"].value = "on Monday"
        with mock.patch("os.fsync", side_effect=OSError(28, "No space left on device")):
            drive.controls(view)["Title"].value = ""
        assert "<i>1 open</i> · not saved" in view.status.value


def test_a_newer_sidecar_is_shown_and_not_written(make: Make) -> None:
    folder = make("single")
    newer = {"schema": 2, "answers": {"f": {"value": "a", "saved": "2026-01-01T00:00:00Z"}}}
    (folder / "answers.json").write_text(json.dumps(newer))
    with drive.form(folder, "f") as view:
        assert "newer version" in view.notice.value
        assert view.input.raw() == "a"
        drive.controls(view)["Title"].value = "b"
        assert "newer version" in view.notice.value
        assert "· not saved" in view.status.value
    assert json.loads((folder / "answers.json").read_text()) == newer


def test_a_sidecar_that_becomes_newer_meanwhile_is_said(make: Make) -> None:
    folder = make("single")
    with drive.form(folder, "f") as view:
        (folder / "answers.json").write_text('{"schema": 2}')
        drive.controls(view)["Title"].value = "b"
        assert "newer version" in view.notice.value
        assert "· not saved" in view.status.value


def test_a_broken_sidecar_is_said_and_a_new_one_started(make: Make) -> None:
    folder = make("single")
    (folder / "answers.json").write_text("{")
    with drive.form(folder, "f") as view:
        assert "It is kept as answers.unreadable-" in view.notice.value
        drive.controls(view)["Title"].value = "b"
        assert "answers.unreadable-" in view.notice.value  # still to be read
        assert "· saved " in view.status.value


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        ("single", "z"),
        ("number", "many"),
        ("text", 5),
        ("multiple", ["z"]),
        ("order", ["a"]),
        ("plan", {"start": "2026-02-30"}),
        ("table", {"r": 5}),
        ("classify", [HOSTILE]),
        ("matching", {"x": HOSTILE}),
    ],
)
def test_an_answer_of_the_wrong_type_is_kept_aside_when_answered_anew(
    make: Make, kind: str, stored: Any
) -> None:
    folder = make(kind)
    Store(folder).put("f", stored)
    Store(folder).count("f", "checks")
    with drive.form(folder, "f") as view:
        assert "It stays in answers.json under “set_aside”" in view.notice.value
        assert HOSTILE not in view.notice.value
        assert view.status.value.startswith("Nothing answered yet.")
        assert Store(folder)["f"].value == stored  # until then
        answer(view, kind)
        assert view.notice.value == ""
    store = Store(folder)
    assert (store["f"].value, store["f"].checks) == (RIGHT[kind], 1)
    kept = json.loads((folder / "answers.json").read_text())["set_aside"]
    assert [each["entry"]["value"] for each in kept] == [stored]


def test_parts_that_the_form_has_no_more_are_kept_aside(make: Make) -> None:
    folder = make("classify")
    old = {"x": "a", "gone": "b"}
    Store(folder).put("f", old)
    with drive.form(folder, "f") as view:
        assert (view.notice.value, view.input.raw()) == ("", {"x": "a"})
        drive.controls(view)["The y"].value = "b"
        drive.controls(view)["The y"].value = "a"
    whole = json.loads((folder / "answers.json").read_text())
    assert whole["answers"]["f"]["value"] == {"x": "a", "y": "a"}
    assert [each["entry"]["value"] for each in whole["set_aside"]] == [old]


@pytest.mark.parametrize("saved", [HOSTILE, "", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", 5])
def test_odd_times_are_no_crash_and_no_markup(make: Make, saved: Any) -> None:
    folder = make("single")
    entry = {"value": "a", "saved": saved}
    (folder / "answers.json").write_text(json.dumps({"answers": {"f": entry}}))
    with drive.form(folder, "f") as view:
        assert "<b>complete</b> · saved" in view.status.value
        assert HOSTILE not in view.status.value


# --- the page ------------------------------------------------------------------------------------


def hostile(part: Any) -> Any:
    """Put markup into every label."""
    if isinstance(part, dict):
        marked = {"label", "unit", "help", "say"}
        return {k: f"{v}{HOSTILE}" if k in marked else hostile(v) for k, v in part.items()}
    return [hostile(each) for each in part] if isinstance(part, list) else part


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_becomes_markup(make: Make, kind: str) -> None:
    parts = {name: hostile(part) for name, part in FORMS[kind].items() if name != "unit"}
    texts = {"title": HOSTILE, "prompt": f"**So** {HOSTILE} [x](javascript:alert(1))"}
    folder = make(kind, **parts, **texts, hints=[HOSTILE], key=hostile(KEYS[kind]))
    Store(folder).put("f", HOSTILE if kind == "text" else RIGHT[kind])
    with drive.form(folder, "f") as view:
        view.hint.click()
        view.check.click()
        page = shown(view)
    assert "<script" not in page
    assert "javascript:" not in page
    assert "&lt;script&gt;" in page
    assert "<strong>So</strong>" in page


def test_money_is_no_formula(make: Make) -> None:
    """Jupyter typesets what stands between two dollar signs in a tick box's label."""
    choices = [{"id": "a", "label": "$5 now"}, {"id": "b", "label": "$6 or $7 later"}]
    with drive.form(make("multiple", choices=choices), "f") as view:
        for box in drive.controls(view).values():
            assert box.description.startswith('<span class="mathjax_ignore')


def test_running_the_cell_again_closes_the_old_view(make: Make) -> None:
    from ipywidgets.widgets.widget import _instances

    folder = make("plan")
    first = form_view("f", folder=folder)
    count = len(_instances)
    second = form_view("f", folder=folder)
    assert first.comm is None
    assert second.comm is not None
    assert len(_instances) == count


def test_a_view_that_cannot_be_made_is_a_sentence_and_closes_the_old_one(make: Make) -> None:
    folder = make("single")
    first = form_view("f", folder=folder)
    (folder / "forms.json").unlink()
    said = form_view("f", folder=folder).children[1].value
    assert said.startswith("There is no forms.json in ")
    assert first.comm is None


def test_an_unknown_question_is_a_sentence(make: Make) -> None:
    said = form_view("<b>", folder=make("single")).children[1].value
    assert said == "There is no question “&lt;b&gt;” here. There are: f"


def test_many_choices_are_a_list_to_open(make: Make) -> None:
    with drive.form(make("single", choices=options(*"abcdefg")), "f") as view:
        (control,) = drive.controls(view).values()
        assert isinstance(control, w.Dropdown)
        assert control.label == "choose …"
        control.value = "g"
        assert view.input.raw() == "g"
        control.index = 0
        assert view.input.raw() is None


def test_a_mail_gets_room(make: Make) -> None:
    with drive.form(make("text", lines=5), "f") as view:
        (control,) = drive.controls(view).values()
        assert isinstance(control, w.Textarea)
        assert control.rows == 5


@pytest.mark.parametrize("mode", ["autograde", "validate"])
def test_nothing_is_shown_while_nbgrader_runs(
    make: Make, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    monkeypatch.chdir(make("single"))
    monkeypatch.setenv("NBGRADER_EXECUTION", mode)
    assert show_form("f") is show_learner() is show_hand_in() is None
