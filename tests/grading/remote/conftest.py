"""Both sides of a graded notebook, as forks of one warm process."""

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.grading.remote.ends import Ends
from tests.grading.remote.pairs import PATIENCE, Fork, Pair


@pytest.fixture(scope="session")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fork]:
    home = tmp_path_factory.mktemp("home")
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    script = Path(__file__).with_name("forks.py")
    with here:
        server = subprocess.Popen(
            [sys.executable, "-I", script, str(there.fileno())],
            pass_fds=[there.fileno()],
            env={"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        there.close()
        assert here.recv(64) == b"ready"

        def fork(role: str, folder: Path, control: socket.socket, peer: socket.socket) -> int:
            sockets = [control.fileno(), peer.fileno()]
            socket.send_fds(here, [f"{role} {folder}".encode()], sockets)
            return int(here.recv(64))

        yield fork
    server.wait(PATIENCE)


@pytest.fixture
def new_pair(fork: Fork, tmp_path: Path) -> Iterator[Callable[[], Pair]]:
    """What starts a pair that has not begun."""
    with contextlib.ExitStack() as stack:

        def new() -> Pair:
            pair = Pair(fork, tmp_path / f"pair{len(os.listdir(tmp_path))}")  # noqa: PTH208
            stack.callback(pair.close)
            return pair

        yield new


@pytest.fixture
def pair(new_pair: Callable[[], Pair]) -> Pair:
    """A pair that has begun, with nothing in its folders."""
    pair = new_pair()
    pair.begin()
    return pair


@pytest.fixture
def ends() -> Iterator[Ends]:
    """Both ends in this process."""
    both = Ends()
    yield both
    both.close()
