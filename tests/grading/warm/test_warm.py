"""Fork servers in real jails: what their children are, how they end, and what they leave."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from course.grading.confine import Jail, Unconfined, landlock
from course.grading.confine.bubblewrap import Bubblewrap
from course.grading.job import Limits
from course.grading.warm import Exit, Warm, WarmError
from tests.grading.confine.inside import JAILS, ROOT, run_again, working
from tests.grading.warm.forks import FOLDER, forked, processes, server

pytestmark = pytest.mark.kernel

SOON = 30.0  # seconds for what takes milliseconds


@pytest.fixture(scope="module", params=[*JAILS, pytest.param(Unconfined, id="unconfined")])
def jail(request: pytest.FixtureRequest) -> Jail:
    return working(request.param())


@pytest.fixture(scope="module")
def shared(jail: Jail) -> Iterator[Warm]:
    with server(jail) as warm:
        yield warm


@pytest.fixture
def warm(shared: Warm) -> Iterator[Warm]:
    yield shared
    shared.clean()


@pytest.mark.parametrize("as_root", [True, False], ids=["root", "ordinary user"])
def test_all_of_this_holds_for_others(as_root: bool) -> None:
    run_again(__file__, as_root=as_root)


# ------------------------------------------------------------------------- what a child is


def test_a_child_is_a_fresh_interpreter_with_all_imported(warm: Warm) -> None:
    with forked(warm) as child:
        assert child.run("import sys; answer = 'pandas' in sys.modules") is True
        assert child.run("answer = 'matplotlib.pyplot' in sys.modules") is True
        assert child.run("import os; answer = os.listdir()") == []
        assert child.run("answer = [os.getpgrp() == os.getpid(), os.getppid() != os.getpid()]") == [
            True,
            True,
        ]
        assert child.run("answer = dict(os.environ)")["NBGRADER_EXECUTION"] == "autograde"
        assert child.run("answer = control.family.name + peer.family.name") == "AF_UNIXAF_UNIX"
        child.run("peer.sendall(b'hello')")
        assert child.peer.recv(10) == b"hello"
        child.end()
        ended = warm.wait(child.pid, SOON)
    assert ended.status == ""
    assert 0 < ended.cpu_seconds < 60


def test_children_share_nothing_but_what_was_prepared(warm: Warm) -> None:
    code = (
        "import random, numpy\nanswer = [prepared, random.random(), numpy.random.random(),"
        " str(numpy.random.default_rng().random())]"
    )
    with forked(warm) as one, forked(warm) as two:
        one.run("import math; math.pi = 3")
        assert two.run("import math; answer = math.pi") > 3
        first, second = one.run(code), two.run(code)
    assert first[0] == second[0]
    assert all(a != b for a, b in zip(first[1:], second[1:], strict=True))


def test_a_child_has_no_socket_but_its_two(warm: Warm) -> None:
    with forked(warm), forked(warm) as child:
        code = """
import os, stat
def kind(number):
    try: return stat.S_ISSOCK(os.fstat(number).st_mode)
    except OSError: return False
answer = [sorted(n for n in range(256) if kind(n)), sorted([control.fileno(), peer.fileno()])]
"""
        found, own = child.run(code)
        assert found == own
        assert child.run("answer = [os.readlink('/dev/fd/%d' % n) for n in range(3)]") in (
            ["/dev/null"] * 3,
            "[Errno 13] Permission denied: '/dev/fd/0'",
            "[Errno 2] No such file or directory: '/dev/fd/0'",
        )
        # A program it starts has neither.
        probe = f"import os, sys; os.close({found[0]})"
        code = "import subprocess, sys; answer = subprocess.run([sys.executable, '-c', {!r}], {})"
        ended = child.run(code.format(probe, "capture_output=True, text=True") + ".stderr")
        assert "Bad file descriptor" in ended


def test_a_server_has_one_thread_and_its_own_group(shared: Warm) -> None:
    assert [process.num_threads() for process in processes(shared)][-1] == 1
    assert all(os.getpgid(process.pid) != os.getpgrp() for process in processes(shared))


def test_a_servers_memory_is_closed_to_its_children(warm: Warm, jail: Jail) -> None:
    if isinstance(jail, Unconfined) and os.geteuid() == 0:
        pytest.skip("root reads what it wants")
    with forked(warm) as child:
        for name in ("mem", "environ", "maps", "fd"):
            code = f"answer = open(f'/proc/{{os.getppid()}}/{name}', 'rb').read(10).decode()"
            assert "Errno" in child.run("import os; " + code)
        code = "import ctypes; answer = ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0)"
        assert child.run(code) == -1


def test_a_child_may_look_at_itself(warm: Warm, jail: Jail) -> None:
    if jail.name == "Landlock":
        pytest.skip("Landlock hides /proc")
    with forked(warm) as child:
        assert "Name:" in child.run("answer = open('/proc/self/status').read()")
        assert child.run("answer = len(open('/proc/self/maps').read()) > 0") is True
        # Where memory runs out it goes first.
        assert child.run("answer = int(open('/proc/self/oom_score_adj').read())") == 1000


# -------------------------------------------------------------------------- how it ends


def test_an_interrupt_reaches_a_child_and_what_it_started(warm: Warm) -> None:
    with forked(warm) as child:
        child.send(
            "import subprocess\n"
            "try:\n"
            "    inner = subprocess.Popen(['sleep', '600'])\n"
            "    peer.sendall(b'ready')\n"
            "    inner.wait()\n"
            "except KeyboardInterrupt: answer = inner.wait() or 'interrupted'\n"
        )
        assert child.peer.recv(10) == b"ready"
        warm.signal(child.pid, signal.SIGINT)
        # Python may lose the exit code to the interrupt; without one it would still wait.
        assert child.receive() in (-signal.SIGINT, "interrupted")
        assert child.run("answer = 'still there'") == "still there"


def test_waiting_gives_up_in_time_and_goes_on_later(warm: Warm) -> None:
    with forked(warm) as child, forked(warm) as other:
        with pytest.raises(TimeoutError):
            warm.wait(child.pid, 0.01)
        other.end()
        child.end()
        assert warm.wait(child.pid, SOON).status == ""
        assert warm.wait(other.pid, SOON).status == ""
        assert warm.wait(child.pid, 0).status == ""  # as often as one likes
        warm.signal(child.pid, signal.SIGKILL)  # it is gone: nothing happens


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("import os; os._exit(3)", "it ended itself, with exit code 3"),
        ("import os; os.kill(os.getpid(), 9)", "killed by signal SIGKILL, most likely by itself"),
        ("import os; os.kill(os.getpid(), 15)", "killed by signal SIGTERM"),
        (
            "import ctypes; ctypes.string_at(0)",
            "it crashed: compiled code failed, or calls were nested too deep (SIGSEGV)",
        ),
        ("import sys; sys.exit('enough')", "it ended itself, with exit code 1"),
        ("raise KeyboardInterrupt('enough')", "its session failed: KeyboardInterrupt: enough"),
    ],
)
def test_an_end_is_told_in_words(warm: Warm, code: str, status: str) -> None:
    with forked(warm) as child:
        child.send(code)
        assert warm.wait(child.pid, SOON).status == status


def test_who_is_killed_by_the_grader_is_said_so(warm: Warm) -> None:
    with forked(warm) as child:
        warm.signal(child.pid, signal.SIGKILL)
        assert warm.wait(child.pid, SOON).status == "stopped by the grader"


def test_processor_time_and_memory_are_limited(jail: Jail) -> None:
    stubborn = "import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass"
    with server(jail, replace(Limits(), total_seconds=1, memory_mb=1024)) as warm:
        with forked(warm) as child:
            assert child.run("answer = bytearray(2 << 30)") == "MemoryError()"
            assert child.run("answer = 1") == 1
        for source in ("while True: pass", stubborn):
            with forked(warm) as child:
                child.send(source)
                ended = warm.wait(child.pid, SOON)
            assert ended.status == "killed: it used more than 1 seconds of processor time"
            assert ended.cpu_seconds > 0.5


def test_an_end_for_lack_of_memory_is_called_likely() -> None:
    message = {"cpu": 1.0, "status": 9, "peak_kb": 3000 << 10, "killed": False, "words": ""}
    assert Exit.of(message, Limits()).status == (
        "killed, by itself or more likely because the machine ran out of memory: it had used"
        " 3,000 MB"
    )


# ------------------------------------------------------------------------ what it leaves

DAEMON = """
import os, signal, time
for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT): signal.signal(number, signal.SIG_IGN)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True: time.sleep(600)
    os._exit(0)
os.wait()
"""
LITTER = """
home, tmp = os.environ["HOME"], os.environ["TMPDIR"]
for folder in (".", home, tmp, os.path.dirname(home), "/dev/shm"):
    try:
        open(folder + "/file", "w").close()
        os.makedirs(folder + "/.hidden/deep", exist_ok=True)
        os.symlink("/", folder + "/link")
        os.mkfifo(folder + "/fifo")
    except OSError: pass
"""
LOOK = """
import os
scratch = os.path.dirname(os.environ["HOME"])
folders = sorted(os.listdir(scratch))
answer = [folders, *(os.listdir(scratch + "/" + name) for name in folders)]
"""


def test_nothing_survives_a_clean(warm: Warm, jail: Jail) -> None:
    before = len(processes(warm))
    with forked(warm) as child:
        assert child.run("answer = 1" + DAEMON + LITTER) == 1
        child.end()
        warm.wait(child.pid, SOON)
        assert len(processes(warm)) > before  # the daemon lives on
    with forked(warm):  # one that still runs
        warm.clean()
    assert len(processes(warm)) == before
    with forked(warm) as child:
        names, *contents = child.run(LOOK)
        assert names == ["home", "tmp", "work"]
        assert contents == [[], [], []]
        if isinstance(jail, Bubblewrap):
            assert child.run("answer = os.listdir('/dev/shm')") == []


def test_a_fork_bomb_ends_with_a_clean(warm: Warm, jail: Jail) -> None:
    if isinstance(jail, Unconfined):
        pytest.skip("nothing limits the processes of trusted submissions")
    before = len(processes(warm))
    with forked(warm) as child:
        child.send(
            "import os, signal\n"
            "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
            "peer.sendall(b'now')\n"
            "while True:\n"
            "    try: os.fork() or os.setsid()\n"
            "    except OSError: pass\n"
        )
        assert child.peer.recv(10) == b"now"
        warm.clean()
    assert len(processes(warm)) == before
    with forked(warm) as child:
        assert child.run("answer = 1") == 1


def test_what_cannot_be_removed_needs_a_new_server(jail: Jail) -> None:
    with server(jail) as warm:
        with forked(warm) as child:
            child.run("import os\nfor _ in range(3000): os.mkdir('x'); os.chdir('x')")
        with pytest.raises(WarmError, match="could not clean"):
            warm.clean()
        assert warm._confined is not None
        scratch = warm._confined.scratch
    if not isinstance(jail, Bubblewrap):  # there it is in memory, and gone with its world
        assert not scratch.exists()


# ------------------------------------------------------------------- when the server ends


def test_a_child_cannot_end_its_server(warm: Warm, jail: Jail) -> None:
    if not isinstance(jail, Bubblewrap) and landlock.abi() < 6:
        pytest.skip("this kernel's Landlock does not keep signals in")
    with forked(warm) as child:
        for number in (9, 15, 19):
            child.run(f"import os\nos.kill(os.getppid(), {number})")
        code = "import resource\nresource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (1, 1))"
        if not isinstance(jail, Unconfined):
            assert "not permitted" in child.run(code)
    with forked(warm) as child:
        assert child.run("answer = 1") == 1


def test_an_ended_server_is_noticed_and_replaced(jail: Jail) -> None:
    with server(jail) as warm:
        assert warm.alive
        with forked(warm) as child:
            processes(warm)[-2].kill()  # the last is the child, before it the server
            with pytest.raises(WarmError, match="the fork server failed: it ended"):
                warm.wait(child.pid, SOON)
        with pytest.raises(WarmError):
            warm.fork(child.peer, child.peer)
        assert warm._process is not None
        warm._process.wait(SOON)
        assert not warm.alive
    with server(jail) as warm, forked(warm) as child:
        assert child.run("answer = 1") == 1


DRIVER = """
import sys, time
sys.path.insert(0, {root!r})
from course.grading import confine
from tests.grading.confine.inside import JAILS
from tests.grading.warm.forks import Fork, processes, server
kinds = {{p.values[0].name: p.values[0] for p in JAILS}} | {{"unconfined": confine.Unconfined}}
warm = server(kinds[{name!r}]())
warm.start()
child = Fork(warm)
print(*[p.pid for p in processes(warm)], flush=True)
time.sleep(600)
"""


def test_a_server_and_its_children_end_with_a_killed_grader(jail: Jail, tmp_path: Path) -> None:
    code = DRIVER.format(root=str(ROOT), name=jail.name)
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)  # the server may be another user, who works below
    # Nobody is left to remove its scratch folder.
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=env) as driver:
        assert driver.stdout is not None
        running = [psutil.Process(int(pid)) for pid in driver.stdout.readline().split()]
        assert len(running) >= 2
        driver.kill()
    _, alive = psutil.wait_procs(running, timeout=SOON)
    assert alive == []


# ------------------------------------------------------------- whatever jail it is in


def test_servers_do_not_hold_each_others_sockets() -> None:
    first = server(Unconfined())
    first.start()
    with server(Unconfined()):
        assert first._process is not None
        process = first._process
        first.close()
        # It ended by itself, since nobody else has the socket by which it knows us.
        assert process.returncode == 0
        first.close()
        with pytest.raises(WarmError, match="closed"):
            first.clean()


def test_a_server_outlives_the_thread_that_started_it() -> None:
    """The kernel would end it with that thread, where both are one user's."""
    warm = server(Unconfined())
    thread = threading.Thread(target=warm.start)
    thread.start()
    task = Path("/proc/self/task", str(thread.native_id))
    thread.join()
    deadline = time.monotonic() + SOON
    while task.exists() and time.monotonic() < deadline:
        time.sleep(0.001)  # Python is done with it, the kernel a little later
    assert not task.exists()
    with forked(warm) as child:
        assert child.run("answer = 1") == 1
    warm.close()


def test_a_server_that_fails_to_start_says_why() -> None:
    for options, reason in (
        ({"session": "no_such_session"}, "No module named 'no_such_session'"),
        ({"session": "json"}, "has no attribute 'prepare'"),
        ({"modules": ["no_such_module"]}, "No module named 'no_such_module'"),
    ):
        warm = server(Unconfined(), **options)
        with pytest.raises(WarmError, match=reason):
            warm.start()
        warm.close()


def test_extra_modules_are_imported_beforehand() -> None:
    with (
        server(working(Bubblewrap()), modules=["this"], import_from=[FOLDER]) as warm,
        forked(warm) as child,
    ):
        assert child.run("import sys; answer = 'this' in sys.modules") is True
