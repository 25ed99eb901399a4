"""Points by nbgrader's rules, and the differences that are on purpose."""

from datetime import datetime
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.utils import compute_checksum, determine_grade

from course.grading.job import NotebookRun, Problem, Ran
from course.grading.record.marks import Mark, comments, mark_notebook, mark_unread
from course.grading.record.outputs import fill, one_line

BEGAN = datetime(2025, 1, 1)
ERROR = {"output_type": "error", "ename": "AssertionError", "evalue": "", "traceback": []}


def result(text: str) -> dict[str, Any]:
    data = {"text/plain": text}
    return {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}


def stream(name: str, text: str = "said") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def cell(name: str, *, kind: str = "code", **roles: Any) -> NotebookNode:
    make = new_code_cell if kind == "code" else new_markdown_cell
    nbgrader = {"grade_id": name, "grade": False, "solution": False, "locked": False, **roles}
    made = make(f"# {name}", metadata={"nbgrader": nbgrader})
    made.metadata.nbgrader["checksum"] = compute_checksum(made)
    return made


def graded(name: str = "test", points: float = 3) -> NotebookNode:
    return cell(name, grade=True, locked=True, points=points)


def marked(*ran: Ran, notebook: NotebookNode | None = None, **more: Any) -> dict[str, Mark]:
    """Fill and mark a notebook, by default one with a single test."""
    notebook = notebook or new_notebook(cells=[graded()])
    died = more.pop("died", "")
    trouble = more.pop("trouble", "")
    tests = fill(notebook, NotebookRun("one", ran, died), began=BEGAN, trouble=trouble)
    return {mark.cell: mark for mark in mark_notebook(notebook, tests, **more)}


def of(*outputs: dict[str, Any]) -> Mark:
    return marked(Ran(0, outputs, 1, 0.5))["test"]


@pytest.mark.parametrize(
    "outputs",
    [
        (),
        (stream("stdout"),),
        (ERROR,),
        (stream("stdout"), ERROR),
        (result("1.5"),),
        (result("0"),),
        (result("3"),),
        (result("'a text'"),),
        (result("<Axes: title>"),),
        (result("True"),),
        (result("[]"),),
        (result("['a', 'b']"),),
        (result("{'points': 2}"),),
        (stream("stdout"), result("2")),
    ],
)
def test_points_are_nbgraders(outputs: tuple[dict[str, Any], ...]) -> None:
    notebook = new_notebook(cells=[graded()])
    mark = marked(Ran(0, outputs, 1), notebook=notebook)["test"]
    assert mark.points == determine_grade(notebook.cells[0])[0]
    assert (mark.flag, mark.reason) == (False, "")


@pytest.mark.parametrize("outputs", [(stream("stderr"),), (stream("stderr"), result("3"))])
def test_a_warning_costs_no_points(outputs: tuple[dict[str, Any], ...]) -> None:
    mark = of(*outputs)
    assert (mark.points, mark.flag) == (3.0, False)


def test_an_error_counts_wherever_it_stands() -> None:
    assert of(result("3"), ERROR).points == 0.0


@pytest.mark.parametrize("shown", ["np.float64(1.5)", "np.int64(2)", "np.uint8(1)"])
def test_a_number_of_numpys_is_a_number(shown: str) -> None:
    mark = of(result(shown))
    assert mark.points == float(shown.partition("(")[2][:-1])
    assert not mark.flag


@pytest.mark.parametrize(
    "shown",
    [
        *("3.5", "-1", "nan", "inf", "-inf", "1e400", "np.float64(nan)", "np.float64(3.5)"),
        *("[1.0]", "[1, 2]", "(0.5, 1)", "[[1]]", "array([0.5])", "(1+2j)", "[np.float64(1.0)]"),
        *("False", "np.False_"),
    ],
)
def test_what_is_no_grade_is_never_full_credit(shown: str) -> None:
    mark = of(result(shown))
    assert mark.points is None
    assert mark.flag
    assert f"is {shown}, not a number from 0 to 3" in mark.reason


def test_an_unsupported_test_waits_for_a_person() -> None:
    mark = marked(Ran(0, (ERROR,), 1, problem="unsupported", reason="It uses del."))["test"]
    assert (mark.points, mark.flag, mark.reason) == (None, True, "It uses del.")


@pytest.mark.parametrize("problem", ["died", "not run"])
def test_a_test_that_did_not_run_earns_nothing_and_says_why(problem: Problem) -> None:
    notebook = new_notebook(cells=[graded()])
    ran = Ran(0, problem=problem, reason="The notebook had ended: killed")
    mark = marked(ran, notebook=notebook)["test"]
    assert (mark.points, mark.flag) == (0.0, True)
    assert mark.reason == "The notebook had ended: killed"
    assert notebook.cells[0].outputs[0].evalue == mark.reason
    assert determine_grade(notebook.cells[0])[0] == 0  # nbgrader's rule agrees, should it be asked


def test_a_test_of_which_nothing_is_known_did_not_run() -> None:
    mark = marked(trouble="It was lost.")["test"]
    assert (mark.points, mark.flag, mark.reason) == (0.0, True, "It was lost.")


def test_a_test_that_takes_too_long_is_wrong_and_no_more() -> None:
    ran = Ran(0, (ERROR,), 1, problem="timed out", reason="It was stopped after 30 seconds.")
    assert not marked(ran)["test"].flag
    assert marked(ran)["test"].points == 0.0
    assert marked(ran, stopped=True)["test"].flag


def test_broken_is_told_from_wrong() -> None:
    names = ("right", "wrong", "answer", "after", "apart")
    cells = [graded(name) if name != "answer" else cell(name, solution=True) for name in names]
    marks = marked(
        Ran(0, (), 1),
        Ran(1, (ERROR,), 2),
        Ran(2, (ERROR,), 3, problem="died", reason="The notebook ended in this cell: killed"),
        Ran(3, (ERROR,), 4),
        Ran(4, (), 5),
        notebook=new_notebook(cells=cells),
        died="killed",
    )
    assert {name: (mark.points, mark.flag) for name, mark in marks.items()} == {
        "right": (3.0, False),
        "wrong": (0.0, False),
        "after": (0.0, True),
        "apart": (3.0, False),
    }
    assert marks["after"].reason == "The notebook had ended before this test: killed"


def test_a_notebook_that_a_test_ended_is_broken_from_there() -> None:
    cells = [graded("first"), graded("second")]
    marks = marked(
        Ran(0, (), 1),
        Ran(1, (ERROR,), 2),
        notebook=new_notebook(cells=cells),
        died="it called exit",
    )
    assert not marks["first"].flag
    assert marks["second"].flag


def test_answers_that_people_grade() -> None:
    cells = [
        cell("essay", kind="markdown", grade=True, solution=True, points=4),
        cell("code", grade=True, solution=True, points=1),
        cell("text", kind="markdown", grade=True, points=2),
    ]
    notebook = new_notebook(cells=cells)
    before = marked(Ran(1, (), 1), notebook=notebook)
    assert [mark.points for mark in before.values()] == [0.0, 0.0, None]
    for one in cells[:2]:
        one.source += " with an answer"
    after = marked(Ran(1, (ERROR,), 1), notebook=notebook)
    assert [(mark.points, mark.flag) for mark in after.values()] == [(None, True)] * 3
    assert [determine_grade(one)[0] for one in cells] == [None] * 3


def test_what_could_not_be_read_earns_nothing_and_waits_for_a_person() -> None:
    cells = [graded(), cell("essay", kind="markdown", grade=True, solution=True, points=4)]
    marks = list(mark_unread(new_notebook(cells=cells), "It is empty."))
    assert [(mark.points, mark.maximum, mark.flag) for mark in marks] == [
        (0.0, 3.0, True),
        (0.0, 4.0, True),
    ]


def commented(*reasons: str) -> dict[str, str | None]:
    cells = [
        graded("early"),
        cell("answer", solution=True),
        graded("t1"),
        graded("t2"),
        cell("task", kind="markdown", task=True),
        graded("last"),
    ]
    names = ["early", "t1", "t2", "last"]
    marks = {
        name: Mark(name, 0.0, 1.0, flag=bool(reason), reason=reason)
        for name, reason in zip(names, reasons, strict=True)
    }
    notebook = new_notebook(cells=cells)
    notebook.cells[1].source += " answered"
    return comments(notebook, marks)


def test_ordinary_comments_are_nbgraders() -> None:
    assert commented("", "", "", "") == {"answer": None, "task": None}
    untouched = cell("answer", solution=True)
    assert comments(new_notebook(cells=[untouched]), {}) == {"answer": "No response."}


def test_reasons_stand_at_the_answer_they_are_about() -> None:
    assert commented("", "gone", "gone", "") == {"answer": "gone", "task": None}
    assert commented("", "one", "two", "three") == {"answer": "one\n\ntwo", "task": "three"}
    assert commented("first", "", "two", "") == {"answer": "first\n\ntwo", "task": None}


def test_a_reason_joins_no_response() -> None:
    notebook = new_notebook(cells=[cell("answer", solution=True), graded()])
    marks = {"test": Mark("test", 0.0, 1.0, flag=True, reason="It did not run.")}
    assert comments(notebook, marks) == {"answer": "No response.\n\nIt did not run."}


def test_a_reason_is_one_short_line() -> None:
    assert one_line("a\n b\x00\tc\u202e") == "a b c"
    assert len(one_line("word " * 1000)) == 300


def test_times_are_kept_as_nbclient_keeps_them() -> None:
    cells = [cell("answer", solution=True), graded()]
    notebook = new_notebook(cells=cells)
    fill(notebook, NotebookRun("one", (Ran(0, (), 1, 2.0), Ran(1, (), 2, 0.5))), began=BEGAN)
    assert notebook.cells[1].metadata.execution == {
        "iopub.execute_input": "2025-01-01T00:00:02Z",
        "shell.execute_reply": "2025-01-01T00:00:02.500000Z",
    }
    assert [one.execution_count for one in notebook.cells] == [1, 2]
