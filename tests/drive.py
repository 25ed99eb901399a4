"""Learners without a browser: real forms driven through their real controls, code pasted in."""

import contextlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import ipywidgets as w
import nbformat

from course.answers import Work
from course.widgets.form import FormView


@contextlib.contextmanager
def form(folder: Path, form_id: str) -> Iterator[FormView]:
    """Open the view of a form, and close it again."""
    work = Work(folder)
    view = FormView(work.forms[form_id], work)
    yield view
    view.close()


def inside(widget: w.Widget) -> Iterator[w.Widget]:
    """Yield a widget and all that is shown in it, in reading order."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from inside(child)


def controls(view: FormView) -> dict[str, w.Widget]:
    """Return what a form is filled in with, by the name that a screen reader says."""
    kinds = (w.RadioButtons, w.Dropdown, w.Text, w.Textarea, w.DatePicker, w.Checkbox, w.Button)
    found = [each for each in inside(view.input.widget) if isinstance(each, kinds)]
    return {each.tooltip or each.description: each for each in found}


def fill(folder: Path, form_id: str, answer: Any) -> None:
    """Choose or type each value of a form made of cells: cell id → value.

    What other kinds keep is kept as it is; their controls have tests of their own.
    """
    work = Work(folder)
    labels = {cell.id: cell.label for cell in getattr(work.forms[form_id], "cells", ())}
    if not isinstance(answer, Mapping) or not labels.keys() >= answer.keys():
        assert not work.store.put(form_id, answer)
        return
    with form(folder, form_id) as view:
        found = controls(view)
        for cell_id, value in answer.items():
            control = found[labels[cell_id]]
            if isinstance(control, w.Text):
                value = str(value)
            elif isinstance(control, w.DatePicker):
                value = date.fromisoformat(value)
            control.value = value


def paste(folder: Path, task: str, code: str) -> None:
    """Replace the text of a solution cell, as a learner would in JupyterLab."""
    path = folder / "homework.ipynb"
    notebook = nbformat.read(path, as_version=4)
    (cell,) = [
        cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == f"{task}_solution"
    ]
    cell.source = code
    nbformat.write(notebook, path)
