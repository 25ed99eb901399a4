"""Rules: what is accepted in one cell, and what a wrong value tells about its author.

A key is made of rules. A rule is data, so that keys can be checked when the course is built, folded
into hidden cells as plain literals, and read by people::

    {"accept": ["leading"], "right": "It names a date and an owner.",
     "wrong": [{"if": ["begging"], "say": "Polite, yet it sets the date itself.",
                "misconception": "politeness taken for begging"}],
     "otherwise": "Ask who decides what happens next."}

``accept`` and ``if`` are lists of values or of ranges ``{"from": 3, "to": 5}``; for texts also
``{"mentions": ["monday", "周一"], "without": ["asap"]}``, which holds when any of the first occurs
and none of the second. No rule accepts a text that is too long.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from course.answers.fields import Field, Value
from course.answers.outcomes import Reason
from course.text import _

__all__ = ["RULE_SCHEMA", "judge", "rule_problems"]

_PATTERNS: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "items": {
        "anyOf": [
            {"type": ["string", "number", "boolean"]},
            {
                "type": "object",
                "additionalProperties": False,
                "minProperties": 1,
                "properties": {
                    "from": {"type": ["number", "string"]},
                    "to": {"type": ["number", "string"]},
                },
            },
            {
                "type": "object",
                "additionalProperties": False,
                "required": ["mentions"],
                "properties": {
                    "mentions": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                    "without": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                },
            },
        ]
    },
}

RULE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["accept"],
    "additionalProperties": False,
    "properties": {
        "accept": _PATTERNS,
        "right": {"type": "string"},
        "wrong": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["if", "say"],
                "additionalProperties": False,
                "properties": {
                    "if": _PATTERNS,
                    "say": {"type": "string"},
                    "misconception": {"type": "string"},
                },
            },
        },
        "otherwise": {"type": "string"},
        "weight": {"type": "number", "exclusiveMinimum": 0},
    },
}


def judge(field: Field, value: Value, rule: Mapping[str, Any]) -> tuple[bool, Reason]:
    """Return whether ``value`` is accepted by ``rule``, and the reason to show for it."""
    if value is None:
        return False, Reason(_("still empty"), field.label)
    too_long = field.too_long(value)
    if not too_long and any(_matches(value, pattern) for pattern in rule["accept"]):
        return True, Reason(rule.get("right", ""), field.label)
    said = _you_answered(field.describe(value))
    if too_long:
        return False, Reason(f"{said} {too_long}", field.label)
    for wrong in rule.get("wrong", ()):
        if any(_matches(value, pattern) for pattern in wrong["if"]):
            text = f"{said} {wrong['say']}"
            return False, Reason(text, field.label, wrong.get("misconception", ""))
    return False, Reason(f"{said} {rule.get('otherwise', '')}".strip(), field.label)


def _you_answered(answer: str) -> str:
    """Quote an answer; one that is a quotation, or a whole sentence, brings its own marks."""
    if answer.startswith("“") and answer.endswith("”"):
        answer = answer[1:-1]
    said = _("you answered “{answer}”.").format(answer=answer.replace("“", "‘").replace("”", "’"))
    return said.removesuffix(".") if answer.endswith((".", "?", "!")) else said


def _matches(value: Value, pattern: object) -> bool:
    if isinstance(pattern, Mapping):
        if "mentions" in pattern:
            text = _plain(str(value))
            unwanted = any(_plain(word) in text for word in pattern.get("without", ()))
            return not unwanted and any(_plain(word) in text for word in pattern["mentions"])
        low, high = pattern.get("from"), pattern.get("to")
        return (low is None or low <= value) and (high is None or value <= high)
    if isinstance(value, bool) or isinstance(pattern, bool):
        return value is pattern
    if isinstance(value, str) and isinstance(pattern, str):
        return _plain(value) == _plain(pattern)
    return value == pattern


def _plain(text: str) -> str:
    """Fold case, width, spacing and closing punctuation: people write the same thing many ways."""
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return folded.strip(" .,;:!?。，；：！？\"'“”‘’")


def rule_problems(field: Field, rule: Mapping[str, Any]) -> Sequence[str]:
    """Return what is wrong with a rule for this field: values that can never be answered."""
    problems = []
    groups = [("accept", rule["accept"])]
    groups += [(f"wrong[{i}].if", wrong["if"]) for i, wrong in enumerate(rule.get("wrong", ()))]
    for place, patterns in groups:
        for pattern in patterns:
            problem = _pattern_problem(field, pattern)
            if problem:
                problems.append(f"{place}: {problem}")
    if not problems:
        for place, patterns in groups[1:]:
            values = [p for p in patterns if not isinstance(p, Mapping)]
            both = [v for v in values if any(_matches(v, p) for p in rule["accept"])]
            if both:
                problems.append(f"{place}: {both} is accepted already")
    return problems


def _pattern_problem(field: Field, pattern: object) -> str:
    values: Sequence[object] = [pattern]
    if isinstance(pattern, Mapping):
        wanted = ("text",) if "mentions" in pattern else ("number", "date")
        if field.type not in wanted:
            return f"{dict(pattern)} does not fit a {field.type} field"
        if "mentions" in pattern:
            words = [*pattern["mentions"], *pattern.get("without", ())]
            empty = [word for word in words if not _plain(word)]
            return f"{empty} would be found in every text" if empty else ""
        values = list(pattern.values())
    try:
        if None in [field.read(value) for value in values]:
            return f"{pattern!r} is no answer: it would be read as empty"
    except ValueError as error:
        return str(error)
    if isinstance(pattern, Mapping) and len(pattern) == 2 and pattern["from"] > pattern["to"]:
        return f"{dict(pattern)} runs backwards: nothing lies in it"
    return ""
