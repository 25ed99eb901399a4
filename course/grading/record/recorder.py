"""From what ran to what stands: one batch of submissions after another.

The order makes a run safe to kill at any point: new folders are written beside the old ones, the
gradebook is written in one transaction, the folders are swapped, and the run's own record comes
last. What has no record of its own is graded again by the next run.

Scores, comments, flags and penalties follow nbgrader's rules (:mod:`.marks`, :mod:`.rows`), with
one more difference than those say: whatever went wrong, no older grade stands. Tests that did not
run earn nothing and are flagged, so that *broken* can be told from *wrong* (no flag) and from
*missing* (no row in the gradebook).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

from course.answers import CourseError
from course.grading.folder import CourseFolder
from course.grading.intake import Intake
from course.grading.job import Result
from course.grading.record.assess import Assessed, assess, assess_failed
from course.grading.record.autograded import Folder
from course.grading.record.gradebook import Gradebook, RowError
from course.grading.record.journal import Journal, Key, Line
from course.grading.record.rows import Saved
from course.grading.report import Entry
from course.grading.spec import Assignment
from course.text import _

__all__ = ["Finished", "RecordError", "Recorder"]


class RecordError(CourseError):
    """Something of the instructor's keeps grades from being recorded; the message says what."""


@dataclass(frozen=True)
class Finished:
    """A submission that was taken in and, unless it was refused, run."""

    intake: Intake
    result: Result | None = None


@dataclass(frozen=True)
class _Pending:
    done: Finished
    assessed: Assessed
    folder: Folder


class Recorder:
    """Records the submissions of one assignment; ``engine`` names what runs them."""

    def __init__(
        self,
        folder: CourseFolder,
        spec: Assignment,
        gradebook: Gradebook,
        journal: Journal,
        *,
        engine: str,
    ) -> None:
        """Record into ``gradebook``, ``journal`` and the folder's autograded notebooks."""
        self._folder = folder
        self._spec = spec
        self._gradebook = gradebook
        self._journal = journal
        self._engine = engine

    def key(self, intake: Intake) -> Key:
        """Return what a submission's grade depends on."""
        return Key(intake.digest, self._spec.digest, self._engine)

    def target(self, student: str) -> Path:
        """Return a student's autograded folder."""
        step = self._folder.coursedir.autograded_directory
        return self._folder.path(step, student, self._spec.name)

    def record(self, batch: Sequence[Finished]) -> list[Entry]:
        """Record a batch; return what became of each.

        GradebookError if the gradebook, OSError if the disk takes nothing.
        """
        pending = [self._prepare(done) for done in batch]
        saved = self._save(pending)
        return [self._settle(one, saved.get(one.done.intake.student)) for one in pending]

    def _prepare(self, done: Finished) -> _Pending:
        """Assess a submission and write its folder beside the old one."""
        intake = done.intake
        folder = Folder(self.target(intake.student))
        try:
            assessed = assess(self._folder, self._spec, intake, done.result)
            folder.fill(assessed.files, assessed.notebooks)
        except Exception as error:  # whatever it is, it must not stop the others
            problem = f"{type(error).__name__}: {error}"
            assessed = assess_failed(self._folder, self._spec, intake, problem)
            folder.fill(assessed.files, assessed.notebooks)
        return _Pending(done, assessed, folder)

    def _save(self, pending: Sequence[_Pending]) -> Mapping[str, Saved]:
        """Write the gradebook; one by one, if it does not take something in the batch."""
        grades = [one.assessed.grades for one in pending]
        try:
            return self._gradebook.save(grades, self._penalty if self._folder.rules.late else None)
        except RowError:
            if len(grades) == 1:
                return {}
        return {student: saved for one in pending for student, saved in self._save([one]).items()}

    def _penalty(self, student: str, score: float, seconds_late: float) -> float | None:
        """Return the penalty for late work by the configured plugin, within nbgrader's bounds."""
        late = self._folder.rules.late
        try:
            penalty = late.plugin_inst.late_submission_penalty(student, score, seconds_late)
        except Exception as error:
            raise RecordError(
                f"The late penalty of {student} cannot be had: {late.plugin_class.__name__} raised "
                f"{type(error).__name__}: {error}. Correct c.AssignLatePenalties.plugin_class."
            ) from error
        if penalty is None:
            return None
        return float(late._check_late_penalty(SimpleNamespace(score=score), penalty))

    def _settle(self, one: _Pending, saved: Saved | None) -> Entry:
        """Put the new folder in place and keep the record."""
        intake, result, assessed = one.done.intake, one.done.result, one.assessed
        if saved is None:
            one.folder.drop()
            reason = "The gradebook does not take it: nothing of it was recorded."
            return Entry(intake.student, "failed", reasons=(reason, *assessed.reasons))
        one.folder.swap()
        self._folder.autograde.set_permissions(self._spec.name, intake.student)
        self._folder.run_hook("post", one.folder.target)
        entry = Entry(
            student=intake.student,
            status=assessed.status,
            score=saved.score,
            maximum=self._gradebook.maximum,
            penalty=saved.penalty,
            seconds_late=saved.seconds_late,
            manual=saved.manual,
            reasons=assessed.reasons,
            notes=(*intake.notes, *(_missing(name) for name in intake.missing)),
            problem=assessed.problem,
            seconds=result.seconds if result else 0.0,
            cpu_seconds=result.cpu_seconds if result else 0.0,
        )
        tasks = tuple(
            {"notebook": notebook, **asdict(mark)}
            for notebook, marks in assessed.grades.marks.items()
            for mark in marks
        )
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._journal.write(Line(entry, self.key(intake), tasks, now))
        return entry


def _missing(notebook: str) -> str:
    return _("{name}.ipynb was not handed in: it earns nothing.").format(name=notebook)
