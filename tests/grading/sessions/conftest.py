"""Sessions as the lane has them: forks of a warm process, spoken to over their sockets."""

import contextlib
import inspect
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from course.grading.job import Limits
from course.grading.wire import Channel

PATIENCE = 60.0  # seconds: only a test that fails waits for so long


class Session:
    """A forked child, its control channel and the other end of its peer socket."""

    def __init__(self, pid: int, control: Channel, peer: Channel, folder: Path) -> None:
        self.pid = pid
        self.control = control
        self.peer = peer
        self.folder = folder
        self.count = 0

    def ask(self, **message: Any) -> Any:
        self.control.send(message)
        return self.control.receive(PATIENCE)

    def begin(self, files: dict[str, bytes] | None = None, **limits: Any) -> None:
        limits = asdict(Limits(**limits))
        common = {"pinned": [], "answers": [], "given": [], "limits": limits, "role": "learner"}
        assert self.ask(op="begin", files=files or {}, **common)["ok"]

    def start(self, source: str) -> None:
        """Send a cell; its answer is still to be received."""
        self.count += 1
        self.control.send({"op": "run", "index": 0, "source": source, "count": self.count})

    def run(self, source: str) -> list[dict[str, Any]]:
        self.start(source)
        answer = self.control.receive(PATIENCE)
        assert answer["count"] == self.count
        return answer["outputs"]

    def text(self, source: str, name: str = "stdout") -> str:
        """Return what a cell prints on one stream."""
        return "".join(o["text"] for o in self.run(source) if o.get("name") == name)

    def value(self, source: str) -> str:
        """Return a cell's result as text."""
        outputs = self.run(source)
        assert [o["output_type"] for o in outputs] == ["execute_result"], outputs
        return outputs[0]["data"]["text/plain"]

    def error(self, source: str) -> str:
        """Return the name of the error that a cell ends with."""
        return self.run(source)[-1]["ename"]

    def memory(self) -> int:
        """Return its resident memory in bytes."""
        pages = Path(f"/proc/{self.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def gone(self) -> bool:
        """Wait for its end; False if it still runs."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                os.kill(self.pid, 0)
            except ProcessLookupError:
                return True
            time.sleep(0.01)
        return False

    def close(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.control.close()
        self.peer.close()


Fork = Callable[[Path], Session]
Inside = Callable[[Any], Any]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@contextlib.contextmanager
def _forking(module: str, home: Path) -> Iterator[Fork]:
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    script = Path(__file__).with_name("forks.py")
    server = subprocess.Popen(
        [sys.executable, "-I", script, str(there.fileno()), module],
        pass_fds=[there.fileno()],
        env={"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    there.close()

    def fork(folder: Path) -> Session:
        control, child_control = socket.socketpair()
        peer, child_peer = socket.socketpair()
        with child_control, child_peer:
            sockets = [child_control.fileno(), child_peer.fileno()]
            socket.send_fds(here, [str(folder).encode()], sockets)
            pid = int(here.recv(64))
        return Session(pid, Channel(control), Channel(peer), folder)

    try:
        assert here.recv(64) == b"ready"
        yield fork
    finally:
        here.close()
        server.wait(PATIENCE)


@pytest.fixture(scope="session")
def fork(home: Path) -> Iterator[Fork]:
    """What forks a session of the learner's side in a folder."""
    with _forking("course.grading.sessions.learner", home) as fork:
        yield fork


@pytest.fixture(scope="session")
def _fork_probe(home: Path) -> Iterator[Fork]:
    with _forking("probe", home) as fork:
        yield fork


@pytest.fixture
def probe(_fork_probe: Fork, tmp_path: Path) -> Iterator[Callable[[Inside], Any]]:
    """What runs a function of a test in one fork, with its shell; the function stands alone."""
    session = _fork_probe(tmp_path)

    def run(function: Inside) -> Any:
        source = textwrap.dedent(inspect.getsource(function))
        session.control.send([source, function.__name__])
        return session.control.receive(PATIENCE)

    yield run
    session.close()


@pytest.fixture
def forked(fork: Fork, tmp_path: Path) -> Iterator[Session]:
    """A child that has not begun."""
    session = fork(tmp_path)
    yield session
    session.close()


@pytest.fixture
def session(forked: Session) -> Session:
    """A session that has begun, in an empty folder."""
    forked.begin()
    return forked
