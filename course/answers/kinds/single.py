"""Single choice: pick one."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from course.answers.cells import SingleCellForm
from course.answers.fields import OPTIONS_SCHEMA, Field, Option

__all__ = ["SingleChoice"]


@dataclass(frozen=True, kw_only=True)
class SingleChoice(SingleCellForm):
    """One of several choices; answer: the id of the choice."""

    choices: tuple[Option, ...]

    kind: ClassVar[str] = "single"
    fields_schema: ClassVar[dict[str, Any]] = {"choices": OPTIONS_SCHEMA}
    required_fields: ClassVar[tuple[str, ...]] = ("choices",)

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Make the form from checked JSON."""
        return cls(**{**raw, "choices": tuple(Option(**c) for c in raw["choices"])})

    @property
    def cell(self) -> Field:
        """The choice as a field."""
        return Field(self.id, self.title, "choice", options=self.choices)
