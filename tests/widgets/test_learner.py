"""The line that asks who is working, once."""

import json
from pathlib import Path

import pytest

from course.answers.learner import WORKSPACE_MARK
from course.answers.store import Store
from course.answers.work import Work
from course.widgets.learner import LearnerView, learner_view
from course.widgets.page import close
from tests.answers.samples import raw

pytestmark = pytest.mark.usefixtures("_no_leaked_widgets")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / WORKSPACE_MARK).write_text("{}")
    folder = tmp_path / "homework" / "01"
    folder.mkdir(parents=True)
    whole = {"schema": 1, "course": "c", "lesson": "01", "forms": [raw("single")]}
    (folder / "forms.json").write_text(json.dumps(whole))
    monkeypatch.setattr("course.widgets.learner.system_name", lambda: "pc-user")
    return folder


def ask(folder: Path, typed: str | None = None) -> tuple[str, str, bool]:
    """Open the view and perhaps enter an id; return what it says, its problem, whether it asks."""
    view = LearnerView(Work(folder))
    if typed is not None:
        view.field.value = typed
        view.save.click()
    said = view.said.value, view.problem.value, view.ask.layout.display is None
    close(view.widget)
    return said


def test_it_asks_and_offers_a_name(folder: Path) -> None:
    view = LearnerView(Work(folder))
    assert view.field.value == "pc-user"
    assert "your learner id" in view.field.description
    assert "<b>Who are you?</b>" in view.said.value
    assert not (folder / "answers.json").exists()  # an offer is no answer
    close(view.widget)


def test_it_keeps_what_was_typed_and_says_so_from_then_on(folder: Path) -> None:
    working = "<p>Working as <b>anna.lee</b>. Your answers are saved as you go.</p>"
    said, problem, asks = ask(folder, " anna.lee ")
    assert (problem, asks) == ("", False)
    assert said.startswith(working)
    assert "double arrow" in said  # the data shown so far was drawn for nobody
    assert ask(folder) == (working, "", False)
    assert Store(folder).learner == {"id": "anna.lee", "given": " anna.lee "}


@pytest.mark.parametrize("typed", ["", "Anna Lee", "../x", "<script>alert(1)</script>", "😀"])
def test_an_odd_id_is_explained_and_asked_again(folder: Path, typed: str) -> None:
    said, problem, asks = ask(folder, typed)
    assert asks
    assert problem
    assert "<script" not in said + problem
    assert "Who are you?" in said
    assert not (folder / "answers.json").exists()


def test_an_id_known_from_elsewhere_is_put_into_the_sidecar(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTERHUB_USER", "anna")
    assert ask(folder)[2] is False
    assert Store(folder).learner["id"] == "anna"


def test_an_id_spoilt_by_hand_is_mended(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "answers.json").write_text('{"answers": {}, "learner": {"id": "<b>/x"}}')
    monkeypatch.setenv("JUPYTERHUB_USER", "anna")
    assert "<b>anna</b>" in ask(folder)[0]
    assert Store(folder).learner["id"] == "anna"


def test_a_broken_sidecar_is_reported_here_for_this_view_reads_it_first(folder: Path) -> None:
    (folder / "answers.json").write_text("{")
    assert "It is kept as answers.unreadable-" in ask(folder)[1]


def test_where_nothing_is_kept_it_does_not_say_that_it_is(folder: Path) -> None:
    (folder / "answers.json").write_text('{"schema": 2}')
    said, problem, _asks = ask(folder, "anna")
    assert "saved as you go" not in said
    assert problem.count("newer version") == 1


def test_running_the_cell_again_closes_the_old_view(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setattr("course.answers.work._folder", None)
    first = learner_view()
    learner_view()
    assert first.comm is None


def test_without_forms_it_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("course.answers.work._folder", None)
    assert "There is no forms.json in" in learner_view().children[1].value
