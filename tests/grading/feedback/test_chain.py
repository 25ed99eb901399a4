"""The real way of a page: submit, collect, autograde, `course feedback`, release, fetch."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.grading.conftest import run_nbgrader
from tests.grading.feedback.pages import read
from tests.lessons.learner import Learner
from tests.lessons.lesson01 import LEARNERS, RIGHT, RIGHT_CODE, SLUG

pytestmark = pytest.mark.kernel

HOSTILE = """\
def long_silences(written, start, end, days):
    return 0

from IPython.display import HTML, SVG, Javascript, Markdown, display
import pandas as pd
evil = '<script>alert(1)</script><img src=x onerror="alert(1)">'
print(evil, "\\x1b[31mred\\x1b[0m \\u202edirection \\x00")
display(HTML(evil), Markdown(evil + " [go](javascript:alert(1))"), Javascript("alert(1)"))
display(SVG('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'))
display({"text/html": evil, "image/png": evil, "x/" + evil: evil}, raw=True)
display(pd.DataFrame({evil: [evil]}))
raise RuntimeError(evil)
"""
HALF = next(learner for learner in LEARNERS if learner.name == "half")
WORKED = (HALF, Learner("hostile", RIGHT, {**RIGHT_CODE, "long_silences": HOSTILE}, 18.0))


@pytest.fixture(scope="module")
def graded(course: Path, home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the course folder, and each learner's own folder by name."""

    def teacher(*arguments: str) -> None:
        run_nbgrader(*arguments, cwd=course, home=home)

    teacher("generate_assignment", SLUG)
    teacher("release_assignment", SLUG)
    desks = {"course": course}
    for learner in WORKED:
        desk = desks[learner.name] = tmp_path_factory.mktemp(learner.name)
        settings = (course / "nbgrader_config.py").read_text()
        settings += f"\nc.Exchange.cache = {str(desk / 'cache')!r}\n"
        (desk / "nbgrader_config.py").write_text(settings)
        run_nbgrader("fetch_assignment", SLUG, cwd=desk, home=home)
        learner.work(desk / SLUG)
        run_nbgrader("submit", SLUG, f"--student={learner.name}", cwd=desk, home=home)
    teacher("collect", SLUG)
    teacher("autograde", SLUG)
    said = run_course("feedback", SLUG, cwd=course, home=home)
    assert "2 pages" in said
    teacher("release_feedback", SLUG)
    for learner in WORKED:
        run_nbgrader("fetch_feedback", SLUG, cwd=desks[learner.name], home=home)
    return desks


def run_course(*arguments: str, cwd: Path, home: Path) -> str:
    env = {**os.environ, "HOME": str(home), "JUPYTER_CONFIG_DIR": str(home / "config")}
    done = subprocess.run(
        [str(Path(sys.executable).with_name("course")), *arguments],
        cwd=cwd,
        env={**env, "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def fetched(desks: dict[str, Path], learner: str) -> str:
    (page,) = (desks[learner] / SLUG / "feedback").glob("*/homework.html")
    return page.read_text()


def test_a_learner_fetches_the_page_that_was_written(graded: dict[str, Path]) -> None:
    for learner in WORKED:
        ours = graded["course"] / "feedback" / learner.name / SLUG / "homework.html"
        assert fetched(graded, learner.name) == ours.read_text()


def test_the_page_says_what_earned_what_and_why(graded: dict[str, Path]) -> None:
    page = read(fetched(graded, "half"))
    assert "7.5 of 20 points" in page.text
    assert "Homework 01 · Lead the group, drop the dead deal" in page.text
    assert (
        "Twelve messages · decision track, 4 points Part of the points 2 of 4 points" in page.text
    )
    assert "A common mistake is at work sunk cost" in page.text
    assert "What was invested before does not keep a dead deal alive" in page.text
    assert "Not attempted: “The Monday chase” is empty." in page.text
    assert "checked in" in page.text
    assert 'chases = [week for week in history if week != "not chased"]' in page.text


def test_no_key_and_no_hidden_test_is_on_it(graded: dict[str, Path]) -> None:
    for learner in WORKED:
        page = fetched(graded, learner.name)
        for secret in ("HIDDEN TESTS", "'accept'", "&#39;accept&#39;", "def expected", "truth ="):
            assert secret not in page


def test_a_hostile_page_is_harmless_and_shows_what_was_tried(graded: dict[str, Path]) -> None:
    page = read(fetched(graded, "hostile"))
    assert "18 of 20 points" in page.text
    assert page.text.count("<script>alert(1)</script>") > 5
    assert "[U+202E]direction" in page.text
    assert "A picture is left out: it cannot be read." in page.text
    assert "Not shown here: content of the type image/svg+xml." in page.text


def test_pages_can_be_written_with_the_tests_for_instructors(
    graded: dict[str, Path], home: Path
) -> None:
    course = graded["course"]
    ours = course / "feedback" / "half" / SLUG / "homework.html"
    before = ours.read_text()
    kept = shutil.copy(ours, course / "kept.html")
    run_course("feedback", SLUG, "--student=half", "--show-tests", cwd=course, home=home)
    assert "HIDDEN TESTS" in read(ours.read_text()).text
    shutil.copy(kept, ours)
    run_course("feedback", SLUG, "--student=half", cwd=course, home=home)
    assert ours.read_text() == before  # twice the same
