"""The pages lie where nbgrader's own would, with what the gradebook and the run record say."""

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from nbgrader.utils import notebook_hash

from course.grading.feedback import write_feedback
from course.grading.feedback.marks import FeedbackError
from tests.grading.feedback.graded import ASSIGNMENT, DUE, HIDDEN, Graded, notebook
from tests.grading.feedback.pages import error, read, result, stream

DOUBLE = "def double(x):\n    return x * 2"


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    return Graded.build(tmp_path_factory.mktemp("blank"))


@pytest.fixture
def graded(blank: Graded, tmp_path: Path) -> Graded:
    return blank.copy(tmp_path)


def test_a_page_for_every_graded_notebook(graded: Graded) -> None:
    graded.submission("ann", {"p1/test": 2.0, "p1/essay": None, "p2/test": 1.0})
    graded.submission("bo", {"p1/test": 0.0})
    for student, name in (("ann", "p1"), ("ann", "p2"), ("bo", "p1")):
        graded.autograded(student, name, notebook(DOUBLE, result("2.0")))
    written = write_feedback(graded.coursedir, ASSIGNMENT)
    assert sorted(str(path.relative_to(graded.root)) for path in written.pages) == [
        "feedback/ann/hw/p1.html",
        "feedback/ann/hw/p2.html",
        "feedback/bo/hw/p1.html",
    ]
    assert not written.skipped
    page = read(graded.page("ann"))
    assert "2 of 5 points so far" in page.text
    assert "All 2 notebooks of this homework together: 3 of 6 points." in page.text
    assert "Two tasks" in page.text
    assert stat.S_IMODE(written.pages[0].stat().st_mode) == 0o644


def test_only_the_students_asked_for(graded: Graded) -> None:
    for student in ("ann", "bo"):
        graded.submission(student, {"p1/test": 2.0})
        graded.autograded(student, "p1", notebook(DOUBLE))
    written = write_feedback(graded.coursedir, ASSIGNMENT, ["bo", "nobody"])
    assert [path.parts[-3] for path in written.pages] == ["bo"]
    assert list(written.skipped) == ["nobody"]
    assert "no submission" in written.skipped["nobody"]


def test_what_a_person_graded_counts(graded: Graded) -> None:
    graded.submission("ann", {"p1/test": 0.0, "p1/essay": None})
    graded.autograded("ann", "p1", notebook(DOUBLE, error("AssertionError")))
    with graded.gradebook() as gradebook:
        essay = gradebook.find_grade("essay", "p1", ASSIGNMENT, "ann")
        essay.manual_score, essay.extra_credit, essay.needs_manual_grade = 2.5, 0.5, False
        said = gradebook.find_comment("answer", "p1", ASSIGNMENT, "ann")
        said.manual_comment = "Look at **zero**, <b>Ann</b>."
        gradebook.db.commit()
    write_feedback(graded.coursedir, ASSIGNMENT)
    page = read(graded.page("ann"))
    assert "3 of 5 points" in page.text
    assert "0.5 of them extra" in page.text
    assert "From your instructor Look at zero, <b>Ann</b>." in page.text
    assert [each.text for each in page.all("strong")] == [["zero"]]


def test_the_late_penalty_and_its_reason(graded: Graded) -> None:
    graded.submission("ann", {"p1/test": 2.0, "p1/essay": 1.0}, late={"p1": 1.0})
    graded.autograded("ann", "p1", notebook(DOUBLE))
    with graded.gradebook() as gradebook:
        submission = gradebook.find_submission(ASSIGNMENT, "ann")
        submission.timestamp = DUE + timedelta(hours=25, minutes=1)
        gradebook.db.commit()
    write_feedback(graded.coursedir, ASSIGNMENT)
    text = read(graded.page("ann")).text
    assert "2 of 5 points" in text
    assert "You earned 3 points; 1 are taken off because it came 25 hours late." in text


def test_hidden_tests_stay_hidden_unless_asked_for(graded: Graded) -> None:
    graded.submission("ann", {"p1/test": 0.0})
    frames = [f"Cell In[2], line 3\n----> 3 {HIDDEN}", "Cell In[1], line 2, in double(x)\n"]
    graded.autograded("ann", "p1", notebook(DOUBLE, error("AssertionError", "not 14", frames)))
    write_feedback(graded.coursedir, ASSIGNMENT)
    page = read(graded.page("ann"))
    assert HIDDEN not in page.text
    assert "AssertionError: not 14" in page.text
    assert "line 2 of “double”: return x * 2" in page.text
    write_feedback(graded.coursedir, ASSIGNMENT, show_tests=True)
    assert page.text.count(HIDDEN) == 0
    assert read(graded.page("ann")).text.count(HIDDEN) == 2  # in the test, and in the traceback


def test_a_visible_check_that_failed_is_quoted(graded: Graded) -> None:
    graded.submission("ann", {"p1/test": 0.0})
    graded.autograded(
        "ann", "p1", notebook(DOUBLE, error("AssertionError", "", ["Cell In[2], line 1"]))
    )
    write_feedback(graded.coursedir, ASSIGNMENT)
    assert "The check was: assert double(2) == 4" in read(graded.page("ann")).text


def test_the_run_record_is_told(graded: Graded) -> None:
    scores = {"p1/test": 0.0, "p1/essay": None, "p2/test": 0.0}
    graded.submission("ann", scores)
    graded.autograded("ann", "p1", notebook(DOUBLE, error("NotRun", "The notebook had ended.")))
    tasks = [
        {"notebook": "p1", "cell": "test", "points": 0.0, "seconds": 0.0},
        {"notebook": "p2", "cell": "test", "points": 0.0, "seconds": 0.0},
    ]
    graded.record(
        "ann",
        "crashed",
        reasons=["It used more than 4096 MB."],
        notes=["Your notebook was named “x”; we took it all the same."],
        tasks=tasks,
    )
    write_feedback(graded.coursedir, ASSIGNMENT)
    text = read(graded.page("ann")).text
    assert "Your notebook ended before it was through It used more than 4096 MB." in text
    assert "Restart Kernel and Run All Cells" in text
    assert "Your notebook was named “x”; we took it all the same." in text
    assert "Could not be checked" in text
    assert "This task is not in what you handed in" in read(graded.page("ann", "p2")).text


def test_the_seconds_are_told(graded: Graded) -> None:
    graded.submission("ann", {"p1/test": 2.0})
    ran = notebook(DOUBLE)
    ran.cells[3].metadata["execution"] = {
        "iopub.execute_input": "2026-03-01T10:00:59.500000Z",
        "shell.execute_reply": "2026-03-01T10:01:00.750000Z",
    }
    graded.autograded("ann", "p1", ran)
    write_feedback(graded.coursedir, ASSIGNMENT)
    assert "checked in 1.2 s" in read(graded.page("ann")).text


@pytest.mark.parametrize("times", [{}, {"iopub.execute_input": 7}, {"shell.execute_reply": "x"}, 3])
def test_odd_times_are_none(graded: Graded, times: object) -> None:
    graded.submission("ann", {"p1/test": 2.0})
    ran = notebook(DOUBLE)
    ran.cells[3].metadata["execution"] = times
    graded.autograded("ann", "p1", ran)
    assert not write_feedback(graded.coursedir, ASSIGNMENT).skipped
    assert "checked in" not in read(graded.page("ann")).text


def test_a_record_that_is_out_of_date_is_not_told(graded: Graded) -> None:
    graded.submission("ann", {"p1/test": 2.0})
    graded.autograded("ann", "p1", notebook(DOUBLE))
    task = {"notebook": "p1", "cell": "test", "points": 0.0, "seconds": 1.0}
    graded.record("ann", "crashed", tasks=[task])
    write_feedback(graded.coursedir, ASSIGNMENT)
    assert "ended before it was through" not in read(graded.page("ann")).text


def test_a_refused_submission_gets_a_page_that_says_so(graded: Graded) -> None:
    graded.submission("ann", {"p1/test": 0.0, "p1/essay": 0.0, "p2/test": 0.0})
    graded.hand_in("ann", "p1", secret="s" * 64)
    graded.record("ann", "refused", reasons=["The file p1.ipynb is no notebook."])
    write_feedback(graded.coursedir, ASSIGNMENT)
    text = read(graded.page("ann")).text
    assert "Your homework could not be read The file p1.ipynb is no notebook." in text
    assert "is not in what you handed in" not in text
    assert "Double it" in text  # the titles come from what was released
    folder = graded.root / "feedback" / "ann" / ASSIGNMENT
    assert (folder / "submission_secret.txt").read_text() == "s" * 64
    assert (folder / "timestamp.txt").exists()


def test_what_was_not_graded_has_no_page_and_stops_no_other(graded: Graded) -> None:
    graded.submission("ann")
    graded.submission("bo", {"p1/test": 2.0})
    graded.submission("cy", {"p1/test": 2.0})
    graded.autograded("bo", "p1", notebook(DOUBLE)).write_text("{ not json")
    graded.autograded("cy", "p1", notebook(DOUBLE))
    written = write_feedback(graded.coursedir, ASSIGNMENT)
    assert [path.parts[-3] for path in written.pages] == ["cy"]
    assert "has not been graded" in written.skipped["ann"]
    assert set(written.skipped) == {"ann", "bo"}


def test_other_files_come_along_but_no_links_and_no_learners_pages(graded: Graded) -> None:
    graded.submission("ann", {"p1/test": 2.0})
    folder = graded.autograded("ann", "p1", notebook(DOUBLE)).parent
    (folder / "submission_secret.txt").write_text("ours")
    (folder / "timestamp.txt").write_text("2026-03-01 10:00:00 UTC")
    (folder / "data").mkdir()
    (folder / "data" / "table.csv").write_text("a,b")
    (folder / "evil.html").write_text("<script>alert(1)</script>")
    (folder / "p1.html").write_text("<script>alert(1)</script>")
    (folder / "secret").symlink_to(graded.root / "gradebook.db")
    os.mkfifo(folder / "pipe")
    write_feedback(graded.coursedir, ASSIGNMENT)
    target = graded.root / "feedback" / "ann" / ASSIGNMENT
    assert sorted(str(p.relative_to(target)) for p in target.rglob("*") if p.is_file()) == [
        "data/table.csv",
        "p1.html",
        "submission_secret.txt",
        "timestamp.txt",
    ]
    read(graded.page("ann"))


def test_a_second_run_replaces_the_first_and_leaves_nothing_stale(graded: Graded) -> None:
    graded.submission("ann", {"p1/test": 0.0, "p2/test": 1.0})
    graded.autograded("ann", "p1", notebook(DOUBLE))
    second = graded.autograded("ann", "p2", notebook(DOUBLE))
    write_feedback(graded.coursedir, ASSIGNMENT)
    secret = graded.root / "feedback" / "ann" / ASSIGNMENT / "submission_secret.txt"
    before = secret.read_text()
    second.unlink()
    graded.submission("ann", {"p1/test": 2.0})
    write_feedback(graded.coursedir, ASSIGNMENT)
    assert "2 of 5 points" in read(graded.page("ann")).text
    assert not (secret.parent / "p2.html").exists()
    assert secret.read_text() == before  # else every release would leave another page behind


def test_a_renamed_notebook_has_its_page_under_both_names(graded: Graded) -> None:
    """fetch_feedback asks for the name that the learner's file has."""
    graded.submission("ann", {"p1/test": 2.0, "p2/test": 1.0})
    for name in ("p1", "p2"):
        graded.autograded("ann", name, notebook(DOUBLE))
    graded.hand_in("ann", "p1 (1)", "p2-Copy1", secret="s")
    written = write_feedback(graded.coursedir, ASSIGNMENT)
    assert sorted(path.stem for path in written.pages) == ["p1", "p1 (1)", "p2", "p2-Copy1"]
    assert graded.page("ann", "p1 (1)") == graded.page("ann", "p1")
    assert graded.page("ann", "p2-Copy1") == graded.page("ann", "p2")
    assert notebook_hash(secret="s", notebook_id="p1 (1)")  # what both sides call it


def test_a_scratch_notebook_gets_no_page(graded: Graded) -> None:
    graded.submission("ann", {"p1/test": 2.0})
    graded.autograded("ann", "p1", notebook(DOUBLE))
    graded.autograded("ann", "p2", notebook(DOUBLE))
    graded.hand_in("ann", "p1", "p2", "scratch", secret="s")
    assert len(write_feedback(graded.coursedir, ASSIGNMENT).pages) == 2


def test_a_shared_course_lets_the_group_write(graded: Graded) -> None:
    graded.coursedir.groupshared = True
    graded.submission("ann", {"p1/test": 2.0})
    graded.autograded("ann", "p1", notebook(DOUBLE))
    (page,) = write_feedback(graded.coursedir, ASSIGNMENT).pages
    assert stat.S_IMODE(page.stat().st_mode) == 0o664
    assert stat.S_IMODE(page.parent.stat().st_mode) & 0o2070 == 0o2070


def test_printed_reasons_are_told(graded: Graded) -> None:
    graded.submission("ann", {"p1/test": 1.0})
    said = stream("1 of 2 points.\n  - Zero: it stays zero.\nHint: think of 0.\n")
    graded.autograded("ann", "p1", notebook(DOUBLE, said, result("1.0")))
    write_feedback(graded.coursedir, ASSIGNMENT)
    text = read(graded.page("ann")).text
    assert "Zero: it stays zero." in text
    assert "A hint think of 0." in text
    assert text.count("1 of 2 points") == 1  # the test's own line is not repeated


def test_no_gradebook_or_an_unknown_assignment_says_what_to_do(graded: Graded) -> None:
    with pytest.raises(FeedbackError, match="it knows: hw"):
        write_feedback(graded.coursedir, "other")
    (graded.root / "gradebook.db").unlink()
    with pytest.raises(FeedbackError, match="There is no gradebook"):
        write_feedback(graded.coursedir, ASSIGNMENT)
    assert not (graded.root / "gradebook.db").exists()
