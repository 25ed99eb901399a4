"""Multiple choice: tick all that apply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from course.answers.errors import WrongAnswer
from course.answers.fields import OPTIONS_SCHEMA, Option, shorten
from course.answers.forms import Form
from course.answers.outcomes import Outcome, Reason, from_share
from course.text import _

__all__ = ["MultipleChoice"]

_NOTE: dict[str, Any] = {
    "type": "object",
    "required": ["say"],
    "additionalProperties": False,
    "properties": {"say": {"type": "string"}, "misconception": {"type": "string"}},
}


@dataclass(frozen=True, kw_only=True)
class MultipleChoice(Form):
    """Several of several choices; answer: the list of the ids ticked.

    The share is that of the right choices ticked less that of the wrong ones, never below zero:
    ticking everything earns nothing. The key lists what to ``accept`` and a note for choices
    that are ticked wrongly or missed.
    """

    choices: tuple[Option, ...]

    kind: ClassVar[str] = "multiple"
    fields_schema: ClassVar[dict[str, Any]] = {"choices": OPTIONS_SCHEMA}
    required_fields: ClassVar[tuple[str, ...]] = ("choices",)
    key_schema: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["accept"],
        "additionalProperties": False,
        "properties": {
            "accept": {"type": "array", "minItems": 1, "items": {"type": "string"}},
            "notes": {"type": "object", "additionalProperties": _NOTE},
        },
    }

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Make the form from checked JSON."""
        return cls(**{**raw, "choices": tuple(Option(**c) for c in raw["choices"])})

    def read(self, raw: object) -> tuple[str, ...] | None:
        """Return the ticked ids in the order shown, or None if none is ticked."""
        if raw is None:
            return None
        if not isinstance(raw, list | tuple) or not all(isinstance(item, str) for item in raw):
            raise WrongAnswer(
                _("The stored answer to “{title}” is not a list of choices.").format(
                    title=self.title
                )
            )
        unknown = [item for item in raw if item not in {choice.id for choice in self.choices}]
        if unknown:
            raise WrongAnswer(
                _("The stored answer to “{title}” names {unknown}, which is not offered.").format(
                    title=self.title, unknown=shorten(unknown[0])
                )
            )
        return tuple(choice.id for choice in self.choices if choice.id in raw) or None

    def open_items(self, value: tuple[str, ...] | None) -> Sequence[str]:
        """Return one line if nothing is ticked."""
        return [] if value else [_("{title}: tick at least one").format(title=self.title)]

    def describe(self, value: tuple[str, ...] | None) -> Sequence[str]:
        """Return the labels of what was ticked, a line each."""
        return [c.label for c in self.choices if c.id in (value or ())] or [_("(empty)")]

    def judge(self, value: tuple[str, ...], key: Mapping[str, Any]) -> Outcome:
        """Return the share of right choices ticked less that of wrong ones, at least 0."""
        accepted, notes = set(key["accept"]), key.get("notes", {})
        reasons = []
        for choice in self.choices:
            ticked, right = choice.id in value, choice.id in accepted
            note = notes.get(choice.id, {})
            if ticked == right:
                text, misconception = (note.get("say", "") if ticked else ""), ""
            else:
                lead = _("ticked, but it does not belong.") if ticked else _("it belongs too.")
                text = f"{lead} {note.get('say', '')}".strip()
                misconception = note.get("misconception", "")
            if text:
                reasons.append(Reason(text, choice.label, misconception))
        hits, slips = len(accepted & set(value)), len(set(value) - accepted)
        others = len(self.choices) - len(accepted)
        share = hits / len(accepted) - (slips / others if others else 0.0)
        return from_share(max(0.0, share), reasons)

    def key_problems(self, key: Mapping[str, Any]) -> Sequence[str]:
        """Return ids in the key that are not offered."""
        offered = {choice.id for choice in self.choices}
        named = [*key["accept"], *key.get("notes", {})]
        return [f"“{name}” is not one of the choices" for name in named if name not in offered]
