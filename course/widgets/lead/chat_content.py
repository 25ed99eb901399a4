"""What is said in the group chat: its schema, its people, its slots.

Sentences may hold slots such as ``{c}`` (the customer, as one addresses that person) or ``{due}``;
:mod:`course.widgets.lead.chat_script` fills them.
"""

from pathlib import Path
from typing import Any

from course.models.lead.chat_terms import EFFECTS, TURNS, Mood, Move
from course.widgets.roleplay.content import TEXT, TEXTS, Content, all_of, read, same

__all__ = ["SCHEMA", "cast_of", "load", "slots_of"]

_FILE = Path(__file__).parent / "plays" / "lead.json"

_LINE = all_of({"who": {"enum": ["customer", "vendor", "note"]}, "text": TEXT})
_SCENES = {
    "type": "array",
    "items": {"type": "array", "items": _LINE, "minItems": 1},
    "minItems": 2,
}
_BOTH = same(["customer", "vendor"], TEXTS)
_USUAL = [Mood.EAGER.value, Mood.BRISK.value, Mood.COOL.value, Mood.EVASIVE.value]
_VENDOR_ON_CLAUSE = [Mood.TAKES.value, Mood.HAGGLES.value, Mood.STALLS.value]
_ANSWERED = [move for move in Move if EFFECTS[move].clear > 0]
_PERSON = same(["name", "call", "firm", "short", "city", "role"], TEXT)
_CAST = all_of(
    {
        "id": TEXT,
        "group": TEXT,
        "value": {"type": "number", "exclusiveMinimum": 0},
        "product": TEXT,
        "customer": _PERSON,
        "vendor": _PERSON,
        "words": {"type": "object", "additionalProperties": TEXT},
        "reasons": TEXTS,
    }
)


def _topic(index: int) -> dict[str, Any]:
    turn = TURNS[index]
    moves = [move.value for move in turn.moves]
    return all_of(
        {
            "from_hour": {"type": "integer", "minimum": 6, "maximum": 20},
            "owner": {"enum": ["customer", "vendor"]},
            "item": TEXT,
            "due": {"type": "integer", "minimum": 0, "maximum": 4},  # the next such weekday
            "moving": _SCENES,
            "stalled": _SCENES if index else {"type": "array", "maxItems": 0},
            "messages": same(moves, TEXTS),
        }
    )


def _answers(move: Move) -> dict[str, Any]:
    if move in (Move.CHASE, Move.COP):  # by who owes the thing asked for
        return same(_USUAL, same(["owner", "other"], TEXTS))
    if move is not Move.CLAUSE:
        return same(_USUAL, _BOTH)
    customer, vendor = same(["customer"], TEXTS), same(["vendor"], TEXTS)
    return all_of(dict.fromkeys(_USUAL, customer) | dict.fromkeys(_VENDOR_ON_CLAUSE, vendor))


SCHEMA: dict[str, Any] = all_of(
    {
        "schema": {"const": 1},
        "id": TEXT,
        "title": TEXT,
        "fee": {"type": "number"},
        "start": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "broker": TEXT,
        "casts": {"type": "array", "items": _CAST, "minItems": 1},
        "topics": all_of({turn.topic: _topic(index) for index, turn in enumerate(TURNS)}),
        "replies": all_of({move.value: _answers(move) for move in _ANSWERED}),
        "promises": same([Mood.EAGER.value, Mood.BRISK.value], _BOTH),
        "hello": _BOTH,
        "kept": _BOTH,
        "endings": all_of(
            {
                "paid": same(["honest", "conditional", "always"], _SCENES),
                "bypassed": same(["customer", "vendor"], _SCENES),
                "dead": _SCENES,
                "dropped": _SCENES,
                "open": _SCENES,
            }
        ),
        "reveal": all_of(
            {
                "headlines": same(
                    ["paid", "bypassed", "dead", "dropped", "open"],
                    same(["title", "text"], TEXT),
                ),
                "because": {"type": "object", "additionalProperties": TEXT},
                "kinds": same(["honest", "conditional", "always"], TEXT),
                "wants": same(["yes", "no"], TEXT),
                "moves": same(
                    [move.value for move in Move],
                    same(["good", "answered", "open"], {"type": "string"}),
                ),
                "notes": {"type": "object", "additionalProperties": TEXT},
            }
        ),
    }
    | dict.fromkeys(
        ["drop", "quiet", "still", "early", "prompts", "broken", "volunteers", "agreed"], TEXTS
    )
)
"""Every move has its answers in every mood, every topic its messages: nothing may be missing."""


def load() -> Content:
    """Return the checked content; raises CourseError if its file is not as :data:`SCHEMA` says."""
    return read(_FILE, SCHEMA)


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
