"""What stands in the gradebook equals what nbgrader's own steps make of the same outputs."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.notebooknode import from_dict
from nbgrader import preprocessors
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from course.grading.folder import CourseFolder
from tests.grading.plain import NAME, RIGHT, WRONG, grade, hand_in, run_source

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.filterwarnings("ignore"),  # nbgrader's own are many
]
DUE = "2025-01-01 12:00:00 UTC"
LATE = "2025-01-02 12:00:00.000000 UTC"


class PlainExecute(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """Stands for nbgrader's Execute: runs cells as the plain runner does."""

    def preprocess(self, notebook: Any, resources: Any) -> Any:
        namespace: dict[str, Any] = {}
        for count, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), 1):
            cell.outputs = [from_dict(o) for o in run_source(cell.source, count, namespace)]
            cell.execution_count = count
        return notebook, resources


def nbgrader_grades(course: Path, *, force: bool = False) -> None:
    """Grade a course folder by nbgrader itself, but for its kernels."""
    autograde = CourseFolder.open(course).autograde
    autograde.autograde_preprocessors = [
        PlainExecute,
        *(p for p in autograde.autograde_preprocessors if p is not preprocessors.Execute),
    ]
    autograde.coursedir.assignment_id = NAME
    autograde.force = force
    autograde.start()


def gradebook(course: Path) -> dict[str, Any]:
    """Return all that the gradebook says of the assignment, without its row ids."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "small") as book:
        return {
            submission.student.id: {
                "timestamp": submission.timestamp,
                "score": submission.score,
                "max_score": submission.max_score,
                "penalty": submission.late_submission_penalty,
                "manual": submission.needs_manual_grade,
                "notebooks": {
                    notebook.name: {
                        "score": notebook.score,
                        "failed": notebook.failed_tests,
                        "flagged": notebook.flagged,
                        "penalty": notebook.late_submission_penalty,
                        "grades": {
                            grade.name: (
                                *(grade.auto_score, grade.manual_score, grade.extra_credit),
                                *(grade.needs_manual_grade, grade.score, grade.max_score),
                            )
                            for grade in notebook.grades
                        },
                        "comments": {
                            c.name: (c.auto_comment, c.manual_comment) for c in notebook.comments
                        },
                    }
                    for notebook in submission.notebooks
                },
            }
            for submission in book.assignment_submissions(NAME)
        }


def autograded(course: Path) -> dict[str, Any]:
    """Return the autograded folders: notebooks without times, other files with permissions."""
    found: dict[str, Any] = {}
    for path in sorted((course / "autograded").rglob("*")):
        if path.suffix == ".ipynb":
            notebook = nbformat.read(path, as_version=4)
            for cell in notebook.cells:
                cell.metadata.pop("execution", None)
            found[str(path.relative_to(course))] = (notebook, path.stat().st_mode)
        elif path.is_file():
            found[str(path.relative_to(course))] = (path.read_bytes(), path.stat().st_mode)
    return found


class Pair:
    """Two copies of a course folder, one for nbgrader and one for us."""

    def __init__(self, ours: Path) -> None:
        self.ours = ours
        self.theirs = ours.with_name("theirs")

    def part(self) -> None:
        shutil.copytree(self.ours, self.theirs)

    def grade(self, monkeypatch: pytest.MonkeyPatch, *, force: bool = False) -> None:
        monkeypatch.chdir(self.theirs)
        nbgrader_grades(self.theirs, force=force)
        monkeypatch.chdir(self.ours)
        grade(self.ours, force=force)

    def manual(self, student: str, cell: str, **values: Any) -> None:
        for course in (self.ours, self.theirs):
            with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "small") as book:
                found = book.find_grade(cell, "one", NAME, student)
                for name, value in values.items():
                    setattr(found, name, value)
                book.db.commit()

    def check(self) -> Mapping[str, Any]:
        ours = gradebook(self.ours)
        assert ours == gradebook(self.theirs)
        assert autograded(self.ours) == autograded(self.theirs)
        return ours


@pytest.fixture
def pair(course: Path) -> Pair:
    with (course / "nbgrader_config.py").open("a") as file:
        file.write("c.LateSubmissionPlugin.penalty_method = 'zero'\n")
        file.write("c.LimitOutput.max_lines = 20\n")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "small") as book:
        book.update_or_create_assignment(NAME, duedate=DUE)
    return Pair(course)


def test_ordinary_submissions(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    here = pair.ours
    hand_in(here, "right", RIGHT, files={"notes.txt": "mine", "data.csv": "mine, too"})
    hand_in(here, "wrong", WRONG)
    hand_in(here, "untouched", {})
    hand_in(here, "partly", {**RIGHT, "half": "credit = 1.5"})
    hand_in(here, "wordy", {**RIGHT, "double": "for i in range(50):\n    print(i)"})
    hand_in(here, "one-only", RIGHT, only=["one"])
    hand_in(here, "undated", RIGHT, timestamp="")
    hand_in(here, "late", RIGHT, timestamp=LATE)
    hand_in(here, "late-and-wrong", WRONG, timestamp=LATE)
    hand_in(here, "李雷", RIGHT)
    pair.part()
    pair.grade(monkeypatch)
    grades = pair.check()
    assert {name: found["score"] for name, found in grades.items()} == {
        "right": 6.0,
        "wrong": 3.0,
        "untouched": 0.0,
        "partly": 4.5,
        "wordy": 4.0,
        "one-only": 5.0,
        "undated": 6.0,
        "late": 6.0,
        "late-and-wrong": 3.0,
        "李雷": 6.0,
    }
    assert grades["late"]["penalty"] == 6.0
    assert grades["right"]["notebooks"]["one"]["comments"]["half"] == (None, None)
    assert grades["untouched"]["notebooks"]["one"]["comments"]["half"] == ("No response.", None)


def test_what_people_graded_stays_when_it_is_graded_again(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(pair.ours, "anna", RIGHT, timestamp=LATE)
    hand_in(pair.ours, "bob", WRONG)
    pair.part()
    pair.grade(monkeypatch)
    pair.manual("anna", "essay", manual_score=3.5, needs_manual_grade=False)
    pair.manual("anna", "project", manual_score=5.0, extra_credit=1.0, needs_manual_grade=False)
    pair.manual("bob", "test_double", manual_score=1.0, needs_manual_grade=False)
    pair.manual("bob", "test_half", extra_credit=0.5)
    pair.grade(monkeypatch, force=True)
    grades = pair.check()
    assert grades["anna"]["score"] == 6.0 + 3.5 + 5.0 + 1.0
    assert grades["anna"]["penalty"] == grades["anna"]["score"]
    assert grades["bob"]["score"] == 1.0 + 3.5
    assert grades["bob"]["notebooks"]["one"]["grades"]["test_double"][3]  # to be looked at again


def test_a_resubmission_replaces_the_grade(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in(pair.ours, "anna", RIGHT)
    hand_in(pair.ours, "bob", RIGHT, timestamp=LATE)
    pair.part()
    pair.grade(monkeypatch)
    for course in (pair.ours, pair.theirs):
        hand_in(course, "anna", WRONG, timestamp=LATE, only=["one"], files={"more.txt": ""})
        hand_in(course, "bob", {**RIGHT, "essay": "again"}, timestamp="2025-01-03 00:00:00 UTC")
    pair.grade(monkeypatch)
    grades = pair.check()
    assert grades["anna"]["score"] == 3.0


def test_an_extension_is_heeded(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in(pair.ours, "anna", RIGHT, timestamp=LATE)
    pair.part()
    pair.grade(monkeypatch)
    for course in (pair.ours, pair.theirs):
        with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "small") as book:
            book.grant_extension(NAME, "anna", days=2)
    pair.grade(monkeypatch, force=True)
    assert pair.check()["anna"]["penalty"] == 0.0


@pytest.mark.parametrize(
    "settings",
    [
        "c.Autograde.permissions = 644",
        "c.CourseDirectory.groupshared = True",
        "c.Autograde.exclude_overwriting = {'ps1': ['data.csv']}",
        "c.CourseDirectory.ignore = ['*.log']",
        "c.ClearMetadataPreprocessor.enabled = True",
        "c.CourseDirectory.directory_structure = '{nbgrader_step}/x/{assignment_id}/{student_id}'",
    ],
)
def test_settings_are_heeded(settings: str, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    with (pair.ours / "nbgrader_config.py").open("a") as file:
        file.write(f"{settings}\n")
    folder = hand_in(pair.ours, "anna", RIGHT, files={"data.csv": "mine", "my.log": "mine"})
    if "structure" in settings:
        target = pair.ours / "submitted" / "x" / NAME / "anna"
        target.parent.mkdir(parents=True)
        folder.rename(target)
        for step in ("source", "release"):
            (pair.ours / step / "x").mkdir()
            (pair.ours / step / NAME).rename(pair.ours / step / "x" / NAME)
    pair.part()
    pair.grade(monkeypatch)
    pair.check()
