"""What must hold for every lesson, as functions of one: the scaffold's test calls them as well."""

import os
from collections.abc import Mapping
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pandas as pd
import pytest
from nbgrader.utils import determine_grade, is_grade, is_solution

from course.answers import Scorecard
from course.answers.forms import Form
from course.answers.store import Store
from course.build.lessons import Lesson
from course.build.notebooks import homework_points
from course.build.sources import read_source
from course.build.tree import build_tree

Notebook = nbformat.NotebookNode


def write(lesson: Lesson, root: Path) -> None:
    """Write the generated files of one lesson below ``root``."""
    for path, content in build_tree([lesson]).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)


def execute(path: Path, **env: str) -> Notebook:
    """Run a notebook in its folder in a real kernel, errors allowed, as nbgrader does."""
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        notebook,
        timeout=60,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(path.parent)}},
    )
    return client.execute(env={**os.environ, **env})


def points(notebook: Notebook) -> dict[str, float]:
    """Return what nbgrader's own rule gives each graded cell."""
    return {
        cell.metadata.nbgrader.grade_id: determine_grade(cell)[0]
        for cell in notebook.cells
        if is_grade(cell)
    }


def full_points(notebook: Notebook) -> dict[str, float]:
    return {
        cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader.points
        for cell in notebook.cells
        if is_grade(cell)
    }


def printed(notebook: Notebook) -> str:
    """Return all text that the cells printed."""
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", ())]
    return "".join(o.text for o in outputs if o.output_type == "stream")


def errors(notebook: Notebook) -> list[str]:
    """Return errors and warnings that a reader would see."""
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", ())]
    return [f"{o.ename}: {o.evalue}" for o in outputs if o.output_type == "error"] + [
        o.text for o in outputs if o.output_type == "stream" and o.name == "stderr"
    ]


def put_stubs(source: Path, release: Path) -> None:
    """Make the source notebook the work of somebody who wrote nothing, hidden tests kept."""
    notebook = nbformat.read(source, as_version=4)
    stubs = {c.id: c for c in nbformat.read(release, as_version=4).cells}
    for cell in notebook.cells:
        if is_solution(cell):
            cell.source = stubs[cell.id].source
    nbformat.write(notebook, source)


def run_task(
    lesson: Path, task: str, code: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[float, Scorecard]:
    """Run a graded cell, hidden tests and all, on a learner's code, as its kernel would."""
    (body,) = (
        cell.text
        for cell in read_source(lesson / "homework.py")
        if cell.role == "grade" and cell.name == task
    )
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    (folder / "forms.json").write_text(
        '{"schema": 1, "course": "test", "lesson": "test", "forms": []}'
    )
    monkeypatch.chdir(folder)
    # What a learner's cells may have done to names that a test could lean on.
    names = {"pd": pd, "Scorecard": None, "Example": None, "Work": None, "load": None}
    exec(code, names)
    first, last = body.rsplit("\n", 1)
    exec(first, names)
    return eval(last, names), names["card"]


def answer_all(lesson: Lesson, folder: Path) -> None:
    """Store the key's own answer to every graded form."""
    store = Store(folder)
    for name, form in lesson.graded.items():
        if name in lesson.homework.leave_out:
            continue
        assert store.put(name, model_answer(form, lesson.keys[name])) == ""


def model_answer(form: Form, key: Mapping[str, Any]) -> Any:
    """Return an answer in stored form that the key accepts in full."""
    if "example" in key:
        return key["example"]
    if form.kind == "multiple":
        return list(key["accept"])
    if form.kind == "order":
        if "order" in key:
            return list(key["order"])
        after = {item.id: set() for item in form.items}
        for first, then in key["before"]:
            after[then].add(first)
        return list(TopologicalSorter(after).static_order())
    if "cells" not in key:
        return _value(key["accept"][0])
    cells = {name: _value(rule["accept"][0]) for name, rule in key["cells"].items()}
    if form.kind != "table":
        return cells
    rows: dict[str, dict[str, Any]] = {}
    for name, value in cells.items():
        row, column = name.split(".")
        rows.setdefault(row, {})[column] = value
    return rows


def _value(pattern: Any) -> Any:
    if not isinstance(pattern, Mapping):
        return pattern
    if "mentions" in pattern:
        return pattern["mentions"][0]
    return pattern.get("from", pattern.get("to"))


def check_lesson_runs(lesson: Lesson, root: Path) -> None:
    """The teaching notebook runs without a browser and complains of nothing."""
    notebook = execute(root / "notebooks" / lesson.slug / f"{lesson.slug}.ipynb")
    assert errors(notebook) == []


def check_model_answer(lesson: Lesson, root: Path) -> None:
    """The author's solution and the key's answers earn every point."""
    folder = root / "solutions" / lesson.slug
    answer_all(lesson, folder)
    notebook = execute(folder / "homework.ipynb", NBGRADER_EXECUTION="autograde")
    assert errors(notebook) == []
    assert points(notebook) == full_points(notebook)
    assert sum(points(notebook).values()) == homework_points(lesson)


def check_untouched(lesson: Lesson, root: Path) -> None:
    """Who did nothing gets nothing, and is told so; nothing fails."""
    source = root / "solutions" / lesson.slug / "homework.ipynb"
    put_stubs(source, root / "exercises" / lesson.slug / "homework.ipynb")
    notebook = execute(source, NBGRADER_EXECUTION="autograde")
    assert errors(notebook) == []
    assert set(points(notebook).values()) == {0.0}
    assert printed(notebook).count("Not attempted:") == len(points(notebook))
