"""A lane runs one submission after another: an interpreter and a referee a notebook.

The learner's side runs what the learner wrote, in a jail. The referee, in a jail of its own, runs
the graded cells; what they need of the learner's work comes over a socket between the two. The
lane, which runs no cell itself, walks the notebook and watches the clock.
"""

import contextlib
import signal
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import PurePosixPath
from typing import Any, Literal, Self

from course import __version__
from course.grading.confine import Jail
from course.grading.job import Cell, Job, Limits, Notebook, NotebookRun, Problem, Ran, Result
from course.grading.outputs import sane
from course.grading.warm import Warm, WarmError
from course.grading.wire import Channel, WireError

__all__ = ["EXECUTOR", "Lane"]

EXECUTOR = f"course.grading {__version__}"
_GRACE = 2.0  # seconds an interrupted cell has to answer before its interpreter is killed
_READY = 30.0  # seconds for what is no cell: files, questions about files
_IMPORTED = (".py", ".pyc", ".pyo", ".pyd", ".so", ".pth", ".egg-link")
_OBEYED = {"matplotlibrc", ".ipython", ".jupyter", ".config", ".matplotlib", "pyvenv.cfg"}
Side = Literal["learner", "referee"]


class _GoneError(Exception):
    """A child ended, or speaks no sense any more; the message says how."""


class _Child:
    """One forked interpreter and the socket to it."""

    def __init__(self, server: Warm, peer: socket.socket, largest: int) -> None:
        here, there = socket.socketpair()
        with there:
            self.pid = server.fork(there, peer)
        self._server = server
        self.channel = Channel(here, largest=largest)
        self.gone = ""

    def ask(self, message: dict[str, Any], timeout: float) -> dict[str, Any]:
        """Return the answer; TimeoutError if there is none yet, _GoneError if none will come."""
        self.tell(message)
        return self.hear(timeout)

    def tell(self, message: dict[str, Any]) -> None:
        if self.gone:
            raise _GoneError(self.gone)
        try:
            self.channel.send(message)
        except WireError:
            self._lost("")

    def hear(self, timeout: float) -> dict[str, Any]:
        try:
            answer = self.channel.receive(max(timeout, 0.0))
        except WireError as error:
            self._lost(str(error))
        if not isinstance(answer, dict):
            self._lost("it answered nonsense")
        return answer  # type: ignore[no-any-return]  # checked above

    def _lost(self, problem: str) -> None:
        self._server.signal(self.pid, signal.SIGKILL)  # no-op if it is dead already
        status = self._server.wait(self.pid, _READY).status
        self.gone = status or problem or "it ended"
        raise _GoneError(self.gone)

    def interrupt(self) -> None:
        if not self.gone:
            self._server.signal(self.pid, signal.SIGINT)

    def end(self) -> float:
        """Kill it if it still runs; return the CPU seconds it used."""
        with contextlib.closing(self.channel):
            if not self.gone:
                self._server.signal(self.pid, signal.SIGKILL)
            return self._server.wait(self.pid, _READY).cpu_seconds


class Lane:
    """Two fork servers, kept warm, and the submissions that pass between them.

    ``jail`` holds both, ``modules`` are imported beforehand besides the usual ones. Not for use by
    several threads at once; several lanes are.
    """

    def __init__(self, *, jail: Jail, limits: Limits | None = None, modules: Sequence[str] = ()):
        """Prepare a lane; its servers start with the first job."""
        self._jail = jail
        self._limits = limits or Limits()
        self._modules = tuple(modules)
        self._servers: dict[Side, Warm] = {}
        self._closings = 0

    def __enter__(self) -> Self:
        """Return the lane."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the lane."""
        self.close()

    def start(self) -> None:
        """Start what is not running, both at once; WarmError if it does not come up."""
        sides: tuple[Side, Side] = ("learner", "referee")
        cold = [s for s in sides if s not in self._servers or not self._servers[s].alive]
        for side in cold:
            self._stop(side)
            self._servers[side] = Warm(
                side, jail=self._jail, limits=self._limits, modules=self._modules
            )
        if cold:
            with ThreadPoolExecutor(len(cold)) as starters:
                list(starters.map(lambda side: self._servers[side].start(), cold))

    def close(self) -> None:
        """End both servers and all that is in them; another thread may do so while a job runs."""
        self._closings += 1
        self._end_servers()

    def _end_servers(self) -> None:
        for side in list(self._servers):
            self._stop(side)

    def _stop(self, side: Side) -> None:
        server = self._servers.pop(side, None)
        if server is not None:
            server.close()

    def run(self, job: Job) -> Result:
        """Run a submission. Whatever it does, there is a result, and the lane is fit for the next.

        A fork server that dies on the way (code that may kill itself may try to kill that, too) is
        replaced, and the submission gets one more try.
        """
        began, closings = time.monotonic(), self._closings
        problem = ""
        for _try in range(2):
            if self._closings != closings:  # nobody would end what is started now
                return self._result("failed", "The grader was stopped meanwhile.", began)
            try:
                self.start()
            except WarmError as error:
                return self._result("failed", f"The grader could not start: {error}", began)
            try:
                return self._attempt(job, began)
            except WarmError as error:
                problem = str(error)
                self._end_servers()
        reason = f"It brought down the interpreter it was started from, twice: {problem}"
        return self._result("crashed", reason, began)

    def _result(self, status: Any, reason: str, began: float, **more: Any) -> Result:
        seconds = time.monotonic() - began
        return Result(status=status, reason=reason, seconds=seconds, executor=EXECUTOR, **more)

    def _attempt(self, job: Job, began: float) -> Result:
        deadline = time.monotonic() + job.limits.total_seconds
        runs: list[NotebookRun] = []
        cpu = 0.0
        try:
            for number, notebook in enumerate(job.notebooks):
                with self._pair(job, first=number == 0) as pair:
                    runs.append(pair.walk(notebook, deadline))
                cpu += pair.cpu_seconds
        finally:
            for server in self._servers.values():
                if server.alive:
                    server.clean()
        died = next((run.died for run in runs if run.died), "")
        late = any(r.reason == _OUT_OF_TIME for run in runs for r in run.ran)
        return self._result(
            "timed out" if late else "crashed" if died else "done",
            _OUT_OF_TIME if late else died,
            began,
            notebooks=tuple(runs),
            cpu_seconds=cpu,
        )

    @contextlib.contextmanager
    def _pair(self, job: Job, *, first: bool) -> Iterator["_Pair"]:
        pair = _Pair(self._servers["learner"], self._servers["referee"], job, first=first)
        try:
            yield pair
        finally:
            pair.end()


_OUT_OF_TIME = "The submission used all the time it may take."


class _Pair:
    """A learner's interpreter and its referee, for one notebook."""

    def __init__(self, learner: Warm, referee: Warm, job: Job, *, first: bool) -> None:
        self.cpu_seconds = 0.0
        self._limits = job.limits
        largest = job.limits.message_mb << 20
        peer, other = socket.socketpair()
        with peer, other:
            self._learner = _Child(learner, peer, largest)
            self._referee = _Child(referee, other, largest)
        common = {
            "op": "begin",
            "given": list(job.given),
            "pinned": list(job.pinned),
            "answers": list(job.answers),
            "limits": asdict(job.limits),
        }
        files = dict(job.files) if first else {}
        begin = {"learner": files, "referee": {**_data(files), **job.given} if first else {}}
        with contextlib.suppress(_GoneError):
            self._learner.ask({**common, "role": "learner", "files": begin["learner"]}, _READY)
        self._referee.ask({**common, "role": "referee", "files": begin["referee"]}, _READY)

    def end(self) -> None:
        try:
            self.cpu_seconds = self._learner.end()
        finally:  # the server may have died, and with it both
            self.cpu_seconds += self._referee.end()

    def walk(self, notebook: Notebook, deadline: float) -> NotebookRun:
        """Run the notebook's cells in order, each on its side."""
        ran: list[Ran] = []
        count = 0
        for cell in notebook.cells:
            left = deadline - time.monotonic()
            if left <= 0:
                ran.append(Ran(cell.index, problem="not run", reason=_OUT_OF_TIME))
            elif not cell.source.strip():
                ran.append(Ran(cell.index))  # a blank cell does nothing, and is not counted
            else:
                count += 1
                ran.append(self._run(cell, count, min(left, self._limits.cell_seconds)))
                if time.monotonic() >= deadline:
                    ran[-1] = replace(ran[-1], problem="timed out", reason=_OUT_OF_TIME)
        return NotebookRun(notebook.name, tuple(ran), self._learner.gone)

    def _run(self, cell: Cell, count: int, seconds: float) -> Ran:
        child, side = self._learner, "notebook"
        if cell.role == "setup":
            self._pin(cell.source)
        elif cell.role == "test":
            child, side = self._referee, "test"
            self._carry_files()
        if child.gone:
            reason = f"The {side} had ended before this cell: {child.gone}"
            return Ran(cell.index, problem="not run", reason=reason)
        began = time.monotonic()
        request = {"op": "run", "index": cell.index, "source": cell.source, "count": count}
        limit = self._limits.output_kb << 10
        problem: Problem = ""
        reason = ""
        try:
            try:
                answer = child.ask(request, seconds)
            except TimeoutError:
                problem, reason = "timed out", f"It was stopped after {seconds:g} seconds."
                answer = self._stop(child)
                timeout = _error("CellTimeoutError", reason)
                answer["outputs"] = [*sane(answer.get("outputs"), limit), timeout]
        except _GoneError as gone:
            problem, reason = "died", f"The {side} ended in this cell: {gone}"
            answer = {"outputs": [_error("DeadKernelError", reason)], "count": count}
        if not problem and answer.get("missed"):
            self._carry_files()  # which finds out how it ended
            problem = "died"
            how = self._learner.gone
            reason = f"The notebook had ended: {how}" if how else str(answer["missed"])
        return Ran(
            cell.index,
            tuple(sane(answer.get("outputs"), limit)),
            answer.get("count") if isinstance(answer.get("count"), int) else count,
            time.monotonic() - began,
            problem or _problem(answer),
            reason or str(answer.get("reason", "")),
        )

    def _stop(self, child: _Child) -> dict[str, Any]:
        """Interrupt what runs, first gently; return its answer, or raise _GoneError.

        A graded cell may be waiting for the learner's side, which may not listen: that is killed
        first, so that the referee is free to say so, and to go on with the next cell.
        """
        for one in (self._learner, self._referee):
            one.interrupt()
        with contextlib.suppress(TimeoutError):
            return child.hear(_GRACE)
        if child is self._referee:
            self._kill(self._learner, "it did not stop when it was told to")
            with contextlib.suppress(TimeoutError):
                return child.hear(_GRACE)
        self._kill(child, "it did not stop when it was told to")
        raise _GoneError(child.gone)

    def _kill(self, child: _Child, reason: str) -> None:
        if not child.gone:
            with contextlib.suppress(_GoneError):
                child._lost(reason)
            child.gone = reason

    def _pin(self, source: str) -> None:
        with contextlib.suppress(_GoneError, TimeoutError):
            self._referee.ask({"op": "setup", "source": source}, self._limits.cell_seconds)

    def _carry_files(self) -> None:
        """Give the referee the files that the learner's code wrote."""
        try:
            files = self._learner.ask({"op": "changed"}, _READY).get("files")
        except TimeoutError:
            self._kill(self._learner, "it did not answer between two cells")
        except _GoneError:
            pass
        else:
            if isinstance(files, dict) and (files := _data(files)):
                with contextlib.suppress(_GoneError, TimeoutError):
                    self._referee.ask({"op": "files", "files": files}, _READY)


def _data(files: Mapping[Any, Any]) -> dict[str, bytes]:
    """Return the files that a library does not import or obey by itself, wherever they lie."""
    return {
        name: content
        for name, content in files.items()
        if isinstance(name, str) and isinstance(content, bytes)
        if not (set(PurePosixPath(name).parts) & _OBEYED or name.lower().endswith(_IMPORTED))
    }


def _problem(answer: dict[str, Any]) -> Problem:
    return "unsupported" if answer.get("problem") == "unsupported" else ""


def _error(name: str, value: str) -> dict[str, Any]:
    line = f"\x1b[0;31m{name}\x1b[0m: {value}"
    return {"output_type": "error", "ename": name, "evalue": value, "traceback": [line]}
