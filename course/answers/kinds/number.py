"""Number with a unit."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from course.answers.cells import SingleCellForm
from course.answers.fields import Field

__all__ = ["Number"]


@dataclass(frozen=True, kw_only=True)
class Number(SingleCellForm):
    """A number in a stated unit; answer: the number."""

    unit: str
    min: float | None = None
    max: float | None = None

    kind: ClassVar[str] = "number"
    fields_schema: ClassVar[dict[str, Any]] = {
        "unit": {"type": "string", "minLength": 1},
        "min": {"type": "number"},
        "max": {"type": "number"},
    }
    required_fields: ClassVar[tuple[str, ...]] = ("unit",)

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Make the form from checked JSON."""
        return cls(**raw)

    def __post_init__(self) -> None:
        """Refuse limits that no number fits: the field checks them."""
        _ = self.cell

    @property
    def cell(self) -> Field:
        """The number as a field."""
        return Field(self.id, self.title, "number", unit=self.unit, min=self.min, max=self.max)
