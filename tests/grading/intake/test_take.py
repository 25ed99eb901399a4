"""The files beside the notebook, and what a submission as a whole becomes."""

import datetime as dt
import json
import logging
import shutil
from pathlib import Path
from typing import Any

import pytest

from course.answers import sidecar
from course.grading.intake import take as take_module
from course.grading.intake import take_in
from course.grading.job import Job, Limits
from course.grading.spec import Assignment
from tests.grading.intake import samples


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return samples.hand_in(tmp_path / "ps1", samples.submission())


def job(folder: Path, spec: Assignment | None = None) -> tuple[Job, str]:
    intake = samples.taken(folder, spec)
    assert intake.job is not None
    assert Job.from_bytes(intake.job.to_bytes()) == intake.job
    return intake.job, "\n".join(intake.notes)


def test_the_instructors_files_replace_a_learners(folder: Path) -> None:
    given = {"data.csv": b"right", "lib/help.py": b"pass", "same.txt": b"same", "flat": b"1"}
    for path, data in (("data.csv", b"faked"), ("same.txt", b"same"), ("own.txt", b"own")):
        (folder / path).write_bytes(data)
    (folder / "lib").write_bytes(b"a file where the instructor has a folder")
    (folder / "flat").mkdir()
    (folder / "flat" / "x").write_bytes(b"and the other way round")
    found, notes = job(folder, samples.spec(files=given))
    assert found.files == {**given, "own.txt": b"own"}
    assert found.given == given
    assert notes == "The instructor's version of these files was used: data.csv, lib, flat/x."


def test_what_learners_may_replace_is_theirs(folder: Path) -> None:
    (folder / "mine.py").write_bytes(b"mine")
    found, notes = job(folder, samples.spec(keeps=("mine.py",)))
    assert (found.files, found.given, notes) == ({"mine.py": b"mine"}, {}, "")


def test_settings_and_gradebooks_of_a_learners_own_are_left_out(folder: Path) -> None:
    (folder / "sub").mkdir()
    for path in ("nbgrader_config.py", "gradebook.db", "sub/gradebook.db"):
        (folder / path).write_bytes(b"x")
    found, notes = job(folder)
    assert found.files == {}
    assert "instructor's alone" in notes


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("sitecustomize.py", True),
        (".ipython/profile_default/startup/a.py", True),
        ("matplotlibrc", True),
        ("pandas.py", True),
        ("pandas/__init__.py", True),
        ("random.so", True),
        ("sklearn.py", True),  # the assignment imports it
        ("pandas/notes.txt", False),
        ("sub/pandas.py", False),
        ("helpers.py", False),
        ("code.txt", False),
    ],
)
def test_files_that_shadow_a_library_are_kept_and_told(path: str, told: bool, folder: Path) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(b"x")
    found, notes = job(folder, samples.spec(modules=("sklearn.linear_model",)))
    assert found.files == {path: b"x"}
    assert notes.startswith("These files change how Python starts") == told


def test_notebooks_are_no_files(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "other.ipynb").write_bytes(b"x")
    assert job(folder)[0].files == {}


FORMS = {"forms.json": b"{}"}


def answers(**learner: Any) -> bytes:
    return sidecar.as_bytes({"learner": learner})


@pytest.mark.parametrize(
    ("content", "student", "note"),
    [
        (answers(id="anna"), "anna", ""),
        (answers(id="Anna "), "anna", ""),
        (answers(id="anna lee"), "Anna.Lee", ""),
        (answers(), "anna", ""),
        (answers(id=7), "anna", ""),
        (b'{"answers": {}, "learner": "anna"}', "anna", ""),
        (answers(id="ben"), "anna", "answers.json says that it is by ben, and was handed in by"),
        (answers(id="\x1b[31mben"), "anna", '"\\u001b[31mben"'),
        (b"not json", "anna", "answers.json cannot be read"),
        (b"[" * 100_000, "anna", "answers.json cannot be read"),
        (b"\xff", "anna", "answers.json cannot be read"),
    ],
)
def test_answers_of_somebody_else_are_graded_and_told(
    content: bytes, student: str, note: str, folder: Path
) -> None:
    (folder / "answers.json").write_bytes(content)
    intake = samples.taken(folder, samples.spec(files=FORMS), student)
    assert intake.job is not None
    assert intake.job.pinned == ("answers.json",)
    assert intake.job.files["answers.json"] == content
    assert note in "\n".join(intake.notes)
    assert bool(note) == bool(intake.notes)


def test_in_other_courses_a_file_of_that_name_is_just_a_file(folder: Path) -> None:
    (folder / "answers.json").write_bytes(answers(id="ben"))
    found, notes = job(folder)
    assert (found.pinned, notes) == ((), "")


def test_limits_come_from_the_specification(folder: Path) -> None:
    assert job(folder, samples.spec(limits=Limits(cell_seconds=3)))[0].limits.cell_seconds == 3


def test_the_time_it_was_handed_in(folder: Path) -> None:
    assert samples.taken(folder).timestamp is None
    (folder / "timestamp.txt").write_text("2015-02-02 15:58:23.000000 UTC")
    assert samples.taken(folder).timestamp == dt.datetime(2015, 2, 2, 15, 58, 23)
    (folder / "timestamp.txt").write_text("long ago")
    intake = samples.taken(folder)
    assert intake.timestamp is None
    assert "timestamp.txt says long ago" in intake.notes[0]


def test_the_digest_is_that_of_the_content(folder: Path, tmp_path: Path) -> None:
    first = samples.taken(folder).digest
    shutil.copytree(folder, tmp_path / "again")
    assert samples.taken(tmp_path / "again").digest == first
    (folder / "a.txt").write_bytes(b"")
    second = samples.taken(folder).digest
    (folder / "sums.ipynb").write_bytes(b"not json")
    refused = take_in(samples.spec(), folder, "anna")
    assert len({first, second, refused.digest}) == 3


def test_nothing_is_changed_in_the_folder(folder: Path) -> None:
    before = {path: path.stat() for path in (folder, folder / "sums.ipynb")}
    samples.taken(folder)
    assert {p: (s.st_mtime_ns, s.st_size) for p, s in before.items()} == {
        p: (p.stat().st_mtime_ns, p.stat().st_size) for p in before
    }


def test_two_submissions_share_nothing(folder: Path) -> None:
    spec = samples.spec()
    digest = spec.digest
    first, second = samples.taken(folder, spec), samples.taken(folder, spec)
    first.notebooks["sums"].cells[1].metadata.nbgrader["points"] = 99
    first.notebooks["sums"].metadata.kernelspec["name"] = "other"
    assert second.notebooks == samples.taken(folder, spec).notebooks
    assert samples.spec().digest == digest == spec.digest


def test_a_fault_of_the_grader_is_told_and_no_refusal(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(take_module, "rebuild", broken)
    with caplog.at_level(logging.ERROR):
        intake = take_in(samples.spec(), folder, "anna")
    assert (intake.refusal, intake.job, intake.digest) == (None, None, "")
    assert intake.fault == "Taking it in failed: ZeroDivisionError: "
    assert "ZeroDivisionError" in caplog.text


def test_learners_text_never_reaches_a_sentence_raw(tmp_path: Path) -> None:
    notebook = samples.submission()
    notebook["cells"][1]["metadata"]["nbgrader"]["grade_id"] = "\x1b[2J{0.__class__}" + "x" * 900
    notebook["nbformat"] = "\n\x07"
    folder = samples.hand_in(tmp_path, notebook)
    (folder / "{names}\n").write_bytes(b"")
    notes = samples.taken(folder).notes
    assert all(note.isprintable() and len(note) < 400 for note in notes), notes
    assert json.dumps(notes)
