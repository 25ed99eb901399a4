"""What ``course grade`` does, from its options to its report."""

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType

from rich.console import Console

from course.grading.confine import NoConfinementError, choose
from course.grading.folder import CourseFolder, FolderError
from course.grading.lane import EXECUTOR, Lane
from course.grading.pipeline import Grading, GradingError
from course.grading.progress import show_progress
from course.grading.report import Report
from course.grading.spec import Assignment, read_assignment
from course.grading.workers import LocalWorkers, Workers

__all__ = ["Where", "grade", "open_workers", "stopping"]


@dataclass(frozen=True)
class Where:
    """Where submissions run.

    In ``jobs`` lanes of this machine (0: one for each processor), or on the workers of the Dask
    scheduler at an address. ``unconfined`` says that the submissions are trusted.
    """

    jobs: int = 0
    scheduler: str = ""
    unconfined: bool = False


def grade(
    assignment: str,
    *,
    console: Console,
    where: Where,
    root: Path | None = None,
    students: Sequence[str] = (),
    force: bool = False,
) -> Report:
    """Grade what was handed in for an assignment; return what became of it.

    ``root`` is the course folder, by default the current one; ``students`` limits whose work is
    graded; ``force`` grades again what has not changed. Progress goes to ``console``. CourseError
    or OSError if it cannot be done.
    """
    folder = CourseFolder.open(root)
    spec = read_assignment(folder, assignment)
    submissions = folder.submissions(assignment, students)
    if not submissions:
        place = folder.path(folder.coursedir.submitted_directory, "*", assignment)
        raise FolderError(f"Nobody has handed in {assignment}: there is no {place}.")
    for note in spec.notes:
        console.print(note, markup=False)
    with (
        show_progress(console) as watcher,
        Grading(folder, spec, watcher=watcher) as grading,
        stopping() as stop,
        open_workers(folder, spec, where, stop=stop, console=console) as workers,
    ):
        return grading.run(submissions, workers, force=force, stop=stop)


@contextmanager
def open_workers(
    folder: CourseFolder,
    spec: Assignment,
    where: Where,
    *,
    stop: threading.Event,
    console: Console,
) -> Iterator[Workers]:
    """Start workers for an assignment; what they do is dropped after an error or a ``stop``.

    What their jail does not keep in is said on ``console``. CourseError if nothing here can run
    submissions.
    """
    workers: Workers
    if where.scheduler:
        from course.grading.cluster import ClusterWorkers, lanes  # of an optional extra

        prepare = partial(
            lanes, unconfined=where.unconfined, limits=folder.limits, modules=spec.modules
        )
        workers = ClusterWorkers(where.scheduler, prepare)
    else:
        try:
            jail = choose(unconfined=where.unconfined, hidden=folder.private)
        except NoConfinementError as error:
            raise GradingError(str(error)) from error
        for note in jail.notes:
            console.print(note, markup=False)
        make = partial(Lane, jail=jail, limits=folder.limits, modules=spec.modules)
        workers = LocalWorkers(make, slots=where.jobs or _processors(), name=EXECUTOR)
    try:
        yield workers
    except BaseException:
        stop.set()
        raise
    finally:
        workers.close(now=stop.is_set())


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """Return what is set when the run is to end: by Ctrl-C, or by the system (SIGTERM).

    So no signal falls into the middle of a transaction. A second one ends everything at once.
    """
    stop = threading.Event()

    def hear(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):  # fewer than there are, in a container
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
