"""Predict before you play: a view stays shut until its prediction is committed."""

import json
from pathlib import Path

import ipywidgets as w
import pytest

from course.answers import Work
from course.answers.store import Store
from course.widgets import show_after
from course.widgets.form import FormView, form_view
from tests import drive

pytestmark = pytest.mark.usefixtures("_no_leaked_widgets")

PREDICTION = {
    "id": "guess",
    "kind": "single",
    "title": "Your guess",
    "prompt": "Which?",
    "predict": True,
    "choices": [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}],
    "key": {"accept": ["a"], "right": "It was.", "wrong": [{"if": ["b"], "say": "It was not."}]},
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    whole = {"schema": 1, "course": "c", "lesson": "l", "forms": [PREDICTION]}
    (tmp_path / "forms.json").write_text(json.dumps(whole))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("course.answers.work._folder", None)
    return tmp_path


@pytest.fixture
def view(folder: Path):
    work = Work(folder)
    view = FormView(work.forms["guess"], work)
    yield view
    view.close()


def texts(widget: w.Widget) -> str:
    return " ".join(each.value for each in drive.inside(widget) if isinstance(each, w.HTML))


def choose(view: FormView, value: str) -> None:
    drive.controls(view)["Your guess"].value = value


def test_nothing_opens_before_a_prediction(view: FormView) -> None:
    made = []
    place = show_after("guess", lambda: made.append(1) or w.Label("open"))
    assert made == []
    assert "Commit “Your guess” above first" in texts(place)
    view.check.click()  # nothing chosen yet: that commits nothing
    assert made == []
    assert "still open" in texts(view.widget)


def test_committing_opens_what_waits_and_freezes_the_prediction(view: FormView) -> None:
    place = show_after("guess", lambda: w.Label("open"))
    choose(view, "b")
    assert not isinstance(place.children[0], w.Label)  # choosing alone is not committing
    view.check.click()
    assert isinstance(place.children[0], w.Label)
    assert drive.controls(view)["Your guess"].disabled
    assert "Committed." in texts(view.widget)
    assert "It was not." not in texts(view.widget)  # judged only when asked, after playing
    assert view.check.description == "Compare with what happened"
    view.check.click()
    assert "It was not." in texts(view.widget)


def test_a_wrong_prediction_came_out_differently_and_cannot_be_mended(view: FormView) -> None:
    choose(view, "b")
    view.check.click()
    view.check.click()
    assert "It came out differently." in view.feedback.value
    assert "It was not." in view.feedback.value
    assert "yet" not in view.feedback.value


def test_what_was_typed_before_committing_may_arrive_after_it(folder: Path, view: FormView) -> None:
    choose(view, "a")
    view.check.click()
    choose(view, "b")  # the browser sends keys slower than clicks
    assert "Committed." in texts(view.widget)
    assert Store(folder)["guess"].value == "b"


def test_a_committed_prediction_is_so_when_the_lesson_is_opened_again(
    folder: Path, view: FormView
) -> None:
    choose(view, "a")
    view.check.click()
    again = form_view("guess", folder=folder)
    (radio,) = [each for each in drive.inside(again) if isinstance(each, w.RadioButtons)]
    assert (radio.value, radio.disabled) == ("a", True)
    opened = show_after("guess", lambda: w.Label("open"))
    assert isinstance(opened, w.Label)
    assert Store(folder)["guess"].checks == 1


def test_a_chosen_but_uncommitted_prediction_can_still_be_changed(
    folder: Path, view: FormView
) -> None:
    choose(view, "a")
    again = form_view("guess", folder=folder)
    (radio,) = [each for each in drive.inside(again) if isinstance(each, w.RadioButtons)]
    assert (radio.value, radio.disabled) == ("a", False)


def test_running_the_cell_again_leaves_one_view(view: FormView) -> None:
    first = show_after("guess", lambda: w.Label("open"))
    second = show_after("guess", lambda: w.Label("open"))
    assert first.comm is None  # closed
    choose(view, "a")
    view.check.click()
    assert isinstance(second.children[0], w.Label)


def test_nothing_is_shown_while_nbgrader_runs(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert show_after("guess", lambda: pytest.fail("made")) is None


def test_an_unknown_form_is_said_in_one_sentence(folder: Path) -> None:
    assert "There is no question “gess”" in texts(show_after("gess", lambda: w.Label("open")))
