"""What stands after a submission broke, was handed in again, or was graded before."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.api import Gradebook

from course.grading.job import Job, NotebookRun, Ran, Result
from course.grading.pipeline import GradingError
from course.grading.record.recorder import RecordError
from course.grading.report import Entry
from tests.grading.conftest import run_nbgrader
from tests.grading.plain import NAME, PLAIN, RIGHT, WRONG, PlainRunner, grade, hand_in

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.filterwarnings("ignore"),  # nbgrader's gradebook has many
]
Instead = Callable[[Job], Result | None]


def stands(course: Path, student: str) -> dict[str, tuple[float | None, bool]]:
    """Return cell → (automatic score, for a person)."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "small") as book:
        return {
            grade.name: (grade.auto_score, grade.needs_manual_grade)
            for notebook in book.find_submission(NAME, student).notebooks
            for grade in notebook.grades
        }


def said(course: Path, student: str) -> dict[str, str | None]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "small") as book:
        return {
            comment.name: comment.auto_comment
            for notebook in book.find_submission(NAME, student).notebooks
            for comment in notebook.comments
        }


def query(course: Path, statement: str) -> list[Any]:
    connection = sqlite3.connect(course / "gradebook.db")
    try:
        rows = connection.execute(statement).fetchall()
        connection.commit()
    finally:
        connection.close()
    return rows


def only(course: Path, **more: Any) -> Entry:
    (entry,) = grade(course, **more).entries
    return entry


def ended(status: Any, reason: str, *, after: int = 0) -> Instead:
    """Return what ends every run after some cells of its first notebook."""

    def instead(job: Job) -> Result:
        result = PlainRunner().run(job)
        first = result.notebooks[0]
        ran = [
            one if number < after else Ran(one.index, problem="not run", reason=reason)
            for number, one in enumerate(first.ran)
        ]
        return replace(
            result,
            status=status,
            reason=reason,
            notebooks=(NotebookRun(first.name, tuple(ran), died=reason), *result.notebooks[1:]),
        )

    return instead


def test_no_grade_survives_a_broken_file(course: Path) -> None:
    hand_in(course, "anna", RIGHT)
    assert only(course).score == 6.0
    folder = hand_in(course, "anna", RIGHT, timestamp="2025-01-01 11:00:00 UTC")
    for name in ("one", "two"):
        (folder / f"{name}.ipynb").write_text("{")
    (folder / "submission_secret.txt").write_text("secret")
    entry = only(course)
    assert (entry.status, entry.score, entry.manual) == ("refused", 0.0, True)
    assert set(stands(course, "anna").values()) == {(0.0, True)}
    (reason,) = entry.reasons
    assert {text for text in said(course, "anna").values() if text} == {reason}
    autograded = course / "autograded" / "anna" / NAME
    shown = nbformat.read(autograded / "one.ipynb", as_version=4)
    tests = [cell for cell in shown.cells if cell.metadata.nbgrader.grade_id == "test_double"]
    assert tests[0].outputs[0].ename == "NotRun"
    assert (autograded / "timestamp.txt").read_text().startswith("2025-01-01 11:00")
    assert (autograded / "submission_secret.txt").read_text() == "secret"


def test_one_broken_notebook_leaves_the_other_its_points(course: Path) -> None:
    folder = hand_in(course, "anna", RIGHT)
    (folder / "two.ipynb").write_text("{")
    entry = only(course)
    assert (entry.status, entry.score) == ("refused", 5.0)
    assert stands(course, "anna")["test_greet"] == (0.0, True)
    assert stands(course, "anna")["test_double"] == (2.0, False)


@pytest.mark.parametrize("status", ["crashed", "timed out"])
def test_tests_that_did_not_run_are_flagged_and_the_others_count(status: str, course: Path) -> None:
    hand_in(course, "anna", RIGHT)
    grade(course)
    hand_in(course, "anna", {**RIGHT, "half": "credit = 'it ends here'"})
    entry = only(course, instead=ended(status, "It ended itself.", after=3))
    assert (entry.status, entry.score, entry.manual) == (status, 3.0, True)
    assert entry.reasons == ("It ended itself.",)
    found = stands(course, "anna")
    assert found["test_double"] == (2.0, False)
    assert found["test_half"] == (0.0, True)
    assert found["test_greet"] == (1.0, False)
    assert found["essay"] == (None, True)  # a person grades it, as ever
    assert said(course, "anna")["half"] == "It ended itself."
    assert said(course, "anna")["double"] is None


def test_a_fault_of_the_grader_leaves_no_old_grade_and_is_tried_again(course: Path) -> None:
    hand_in(course, "anna", RIGHT)
    grade(course)
    broken = Result("failed", reason="/secret/path is full", executor=PLAIN)
    entry = only(course, force=True, instead=lambda _job: broken)
    assert (entry.status, entry.score, entry.manual) == ("failed", 0.0, True)
    assert entry.problem == "/secret/path is full"
    assert set(stands(course, "anna").values()) == {(0.0, True)}
    for text in (*entry.reasons, *filter(None, said(course, "anna").values())):
        assert "secret" not in text  # it is for the instructor
    assert only(course).score == 6.0


def test_a_result_of_another_executor_ends_the_run(course: Path) -> None:
    hand_in(course, "anna", RIGHT)
    with pytest.raises(GradingError, match="was run by 'plain runner' and not by 'another'"):
        grade(course, name="another")
    assert query(course, "SELECT * FROM submitted_assignment") == []
    assert not (course / "autograded").exists()


def test_nbgraders_own_feedback_tells_the_reason(course: Path) -> None:
    folder = hand_in(course, "anna", RIGHT)
    (folder / "one.ipynb").write_text("")
    entry = only(course)
    run_nbgrader("generate_feedback", NAME, cwd=course, home=course / "home")
    page = (course / "feedback" / "anna" / NAME / "one.html").read_text()
    assert entry.reasons[0].split(".")[0] in page


def test_grading_twice_changes_nothing(course: Path) -> None:
    hand_in(course, "anna", RIGHT)
    hand_in(course, "bob", WRONG)
    before = grade(course)
    rows = query(course, "SELECT * FROM grade ORDER BY id")
    stamp = (course / "autograded" / "anna" / NAME).stat().st_mtime_ns
    after = grade(course)
    assert after.entries == [replace(entry, unchanged=True) for entry in before.entries]
    assert after.totals["unchanged"] == 2
    assert (course / "autograded" / "anna" / NAME).stat().st_mtime_ns == stamp
    forced = grade(course, force=True)
    assert [entry.unchanged for entry in forced.entries] == [False, False]
    assert query(course, "SELECT * FROM grade ORDER BY id") == rows


def test_what_a_person_graded_since_is_told(course: Path) -> None:
    hand_in(course, "anna", RIGHT)
    assert only(course).manual
    query(course, "UPDATE grade SET manual_score=1, needs_manual_grade=0 WHERE auto_score IS NULL")
    entry = only(course)
    assert (entry.unchanged, entry.score, entry.manual) == (True, 9.0, False)


@pytest.mark.parametrize(
    "meddle",
    [
        "UPDATE grade SET auto_score = 3 WHERE auto_score = 2",
        "DELETE FROM submitted_assignment",
        "UPDATE assignment SET duedate = '2024-12-31 00:00:00.000000'",
    ],
)
def test_a_gradebook_that_says_something_else_is_put_right(meddle: str, course: Path) -> None:
    hand_in(course, "anna", RIGHT)
    grade(course)
    query(course, meddle)
    entry = only(course)
    assert not entry.unchanged
    assert stands(course, "anna")["test_double"] == (2.0, False)
    assert only(course).unchanged


@pytest.mark.parametrize("what", ["file", "folder", "record", "assignment", "engine"])
def test_what_changed_is_graded_again(what: str, course: Path) -> None:
    hand_in(course, "anna", RIGHT)
    grade(course)
    record = course / ".course-grade" / NAME / "anna.json"
    name = PLAIN
    if what == "file":
        (course / "submitted" / "anna" / NAME / "more.txt").write_text("more")
    elif what == "folder":
        (course / "autograded" / "anna" / NAME).rename(course / "elsewhere")
    elif what == "record":
        record.write_bytes(record.read_bytes()[:100])
    elif what == "assignment":
        (course / "source" / NAME / "data.csv").write_text("other")
    else:
        document = json.loads(record.read_text())
        document["key"]["engine"] = "an older one"
        record.write_text(json.dumps(document))
    assert not only(course, name=name).unchanged
    assert only(course, name=name).unchanged


def test_who_handed_in_what_was_handed_out_has_not_attempted_it(course: Path) -> None:
    hand_in(course, "nothing", {})
    hand_in(course, "a-file", {}, files={"answers.json": "{}"})
    hand_in(course, "a-cell", {"double": "# I tried"})
    hand_in(course, "the-file", {}, files={"data.csv": "the,instructor's\n"})
    assert {entry.student: entry.status for entry in grade(course).entries} == {
        "nothing": "not attempted",
        "a-file": "graded",
        "a-cell": "graded",
        "the-file": "not attempted",
    }


def test_a_fault_of_the_graders_in_taking_in_is_told_to_instructors_only(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_folder(folder: Path, *_: object, **__: object) -> None:
        raise ZeroDivisionError("no such luck")

    monkeypatch.setattr("course.grading.intake.take.read_folder", read_folder)
    hand_in(course, "anna", RIGHT)
    (entry,) = grade(course).entries
    assert (entry.status, entry.score) == ("failed", 0.0)
    assert "no such luck" in entry.problem
    assert "luck" not in " ".join(entry.reasons)


def test_one_row_that_is_not_taken_costs_the_others_nothing(course: Path) -> None:
    for name in ("anna", "bad", "cem"):
        hand_in(course, name, RIGHT)
    query(
        course,
        "CREATE TRIGGER no BEFORE INSERT ON submitted_assignment WHEN NEW.student_id = 'bad' "
        "BEGIN SELECT RAISE(ABORT, 'not this one'); END",
    )
    entries = {entry.student: entry for entry in grade(course).entries}
    assert entries["anna"].score == entries["cem"].score == 6.0
    assert entries["bad"].status == "failed"
    assert not (course / "autograded" / "bad" / NAME).exists()
    assert not list((course / "autograded" / "bad").iterdir())


def test_students_are_made_only_if_the_settings_allow_it(course: Path) -> None:
    with (course / "nbgrader_config.py").open("a") as file:
        file.write("c.Autograde.create_student = False\n")
    query(course, "INSERT INTO student (id, first_name) VALUES ('anna', 'Anna')")
    hand_in(course, "anna", RIGHT)
    hand_in(course, "eve", RIGHT)
    entries = {entry.student: entry for entry in grade(course).entries}
    assert entries["anna"].score == 6.0
    assert entries["eve"].status == "refused"
    assert "nbgrader db student add" in entries["eve"].reasons[0]
    assert query(course, "SELECT id, first_name FROM student") == [("anna", "Anna")]


def test_a_folder_that_no_student_can_have_is_refused(course: Path) -> None:
    hand_in(course, "n" * 129, RIGHT)
    entry = only(course)
    assert entry.status == "refused"
    assert "cannot be a student's id" in entry.reasons[0]


def test_the_record_says_what_the_gradebook_has_no_field_for(course: Path) -> None:
    hand_in(course, "anna", WRONG, only=["one"])
    entry = only(course)
    assert entry.notes == ("two.ipynb was not handed in: it earns nothing.",)
    document = json.loads((course / ".course-grade" / NAME / "anna.json").read_text())
    assert document["status"] == "graded"
    assert document["key"]["engine"] == PLAIN
    assert document["seconds"] == 0.5
    tasks = {task["cell"]: (task["points"], task["maximum"]) for task in document["tasks"]}
    assert tasks == {
        "test_double": (0.0, 2.0),
        "test_half": (3.0, 3.0),
        "remark": (None, 1.0),
        "essay": (None, 4.0),
    }


def late_plugin(course: Path, name: str, body: str) -> None:
    (course / f"{name}.py").write_text(
        "from nbgrader.plugins import BasePlugin\n"
        "class Late(BasePlugin):\n"
        "    def late_submission_penalty(self, student_id, score, total_seconds_late):\n"
        f"        {body}\n"
    )
    with (course / "nbgrader_config.py").open("a") as file:
        file.write(f"c.AssignLatePenalties.plugin_class = '{name}.Late'\n")
    query(course, "UPDATE assignment SET duedate = '2025-01-01 08:00:00.000000'")


def test_late_work_is_judged_by_the_configured_plugin(course: Path) -> None:
    late_plugin(
        course, "by_the_hour", "return 100 if student_id == 'bob' else total_seconds_late / 3600"
    )
    hand_in(course, "anna", RIGHT)
    hand_in(course, "bob", RIGHT)
    anna, bob = grade(course).entries
    assert (anna.seconds_late, anna.penalty) == (7200.0, 2.0 + 1.0)  # a notebook of 5, one of 1
    assert bob.penalty == 6.0


def test_a_plugin_that_fails_ends_the_run_in_a_sentence(course: Path) -> None:
    late_plugin(course, "not_at_all", "return 1 / 0")
    hand_in(course, "anna", RIGHT)
    with pytest.raises(RecordError, match=r"The late penalty of anna .* division by zero"):
        grade(course)
    assert query(course, "SELECT * FROM submitted_assignment") == []
