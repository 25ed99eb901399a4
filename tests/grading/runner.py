"""A runner that needs no jail: it does what a job's first cell says, and tells what it saw."""

import os
import signal
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from course.grading.job import Cell, Job, Notebook, NotebookRun, Ran, Result
from course.grading.lane import EXECUTOR

KINDS = ("sleep", "kill", "raise", "break")


def order(kind: str = "sleep", seconds: float = 0.0, **more: object) -> Job:
    """Return a job over which the runner sleeps, raises or breaks, or which kills its worker."""
    cells = (Cell(0, "learner", f"{kind} {seconds}"),)
    return Job((Notebook("homework", cells),), **more)  # type: ignore[arg-type]


def prepare(trouble: str = "") -> Callable[[], "Runner"]:
    """Return what makes runners; what is prepared with a ``trouble`` cannot."""
    if trouble:
        raise RuntimeError(trouble)
    return partial(Runner, Path.cwd())


class Runner:
    """Sees its worker, its job and nothing else."""

    def __init__(self, folder: Path) -> None:
        """Leave traces in ``folder``."""
        self._folder = folder
        self._closed = threading.Event()
        self._broken = False

    def start(self) -> None:
        """Leave a trace; a broken one cannot."""
        if self._broken:
            raise RuntimeError("it broke")
        self._trace("started")

    def close(self) -> None:
        """Leave a trace; what runs ends."""
        self._closed.set()
        self._trace("closed")

    def run(self, job: Job) -> Result:
        """Do what the job says; its result tells the job, the worker's process and its folder."""
        kind, seconds = job.notebooks[0].cells[0].source.split()
        assert kind in KINDS
        self._trace("began")
        if self._closed.wait(float(seconds)):  # as a lane's does, it looks like the learner's fault
            return Result("crashed", reason="closed on the way", executor=EXECUTOR)
        if kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "raise":
            raise ValueError("a mistake of ours")
        if kind == "break":
            self._broken = True
            return Result("failed", executor=EXECUTOR)
        saw = {
            "job": repr(job),
            "process": os.getpid(),
            "folder": str(Path.cwd()),
            "environment": dict(os.environ),
        }
        ran = Ran(0, ({"output_type": "execute_result", "data": saw, "metadata": {}},))
        return Result("done", (NotebookRun("homework", (ran,)),), executor=EXECUTOR)

    def _trace(self, what: str) -> None:
        with (self._folder / "traces").open("a") as file:
            file.write(f"{what}\n")
