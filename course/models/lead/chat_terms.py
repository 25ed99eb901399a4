"""The terms of the chat of one deal: who is in it, what may be done, and what that is worth.

Plain data; the law is in :mod:`course.models.lead.chat`. Every number is *assumed*. Where the lead
model has the number, it is taken from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from types import MappingProxyType

from course.models.lead import Kind, Outcome
from course.models.lead.terms import HABITS, Params, Style

__all__ = [
    "EFFECTS",
    "RULES",
    "TURNS",
    "Effect",
    "Event",
    "Happening",
    "Luck",
    "Mood",
    "Move",
    "Pair",
    "Party",
    "Persona",
    "Play",
    "Rules",
    "State",
    "Step",
    "Turn",
]


class Party(IntEnum):
    """Whose turn of mind; the index in pairs."""

    CUSTOMER = 0
    VENDOR = 1


class Move(StrEnum):
    """What the broker may do in a turn."""

    LEAD = "lead"  # set or hold the rule: next date, owner, place
    CHASE = "chase"  # ask for one thing, with a neutral reason and a date
    COP = "cop"  # play the bad cop, so that neither party has to
    CLAUSE = "clause"  # propose the fee clause in writing
    ATTEND = "attend"  # go there and sit in
    BEG = "beg"  # ask for leave to be part of it
    DRIFT = "drift"  # any news?
    BOSS = "boss"  # nothing without me
    SILENT = "silent"
    DROP = "drop"  # let the deal go


class Mood(StrEnum):
    """How an answer sounds."""

    EAGER = "eager"  # wants the deal, and it moves
    BRISK = "brisk"  # wants the deal, and it stands
    COOL = "cool"  # wants the deal, sees less than half the fee's worth in the broker
    EVASIVE = "evasive"  # does not want the deal
    TAKES = "takes"  # the vendor on a fee clause: agrees
    HAGGLES = "haggles"  # … would, were the broker seen to be worth it
    STALLS = "stalls"  # … puts it off


class Happening(StrEnum):
    """What an event is."""

    SAYS = "says"  # a party answers, in a mood
    QUIET = "quiet"  # a party leaves a message unanswered
    AGREED = "agreed"  # the fee clause stands
    VOLUNTEERS = "volunteers"  # an honest vendor brings up the fee unasked
    ENDED = "ended"  # the deal has an outcome


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What a move does."""

    worth: float  # process value it shows to whoever sees all of it, % of deal value
    lift: float = 0.0  # share of missing momentum restored, 0-1
    answered: float = 0.0  # further share if the party asked first answers, 0-1
    clear: float = 1.0  # share of the usual answers that it gets, 0-1
    question: bool = False  # a clear question: leaving it open is evidence
    hours: float = 0.1


_RULE, _ATTEND = HABITS[Style.RULE].value, HABITS[Style.ATTENDING].value
_BEG, _SILENT = HABITS[Style.BEGGING].value, HABITS[Style.SILENT].value

EFFECTS: Mapping[Move, Effect] = MappingProxyType(
    {
        Move.LEAD: Effect(worth=_RULE, lift=0.32, answered=0.08, question=True, hours=0.5),
        Move.CHASE: Effect(worth=_RULE, lift=0.12, answered=0.2, question=True, hours=0.3),
        # The neutral reason multiplies what an answer restores, as Params.bad_cop_factor does.
        Move.COP: Effect(worth=_RULE, lift=0.12, answered=0.35, question=True, hours=0.4),
        Move.CLAUSE: Effect(worth=6.0, lift=0.05, question=True, hours=1.0),
        Move.ATTEND: Effect(worth=_ATTEND, lift=0.35, hours=9.0),
        Move.BEG: Effect(worth=_BEG, clear=0.6, hours=2.0),
        Move.DRIFT: Effect(worth=2.0, lift=0.03, clear=0.6, hours=0.2),
        Move.BOSS: Effect(worth=2.0, lift=0.08, clear=0.5, hours=0.5),
        Move.SILENT: Effect(worth=_SILENT, clear=0.5),
        Move.DROP: Effect(worth=_SILENT, clear=0.0),
    }
)


@dataclass(frozen=True)
class Turn:
    """A decision: when it comes, what it is about, and what is offered."""

    topic: str
    week: int  # 1-6
    weekday: int  # 0 for Monday
    moves: tuple[Move, ...]


def _turn(topic: str, week: int, weekday: int, moves: str) -> Turn:
    return Turn(topic, week, weekday, tuple(Move(name) for name in moves.split()))


TURNS = (
    _turn("opening", 1, 0, "lead drift beg clause boss"),
    _turn("papers", 1, 3, "chase drift silent beg"),
    _turn("monday", 2, 0, "lead chase beg silent"),
    _turn("meeting", 2, 3, "lead attend beg boss silent"),
    _turn("slip", 3, 0, "chase cop boss drift silent"),
    _turn("fee", 3, 3, "clause lead beg silent"),
    _turn("quiet", 4, 0, "cop chase drift silent drop"),
    _turn("price", 4, 3, "lead cop attend beg silent"),
    _turn("draft", 5, 1, "chase clause boss beg silent"),
    _turn("last", 6, 0, "lead cop drift silent drop"),
)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The world of the chat; ``world`` holds what it shares with the lead model."""

    world: Params = field(default_factory=Params)
    fee: float = 10.0  # % of deal value
    stretch: float = 2.6  # a decision here weighs as so many weeks there: 26 weeks in ten
    seen_pace: float = 0.35  # share of the gap to a move's worth closed per decision
    decay: float = 0.3  # share of momentum lost per decision; half of it while a rule runs
    rule_runs: int = 2  # decisions for which a rule goes on working after it was set or held
    moving: float = 0.6  # momentum from which answers sound eager
    volunteer: float = 0.7  # chance that an honest, willing vendor brings up the fee unasked
    ripe_close: tuple[float, ...] = (0.0, 0.0, 0.2, 1.0, 1.8, 2.8)  # by week; nobody signs at once
    ripe_death: tuple[float, ...] = (0.0, 0.25, 0.6, 0.8, 0.9, 1.0)  # by week


RULES = Rules()

Pair = tuple[float, float]


@dataclass(frozen=True)
class Event:
    """One thing that happened in a turn; ``who`` and ``mood`` where they make sense."""

    what: Happening
    who: Party | None = None
    mood: Mood | None = None


@dataclass(frozen=True)
class Persona:
    """A party's hidden mind: wants the deal or not, kind about fees, share of worth seen."""

    willing: bool
    kind: Kind
    perception: float  # what is seen of any worth, 1 for all of it


@dataclass(frozen=True)
class Luck:
    """All that a seed decides, drawn before any move."""

    people: tuple[Persona, Persona]
    clocks: tuple[float, float, float]  # unit exponentials: paid, bypassed, dead
    replies: tuple[Pair, ...]  # uniforms by turn and party
    volunteer: float  # uniform


@dataclass(frozen=True)
class State:
    """Where the deal stands before a turn; pairs are customer, vendor."""

    turn: int
    seen: Pair  # process value each party sees, % of deal value
    momentum: float
    passed: tuple[float, float, float] = (0.0, 0.0, 0.0)  # cumulative hazards, as the clocks
    agreed: bool = False  # a fee clause stands
    rule_left: int = 0  # decisions for which the rule still runs
    unanswered: tuple[int, int] = (0, 0)  # clear questions in a row left open
    hours: float = 0.0
    outcome: Outcome = Outcome.OPEN
    by: Party | None = None  # who started the side deal


@dataclass(frozen=True)
class Step:
    """One turn as it was played."""

    before: State
    move: Move
    events: tuple[Event, ...]
    after: State


@dataclass(frozen=True)
class Play:
    """A play: its luck (the reveal), its steps, and where it stands."""

    seed: int
    luck: Luck
    steps: tuple[Step, ...]
    state: State
