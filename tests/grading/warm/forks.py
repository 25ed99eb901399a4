"""Forked interpreters that run what a test sends them (see plain_session.py)."""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil

from course.grading.confine import Jail
from course.grading.job import Limits
from course.grading.warm import Warm
from course.grading.wire import Channel

FOLDER = Path(__file__).parent


def server(jail: Jail, limits: Limits | None = None, **options: Any) -> Warm:
    """Return a fork server, not started, whose children are plain sessions."""
    options = {"session": "plain_session", "import_from": [FOLDER], **options}
    return Warm("learner", jail=jail, limits=limits or Limits(), **options)


class Fork:
    """A child of a fork server."""

    def __init__(self, warm: Warm) -> None:
        control, theirs = socket.socketpair()
        self.peer, their_peer = socket.socketpair()
        with theirs, their_peer:
            self.pid = warm.fork(theirs, their_peer)
        self.channel = Channel(control)

    def send(self, source: str) -> None:
        self.channel.send(source)

    def receive(self) -> Any:
        reply = SimpleNamespace(**{"answer": None, "error": "", **self.channel.receive(60)})
        return reply.error or reply.answer

    def run(self, source: str) -> Any:
        """Return what the code left in ``answer``, or its error as text."""
        self.send(source)
        return self.receive()

    def end(self) -> None:
        self.channel.send(None)

    def close(self) -> None:
        self.channel.close()
        self.peer.close()


@contextlib.contextmanager
def forked(warm: Warm) -> Iterator[Fork]:
    """Yield a child of the server."""
    child = Fork(warm)
    try:
        yield child
    finally:
        child.close()


def processes(warm: Warm) -> list[psutil.Process]:
    """Return all the processes of a server, itself included, as the machine sees them."""
    assert warm._process is not None
    first = psutil.Process(warm._process.pid)
    return [first, *first.children(recursive=True)]
