"""Work is graded as it arrives, and the learner has the feedback at once."""

import getpass
import io
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import nbformat
import pytest
from rich.console import Console

from course.grading.exchange import Exchange
from course.grading.folder import CourseFolder
from course.grading.pipeline import Grading
from course.grading.spec import read_assignment
from course.grading.watch import Desk
from course.grading.workers import LocalWorkers
from tests.grading.conftest import run_nbgrader
from tests.grading.plain import NAME, PLAIN, RIGHT, WRONG, PlainRunner, hand_in
from tests.grading.test_cli_grade import COMMAND, environment

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.filterwarnings("ignore"),  # nbgrader's gradebook has many
]


class Learner:
    """A learner's folder on the same machine, where nbgrader's own commands are run."""

    def __init__(self, name: str, course: Path) -> None:
        self.name = name
        self.desk = course.with_name(name)
        self.desk.mkdir()
        self._home = course / "home"
        shutil.copy(course / "nbgrader_config.py", self.desk)
        self.nbgrader("fetch_assignment", NAME)

    def nbgrader(self, *arguments: str) -> str:
        return run_nbgrader(*arguments, cwd=self.desk, home=self._home)

    def submit(self, answers: dict[str, str]) -> None:
        for path in (self.desk / NAME).glob("*.ipynb"):
            notebook = nbformat.read(path, as_version=4)
            for cell in notebook.cells:
                cell.source = answers.get(cell.metadata.nbgrader.grade_id, cell.source)
            nbformat.write(notebook, path)
        self.nbgrader("submit", NAME)

    def feedback(self) -> list[Path]:
        self.nbgrader("fetch_feedback", NAME)
        return sorted((self.desk / NAME / "feedback").glob("*/*.html"))


@pytest.fixture
def shared(small: Path) -> Path:
    """The course folder, with an exchange in which the assignment is released."""
    exchange = small.with_name("exchange")
    exchange.mkdir()
    exchange.chmod(0o777)
    with (small / "nbgrader_config.py").open("a") as file:
        file.write(f"c.Exchange.root = {str(exchange)!r}\n")
        file.write(f"c.Exchange.cache = {str(small.with_name('cache'))!r}\n")
    run_nbgrader("release_assignment", NAME, cwd=small, home=small / "home")
    return small


class Here:
    """An instructor's desk, and what is said at it."""

    def __init__(self, course: Path) -> None:
        folder = CourseFolder.open(course)
        self.spoken = io.StringIO()
        self.workers = LocalWorkers(PlainRunner, slots=1, name=PLAIN)
        self.grading = Grading(folder, read_assignment(folder, NAME))
        self.desk = Desk(
            self.grading,
            self.workers,
            Exchange(folder, NAME),
            Console(file=self.spoken, width=200),
            threading.Event(),
        )

    def __enter__(self) -> Self:
        self.grading.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.grading.__exit__()
        self.workers.close()

    def look(self) -> list[str]:
        """Look once, grade what has arrived, and return whose it was."""
        arrived = self.desk.arrived()
        if arrived:
            self.desk.grade(arrived)
        return sorted(arrived)

    @property
    def said(self) -> str:
        return self.spoken.getvalue()


@pytest.fixture
def here(shared: Path) -> Iterator[Here]:
    with Here(shared) as made:
        yield made


def test_from_submit_to_feedback(here: Here, shared: Path) -> None:
    me = getpass.getuser()
    assert here.look() == []
    learner = Learner("learner", shared)
    learner.submit(RIGHT)
    assert here.look() == []  # it may still be arriving
    assert here.look() == [me]
    assert f"{me}: graded, 6 of 16 points; feedback released" in here.said
    assert [path.name for path in learner.feedback()] == ["one.html", "two.html"]
    assert here.look() == here.look() == []
    learner.submit(WRONG)
    here.look()
    assert here.look() == [me]
    assert f"{me}: graded, 3 of 16 points; feedback released" in here.said
    assert len(learner.feedback()) == 4
    (entry,) = here.desk.report().entries
    assert entry.score == 3.0


def test_what_is_put_into_the_folder_is_graded_once_it_is_complete(
    here: Here, shared: Path
) -> None:
    here.look()
    folder = hand_in(shared, "anna", RIGHT, only=["one"])
    assert here.look() == []
    hand_in(shared, "anna", RIGHT)
    assert here.look() == []  # it changed between the two looks
    assert here.look() == ["anna"]
    assert "anna: graded, 6 of 16 points; feedback released" in here.said
    assert (shared / "feedback" / "anna" / NAME / "one.html").exists()
    (folder / "one.ipynb").write_text("{")
    here.look()
    assert here.look() == ["anna"]
    assert "anna: refused, 1 of 16 points;" in here.said


def test_what_is_there_at_the_start_is_graded_at_once_and_only_if_it_is_new(shared: Path) -> None:
    for name in ("anna", "bob"):
        hand_in(shared, name, RIGHT)
    with Here(shared) as here:
        assert here.look() == ["anna", "bob"]
        assert "anna: graded, 6 of 16 points" in here.said
    hand_in(shared, "bob", WRONG)
    with Here(shared) as here:
        assert here.look() == ["anna", "bob"]
        assert "anna" not in here.said
        assert "bob: graded, 3 of 16 points" in here.said
        assert {entry.score for entry in here.desk.report().entries} == {6.0, 3.0}


def test_a_course_without_an_exchange_is_told_so(small: Path) -> None:
    with (small / "nbgrader_config.py").open("a") as file:
        file.write("c.Exchange.root = '/no/such/exchange'\n")
    hand_in(small, "anna", RIGHT)
    with Here(small) as here:
        here.desk.greet()
        assert here.look() == ["anna"]
    assert "Nothing is collected from the exchange" in here.said
    assert "there is no /no/such/exchange/small/inbound" in here.said
    assert "6 of 16 points; feedback written" in here.said


def test_the_command_goes_on_until_it_is_stopped(shared: Path) -> None:
    learner = Learner("learner", shared)
    with subprocess.Popen(
        [*COMMAND, "grade", NAME, "--jobs", "1", "--watch"],
        cwd=shared,
        env=environment(shared / "home"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        assert "Watching" in process.stderr.readline()
        learner.submit(RIGHT)
        line = process.stderr.readline()
        assert "graded, 6 of 16 points; feedback released" in line
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 0, stderr
    assert "Traceback" not in stderr
    assert "1 submissions" in stdout
