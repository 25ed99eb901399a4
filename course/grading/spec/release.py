"""The notebook that learners were given, with what the gradebook knows of its cells.

The gradebook keeps no reliable order and no ordinary cells. Both come from the release or, where
that is gone, from the source notebook.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

from nbformat.notebooknode import from_dict
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme
from nbgrader.utils import compute_checksum, is_locked

from course.grading.spec.gradebook import Recorded, RecordedCell
from course.grading.spec.model import CellSpec, CellType, Kind, NotebookSpec, SpecError
from course.grading.spec.names import defined

__all__ = ["Template", "lay_out", "read_template"]

_SCHEMA_VERSION = 3  # of nbgrader's metadata; the only one that nbgrader 0.8 and later grade
_CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # nbformat 4.5


@dataclass(frozen=True)
class Template:
    """A notebook of the instructor's, as it lies in the course folder."""

    cells: tuple[Mapping[str, Any], ...] = ()
    metadata: Mapping[str, Any] | None = None

    @property
    def by_grade_id(self) -> dict[str, Mapping[str, Any]]:
        """Its cells that name a grade id."""
        named = ((_grade_id(cell), cell) for cell in self.cells)
        return {grade_id: cell for grade_id, cell in named if grade_id}

    @property
    def code(self) -> tuple[str, ...]:
        """The text of its code cells."""
        return tuple(_text(cell) for cell in self.cells if cell.get("cell_type") == "code")


def read_template(path: Path) -> Template:
    """Read a notebook of the instructor's; an empty one if there is none, or none in nbformat 4."""
    try:
        data = json.loads(path.read_bytes())
        cells = tuple(cell for cell in data["cells"] if cell["cell_type"] in get_args(CellType))
        return Template(cells, data.get("metadata", {}))
    except (OSError, ValueError, KeyError, TypeError):
        return Template()


def lay_out(
    recorded: Recorded, release: Template, source: Template, *, parent: Any = None
) -> tuple[NotebookSpec, tuple[str, ...]]:
    """Return a notebook's specification, and notes for the instructor.

    ``parent`` is nbgrader's converter, whose settings say how hidden tests are marked. SpecError if
    the cells contradict each other.
    """
    cells = {cell.grade_id: cell for cell in recorded.cells}
    templates = [one for one in (release, source) if cells.keys() & one.by_grade_id.keys()]
    whole = [one for one in templates if cells.keys() <= one.by_grade_id.keys()]
    template = (whole or templates or [release if release.cells else source])[0]
    order: list[Mapping[str, Any] | RecordedCell] = []
    left = dict(cells)
    for raw in template.cells:
        order.append(left.pop(_grade_id(raw), raw))
    order += left.values()
    given, solved = template.by_grade_id, source.by_grade_id
    specs: list[CellSpec] = []
    ids: set[str] = set()
    for number, entry in enumerate(order):
        if isinstance(entry, RecordedCell):
            raw = given.get(entry.grade_id, {})
            solution = _text(solved.get(entry.grade_id, {}))
            shown = _text(raw) if template is release and raw else _cleared(entry, parent)
            made = _nbgrader_cell(entry, recorded.name, raw, shown, solution)
        else:
            made = _ordinary_cell(entry)
        specs.append(_with_id(made, number, ids))
    metadata = {k: v for k, v in (template.metadata or {}).items() if k != "widgets"}
    if recorded.kernelspec:
        metadata["kernelspec"] = recorded.kernelspec
    notes: tuple[str, ...] = ()
    if left and template.cells:
        names = ", ".join(sorted(left))
        notes = (
            f"Neither the release nor the source of {recorded.name}.ipynb has these cells of the "
            f"gradebook, which are graded at its end: {names}. If they moved or were renamed, run "
            "`nbgrader generate_assignment` again.",
        )
    return NotebookSpec(recorded.name, tuple(specs), metadata), notes


def _nbgrader_cell(
    cell: RecordedCell, notebook: str, raw: Mapping[str, Any], shown: str, solution: str
) -> CellSpec:
    def wrong(problem: str) -> SpecError:
        return SpecError(
            f"Cell {cell.grade_id!r} of notebook {notebook!r}: {problem}. Correct it in the source "
            "notebook and run `nbgrader generate_assignment` again."
        )

    kind: Kind
    if cell.task:
        kind = "task"
    elif cell.grade:
        kind = "manual" if cell.solution else "test"
    elif cell.solution:
        kind = "answer"
    elif cell.locked:
        kind = "locked"
    else:
        raise wrong("it is neither graded nor a solution nor locked")
    if kind == "test" and cell.cell_type != "code":
        raise wrong(f"it holds tests, so it must be code, not {cell.cell_type}")
    if kind == "task" and cell.cell_type != "markdown":
        raise wrong(f"it is a task, so it must be markdown, not {cell.cell_type}")
    fixed = cell.locked and not cell.solution
    node = from_dict(
        {"cell_type": cell.cell_type, "source": cell.source, "metadata": _metadata(cell, raw)}
    )
    if fixed:
        checksum = compute_checksum(node)
        if cell.checksum not in ("", checksum):
            raise wrong("its text in the gradebook does not fit its checksum")
        node.metadata.nbgrader["checksum"] = checksum
    return CellSpec(
        kind=kind,
        cell_type=cast(CellType, cell.cell_type),
        source=cell.source,
        shown=shown,
        cell_id=str(raw.get("id", cell.grade_id)),
        grade_id=cell.grade_id,
        points=cell.points,
        checksum=node.metadata.nbgrader.get("checksum", ""),
        fixed=fixed,
        metadata=node.metadata,
        attachments=_attachments(raw),
        defines=_defines(cell.cell_type, shown, solution),
    )


def _ordinary_cell(raw: Mapping[str, Any]) -> CellSpec:
    metadata = {k: v for k, v in raw.get("metadata", {}).items() if k not in _VOLATILE}
    return CellSpec(
        kind="ordinary",
        cell_type=cast(CellType, raw["cell_type"]),
        source=_text(raw),
        shown=_text(raw),
        cell_id=str(raw.get("id", "")),
        metadata=metadata,
        attachments=_attachments(raw),
        defines=_defines(raw["cell_type"], _text(raw)),
    )


_VOLATILE = ("nbgrader", "collapsed", "scrolled")  # the latter two nbgrader clears with the outputs


def _metadata(cell: RecordedCell, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cell's metadata, with nbgrader's part as nbgrader's sanitizing step makes it."""
    own = raw.get("metadata", {})
    nbgrader = {
        **own.get("nbgrader", {}),
        "schema_version": _SCHEMA_VERSION,
        "grade_id": cell.grade_id,
        "grade": cell.grade,
        "solution": cell.solution,
        "cell_type": cell.cell_type,
    }
    nbgrader.setdefault("locked", cell.locked)
    if cell.task or nbgrader.get("task"):
        nbgrader["task"] = cell.task
    # A graded cell is locked whatever its own mark says: only a contradiction is corrected.
    if is_locked(from_dict({"metadata": {"nbgrader": nbgrader}})) != cell.locked:
        nbgrader["locked"] = cell.locked
    if not (cell.grade or cell.task):
        nbgrader.pop("points", None)
    elif nbgrader.get("points") != cell.points:
        nbgrader["points"] = cell.points
    nbgrader.pop("checksum", None)
    if cell.checksum:
        nbgrader["checksum"] = cell.checksum
    return {**{k: v for k, v in own.items() if k not in _VOLATILE}, "nbgrader": nbgrader}


def _cleared(cell: RecordedCell, parent: Any) -> str:
    """Return what learners were shown of a recorded cell."""
    raw = {"cell_type": cell.cell_type, "source": cell.source, "metadata": {}}
    node = from_dict({**raw, "metadata": {"nbgrader": {"grade": True}}})
    for preprocessor in (ClearHiddenTests(parent=parent), ClearMarkScheme(parent=parent)):
        node, _ = preprocessor.preprocess_cell(node, {}, 0)
    return str(node.source)


def _defines(cell_type: str, *texts: str) -> tuple[str, ...]:
    if cell_type != "code":
        return ()
    return tuple(dict.fromkeys(name for text in texts for name in defined(text)))


def _with_id(cell: CellSpec, number: int, taken: set[str]) -> CellSpec:
    """Give a cell an id that nbformat allows and no other has; always the same."""
    wanted = cell.cell_id if _CELL_ID.fullmatch(cell.cell_id) else ""
    if not wanted or wanted in taken:
        wanted = f"cell-{number}"
        while wanted in taken:
            wanted += "-"
    taken.add(wanted)
    return cell if wanted == cell.cell_id else CellSpec(**{**vars(cell), "cell_id": wanted})


def _grade_id(cell: Mapping[str, Any]) -> str:
    nbgrader = cell.get("metadata", {}).get("nbgrader", {})
    return str(nbgrader.get("grade_id", "")) if isinstance(nbgrader, Mapping) else ""


def _text(cell: Mapping[str, Any]) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def _attachments(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = cell.get("attachments") or {}
    return found
