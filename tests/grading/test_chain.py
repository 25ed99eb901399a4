"""The whole chain on real nbgrader: what learners enter is what the gradebook says."""

import csv
import shutil
from pathlib import Path

import pytest

from course.answers.handin import find_homework, hand_in
from course.desk import lay_out
from tests import drive
from tests.grading.conftest import ROOT, run_nbgrader
from tests.lessons.learner import Learner
from tests.lessons.lesson01 import LEARNERS, NOISY_DROP, RIGHT, RIGHT_CODE, SLUG

pytestmark = pytest.mark.kernel

# Ids as people have them: an address, a name in characters, a digit first.
ZIPPED = (
    # nbgrader takes all points of a cell that writes to stderr: ours must not let that happen.
    Learner("anna.lee@example.com", RIGHT, {**RIGHT_CODE, "should_drop": NOISY_DROP}, 20.0),
    Learner("李雷", {"charter": RIGHT["charter"]}, {}, 4.0),
    Learner("7-untouched", {}, {}, 0.0),
)


@pytest.fixture(scope="module")
def graded_by_exchange(course: Path, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generate, release, fetch, work, submit, collect, autograde, feedback, export."""

    def teacher(*arguments: str) -> str:
        return run_nbgrader(*arguments, cwd=course, home=home)

    teacher("generate_assignment", SLUG)
    teacher("release_assignment", SLUG)
    for learner in LEARNERS:
        desk = tmp_path_factory.mktemp(learner.name)
        shutil.copy(course / "nbgrader_config.py", desk)
        run_nbgrader("fetch_assignment", SLUG, cwd=desk, home=home)
        learner.work(desk / SLUG)
        run_nbgrader("submit", SLUG, f"--student={learner.name}", cwd=desk, home=home)
    teacher("collect", SLUG)
    teacher("autograde", SLUG)
    teacher("generate_feedback", SLUG)
    teacher("release_feedback", SLUG)
    teacher("export")
    return course


def exported(course: Path) -> dict[str, dict[str, str]]:
    with (course / "grades.csv").open(newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def graded_by_zip(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The other way home: each learner's zip in one folder, taken in by zip_collect."""
    course = tmp_path_factory.mktemp("zip-course")
    for name in ("solutions", "exercises"):
        shutil.copytree(ROOT / name, course / name)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    archive = course / "downloaded" / SLUG / "archive"
    archive.mkdir(parents=True)
    for learner in ZIPPED:
        desk = tmp_path_factory.mktemp(f"zip-{learner.name}")
        lay_out(desk)
        folder = find_homework(desk, SLUG)
        learner.work(folder)
        packed = hand_in(folder, learner_id=learner.name).path
        shutil.copy(packed, archive / f"{packed.stem} (1).zip")  # as a browser names a second one
    # --force: our exercises/ come ready made, and nbgrader skips what exists, gradebook and all.
    run_nbgrader("generate_assignment", SLUG, "--force", cwd=course, home=home)
    run_nbgrader("zip_collect", SLUG, cwd=course, home=home)
    run_nbgrader("autograde", SLUG, cwd=course, home=home)
    run_nbgrader("export", cwd=course, home=home)
    return course


def test_a_zip_earns_what_the_exchange_earns(graded_by_zip: Path) -> None:
    rows = exported(graded_by_zip)
    assert {name: float(row["score"]) for name, row in rows.items()} == {
        learner.name: learner.points for learner in ZIPPED
    }
    assert all(row["timestamp"] for row in rows.values())  # when it was packed, for late rules


@pytest.mark.parametrize("version", ["solution", "learner"])
def test_validate_passes_a_right_homework(
    version: str, course: Path, home: Path, tmp_path: Path
) -> None:
    source = course / "solutions" if version == "solution" else ROOT / "exercises"
    folder = tmp_path / "anywhere"
    shutil.copytree(source / SLUG, folder)
    learner = Learner("right", RIGHT, RIGHT_CODE if version == "learner" else {}, 20.0)
    learner.work(folder)
    said = run_nbgrader("validate", "homework.ipynb", cwd=folder, home=home)
    assert "Success! Your notebook passes all the tests." in said


def test_validate_says_what_is_open_without_a_traceback(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "anywhere"
    shutil.copytree(ROOT / "exercises" / SLUG, folder)
    drive.fill(folder, "sort_messages", {"m1": "leading"})
    said = run_nbgrader("validate", "homework.ipynb", cwd=folder, home=home, check=False)
    assert "“Twelve messages” is not finished yet:" in said
    assert "still holds its placeholder" in said
    assert "Traceback" not in said


def test_generate_assignment_writes_what_the_build_writes(graded_by_exchange: Path) -> None:
    for path in sorted((ROOT / "exercises" / SLUG).iterdir()):
        assert (graded_by_exchange / "exercises" / SLUG / path.name).read_bytes() == (
            path.read_bytes()
        )


def test_every_learner_gets_exactly_what_the_answers_earn(graded_by_exchange: Path) -> None:
    rows = exported(graded_by_exchange)
    assert {name: float(row["score"]) for name, row in rows.items()} == {
        learner.name: learner.points for learner in LEARNERS
    }
    assert {float(row["max_score"]) for row in rows.values()} == {20.0}


def feedback(course: Path, learner: str) -> str:
    return (course / "feedback" / learner / SLUG / "homework.html").read_text()


def test_feedback_quotes_the_answer_and_names_the_misconception(graded_by_exchange: Path) -> None:
    wrong = feedback(graded_by_exchange, "all-wrong")
    assert "Your answer:" in wrong
    assert "politeness taken for begging" in wrong
    assert "two owners are none" in wrong
    assert "0 of 4 points." in wrong
    half = feedback(graded_by_exchange, "half")
    assert "2 of 4 points." in half
    assert "1.5 of 3 points." in half
    for name in ("sunk cost", "open taken for lost", "the silence at the end forgotten"):
        assert name in half


def test_feedback_shows_no_key_and_no_hidden_test(graded_by_exchange: Path) -> None:
    for learner in LEARNERS:
        page = feedback(graded_by_exchange, learner.name)
        assert "HIDDEN TESTS" not in page
        assert "&#39;accept&#39;" not in page
        assert "def expected" not in page


def test_untouched_work_is_called_not_attempted_and_not_wrong(graded_by_exchange: Path) -> None:
    untouched = feedback(graded_by_exchange, "untouched")
    assert untouched.count("Not attempted:") == 7
    assert "Your answer:" not in untouched
    assert "Traceback (most recent" not in untouched


def test_released_feedback_reaches_the_exchange(graded_by_exchange: Path) -> None:
    exchange = next(
        line.split("'")[1]
        for line in (graded_by_exchange / "nbgrader_config.py").read_text().splitlines()
        if "Exchange.root" in line
    )
    pages = list((Path(exchange) / "lead-the-deal" / "feedback").glob("*.html"))
    assert len(pages) == len(LEARNERS)
