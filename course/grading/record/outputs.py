"""Puts what ran into the notebook it belongs to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from nbformat import NotebookNode
from nbformat.notebooknode import from_dict
from nbgrader.utils import is_grade, is_solution

from course.grading.job import NotebookRun, Ran
from course.text import _

__all__ = ["fill", "is_test", "one_line", "raised"]

_LONGEST = 300  # characters of a reason: it is read in a table and in a comment


def fill(
    notebook: NotebookNode, run: NotebookRun, *, began: datetime, trouble: str = ""
) -> dict[str, Ran]:
    """Put the outputs of a run into a notebook; return how each of its tests ended, by name.

    A test that did not run says so in its output. ``trouble`` is the reason where none is known;
    ``began`` is when the run did (UTC), for the times that nbclient keeps in a cell's metadata.
    """
    ran = {one.index: one for one in run.ran}
    tests = {}
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        one = ran.get(index) or Ran(index, problem="not run", reason=trouble)
        cell.outputs = [from_dict(dict(output)) for output in one.outputs]
        cell.execution_count = one.execution_count
        if one.execution_count is not None:
            ended = began + timedelta(seconds=one.seconds)
            cell.metadata["execution"] = {
                "iopub.execute_input": f"{began.isoformat()}Z",
                "shell.execute_reply": f"{ended.isoformat()}Z",
            }
            began = ended
        if is_test(cell):
            tests[cell.metadata.nbgrader.grade_id] = one
    _tell_broken(notebook, run, tests)
    return tests


def _tell_broken(notebook: NotebookNode, run: NotebookRun, tests: dict[str, Ran]) -> None:
    """Tell tests that are broken from those that are wrong.

    A test that wants something of a notebook that has ended gets an error, like any other.
    """
    broken = next((one.index for one in run.ran if one.problem in ("died", "not run")), 0)
    for name, cell in _tests(notebook):
        one = tests[name]
        if not one.problem and run.died and one.index >= broken and raised(cell):
            reason = _("The notebook had ended before this test: {how}").format(how=run.died)
            tests[name] = replace(one, problem="died", reason=reason)
        elif one.problem not in ("", "unsupported") and not raised(cell):
            cell.outputs.append(_not_run(one.reason))


def _tests(notebook: NotebookNode) -> Iterator[tuple[str, NotebookNode]]:
    for cell in notebook.cells:
        if is_test(cell):
            yield cell.metadata.nbgrader.grade_id, cell


def is_test(cell: NotebookNode) -> bool:
    """Return whether a cell is graded by running it."""
    return bool(is_grade(cell) and not is_solution(cell) and cell.cell_type == "code")


def raised(cell: NotebookNode) -> bool:
    """Return whether a cell that ran ended with an error."""
    return any(output.output_type == "error" for output in cell.outputs)


def one_line(reason: str) -> str:
    """Return a reason as one line of printable text, of bounded length."""
    line = " ".join("".join(c if c.isprintable() else " " for c in reason).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _not_run(reason: str) -> Any:
    value = one_line(reason) or _("This test did not run.")
    traceback = [f"\x1b[0;31mNotRun\x1b[0m: {value}"]
    return from_dict(
        {"output_type": "error", "ename": "NotRun", "evalue": value, "traceback": traceback}
    )
