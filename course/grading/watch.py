"""Grades what arrives, as it arrives, and gives the feedback back at once.

Twice a second it looks whether something new lies in the exchange or in the folder of submissions;
what has not changed between two looks has arrived. (No library for this is among the dependencies,
and none works on the network disks that an exchange is often on.)
"""

import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from course.grading.command import Where, open_workers, stopping
from course.grading.exchange import Exchange, Look, look
from course.grading.feedback import write_feedback
from course.grading.folder import CourseFolder
from course.grading.pipeline import Grading
from course.grading.report import Entry, Report
from course.grading.spec import read_assignment
from course.grading.workers import Workers

__all__ = ["Desk", "watch"]

_PAUSE = 0.5  # seconds between two looks
_SHARE = 10  # a look takes at most one part in so many of the time
_FEW = 5  # submissions that are collected one by one: a collection of all reads all


def watch(
    assignment: str,
    *,
    console: Console,
    where: Where,
    root: Path | None = None,
    students: Sequence[str] = (),
    force: bool = False,
) -> Report:
    """Grade what was handed in and what is being handed in, until Ctrl-C; return the last state.

    The arguments are those of :func:`~course.grading.command.grade`; ``force`` is for what is there
    already.
    """
    folder = CourseFolder.open(root)
    spec = read_assignment(folder, assignment)
    exchange = Exchange(folder, assignment)
    with (
        Grading(folder, spec) as grading,
        stopping() as stop,
        open_workers(folder, spec, where, stop=stop, console=console) as workers,
    ):
        desk = Desk(grading, workers, exchange, console, stop)
        desk.greet()
        while not stop.is_set():
            began = time.monotonic()
            arrived = desk.arrived(frozenset(students))
            looking = time.monotonic() - began
            if arrived:
                desk.grade(arrived, force=force)
            force = False
            stop.wait(max(_PAUSE, _SHARE * looking))
        return desk.report()


class _Arrivals:
    """Tells what has arrived from what is arriving: it looks the same twice in a row."""

    def __init__(self) -> None:
        self._last: dict[Path, Look] = {}
        self._taken: dict[Path, Look] = {}
        self._first = True  # what is there at the start has been there before

    def new(self, folders: Iterable[Path]) -> list[Path]:
        """Return the folders that have arrived, or changed, since they were returned before."""
        seen = {folder: look(folder) for folder in folders}
        settled = [
            folder
            for folder, now in seen.items()
            if (self._first or now == self._last.get(folder)) and now != self._taken.get(folder)
        ]
        self._first = False
        self._last = seen
        self.take(settled)
        return settled

    def take(self, folders: Iterable[Path]) -> None:
        """Note that these have arrived."""
        self._taken.update({folder: look(folder) for folder in folders})


class Desk:
    """Where submissions come in and feedback goes out."""

    def __init__(
        self,
        grading: Grading,
        workers: Workers,
        exchange: Exchange,
        console: Console,
        stop: threading.Event,
    ) -> None:
        """Tell ``console`` what happens; ``stop`` ends a run early."""
        self._grading = grading
        self._workers = workers
        self._exchange = exchange
        self._console = console
        self._stop = stop
        self._inbound, self._submitted = _Arrivals(), _Arrivals()
        self._entries: dict[str, Entry] = {}
        self._left = 0
        self._began = time.monotonic()

    def greet(self) -> None:
        """Say what is watched."""
        for note in self._grading.spec.notes:
            self._say(note)
        problem = self._exchange.problem
        coursedir = self._grading.folder.coursedir
        places = [str(self._grading.folder.root / coursedir.submitted_directory)]
        if not problem:
            places.insert(0, str(self._exchange.inbound))
        self._say(f"Watching {' and '.join(places)} for {self._grading.spec.name}. Ctrl-C ends it.")
        if problem:
            self._say(f"Nothing is collected from the exchange, nor released there: {problem}.")

    def arrived(self, students: frozenset[str] = frozenset()) -> dict[str, Path]:
        """Collect what is new in the exchange; return all that is new, student → folder."""
        wanted = [
            (student, path)
            for student, path in self._exchange.handed_in()
            if not self._exchange.problem and (not students or student in students)
        ]
        fresh = set(self._inbound.new(path for _student, path in wanted))
        collected = {student for student, path in wanted if path in fresh}
        for one in collected if len(collected) <= _FEW else {"*"}:
            try:
                self._exchange.collect(one)
            except OSError as error:
                self._say(f"{one}: not collected: {error}")
        found = self._grading.folder.submissions(self._grading.spec.name)
        found = {name: path for name, path in found.items() if not students or name in students}
        new = self._submitted.new(found.values())
        # What was collected just now is complete, and need not be looked at twice.
        ours = [path for name, path in found.items() if name in collected]
        self._submitted.take(ours)
        return {name: path for name, path in found.items() if path in new or path in ours}

    def grade(self, submissions: Mapping[str, Path], *, force: bool = False) -> None:
        """Grade, write feedback and release it; what has not changed needs none of it."""
        report = self._grading.run(submissions, self._workers, force=force, stop=self._stop)
        self._left += report.left
        for entry in report.entries:
            self._entries[entry.student] = entry
            if not entry.unchanged:
                done = f"{entry.score - entry.penalty:g} of {entry.maximum:g} points"
                self._say(f"{entry.student}: {entry.status}, {done}; {self._give_back(entry)}")

    def report(self) -> Report:
        """Return the last that is known of each submission."""
        return Report(
            self._grading.spec.name,
            executor=self._workers.name,
            entries=[
                replace(self._entries[name], unchanged=False) for name in sorted(self._entries)
            ],
            seconds=time.monotonic() - self._began,
            interrupted=self._left > 0,
            left=self._left,
        )

    def _give_back(self, entry: Entry) -> str:
        """Write and release a student's feedback; return what became of it."""
        coursedir, name = self._grading.folder.coursedir, self._grading.spec.name
        written = write_feedback(coursedir, name, [entry.student])
        if entry.student in written.skipped:
            return f"no feedback: {written.skipped[entry.student]}"
        if self._exchange.problem:
            return "feedback written"
        try:
            self._exchange.release(entry.student)
        except OSError as error:
            return f"feedback written, but not released: {error}"
        return "feedback released"

    def _say(self, line: str) -> None:
        self._console.print(f"{time.strftime('%H:%M:%S')} {line}", markup=False)
