"""Where submissions are executed: threads of this process, each with a lane of its own.

The pipeline knows :class:`Workers` only, so that they may as well be on other machines.
"""

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial
from typing import Protocol

from course.grading.job import Job, Result

__all__ = ["LocalWorkers", "Runner", "Workers"]

_PATIENCE = 5.0  # seconds that lanes have to end when they are told to


class Runner(Protocol):
    """Runs one job after another; a :class:`~course.grading.lane.Lane` is one."""

    def start(self) -> None:
        """Make ready. An exception says that nothing can be run here."""

    def run(self, job: Job) -> Result:
        """Run a job; whatever it does, there is a result."""

    def close(self) -> None:
        """End, and end what runs; called from another thread if time is short."""


class Workers(Protocol):
    """Run jobs at the same time, and in any order.

    ``name`` is what every result must name as its executor, ``slots`` how many run at once.
    """

    name: str
    slots: int

    def submit(self, student: str, job: Job) -> Future[Result]:
        """Have a job run. The future's exception, if it gets one, says that none can be run."""

    def running(self) -> Mapping[str, float]:
        """Return the students whose work runs now, each with the seconds it has taken."""

    def close(self, *, now: bool = False) -> None:
        """End. ``now`` drops what has not been run, and what runs."""


class LocalWorkers:
    """``slots`` threads, each with a runner that ``make`` makes in it."""

    def __init__(self, make: Callable[[], Runner], *, slots: int, name: str) -> None:
        """Start the threads; each starts its runner at once."""
        self.name = name
        self.slots = slots
        self._make = make
        self._queue: queue.SimpleQueue[tuple[str, Job, Future[Result]] | None] = queue.SimpleQueue()
        self._running: dict[str, float] = {}
        self._runners: list[Runner] = []
        self._closed = False
        # Daemons: a lane that does not end must not keep the command from ending.
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(slots)]
        for thread in self._threads:
            thread.start()

    def submit(self, student: str, job: Job) -> Future[Result]:
        """Have a job run by the next thread that is free."""
        future: Future[Result] = Future()
        self._queue.put((student, job, future))
        return future

    def running(self) -> dict[str, float]:
        """Return the students whose work runs now, each with the seconds it has taken."""
        now = time.monotonic()
        return {student: now - began for student, began in list(self._running.items())}

    def close(self, *, now: bool = False) -> None:
        """End all threads and runners."""
        if now:
            self._closed = True
            with contextlib.suppress(queue.Empty):
                while item := self._queue.get_nowait():
                    item[2].cancel()
        for _ in self._threads:
            self._queue.put(None)
        if not now:
            for thread in self._threads:
                thread.join()
        for runner in self._runners:
            runner.close()
        if now:
            for thread in self._threads:
                thread.join(_PATIENCE)

    def _work(self) -> None:
        run: Callable[[Job], Result]
        try:
            runner = self._make()
            self._runners.append(runner)
            runner.start()
        except Exception as problem:
            run = partial(_refuse, problem)
        else:
            run = partial(self._run, runner)
        while (item := self._queue.get()) is not None:
            student, job, future = item
            if not future.set_running_or_notify_cancel():
                continue
            self._running[student] = time.monotonic()
            try:
                future.set_result(run(job))
            except Exception as error:
                future.set_exception(error)
            finally:
                del self._running[student]

    def _run(self, runner: Runner, job: Job) -> Result:
        try:
            result = runner.run(job)
        except Exception as error:  # a mistake of ours: it costs this submission only
            reason = f"{type(error).__name__}: {error}"
            result = Result("failed", reason=reason, executor=self.name)
        if result.status == "failed" and not self._closed:
            runner.start()  # raises if it is not the submission that is at fault
        return result


def _refuse(problem: Exception, _job: Job) -> Result:
    raise problem
