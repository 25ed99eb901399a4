"""Plan or charter: a page of named, typed fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from string import Formatter
from typing import Any, ClassVar, Self

from course.answers.cells import CellForm
from course.answers.errors import CourseError
from course.answers.fields import FIELD_SCHEMA, Field, Value

__all__ = ["Filled", "Plan"]

_ORDERED = ({"number"}, {"date"})
_NAMES = {"type": "array", "minItems": 2, "items": {"type": "string"}}
_parse = Formatter().parse


class Filled(dict[str, Value]):
    """A filled plan: a dict whose fields can also be read as attributes, ``plan.cadence``."""

    def __getattr__(self, name: str) -> Value:
        """Return the value of a field."""
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


@dataclass(frozen=True, kw_only=True)
class Plan(CellForm):
    """Typed fields; answer: field id → value.

    ``consistent`` holds rules between fields: ``{"ascending": [a, b]}`` (each filled one larger or
    later than the one before), ``{"different": [a, b]}``; ``say`` tells the learner. ``compose`` is
    a text with ``{field}`` places: what the fields make up, shown as it grows.
    """

    fields: tuple[Field, ...]
    consistent: tuple[Mapping[str, Any], ...] = ()
    compose: str = ""

    kind: ClassVar[str] = "plan"
    fields_schema: ClassVar[dict[str, Any]] = {
        "fields": {"type": "array", "minItems": 1, "items": FIELD_SCHEMA},
        "compose": {"type": "string", "minLength": 1},
        "consistent": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["say"],
                "additionalProperties": False,
                "properties": {
                    "ascending": _NAMES,
                    "different": _NAMES,
                    "say": {"type": "string"},
                },
                "oneOf": [{"required": ["ascending"]}, {"required": ["different"]}],
            },
        },
    }
    required_fields: ClassVar[tuple[str, ...]] = ("fields",)

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Make the form from checked JSON."""
        fields = tuple(Field.from_json(item) for item in raw["fields"])
        return cls(**{**raw, "fields": fields, "consistent": tuple(raw.get("consistent", ()))})

    def __post_init__(self) -> None:
        """Refuse names that hide a dict's own, and rules between fields that do not go together."""
        types = {field.id: field.type for field in self.fields}
        hidden = [name for name in types if hasattr(dict, name)]
        if hidden:
            raise CourseError(f"a field cannot be called {hidden}: answers are read as plan.name")
        places = {place for _text, place, _spec, _conversion in _parse(self.compose)} - {None}
        if places - types.keys():
            raise CourseError(
                f"“compose” names {sorted(map(str, places - types.keys()))}, which are not among "
                f"its fields: {sorted(types)}"
            )
        for rule in self.consistent:
            names = {*rule.get("ascending", ()), *rule.get("different", ())}
            if names - types.keys():
                raise CourseError(
                    f"“consistent” names {sorted(names - types.keys())}, which are not among its "
                    f"fields: {sorted(types)}"
                )
            if "ascending" in rule and {types[name] for name in names} not in _ORDERED:
                raise CourseError(f"“ascending” takes numbers only, or dates only: {sorted(names)}")

    @property
    def cells(self) -> tuple[Field, ...]:
        """The fields themselves."""
        return self.fields

    def read(self, raw: object) -> Filled | None:
        """Return the filled plan, or None if all is empty."""
        value = super().read(raw)
        return None if value is None else Filled(value)

    def preview(self, value: dict[str, Value] | None) -> str:
        """Return ``compose`` with what is filled in; three dots stand for what is not."""
        if not self.compose or value is None:
            return ""
        said = {
            field.id: "…" if value.get(field.id) is None else field.describe(value[field.id])
            for field in self.fields
        }
        return self.compose.format(**said)

    def describe(self, value: dict[str, Value] | None) -> Sequence[str]:
        """Return a line for each field, and the composed text."""
        composed = self.preview(value)
        return [*super().describe(value), *([composed] if composed else [])]

    def open_items(self, value: dict[str, Value] | None) -> Sequence[str]:
        """Return a line for each field to fill or mend, and for each rule between fields."""
        broken = [rule["say"] for rule in self.consistent if _is_broken(rule, value or {})]
        return [*super().open_items(value), *broken]

    def contradictions(self, value: dict[str, Value]) -> Mapping[str, str]:
        """Return the last field of each broken rule between fields, with the rule's sentence."""
        return {
            _names(rule)[-1]: rule["say"] for rule in self.consistent if _is_broken(rule, value)
        }


def _names(rule: Mapping[str, Any]) -> Sequence[str]:
    names: Sequence[str] = rule.get("ascending") or rule["different"]
    return names


def _is_broken(rule: Mapping[str, Any], value: Mapping[str, Value]) -> bool:
    filled = [v for v in (value.get(name) for name in _names(rule)) if v is not None]
    if "ascending" in rule:
        return any(a >= b for a, b in pairwise(filled))  # type: ignore[operator]
    return len(set(filled)) < len(filled)
