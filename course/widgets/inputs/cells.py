"""Any form made of cells: a label, a control and a line of help for each."""

from typing import Any

import ipywidgets as w

from course.answers.cells import CellForm, SingleCellForm
from course.widgets.inputs import Changed
from course.widgets.inputs.cell import Cell
from course.widgets.page import escape, text

__all__ = ["Input"]


class Input:
    """Cells below each other."""

    def __init__(self, form: CellForm | SingleCellForm, value: Any, changed: Changed) -> None:
        """Show ``value``, as the form read it."""
        self._single = isinstance(form, SingleCellForm)
        fields = (form.cell,) if isinstance(form, SingleCellForm) else form.cells
        lines = getattr(form, "lines", 1)
        values = {fields[0].id: value} if self._single else (value or {})
        # A choice among many is a list to open, not a wall of buttons.
        self._cells = [
            Cell(f, values.get(f.id), changed, compact=len(f.options) > 6, lines=lines)
            for f in fields
        ]
        self.widget = w.VBox([self._row(cell) for cell in self._cells])

    def _row(self, cell: Cell) -> w.Widget:
        parts = [cell.widget]
        if not self._single:
            parts.insert(0, text(escape(cell.field.label), kind="label"))
        if cell.field.help:
            parts.append(text(escape(cell.field.help), kind="help"))
        return w.VBox(parts).add_class("ltd-row")

    def raw(self) -> Any:
        """Return the bare value of a single cell, else id → value of all that is filled."""
        if self._single:
            return self._cells[0].value
        filled = {cell.field.id: cell.value for cell in self._cells if cell.value is not None}
        return filled or None

    def troubles(self) -> list[str]:
        """Return what was typed that cannot be read."""
        return [cell.trouble for cell in self._cells if cell.trouble]
