"""The learner's side: an interpreter that runs a learner's cells, and lends their results out."""

import socket
import sys
from pathlib import Path
from typing import Any

from course.grading.job import Limits
from course.grading.remote.servant import Servant
from course.grading.sessions import agent, files
from course.grading.sessions.shell import Shell
from course.grading.wire import Channel, ChannelClosedError

__all__ = ["main", "prepare"]


def prepare() -> Shell:
    """Return the shell of this process, built before any fork."""
    return Shell()


def main(control: socket.socket, peer: socket.socket, shell: Shell) -> None:
    """Run one notebook's learner's side in the working folder, until the lane has done with it."""
    session = _Session(shell, control, peer)
    agent.serve(session.control, session.operations, {session.peer: session.lend})


class _Session:
    def __init__(self, shell: Shell, control: socket.socket, peer: socket.socket) -> None:
        self.control = Channel(control)
        self.peer = Channel(peer)
        self.operations = {"begin": self.begin, "run": self.run, "changed": self.changed}
        self._shell = shell
        self._folder = Path.cwd()  # by its absolute name: cells may go elsewhere
        self._servant: Servant | None = None
        self._changes: files.Changes | None = None

    def begin(self, message: dict[str, Any]) -> dict[str, Any]:
        """Write the submission's files, and begin a session in an empty namespace."""
        limits = Limits(**message["limits"])
        files.write(self._folder, message["files"])
        self._changes = files.Changes(self._folder, limits)
        for channel in (self.control, self.peer):
            channel.largest = limits.message_mb << 20
        # As ipykernel does: the submission's own modules, after the standard library's.
        site = [i for i, path in enumerate(sys.path) if path.endswith("-packages")]
        sys.path.insert(site[0] if site else 0, "")
        self._shell.begin(output_kb=limits.output_kb)
        self._servant = Servant(self._shell.namespace, self.peer, self._shell)
        return {"ok": True}

    def run(self, message: dict[str, Any]) -> dict[str, Any]:
        """Run a cell."""
        ran = self._shell.run(message["source"], message["count"])
        if self._shell.exiting:
            self.operations.clear()  # this answer is the last
        return agent.answer(ran, message["index"])

    def changed(self, message: dict[str, Any]) -> dict[str, Any]:
        """Report files that cells wrote or changed since the last time.

        A graded cell is next: what the one before it drew here is over.
        """
        assert self._changes is not None
        self._shell.settle()
        found, notes = self._changes.take()
        return {"files": found, "notes": notes}

    def lend(self) -> None:
        """Answer the referee."""
        if self._servant is None:
            raise ChannelClosedError("the referee asks before the session has begun")
        self._servant.handle()
