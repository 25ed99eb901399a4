"""Typed fields: what one cell of a form may hold.

A field knows how to read a raw JSON value, what is wrong with it, and how to say it in words. Every
form kind is made of fields, so types, limits and messages are the same everywhere.
"""

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

from course.answers.errors import CourseError, WrongAnswer
from course.answers.numbers import say_number
from course.text import _, ngettext

__all__ = ["FIELD_SCHEMA", "OPTIONS_SCHEMA", "Field", "FieldType", "Option", "Value", "shorten"]

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
        "most_words": {"type": "integer", "minimum": 1},
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

    ``min`` and ``max`` are numbers for a number, ISO dates (YYYY-MM-DD) for a date; ``words`` and
    ``most_words`` are the least and the greatest number of words of a text; ``unit`` is shown
    beside a number.
    """

    id: str
    label: str
    type: FieldType
    options: tuple[Option, ...] = ()
    unit: str = ""
    min: float | str | None = None
    max: float | str | None = None
    words: int = 1
    most_words: int | None = None
    required: bool = True
    help: str = ""

    def __post_init__(self) -> None:
        """Refuse what no answer could fit: twin options, limits of another type or crossed."""
        ids = [option.id for option in self.options]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise CourseError(f"“{self.id}”: the option id “{twice[0]}” is used more than once")
        limits = [limit for limit in (self.min, self.max) if limit is not None]
        if limits and self.type not in ("number", "date"):
            raise CourseError(f"“{self.id}”: a {self.type} field has no “min” or “max”")
        for limit in limits:
            if not (isinstance(limit, str) and _is_date(limit)) == (self.type == "date"):
                raise CourseError(f"“{self.id}”: {limit!r} is no limit for a {self.type} field")
        if self.most_words is not None and self.most_words < self.words:
            raise CourseError(f"“{self.id}”: “most_words” {self.most_words} is below “words”")
        if len(limits) == 2 and limits[0] > limits[1]:  # type: ignore[operator]
            raise CourseError(f"“{self.id}”: “min” {limits[0]} is above “max” {limits[1]}")

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
            if isinstance(raw, int | float) and not isinstance(raw, bool) and _is_finite(raw):
                return float(raw)
        elif self.type == "yesno":
            if isinstance(raw, bool):
                return raw
        elif isinstance(raw, str):
            if self.type == "text":
                # Half an emoji (a lone surrogate) would stop every program that prints it.
                return raw.encode("utf-8", "replace").decode()
            if _is_date(raw):
                return raw
        raise WrongAnswer(
            _("“{label}” expects {expected}, but the stored answer is {found}.").format(
                label=self.label, expected=self._expected(), found=shorten(raw)
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
        if self.type == "text" and _count_words(str(value)) < self.words:
            return ngettext(
                "at least {count} word, please", "at least {count} words, please", self.words
            ).format(count=self.words)
        if too_long := self.too_long(value):
            return too_long
        if self.type in ("number", "date"):
            if self.min is not None and value < self.min:  # type: ignore[operator]
                return _("at least {limit}").format(limit=self._with_unit(self.min))
            if self.max is not None and value > self.max:  # type: ignore[operator]
                return _("at most {limit}").format(limit=self._with_unit(self.max))
        return ""

    def too_long(self, value: Value) -> str:
        """Return the sentence for a text of more than ``most_words``, or an empty string."""
        if self.type != "text" or self.most_words is None:
            return ""
        count = _count_words(str(value))
        if count <= self.most_words:
            return ""
        return ngettext(
            "That is {count} words; at most {most} word, please.",
            "That is {count} words; at most {most} words, please.",
            self.most_words,
        ).format(count=count, most=self.most_words)

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
        if self.type == "date":
            day = dt.date.fromisoformat(str(value))
            return _("{weekday}, {day} {month} {year}").format(
                weekday=f"{day:%A}", day=day.day, month=f"{day:%B}", year=day.year
            )
        return str(value)

    def _with_unit(self, value: object) -> str:
        number = say_number(value) if isinstance(value, int | float) else str(value)
        return f"{number} {self.unit}".strip()


def _is_date(text: str) -> bool:
    try:
        # fromisoformat also takes week dates and compact forms
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_finite(number: float) -> bool:
    try:
        return math.isfinite(number)
    except OverflowError:  # a whole number of more than 308 digits
        return False


def _count_words(text: str) -> int:
    """Count words; Chinese and Japanese set no spaces, so two of their signs count as one word."""
    signs = sum("\u3040" <= char <= "\u9fff" for char in text)
    spaced = "".join(" " if "\u3040" <= char <= "\u9fff" else char for char in text)
    return (signs + 1) // 2 + sum(any(map(str.isalnum, word)) for word in spaced.split())


def shorten(raw: object) -> str:
    """Return a stored value as it is quoted in a sentence."""
    text = repr(raw)
    return text if len(text) <= 40 else text[:37] + "…"
