"""Both ends of a conversation in one process, for tests of what crosses."""

import contextlib
import socket
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from course.grading.remote.examiner import Examiner
from course.grading.remote.servant import Servant
from course.grading.wire import Channel


class Ends:
    """A referee's end and a learner's end. Nobody answers: messages are carried by hand."""

    def __init__(self) -> None:
        here, there = socket.socketpair()
        self.put_out: list[dict[str, Any]] = []
        self.names: dict[str, Any] = {}
        self.examiner = Examiner(Channel(here), self.put_out.append)
        self.servant = Servant(self.names, Channel(there), _Shell())
        self.examiner.read_input = lambda prompt: "typed"

    def to_referee(self, value: Any) -> Any:
        """Return what the referee gets for a learner's value."""
        return self.examiner._read([self.servant._packed(value)])

    def to_learner(self, value: Any) -> Any:
        """Return what the learner's side gets for a test's value."""
        return self.servant._read([self.examiner._packed(value)])

    def close(self) -> None:
        self.examiner.channel.close()
        self.servant.channel.close()


class _Shell:
    ip = SimpleNamespace(
        user_ns_hidden={}, compile=SimpleNamespace(format_code_name=lambda name: None)
    )

    @contextlib.contextmanager
    def redirect(self, sink: Any) -> Iterator[None]:
        yield

    def finish(self) -> None:
        pass
