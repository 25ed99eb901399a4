"""Grades as a CSV file that says what became of every submission, and why.

Use it with nbgrader's own command::

    nbgrader export --exporter=course.grading.export.ReasonsExporter

Its columns are those of nbgrader's exporter, then ``status``, ``needs_manual_grade`` and
``reasons``. Unlike nbgrader's it writes real CSV: a comma or a line break in a name stays in it.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import ExportPlugin

from course.grading.feedback.folder import AssignmentFolder
from course.grading.feedback.marks import SubmissionMarks, read_marks

__all__ = ["COLUMNS", "ReasonsExporter", "harmless"]

COLUMNS = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
    *("status", "needs_manual_grade", "reasons"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBERS = frozenset({"raw_score", "late_submission_penalty", "score", "max_score"})


class ReasonsExporter(ExportPlugin):  # type: ignore[misc]  # nbgrader has no types
    """Writes a row for every student and assignment, to ``grades.csv`` by default.

    ``status`` is what ``course grade`` recorded: graded, not attempted, crashed, timed out, refused
    or failed. For a submission that something else graded it is *graded*, *not attempted* or, if
    there is no autograded notebook of it, *not graded*; *missing* means that nothing was handed in.
    """

    def export(self, gradebook: Gradebook) -> None:
        """Write the file; text that a spreadsheet would take for a formula gets an apostrophe."""
        destination = Path(self.to or "grades.csv")
        self.log.info("Exporting grades to %s", destination)
        coursedir = self.parent.coursedir if self.parent else CourseDirectory(parent=self)
        wanted = {str(name) for name in self.assignment}
        # A lone surrogate in a name or reason cannot be written, which is no reason to stop.
        with destination.open("w", newline="", encoding="utf-8", errors="replace") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            for assignment in gradebook.assignments:
                if not wanted or assignment.name in wanted:
                    writer.writerows(map(_written, self._rows(gradebook, coursedir, assignment)))

    def _rows(
        self, gradebook: Gradebook, coursedir: CourseDirectory, assignment: Assignment
    ) -> Iterator[dict[str, Any]]:
        wanted = {str(name) for name in self.student}
        folder = AssignmentFolder(coursedir, assignment.name)
        marks = {each.student: each for each in read_marks(gradebook.db, assignment.name)}
        for student in gradebook.students:
            if wanted and student.id not in wanted:
                continue
            submission = marks.get(student.id)
            yield {
                "assignment": assignment.name,
                "duedate": assignment.duedate,
                "student_id": student.id,
                "last_name": student.last_name,
                "first_name": student.first_name,
                "email": student.email,
                "max_score": assignment.max_score,
                **(_graded(folder, submission) if submission else _missing(folder, student.id)),
            }


def harmless(text: str) -> str:
    """Return text that no spreadsheet program takes for a formula."""
    text = text.replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _written(row: Mapping[str, Any]) -> dict[str, str]:
    words = {name: "" if value is None else str(value) for name, value in row.items()}
    return {name: word if name in _NUMBERS else harmless(word) for name, word in words.items()}


def _graded(folder: AssignmentFolder, submission: SubmissionMarks) -> dict[str, Any]:
    status, reasons = _status(folder, submission)
    earned = sum(notebook.earned for notebook in submission.notebooks)
    penalty = sum(notebook.penalty for notebook in submission.notebooks)
    marks = [mark for notebook in submission.notebooks for mark in notebook.marks.values()]
    return {
        "timestamp": submission.handed_in,
        "raw_score": earned,
        "late_submission_penalty": penalty,
        "score": max(0.0, earned - penalty),
        "status": status,
        "needs_manual_grade": any(mark.waiting for mark in marks),
        "reasons": reasons,
    }


def _missing(folder: AssignmentFolder, student: str) -> dict[str, Any]:
    handed_in = folder.path(folder.coursedir.submitted_directory, student).is_dir()
    return {
        "timestamp": "",
        "raw_score": 0.0,
        "late_submission_penalty": 0.0,
        "score": 0.0,
        "status": "not graded" if handed_in else "missing",
        "needs_manual_grade": False,
        "reasons": "It was handed in, but never graded." if handed_in else "",
    }


def _status(folder: AssignmentFolder, submission: SubmissionMarks) -> tuple[str, str]:
    line = folder.record(submission)
    if line:
        return line.entry.status, " ".join((*line.entry.reasons, *line.entry.notes))
    graded = folder.graded(submission)
    if not graded:
        return "not graded", "There is no autograded notebook: grading it failed, or is not done."
    notebooks = [each for each in submission.notebooks if each.name in graded]
    if not any(each.earned for each in notebooks):
        try:
            tasks = [t for each in notebooks for t in folder.body(submission, each).tasks]
        except (OSError, ValueError) as error:
            return "not graded", f"The autograded notebook cannot be read: {error}"
        if all(task.outcome == "untouched" for task in tasks):
            return "not attempted", ""
    return "graded", ""
