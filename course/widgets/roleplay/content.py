"""What is said in a role-play: sentences as data, one file per role-play, checked when read.

Sentences may hold slots such as ``{c}`` (the customer, as one addresses that person) or ``{due}``;
:mod:`course.widgets.roleplay.script` fills them.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import fastjsonschema

from course.answers import CourseError
from course.models.lead.chat_terms import EFFECTS, TURNS, Mood, Move
from course.text import _

__all__ = ["SCHEMA", "Content", "cast_of", "load", "slots_of"]

Content = Mapping[str, Any]

_FOLDER = Path(__file__).with_name("plays")

_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT, "minItems": 2, "uniqueItems": True}
_LINE = {
    "type": "object",
    "properties": {"who": {"enum": ["customer", "vendor", "note"]}, "text": _TEXT},
    "required": ["who", "text"],
    "additionalProperties": False,
}
_SCENES = {
    "type": "array",
    "items": {"type": "array", "items": _LINE, "minItems": 1},
    "minItems": 2,
}


def _all_of(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with exactly these parts."""
    return {
        "type": "object",
        "properties": dict(parts),
        "required": list(parts),
        "additionalProperties": False,
    }


def _same(names: list[str], part: Any) -> dict[str, Any]:
    return _all_of(dict.fromkeys(names, part))


_BOTH = _same(["customer", "vendor"], _TEXTS)
_USUAL = [Mood.EAGER.value, Mood.BRISK.value, Mood.COOL.value, Mood.EVASIVE.value]
_VENDOR_ON_CLAUSE = [Mood.TAKES.value, Mood.HAGGLES.value, Mood.STALLS.value]
_ANSWERED = [move for move in Move if EFFECTS[move].clear > 0]
_PERSON = _same(["name", "call", "firm", "short", "city", "role"], _TEXT)
_CAST = _all_of(
    {
        "id": _TEXT,
        "group": _TEXT,
        "value": {"type": "number", "exclusiveMinimum": 0},
        "product": _TEXT,
        "customer": _PERSON,
        "vendor": _PERSON,
        "words": {"type": "object", "additionalProperties": _TEXT},
        "reasons": _TEXTS,
    }
)


def _topic(index: int) -> dict[str, Any]:
    turn = TURNS[index]
    moves = [move.value for move in turn.moves]
    return _all_of(
        {
            "from_hour": {"type": "integer", "minimum": 6, "maximum": 20},
            "owner": {"enum": ["customer", "vendor"]},
            "item": _TEXT,
            "due": {"type": "integer", "minimum": 0, "maximum": 4},  # the next such weekday
            "moving": _SCENES,
            "stalled": _SCENES if index else {"type": "array", "maxItems": 0},
            "messages": _same(moves, _TEXTS),
        }
    )


def _answers(move: Move) -> dict[str, Any]:
    if move in (Move.CHASE, Move.COP):  # by who owes the thing asked for
        return _same(_USUAL, _same(["owner", "other"], _TEXTS))
    if move is not Move.CLAUSE:
        return _same(_USUAL, _BOTH)
    customer, vendor = _same(["customer"], _TEXTS), _same(["vendor"], _TEXTS)
    return _all_of(dict.fromkeys(_USUAL, customer) | dict.fromkeys(_VENDOR_ON_CLAUSE, vendor))


SCHEMA: dict[str, Any] = _all_of(
    {
        "schema": {"const": 1},
        "id": _TEXT,
        "title": _TEXT,
        "fee": {"type": "number"},
        "start": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "broker": _TEXT,
        "casts": {"type": "array", "items": _CAST, "minItems": 1},
        "topics": _all_of({turn.topic: _topic(index) for index, turn in enumerate(TURNS)}),
        "replies": _all_of({move.value: _answers(move) for move in _ANSWERED}),
        "promises": _same([Mood.EAGER.value, Mood.BRISK.value], _BOTH),
        "hello": _BOTH,
        "kept": _BOTH,
        "endings": _all_of(
            {
                "paid": _same(["honest", "conditional", "always"], _SCENES),
                "bypassed": _same(["customer", "vendor"], _SCENES),
                "dead": _SCENES,
                "dropped": _SCENES,
                "open": _SCENES,
            }
        ),
        "reveal": _all_of(
            {
                "headlines": _same(
                    ["paid", "bypassed", "dead", "dropped", "open"],
                    _same(["title", "text"], _TEXT),
                ),
                "because": {"type": "object", "additionalProperties": _TEXT},
                "kinds": _same(["honest", "conditional", "always"], _TEXT),
                "wants": _same(["yes", "no"], _TEXT),
                "moves": _same(
                    [move.value for move in Move],
                    _same(["good", "answered", "open"], {"type": "string"}),
                ),
                "notes": {"type": "object", "additionalProperties": _TEXT},
            }
        ),
    }
    | dict.fromkeys(
        ["drop", "quiet", "still", "early", "prompts", "broken", "volunteers", "agreed"], _TEXTS
    )
)
"""Every move has its answers in every mood, every topic its messages: nothing may be missing."""


@cache
def load(name: str) -> Content:
    """Return the checked content of a role-play.

    Raises:
        CourseError: there is no such role-play, or its file is not as :data:`SCHEMA` says.
    """
    path = _FOLDER / f"{name}.json"
    known = sorted(each.stem for each in _FOLDER.glob("*.json"))
    if name not in known:
        raise CourseError(
            _("There is no role-play “{name}”; this version has {known}.").format(
                name=name, known=", ".join(known)
            )
        )
    content: Content = json.loads(path.read_text(encoding="utf-8"))
    try:
        fastjsonschema.validate(SCHEMA, content)
    except fastjsonschema.JsonSchemaException as error:
        raise CourseError(
            _("The role-play {file} cannot be used: {problem}.").format(
                file=path.name, problem=error
            )
        ) from error
    return content


def cast_of(content: Content, cast: str) -> dict[str, Any]:
    """Return the people of a cast; raises KeyError if there is none of that name."""
    found = {each["id"]: each for each in content["casts"]}[cast]
    return dict(found)


def slots_of(content: Content, cast: str) -> dict[str, str]:
    """Return what fills the slots that stay the same for a whole play."""
    people = cast_of(content, cast)
    slots = {
        f"{side[0]}{part}": people[side][part]
        for side in ("customer", "vendor")
        for part in ("firm", "short", "city")
    }
    return {
        **people["words"],
        **slots,
        "c": people["customer"]["call"],
        "v": people["vendor"]["call"],
        "group": people["group"],
        "value": f"CNY {people['value'] * 10_000:,.0f}",
        "fee": f"{content['fee']:g} %",
        "feecny": f"CNY {people['value'] * 100 * content['fee']:,.0f}",
    }
