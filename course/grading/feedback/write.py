"""Feedback pages where nbgrader puts its own, so that its other commands find them.

``nbgrader release_feedback`` takes every ``*.html`` in a student's feedback folder and names it, in
the exchange, by the submission's secret and the page's name. ``nbgrader fetch_feedback`` asks for
the notebooks by the names the learner gave them. Hence a second copy of a page whose notebook had
another name.
"""

import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import find_all_files

from course.answers import CourseError
from course.answers.files import write_atomically
from course.grading.feedback.folder import AssignmentFolder
from course.grading.feedback.marks import (
    FeedbackError,
    SubmissionMarks,
    open_gradebook,
    read_marks,
)
from course.grading.feedback.page import Page, render

__all__ = ["Written", "write_feedback"]

_SECRET = "submission_secret.txt"
_TIMESTAMP = "timestamp.txt"


@dataclass
class Written:
    """What :func:`write_feedback` did: the pages, and student → why there is none."""

    pages: list[Path] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)


def write_feedback(
    coursedir: CourseDirectory,
    assignment: str,
    students: Sequence[str] = (),
    *,
    show_tests: bool = False,
) -> Written:
    """Write the feedback pages of an assignment, over those that are there.

    ``students`` limits them; by default every student the gradebook has a submission of gets one.
    Points and comments are the gradebook's, outputs those of the autograded notebooks; what became
    of a submission comes from the record of ``course grade``, if that graded it. ``show_tests``
    puts the tests on the pages, hidden ones and all: such pages are not for learners.

    A submission of which no page can be made is skipped with a reason, and stops no other.
    FeedbackError if the gradebook cannot be read or does not know the assignment.
    """
    folder = AssignmentFolder(coursedir, assignment)
    unknown = f"The gradebook has no submission of {assignment} by this student."
    written = Written(skipped=dict.fromkeys(students, unknown))
    with open_gradebook(coursedir.db_url) as session:
        for submission in read_marks(session, assignment, students):
            try:
                pages = _pages(folder, submission, show_tests=show_tests)
                written.pages += _Target(folder, submission.student).put(pages)
                written.skipped.pop(submission.student, None)
            except (CourseError, OSError, ValueError, RecursionError) as error:
                written.skipped[submission.student] = str(error)
    return written


def _pages(
    folder: AssignmentFolder, submission: SubmissionMarks, *, show_tests: bool
) -> Mapping[str, str]:
    """Return a submission's pages by name; FeedbackError if it has not been graded."""
    line = folder.record(submission)
    graded = folder.graded(submission)
    pages = {}
    for notebook in submission.notebooks:
        if line is None and notebook.name not in graded:
            continue
        pages[notebook.name] = render(
            Page(
                submission=submission,
                notebook=notebook,
                body=folder.body(submission, notebook, show_tests=show_tests),
                title=folder.released(notebook.name).title,
                status=line.entry.status if line else "",
                reasons=line.entry.reasons if line else (),
                notes=line.entry.notes if line else (),
            )
        )
    if not pages:
        raise FeedbackError(
            f"The submission of {submission.student} has not been graded: there is no autograded "
            "notebook. Grade it, or look at what nbgrader said when it did."
        )
    handed_in = folder.path(folder.coursedir.submitted_directory, submission.student)
    renamed = _other_names(handed_in, [notebook.name for notebook in submission.notebooks])
    return {**pages, **{theirs: pages[ours] for theirs, ours in renamed.items() if ours in pages}}


def _other_names(handed_in: Path, names: Sequence[str]) -> Mapping[str, str]:
    """Return what learners called notebooks of the assignment → what they are called in it."""
    theirs = {path.stem for path in handed_in.glob("*.ipynb") if path.name[0] != "."}
    missing = sorted(set(names) - theirs, key=len, reverse=True)
    likely = {name: [m for m in missing if m in name] or missing for name in theirs - set(names)}
    return {name: found[0] for name, found in likely.items() if found}


class _Target:
    """A student's feedback folder."""

    def __init__(self, folder: AssignmentFolder, student: str) -> None:
        self._coursedir = folder.coursedir
        self._folder = folder.path(self._coursedir.feedback_directory, student)
        self._graded = folder.path(self._coursedir.autograded_directory, student)
        self._handed_in = folder.path(self._coursedir.submitted_directory, student)

    def put(self, pages: Mapping[str, str]) -> list[Path]:
        """Write the pages, and bring along the other files as nbgrader does."""
        self._make(self._folder)
        self._copy_others()
        self._complete()
        for stale in self._folder.glob("*.html"):
            if stale.stem not in pages:
                stale.unlink()
        written = []
        for name, html in pages.items():
            path = self._folder / f"{name}.html"
            write_atomically(path, html.encode("utf-8", "replace"))
            self._permit(path)
            written.append(path)
        return written

    def _copy_others(self) -> None:
        """Copy what lies beside the graded notebooks, without links.

        Learners' own web pages stay behind: they would be released as if they were feedback.
        """
        source = self._graded if self._graded.is_dir() else self._handed_in
        without = [*self._coursedir.ignore, "*.ipynb", "*.html"]
        for path in map(Path, find_all_files(str(source), without)):
            if path.is_symlink() or not path.is_file():
                continue
            if source is self._graded or path.name in (_SECRET, _TIMESTAMP):
                target = self._folder / path.relative_to(source)
                self._make(target.parent)
                target.unlink(missing_ok=True)
                shutil.copyfile(path, target)
                self._permit(target)

    def _complete(self) -> None:
        """Add what ``release_feedback`` reads for every page, and fails without.

        Submissions that came as a zip have no secret; nobody can ask for a page named by a new one.
        """
        for name, content in ((_SECRET, secrets.token_hex(64)), (_TIMESTAMP, "")):
            path = self._folder / name
            if not path.exists():
                path.write_text(content, encoding="utf-8")
                self._permit(path)

    def _make(self, folder: Path) -> None:
        if not folder.is_dir():
            self._make(folder.parent)
            folder.mkdir(exist_ok=True)
            if self._coursedir.groupshared:
                folder.chmod(folder.stat().st_mode | 0o2770)

    def _permit(self, path: Path) -> None:
        path.chmod(0o664 if self._coursedir.groupshared else 0o644)  # as nbgrader's feedback
