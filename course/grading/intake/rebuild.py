"""The notebook that is graded: the assignment's, with the learner's texts in it.

Everything that decides (ids, points, locks, tests, tags) is the instructor's. A learner's cell
gives its type, its text and the pictures that the text shows.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from nbformat.notebooknode import from_dict

from course.grading.intake.match import Matching, match, plain
from course.grading.intake.model import listed
from course.grading.intake.order import Place, arrange
from course.grading.intake.parse import FoundCell
from course.grading.job import Cell, Role
from course.grading.spec.model import CellSpec, NotebookSpec
from course.grading.spec.names import defined
from course.text import _

__all__ = ["Rebuilt", "rebuild"]

_CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # nbformat 4.5


@dataclass(frozen=True)
class Rebuilt:
    """A notebook ready to be run: its code as ``cells``, whose ``index`` is that in ``node``.

    ``untouched`` are the grade ids of answers that are as they were given.
    """

    node: NotebookNode
    cells: tuple[Cell, ...]
    untouched: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def rebuild(spec: NotebookSpec, found: Sequence[FoundCell]) -> Rebuilt:
    """Rebuild a submitted notebook from the specification and the cells that were found in it."""
    matching = match(spec.cells, found)
    order = arrange(spec.cells, matching.known, len(found), matching.dropped)
    elsewhere = _answered_elsewhere(spec.cells, found, matching, order)
    taken = {cell.cell_id for cell in spec.cells}
    nodes: list[NotebookNode] = []
    cells: list[Cell] = []
    untouched = []
    for index, (i, j) in enumerate(order):
        own = None if j is None else found[j]
        if i is None:
            assert own is not None  # a place is of one of the two, or both
            node = _node(own.cell_type, own.text, _free_id(own, index, taken), {}, own.attachments)
            role: Role = "learner"
            name = ""
        else:
            cell = spec.cells[i]
            node = _filled(cell, own, "" if i in elsewhere else matching.texts.get(i))
            role, name = cell.role, cell.grade_id
            if cell.answered and i not in elsewhere and _same(node.source, cell.shown):
                untouched.append(name)
        nodes.append(node)
        if node.cell_type == "code":
            cells.append(Cell(index, role, node.source, name))
    notebook = from_dict({"cells": [], "metadata": spec.metadata, "nbformat": 4})
    notebook["nbformat_minor"] = 5
    notebook["cells"] = nodes
    notes = (*matching.notes, *_notes(spec.cells, found, matching, order, elsewhere))
    return Rebuilt(notebook, tuple(cells), tuple(untouched), notes)


def _filled(cell: CellSpec, own: FoundCell | None, answer: str | None) -> NotebookNode:
    """Return a cell of the assignment with what may be the learner's in it.

    ``answer`` is a text that was found in another cell.
    """
    kind, text, attachments = cell.cell_type, cell.source, cell.attachments
    if not cell.fixed and own is not None:
        text, attachments = own.text, own.attachments
        if cell.kind == "ordinary":
            kind = own.cell_type
    if answer is not None:
        text = answer
    return _node(kind, text, cell.cell_id, cell.metadata, attachments)


def _node(
    kind: str,
    text: str,
    cell_id: str,
    metadata: Mapping[str, Any],
    attachments: Mapping[str, Any],
) -> NotebookNode:
    node = NotebookNode(cell_type=kind, id=cell_id, metadata=from_dict(metadata), source=text)
    if kind == "code":
        node.update(execution_count=None, outputs=[])
    elif attachments:
        node["attachments"] = from_dict(attachments)
    return node


def _free_id(own: FoundCell, index: int, taken: set[str]) -> str:
    """Return an id for a learner's cell: its own if that can be, and no other cell has it."""
    wanted = own.cell_id
    if wanted in taken or not _CELL_ID.fullmatch(wanted):
        wanted = f"added-{index}"
        while wanted in taken:
            wanted += "-"
    taken.add(wanted)
    return wanted


def _same(text: str, given: str) -> bool:
    return plain(text) in ("", plain(given))


def _answered_elsewhere(
    spec: Sequence[CellSpec],
    found: Sequence[FoundCell],
    matching: Matching,
    order: Sequence[Place],
) -> set[int]:
    """Return missing answers whose functions other cells define: what was given would undo these.

    So it is when a learner merges two answers into one cell.
    """
    missing = [i for i, j in order if i is not None and j is None and spec[i].answered]
    wanted = {i: set(defined(spec[i].shown)) for i in missing if i not in matching.texts}
    if not any(wanted.values()):
        return set()
    kept = [found[j] for i, j in order if j is not None and (i is None or not spec[i].fixed)]
    there = {name for cell in kept if cell.cell_type == "code" for name in defined(cell.text)}
    return {i for i, names in wanted.items() if names and names <= there}


def _notes(
    spec: Sequence[CellSpec],
    found: Sequence[FoundCell],
    matching: Matching,
    order: Sequence[Place],
    elsewhere: set[int],
) -> Iterable[str]:
    """Say what was put right."""
    cells = [(i, spec[i], None if j is None else found[j]) for i, j in order if i is not None]
    cells = [entry for entry in cells if entry[1].grade_id]
    gone = [(i, cell) for i, cell, own in cells if own is None]
    there = [(cell, own) for _i, cell, own in cells if own is not None]
    positions = [j for i, j in order if j is not None and i is not None and spec[i].grade_id]
    said = {
        _("Locked cells were missing and were put back: {names}."): [
            cell.grade_id for _i, cell in gone if not cell.answered
        ],
        _("Answer cells were missing; they count as not attempted: {names}."): [
            cell.grade_id
            for i, cell in gone
            if cell.answered and i not in elsewhere and i not in matching.texts
        ],
        _("These answers were found in another cell: {names}."): [
            cell.grade_id for i, cell in gone if i in elsewhere or i in matching.texts
        ],
        _("Locked cells were changed; what the assignment says there counts: {names}."): [
            cell.grade_id
            for cell, own in there
            if cell.fixed and plain(own.text) not in (plain(cell.shown), plain(cell.source))
        ],
        _("Cells were of another type than the assignment's, and were changed back: {names}."): [
            cell.grade_id for cell, own in there if own.cell_type != cell.cell_type
        ],
        _("Cells had lost their grade id and were recognised otherwise: {names}."): [
            cell.grade_id for cell, own in there if own.grade_id != cell.grade_id
        ],
        _("Cells stood in another order than the assignment's, which counts: {names}."): [
            found_cell.grade_id
            for number, (found_cell, _own) in enumerate(there)
            if positions[number] < max(positions[:number], default=-1)
        ],
    }
    return [text.format(names=listed(names)) for text, names in said.items() if names]
