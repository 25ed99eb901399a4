"""Table: rows × typed columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from course.answers.cells import CellForm
from course.answers.errors import CourseError, WrongAnswer
from course.answers.fields import FIELD_SCHEMA, OPTIONS_SCHEMA, Field, Option, Value
from course.answers.outcomes import Outcome, labelled
from course.text import _

__all__ = ["Table"]


@dataclass(frozen=True, kw_only=True)
class Table(CellForm):
    """Named rows × typed columns; answer: row id → column id → value.

    The key's rules are named ``row.column``. ``least`` is how many rows must be filled (all by
    default): a table may offer more rows than are needed. Then only the rows begun are scored, and
    so many empty ones as are missing.
    """

    rows: tuple[Option, ...]
    columns: tuple[Field, ...]
    least: int | None = None

    kind: ClassVar[str] = "table"
    fields_schema: ClassVar[dict[str, Any]] = {
        "rows": {**OPTIONS_SCHEMA, "minItems": 1},
        "columns": {"type": "array", "minItems": 1, "items": FIELD_SCHEMA},
        "least": {"type": "integer", "minimum": 1},
    }
    required_fields: ClassVar[tuple[str, ...]] = ("rows", "columns")

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Make the form from checked JSON."""
        rows = tuple(Option(**item) for item in raw["rows"])
        columns = tuple(Field.from_json(item) for item in raw["columns"])
        return cls(**{**raw, "rows": rows, "columns": columns})

    def __post_init__(self) -> None:
        """Refuse to ask for more rows than there are."""
        if self.least is not None and self.least > len(self.rows):
            raise CourseError(f"“least” is {self.least}, but there are {len(self.rows)} rows")

    @property
    def cells(self) -> tuple[Field, ...]:
        """Every cell, row by row, named ``row.column``."""
        return tuple(
            replace(
                column,
                id=f"{row.id}.{column.id}",
                label=f"{row.label}, {column.label}",
                required=column.required and self.least is None,
            )
            for row in self.rows
            for column in self.columns
        )

    def by_cell(self, raw: object) -> Mapping[str, Any]:
        """Return a stored table as ``row.column`` → stored value."""
        if not isinstance(raw, Mapping) or not all(isinstance(v, Mapping) for v in raw.values()):
            raise WrongAnswer(
                _("The stored answer to “{title}” is not a table of rows and columns.").format(
                    title=self.title
                )
            )
        return {f"{row}.{col}": v for row in raw for col, v in raw[row].items()}

    def open_items(self, value: dict[str, Value] | None) -> Sequence[str]:
        """Return a line for each cell to fill, and one if too few rows are begun."""
        problems = list(super().open_items(value))
        if self.least is None:
            return problems
        begun = 0
        for row in self.rows:
            cells = self._row(row, value or {})
            if all(v is None for v in cells.values()):
                continue
            begun += 1
            problems += [
                labelled(f"{row.label}, {column.label}", column.problem(None))
                for column in self.columns
                if cells[f"{row.id}.{column.id}"] is None and column.problem(None)
            ]
        if begun < self.least:
            problems.append(
                _("{title}: fill at least {least} rows").format(title=self.title, least=self.least)
            )
        return problems

    def judge(self, value: dict[str, Value], key: Mapping[str, Any]) -> Outcome:
        """Return the weighted share of accepted cells; rows too many may stay empty."""
        if self.least is None:
            return super().judge(value, key)
        rows = [self._row(row, value) for row in self.rows]
        # Sorting is stable: rows begun first, then empty ones, both as shown.
        rows.sort(key=lambda cells: all(v is None for v in cells.values()))
        begun = sum(any(v is not None for v in cells.values()) for cells in rows)
        scored = {name for cells in rows[: max(begun, self.least)] for name in cells}
        rules = {name: rule for name, rule in key["cells"].items() if name in scored}
        return super().judge(value, {"cells": rules})

    def _row(self, row: Option, value: Mapping[str, Value]) -> dict[str, Value]:
        names = (f"{row.id}.{column.id}" for column in self.columns)
        return {name: value.get(name) for name in names}
