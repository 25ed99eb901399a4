"""A small assignment of nbgrader's, submissions of it, and a runner that runs them where it is."""

import ast
import contextlib
import io
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course.grading.folder import CourseFolder
from course.grading.job import Cell, Job, NotebookRun, Ran, Result
from course.grading.pipeline import Grading
from course.grading.report import Report
from course.grading.spec import read_assignment
from course.grading.workers import LocalWorkers

NAME = "ps1"
PLAIN = "plain runner"
RIGHT = {
    "double": "def double(x):\n    return 2 * x",
    "half": "credit = 3.0",
    "remark": "remark = 'mine'",
    "essay": "I think so.",
    "greet": "def greet():\n    return 'hi'",
}
WRONG = {**RIGHT, "double": "def double(x):\n    return x", "greet": "greet = None"}


def _cell(kind: str, name: str, source: str, **roles: Any) -> Any:
    make = new_code_cell if kind == "code" else new_markdown_cell
    nbgrader = {"grade": False, "solution": False, "locked": False, "task": False}
    nbgrader |= {"schema_version": 3, "grade_id": name, **roles}
    return make(source, id=name.replace("_", "-"), metadata={"nbgrader": nbgrader})


def _solution(text: str) -> str:
    return f"### BEGIN SOLUTION\n{text}\n### END SOLUTION"


def _notebook(cells: Iterable[Any]) -> Any:
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=list(cells), metadata={"kernelspec": spec})


def notebooks() -> dict[str, Any]:
    """Return the assignment: tests, partial credit, answers and a task for a person, two notebooks.

    A test of 2, a value of up to 3, a person's 1 and 4 and 5, another test of 1: 16 points.
    """
    test = {"grade": True, "locked": True}
    return {
        "one": _notebook(
            [
                _cell("code", "setup", "import math", locked=True),
                _cell("code", "double", _solution(RIGHT["double"]), solution=True),
                _cell("code", "test_double", "assert double(2) == 4", points=2, **test),
                _cell("code", "half", _solution(RIGHT["half"]), solution=True),
                _cell("code", "test_half", "credit", points=3, **test),
                _cell(
                    *("code", "remark", _solution(RIGHT["remark"])),
                    points=1,
                    solution=True,
                    grade=True,
                ),
                _cell("markdown", "essay", "YOUR ANSWER", points=4, solution=True, grade=True),
                _cell("markdown", "project", "Build it.", points=5, task=True, locked=True),
            ]
        ),
        "two": _notebook(
            [
                _cell("code", "greet", _solution(RIGHT["greet"]), solution=True),
                _cell("code", "test_greet", "assert greet() == 'hi'", points=1, **test),
            ]
        ),
    }


def hand_in(
    course: Path,
    student: str,
    answers: Mapping[str, str],
    *,
    only: Iterable[str] = ("one", "two"),
    timestamp: str = "2025-01-01 10:00:00.000000 UTC",
    files: Mapping[str, str] | None = None,
) -> Path:
    """Submit the release with answers by grade_id; return the folder."""
    folder = course / "submitted" / student / NAME
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in only:
        notebook = nbformat.read(course / "release" / NAME / f"{name}.ipynb", as_version=4)
        for cell in notebook.cells:
            cell.source = answers.get(cell.metadata.nbgrader.grade_id, cell.source)
        nbformat.write(notebook, folder / f"{name}.ipynb")
    for name, text in (files or {}).items():
        (folder / name).write_text(text)
    if timestamp:
        (folder / "timestamp.txt").write_text(timestamp)
    return folder


class PlainRunner:
    """Runs a job's cells in this process. What ``instead`` returns for a job, it returns."""

    def __init__(self, instead: Callable[[Job], Result | None] = lambda _job: None) -> None:
        """Run jobs as they are, or ask ``instead`` first."""
        self._instead = instead

    def start(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""

    def run(self, job: Job) -> Result:
        """Run a job."""
        if (other := self._instead(job)) is not None:
            return other
        runs = tuple(NotebookRun(one.name, tuple(run_cells(one.cells))) for one in job.notebooks)
        return Result("done", runs, seconds=0.5, cpu_seconds=0.25, executor=PLAIN)


def run_cells(cells: Iterable[Cell]) -> Iterable[Ran]:
    """Run the cells of a notebook in one namespace."""
    namespace: dict[str, Any] = {}
    for count, cell in enumerate(cells, start=1):
        yield Ran(cell.index, tuple(run_source(cell.source, count, namespace)), count, 0.1)


def run_source(source: str, count: int, namespace: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Run one cell; yield its outputs."""
    streams = {"stdout": io.StringIO(), "stderr": io.StringIO()}
    ended: dict[str, Any] = {}
    with (
        contextlib.redirect_stdout(streams["stdout"]),
        contextlib.redirect_stderr(streams["stderr"]),
    ):
        try:
            body = ast.parse(source).body
            last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
            exec(compile(ast.Module(body, []), "<cell>", "exec"), namespace)
            if isinstance(last, ast.Expr):
                value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)
                if value is not None:
                    data = {"text/plain": repr(value)}
                    ended = {"output_type": "execute_result", "data": data, "metadata": {}}
                    ended["execution_count"] = count
        except Exception as error:
            name, text = type(error).__name__, str(error)
            ended = {"output_type": "error", "ename": name, "evalue": text}
            ended["traceback"] = [f"{name}: {text}"]
    for name, stream in streams.items():
        if stream.getvalue():
            yield {"output_type": "stream", "name": name, "text": stream.getvalue()}
    if ended:
        yield ended


def grade(
    course: Path,
    *students: str,
    force: bool = False,
    instead: Callable[[Job], Result | None] = lambda _job: None,
    name: str = PLAIN,
) -> Report:
    """Grade a course folder with the plain runner."""
    folder = CourseFolder.open(course)
    with Grading(folder, read_assignment(folder, NAME)) as grading:
        workers = LocalWorkers(lambda: PlainRunner(instead), slots=1, name=name)
        try:
            return grading.run(folder.submissions(NAME, students), workers, force=force)
        finally:
            workers.close()
