"""A graded course folder made without nbgrader's commands: its gradebook, its notebooks."""

import os
import shutil
import sys
import warnings
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning

from course.grading.record.journal import Journal, Key, Line
from course.grading.report import Entry, Status

ASSIGNMENT = "hw"
DUE = datetime(2026, 3, 1, 10)
HIDDEN = "assert double(7) == 14 # nobody must see this"
TEST = f"assert double(2) == 4\n### BEGIN HIDDEN TESTS\n{HIDDEN}\n### END HIDDEN TESTS"
VISIBLE = "assert double(2) == 4"


class Graded:
    """A course folder with one assignment of two notebooks.

    ``p1`` has a function to write (2 points, tested) and an essay (3 points, read by a person);
    ``p2`` a function (1 point).
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.coursedir = CourseDirectory(root=str(root))
        self.journal = Journal(root, ASSIGNMENT)

    @classmethod
    def build(cls, root: Path) -> Self:
        """Make the folder; this takes seconds, so it is done once and copied."""
        made = cls(root)
        with pytest.MonkeyPatch.context() as patch:
            # nbgrader calls alembic by name
            patch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
            gradebook = made.gradebook()
        with gradebook:
            gradebook.add_assignment(ASSIGNMENT, duedate=DUE)
            for name, points in (("p1", 2), ("p2", 1)):
                gradebook.add_notebook(name, ASSIGNMENT)
                gradebook.add_grade_cell(
                    "test", name, ASSIGNMENT, max_score=points, cell_type="code"
                )
                gradebook.add_solution_cell("answer", name, ASSIGNMENT)
            gradebook.add_grade_cell("essay", "p1", ASSIGNMENT, max_score=3, cell_type="markdown")
            gradebook.add_solution_cell("essay", "p1", ASSIGNMENT)
        for name in ("p1", "p2"):
            made.write("release/./hw", name, notebook("# TODO", test=VISIBLE))
        return made

    def copy(self, root: Path) -> Self:
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        return type(self)(root)

    def gradebook(self) -> Gradebook:
        return Gradebook(f"sqlite:///{self.root / 'gradebook.db'}")

    def write(self, folder: str, name: str, content: nbformat.NotebookNode) -> Path:
        path = self.root / folder / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(content, path)
        return path

    def submission(
        self,
        student: str,
        scores: Mapping[str, float | None] | None = None,
        *,
        late: Mapping[str, float] | None = None,
        **details: Any,
    ) -> None:
        """Put a submission into the gradebook; ``scores`` are automatic, by “notebook/cell”."""
        with warnings.catch_warnings(), self.gradebook() as gradebook:
            warnings.simplefilter("ignore", SAWarning)  # nbgrader's own way of adding rows
            gradebook.update_or_create_student(student, **details)
            gradebook.update_or_create_submission(ASSIGNMENT, student, timestamp=DUE)
            for place, score in (scores or {}).items():
                name, cell = place.split("/")
                grade = gradebook.find_grade(cell, name, ASSIGNMENT, student)
                grade.auto_score = score
                grade.needs_manual_grade = score is None
            for name, penalty in (late or {}).items():
                found = gradebook.find_submission_notebook(name, ASSIGNMENT, student)
                found.late_submission_penalty = penalty
            gradebook.db.commit()

    def hand_in(self, student: str, *names: str, secret: str = "") -> Path:
        folder = self.root / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            self.write(f"submitted/{student}/{ASSIGNMENT}", name, notebook("# mine"))
        if secret:
            (folder / "submission_secret.txt").write_text(secret)
            (folder / "timestamp.txt").write_text("2026-03-01 10:00:00 UTC")
        return folder

    def autograded(self, student: str, name: str, content: nbformat.NotebookNode) -> Path:
        return self.write(f"autograded/{student}/{ASSIGNMENT}", name, content)

    def record(
        self,
        student: str,
        status: Status,
        *,
        reasons: Sequence[str] = (),
        notes: Sequence[str] = (),
        tasks: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        entry = Entry(student, status, reasons=tuple(reasons), notes=tuple(notes))
        self.journal.write(Line(entry, Key("s", "a", "e"), tuple(tasks), "2026-03-01T10:00:00Z"))

    def page(self, student: str, name: str = "p1") -> str:
        return (self.root / "feedback" / student / ASSIGNMENT / f"{name}.html").read_text()


def notebook(
    code: str, *outputs: Mapping[str, Any], test: str = TEST, essay: str = "Mine."
) -> nbformat.NotebookNode:
    """Return a notebook with the answer ``code``; ``outputs`` are those of its test."""

    def roles(name: str, **given: Any) -> dict[str, Any]:
        return {"nbgrader": {"grade_id": name, "schema_version": 3, **given}}

    made = [nbformat.from_dict(dict(output)) for output in outputs]
    cells = [
        new_markdown_cell("# Two tasks", metadata=roles("head", locked=True)),
        new_markdown_cell("## Double it", metadata=roles("first", locked=True)),
        new_code_cell(code, metadata=roles("answer", solution=True), execution_count=1),
        new_code_cell(
            test,
            metadata=roles("test", grade=True, locked=True, points=2),
            outputs=made,
            execution_count=2,
        ),
        new_markdown_cell("## Why double?", metadata=roles("second", locked=True)),
        new_markdown_cell(essay, metadata=roles("essay", grade=True, solution=True, points=3)),
    ]
    return new_notebook(cells=cells)
