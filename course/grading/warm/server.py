"""The fork server: everything is imported once, then every interpreter is a fork of this process.

Runs inside a jail as ``python -I -m course.grading.warm.server``, with a socket to its client as
standard input. It never runs a line of a submission: its children do, as the same user, so it keeps
its memory and its socket from them.

The client says ``start``, then ``fork``, ``signal`` and ``clean``, and gets an answer to each
(``ok``, or ``error`` with a sentence) before it says the next. Unasked it gets an ``exit`` for
every child that ended. The sockets of a new child are sent once the server is ready for them.
"""

import contextlib
import gc
import importlib
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Never

from course.grading.warm import scratch
from course.grading.warm.child import Task
from course.grading.warm.exits import FAILED
from course.grading.warm.rehearsal import rehearse
from course.grading.wire import Channel, ChannelClosedError

__all__ = ["Server"]

_WARM = (
    "IPython.core.pylabtools",
    "matplotlib.pyplot",
    "numpy",
    "pandas",
    "pandas.plotting._matplotlib",  # what DataFrame.plot imports
    "course.answers",
)
# jsonschema, which comes with nbformat, checks addresses in other scripts than Latin with a grammar
# that takes longer to load than all of pandas. Without it, it checks all else.
_SLOW = "rfc3987_syntax"
_LAST_WORDS = 2000  # bytes of a traceback


@dataclass
class _Child:
    words: int  # where it says why its session failed
    killed: bool = False  # by us


class Server:
    """Serves one client until that is gone."""

    def __init__(self, channel: Channel, config: Mapping[str, Any]) -> None:
        """Import everything, as the client's ``start`` message says."""
        self._channel = channel
        self._scratch = Path(config["scratch"])
        self._own_world = os.getpid() == 1
        self._children: dict[int, _Child] = {}
        self._furnish()
        sys.path += config["paths"]
        with _without(_SLOW):
            session = importlib.import_module(config["session"])
            prepared = session.prepare()  # first: libraries look at where they are imported
        for name in (*_WARM, *config["modules"]):
            module = importlib.import_module(name)
            if name.startswith("course."):  # ours may have more to do than to be imported
                getattr(module, "warm_up", lambda: None)()
        rehearse()
        self._task = Task(
            session.main,
            prepared,
            folder=self._scratch / "work",
            cpu_seconds=config["cpu_seconds"],
            own_world=self._own_world,
        )
        self._wipe()  # so that the first submission finds what later ones do
        self._ended = _watch_children()
        gc.collect()
        gc.freeze()  # else the first collection in a child would copy all these pages

    def serve(self) -> None:
        """Answer the client until it is gone; tell it of children that ended."""
        self._channel.send({"ok": True})
        while True:
            ready, _, _ = select.select([self._channel.fileno(), self._ended], [], [])
            if self._ended in ready:
                os.read(self._ended, 4096)
                self._reap()
            if self._channel.fileno() in ready:
                self._channel.send(self._answer(self._channel.receive()))

    def _answer(self, message: dict[str, Any]) -> dict[str, Any]:
        try:
            match message["op"]:
                case "fork":
                    return {"ok": self._fork()}
                case "signal":
                    return {"ok": self._signal(message["pid"], message["number"])}
                case _:
                    return {"ok": self._clean()}
        except OSError as error:
            return {"error": str(error)}

    def _fork(self) -> int:
        words, last_words = os.pipe()
        for end in (words, last_words):
            os.set_blocking(end, False)
        with _sockets(self._channel) as (control, peer):
            pid = os.fork()
            if pid == 0:
                os.close(words)
                self._become(control, peer, last_words)
        os.close(last_words)
        self._children[pid] = _Child(words)
        return pid

    def _become(self, control: socket.socket, peer: socket.socket, last_words: int) -> Never:
        """Be the child from here on; nothing of the server's may stay in its reach."""
        try:
            signal.set_wakeup_fd(-1)
            os.close(self._ended)
            self._channel.close()
            self._task.run(control, peer)
        except SystemExit as end:
            os._exit(end.code if isinstance(end.code, int) else 1 if end.code else 0)
        except BaseException:
            with contextlib.suppress(OSError):
                os.write(last_words, traceback.format_exc()[-_LAST_WORDS:].encode())
            os._exit(FAILED)
        os._exit(0)

    def _signal(self, pid: int, number: int) -> bool:
        """Signal a child and what it started; False if it has ended."""
        self._reap()
        child = self._children.get(pid)
        if child is None:
            return False
        child.killed = child.killed or number == signal.SIGKILL
        try:
            os.killpg(pid, number)  # it leads a session, so it cannot leave its group
        except ProcessLookupError:  # it has not got that far
            os.kill(pid, number)
        return True

    def _reap(self, options: int = os.WNOHANG) -> None:
        """Collect what has ended: our children, and what they left to us."""
        while True:
            try:
                pid, status, used = os.wait4(-1, options)
            except ChildProcessError:
                return
            if pid == 0:
                return
            child = self._children.pop(pid, None)
            if child is not None:
                exit_ = {
                    "exit": pid,
                    "status": status,
                    "cpu": used.ru_utime + used.ru_stime,
                    "peak_kb": used.ru_maxrss,
                    "killed": child.killed,
                    "words": _read(child.words),
                }
                self._channel.send(exit_)

    def _clean(self) -> bool:
        """Leave no process and no file."""
        if self._own_world:
            with contextlib.suppress(ProcessLookupError):
                os.kill(-1, signal.SIGKILL)  # all there are in this world, but ourselves
        # else the client, who can see them all, has killed them
        self._reap(0)
        self._wipe()
        return True

    def _wipe(self) -> None:
        scratch.empty(self._scratch)
        if self._own_world:
            scratch.empty(Path("/dev/shm"))
            scratch.refuse_shared_objects()
        self._furnish()

    def _furnish(self) -> None:
        """Make the folders that a submission starts with."""
        for name in ("home", "tmp", "work"):
            (self._scratch / name).mkdir(0o700, exist_ok=True)


@contextlib.contextmanager
def _without(module: str) -> Iterator[None]:
    """Have a module not found while others are imported that can do without it."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]  # what Python takes for "not there"
    try:
        yield
    finally:
        del sys.modules[module]


@contextlib.contextmanager
def _sockets(channel: Channel) -> Iterator[tuple[socket.socket, socket.socket]]:
    """Yield the two sockets that the client sends for a new child."""
    # Only now: they travel with a byte, which whoever waits for a message might take.
    channel.send({"ready": True})
    _byte, descriptors, _flags, _address = socket.recv_fds(channel.socket, 1, 2)
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket(fileno=each)) for each in descriptors]
        for each in sockets:
            each.set_inheritable(False)
        if len(sockets) != 2:
            raise OSError(f"expected two sockets for a child, got {len(sockets)}")
        yield sockets[0], sockets[1]


def _watch_children() -> int:
    """Return a descriptor that can be read from when a child has ended."""
    ended, wake = os.pipe()
    for end in (ended, wake):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)  # without a handler there would be no wake-up
    return ended


def _read(words: int) -> str:
    try:
        return os.read(words, _LAST_WORDS).decode(errors="replace")
    except BlockingIOError:  # something it started still holds the other end
        return ""
    finally:
        os.close(words)


def main() -> None:
    """Take the socket that is standard input, and serve."""
    sock = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)  # what imports print is kept with what they complain of
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        from course.grading.confine import prctl

        # Besides noticing that the client is gone; not heeded where the parent is another user's.
        prctl.end_with_parent()
        prctl.hide_memory()
        if os.getpid() != 1:
            prctl.adopt_orphans()
    channel = Channel(sock)
    with contextlib.suppress(ChannelClosedError):
        Server(channel, channel.receive()).serve()
    os._exit(0)  # without anybody to serve nothing is worth tidying up


if __name__ == "__main__":
    main()
