"""What a submission earned, before it is written anywhere."""

import contextlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from nbformat import NotebookNode

from course.grading.folder import CourseFolder
from course.grading.intake import Intake
from course.grading.intake.rebuild import rebuild
from course.grading.job import NotebookRun, Result
from course.grading.record.marks import Mark, comments, mark_notebook, mark_unread
from course.grading.record.outputs import fill, one_line
from course.grading.record.rows import Grades
from course.grading.report import Status
from course.grading.spec import Assignment, NotebookSpec
from course.text import _

__all__ = ["Assessed", "assess", "assess_failed"]

# nbgrader's own, in every submission; the exchange gives no feedback back without them.
_EXCHANGE = ("timestamp.txt", "submission_secret.txt")
_LARGEST = 4096  # bytes of one of these


@dataclass(frozen=True)
class Assessed:
    """What a submission earned, and what its autograded folder is to hold."""

    status: Status
    grades: Grades
    notebooks: Mapping[str, NotebookNode]
    files: Mapping[str, bytes]
    reasons: tuple[str, ...] = ()
    problem: str = ""  # what failed in the grader; not for learners


def assess(
    folder: CourseFolder, spec: Assignment, intake: Intake, result: Result | None
) -> Assessed:
    """Assess a submission; ``result`` is None if there was nothing to run."""
    status = _status(spec, intake, result)
    if status == "failed":
        return assess_failed(folder, spec, intake, result.reason if result else intake.fault)
    notebooks: dict[str, NotebookNode] = {}
    marks: dict[str, list[Mark]] = {}
    said: dict[str, dict[str, str | None]] = {}
    runs = {run.name: run for run in result.notebooks} if result else {}
    seconds = result.seconds if result else 0.0
    began = datetime.now(UTC).replace(tzinfo=None) - timedelta(seconds=seconds)
    unread = set()
    for one in spec.notebooks:
        refusal = intake.refusal or intake.refused.get(one.name)
        if refusal is not None:
            unread.add(one.name)
            notebook = _stand_in(one, str(refusal), began)
            found = list(mark_unread(notebook, str(refusal)))
        elif one.name in intake.notebooks:
            notebook = intake.notebooks[one.name]
            run = runs.get(one.name, NotebookRun(one.name, ()))
            trouble = result.reason if result else ""
            ran = fill(notebook, run, began=began, trouble=trouble)
            resources = folder.resources(spec.name, intake.student, one.name)
            for preprocessor in folder.rules.before:
                notebook, resources = preprocessor(notebook, resources)
            found = list(mark_notebook(notebook, ran, stopped=status == "timed out"))
            for preprocessor in folder.rules.after:
                notebook, resources = preprocessor(notebook, resources)
        else:
            continue
        notebooks[one.name] = notebook
        marks[one.name] = found
        by_cell = {mark.cell: mark for mark in found}
        said[one.name] = comments(notebook, by_cell, unread=refusal is not None)
    grades = Grades(intake.student, intake.timestamp, marks, said, frozenset(unread))
    files = intake.job.files if intake.job else _exchange_files(folder, spec, intake)
    return Assessed(status, grades, notebooks, files, tuple(_reasons(intake, result, marks)))


def assess_failed(folder: CourseFolder, spec: Assignment, intake: Intake, problem: str) -> Assessed:
    """Assess a submission that the grader itself could not handle; ``problem`` is for instructors.

    Learners are told that it is not their fault, and not what is wrong with the grader.
    """
    reason = _("The grader could not run this submission. A person will look at it.")
    began = datetime.now(UTC).replace(tzinfo=None)
    notebooks = {one.name: _stand_in(one, reason, began) for one in spec.notebooks}
    marks = {name: list(mark_unread(node, reason)) for name, node in notebooks.items()}
    said = {
        name: comments(node, {mark.cell: mark for mark in marks[name]}, unread=True)
        for name, node in notebooks.items()
    }
    grades = Grades(intake.student, intake.timestamp, marks, said, frozenset(notebooks))
    files = _exchange_files(folder, spec, intake)
    return Assessed("failed", grades, notebooks, files, (reason,), one_line(problem))


def _status(spec: Assignment, intake: Intake, result: Result | None) -> Status:
    if intake.refusal is not None:
        return "refused"
    if result is None or result.status == "failed":
        return "failed"
    if result.status != "done":
        return result.status
    if intake.refused:
        return "refused"
    return "graded" if _attempted(spec, intake) else "not attempted"


def _attempted(spec: Assignment, intake: Intake) -> bool:
    """Return whether anything was handed in that was not handed out."""
    given = {cell.shown.strip() for one in spec.notebooks for cell in one.cells}
    given |= {cell.source.strip() for one in spec.notebooks for cell in one.cells} | {""}
    own_text = any(
        cell.source.strip() not in given
        for node in intake.notebooks.values()
        for cell in node.cells
    )
    files = intake.job.files if intake.job else {}
    own_files = any(
        spec.files.get(path) != data for path, data in files.items() if path not in _EXCHANGE
    )
    return own_text or own_files


def _stand_in(spec: NotebookSpec, reason: str, began: datetime) -> NotebookNode:
    """Return the released notebook, saying in its tests why it is not the learner's."""
    notebook = rebuild(spec, ()).node
    fill(notebook, NotebookRun(spec.name, ()), began=began, trouble=reason)
    return notebook


def _reasons(
    intake: Intake, result: Result | None, marks: Mapping[str, list[Mark]]
) -> Iterator[str]:
    """Yield what kept the submission from a full grade, each reason once."""
    reasons = [intake.refusal, *intake.refused.values(), result.reason if result else ""]
    reasons += [mark.reason for found in marks.values() for mark in found if mark.flag]
    yield from dict.fromkeys(one_line(str(reason)) for reason in reasons if reason)


def _exchange_files(folder: CourseFolder, spec: Assignment, intake: Intake) -> dict[str, bytes]:
    """Return what the exchange needs, out of a submission that could not be taken in."""
    found = {}
    place = folder.path(folder.coursedir.submitted_directory, intake.student, spec.name)
    for name in () if place.is_symlink() else _EXCHANGE:
        with contextlib.suppress(OSError):
            # Never through a link, and never waiting for a pipe.
            descriptor = os.open(place / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with open(descriptor, "rb") as file:  # noqa: PTH123 (a descriptor has no path)
                seen = os.fstat(descriptor)
                if stat.S_ISREG(seen.st_mode) and seen.st_size <= _LARGEST:
                    found[name] = file.read(_LARGEST)
    return found
