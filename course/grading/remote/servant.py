"""The learner's end: does what the referee asks for, in the learner's own interpreter.

Nothing here is safe from the learner's code, and nothing need be: whatever it makes of this, all it
can do is to answer the referee, which believes no answer. What matters here is to go on working
after anything that ordinary code does.
"""

import builtins
import contextlib
import fcntl
import os
import signal
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.grading.remote.actions import QUIET, Actions
from course.grading.remote.folders import Folders
from course.grading.remote.learners import Learners
from course.grading.remote.link import Link
from course.grading.remote.signals import Uninterrupted
from course.grading.wire import Channel

__all__ = ["Servant"]


class Servant(Link):
    """Lends what is in ``namespace``. ``shell`` redirects what is put out meanwhile."""

    def __init__(self, namespace: dict[str, Any], channel: Channel, shell: Any) -> None:
        """Listen to ``channel``, once :meth:`handle` is called."""
        super().__init__(channel)
        self.references: Learners = Learners(self, namespace, shell)
        self._shell = shell
        self._folders = Folders(Path.cwd(), largest=channel.largest // 4)
        hidden = shell.ip.user_ns_hidden
        self._actions = Actions(
            namespace, hidden, self.references, self._folders, self._shell.finish
        )
        self._serving: list[int] = []
        self._running = False
        self._interrupted = False
        self._ran = False
        fcntl.fcntl(channel, fcntl.F_SETOWN, os.getpid())

    def handle(self) -> None:
        """Answer one request; WireError if nobody asks any more."""
        kind, number, *rest = self.receive()
        if kind != "ask":
            return  # it is about a request that has an answer already
        self._interrupted = False
        for number_ in (signal.SIGINT, signal.SIGIO):
            signal.signal(number_, self._interrupt)
        self.reply(number, rest)

    def _interrupt(self, number: int, frame: Any) -> None:
        """End the learner's code: it is told to stop, or the referee has something to say."""
        if self._running:
            raise KeyboardInterrupt
        self._interrupted = self._interrupted or number == signal.SIGINT

    @contextlib.contextmanager
    def _learners_code(self) -> Iterator[None]:
        """Let what may be interrupted run, and send what it puts out to the referee."""
        number = self._serving[-1]

        def sink(output: dict[str, Any]) -> None:
            was, self._running = self._running, False
            try:
                with Uninterrupted():
                    self.channel.send(["output", number, output])
            except (TypeError, ValueError, OverflowError):
                pass  # no output that could be in a notebook
            finally:
                self._running = was

        flags = fcntl.fcntl(self.channel, fcntl.F_GETFL)
        before: tuple[Any, Any] = builtins.input, warnings.showwarning
        with self._shell.redirect(sink):
            builtins.input, warnings.showwarning = self._input, self._warn  # type: ignore[assignment]
            try:
                # A message that arrives while the learner's code runs says that it is to stop.
                fcntl.fcntl(self.channel, fcntl.F_SETFL, flags | os.O_ASYNC)
                self._running = True
                if self._interrupted:
                    raise KeyboardInterrupt
                yield
            finally:
                self._running = False
                fcntl.fcntl(self.channel, fcntl.F_SETFL, flags)
                builtins.input, warnings.showwarning = before

    def _warn(
        self, message: Any, category: Any, file: str, line: int, out: Any = None, text: Any = None
    ) -> None:
        self.ask("warn", message, self.references.label(file), line)

    def _input(self, prompt: object = "") -> Any:
        return self.ask("input", str(prompt))

    def ask(self, what: str, *operands: Any) -> Any:
        """Ask the referee for something that the test handed over."""
        was, self._running = self._running, False
        try:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()  # what was printed comes before what the test does now
            return super().ask(what, *operands)
        finally:
            self._running = was
            if was and self._interrupted:
                self._interrupted = False
                raise KeyboardInterrupt

    def stop(self, number: int) -> None:
        """End what waits here for the referee: it does not wait itself any more."""
        if number in self._serving:
            raise KeyboardInterrupt

    def output(self, output: Any) -> None:
        """Ignore it: the referee puts out for itself."""

    def note(self, notes: dict[str, Any]) -> None:
        """Take what the referee told beside the value."""

    def notes(self) -> dict[str, Any]:
        """Tell which of the names that the referee asked for mean something else by now."""
        return {
            "stale": self._actions.stale(),
            "files": self._folders.changes() if self._ran else {},
        }

    def reply(self, number: Any, packed: list[Any]) -> None:
        """Answer a request."""
        self._serving.append(number)
        try:
            super().reply(number, packed)
        finally:
            self._serving.pop()

    def serve(self, what: str, operands: list[Any]) -> Any:
        """Do what is asked for."""
        action = getattr(self._actions, f"do_{what}")
        self._ran = what not in QUIET
        if not self._ran:
            return action(*operands)
        with self._learners_code():
            return action(*operands)
