"""What is said in the three weeks: its schema, its people, its slots.

Sentences may hold slots such as ``{c}`` and ``{b}`` (the contact and the boss, as one addresses
them), ``{place}`` or ``{due}``. Slots whose filling depends on what the seller has found out are
filled by :func:`known_slots`.
"""

from pathlib import Path
from typing import Any

from course.models.momentum.meeting_state import Luck, State
from course.models.momentum.meeting_terms import TURNS, Ending, Money, Move, Party, Reply, Turn
from course.models.momentum.terms import Step
from course.text import _
from course.widgets.roleplay.content import TEXT, TEXTS, Content, all_of, read, same

__all__ = [
    "LAST_WEEK",
    "LATE",
    "SCHEMA",
    "SIDES",
    "cast_of",
    "known_slots",
    "load",
    "slots_of",
    "week",
]

LATE = ("smaller", "busy", "last")
"""Turns by which a text of ours may have been read, and a meeting may have passed it."""
LAST_WEEK = 3
SIDES = {Party.CONTACT: "contact", Party.BOSS: "boss"}

_FILE = Path(__file__).parent.parent / "plays" / "meeting.json"

_LINE = all_of({"who": {"enum": ["contact", "boss", "note"]}, "text": TEXT})
_SCENES = {
    "type": "array",
    "items": {"type": "array", "items": _LINE, "minItems": 1},
    "minItems": 2,
}
_STEPS = ["contact", "boss", "meeting", "budget"]
_PURSES = [money.value for money in Money]
_ENDINGS = [ending.value for ending in Ending if ending is not Ending.OPEN]
_PERSON = same(["name", "call", "role", "he", "his", "him"], TEXT)
_CAST = all_of(
    dict.fromkeys(["id", "amount", "firm", "city"], TEXT)
    | {
        "contact": _PERSON,
        "boss": _PERSON,
        "words": {"type": "object", "additionalProperties": TEXT},
    }
)
_STATES = {"praise": ["start"], "study": ["red", "again", "told"], "corridor": ["warm", "cool"]}


def _states(turn: Turn) -> list[str]:
    """Return the states in which a turn begins otherwise."""
    usual = ["moving", "still", *(["passed"] if turn.topic in LATE else [])]
    return _STATES.get(turn.topic, usual)


def _faces(move: Move) -> list[str]:
    """Return who can be the one that a move is said to."""
    drafts = [turn.who for turn in TURNS if turn.topic not in _STATES]
    offered = drafts if move in (Move.DRAFT, Move.PART) else []
    return sorted(
        {SIDES[turn.who] for turn in TURNS if move in turn.moves} | {SIDES[who] for who in offered}
    )


def _answers(move: Move) -> dict[str, Any]:
    faces = same(_faces(move), TEXTS)
    if move is Move.MONEY:
        return all_of({"stall": faces, "tells": same(_PURSES, faces)})
    if move is Move.PATH:
        return same(["stall", "tells"], faces)
    if move is Move.PART:
        return same(["tells"], faces)
    if move in (Move.PUSH, Move.GIFT, Move.SPLIT):
        return same(["cold"], faces)
    asks = move not in (Move.CELEBRATE, Move.NEWS, Move.SHOW, Move.PITCH, Move.BIG_ASK)
    return same(["advance", "continuation"] if asks else ["continuation"], faces)


_LEVELS = same(["high", "mid", "low"], TEXT)
_BOTH = same(["contact", "boss"], TEXTS)

SCHEMA: dict[str, Any] = all_of(
    {
        "schema": {"const": 1},
        "id": TEXT,
        "start": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "me": TEXT,
        "casts": {"type": "array", "items": _CAST, "minItems": 1},
        # The weekday (0 for Monday) that a turn's messages name: the next such day.
        "dues": same([turn.topic for turn in TURNS], {"type": "integer", "maximum": 4}),
        "scenes": all_of({turn.topic: same(_states(turn), _SCENES) for turn in TURNS}),
        "messages": all_of({t.topic: same([m.value for m in t.moves], TEXTS) for t in TURNS}),
        "later": same(["draft", "part"], TEXTS),
        "replies": all_of({m.value: _answers(m) for m in Move if m is not Move.WAIT}),
        "stalls": same(["asked", "other"], _BOTH),
        "tired": _BOTH,
        "letter": _SCENES,
        "pilot": _SCENES,
        "steps": same(_STEPS, _SCENES),
        "nextsteps": same(["0", "1", "2", "3"], TEXT),  # what is next, by steps done
        "endings": same(_ENDINGS, _SCENES),
        "reveal": all_of(
            {
                "headlines": same(_ENDINGS, same(["title", "text"], TEXT)),
                "because": {"type": "object", "additionalProperties": TEXT},
                "reached": same(["0", "1", "2", "3"], TEXT),
                "drives": _LEVELS,
                "marks": _LEVELS,
                "effort": same(["contact", "boss"], TEXT),
                "money": same(["name", "about", *_PURSES, "known", "unknown"], TEXT),
                "moves": same([move.value for move in Move], TEXT),
                "worth": same([*[reply.value for reply in Reply], "stall_money", "tired"], TEXT),
                "truth": same(_PURSES, TEXT),
                "steps": same(_STEPS, TEXT),
                "notes": {"type": "object", "additionalProperties": TEXT},
            }
        ),
    }
    | dict.fromkeys(["shown", "edited", "nothing", "prompts"], TEXTS)
)
"""Every move has its words in every turn and its answers of every worth: nothing may be missing."""


def load() -> Content:
    """Return the checked content; raises CourseError if its file is not as :data:`SCHEMA` says."""
    return read(_FILE, SCHEMA)


def cast_of(content: Content, cast: str) -> dict[str, Any]:
    """Return the people of a cast; raises KeyError if there is none of that name."""
    return dict({each["id"]: each for each in content["casts"]}[cast])


def slots_of(content: Content, cast: str) -> dict[str, str]:
    """Return what fills the slots that stay the same for a whole play."""
    people = cast_of(content, cast)
    pronouns = {
        f"{side[0]}{form}": people[side][form]
        for side in ("contact", "boss")
        for form in ("he", "his", "him")
    }
    return {
        **people["words"],
        **pronouns,
        "c": people["contact"]["call"],
        "b": people["boss"]["call"],
        **{name: people[name] for name in ("firm", "city", "amount")},
    }


def week(day: int) -> int:
    """Return the week of a day, from 1: the presentation is on a Tuesday, a week has a Monday."""
    return (day + 1) // 7 + 1


def known_slots(
    content: Content, slots: dict[str, str], state: State, luck: Luck
) -> dict[str, str]:
    """Return the slots that change: what the seller found out by asking, and what comes next."""
    purse = {Money.THIS_YEAR: slots["adjust"], Money.NEXT_YEAR: slots["plan"]}.get(luck.money)
    path, passed = state.path_known, state.at >= Step.MEETING
    unknown = [
        *([] if state.money_known else [_("which year")]),
        *([_("the day of the meeting")] if path else [_("which meeting")]),
    ]
    known = {
        "purse": purse if state.money_known and purse is not None else _("the budget"),
        "place": slots["meeting"] if path else _("whichever meeting decides"),
        "finance": slots["fin"] if path else _("whoever keeps the money"),
        "unknown": _("the money") if passed else ", ".join(unknown),
    }
    step = content["nextsteps"].get(str(int(state.at)), "")
    return known | {
        "target": known["finance" if passed else "place"],
        "nextstep": step.format_map(slots | known),
    }
