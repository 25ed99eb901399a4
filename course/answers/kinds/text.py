"""Short text."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from course.answers.cells import SingleCellForm
from course.answers.fields import Field

__all__ = ["ShortText"]


@dataclass(frozen=True, kw_only=True)
class ShortText(SingleCellForm):
    """A few words or lines; answer: the text. ``words`` is the least number of words."""

    words: int = 1
    lines: int = 1

    kind: ClassVar[str] = "text"
    fields_schema: ClassVar[dict[str, Any]] = {
        "words": {"type": "integer", "minimum": 1},
        "lines": {"type": "integer", "minimum": 1, "maximum": 20},
    }

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Make the form from checked JSON."""
        return cls(**raw)

    @property
    def cell(self) -> Field:
        """The text as a field."""
        return Field(self.id, self.title, "text", words=self.words)
