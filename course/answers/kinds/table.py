"""Table: rows × typed columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from course.answers.cells import CellForm
from course.answers.errors import WrongAnswer
from course.answers.fields import FIELD_SCHEMA, Field, Option, Value
from course.text import _

__all__ = ["Table"]


@dataclass(frozen=True, kw_only=True)
class Table(CellForm):
    """Named rows × typed columns; answer: row id → column id → value.

    The key's rules are named ``row.column``. ``least`` is how many rows must be filled (all by
    default): a table may offer more rows than are needed.
    """

    rows: tuple[Option, ...]
    columns: tuple[Field, ...]
    least: int | None = None

    kind: ClassVar[str] = "table"
    fields_schema: ClassVar[dict[str, Any]] = {
        "rows": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["id", "label"],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string", "pattern": "^[a-z0-9_-]+$"},
                    "label": {"type": "string", "minLength": 1},
                },
            },
        },
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

    def read(self, raw: object) -> dict[str, Value] | None:
        """Return ``row.column`` → value for every cell, or None if all are empty."""
        if raw is None:
            return None
        if not isinstance(raw, Mapping) or not all(isinstance(v, Mapping) for v in raw.values()):
            raise WrongAnswer(
                _("The stored answer to “{title}” is not a table of rows and columns.").format(
                    title=self.title
                )
            )
        return super().read({f"{row}.{col}": v for row in raw for col, v in raw[row].items()})

    def open_items(self, value: dict[str, Value] | None) -> Sequence[str]:
        """Return a line for each cell to fill, and one if too few rows are begun."""
        problems = list(super().open_items(value))
        if self.least is None:
            return problems
        begun = 0
        for row in self.rows:
            cells = {column: (value or {}).get(f"{row.id}.{column.id}") for column in self.columns}
            if all(v is None for v in cells.values()):
                continue
            begun += 1
            problems += [
                f"{row.label}, {column.label}: {column.problem(None)}"
                for column, v in cells.items()
                if v is None and column.problem(None)
            ]
        if begun < self.least:
            problems.append(
                _("{title}: fill at least {least} rows").format(title=self.title, least=self.least)
            )
        return problems
