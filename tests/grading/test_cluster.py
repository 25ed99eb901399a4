"""A real scheduler and real workers, which know nothing of the driver but what it sends."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, as_completed, wait
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest
from nbgrader.api import Gradebook

from course import __version__
from course.grading import cluster as module
from course.grading.cluster import ClusterError, ClusterWorkers, lanes
from course.grading.folder import CourseFolder
from course.grading.job import Job, Result
from course.grading.lane import EXECUTOR
from course.grading.pipeline import Grading
from course.grading.spec import read_assignment
from tests.grading.conftest import run_course
from tests.grading.plain import NAME, RIGHT, WRONG, hand_in
from tests.grading.runner import order, prepare
from tests.grading.services import Cluster, cluster, until

pytestmark = pytest.mark.kernel
LONG = 60  # seconds after which a test gives up


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Two workers of one thread."""
    with cluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started


@pytest.fixture
def fleeting(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler of the test's own, to be broken; without workers."""
    with cluster(tmp_path, workers=0) as started:
        yield started


def saw(result: Result) -> dict[str, Any]:
    return dict(result.notebooks[0].ran[0].outputs[0]["data"])


def traces(cluster: Cluster, number: int) -> list[str]:
    file = cluster.folder / f"worker{number}" / "traces"
    return file.read_text().split() if file.exists() else []


def test_every_job_comes_back_and_all_workers_work(two: Cluster) -> None:
    workers = ClusterWorkers(two.address, prepare)
    assert workers.slots == 2
    sent = {f"student{n}": workers.submit(f"student{n}", order(seconds=0.02)) for n in range(20)}
    results = {student: future.result(LONG) for student, future in sent.items()}
    workers.close()
    assert {result.executor for result in results.values()} == {workers.name} == {EXECUTOR}
    processes = {saw(result)["process"] for result in results.values()}
    assert processes == {worker.pid for worker in two.workers}


def test_a_worker_learns_the_job_and_nothing_else(
    two: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = tmp_path / "my course"
    course.mkdir()
    monkeypatch.chdir(course)
    monkeypatch.setenv("SECRET", "gradebook.db")
    data = bytes(range(256)) * 1000
    job = order(
        files={"data/a.csv": data, "b.csv": b"changed", "own.txt": b"mine"},
        given={"data/a.csv": data, "b.csv": b"as given", "only/here.csv": b""},
        pinned=("own.txt",),
    )
    workers = ClusterWorkers(two.address, prepare)
    result = saw(workers.submit("ada", job).result(LONG))
    workers.close()
    assert eval(result["job"], vars(sys.modules["course.grading.job"])) == job
    assert Path(result["folder"]).parent == two.folder
    told = str(result)
    assert not [word for word in ("ada", str(course), "gradebook.db") if word in told]


def test_lanes_are_kept_for_the_next_run_and_closed_with_the_worker(fleeting: Cluster) -> None:
    fleeting.add_worker(threads=2)
    for _run in range(2):
        workers = ClusterWorkers(fleeting.address, prepare)
        assert workers.slots == 2
        wait([workers.submit(str(n), order(seconds=0.1)) for n in range(4)], LONG)
        workers.close()
    assert sorted(traces(fleeting, 0)) == ["began"] * 8 + ["started"] * 2
    fleeting.workers[0].send_signal(signal.SIGTERM)
    fleeting.workers[0].wait(LONG)
    assert traces(fleeting, 0).count("closed") >= 2


def test_a_worker_killed_on_the_way_loses_nothing(fleeting: Cluster) -> None:
    for _ in range(2):
        fleeting.add_worker()
    fleeting.wait()
    workers = ClusterWorkers(fleeting.address, prepare)
    sent: dict[Future[Result], int] = {}
    for number in range(30):
        sent[workers.submit(str(number), order(seconds=0.1))] = number
    done = as_completed(sent, LONG)
    first = [next(done) for _ in range(6)]
    fleeting.workers[0].send_signal(signal.SIGKILL)
    rest = list(done)
    workers.close()
    assert sorted(sent[future] for future in (*first, *rest)) == list(range(30))
    assert {future.result().status for future in sent} == {"done"}
    # one at least was begun twice: on the worker that died, and on the one that lived
    assert len([t for n in range(2) for t in traces(fleeting, n) if t == "began"]) > 30


def test_what_a_worker_had_when_it_was_told_to_end_runs_elsewhere(fleeting: Cluster) -> None:
    for _ in range(2):
        fleeting.add_worker()
    fleeting.wait()
    workers = ClusterWorkers(fleeting.address, prepare)
    sent = [workers.submit(str(number), order(seconds=1.0)) for number in range(4)]
    until(lambda: "began" in traces(fleeting, 0))
    fleeting.workers[0].send_signal(signal.SIGTERM)
    assert [future.result(LONG).status for future in sent] == ["done"] * 4
    workers.close()


def test_what_kills_every_worker_fails_and_the_others_do_not(tmp_path: Path) -> None:
    with cluster(tmp_path, workers=3, allowed_failures=1) as started:
        workers = ClusterWorkers(started.address, prepare)
        poison = workers.submit("poison", order("kill")).result(LONG)
        assert (poison.status, poison.executor) == ("failed", EXECUTOR)
        assert "2 workers died" in poison.reason
        assert workers.submit("honest", order()).result(LONG).status == "done"
        workers.close()


def test_a_mistake_of_ours_costs_one_submission(two: Cluster) -> None:
    workers = ClusterWorkers(two.address, prepare)
    assert workers.submit("a", order("raise")).result(LONG).status == "failed"
    assert workers.submit("b", order()).result(LONG).status == "done"
    workers.close()


def test_who_is_waited_for(two: Cluster) -> None:
    workers = ClusterWorkers(two.address, prepare)
    sent = [workers.submit(name, order(seconds=0.3)) for name in ("a", "b", "c")]
    assert list(workers.running()) == ["a", "b"]
    assert all(0 <= seconds < LONG for seconds in workers.running().values())
    wait(sent, LONG)
    assert workers.running() == {}
    workers.close()


def test_closing_now_drops_what_has_not_begun(two: Cluster) -> None:
    workers = ClusterWorkers(two.address, prepare)
    sent = [workers.submit(str(n), order(seconds=0.3)) for n in range(50)]
    sent[0].result(LONG)
    workers.close(now=True)
    ended = [future.exception(0) for future in sent]
    assert len([end for end in ended if isinstance(end, ClusterError)]) > 40
    # and the cluster is fit for the next run
    workers = ClusterWorkers(two.address, prepare)
    assert workers.submit("next", order()).result(LONG).status == "done"
    workers.close()


def test_nobody_there(monkeypatch: pytest.MonkeyPatch, fleeting: Cluster) -> None:
    monkeypatch.setattr(module, "_ARRIVAL", 1.0)
    with pytest.raises(ClusterError, match=r"no workers.*dask worker tcp://127.0.0.1"):
        ClusterWorkers(fleeting.address, prepare)
    fleeting.scheduler.kill()
    fleeting.scheduler.wait()
    for address in (fleeting.address, "nonsense://x"):
        with pytest.raises(ClusterError, match=f"reached at {address}"):
            ClusterWorkers(address, prepare)


def test_all_workers_gone(fleeting: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_GLANCE", 0.2)
    fleeting.add_worker()
    workers = ClusterWorkers(fleeting.address, prepare, patience=1.0)
    sent = [workers.submit(name, order(seconds=LONG)) for name in ("a", "b")]
    until(lambda: "began" in traces(fleeting, 0))
    fleeting.workers[0].kill()
    for future in sent:
        with pytest.raises(ClusterError, match=r"no worker for 1 seconds.*same command again"):
            future.result(LONG)
    workers.close(now=True)


def test_scheduler_lost(fleeting: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ARRIVAL", 10.0)
    fleeting.add_worker()
    workers = ClusterWorkers(fleeting.address, prepare)
    assert workers.submit("a", order()).result(LONG).status == "done"
    sent = [workers.submit(name, order(seconds=LONG)) for name in ("b", "c")]
    fleeting.scheduler.kill()
    for future in (*sent, workers.submit("d", order())):
        with pytest.raises(ClusterError, match=r"was lost on the way.*same command again"):
            future.result(LONG)
    workers.close(now=True)


@pytest.mark.parametrize(
    ("preload", "answer"),
    [
        ("import course; course.__version__ = '0.0.0'", "0.0.0"),
        ("import sys; sys.modules['course'] = None", ".*No module named 'course.grading"),
    ],
    ids=["other version", "not installed"],
)
def test_another_installation(fleeting: Cluster, preload: str, answer: str) -> None:
    fleeting.add_worker(preload=preload)
    with pytest.raises(ClusterError, match=f"must have version {__version__}.*answers: {answer}"):
        ClusterWorkers(fleeting.address, prepare)


def test_another_version_joins_on_the_way(fleeting: Cluster) -> None:
    fleeting.add_worker()
    workers = ClusterWorkers(fleeting.address, prepare)
    assert workers.submit("a", order()).result(LONG).status == "done"
    fleeting.add_worker(preload="import course; course.__version__ = '0.0.0'")
    fleeting.wait()
    sent = [workers.submit(str(n), order(seconds=0.05)) for n in range(20)]
    ends = [future.exception(LONG) for future in sent]
    assert None in ends
    assert any("answers: 0.0.0" in str(end) for end in ends if isinstance(end, ClusterError))
    workers.close(now=True)


def test_a_worker_that_cannot_run_submissions_says_why(two: Cluster) -> None:
    workers = ClusterWorkers(two.address, partial(prepare, "no jail here"))
    with pytest.raises(ClusterError, match=r"worker at tcp://.*no jail here"):
        workers.submit("a", order()).result(LONG)
    workers.close()


def test_who_shared_a_worker_with_a_lane_that_broke_is_run_again(fleeting: Cluster) -> None:
    fleeting.add_worker(threads=2)
    workers = ClusterWorkers(fleeting.address, prepare)
    neighbour = workers.submit("a", order(seconds=2.0))
    until(lambda: "began" in traces(fleeting, 0))
    with pytest.raises(ClusterError, match="cannot run submissions: it broke"):
        workers.submit("b", order("break")).result(LONG)
    assert neighbour.result(LONG).status == "done"
    workers.close()


def test_without_dask_it_says_what_to_install() -> None:
    script = "import sys; sys.modules['distributed'] = None; import course.grading.cluster"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 1
    assert "pip install 'lead-the-deal[cluster]'" in done.stderr.splitlines()[-1]


class Losing(ClusterWorkers):
    """Loses a worker as soon as the first submission has run."""

    victim: psutil.Process
    children: list[psutil.Process]

    def submit(self, student: str, job: Job) -> Future[Result]:
        future = super().submit(student, job)
        future.add_done_callback(self._lose)
        return future

    def _lose(self, _future: Future[Result]) -> None:
        if self.victim.is_running():
            self.children = self.victim.children(recursive=True)
            self.victim.kill()
            self.victim.wait()


@pytest.mark.filterwarnings("ignore")  # nbgrader's own are many
def test_a_course_is_graded_though_a_worker_is_lost(small: Path, tmp_path: Path) -> None:
    students = [f"student{number:02}" for number in range(12)]
    for number, student in enumerate(students):
        hand_in(small, student, WRONG if number % 3 == 0 else RIGHT)
    folder = CourseFolder.open(small)
    with cluster(tmp_path / "cluster") as started:
        with Grading(folder, read_assignment(folder, NAME)) as grading:
            workers = Losing(started.address, lanes)
            workers.victim = psutil.Process(started.workers[0].pid)
            report = grading.run(folder.submissions(NAME), workers)
            workers.close()
        assert [(entry.student, entry.status, entry.score) for entry in report.entries] == [
            (student, "graded", 3.0 if number % 3 == 0 else 6.0)
            for number, student in enumerate(students)
        ]
        assert not psutil.wait_procs(workers.children, LONG)[1]  # its jails ended with it

        # The same by the command. What is recorded stays; the lanes of the worker left are warm.
        hand_in(small, "late", RIGHT)
        home = small / "home"
        said = run_course(
            "grade", NAME, "--scheduler", started.address, "--json", cwd=small, home=home
        )
    totals = json.loads(said)["totals"]
    assert (totals["graded"], totals["unchanged"]) == (13, 12)
    with Gradebook(folder.coursedir.db_url, "small") as book:
        found = {s.student.id: s.score for s in book.assignment_submissions(NAME)}
    assert len(found) == 13
    assert set(found.values()) == {3.0, 6.0}
