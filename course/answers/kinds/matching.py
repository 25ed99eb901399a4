"""Matching: join each thing on the left with its partner on the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from course.answers.cells import CellForm
from course.answers.errors import CourseError
from course.answers.fields import OPTIONS_SCHEMA, Field, Option, Value
from course.text import _

__all__ = ["Matching"]


@dataclass(frozen=True, kw_only=True)
class Matching(CellForm):
    """Left × right, each right side used at most once; answer: left id → right id.

    There may be more on the right than on the left, so that the last pair is no gift.
    """

    left: tuple[Option, ...]
    right: tuple[Option, ...]

    kind: ClassVar[str] = "matching"
    fields_schema: ClassVar[dict[str, Any]] = {"left": OPTIONS_SCHEMA, "right": OPTIONS_SCHEMA}
    required_fields: ClassVar[tuple[str, ...]] = ("left", "right")

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Make the form from checked JSON."""
        left = tuple(Option(**item) for item in raw["left"])
        right = tuple(Option(**item) for item in raw["right"])
        return cls(**{**raw, "left": left, "right": right})

    def __post_init__(self) -> None:
        """Refuse a form that nobody could complete."""
        if len(self.left) > len(self.right):
            raise CourseError(
                f"{len(self.left)} things on the left cannot each have a partner of their own: "
                f"there are {len(self.right)} on the right"
            )

    @property
    def cells(self) -> tuple[Field, ...]:
        """One choice among the right side for each thing on the left."""
        return tuple(Field(item.id, item.label, "choice", options=self.right) for item in self.left)

    def open_items(self, value: dict[str, Value] | None) -> Sequence[str]:
        """Return a line for each missing pair and for each partner used twice."""
        problems = list(super().open_items(value))
        used = [v for v in (value or {}).values() if v is not None]
        for option in self.right:
            if used.count(option.id) > 1:
                problems.append(_("{label}: used more than once").format(label=option.label))
        return problems
