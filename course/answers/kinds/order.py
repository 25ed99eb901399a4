"""Order: bring the items into sequence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, ClassVar, Self

from course.answers.errors import WrongAnswer
from course.answers.fields import OPTIONS_SCHEMA, Option
from course.answers.forms import Form
from course.answers.outcomes import Outcome, Reason, from_share
from course.text import _

__all__ = ["Order"]

_NAMED = 48  # characters of an item that name it among others


@dataclass(frozen=True, kw_only=True)
class Order(Form):
    """A sequence of items; answer: the list of all item ids, first to last.

    The key is a full ``order``, or only the pairs that matter (``before``: a comes before b), so
    that every sequence which respects them is right. The share is the share of those pairs that are
    the right way round, counted from what reversing nothing would get by chance:
    ``max(0, 2 * share - 1)`` (Kendall's tau, floored at zero).
    """

    items: tuple[Option, ...]

    kind: ClassVar[str] = "order"
    fields_schema: ClassVar[dict[str, Any]] = {"items": OPTIONS_SCHEMA}
    required_fields: ClassVar[tuple[str, ...]] = ("items",)
    key_schema: ClassVar[dict[str, Any]] = {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": {
            "order": {"type": "array", "minItems": 2, "items": {"type": "string"}},
            "before": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "array",
                    "minItems": 2,
                    "maxItems": 2,
                    "items": {"type": "string"},
                },
            },
            "wrong": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["first", "then", "say"],
                    "additionalProperties": False,
                    "properties": {
                        "first": {"type": "string"},
                        "then": {"type": "string"},
                        "say": {"type": "string"},
                        "misconception": {"type": "string"},
                    },
                },
            },
        },
        "oneOf": [{"required": ["order"]}, {"required": ["before"]}],
    }

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Make the form from checked JSON."""
        return cls(**{**raw, "items": tuple(Option(**item) for item in raw["items"])})

    def read(self, raw: object) -> tuple[str, ...] | None:
        """Return the item ids in the learner's order, or None if nothing was ordered."""
        if raw is None:
            return None
        offered = {item.id for item in self.items}
        if (
            not isinstance(raw, list | tuple)
            or not all(isinstance(item, str) for item in raw)
            or len(raw) != len(offered)
            or set(raw) != offered
        ):
            raise WrongAnswer(
                _("The stored answer to “{title}” does not name every item once.").format(
                    title=self.title
                )
            )
        return tuple(raw)

    def open_items(self, value: tuple[str, ...] | None) -> Sequence[str]:
        """Return one line if nothing was ordered."""
        return [] if value else [_("{title}: not ordered yet").format(title=self.title)]

    def describe(self, value: tuple[str, ...] | None) -> Sequence[str]:
        """Return the numbered labels, first to last."""
        labels = {item.id: item.label for item in self.items}
        return [f"{i}. {labels[v]}" for i, v in enumerate(value or (), 1)] or [_("(empty)")]

    def judge(self, value: tuple[str, ...], key: Mapping[str, Any]) -> Outcome:
        """Return the share of pairs in the right order, corrected for chance."""
        pairs = _pairs(key)
        place = {item: i for i, item in enumerate(value)}
        right = sum(place[a] < place[b] for a, b in pairs) / len(pairs)
        labels = {item.id: _name(item.label) for item in self.items}
        noted = {(w["first"], w["then"]): w for w in key.get("wrong", ())}
        reasons = []
        for a, b in pairs:
            if place[a] < place[b]:
                continue
            note = noted.get((b, a))
            # Of a full order, only neighbours the wrong way round and noted slips: one item far off
            # its place would else be said once for every item it passed.
            if note or "before" in key or place[a] == place[b] + 1:
                text = _("comes before “{later}”.").format(later=labels[b])
                text = f"{text} {note['say']}" if note else text
                misconception = note.get("misconception", "") if note else ""
                reasons.append(Reason(text, labels[a], misconception))
        return from_share(1.0 if right == 1 else max(0.0, 2 * right - 1), reasons)

    def key_problems(self, key: Mapping[str, Any]) -> Sequence[str]:
        """Return ids that do not exist, an incomplete order, pairs that contradict each other."""
        offered = {item.id for item in self.items}
        named = [*key.get("order", ()), *(item for pair in key.get("before", ()) for item in pair)]
        named += [w[side] for w in key.get("wrong", ()) for side in ("first", "then")]
        problems = [f"“{name}” is not one of the items" for name in named if name not in offered]
        if "order" in key and sorted(key["order"]) != sorted(offered):
            problems.append("“order” must name every item once")
        if problems:
            return problems
        pairs, shown = _pairs(key), [item.id for item in self.items]
        if _has_cycle(pairs):
            problems.append("“before” runs in a circle: no order can satisfy it")
        elif all(shown.index(a) < shown.index(b) for a, b in pairs):
            problems.append("the items are shown in a right order already: shuffle them")
        problems += [
            f"“wrong” expects “{w['first']}” before “{w['then']}”, which the key does not forbid"
            for w in key.get("wrong", ())
            if (w["then"], w["first"]) not in pairs
        ]
        return problems


def _name(label: str) -> str:
    """Return a label as it is named in a sentence: of a long one, the beginning."""
    if len(label) <= _NAMED:
        return label
    words = label[:_NAMED].rsplit(maxsplit=1)[0]  # no half word, where words are set apart
    return words.rstrip(" ,.;:") + "…"


def _pairs(key: Mapping[str, Any]) -> list[tuple[str, str]]:
    if "order" in key:
        return list(combinations(key["order"], 2))
    return [(a, b) for a, b in key["before"]]


def _has_cycle(pairs: Sequence[tuple[str, str]]) -> bool:
    left = list(pairs)
    while left:
        targets = {b for _, b in left}
        kept = [(a, b) for a, b in left if a in targets]
        if len(kept) == len(left):
            return True
        left = kept
    return False
