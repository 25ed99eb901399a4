"""What one submission costs at each station: the inputs of docs/scale.md.

    .venv/bin/python benchmarks/scale.py [--submissions 100] [--grow 20000]

For homework 01 and for a plain pandas and matplotlib assignment: CPU on the machine that runs
submissions; CPU of the driver, with a gradebook in SQLite and on a PostgreSQL server; CPU that Dask
adds, at the sizes of these jobs and results; bytes over the wire, on disk and in the gradebook.
Then whether a gradebook slows down as it grows. Milliseconds are of CPU, so that a busy machine
disturbs them less than it would a clock; still, leave it alone meanwhile.
"""

import argparse
import contextlib
import os
import shutil
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path

import psutil
import sqlalchemy

from benchmarks.grading import BIN, PLAIN, SLUG, forget, hand_in, make_course, nbgrader
from course.grading.cluster import ClusterWorkers
from course.grading.confine import choose
from course.grading.folder import CourseFolder
from course.grading.intake import take_in
from course.grading.job import Job, Result
from course.grading.lane import EXECUTOR, Lane
from course.grading.pipeline import Grading
from course.grading.record import Gradebook
from course.grading.record.assess import assess
from course.grading.spec import Assignment, read_assignment
from course.grading.workers import Runner
from tests.grading.services import cluster, postgres

_SAMPLE = 10  # submissions that really run; the others get one of their results


class Known:
    """Has a result for every job already: stands for lanes where only the rest is measured."""

    name = EXECUTOR
    slots = 2

    def __init__(self, results: Sequence[bytes]) -> None:
        """Give these results in turn."""
        self._results = results
        self._next = 0

    def start(self) -> None:
        """Do nothing."""

    def run(self, _job: Job) -> Result:
        """Return the next result."""
        self._next += 1
        return Result.from_bytes(self._results[self._next % len(self._results)])

    def submit(self, _student: str, job: Job) -> Future[Result]:
        """Return the next result, at once."""
        future: Future[Result] = Future()
        future.set_result(self.run(job))
        return future

    def running(self) -> dict[str, float]:
        """Return nobody."""
        return {}

    def close(self, *, now: bool = False) -> None:
        """Do nothing."""


def prepare(results: Sequence[bytes]) -> Callable[[], Runner]:
    """Prepare a Dask worker that has the results."""
    return partial(Known, results)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=100, help="of each assignment")
    parser.add_argument("--grow", type=int, default=20_000, help="in a gradebook; 0 leaves it out")
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # nbgrader's own are many
    os.environ["PATH"] = f"{BIN}{os.pathsep}{os.environ['PATH']}"  # nbgrader calls alembic by name
    for name in (SLUG, PLAIN):
        with tempfile.TemporaryDirectory() as folder, postgres() as url:
            measure(Path(folder), name, url, options.submissions, options.grow)


def measure(place: Path, name: str, url: str, number: int, grow: int) -> None:
    """Print everything about one assignment."""
    print(f"\n{name}", flush=True)
    course = place / "sqlite"
    make_course(course, name)
    hand_in(course, name, number)
    jobs, results = execute(course, name)
    print(f"  job, result:     {size(jobs):9,.0f} {size(results):9,.0f} bytes")
    dask(place / "cluster", [Job.from_bytes(job) for job in jobs], results, number)
    on_server = place / "postgres"
    shutil.copytree(course, on_server)
    with (on_server / "nbgrader_config.py").open("a") as settings:
        settings.write(f"\nc.CourseDirectory.db_url = {url!r}\n")
    nbgrader(on_server, "generate_assignment", name, "--force")
    for folder in (course, on_server):
        drive(folder, name, results)
    for folder in (course, on_server):
        growing(folder, name, results[0], grow)


def execute(course: Path, name: str) -> tuple[list[bytes], list[bytes]]:
    """Run some submissions in a lane; return what would travel, and print what it cost."""
    folder, spec = opened(course, name)
    taken = folder.submissions(name)
    jobs = [take_in(spec, path, student).job for student, path in list(taken.items())[:_SAMPLE]]
    with Lane(jail=choose(), limits=folder.limits, modules=spec.modules) as lane:
        lane.start()
        for job in jobs:  # the first ones are slower
            lane.run(job)
        servers = psutil.Process().children(recursive=True)
        memory = sum(server.memory_full_info().pss for server in servers)
        with spent() as own:
            results = [lane.run(job) for job in jobs]
    assert {result.status for result in results} == {"done"}
    children = statistics.mean(result.cpu_seconds for result in results)
    print(f"  lane:            {1000 * children:9.1f} ms in the jails, {own[0] / len(jobs):.1f} ms")
    print(f"  memory of a lane:{memory / 1e6:9.0f} MB")
    return [job.to_bytes() for job in jobs], [result.to_bytes() for result in results]


def dask(place: Path, jobs: Sequence[Job], results: list[bytes], number: int) -> None:
    """Send jobs through a real cluster of one worker that runs nothing."""
    with cluster(place, workers=1) as started:
        workers = ClusterWorkers(started.address, partial(prepare, results))
        workers.submit("", jobs[0]).result()
        processes = [psutil.Process(p.pid) for p in (started.scheduler, *started.workers)]
        before = [cpu(process) for process in processes]
        with spent() as own:
            flight: list[Future[Result]] = []
            for index in range(number):
                flight.append(workers.submit("", jobs[index % len(jobs)]))
                if len(flight) == 4:
                    flight.pop(0).result()
            for future in flight:
                future.result()
        used = [1000 * (cpu(p) - b) / number for p, b in zip(processes, before, strict=True)]
        workers.close()
    print(
        f"  Dask:            {own[0] / number:9.1f} ms driver, {used[0]:.1f} ms scheduler, "
        f"{used[1]:.1f} ms worker",
        flush=True,
    )


def drive(course: Path, name: str, results: Sequence[bytes]) -> None:
    """Grade everything with known results: what is left is the driver's own work."""
    folder, spec = opened(course, name)
    submissions = folder.submissions(name)
    number = len(submissions)
    forget(course)
    kind = course.name
    before = gradebook_size(folder)
    for what in ("first", "again"):  # again: nothing has changed
        with Grading(folder, spec) as grading, spent() as own, server_spent(folder) as server:
            report = grading.run(submissions, Known(results))
        assert report.totals["unchanged"] == (number if what == "again" else 0)
        print(
            f"  driver, {what}:   {own[0] / number:9.1f} ms, server {server[0] / number:.1f} ms "
            f"({kind})"
        )
    stored = {
        "submitted": disk(course / "submitted"),
        "autograded": disk(course / "autograded"),
        "record": disk(course / ".course-grade"),
        "gradebook": gradebook_size(folder) - before,
    }
    said = ", ".join(f"{what} {size_ / number / 1000:.1f}" for what, size_ in stored.items())
    print(f"  kB on disk:      {said} ({kind})", flush=True)


def growing(course: Path, name: str, result: bytes, grow: int) -> None:
    """Fill a gradebook; print what a submission cost at the start and at the end."""
    if not grow:
        return
    folder, spec = opened(course, name)
    student, path = next(iter(folder.submissions(name).items()))
    grades = assess(folder, spec, take_in(spec, path, student), Result.from_bytes(result)).grades
    gradebook = Gradebook(folder.coursedir.db_url, name)
    portion = max(grow // 10, 16)
    for start in range(0, grow, portion):
        with spent() as own, server_spent(folder) as server:
            began = time.perf_counter()
            for number in range(start, start + portion, 16):
                batch = [replace(grades, student=f"many{n:08}") for n in range(number, number + 16)]
                gradebook.save(batch, None)
            wall = time.perf_counter() - began
        if start in (0, grow - portion):
            print(
                f"  from {start:9,}:  {own[0] / portion:9.2f} ms, server {server[0] / portion:.2f}"
                f" ms, wall {1000 * wall / portion:.2f} ms ({course.name})",
                flush=True,
            )
    gradebook.close()


# --- helpers ------------------------------------------------------------------------------------


def opened(course: Path, name: str) -> tuple[CourseFolder, Assignment]:
    """Return a course folder as its settings describe it: settings are read where one stands."""
    os.chdir(course)
    folder = CourseFolder.open(course)
    return folder, read_assignment(folder, name)


@contextlib.contextmanager
def spent() -> Iterator[list[float]]:
    """Measure the milliseconds of CPU that this process spends in the context."""
    used: list[float] = []
    began = time.process_time()
    yield used
    used.append(1000 * (time.process_time() - began))


@contextlib.contextmanager
def server_spent(folder: CourseFolder) -> Iterator[list[float]]:
    """Measure what the database server spends; 0 if there is none."""
    url = sqlalchemy.make_url(folder.coursedir.db_url)
    used: list[float] = []
    if url.get_backend_name() == "sqlite":
        yield used
        used.append(0.0)
        return
    file = Path(str(url.query["host"])) / "data" / "postmaster.pid"
    server = psutil.Process(int(file.read_text().split()[0]))
    began = family(server)
    yield used
    used.append(1000 * (family(server) - began))


def family(process: psutil.Process) -> float:
    """Return the seconds of CPU of a process and its children, those that ended included."""
    times = process.cpu_times()
    ended = times.children_user + times.children_system
    return cpu(process) + ended + sum(cpu(child) for child in process.children(recursive=True))


def cpu(process: psutil.Process) -> float:
    """Return the seconds of CPU that a process has used."""
    times = process.cpu_times()
    return float(times.user + times.system)


def gradebook_size(folder: CourseFolder) -> int:
    """Return the bytes of the gradebook."""
    url = sqlalchemy.make_url(folder.coursedir.db_url)
    if url.get_backend_name() == "sqlite":
        return Path(str(url.database)).stat().st_size
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        query = sqlalchemy.text("SELECT pg_database_size(current_database())")
        found = int(connection.execute(query).scalar_one())
    engine.dispose()
    return found


def disk(folder: Path) -> int:
    """Return the bytes a folder takes on the disk, in whole blocks."""
    return sum(path.lstat().st_blocks * 512 for path in folder.rglob("*"))


def size(messages: Sequence[bytes]) -> float:
    """Return the mean length."""
    return statistics.mean(map(len, messages))


if __name__ == "__main__":
    # Dask's workers find functions by their module's name.
    from benchmarks.scale import main as start

    sys.exit(start())
