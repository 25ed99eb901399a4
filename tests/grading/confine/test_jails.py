"""What a program in a jail can reach: run in real jails, as root and as an ordinary user."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from course.grading.confine import Jail, Unconfined, landlock
from course.grading.confine.bubblewrap import Bubblewrap
from course.grading.confine.landlocked import Landlocked
from course.grading.job import Limits
from tests.grading.confine.inside import JAILS, ROOT, run, run_again, working

pytestmark = pytest.mark.kernel


@pytest.fixture(scope="module", params=JAILS)
def kind(request: pytest.FixtureRequest) -> type[Jail]:
    working(request.param())
    found: type[Jail] = request.param
    return found


@pytest.fixture
def jail(kind: type[Jail]) -> Jail:
    return kind()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder outside that everybody may enter, so that only a jail keeps anybody from it."""
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("as_root", [True, False], ids=["root", "ordinary user"])
def test_all_of_this_holds_for_others(as_root: bool) -> None:
    run_again(__file__, as_root=as_root)


# ------------------------------------------------------------------------------ the network


@contextlib.contextmanager
def listening(sock: socket.socket, address: object) -> Iterator[tuple[Any, list[bytes]]]:
    """Serve connections outside; yield the address and what they sent."""
    got: list[bytes] = []

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = sock.accept()
                with connection:
                    got.append(connection.recv(100))

    with sock:
        sock.bind(address)
        sock.listen()
        if isinstance(address, str) and not address.startswith("\0"):
            Path(address).chmod(0o777)
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield sock.getsockname(), got
        finally:
            sock.shutdown(socket.SHUT_RDWR)
            thread.join()


REACH = """
import socket
def reach(family, address):
    with socket.socket(family) as s:
        s.settimeout(5)
        s.connect(address)
        s.sendall(b"secret")
"""


@pytest.mark.parametrize(
    ("family", "address"),
    [
        ("AF_INET", ("127.0.0.1", 0)),
        ("AF_INET6", ("::1", 0)),
        ("AF_UNIX", "\0course-tests-{pid}"),
        ("AF_UNIX", "{folder}/socket"),
    ],
    ids=["ipv4", "ipv6", "abstract", "path"],
)
def test_no_socket_outside_can_be_reached(
    jail: Jail, family: str, address: object, place: Path
) -> None:
    if isinstance(address, str):
        address = address.format(pid=os.getpid(), folder=place)
    with listening(socket.socket(getattr(socket, family)), address) as (name, got):
        with socket.socket(getattr(socket, family)) as ours:  # it is there to be reached
            ours.connect(name)
            ours.sendall(b"honest")
        told = run(jail, REACH + f"tell(try_(reach, socket.{family}, {name!r}))")
    assert told != "done"
    assert got == [b"honest"]


def test_there_is_no_way_to_the_internet(jail: Jail) -> None:
    code = "tell([try_(reach, socket.AF_INET, ('198.51.100.7', 80)), try_(udp)])"
    udp = """
def udp():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.sendto(b"secret", ("198.51.100.7", 53))
"""
    assert run(jail, REACH + udp + code) == ["OSError", "OSError"]


def test_no_other_kind_of_socket_can_be_made(jail: Jail) -> None:
    kinds = [
        ("VSOCK", "STREAM", 0),
        ("NETLINK", "RAW", 12),
        ("PACKET", "RAW", 0),
        ("ALG", "RAW", 0),
    ]
    code = f"""
import socket
def make(family, kind, protocol):
    socket.socket(getattr(socket, "AF_" + family), getattr(socket, "SOCK_" + kind), protocol)
tell([try_(make, *kind) for kind in {kinds!r}])
"""
    assert set(run(jail, code)) <= {"OSError", "PermissionError"}


# ----------------------------------------------------------------------------------- files


def test_only_what_python_needs_can_be_read(jail: Jail, place: Path) -> None:
    secret = place / "gradebook.db"
    secret.write_text("secret")
    wanted = [
        secret,
        *(ROOT / "course" / "lessons").rglob("keys.json"),
        *(ROOT / "solutions").rglob("*.ipynb"),
        ROOT / "nbgrader_config.py",
        Path("/etc/passwd"),
        Path("/proc", str(os.getpid()), "environ"),
        Path("/proc", str(os.getpid()), "cmdline"),
    ]
    assert all(path.exists() for path in wanted)
    assert len(wanted) > 6
    told = run(jail, f"tell([try_(open, path) for path in {[str(path) for path in wanted]!r}])")
    assert set(told) <= {"FileNotFoundError", "PermissionError"}


def test_nothing_outside_is_in_sight_of_bubblewrap() -> None:
    jail = working(Bubblewrap())
    told = run(
        jail,
        "import course\n"
        "folder = os.path.dirname(course.__file__)\n"
        "tell([os.listdir(folder + '/lessons'), os.listdir(os.path.dirname(folder)),"
        " [p for p in os.listdir('/proc') if p.isdigit()], os.listdir('/tmp')])",
    )
    lessons, beside, processes, temporary = told
    assert lessons == []
    assert set(beside) <= {"course", Path(sys.prefix).name}
    assert processes == ["1"]
    # The way to the project, if that lies there, and nothing else.
    assert set(temporary) <= set(ROOT.parts)


def test_what_is_shown_hidden_and_shared(kind: type[Jail], place: Path) -> None:
    for name in ("shown/secret", "shared"):
        (place / name).mkdir(parents=True)
    (place / "shown/data.csv").write_text("1")
    (place / "shown/password").write_text("1")
    (place / "shown/secret/key").write_text("1")
    (place / "shared").chmod(0o777)
    jail = kind(
        read_only=[place / "shown"],
        hidden=[place / "shown/secret", place / "shown/password"],
        writable=[place / "shared"],
    )
    told = run(
        jail,
        f"os.chdir({str(place)!r})\n"
        "def text(path):\n"
        "    try: return open(path).read()\n"
        "    except OSError as error: return type(error).__name__\n"
        "tell([text('shown/data.csv'), text('shown/secret/key'), text('shown/password'),"
        " try_(open, 'shown/new', 'w'), try_(open, 'shared/new', 'w'),"
        " try_(os.mkdir, os.environ['HOME'])])",
    )
    assert told[0] == "1"
    assert told[1] in ("FileNotFoundError", "PermissionError")
    assert told[2] in ("", "PermissionError")
    assert told[3] in ("OSError", "PermissionError")
    assert told[4:] == ["done", "done"]
    assert (place / "shared/new").exists()


def test_nothing_but_scratch_can_be_written_to(jail: Jail, place: Path) -> None:
    place.chmod(0o777)
    outside = ["/", "/dev", "/etc", "/usr", "/var/tmp", "/home", "/proc", "/run", "/opt", "/root"]
    places = [*outside, sys.prefix, str(ROOT), str(ROOT / "course"), str(place), str(Path.home())]
    code = f"""
def write(path):
    return "done" in (try_(open, path + "/new", "w"), try_(os.mkdir, path + "/folder"))
scratch = os.path.dirname(os.environ["HOME"])
tell([path for path in {places!r} if write(path)] + ["scratch"] * write(scratch))
"""
    assert run(jail, code) == ["scratch"]
    assert list(place.iterdir()) == []


def test_files_outside_keep_their_permissions_times_and_contents(
    kind: type[Jail], place: Path
) -> None:
    """Landlock does not guard these: as the same user they would succeed."""
    file = place / "gradebook.db"
    file.write_text("grades")
    os.utime(file, (1, 1))
    file.chmod(0o644)
    before = file.stat()
    code = f"""
path = {str(file)!r}
try_(os.chmod, path, 0)
try_(os.truncate, path, 0)
try_(os.open, path, os.O_RDONLY | os.O_TRUNC)
try_(os.open, path, os.O_ACCMODE | os.O_TRUNC)
try_(os.utime, path, (5, 5))
try_(os.setxattr, path, "user.mark", b"1")
try_(os.rename, path, path + "2")
try_(os.link, path, os.environ["HOME"] + "/link")
import ctypes
ctypes.CDLL(None).syscall(452, -100, path.encode(), 0, 0)  # fchmodat2
tell("done")
"""
    run(kind(read_only=[place]), code)
    after = file.stat()
    assert file.read_text() == "grades"
    assert (after.st_mode, after.st_mtime, after.st_nlink) == (before.st_mode, 1, 1)
    with contextlib.suppress(OSError):
        assert os.listxattr(file) == []


# ------------------------------------------------------------------- who it is, and others


def test_the_environment_is_not_the_graders(jail: Jail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADEBOOK_PASSWORD", "secret")
    code = """
import glob
seen = [dict(os.environ)]
for path in glob.glob("/proc/*/environ"):
    try: seen.append(open(path, "rb").read().decode())
    except OSError: pass
tell(seen)
"""
    told = run(jail, code)
    assert told[0]["USER"] == "learner"
    assert "GRADEBOOK_PASSWORD" not in str(told)


def test_it_has_no_privileges_and_gets_none(jail: Jail) -> None:
    # Landlock hides /proc, so the process asks the kernel about itself.
    code = """
import ctypes
libc = ctypes.CDLL(None)
tell([os.getuid(), os.geteuid(), os.getgroups(), libc.prctl(39, 0, 0, 0, 0),
      try_(os.setuid, 0), try_(os.chroot, "/")])
"""
    uid, effective, groups, no_new, *refused = run(jail, code)
    assert uid == effective != 0
    assert 0 not in groups
    assert no_new == 1
    assert refused == ["PermissionError"] * 2


def test_nobody_is_made_slower_or_faster(jail: Jail) -> None:
    """libzmq ends the process if it may not set a priority, so that seems to work."""
    code = """
before = [os.nice(0), sorted(os.sched_getaffinity(0)), os.sched_getscheduler(0)]
os.nice(5); os.setpriority(os.PRIO_PROCESS, 1, 5); os.sched_setaffinity(0, {0})
os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
tell([before, [os.nice(0), sorted(os.sched_getaffinity(0)), os.sched_getscheduler(0)]])
"""
    before, after = run(jail, code)
    assert before == after


def test_processes_outside_get_no_signal(jail: Jail) -> None:
    if not isinstance(jail, Bubblewrap) and os.geteuid() != 0 and landlock.abi() < 6:
        pytest.skip(" ".join(jail.notes))
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as victim:
        try:
            code = f"tell([try_(os.kill, n, 9) for n in ({victim.pid}, {os.getpid()})])"
            assert set(run(jail, code)) <= {"ProcessLookupError", "PermissionError"}
            assert victim.poll() is None
        finally:
            victim.kill()


REFUSED = {
    # system call on x86-64 and its arguments, as would succeed or fail otherwise elsewhere
    "shmget": (29, 0, 4096, 0o1600),
    "semget": (64, 0, 1, 0o1600),
    "msgget": (68, 0, 0o1600),
    "mq_open": (240, b"x", 0o102, 0o600, 0),
    "add_key": (248, b"user", b"x", b"x", 1, -2),
    "keyctl": (250, 0, -3, 1),
    "ptrace": (101, 0, 0, 0, 0),
    "unshare": (272, 0x10000000),
    "clone": (56, 0x10000000 | 17, 0, 0, 0, 0),
    "io_uring_setup": (425, 1, 0),
    "userfaultfd": (323, 1),
    "bpf": (321, 0, 0, 0),
    "perf_event_open": (298, 0, 0, -1, -1, 0),
    "memfd_secret": (447, 0),
    "prlimit64": (302, 1, 7, 0, 0),
    "process_vm_readv": (310, 1, 0, 0, 0, 0, 0),
}


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="numbers of calls as on x86-64")
def test_system_calls_that_no_homework_needs_are_refused(jail: Jail) -> None:
    code = f"""
import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
def call(*args):
    ctypes.set_errno(0)
    found = libc.syscall(*[a if isinstance(a, bytes) else ctypes.c_long(a) for a in args])
    if args[0] == 56 and found == 0: os._exit(0)
    return errno.errorcode.get(ctypes.get_errno(), "done") if found < 0 else "done"
tell({{name: call(*args) for name, args in {REFUSED!r}.items()}} | {{"clone3": call(435, 0, 0)}})
"""
    told = run(jail, code)
    assert told.pop("clone3") == "ENOSYS"
    assert set(told.values()) == {"EPERM"}, told


def test_honest_programs_run(jail: Jail) -> None:
    code = """
import asyncio, concurrent.futures, shutil, sqlite3, subprocess, tempfile, threading
home = os.environ["HOME"]
os.makedirs(home); os.makedirs(os.environ["TMPDIR"]); os.chdir(home)
async def wait(): await asyncio.sleep(0); return 1
with tempfile.NamedTemporaryFile() as f: shutil.copy2(f.name, "copy")
with sqlite3.connect("base.db") as db: db.execute("create table t (x)")
with concurrent.futures.ThreadPoolExecutor() as pool: threaded = pool.submit(lambda: 1).result()
ran = subprocess.run([sys.executable, "-c", "print(1)"], capture_output=True, text=True).stdout
shell = subprocess.run("echo 1 | cat", shell=True, capture_output=True, text=True).stdout
os.rename("copy", "moved")
import numpy, pandas
tell([asyncio.run(wait()), threaded, ran, shell, os.path.exists("moved"), os.cpu_count() > 0])
"""
    assert run(jail, code) == [1, 1, "1\n", "1\n", True, True]


# ---------------------------------------------------------------------------------- limits

SMALL = Limits(memory_mb=512, processes=20, open_files=64, file_mb=2, scratch_mb=8)


def test_memory_files_and_descriptors_are_limited(jail: Jail) -> None:
    code = """
import resource
os.makedirs(os.environ["HOME"]); os.chdir(os.environ["HOME"])
def hog(): bytearray(600 << 20)
try: hog(); memory = "done"
except MemoryError: memory = "MemoryError"
def large():
    with open("large", "wb") as f: f.write(bytes(3 << 20))
def many(): return [open("/dev/null") for _ in range(100)]
tell([memory, try_(large), os.path.getsize("large"), try_(many),
      resource.getrlimit(resource.RLIMIT_CORE),
      resource.getrlimit(resource.RLIMIT_AS)[1]])
"""
    memory, large, size, many, core, address_space = run(jail, code, SMALL)
    assert memory == "MemoryError"
    assert (large, size) == ("OSError", 2 << 20)
    assert many == "OSError"
    assert (core, address_space) == ([0, 0], 512 << 20)


def test_processes_are_limited(jail: Jail) -> None:
    code = """
import signal
started = []
try:
    while len(started) < 500:
        pid = os.fork()
        if pid == 0:
            signal.pause()
        started.append(pid)
except BlockingIOError: pass
for pid in started: os.kill(pid, 9)
tell(len(started))
"""
    # At least as many as promised, and not many more: others of this user may end meanwhile.
    assert 10 <= run(jail, code, SMALL) < 100


def test_two_jails_do_not_share_the_limit_on_processes(jail: Jail) -> None:
    waiting = """
import signal
for _ in range(15):
    if os.fork() == 0: signal.pause()
print("ready"); sys.stdout.flush(); sys.stdin.read(); os.killpg(0, 9)
"""
    argv = [sys.executable, "-I", "-c", "import os, sys\n" + waiting]
    confined = jail.confine(argv, SMALL)
    full = subprocess.Popen(
        confined.argv,
        env=dict(confined.env),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # it ends all of its group
    )
    assert full.stdout is not None
    try:
        assert full.stdout.readline() == b"ready\n"
        code = "pids = [os.fork() for _ in range(1)]\nif 0 in pids: os._exit(0)\ntell(len(pids))"
        assert run(jail, code, SMALL) == 1
    finally:
        full.communicate(timeout=30)
        confined.close()


def test_scratch_is_limited_in_bubblewrap() -> None:
    code = """
import errno
def fill(folder):
    for n in range(100):
        try:
            with open(f"{folder}/{n}", "wb") as f: f.write(bytes(1 << 20))
        except OSError as error:
            return [n, errno.errorcode[error.errno]]
tell([fill(os.path.dirname(os.environ["TMPDIR"])), fill("/dev/shm")])
"""
    limits = Limits(scratch_mb=8, file_mb=2)
    assert run(working(Bubblewrap()), code, limits) == [[8, "ENOSPC"], [8, "ENOSPC"]]


def test_unconfined_keeps_only_the_limits(place: Path) -> None:
    jail = Unconfined()
    (place / "file").write_text("1")
    code = f"tell([open({str(place / 'file')!r}).read(), os.environ['USER']])"
    assert run(jail, code) == ["1", "learner"]
    assert jail.notes


AS_IN_A_CONTAINER = """
import errno, pyseccomp as sc
from course.grading.confine import choose
rules = sc.SyscallFilter(sc.ALLOW)
rules.add_rule(sc.ERRNO(errno.EPERM), "unshare")
for flag in (0x10000000, 0x20000000):  # a new user or PID namespace
    rules.add_rule(sc.ERRNO(errno.EPERM), "clone", sc.Arg(0, sc.MASKED_EQ, flag, flag))
rules.add_rule(sc.ERRNO(errno.ENOSYS), "clone3")
rules.load()
print(choose().name)
"""


def test_landlock_is_chosen_where_namespaces_are_refused() -> None:
    working(Landlocked())
    done = subprocess.run(
        [sys.executable, "-c", AS_IN_A_CONTAINER], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("Landlock\n", "")
