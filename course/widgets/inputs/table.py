"""Table: a grid with the row names on the left and the column names on top."""

from dataclasses import replace
from typing import Any

import ipywidgets as w

from course.answers.kinds.table import Table
from course.widgets.inputs import Changed
from course.widgets.inputs.cell import Cell
from course.widgets.page import escape, text

__all__ = ["Input"]

_WIDTHS = {
    "choice": "minmax(96px, 1fr)",
    "number": "minmax(90px, 0.7fr)",
    "text": "minmax(110px, 2fr)",
    "date": "142px",
    "yesno": "minmax(104px, max-content)",
}
_SHORT = 8  # characters: names that need no more room than they take


class Input:
    """A grid of cells."""

    def __init__(self, form: Table, value: Any, changed: Changed) -> None:
        """Show ``row.column`` → value."""
        value = value or {}
        self._cells = {
            (row.id, column.id): Cell(
                replace(column, label=f"{row.label}, {column.label}"),
                value.get(f"{row.id}.{column.id}"),
                changed,
                compact=True,
            )
            for row in form.rows
            for column in form.columns
        }
        grid: list[w.Widget] = [w.HTML()]
        for column in form.columns:
            unit = f" [{column.unit}]" if column.unit else ""
            grid.append(text(escape(column.label + unit), kind="th"))
        for row in form.rows:
            grid.append(text(escape(row.label), kind="th"))
            grid += [self._cells[row.id, column.id].control for column in form.columns]
        short = all(len(row.label) <= _SHORT for row in form.rows)
        names = "max-content" if short else "minmax(100px, 1.2fr)"
        widths = [names, *(_WIDTHS[column.type] for column in form.columns)]
        layout = w.Layout(grid_template_columns=" ".join(widths), grid_gap="4px 10px", width="100%")
        self.widget = w.GridBox(grid, layout=layout).add_class("ltd-grid")

    def raw(self) -> dict[str, dict[str, Any]] | None:
        """Return row → column → value of all that is filled."""
        rows: dict[str, dict[str, Any]] = {}
        for (row, column), cell in self._cells.items():
            if cell.value is not None:
                rows.setdefault(row, {})[column] = cell.value
        return rows or None

    def troubles(self) -> list[str]:
        """Return what was typed that cannot be read."""
        return [cell.trouble for cell in self._cells.values() if cell.trouble]
