"""Hostile submissions between two honest ones, graded in one run by the real command.

For each: it earns what its answers earn, the honest keep theirs, nothing outside changes, no
process is left, nothing is sent.
"""

import hashlib
import json
import os
import socket
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from tests.grading.conftest import run_course, run_nbgrader
from tests.grading.hostile import inside, outside
from tests.grading.hostile.vault import FULL, NAME, SECRET, Desk, make_course

pytestmark = pytest.mark.kernel

SETTINGS = "c.Execute.timeout = 3\n"
HONEST = ("0-honest", "zz-honest")
INSIDE = {
    "tampering": inside.TAMPERING,
    **{
        group: {name: (code, {}) for name, code in attacks.items()}
        for group, attacks in {
            "reading": inside.READING,
            "writing": inside.WRITING,
            "network": inside.NETWORK,
            "resources": inside.RESOURCES,
        }.items()
    },
}
OUTSIDE = {
    "cheating": outside.CHEATING,
    "right-but-broken": outside.RIGHT_BUT_BROKEN,
    "broken": outside.BROKEN,
}
ATTACKS = [f"{g}-{n}" for g, found in {**INSIDE, **OUTSIDE}.items() for n in found]


@dataclass
class Listener:
    """Whoever reaches us leaves a mark."""

    folder: Path
    heard: list[str] = field(default_factory=list)
    sockets: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen on TCP, UDP (both families), and on two local sockets."""
        self.path = str(self.folder / "s")
        self.abstract = f"vault-{os.getpid()}"
        tcp = self._socket(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))
        self.port = int(tcp.getsockname()[1])
        self._socket(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", self.port))
        self._socket(socket.AF_INET6, socket.SOCK_STREAM, ("::1", self.port))
        self._socket(socket.AF_UNIX, socket.SOCK_STREAM, self.path)
        self._socket(socket.AF_UNIX, socket.SOCK_STREAM, "\0" + self.abstract)

    def _socket(self, family: int, kind: int, address: object) -> socket.socket:
        sock = socket.socket(family, kind)
        sock.bind(address)  # type: ignore[arg-type]
        if kind == socket.SOCK_STREAM:
            sock.listen()
        self.sockets.append(sock)
        threading.Thread(target=self._listen, args=(sock, kind, str(address)), daemon=True).start()
        return sock

    def _listen(self, sock: socket.socket, kind: int, name: str) -> None:
        while True:
            try:
                if kind == socket.SOCK_STREAM:
                    sock.accept()[0].close()
                else:
                    sock.recvfrom(100)
            except OSError:
                return
            self.heard.append(name)

    def close(self) -> None:
        for sock in self.sockets:
            sock.close()


def fingerprint(*folders: Path) -> dict[str, str]:
    """Name and content of every file, but for what grading itself writes."""
    found = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            inner = path.relative_to(folder).parts
            ours = inner[0] in ("autograded", ".course-grade") or "gradebook.db" in inner[0]
            if path.is_file() and not path.is_symlink() and not ours:
                found[str(path)] = hashlib.md5(path.read_bytes()).hexdigest()
            elif not ours:
                found[str(path)] = "-"
    return found


@dataclass
class Graded:
    """What one run left."""

    course: Path
    scores: dict[str, float]
    flagged: set[str]
    before: dict[str, str]
    after: dict[str, str]
    left: list[str]
    heard: list[str]
    said: str

    def shown(self, student: str) -> str:
        """What the cells of the autograded notebook put out, but for the graded ones' tracebacks:
        these show the instructor the hidden tests, and feedback leaves them out."""
        (path,) = (self.course / "autograded" / student).rglob("*.ipynb")
        cells = json.loads(path.read_text())["cells"]
        own = [c for c in cells if not c["metadata"].get("nbgrader", {}).get("grade")]
        tests = [c for c in cells if c not in own]
        streams = [o for c in tests for o in c["outputs"] if o["output_type"] == "stream"]
        return json.dumps([[c["outputs"] for c in own if c["cell_type"] == "code"], streams])


@pytest.fixture(scope="module")
def graded(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graded]:
    course = tmp_path_factory.mktemp("vault") / "course"
    course.mkdir()
    make_course(course, SETTINGS)
    run_nbgrader("generate_assignment", NAME, cwd=course, home=home)
    (home / "secret.txt").write_text(SECRET)
    listener = Listener(tmp_path_factory.mktemp("listener"))
    names = {
        "COURSE": str(course),
        "HOME": str(home),
        "PORT": listener.port,
        "SOCKET": listener.path,
        "ABSTRACT": listener.abstract,
    }
    header = "".join(f"{name} = {value!r}\n" for name, value in names.items())
    for student in HONEST:
        outside.right(Desk(course, student))
    for group, attacks in INSIDE.items():
        for name, (code, answers) in attacks.items():
            desk = Desk(course, f"{group}-{name}")
            desk.answer(**answers)
            desk.insert(header + code)
    for group, changes in OUTSIDE.items():
        for name, change in changes.items():
            desk = Desk(course, f"{group}-{name}")
            if group == "right-but-broken":
                outside.right(desk)
            change(desk)
    places = (course, home, tmp_path_factory.getbasetemp() / "listener0")
    before, running = fingerprint(*places), set(psutil.pids())
    os.environ["VAULT"] = SECRET
    try:
        said = run_course("grade", NAME, "--jobs=2", cwd=course, home=home, check=False)
    finally:
        del os.environ["VAULT"]
    left = [
        " ".join(psutil.Process(pid).cmdline())
        for pid in set(psutil.pids()) - running
        if psutil.pid_exists(pid)
    ]
    query = (
        "select sa.student_id, sum(coalesce(g.manual_score, g.auto_score, 0)),"
        " max(g.needs_manual_grade) from grade g"
        " join submitted_notebook n on n.id = g.notebook_id"
        " join submitted_assignment sa on sa.id = n.assignment_id group by 1"
    )
    with closing(sqlite3.connect(course / "gradebook.db")) as gradebook:
        rows = gradebook.execute(query).fetchall()
    yield Graded(
        course,
        {row[0]: row[1] for row in rows},
        {row[0] for row in rows if row[2]},
        before,
        fingerprint(*places),
        left,
        listener.heard,
        said,
    )
    listener.close()


def deserved(student: str) -> float:
    group = next(g for g in {**INSIDE, **OUTSIDE} if student.startswith(f"{g}-"))
    return outside.EARNS.get(student.removeprefix(f"{group}-"), 0.0)


@pytest.mark.parametrize("student", ATTACKS)
def test_it_earns_what_its_answers_earn(student: str, graded: Graded) -> None:
    assert graded.scores.get(student) == deserved(student), graded.said[-2000:]


@pytest.mark.parametrize("student", HONEST)
def test_the_honest_keep_their_points(student: str, graded: Graded) -> None:
    assert graded.scores[student] == FULL


@pytest.mark.parametrize("name", inside.READING)
def test_no_secret_is_seen(name: str, graded: Graded) -> None:
    shown = graded.shown(f"reading-{name}")
    assert "output_type" in shown  # it ran, and said something or stumbled
    assert SECRET not in shown
    assert "AUTHOR" not in shown


def test_the_callback_shows_nothing_of_the_test(graded: Graded) -> None:
    shown = graded.shown("tampering-callback-opened")
    assert "__globals__" in shown  # it tried
    assert SECRET not in shown
    assert "[1, 2]" not in shown


def test_nothing_outside_changes(graded: Graded) -> None:
    assert graded.after == graded.before
    assert not Path("/tmp/left-behind-by-vault").exists()
    assert not Path("/dev/shm/left-behind-by-vault").exists()


def test_no_process_is_left(graded: Graded) -> None:
    ours = [command for command in graded.left if sys.prefix in command and "grading" in command]
    assert ours == []


def test_nothing_is_sent(graded: Graded) -> None:
    assert graded.heard == []


@pytest.mark.parametrize("name", outside.BROKEN)
def test_a_broken_one_is_flagged_and_so_told_from_a_missing_one(name: str, graded: Graded) -> None:
    assert f"broken-{name}" in graded.flagged


def test_there_are_enough_of_them() -> None:
    assert len(ATTACKS) == len(set(ATTACKS)) >= 60
