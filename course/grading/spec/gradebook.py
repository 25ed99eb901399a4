"""What nbgrader's gradebook knows of an assignment."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from nbgrader.api import Gradebook
from nbgrader.dbutil import ALEMBIC_DIR

from course.grading.spec.model import SpecError

__all__ = ["Recorded", "RecordedCell", "read_gradebook"]


@dataclass(frozen=True)
class RecordedCell:
    """A cell as ``nbgrader generate_assignment`` recorded it, before hidden tests were cut."""

    grade_id: str
    cell_type: str
    source: str
    checksum: str
    locked: bool
    grade: bool = False
    solution: bool = False
    task: bool = False
    points: float = 0.0


@dataclass(frozen=True)
class Recorded:
    """A notebook as recorded; the order of its cells is not reliable."""

    name: str
    kernelspec: Mapping[str, Any]
    cells: tuple[RecordedCell, ...]


def read_gradebook(db_url: str, course_id: str, assignment: str) -> tuple[Recorded, ...]:
    """Return the notebooks of an assignment, by name.

    SpecError if there is no gradebook, if it is not of this nbgrader's version, or if it does not
    know the assignment.
    """
    try:
        _check(db_url, assignment)
        with Gradebook(db_url, course_id) as gradebook:
            known = {found.name: found for found in gradebook.assignments}
            if assignment not in known:
                raise SpecError(_unknown(assignment, sorted(known)))
            notebooks = sorted(known[assignment].notebooks, key=lambda found: str(found.name))
            return tuple(_recorded(notebook) for notebook in notebooks)
    except (sa.exc.SQLAlchemyError, ImportError, ValueError) as error:  # ImportError: no driver
        reason = str(getattr(error, "orig", None) or error)
        raise SpecError(f"The gradebook {_shown(db_url)} cannot be read: {reason}") from error


def _check(db_url: str, assignment: str) -> None:
    """Look before nbgrader does: it would make what is missing, and then find nothing in it."""
    generate = f"run `nbgrader generate_assignment {assignment}` in the course folder"
    url = sa.engine.make_url(db_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise SpecError(f"There is no gradebook {url.database}: {generate} first.")
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            tables = sa.inspect(connection).get_table_names()
            if not tables:
                raise SpecError(f"The gradebook {_shown(db_url)} is empty: {generate} first.")
            version = None
            if "alembic_version" in tables:
                version = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    finally:
        engine.dispose()
    if version != ScriptDirectory(ALEMBIC_DIR).get_current_head():
        raise SpecError(
            f"The gradebook {_shown(db_url)} was made by another version of nbgrader. "
            "Make a copy of it, then run `nbgrader db upgrade` in the course folder."
        )


def _shown(db_url: str) -> str:
    try:
        return sa.engine.make_url(db_url).render_as_string(hide_password=True)
    except sa.exc.ArgumentError:  # there may be a password in it all the same
        return "of c.CourseDirectory.db_url"


def _unknown(assignment: str, known: list[str]) -> str:
    near = get_close_matches(assignment, known, n=1)
    if near:
        hint = f"Did you mean {near[0]}?"
    else:
        hint = f"It knows: {', '.join(known)}." if known else "It knows none."
    return (
        f"The gradebook does not know the assignment {assignment!r}. {hint} "
        f"Otherwise run `nbgrader generate_assignment {assignment}` first."
    )


def _recorded(notebook: Any) -> Recorded:
    graded = {cell.name: cell for cell in notebook.grade_cells}
    tasks = {cell.name: cell for cell in notebook.task_cells}
    solutions = {cell.name for cell in notebook.solution_cells}
    sources = {cell.name: cell for cell in notebook.source_cells}
    lost = sorted({*graded, *tasks, *solutions} - set(sources))
    if lost:
        raise SpecError(
            f"The gradebook has no text for cell {lost[0]!r} of notebook {notebook.name!r}. "
            "Run `nbgrader generate_assignment` for the assignment again."
        )
    cells = tuple(
        RecordedCell(
            grade_id=name,
            cell_type=cell.cell_type,
            source=cell.source or "",
            checksum=cell.checksum or "",
            locked=bool(cell.locked),
            grade=name in graded,
            solution=name in solutions,
            task=name in tasks,
            points=float((graded.get(name) or tasks[name]).max_score)
            if name in graded or name in tasks
            else 0.0,
        )
        for name, cell in sources.items()
    )
    kernelspec = json.loads(notebook.kernelspec or "null")
    return Recorded(notebook.name, kernelspec if isinstance(kernelspec, dict) else {}, cells)
