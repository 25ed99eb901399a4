"""A stream of submissions: all are graded once, whatever some of them do and however it ends."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import tracemalloc
from concurrent.futures import Future
from pathlib import Path

import pytest

from course.grading.folder import CourseFolder
from course.grading.job import Job, Result
from course.grading.pipeline import Grading, GradingError
from course.grading.record import Busy
from course.grading.report import Entry, Report
from course.grading.spec import read_assignment
from course.grading.workers import LocalWorkers
from tests.grading.plain import NAME, PLAIN, RIGHT, WRONG, PlainRunner, grade, hand_in

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.filterwarnings("ignore"),  # nbgrader's gradebook has many
]
ROOT = Path(__file__).parents[2]


class Counting(PlainRunner):
    """Counts how often it was started and closed."""

    def __init__(self, tally: dict[str, int]) -> None:
        super().__init__()
        self._tally = tally

    def start(self) -> None:
        self._tally["started"] = self._tally.get("started", 0) + 1

    def close(self) -> None:
        self._tally["closed"] = self._tally.get("closed", 0) + 1


def run(
    course: Path,
    workers: LocalWorkers,
    *,
    stop: threading.Event | None = None,
    watcher: "Record | None" = None,
) -> Report:
    folder = CourseFolder.open(course)
    with Grading(folder, read_assignment(folder, NAME), watcher=watcher) as grading:
        return grading.run(folder.submissions(NAME), workers, stop=stop)


class Record:
    """A watcher that keeps what it hears; it may do something after so many submissions."""

    def __init__(self, stop: threading.Event | None = None, after: int = 0) -> None:
        self.total = 0
        self.entries: list[Entry] = []
        self._stop, self._after = stop, after

    def begin(self, total: int) -> None:
        self.total = total

    def ended(self, entry: Entry) -> None:
        self.entries.append(entry)
        if self._stop and len(self.entries) == self._after:
            self._stop.set()

    def running(self, seconds: object) -> None:
        pass


def test_many_submissions_are_all_graded_in_little_memory(small: Path) -> None:
    base = hand_in(small, "base", RIGHT, files={"large.bin": "x" * 200_000})
    for number in range(299):
        shutil.copytree(base, small / "submitted" / f"s{number:03}" / NAME)
    peaks: list[int] = []

    def peak(_job: Job) -> None:
        peaks.append(tracemalloc.get_traced_memory()[0])

    tracemalloc.start()
    try:
        report = grade(small, instead=peak)
    finally:
        tracemalloc.stop()
    assert report.totals["graded"] == report.totals["submissions"] == 300
    assert report.exit_code == 0
    assert {entry.score for entry in report.entries} == {6.0}
    # 300 of them have 60 MB: they are never all in memory, nor do more and more of them stay.
    assert max(peaks) - peaks[0] < 20_000_000


def test_what_one_submission_does_is_its_own_affair(small: Path) -> None:
    kinds = ("fine", "refused", "crashed", "failing", "raising", "wrong", "also-fine")
    for number, kind in enumerate(kinds):
        folder = hand_in(small, f"{number}-{kind}", WRONG if kind == "wrong" else RIGHT)
        (folder / "kind.txt").write_text(kind)
        if kind == "refused":
            (folder / "one.ipynb").write_bytes(b"\0")

    def instead(job: Job) -> Result | None:
        match job.files["kind.txt"]:
            case b"crashed":
                return Result("crashed", reason="It ended itself.", executor=PLAIN)
            case b"failing":
                return Result("failed", reason="The disk is full.", executor=PLAIN)
            case b"raising":
                raise RuntimeError("a mistake of ours")
        return None

    report = grade(small, instead=instead)
    assert [(entry.status, entry.score) for entry in report.entries] == [
        ("graded", 6.0),
        ("refused", 1.0),
        ("crashed", 0.0),
        ("failed", 0.0),
        ("failed", 0.0),
        ("graded", 3.0),
        ("graded", 6.0),
    ]
    assert report.entries[4].problem == "RuntimeError: a mistake of ours"
    assert report.exit_code == 2


def test_a_slow_one_holds_up_nobody(small: Path) -> None:
    for name in ("a-slow", "b", "c", "d"):
        folder = hand_in(small, name, RIGHT)
        (folder / "name.txt").write_text(name)
    others = threading.Event()
    watcher = Record(others, after=3)

    def wait(job: Job) -> None:
        if job.files["name.txt"] == b"a-slow":
            assert others.wait(60)  # it ends when the others have been recorded

    workers = LocalWorkers(lambda: PlainRunner(wait), slots=2, name=PLAIN)
    report = run(small, workers, watcher=watcher)
    workers.close()
    assert [entry.score for entry in report.entries] == [6.0] * 4
    assert watcher.entries[-1].student == "a-slow"


def test_each_thread_has_a_runner_of_its_own_and_closes_it(small: Path) -> None:
    for number in range(6):
        hand_in(small, f"s{number}", RIGHT)
    tally: dict[str, int] = {}
    workers = LocalWorkers(lambda: Counting(tally), slots=3, name=PLAIN)
    run(small, workers)
    workers.close()
    assert tally == {"started": 3, "closed": 3}


def test_runners_that_cannot_start_end_the_run_in_a_sentence(small: Path) -> None:
    class Broken(PlainRunner):
        def start(self) -> None:
            raise RuntimeError("no jail here")

    hand_in(small, "anna", RIGHT)
    workers = LocalWorkers(Broken, slots=1, name=PLAIN)
    with pytest.raises(GradingError, match="cannot be run here: no jail here"):
        run(small, workers)
    workers.close(now=True)
    assert grade(small).totals["graded"] == 1


def test_a_run_that_is_stopped_keeps_what_it_has_and_the_next_goes_on(small: Path) -> None:
    for number in range(60):
        hand_in(small, f"s{number:02}", RIGHT)
    stop = threading.Event()
    workers = LocalWorkers(PlainRunner, slots=1, name=PLAIN)
    report = run(small, workers, stop=stop, watcher=Record(stop, after=16))
    workers.close(now=True)
    assert report.interrupted
    assert report.exit_code == 130
    done = len(report.entries)
    assert 16 <= done < 60
    assert report.left == 60 - done
    again = grade(small)
    assert again.totals["unchanged"] == done
    assert again.totals["graded"] == 60
    assert grade(small).totals["unchanged"] == 60


def test_two_runs_do_not_grade_the_same_assignment(small: Path) -> None:
    hand_in(small, "anna", RIGHT)
    folder = CourseFolder.open(small)
    spec = read_assignment(folder, NAME)
    with (
        Grading(folder, spec),
        pytest.raises(Busy, match=f"is being graded already, by process {os.getpid()} on"),
        Grading(folder, spec),
    ):
        pass
    assert grade(small).totals["graded"] == 1  # the lock went with its holder


RUN = """
import sys, time
from pathlib import Path
from tests.grading.plain import grade
print("ready", flush=True)
grade(Path.cwd(), instead=lambda job: time.sleep(0.05))
print("done", flush=True)
"""


_MANY = 120  # so that a busy machine does not finish before it is told to stop


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_killed_run_resumes(how: signal.Signals, small: Path) -> None:
    for number in range(_MANY):
        hand_in(small, f"s{number:03}", RIGHT)
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", RUN],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    with process, process.stdout:
        records = small / ".course-grade" / NAME
        deadline = time.monotonic() + 60
        while len(list(records.glob("*.json"))) < 16 and time.monotonic() < deadline:
            time.sleep(0.02)
        while process.poll() is None and time.monotonic() < deadline + 60:
            process.send_signal(how)  # again, as people do: a library may swallow the first
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.5)
        assert "done" not in process.stdout.read()
    done = len(list(records.glob("*.json")))
    assert 16 <= done < _MANY
    report = grade(small)
    assert report.totals["graded"] == _MANY
    assert report.totals["unchanged"] == done
    assert {entry.score for entry in report.entries} == {6.0}
    assert not list((small / "autograded").glob("*/.*"))  # what was half written is gone


def test_workers_closed_in_a_hurry_drop_what_they_have() -> None:
    begun, released = threading.Event(), threading.Event()

    class Slow(PlainRunner):
        def run(self, job: Job) -> Result:
            begun.set()
            released.wait(60)
            return Result("done", executor=PLAIN)

        def close(self) -> None:
            released.set()

    workers = LocalWorkers(Slow, slots=1, name=PLAIN)
    futures: list[Future[Result]] = [workers.submit(f"s{n}", Job(())) for n in range(3)]
    assert begun.wait(60)
    assert list(workers.running()) == ["s0"]
    workers.close(now=True)
    assert [future.cancelled() for future in futures] == [False, True, True]
    assert workers.running() == {}
