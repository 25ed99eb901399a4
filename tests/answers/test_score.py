"""A graded form: what its cell prints and returns, for the learner, validation and autograding."""

import json
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from course.answers.errors import CourseError, Unfinished
from course.answers.score import grade
from course.answers.store import Store
from tests.answers.samples import KEYS, KINDS, MISTAKEN, RIGHT, raw


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    forms = [raw(kind, id=kind, points=4) for kind in KINDS]
    whole = {"schema": 1, "course": "c", "lesson": "l", "forms": forms}
    (tmp_path / "forms.json").write_text(json.dumps(whole))
    return tmp_path


def graded(folder: Path, kind: str) -> float | None:
    return grade(kind, KEYS[kind], folder=folder)


@pytest.mark.parametrize("kind", KINDS)
def test_right_wrong_and_empty(
    folder: Path, kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as grading:
        grading.setenv("NBGRADER_EXECUTION", "autograde")
        assert graded(folder, kind) == 0
    said = "0 of 4 points.\nNot attempted: “Title” is empty.\n"
    assert capsys.readouterr().out == said

    Store(folder).put(kind, RIGHT[kind])
    assert graded(folder, kind) == 4
    said = capsys.readouterr().out
    assert said.startswith("Your answer:\n  ")
    assert "\n4 of 4 points.\n" in said

    Store(folder).put(kind, MISTAKEN[kind])
    points = graded(folder, kind)
    assert points is not None
    assert 0 <= points < 4
    captured = capsys.readouterr()
    assert f"\n{points:g} of 4 points.\n" in captured.out
    assert "  A common mistake" not in captured.out
    assert captured.out.endswith("A common mistake is at work: mistaken.\n")
    assert captured.err == ""  # a word on stderr costs all points


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_of_the_wrong_type_cannot_be_checked(
    folder: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Store(folder).put(kind, {"x": [], "y": 5, "r": 1, "how": 4} if "cells" in KEYS[kind] else 1e400)
    assert graded(folder, kind) == 0
    said = capsys.readouterr().out
    assert "Your answer:" not in said
    assert "Not attempted" not in said
    assert "stored answer" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"answers": {"si', "answers.json could not be read ("),
        (b'{"schema": 2, "answers": {}}', "answers.json was written by a newer version"),
        (None, "answers.json cannot be opened (Is a directory)"),
    ],
)
def test_a_file_that_cannot_be_read_is_not_called_unanswered(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    content: bytes | None,
    said: str,
) -> None:
    path = folder / "answers.json"
    path.mkdir() if content is None else path.write_bytes(content)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert graded(folder, "single") == 0
    out = capsys.readouterr().out
    assert out.startswith(f"0 of 4 points.\n{said}")
    assert "Not attempted" not in out
    assert str(folder) not in out
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    with pytest.raises(Unfinished, match=r"answers\.json"):
        grade("single", folder=folder)


def test_points_are_rounded_and_never_above_the_maximum(folder: Path) -> None:
    Store(folder).put("order", ["a", "c", "b"])
    assert graded(folder, "order") == 1.33


def test_half_an_emoji_can_be_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Store(folder).put("text", "monday \ud83d")
    assert graded(folder, "text") == 4
    capsys.readouterr().out.encode("utf-8")


# --- the learner's copy: no key ------------------------------------------------------------------


def test_the_learners_copy_says_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert grade("single", folder=folder) is None
    assert capsys.readouterr().out == ""


def test_validation_names_what_is_open(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Store(folder).put("classify", {"x": "a"})
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    with pytest.raises(Unfinished, match=r"“Title” is not finished yet:\n  - The y: still empty"):
        grade("classify", folder=folder)
    monkeypatch.delenv("NBGRADER_EXECUTION")
    Store(folder).put("classify", {"x": "a", "y": "a"})
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    assert grade("classify", folder=folder) is None
    assert capsys.readouterr().out == "“Title” is complete.\n"


def test_validation_says_what_cannot_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(folder).put("number", "many")
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    with pytest.raises(CourseError, match="expects a number, but the stored answer is 'many'"):
        grade("number", folder=folder)


@pytest.mark.parametrize("error", ["CourseError('Do <this>.')", "Unfinished('Open:\\n  - it')"])
def test_a_notebook_shows_the_sentence_alone(
    error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shell: Any = InteractiveShell(history_manager=None)
    shell.run_cell(f"from course.answers import CourseError, Unfinished\nraise {error}")
    out = capsys.readouterr().out
    assert out.strip() == str(eval(error, {"CourseError": CourseError, "Unfinished": Unfinished}))
