"""A fork server for callers in any thread or event loop: one thread owns it."""

import contextlib
import select
import signal
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any, Never, TypeVar

from course.grading.warm.client import Warm, WarmError
from course.grading.warm.exits import Exit

__all__ = ["Nursery"]

_T = TypeVar("_T")


class Nursery:
    """Runs calls on a fork server in a thread of their own, and tells of every child's end.

    What it returns are futures; ``asyncio.wrap_future`` awaits them. When the server fails, all of
    its children have ended.
    """

    def __init__(self, warm: Warm) -> None:
        """Take a fork server, not started yet, and start it in the background."""
        self.started: Future[None] = _future()
        self._warm = warm
        self._ends: dict[int, Future[Exit]] = {}
        self._calls: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._wake, self._alarm = socket.socketpair()
        self._open = True
        self._lock = threading.Lock()  # holds calls together with whether they are still taken
        self._thread = threading.Thread(target=self._serve, name="nursery", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether it still takes calls."""
        return self._open

    def fork(self, control: socket.socket, peer: socket.socket) -> Future[tuple[int, Future[Exit]]]:
        """Return the pid of a new child, and how it will have ended; both sockets stay open."""

        def fork(warm: Warm) -> tuple[int, Future[Exit]]:
            pid = warm.fork(control, peer)
            self._ends[pid] = _future()
            return pid, self._ends[pid]

        return self.call(fork)

    def call(self, do: Callable[[Warm], _T]) -> Future[_T]:
        """Return what ``do`` returns or raises when it is called with the fork server."""
        future: Future[_T] = _future()

        def run() -> None:
            try:
                future.set_result(do(self._warm))
            except WarmError as error:
                self._shut()  # before anybody hears of it, and asks for another server
                future.set_exception(error)
                raise
            except BaseException as error:
                future.set_exception(error)

        with self._lock:
            if not self._open:
                future.set_exception(WarmError("the fork server has ended"))
                return future
            self._calls.put(run)
            self._alarm.send(b"\0")
        return future

    def close(self) -> None:
        """End the server and its children; returns when they have ended."""

        def close(_warm: Warm) -> Never:
            raise WarmError("the fork server was closed")

        self.call(close)
        self._thread.join()

    def _serve(self) -> None:
        try:
            self._warm.start()
        except BaseException as error:
            self.started.set_exception(error)
        else:
            self.started.set_result(None)
            with contextlib.suppress(WarmError):
                self._listen()
        self._shut()
        self._warm.close()
        for end in self._ends.values():
            end.set_result(Exit("the fork server it came from ended", 0.0, -signal.SIGKILL))
        with contextlib.suppress(Empty):
            while True:
                with contextlib.suppress(WarmError):
                    self._calls.get_nowait()()  # on a closed server: they say so
        for sock in (self._wake, self._alarm):
            sock.close()

    def _shut(self) -> None:
        with self._lock:
            self._open = False

    def _listen(self) -> None:
        while True:
            wake, server = self._wake.fileno(), self._warm.fileno()
            ready, _, _ = select.select([wake, server], [], [])
            if server in ready:
                self._warm.listen()
            if wake in ready:
                self._wake.recv(1)
                self._calls.get()()
            for pid in [pid for pid in self._ends if pid in self._warm.exits]:
                # Taken out of both: a later child may get the same pid.
                self._ends.pop(pid).set_result(self._warm.exits.pop(pid))


def _future() -> Future[Any]:
    """Return a future that those who wait for it cannot cancel."""
    future: Future[Any] = Future()
    future.set_running_or_notify_cancel()
    return future
