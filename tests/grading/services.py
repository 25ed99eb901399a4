"""Servers that tests start and stop: a Dask cluster, a PostgreSQL server. All on this machine."""

import contextlib
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from distributed import Client

ROOT = Path(__file__).parents[2]
PATIENCE = 60  # seconds for a server to come up


def until(condition: Callable[[], bool]) -> None:
    """Wait until it is so."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


class Cluster:
    """A Dask scheduler without workers; each worker has a home and working folder of its own."""

    def __init__(self, folder: Path, **settings: object) -> None:
        """Start it; ``settings`` are of ``distributed.scheduler``."""
        self.folder = folder
        self.workers: list[subprocess.Popen[bytes]] = []
        place = folder / "scheduler.json"
        options = ["--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0"]
        self.scheduler = self._start(
            "scheduler",
            [*options, "--scheduler-file", str(place)],
            {
                f"DASK_DISTRIBUTED__SCHEDULER__{name.upper()}": str(v)
                for name, v in settings.items()
            },
        )
        self.address = ""
        deadline = time.monotonic() + PATIENCE
        while not self.address and time.monotonic() < deadline:
            with contextlib.suppress(OSError, ValueError):  # it is not there yet, or half of it
                self.address = json.loads(place.read_text())["address"]
            time.sleep(0.05)
        assert self.address, (folder / "scheduler.log").read_text()

    def add_worker(self, *, threads: int = 1, preload: str = "") -> None:
        """Start a worker without a nanny: killed, it stays dead. ``preload`` is Python to run."""
        name = f"worker{len(self.workers)}"
        options = ["--host", "127.0.0.1", "--no-nanny", "--dashboard-address", "127.0.0.1:0"]
        options += ["--nthreads", str(threads), "--name", name]
        options += ["--local-directory", str(self.folder / name)]
        if preload:
            script = self.folder / f"{name}.py"
            script.write_text(preload)
            options += ["--preload", str(script)]
        self.workers.append(self._start(name, [self.address, *options], {}))

    def wait(self) -> None:
        """Wait until all workers that were added have joined."""
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(len(self.workers), timeout=PATIENCE)

    def _start(
        self, name: str, options: list[str], settings: Mapping[str, str]
    ) -> subprocess.Popen[bytes]:
        home = self.folder / name
        home.mkdir(parents=True)
        kind = "scheduler" if name == "scheduler" else "worker"
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{kind}", *options],
                cwd=home,
                # nothing of the driver's environment but what Python needs to find the tests
                env={
                    "PATH": os.defpath,
                    "HOME": str(home),
                    "PYTHONPATH": str(ROOT),
                    "PYTHONDONTWRITEBYTECODE": "1",
                    **settings,
                },
                stdout=log,
                stderr=log,
            )

    def close(self) -> None:
        """Kill all processes."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@contextlib.contextmanager
def cluster(
    folder: Path, *, workers: int = 2, threads: int = 1, **settings: object
) -> Iterator[Cluster]:
    """Run a scheduler with some workers."""
    started = Cluster(folder, **settings)
    try:
        for _ in range(workers):
            started.add_worker(threads=threads)
        if workers:
            started.wait()
        yield started
    finally:
        started.close()


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Run a PostgreSQL server on a socket in a folder of its own; the value is SQLAlchemy's URL.

    It speaks to this user only, and what it holds is gone with it.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    initdb = str(found[-1]) if found else shutil.which("initdb")
    if initdb is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is missing: install the Debian package postgresql")
        pytest.skip("PostgreSQL is not installed (Debian's package is postgresql)")
    control = str(Path(initdb).with_name("pg_ctl"))
    # Not pytest's folder: a socket's path must be short, and the server's user may enter it.
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        user = {}
        if os.geteuid() == 0:  # the server refuses to run as root
            nobody = pwd.getpwnam("nobody")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

        def run(*command: str) -> None:
            done = subprocess.run(
                command,
                cwd=folder,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"},
                stdout=subprocess.DEVNULL,  # a pipe would be kept open by the server
                check=False,
                **user,
            )
            assert done.returncode == 0, command

        run(initdb, "-D", f"{folder}/data", "-A", "trust", "-U", "grader", "-E", "UTF8", "-N")
        options = f"-k {folder} -c listen_addresses='' -F"
        log = f"{folder}/log"
        run(control, "-D", f"{folder}/data", "-w", "-l", log, "-o", options, "start")
        try:
            yield f"postgresql+psycopg://grader@/postgres?host={folder}"
        finally:
            run(control, "-D", f"{folder}/data", "-m", "immediate", "stop")
