"""A gradebook on a real PostgreSQL server, by nbgrader's own setting for it."""

import csv
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbgrader import api
from sqlalchemy import create_engine, text

from course.grading.job import Job, NotebookRun, Ran, Result
from course.grading.record import Gradebook
from course.grading.record.rows import Grades
from tests.grading.conftest import run_nbgrader
from tests.grading.plain import NAME, PLAIN, RIGHT, WRONG, grade, hand_in
from tests.grading.services import postgres, until

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.filterwarnings("ignore"),  # nbgrader's own are many
]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres() as url:
        yield url


@pytest.fixture(scope="module")
def on_server(generated: Path, server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course folder whose gradebook nbgrader made on the server."""
    folder = tmp_path_factory.mktemp("postgres") / "course"
    shutil.copytree(generated, folder, ignore=shutil.ignore_patterns("gradebook.db"))
    with (folder / "nbgrader_config.py").open("a") as settings:
        settings.write(f"c.CourseDirectory.db_url = {server!r}\n")
    nbgrader(folder, "generate_assignment", NAME, "--force")
    return folder


@pytest.fixture
def course(on_server: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(on_server)
    monkeypatch.setenv("HOME", str(on_server / "home"))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(on_server / "home" / "config"))
    return on_server


def nbgrader(course: Path, *arguments: str) -> str:
    return run_nbgrader(*arguments, cwd=course, home=course / "home")


def scores(server: str, *students: str) -> list[float]:
    with api.Gradebook(server, "small") as book:
        return [book.find_submission(NAME, student).score for student in students]


def test_grades_and_regrades(course: Path, server: str) -> None:
    hand_in(course, "ada", RIGHT)
    hand_in(course, "bob", WRONG, timestamp="2025-01-01 23:30:00.000000 UTC")
    report = grade(course, "ada", "bob")
    assert [(entry.status, entry.score) for entry in report.entries] == [
        ("graded", 6.0),
        ("graded", 3.0),
    ]
    assert scores(server, "ada", "bob") == [6.0, 3.0]
    with api.Gradebook(server, "small") as book:
        # as it was handed in, though the server is in another time zone
        assert book.find_submission(NAME, "bob").timestamp.isoformat() == "2025-01-01T23:30:00"
        essay = book.find_grade("essay", "one", NAME, "bob")
        assert essay.needs_manual_grade
        essay.manual_score = 2.5
        book.db.commit()

    hand_in(course, "bob", RIGHT, timestamp="2025-01-02 10:00:00.000000 UTC")
    report = grade(course, "ada", "bob")
    assert [entry.unchanged for entry in report.entries] == [True, False]
    assert scores(server, "ada", "bob") == [6.0, 8.5]


def test_nbgrader_reads_it_back(course: Path, server: str) -> None:
    hand_in(course, "eve", RIGHT)
    grade(course, "eve")
    nbgrader(course, "export", "--to", "grades.csv", "--student", "['eve']")
    (row,) = csv.DictReader((course / "grades.csv").read_text().splitlines())
    assert (row["student_id"], row["score"], row["max_score"]) == ("eve", "6.0", "16.0")
    with api.Gradebook(server, "small") as book:  # what the formgrader shows
        (of_eve,) = [s for s in book.submission_dicts(NAME) if s["student"] == "eve"]
        assert (of_eve["score"], of_eve["needs_manual_grade"]) == (6.0, True)


def test_nbgrader_upgrades_its_schema(course: Path) -> None:
    assert "PostgresqlImpl" in nbgrader(course, "db", "upgrade")  # fails if it is not stamped


def test_text_that_the_server_would_refuse(course: Path, server: str) -> None:
    reason = "its last words: \x00 \ud800"

    def broken(job: Job) -> Result:
        runs = [
            NotebookRun(
                one.name,
                tuple(Ran(cell.index, problem="died", reason=reason) for cell in one.cells),
                died=reason,
            )
            for one in job.notebooks
        ]
        return Result("crashed", tuple(runs), reason=reason, executor=PLAIN)

    hand_in(course, "odd", RIGHT)
    (entry,) = grade(course, "odd", instead=broken).entries
    assert (entry.status, entry.manual) == ("crashed", True)
    with api.Gradebook(server, "small") as book:
        said = [
            c.auto_comment for n in book.find_submission(NAME, "odd").notebooks for c in n.comments
        ]
    assert [text for text in said if text and "its last words" in text]


@pytest.mark.usefixtures("on_server")
def test_writers_of_two_assignments_who_meet_the_same_new_students(server: str) -> None:
    names = ("first", "second")
    with api.Gradebook(server, "small") as book:
        for name in names:
            book.add_assignment(name)
            book.add_notebook("n", name)
    saved: dict[str, Any] = {}

    def write(assignment: str, students: str) -> None:
        gradebook = Gradebook(server, assignment)
        batch = [Grades(f"new-{one}", None, {}, {}) for one in students]
        try:
            saved[assignment] = gradebook.save(batch, None)
        finally:
            gradebook.close()

    # Both wait for a third, one having made a, the other having made z; then each wants both.
    engine = create_engine(server)
    third = engine.connect()
    third.execute(text("INSERT INTO student (id) VALUES ('new-m')"))
    orders = zip(names, ("amz", "zma"), strict=True)
    writers = [threading.Thread(target=write, args=each) for each in orders]
    for writer in writers:
        writer.start()
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with engine.connect() as other:
        until(lambda: other.execute(waiting).scalar_one() >= 2)
    third.rollback()
    third.close()
    for writer in writers:
        writer.join(60)
    engine.dispose()
    for name in names:
        assert set(saved[name]) == {"new-a", "new-m", "new-z"}
    with api.Gradebook(server, "small") as book:
        for name in names:
            found = {s.student.id for s in book.assignment_submissions(name)}
            assert found == {"new-a", "new-m", "new-z"}


@pytest.mark.usefixtures("on_server")
def test_no_plan_that_fits_a_small_gradebook_is_kept(server: str) -> None:
    with api.Gradebook(server, "small") as book:
        book.add_assignment("growing")
        book.add_notebook("n", "growing")
    gradebook = Gradebook(server, "growing")
    for number in range(12):  # psycopg would have the server prepare what it sees five times
        gradebook.save([Grades(f"growing{number}", None, {}, {})], None)
    with gradebook._engine.connect() as connection:  # the pool's only one: that of the batches
        kept = connection.execute(text("SELECT count(*) FROM pg_prepared_statements"))
        assert kept.scalar_one() == 0
    gradebook.close()
