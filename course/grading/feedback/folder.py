"""What lies in the course folder about an assignment's submissions.

What is the same for every submission is read once: the released notebooks, the forms.
"""

import contextlib
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from course.answers import CourseError
from course.answers.forms import Form, FormSet
from course.grading.feedback.marks import NotebookMarks, SubmissionMarks
from course.grading.feedback.notebooks import Outline, outline, read_cells
from course.grading.feedback.tasks import Body, Known, read_body
from course.grading.record.journal import Journal, Line

__all__ = ["AssignmentFolder"]


class AssignmentFolder:
    """The files of an assignment: what was released, handed in, graded, and recorded of the run."""

    def __init__(self, coursedir: CourseDirectory, assignment: str) -> None:
        """Look at an assignment of a course folder; nothing is read yet."""
        self.coursedir = coursedir
        self.assignment = assignment
        self._journal = Journal(Path(coursedir.root), assignment)
        self.released = cache(self._read_released)

    def path(self, step: str, student: str) -> Path:
        """Return a student's folder of a step, such as ``coursedir.submitted_directory``."""
        return Path(self.coursedir.format_path(step, student, self.assignment))

    def graded(self, submission: SubmissionMarks) -> Mapping[str, Path]:
        """Return the autograded notebooks of a submission by name."""
        folder = self.path(self.coursedir.autograded_directory, submission.student)
        paths = {each.name: folder / f"{each.name}.ipynb" for each in submission.notebooks}
        return {name: path for name, path in paths.items() if path.is_file()}

    def record(self, submission: SubmissionMarks) -> Line | None:
        """Return what ``course grade`` recorded; None if it was graded by something else since."""
        line = self._journal.read(submission.student)
        stands = {
            f"{notebook.name}/{cell}": mark.automatic
            for notebook in submission.notebooks
            for cell, mark in notebook.marks.items()
        }
        if line and all(stands.get(cell) == points for cell, points in line.scores.items()):
            return line
        return None

    def body(
        self,
        submission: SubmissionMarks,
        notebook: NotebookMarks,
        *,
        show_tests: bool = False,
    ) -> Body:
        """Return a notebook of a submission task by task; OSError or ValueError if it is none."""
        path = self.graded(submission).get(notebook.name)
        known = Known(
            released=self.released(notebook.name),
            hints={name: form.hints for name, form in self._forms.items()},
            labels={name: _labels(form) for name, form in self._forms.items()},
            show_tests=show_tests,
        )
        return read_body(read_cells(path) if path else [], notebook, known)

    def _read_released(self, notebook: str) -> Outline:
        """Return the outline of what learners were given, else of the source, else an empty one."""
        for step in (self.coursedir.release_directory, self.coursedir.source_directory):
            with contextlib.suppress(OSError, ValueError):
                return outline(read_cells(self.path(step, ".") / f"{notebook}.ipynb"))
        return Outline()

    @cached_property
    def _forms(self) -> Mapping[str, Form]:
        """The course's forms by the cell that grades them, if it has any."""
        with contextlib.suppress(CourseError):
            return FormSet.load(self.path(self.coursedir.source_directory, ".")).forms
        return {}


def _labels(form: Form) -> Sequence[str]:
    """Return what the parts of a form are called, longer names first."""
    parts = getattr(form, "cells", ()) or getattr(form, "choices", ())
    return sorted((part.label for part in parts), key=len, reverse=True)
