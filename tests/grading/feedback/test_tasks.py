"""A notebook is taken apart into tasks, each with the work that belongs to it."""

import pytest

from course.grading.feedback.marks import Mark, NotebookMarks
from course.grading.feedback.notebooks import Cell, outline
from course.grading.feedback.tasks import Body, Known, read_body
from tests.grading.feedback.pages import answer, checked, error, heading, marks, stream, written


def body(*cells: Cell, notebook: NotebookMarks, released: tuple[Cell, ...] = ()) -> Body:
    return read_body(cells, notebook, Known(released=outline(released)))


def test_titles_are_the_nearest_headings_and_numbered_where_they_are_shared() -> None:
    cells = [
        heading("# Homework *01*\n\nText\n\n```\n# no heading\n```"),
        heading("intro"),
        heading("## The `charter`, [why](x)"),
        checked(name="a"),
        heading("## Fees\n### Part <A>"),
        answer("# Mine\nx"),
        written("# My own heading"),
        checked(name="b"),
        checked(name="c"),
        Cell("markdown", "## In the task itself", name="d", task=True, locked=True),
    ]
    found = outline(cells)
    assert found.title == "Homework 01"
    assert found.tasks == {
        "a": "The charter, why",
        "essay": "Part <A> · 1 of 3",
        "b": "Part <A> · 2 of 3",
        "c": "Part <A> · 3 of 3",
        "d": "In the task itself",
    }


def test_titles_come_from_what_was_released_whatever_a_learner_wrote() -> None:
    found = body(
        heading("## All points, well done"),
        checked(name="t"),
        notebook=marks(t=0.0),
        released=(heading("## Double it"), checked(name="t")),
    )
    assert [task.title for task in found.tasks] == ["Double it"]


def test_each_cell_belongs_to_the_test_below_it() -> None:
    released = (heading("## A"), answer("# TODO", name="a1"), Cell("code", "squares(10)"))
    found = body(
        heading("## A"),
        answer("one", name="a1"),
        Cell("code", "squares(10)"),  # as it was handed out: not the learner's
        Cell("code", "my own try"),
        checked(name="t1"),
        answer("# TODO", name="a2"),
        checked(name="t2"),
        Cell("code", "left over"),
        notebook=marks(t1=2.0, t2=0.0),
        released=(*released, answer("# TODO", name="a2")),
    )
    assert [[str(work.html) for work in task.work] for task in found.tasks] == [
        [
            '<span class="n">one</span>',
            '<span class="n">my</span> <span class="n">own</span> <span class="k">try</span>',
        ],
        [""],
    ]
    assert found.tasks[1].work[0].untouched
    assert len(found.rest) == 1


def test_work_on_a_task_cell_is_what_stands_below_it() -> None:
    task = Cell("markdown", "## State it", name="task", task=True, locked=True)
    next_one = heading("## Next")
    found = body(
        task,
        Cell("markdown", "my words"),
        Cell("code", "1 + 1"),
        next_one,
        Cell("code", "later"),
        notebook=marks(task=Mark(0.0, 4.0, None, waiting=True)),
        released=(task, next_one),
    )
    assert [work.kind for work in found.tasks[0].work] == ["markdown", "code"]
    assert found.tasks[0].outcome == "waiting"
    assert len(found.rest) == 1


@pytest.mark.parametrize(
    ("mark", "cell", "outcome"),
    [
        (Mark(2.0, 2.0, 2.0), checked(), "full"),
        (Mark(2.5, 2.0, 2.0, extra=0.5), checked(), "full"),
        (Mark(0.5, 2.0, 0.5), checked(), "part"),
        (Mark(0.0, 2.0, 0.0), checked(error("AssertionError")), "none"),
        (Mark(0.0, 2.0, 0.0), checked(error("NotImplementedError")), "untouched"),
        (
            Mark(0.0, 2.0, 0.0),
            checked(stream("Not attempted: “x” is empty.\n")),
            "untouched",
        ),
        (Mark(0.0, 2.0, 0.0), checked(error("NotRun", "It had ended.")), "unchecked"),
        (Mark(0.0, 2.0, 0.0, waiting=True), checked(error("NotRun")), "waiting"),
        (Mark(0.0, 2.0, None, waiting=True), checked(), "waiting"),
    ],
)
def test_the_outcome_of_a_task(mark: Mark, cell: Cell, outcome: str) -> None:
    assert body(cell, notebook=marks(test=mark)).tasks[0].outcome == outcome


def test_a_mark_without_its_cell_is_still_a_task() -> None:
    found = body(
        checked(name="here"),
        notebook=marks(here=2.0, gone=0.0),
        released=(heading("## One"), checked(name="here"), checked(name="gone")),
    )
    assert [(task.title, task.missing) for task in found.tasks] == [
        ("One · 1 of 2", False),
        ("One · 2 of 2", True),
    ]


def test_every_comment_stands_once_where_it_belongs() -> None:
    notebook = NotebookMarks(
        "n",
        marks(t1=1.0, essay=1.0).marks,
        comments={"a1": "on the code", "essay": "on the essay", "gone": "on what is gone"},
        remarks={"a1": "It did not run."},
    )
    found = body(answer("x", name="a1"), checked(name="t1"), written("y"), notebook=notebook)
    assert [task.comments for task in found.tasks] == [("on the code",), ("on the essay",)]
    assert found.tasks[0].remarks == ("It did not run.",)
    assert found.comments == ("on what is gone",)


def test_a_pasted_duplicate_of_a_test_counts_once() -> None:
    found = body(checked(), checked(), notebook=marks(test=1.0))
    assert len(found.tasks) == 1
