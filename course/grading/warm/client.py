"""A fork server as the grader sees it: started once, then asked for interpreters."""

import contextlib
import math
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

import psutil  # type: ignore[import-untyped]  # ships no types

from course.grading.confine import Confined, Jail
from course.grading.confine.paths import modules as where
from course.grading.job import Limits
from course.grading.warm.exits import Exit
from course.grading.wire import Channel, ChannelClosedError, WireError

__all__ = ["Warm", "WarmError"]

_START_SECONDS = 120.0  # to import everything from a cold disk
_ANSWER_SECONDS = 20.0  # for what takes milliseconds
_END_SECONDS = 5.0
_LARGEST = 1 << 20  # bytes of a message
_SHOWN = 4000  # characters of what a server said before it failed

# One thread for numerical libraries: several are slower here, and do not survive a fork.
_ENV = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # as ipykernel does
    "NBGRADER_EXECUTION": "autograde",
}


class WarmError(Exception):
    """A fork server does not do as it should: close it, and start a new one."""


class Warm:
    """One fork server in a jail of its own.

    ``modules`` are imported beforehand besides the usual ones; ``session`` is the module whose
    ``prepare()`` is called once in the server, and whose ``main(control, peer, prepared)`` is what
    its children do. ``import_from`` are folders to import from besides the installed packages.

    Not for several threads at once; any number of servers may live in one process.
    """

    def __init__(
        self,
        role: Literal["learner", "referee"],
        *,
        jail: Jail,
        limits: Limits,
        modules: Sequence[str] = (),
        session: str = "",
        import_from: Sequence[Path] = (),
    ) -> None:
        """Note what to start; :meth:`start` does it."""
        self._jail = jail
        self._limits = limits
        self._modules = tuple(modules)
        self._session = session or f"course.grading.sessions.{role}"
        self._import_from = tuple(import_from)
        self.exits: dict[int, Exit] = {}  # those that ended since the last clean()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: Channel | None = None
        self._confined: Confined | None = None
        # What the server's own code writes to stderr.
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  # closed by close()

    def __enter__(self) -> Self:
        """Start the server."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.close()

    def start(self) -> None:
        """Start the server and wait until it is warm; WarmError with what it said if it fails."""
        argv = [sys.executable, "-I", "-m", "course.grading.warm.server"]
        try:
            shown = [*self._import_from, *where(self._modules)]
        except ModuleNotFoundError as error:
            raise WarmError(f"A module to import beforehand is missing: {error}.") from error
        confined = self._confined = self._jail.confine(argv, self._limits, read_only=shown)
        ours, theirs = socket.socketpair()
        self._channel = Channel(ours, largest=_LARGEST)
        with theirs:
            self._process = _spawn(
                lambda: subprocess.Popen(
                    list(confined.argv),
                    env={**_ENV, **confined.env},
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=self._said,
                    start_new_session=True,  # Ctrl-C is for the grader, which ends its servers
                )
            )
        config = {
            "op": "start",
            "session": self._session,
            "modules": list(self._modules),
            "paths": [str(path) for path in self._import_from],
            "scratch": str(confined.scratch),
            "cpu_seconds": self._cpu_seconds(),
        }
        self._ask(config, timeout=_START_SECONDS)

    @property
    def alive(self) -> bool:
        """Whether the server runs."""
        return self._process is not None and self._process.poll() is None

    def fileno(self) -> int:
        """Return a descriptor for ``select``: when it is ready, :meth:`listen` has something."""
        return self._open_channel().fileno()

    def listen(self) -> None:
        """Take what the server says unasked, waiting for it; ends are then in :attr:`exits`."""
        while True:
            self._hear(time.monotonic() + _ANSWER_SECONDS)
            if not self._open_channel().pending:
                return

    def fork(self, control: socket.socket, peer: socket.socket) -> int:
        """Return the pid, as the server counts, of a new interpreter that has both sockets."""
        pid = self._ask({"op": "fork"}, (control, peer))
        if not isinstance(pid, int):
            raise WarmError(f"expected a pid from the fork server, got {pid!r}")
        return pid

    def signal(self, pid: int, number: int) -> None:
        """Signal an interpreter and what it started; nothing happens if it has ended."""
        self._ask({"op": "signal", "pid": pid, "number": int(number)})

    def wait(self, pid: int, timeout: float) -> Exit:
        """Return how an interpreter ended; TimeoutError if it has not after ``timeout`` seconds.

        It can be asked again until the next :meth:`clean`.
        """
        deadline = time.monotonic() + timeout
        while pid not in self.exits:
            self._hear(deadline)
        return self.exits[pid]

    def clean(self) -> None:
        """Kill every interpreter and all they started, and remove all they wrote.

        WarmError if something stays: then only a new server is as good as new.
        """
        self._kill_descendants()
        self._ask({"op": "clean"})
        self.exits.clear()

    def close(self) -> None:
        """End the server and all in it, and remove what was written."""
        if self._process is not None:
            with contextlib.suppress(WarmError, psutil.Error):
                self._kill_descendants()
        if self._channel is not None:
            self._channel.close()  # which the server takes as its end
            self._channel = None
        if self._process is not None:
            try:
                self._process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._confined is not None:
            self._confined.close()
            self._confined = None
        self._said.close()

    def _cpu_seconds(self) -> int:
        """Return the processor time that a child may use; 0 for as much as it likes."""
        seconds = self._limits.total_seconds
        return max(1, math.ceil(seconds)) if math.isfinite(seconds) else 0

    def _kill_descendants(self) -> None:
        """Do what a server cannot that has no world of its own, nor a view of the machine's."""
        if self._confined is None or self._confined.own_processes or self._process is None:
            return
        deadline = time.monotonic() + _ANSWER_SECONDS
        with contextlib.suppress(psutil.NoSuchProcess):
            server = psutil.Process(self._process.pid)
            while left := [p for p in server.children(recursive=True) if _runs(p)]:
                if time.monotonic() > deadline:
                    raise WarmError(f"{len(left)} processes could not be killed")
                for process in left:
                    with contextlib.suppress(psutil.NoSuchProcess):
                        process.send_signal(signal.SIGKILL)
                psutil.wait_procs(left, timeout=_END_SECONDS)

    def _ask(
        self,
        message: dict[str, Any],
        sockets: Sequence[socket.socket] = (),
        timeout: float = _ANSWER_SECONDS,
    ) -> Any:
        """Return the server's answer to a message, noting what it says besides."""
        channel = self._open_channel()
        deadline = time.monotonic() + timeout
        try:
            channel.send(message)
            while True:
                answer = self._hear(deadline)
                if "ready" in answer:
                    descriptors = [each.fileno() for each in sockets]
                    socket.send_fds(channel.socket, [b"\0"], descriptors)
                elif "error" in answer:
                    problem = f"the fork server could not {message['op']}: {answer['error']}"
                    raise WarmError(problem)
                elif "ok" in answer:
                    while channel.pending:  # came along; nobody will be told that it is there
                        self._hear(deadline)
                    return answer["ok"]
        except TimeoutError as error:
            problem = f"no answer to {message['op']!r} within {timeout:g} seconds"
            raise self._failure(problem) from error
        except (ChannelClosedError, OSError) as error:
            raise self._failure("it ended") from error

    def _hear(self, deadline: float) -> dict[str, Any]:
        """Return the next message, noting it if it tells of an end; TimeoutError if none comes."""
        try:
            message = self._open_channel().receive(max(deadline - time.monotonic(), 0.0))
            if "exit" in message:
                self.exits[int(message["exit"])] = Exit.of(message, self._limits)
        except ChannelClosedError as error:
            raise self._failure("it ended") from error
        except (WireError, KeyError, TypeError, ValueError) as error:
            raise self._failure(f"it does not speak as it should ({error!r})") from error
        return message  # type: ignore[no-any-return]  # it has fields, as was tried above

    def _open_channel(self) -> Channel:
        if self._channel is None:
            raise WarmError("the fork server was not started, or is closed")
        return self._channel

    def _failure(self, problem: str) -> WarmError:
        self._said.seek(0)
        said = self._said.read().decode(errors="replace").strip()[-_SHOWN:]
        return WarmError(f"the fork server failed: {problem}" + (f"\n{said}" if said else ""))


def _runs(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    return False


@cache
def _starter(process: int) -> ThreadPoolExecutor:
    del process  # a fork of this program has none of its threads, and so needs its own
    return ThreadPoolExecutor(1, thread_name_prefix="fork-servers")


def _spawn(start: Callable[[], subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
    """Start a process from a thread that lives as long as this program.

    The kernel ends a jail when the *thread* that started it ends, and a lane's may end sooner.
    """
    return _starter(os.getpid()).submit(start).result()
