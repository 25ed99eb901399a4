"""A learner's interpreter and its referee, driven as the lane drives them."""

import contextlib
import os
import signal
import socket
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from course.grading.job import Limits
from course.grading.wire import Channel

PATIENCE = 60.0  # seconds: only a test that fails waits for so long
Fork = Callable[[str, Path, socket.socket, socket.socket], int]


@dataclass(frozen=True)
class Ran:
    """What a cell did."""

    outputs: list[dict[str, Any]]
    problem: str
    reason: str

    @property
    def error(self) -> str:
        """The name of the error that the cell ended with, or nothing."""
        return next((o["ename"] for o in self.outputs if o["output_type"] == "error"), "")

    @property
    def message(self) -> str:
        return next((o["evalue"] for o in self.outputs if o["output_type"] == "error"), "")

    @property
    def traceback(self) -> str:
        return "\n".join(
            line for o in self.outputs if o["output_type"] == "error" for line in o["traceback"]
        )

    @property
    def stdout(self) -> str:
        return "".join(o["text"] for o in self.outputs if o.get("name") == "stdout")

    @property
    def stderr(self) -> str:
        return "".join(o["text"] for o in self.outputs if o.get("name") == "stderr")

    @property
    def value(self) -> str:
        """The cell's last value as text, or nothing."""
        return next(
            (o["data"]["text/plain"] for o in self.outputs if o["output_type"] == "execute_result"),
            "",
        )

    @property
    def passed(self) -> bool:
        return not self.error and not self.problem


class Pair:
    """Two forks that can speak to each other."""

    def __init__(self, fork: Fork, folder: Path) -> None:
        self._folder = folder
        self._channels: dict[str, Channel] = {}
        self.pids: dict[str, int] = {}
        self.folders: dict[str, Path] = {}
        self.count = 0
        peers = dict(zip(("learner", "referee"), socket.socketpair(), strict=True))
        for role, peer in peers.items():
            here, there = socket.socketpair()
            self.folders[role] = folder / role / "work"
            self.folders[role].mkdir(parents=True)
            with there, peer:
                self.pids[role] = fork(role, self.folders[role], there, peer)
            self._channels[role] = Channel(here)

    def begin(
        self,
        *,
        answers: Iterable[str] = (),
        files: Mapping[str, bytes] | None = None,
        given: Mapping[str, bytes] | None = None,
        pinned: Iterable[str] = (),
        **limits: Any,
    ) -> None:
        files, given = dict(files or {}), dict(given or {})
        common = {
            "op": "begin",
            "given": list(given),
            "pinned": list(pinned),
            "answers": list(answers),
            "limits": asdict(Limits(**limits)),
            "files": {**files, **given},
        }
        for role in self._channels:
            assert self.ask(role, {**common, "role": role}) == {"ok": True}

    def ask(self, role: str, message: dict[str, Any]) -> Any:
        self._channels[role].send(message)
        return self._channels[role].receive(PATIENCE)

    def start(self, role: str, source: str) -> None:
        """Send a cell; its answer is still to be received."""
        self.count += 1
        message = {"op": "run", "index": 0, "source": source, "count": self.count}
        self._channels[role].send(message)

    def finish(self, role: str) -> Ran:
        answer = self._channels[role].receive(PATIENCE)
        return Ran(answer["outputs"], answer["problem"], answer["reason"])

    def learner(self, source: str) -> Ran:
        self.start("learner", source)
        return self.finish("learner")

    def setup(self, source: str) -> Ran:
        assert self.ask("referee", {"op": "setup", "source": source})["ok"]
        return self.learner(source)

    def test(self, source: str) -> Ran:
        with contextlib.suppress(Exception):  # the learner's side may be gone
            files = self.ask("learner", {"op": "changed"})["files"]
            if files:
                self.ask("referee", {"op": "files", "files": files})
        self.start("referee", source)
        return self.finish("referee")

    def signal(self, role: str, number: int) -> None:
        os.kill(self.pids[role], number)

    def close(self) -> None:
        for pid in self.pids.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        for channel in self._channels.values():
            channel.close()
