"""Prepare, execute, record: a stream of submissions of one assignment.

Only as many submissions are in memory as keep the workers busy; results are recorded as they come,
some at a time. Whatever one submission does, the others go on.
"""

import contextlib
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Self

from course.answers import CourseError
from course.grading.folder import CourseFolder
from course.grading.intake import Intake, take_in
from course.grading.job import Result
from course.grading.progress import Quiet, Watcher
from course.grading.record import Finished, Gradebook, Journal, Recorder, Standing
from course.grading.report import Entry, Report
from course.grading.spec import Assignment
from course.grading.workers import Workers

__all__ = ["Grading", "GradingError"]

_BATCH = 16  # submissions recorded in one transaction
_HELD = 2.0  # seconds that a result waits for others to be recorded with it
_TICK = 0.25  # seconds between two looks at the clock while nothing comes
_AHEAD = 3  # submissions made ready for each that can run
_CHUNK = 200  # submissions whose grades are looked up at once
_LONGEST_ID = 128  # characters of a student's id, in nbgrader's gradebook


class GradingError(CourseError):
    """The run cannot go on; the message says why. What was recorded stays."""


class Grading:
    """The grading of one assignment, for one run or many; a context manager.

    While it is open, no other process grades this assignment: :class:`~.record.Busy` if one does.
    """

    def __init__(
        self, folder: CourseFolder, spec: Assignment, *, watcher: Watcher | None = None
    ) -> None:
        """Grade an assignment of a course folder; ``watcher`` is told how it goes on."""
        self.folder = folder
        self.spec = spec
        self.watcher = watcher or Quiet()
        self.journal = Journal(folder.root, spec.name)
        self._open = contextlib.ExitStack()

    def __enter__(self) -> Self:
        """Lock the assignment and open the gradebook."""
        with contextlib.ExitStack() as opened:
            opened.enter_context(self.journal.lock())
            self.gradebook = Gradebook(self.folder.coursedir.db_url, self.spec.name)
            opened.callback(self.gradebook.close)
            self._open = opened.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """Let others grade it."""
        self._open.close()

    def run(
        self,
        submissions: Mapping[str, Path],
        workers: Workers,
        *,
        force: bool = False,
        stop: threading.Event | None = None,
    ) -> Report:
        """Grade what was handed in, student → folder, with ``workers``; return what became of it.

        What an earlier run graded, and is as it was then, is left as it is, unless ``force``. When
        ``stop`` is set, no more is begun, what has run is recorded, and what runs is left alone:
        closing the workers drops it. Raises CourseError or OSError if gradebook, disk or workers
        fail.
        """
        began = time.monotonic()
        self.watcher.begin(len(submissions))
        stream = _Stream(self, workers, force=force, stop=stop or threading.Event())
        stream.run(submissions)
        left = len(submissions) - len(stream.entries)
        return Report(
            self.spec.name,
            executor=workers.name,
            entries=sorted(stream.entries, key=lambda entry: entry.student),
            seconds=time.monotonic() - began,
            interrupted=left > 0,
            left=left,
        )


class _Stream:
    """The submissions of a run on their way."""

    def __init__(
        self, grading: Grading, workers: Workers, *, force: bool, stop: threading.Event
    ) -> None:
        self.entries: list[Entry] = []
        self._grading = grading
        self._workers = workers
        self._recorder = Recorder(
            grading.folder, grading.spec, grading.gradebook, grading.journal, engine=workers.name
        )
        self._force = force
        self._stop = stop
        self._flight: dict[Future[Result], Intake] = {}
        self._done: list[Finished] = []
        self._since = 0.0  # when the first of these was done

    def run(self, submissions: Mapping[str, Path]) -> None:
        for came in self._prepared(submissions):
            if isinstance(came, Entry):
                self._tell(came)
            elif came.job is None:
                self._finish(Finished(came))
            else:
                self._flight[self._workers.submit(came.student, came.job)] = came
            self._collect(most=self._workers.slots * _AHEAD)
        self._collect(most=0)
        self._record()

    def _prepared(self, submissions: Mapping[str, Path]) -> Iterator[Intake | Entry]:
        """Yield what is to be graded, taken in; an entry for what is not."""
        for chunk in _chunks(submissions, _CHUNK):
            gradebook = self._grading.gradebook
            standing = {} if self._force else gradebook.standing(chunk)
            create = self._grading.folder.autograde.create_student
            known = chunk if create else gradebook.known_students(chunk)
            for student in chunk:
                if self._stop.is_set():
                    return
                if problem := _no_student(student, known):
                    yield Entry(student, "refused", reasons=(problem,))
                    continue
                folder = submissions[student]
                intake = take_in(self._grading.spec, folder, student)
                if unchanged := self._unchanged(intake, standing.get(student)):
                    yield unchanged
                    continue
                if self._grading.folder.run_hook("pre", folder):  # which may change the files
                    intake = take_in(self._grading.spec, folder, student)
                yield intake

    def _unchanged(self, intake: Intake, standing: Standing | None) -> Entry | None:
        """Return the earlier result if it still stands, in every place."""
        line = self._grading.journal.read(intake.student) if standing else None
        if (
            standing is None
            or line is None
            or line.entry.status == "failed"
            or not intake.digest
            or line.key != self._recorder.key(intake)
            or line.entry.seconds_late != standing.saved.seconds_late
            or any(standing.scores.get(cell) != score for cell, score in line.scores.items())
            or not self._recorder.target(intake.student).is_dir()
        ):
            return None
        saved = standing.saved
        return replace(
            line.entry,
            unchanged=True,
            score=saved.score,
            penalty=saved.penalty,
            manual=saved.manual,
        )

    def _collect(self, *, most: int) -> None:
        """Take what has run, until at most ``most`` submissions are on their way."""
        while self._flight:
            full = len(self._flight) > most and not self._stop.is_set()
            ready, _ = wait(self._flight, _TICK if full else 0.0, FIRST_COMPLETED)
            for future in ready:
                self._finish(Finished(self._flight.pop(future), self._result(future)))
            self._grading.watcher.running(self._workers.running())
            self._record(at_least=_BATCH)
            if not full:
                break
        self._record(at_least=_BATCH)

    def _result(self, future: Future[Result]) -> Result:
        """Return a result; GradingError if none can be had, or if it is another executor's."""
        problem = future.exception()
        if problem is not None:
            self._record()
            if isinstance(problem, CourseError):
                raise problem
            raise GradingError(f"Submissions cannot be run here: {problem}") from problem
        result, name = future.result(), self._workers.name
        if result.executor != name:
            self._record()
            raise GradingError(
                f"A submission was run by {result.executor!r} and not by {name!r}: its result was "
                "not recorded. Install the same version everywhere, and grade again."
            )
        return result

    def _finish(self, finished: Finished) -> None:
        if not self._done:
            self._since = time.monotonic()
        self._done.append(finished)

    def _record(self, at_least: int = 1) -> None:
        """Record what is done, if it is so many or has waited for long."""
        held = time.monotonic() - self._since
        if self._done and (len(self._done) >= at_least or held > _HELD):
            for entry in self._recorder.record(self._done):
                self._tell(entry)
            self._done = []

    def _tell(self, entry: Entry) -> None:
        self.entries.append(entry)
        self._grading.watcher.ended(entry)


def _chunks(names: Iterable[str], size: int) -> Iterator[list[str]]:
    left = iter(names)
    while chunk := list(islice(left, size)):
        yield chunk


def _no_student(name: str, known: Iterable[str]) -> str:
    """Say why a folder's name cannot be graded as a student's; "" if it can."""
    if len(name) > _LONGEST_ID or not name.isprintable():
        return "The name of the folder cannot be a student's id: nothing was recorded."
    if name not in known:
        return (
            "The gradebook does not know this student, and c.Autograde.create_student is False: "
            "nothing was recorded. Add the student: nbgrader db student add"
        )
    return ""
