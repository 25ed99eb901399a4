"""Typed fields: what one cell of a form may hold.

A field knows how to read a raw JSON value, what is wrong with it, and how to say it in words. Every
form kind is made of fields, so types, limits and messages are the same everywhere.
"""

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

from course.answers.errors import WrongAnswer
from course.text import _

__all__ = ["FIELD_SCHEMA", "OPTIONS_SCHEMA", "Field", "FieldType", "Option", "Value"]

type_names = ("choice", "number", "text", "date", "yesno")
FieldType = str
Value = str | float | bool | None

OPTIONS_SCHEMA: dict[str, Any] = {
    "type": "array",
    "minItems": 2,
    "items": {
        "type": "object",
        "required": ["id", "label"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string", "pattern": "^[a-z0-9_-]+$"},
            "label": {"type": "string", "minLength": 1},
        },
    },
}

FIELD_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["id", "label", "type"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
        "label": {"type": "string", "minLength": 1},
        "type": {"enum": list(type_names)},
        "options": OPTIONS_SCHEMA,
        "unit": {"type": "string"},
        "min": {"type": ["number", "string"]},
        "max": {"type": ["number", "string"]},
        "words": {"type": "integer", "minimum": 1},
        "required": {"type": "boolean"},
        "help": {"type": "string"},
    },
    "if": {"properties": {"type": {"const": "choice"}}},
    "then": {"required": ["options"]},
}


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen: its id in the data, its label on the screen."""

    id: str
    label: str


@dataclass(frozen=True)
class Field:
    """One typed cell.

    ``min`` and ``max`` are numbers for a number, ISO dates (YYYY-MM-DD) for a date; ``words`` is
    the least number of words of a text; ``unit`` is shown beside a number.
    """

    id: str
    label: str
    type: FieldType
    options: tuple[Option, ...] = ()
    unit: str = ""
    min: float | str | None = None
    max: float | str | None = None
    words: int = 1
    required: bool = True
    help: str = ""

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "Field":
        """Make a field from its JSON description (see ``FIELD_SCHEMA``)."""
        options = tuple(Option(**option) for option in raw.get("options", ()))
        return cls(**{**raw, "options": options})

    def option(self, option_id: object) -> Option | None:
        """Return the option with this id, or None."""
        return next((option for option in self.options if option.id == option_id), None)

    def read(self, raw: object) -> Value:
        """Return ``raw`` as this field's type; None where nothing was entered.

        Raises :class:`WrongAnswer` when it cannot be one: the sentence names the field.
        """
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        if self.type == "choice":
            if isinstance(raw, str) and self.option(raw):
                return raw
        elif self.type == "number":
            # bool is an int to Python, but True is no number to a person
            if isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw):
                return float(raw)
        elif self.type == "yesno":
            if isinstance(raw, bool):
                return raw
        elif isinstance(raw, str):
            if self.type == "text":
                return raw
            if _is_date(raw):
                return raw
        raise WrongAnswer(
            _("“{label}” expects {expected}, but the stored answer is {found}.").format(
                label=self.label, expected=self._expected(), found=_short(raw)
            )
        )

    def _expected(self) -> str:
        return {
            "choice": _("one of the offered choices"),
            "number": _("a number"),
            "text": _("some words"),
            "date": _("a date such as 2026-03-02"),
            "yesno": _("yes or no"),
        }[self.type]

    def problem(self, value: Value) -> str:
        """Return what is still to be mended in a value that was read, or an empty string."""
        if value is None:
            return _("still empty") if self.required else ""
        if self.type == "text" and len(str(value).split()) < self.words and not _is_cjk(str(value)):
            return _("at least {count} words, please").format(count=self.words)
        if self.type in ("number", "date"):
            if self.min is not None and value < self.min:  # type: ignore[operator]
                return _("at least {limit}").format(limit=self._with_unit(self.min))
            if self.max is not None and value > self.max:  # type: ignore[operator]
                return _("at most {limit}").format(limit=self._with_unit(self.max))
        return ""

    def describe(self, value: Value) -> str:
        """Return the value as a person would say it."""
        if value is None:
            return _("(empty)")
        if self.type == "choice":
            option = self.option(value)
            return option.label if option else str(value)
        if self.type == "yesno":
            return _("yes") if value else _("no")
        if self.type == "number":
            return self._with_unit(value)
        return str(value)

    def _with_unit(self, value: object) -> str:
        number = f"{value:g}" if isinstance(value, int | float) else str(value)
        return f"{number} {self.unit}".strip()


def _is_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10  # fromisoformat also takes week dates and compact forms


def _is_cjk(text: str) -> bool:
    """Tell whether words are not separated by spaces in this text, so that none can be counted."""
    return any("\u3400" <= char <= "\u9fff" for char in text)


def _short(raw: object) -> str:
    text = repr(raw)
    return text if len(text) <= 40 else text[:37] + "…"
