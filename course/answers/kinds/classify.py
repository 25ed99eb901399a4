"""Classify: put each item into one of several classes."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from course.answers.cells import CellForm
from course.answers.fields import OPTIONS_SCHEMA, Field, Option

__all__ = ["Classify"]


@dataclass(frozen=True, kw_only=True)
class Classify(CellForm):
    """Items × classes; answer: item id → class id."""

    items: tuple[Option, ...]
    classes: tuple[Option, ...]

    kind: ClassVar[str] = "classify"
    fields_schema: ClassVar[dict[str, Any]] = {"items": OPTIONS_SCHEMA, "classes": OPTIONS_SCHEMA}
    required_fields: ClassVar[tuple[str, ...]] = ("items", "classes")

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Make the form from checked JSON."""
        items = tuple(Option(**item) for item in raw["items"])
        classes = tuple(Option(**item) for item in raw["classes"])
        return cls(**{**raw, "items": items, "classes": classes})

    @property
    def cells(self) -> tuple[Field, ...]:
        """One choice among the classes for each item."""
        return tuple(
            Field(item.id, item.label, "choice", options=self.classes) for item in self.items
        )
