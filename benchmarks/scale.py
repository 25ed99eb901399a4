"""What one submission costs at each station, and so many do: the tables of docs/scale.md.

    .venv/bin/python benchmarks/scale.py [--submissions 200] [--grow 20000]

For homework 01 and for a plain pandas and matplotlib assignment: CPU on the machine that runs
submissions; CPU of the driver, with a gradebook in SQLite and on a PostgreSQL server; CPU that Dask
adds, at the sizes of these jobs and results; bytes over the wire, on disk and in the gradebook.
Then whether a gradebook slows down as it grows. Seconds are of CPU, so that a busy machine disturbs
them less than it would a clock; still, leave it alone meanwhile.
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


Figures = dict[str, float]  # a line of the first table → what was measured
LINES = {
    "lane": "CPU in the jails and the lane, ms",
    "memory": "memory of a lane, MB",
    "dask worker": "CPU Dask adds on a worker, ms",
    "dask scheduler": "CPU of Dask's scheduler, ms",
    "dask driver": "CPU Dask adds in the driver, ms",
    "sqlite first": "CPU of the driver, SQLite, ms",
    "sqlite wall": "the same, wall clock, ms",
    "sqlite again": "the same, CPU if nothing has changed, ms",
    "postgres first": "CPU of the driver, PostgreSQL, ms",
    "postgres wall": "the same, wall clock, ms",
    "postgres server": "CPU of the PostgreSQL server, ms",
    "job": "job on the wire, kB",
    "result": "result on the wire, kB",
    "submitted": "submission on disk, kB",
    "autograded": "autograded folder and record on disk, kB",
    "sqlite size": "gradebook, SQLite, kB",
    "postgres size": "gradebook, PostgreSQL, kB",
    "sqlite start": "save, empty gradebook, SQLite, ms of wall clock",
    "sqlite end": "save, full gradebook, SQLite, ms of wall clock",
    "postgres start": "save, empty gradebook, PostgreSQL, ms of wall clock",
    "postgres end": "save, full gradebook, PostgreSQL, ms of wall clock",
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--submissions", type=int, default=200, help="of each assignment")
    parser.add_argument("--grow", type=int, default=20_000, help="what makes a gradebook full")
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # nbgrader's own are many
    os.environ["PATH"] = f"{BIN}{os.pathsep}{os.environ['PATH']}"  # nbgrader calls alembic by name
    measured = {}
    for name in (SLUG, PLAIN):
        with tempfile.TemporaryDirectory() as folder, postgres() as url:
            measured[name] = measure(Path(folder), name, url, options.submissions, options.grow)
    print(
        "\n| each submission |", " | ".join(measured), "|\n|---|", "---:|" * len(measured), sep=""
    )
    for key, line in LINES.items():
        values = " | ".join(f"{figures[key]:,.1f}" for figures in measured.values())
        print(f"| {line} | {values} |")
    for name, figures in measured.items():
        print(f"\n{name}\n")
        print_scenarios(figures)


def print_scenarios(of: Figures) -> None:
    """Print what follows by the formulae of docs/scale.md."""
    here = (of["lane"] + of["sqlite first"]) / 1000
    worker = (of["lane"] + of["dask worker"]) / 1000
    driver = (of["postgres first"] + of["dask driver"]) / 1000
    beat = (of["postgres wall"] + of["dask driver"]) / 1000  # one submission each
    most = int(worker / beat)  # cores that one driver keeps busy
    print("| submissions | on | hours | core-hours | over the wire, GB | on disk, GB |")
    print("|---:|---|---:|---:|---:|---:|")
    for number, cores in ((100, 2), (10_000, 2), (10_000, 16), (1_000_000, 16)):
        stored = number * (of["submitted"] + of["autograded"] + of["sqlite size"]) / 1e6
        work = number * here / 3600
        where = f"{cores} cores, SQLite"
        print(f"| {number:,} | {where} | {work / cores:.2f} | {work:.1f} | – | {stored:.1f} |")
    for number, cores in ((10_000, most), (1_000_000, most)):
        stored = number * (of["submitted"] + of["autograded"] + of["postgres size"]) / 1e6
        wire = number * (of["job"] + of["result"]) / 1e6
        extra = driver + (of["dask scheduler"] + of["postgres server"]) / 1000
        work = number * (worker + extra) / 3600
        hours = number * max(worker / cores, beat) / 3600
        where = f"{cores} worker cores, PostgreSQL"
        print(f"| {number:,} | {where} | {hours:.2f} | {work:.1f} | {wire:.1f} | {stored:.1f} |")


def measure(place: Path, name: str, url: str, number: int, grow: int) -> Figures:
    """Measure everything about one assignment."""
    course = place / "sqlite"
    make_course(course, name)
    hand_in(course, name, number)
    figures, jobs, results = execute(course, name)
    figures |= dask(place / "cluster", [Job.from_bytes(job) for job in jobs], results, number)
    on_server = place / "postgres"
    shutil.copytree(course, on_server)
    with (on_server / "nbgrader_config.py").open("a") as settings:
        settings.write(f"\nc.CourseDirectory.db_url = {url!r}\n")
    nbgrader(on_server, "generate_assignment", name, "--force")
    for folder in (course, on_server):
        figures |= drive(folder, name, results)
        figures |= growing(folder, name, results[0], grow)
    return figures


def execute(course: Path, name: str) -> tuple[Figures, list[bytes], list[bytes]]:
    """Run some submissions in a lane; return what it cost, and what would travel."""
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
    children = sum(result.cpu_seconds for result in results)
    sent, received = [job.to_bytes() for job in jobs], [result.to_bytes() for result in results]
    figures = {
        "lane": (own[0] + 1000 * children) / len(jobs),
        "memory": memory / 1e6,
        "job": statistics.mean(map(len, sent)) / 1000,
        "result": statistics.mean(map(len, received)) / 1000,
    }
    return figures, sent, received


def dask(place: Path, jobs: Sequence[Job], results: list[bytes], number: int) -> Figures:
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
    return {
        "dask driver": own[0] / number,
        "dask scheduler": used[0],
        "dask worker": used[1],
    }


def drive(course: Path, name: str, results: Sequence[bytes]) -> Figures:
    """Grade everything with known results: what is left is the driver's own work."""
    folder, spec = opened(course, name)
    submissions = folder.submissions(name)
    number = len(submissions)
    forget(course)
    kind = course.name
    figures = {}
    before = gradebook_size(folder)
    for what in ("first", "again"):  # again: nothing has changed
        with Grading(folder, spec) as grading, spent() as own, server_spent(folder) as server:
            began = time.perf_counter()
            report = grading.run(submissions, Known(results))
            wall = time.perf_counter() - began
        assert report.totals["unchanged"] == (number if what == "again" else 0)
        figures[f"{kind} {what}"] = own[0] / number
        if what == "first":
            figures[f"{kind} server"] = server[0] / number
            figures[f"{kind} wall"] = 1000 * wall / number
    kept = disk(course / "autograded") + disk(course / ".course-grade")
    return figures | {
        "submitted": disk(course / "submitted") / number / 1000,
        "autograded": kept / number / 1000,
        f"{kind} size": (gradebook_size(folder) - before) / number / 1000,
    }


def growing(course: Path, name: str, result: bytes, grow: int) -> Figures:
    """Fill a gradebook; return what it took to save a submission at the start and at the end."""
    folder, spec = opened(course, name)
    student, path = next(iter(folder.submissions(name).items()))
    grades = assess(folder, spec, take_in(spec, path, student), Result.from_bytes(result)).grades
    gradebook = Gradebook(folder.coursedir.db_url, name)
    before = gradebook_size(folder)
    walls = []
    batches = max(grow // 160, 1)  # in a tenth
    for number in range(0, 10 * batches):
        batch = [replace(grades, student=f"many{16 * number + n:08}") for n in range(16)]
        began = time.perf_counter()
        gradebook.save(batch, None)
        walls.append(1000 * (time.perf_counter() - began) / 16)
    gradebook.close()
    return {
        f"{course.name} start": statistics.mean(walls[:batches]),
        f"{course.name} end": statistics.mean(walls[-batches:]),
        f"{course.name} size": (gradebook_size(folder) - before) / (160 * batches) / 1000,
    }


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


if __name__ == "__main__":
    # Dask's workers find functions by their module's name.
    from benchmarks.scale import main as start

    sys.exit(start())
