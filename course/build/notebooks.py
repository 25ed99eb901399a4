"""Cells become notebooks: the lesson, and the homework as its author sees it.

What nbgrader needs (ids, locks, points) and what learners need (code folded away, notebooks that
run when opened) is decided here, once, from each cell's role.
"""

import pprint
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from course.build.errors import BuildError
from course.build.lessons import Lesson, unknown_name
from course.build.sources import Cell, read_source

__all__ = ["HOMEWORK", "homework_notebook", "homework_points", "lesson_notebook"]

HOMEWORK = "homework"
"""Name of the homework notebook: nbgrader's notebook id in every assignment."""

_GRADE_FORM = """\
from course.answers import grade

key = None
### BEGIN HIDDEN TESTS
key = {key}
### END HIDDEN TESTS
grade({name!r}, key)"""


def lesson_notebook(lesson: Lesson) -> str:
    """Return the teaching notebook as JSON text: no outputs, nothing graded, stable ids."""
    path = lesson.folder / "lesson.py"
    cells = read_source(path)
    shown: list[str] = []
    built = []
    for number, cell in enumerate(cells):
        if cell.role in ("solution", "grade"):
            raise BuildError(path, f"{cell.role} cells belong in homework.py", line=cell.line)
        if cell.role == "form":
            _expect_form(cell, lesson.practice, path, "practice", shown)
        built.append(_plain(cell, _cell_id(lesson, cell, number)))
    _expect_all_shown(lesson.practice, shown, path, "practice")
    _expect_claims(lesson, [cell.id for cell in built])
    return _notebook(built, lesson)


def homework_notebook(lesson: Lesson) -> str:
    """Return the instructor's homework notebook, nbgrader's source, as JSON text."""
    path = lesson.folder / "homework.py"
    if lesson.homework is None:
        raise BuildError(path, "there is a homework.py but no [homework] table in lesson.toml")
    cells = read_source(path)
    _check_tasks(lesson, cells, path)
    total = homework_points(lesson)
    built = []
    for number, cell in enumerate(cells):
        if cell.part in lesson.homework.leave_out:
            continue
        made = _plain(cell, _cell_id(lesson, cell, number))
        made.source = made.source.replace("@points@", f"{total:g}")
        if cell.role == "form":
            built += [_locked(made), _grade_form(lesson, cell.name)]
        elif cell.role == "solution":
            made.metadata["nbgrader"] = _nbgrader(made, solution=True)
            made.metadata["tags"] = ["raises-exception"]  # one error must not stop Run All
            built.append(made)
        elif cell.role == "grade":
            built.append(_graded(made, cell.points or 0))
        else:
            built.append(_locked(made))
    return _notebook(built, lesson)


def homework_points(lesson: Lesson) -> float:
    """Return the points of the tasks that are not left out."""
    return sum(
        points
        for name, points in _points(lesson, read_source(lesson.folder / "homework.py")).items()
        if lesson.homework and name not in lesson.homework.leave_out
    )


def _points(lesson: Lesson, cells: list[Cell]) -> dict[str, float]:
    """Return the points of every task, left out or not."""
    return {
        cell.name: lesson.graded[cell.name].points if cell.role == "form" else cell.points or 0
        for cell in cells
        if cell.role == "grade" or (cell.role == "form" and cell.name in lesson.graded)
    }


def _check_tasks(lesson: Lesson, cells: list[Cell], path: Path) -> None:
    """Refuse tasks without a key, shown twice or not at all, and points that do not add up."""
    assert lesson.homework is not None
    shown: list[str] = []
    seen: set[tuple[str, str]] = set()
    for cell in cells:
        if cell.role == "form":
            _expect_form(cell, lesson.graded, path, "graded", shown)
            if cell.name not in lesson.keys:
                raise BuildError(lesson.folder / "keys.json", f"has no key for “{cell.name}”")
        if cell.role and cell.role != "show" and (cell.role, cell.name) in seen:
            raise BuildError(path, f"a second {cell.role}={cell.name!r}", line=cell.line)
        seen.add((cell.role, cell.name))
    _expect_all_shown(lesson.graded, shown, path, "graded")
    points = _points(lesson, cells)
    settings = lesson.folder / "lesson.toml"
    if abs(sum(points.values()) - lesson.homework.points) > 1e-9:
        raise BuildError(
            settings,
            f"[homework] says {lesson.homework.points:g} points, but the tasks add up to "
            f"{sum(points.values()):g}. Correct one of them.",
        )
    for name in lesson.homework.leave_out:
        if name not in points:
            raise BuildError(settings, "leave_out: " + unknown_name(name, name, points))
    for cell in cells:
        if cell.part and cell.part not in points:
            raise BuildError(path, unknown_name(cell.part, cell.part, points), line=cell.line)


def _grade_form(lesson: Lesson, name: str) -> Any:
    key = pprint.pformat(lesson.keys[name], width=96, sort_dicts=False)
    cell = new_code_cell(_GRADE_FORM.format(key=key, name=name), id=_short_id(name))
    cell.metadata["jupyter"] = {"source_hidden": True}
    return _graded(cell, lesson.graded[name].points)


def _plain(cell: Cell, cell_id: str) -> Any:
    text = f'show_form("{cell.name}")' if cell.role == "form" else cell.text
    if cell.kind == "markdown":
        made = new_markdown_cell(text, id=cell_id)
    elif cell.kind == "raw":
        made = new_raw_cell(text, id=cell_id)
    else:
        made = new_code_cell(text, id=cell_id)
    if cell.role in ("setup", "form", "show"):
        made.metadata["jupyter"] = {"source_hidden": True}
    return made


def _locked(cell: Any) -> Any:
    cell.metadata["nbgrader"] = _nbgrader(cell, locked=True)
    return cell


def _graded(cell: Any, points: float) -> Any:
    cell.metadata["nbgrader"] = _nbgrader(cell, grade=True, locked=True, points=points)
    cell.metadata["tags"] = ["raises-exception"]  # Run All goes on to the forms below
    return cell


def _nbgrader(cell: Any, **facts: Any) -> dict[str, Any]:
    base = {"schema_version": 3, "grade": False, "solution": False, "locked": False, "task": False}
    return {**base, "grade_id": cell.id, **facts}


def _cell_id(lesson: Lesson, cell: Cell, number: int) -> str:
    """Return an id that stays the same when other cells change, where the cell has a name."""
    if cell.role in ("form", "solution"):
        return _short_id(f"{cell.name}_{cell.role}")
    if cell.role == "grade":
        return _short_id(cell.name)
    if cell.role == "setup":
        return "setup"
    if cell.name:
        return _short_id(cell.name)
    return _short_id(f"{lesson.slug}-{number:02d}")


def _short_id(name: str) -> str:
    return name[:64]  # nbformat's limit


def _expect_form(cell: Cell, forms: Any, path: Any, group: str, shown: list[str]) -> None:
    if cell.name not in forms:
        known = ", ".join(forms) or "none"
        raise BuildError(
            path, f"no {group} form “{cell.name}” in forms.json. There: {known}", line=cell.line
        )
    if cell.name in shown:
        raise BuildError(path, f"form “{cell.name}” is shown twice", line=cell.line)
    if cell.text.strip():
        raise BuildError(path, "a form cell has no text of its own: remove it", line=cell.line)
    shown.append(cell.name)


def _expect_all_shown(forms: Any, shown: list[str], path: Any, group: str) -> None:
    for name in forms:
        if name not in shown:
            raise BuildError(
                path, f"the {group} form “{name}” of forms.json is not shown: # %% form=“{name}”"
            )


def _expect_claims(lesson: Lesson, ids: list[str]) -> None:
    for claim, cell_id in lesson.claims.items():
        if cell_id not in ids:
            raise BuildError(
                lesson.folder / "lesson.toml",
                f"[claims] {claim}: there is no cell “{cell_id}” in lesson.py. "
                + unknown_name(cell_id, cell_id, ids),
            )


def _notebook(cells: list[Any], lesson: Lesson) -> str:
    ids = [cell.id for cell in cells]
    twice = {i for i in ids if ids.count(i) > 1}
    if twice:
        raise BuildError(lesson.folder, f"two cells would get the id “{sorted(twice)[0]}”")
    notebook = new_notebook(
        cells=cells,
        metadata={
            "course": {"lesson": lesson.slug, "run_on_open": True},
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
    )
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"
