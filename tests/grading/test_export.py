"""The exported grades are real CSV and say what became of every submission."""

import csv
import io
import os
from pathlib import Path

import pytest

from course.grading.export import COLUMNS, harmless
from tests.grading.conftest import run_nbgrader
from tests.grading.feedback.graded import ASSIGNMENT, Graded, notebook
from tests.grading.feedback.pages import error

pytestmark = pytest.mark.kernel

NAMES = {
    "first_name": 'Anna "Ann", the\nsecond',
    "last_name": "Lee, Jr.",
    "email": "=cmd()|'/C'!A0",
}
RUN = {"notebook": "p1", "cell": "test", "points": 0.0, "seconds": 0.0}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """A submission of every kind."""
    graded = Graded.build(tmp_path_factory.mktemp("course"))
    (graded.root / "nbgrader_config.py").write_text("c = get_config()\n")
    graded.submission("ann", {"p1/test": 2.0, "p1/essay": None}, late={"p1": 0.5}, **NAMES)
    graded.autograded("ann", "p1", notebook("x = 1"))
    ends = ("crashed", "timed out", "refused", "failed", "not attempted", "graded")
    for status in ends:
        name = status.replace(" ", "-")
        graded.submission(name, {"p1/test": 0.0})
        graded.record(name, status, reasons=[f"It {status}."], notes=["A note."], tasks=[RUN])
    graded.submission("by-nbgrader-untouched", {"p1/test": 0.0, "p1/essay": 0.0})
    untouched = error("NotImplementedError")
    graded.autograded("by-nbgrader-untouched", "p1", notebook("# TODO", untouched, essay="?"))
    graded.submission("by-nbgrader-wrong", {"p1/test": 0.0, "p1/essay": 0.0})
    graded.autograded("by-nbgrader-wrong", "p1", notebook("x", error("AssertionError")))
    graded.submission("by-nbgrader-failed")
    with graded.gradebook() as gradebook:
        for student in ("李雷", "-late", "waits"):
            gradebook.add_student(student)
        comment = gradebook.find_comment("essay", "p1", ASSIGNMENT, "by-nbgrader-untouched")
        comment.auto_comment = "No response."
        gradebook.db.commit()
    graded.hand_in("waits", "p1")
    return graded


@pytest.fixture(scope="module")
def rows(graded: Graded, home: Path) -> dict[str, dict[str, str]]:
    exporter = "--exporter=course.grading.export.ReasonsExporter"
    run_nbgrader("export", exporter, "--to=out.csv", cwd=graded.root, home=home)
    with (graded.root / "out.csv").open(newline="", encoding="utf-8") as file:
        read = list(csv.DictReader(file))
    return {row["student_id"]: row for row in read}


def test_it_has_nbgraders_columns_and_figures(
    graded: Graded, rows: dict[str, dict[str, str]], home: Path
) -> None:
    run_nbgrader("export", "--to=theirs.csv", cwd=graded.root, home=home)
    header, *lines = (graded.root / "theirs.csv").read_text().splitlines()
    assert tuple(header.split(",")) == COLUMNS[:11]
    plain = [line for line in lines if line.startswith(ASSIGNMENT) and ",by-nbgrader" in line]
    assert len(plain) == 3
    for line in plain:
        theirs = dict(zip(COLUMNS, line.split(","), strict=False))
        ours = rows[theirs["student_id"]]
        assert {name: ours[name] for name in theirs} == theirs


def test_names_stay_what_they_are(rows: dict[str, dict[str, str]]) -> None:
    ann = rows["ann"]
    assert ann["first_name"] == NAMES["first_name"]
    assert ann["last_name"] == NAMES["last_name"]
    assert "李雷" in rows


def test_no_cell_is_a_formula(rows: dict[str, dict[str, str]]) -> None:
    assert rows["ann"]["email"] == "'" + NAMES["email"]
    assert "'-late" in rows
    assert not any(value[:1] in "=+@" for row in rows.values() for value in row.values() if value)


def test_points_penalty_and_what_waits(rows: dict[str, dict[str, str]]) -> None:
    ann = rows["ann"]
    figures = [float(ann[name]) for name in ("raw_score", "late_submission_penalty", "score")]
    assert figures == [2.0, 0.5, 1.5]
    assert float(ann["max_score"]) == 6.0
    assert ann["needs_manual_grade"] == "True"
    assert rows["by-nbgrader-wrong"]["needs_manual_grade"] == "True"  # p2 has no grade yet
    assert rows["李雷"]["needs_manual_grade"] == "False"


def test_broken_is_told_from_wrong_and_from_missing(rows: dict[str, dict[str, str]]) -> None:
    assert {name: row["status"] for name, row in rows.items()} == {
        "ann": "graded",
        "crashed": "crashed",
        "timed-out": "timed out",
        "refused": "refused",
        "failed": "failed",
        "not-attempted": "not attempted",
        "graded": "graded",
        "by-nbgrader-untouched": "not attempted",
        "by-nbgrader-wrong": "graded",
        "by-nbgrader-failed": "not graded",
        "李雷": "missing",
        "'-late": "missing",
        "waits": "not graded",
    }
    assert rows["crashed"]["reasons"] == "It crashed. A note."
    assert "no autograded notebook" in rows["by-nbgrader-failed"]["reasons"]
    assert rows["李雷"]["reasons"] == ""


def test_students_and_assignments_can_be_chosen(graded: Graded, home: Path) -> None:
    exporter = "--exporter=course.grading.export.ReasonsExporter"
    for chosen, count in ((["--student=['ann','李雷']"], 2), (["--assignment=['other']"], 0)):
        run_nbgrader("export", exporter, "--to=some.csv", *chosen, cwd=graded.root, home=home)
        found = list(csv.DictReader(io.StringIO((graded.root / "some.csv").read_text())))
        assert len(found) == count


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\n=1", "＝1", "\0=1", "  +1"]
)
def test_formulas_are_disarmed(text: str) -> None:
    assert harmless(text).startswith("'")


@pytest.mark.parametrize("text", ["", "ann", "a=1", "1", "'quoted'", "x@y.z", "李雷"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_nothing_is_written_beside_the_file(
    graded: Graded, rows: dict[str, dict[str, str]]
) -> None:
    assert rows
    assert not (graded.root / "feedback").exists()
    assert os.access(graded.root / "out.csv", os.R_OK)
