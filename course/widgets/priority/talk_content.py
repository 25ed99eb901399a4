"""What is said in eight weeks with one expert: the schema of ``plays/expert.json``, and its slots.

Slots are such as ``{e}`` (the expert, as one addresses that person), ``{l}`` (the leader), ``{c}``
(the customer's person) or ``{item}`` (what is asked for at the moment);
:mod:`course.widgets.priority.talk_script` fills them.
"""

from functools import cache
from pathlib import Path
from typing import Any

from course.models.priority.talk_state import Mood
from course.models.priority.talk_terms import ANGRY, JOBS, TURNS, Kpi, Move, Temper, Turn
from course.widgets.roleplay.content import TEXT, TEXTS, Content, all_of, read, same

__all__ = ["JOB_NAMES", "SCHEMA", "cast_of", "load", "slots_of"]

JOB_NAMES = ("paper", "visit", "bid")
"""What the three requests are called in the content."""

_MOODS, _KPIS, _TEMPERS = ([each.value for each in kind] for kind in (Mood, Kpi, Temper))
_SOME: dict[str, Any] = {"type": "array", "items": TEXT, "minItems": 1, "uniqueItems": True}
_LINE = all_of({"who": {"enum": ["expert", "leader", "customer", "note"]}, "text": TEXT})
_SCENES = {
    "type": "array",
    "items": {"type": "array", "items": _LINE, "minItems": 1},
    "minItems": 2,
}
_PERSON = same(["name", "call", "role"], TEXT)
_JOB = all_of(
    dict.fromkeys(["part", "reviewers", "view", "mail", "did", "effect", "will"], TEXT)
    | {"reasons": TEXTS}
)
_OTHER = all_of({"who": TEXT, "jobs": TEXTS})
_CAST = all_of(
    {
        "id": TEXT,
        "value": {"type": "number", "exclusiveMinimum": 0},  # 10k CNY
        "project": TEXT,
        "firm": TEXT,
        "expert": _PERSON,
        "leader": _PERSON,
        "words": {"type": "object", "additionalProperties": TEXT},
        "jobs": {"type": "array", "items": _JOB, "minItems": len(JOBS), "maxItems": len(JOBS)},
        "others": {"type": "array", "items": _OTHER, "minItems": 12, "maxItems": 12},
        "rival": same(["who", "job"], TEXT),
        "voice": same(_MOODS, TEXTS),
    }
)
_SCENES_OF = {
    "first": ["any"],
    "leader": ["near", "far"],
    "wait": ["done", "near", "far"],
    "change": ["done", "near", "far"],
    "after": ["done", "begun", "lying"],
    "visit": ["any"],
    "report": ["came", "half", "none"],
    "bid": ["any"],
    "rival": ["done", "near", "far", "refused"],
    "end": ["done", "begun", "lying", "refused"],
}


def _topic(turn: Turn) -> dict[str, Any]:
    moves = [move.value for move in dict.fromkeys([*turn.moves, *turn.unmet])]
    if turn.topic == "bid":  # by then they may have said what they are measured by
        moves.remove("points")
        moves += ["points_guess", *(f"points_{kpi}" for kpi in _KPIS)]
    if turn.unmet:  # doing nothing is another thing while nothing has arrived
        moves.append("silent_unmet")
    return all_of({"scenes": same(_SCENES_OF[turn.topic], _SCENES), "messages": same(moves, TEXTS)})


_SILENT = (Move.SILENT, Move.CLAIM, Move.LOOK)  # what the usual answers do not answer
_CARDS = all_of(
    {
        "kpi": same(_KPIS, TEXT),
        "kpi_short": same(_KPIS, TEXT),
        "temper": same(_TEMPERS, TEXT),
        "memory": same(["long", "short"], TEXT),
        "patience": same(["high", "low"], TEXT),
        "strict": same(["yes", "no"], TEXT),
        "eye": same(["high", "low"], TEXT),
        "eye_mark": same(["high", "low"], TEXT),
        "shields": same("012", TEXT),
    }
    | dict.fromkeys(["again", "not", "desk", "next", "loud"], TEXT)
)
_NOTES = (
    "points_right points_wrong returns kept found unfound forgot refuses lifted eye_high eye_low"
    " missed reworked"
)
_REVEAL = all_of(
    {
        "why": same(
            [move.value for move in Move if move not in (Move.SHOUT, Move.ESCALATE)], _SOME
        ),
        "angry": same(["shout", "escalate"], same(["first", "again", "more"], _SOME)),
        "temper": same(_TEMPERS, TEXT),
        "notes": same(_NOTES.split(), TEXT),
        "cards": _CARDS,
        "because": same(["anger", "once", "record", "plain"], TEXT),
    }
)
_LEADER = (
    "decided_high decided_low decided_shield praised_high praised_low shields shields_escalate"
)

SCHEMA: dict[str, Any] = all_of(
    {
        "schema": {"const": 1},
        "id": TEXT,
        "start": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "me": TEXT,
        "casts": {"type": "array", "items": _CAST, "minItems": 1},
        "topics": all_of({turn.topic: _topic(turn) for turn in TURNS}),
        "replies": same(
            [move.value for move in Move if move not in (*ANGRY, *_SILENT)], same(_MOODS, TEXTS)
        ),
        "angry": all_of(
            {
                # A visit that is over cannot be hurried; a copy is not sent after it.
                move.value: same(
                    [*_TEMPERS, "cold", *(["past"] if move is not Move.CC else [])], TEXTS
                )
                for move in ANGRY
            }
        ),
        "desk": all_of(
            {
                "begin": same(_MOODS, TEXTS),
                "kpi": same(_KPIS, TEXTS),
                "eye": same(["high", "low"], TEXTS),
            }
            | dict.fromkeys(["none", "some", "one", "many", "idle", "empty"], TEXTS)
        ),
        "leader": same(_LEADER.split(), TEXTS),
        "done": same(JOB_NAMES, TEXTS),
        "settled": same(["paper", "bid"], same(["late", "half", "left", "refused"], _SOME)),
        "endings": same(["good", "good_cold", "mixed", "bad"], _SCENES),
        "reveal": _REVEAL,
    }
    | dict.fromkeys(
        ["points_wrong", "refuses", "returns", "found", "forgot", "letter", "prompts", "quiet"],
        TEXTS,
    )
)
"""Every move has its answers in every mood, every topic its messages: nothing may be missing."""


@cache
def load() -> Content:
    """Return the checked content; raises CourseError if it is not as :data:`SCHEMA` says."""
    return read(Path(__file__).parent / "plays" / "expert.json", SCHEMA)


def cast_of(content: Content, cast: str) -> dict[str, Any]:
    """Return the people of a cast; raises KeyError if there is none of that name."""
    return dict({each["id"]: each for each in content["casts"]}[cast])


def slots_of(content: Content, cast: str) -> dict[str, str]:
    """Return what fills the slots that stay the same for a whole play."""
    people = cast_of(content, cast)
    return {
        **people["words"],
        "e": people["expert"]["call"],
        "ename": people["expert"]["name"],
        "erole": people["expert"]["role"],
        "l": people["leader"]["call"],
        "firm": people["firm"],
        "project": people["project"],
        "rival": people["rival"]["who"],
        "value": f"CNY {people['value'] * 10_000:,.0f}",
    }
