"""The terms of the three weeks after "we are satisfied": who is in it, what may be done.

Plain data; the law is in :mod:`course.models.momentum.meeting`. Every number is *assumed*. Where
the momentum model has the number, it is taken from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from types import MappingProxyType

from course.models.momentum.terms import HOURS, Params
from course.models.momentum.terms import Move as Throttle

__all__ = [
    "DAYS",
    "EFFECTS",
    "RULES",
    "TURNS",
    "Effect",
    "Ending",
    "Happening",
    "Money",
    "Move",
    "Pair",
    "Party",
    "Reply",
    "Rules",
    "Turn",
]

Pair = tuple[float, float]


class Party(IntEnum):
    """Whose mind; the index in pairs."""

    CONTACT = 0
    BOSS = 1


class Money(StrEnum):
    """Whether there is money for it."""

    THIS_YEAR = "this_year"
    NEXT_YEAR = "next_year"
    NONE = "none"


class Move(StrEnum):
    """What the seller may do in a turn."""

    MONEY = "money"  # probe: can it land this year, is there budget?
    PATH = "path"  # probe: which meeting, whose voice, what evidence?
    DRAFT = "draft"  # softly: may I write what the next step needs, to spare you work?
    BRIEF = "brief"  # a 1-2-3 brief by chat that can be passed on, "is that all right?"
    EDIT = "edit"  # ask them to change what was drafted
    PAPER = "paper"  # the meeting's paper and the budget sheet
    LETTER = "letter"  # offer a letter of intent
    PILOT = "pilot"  # a small project of its own, bought by the rules
    NEXT = "next"  # name the next step, an owner among them, a date
    CELEBRATE = "celebrate"  # thank, be happy, leave the rest to them
    WAIT = "wait"  # do nothing
    NEWS = "news"  # any news?
    SHOW = "show"  # present again
    PITCH = "pitch"  # argue at length for what they like already
    BIG_ASK = "big_ask"  # ask for everything that is left at once
    PUSH = "push"  # a signature, now
    GIFT = "gift"  # a present, a dinner, a trip
    SPLIT = "split"  # cut it in parts, so that no tender is needed
    PART = "part"  # let it go for this year, and say when to come back


class Reply(StrEnum):
    """What an answer is worth."""

    ADVANCE = "advance"  # they take something on: read, change, carry further, name a day
    CONTINUATION = "continuation"  # kind words, and nobody owns anything
    STALL = "stall"  # "let us study it"
    TELLS = "tells"  # a straight answer to a question
    COLD = "cold"  # a line was crossed, or their time is used up


class Happening(StrEnum):
    """What an event is."""

    SAYS = "says"  # somebody answers
    EDITED = "edited"  # the contact changed what was drafted
    LETTER = "letter"  # the letter of intent is signed
    PILOT = "pilot"  # the small project begins
    STEP = "step"  # a step inside their house is taken
    ENDED = "ended"


class Ending(StrEnum):
    """How the three weeks end."""

    OPEN = "open"  # not over
    FUNDED = "funded"  # money of this year is set aside
    PLANNED = "planned"  # it stands in next year's plan
    MOVING = "moving"  # a meeting has passed it, the money is not settled
    STALLED = "stalled"  # pleased, and nothing
    PARTED = "parted"  # let go, knowing why
    EMPTY = "empty"  # there never was money, and nobody asked
    CLOSED = "closed"  # they wish to hear no more


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What a move does."""

    hours: float = 0.1  # the seller's
    theirs: Pair = (0.0, 0.0)  # what it costs the contact and the boss at once, hours
    strain: float = 0.0  # what it adds to the strain; below 0 it relieves
    dated: float = 0.0  # what it adds to the drive until the next turn, logits
    help: bool = False  # a text they can use at the step at which they stand
    asks: bool = False  # asks them for something: the reply says whether they take it on


EFFECTS: Mapping[Move, Effect] = MappingProxyType(
    {
        Move.MONEY: Effect(hours=HOURS[Throttle.PROBE] / 2, theirs=(0.1, 0.1)),
        Move.PATH: Effect(hours=HOURS[Throttle.PROBE] / 2, theirs=(0.1, 0.0)),
        Move.DRAFT: Effect(hours=HOURS[Throttle.DRAFT], strain=-0.3, help=True, asks=True),
        Move.BRIEF: Effect(hours=1.0, theirs=(0.1, 0.0), strain=-0.2, help=True, asks=True),
        Move.EDIT: Effect(hours=HOURS[Throttle.EDITS], theirs=(0.3, 0.0), asks=True),
        Move.PAPER: Effect(hours=HOURS[Throttle.PAPER], theirs=(0.2, 0.0), help=True, asks=True),
        Move.LETTER: Effect(hours=HOURS[Throttle.LETTER], theirs=(0.2, 0.1), asks=True),
        Move.PILOT: Effect(hours=2.0, theirs=(0.3, 0.1), asks=True),  # the offer alone
        Move.NEXT: Effect(hours=0.3, theirs=(0.1, 0.0), dated=0.7, asks=True),
        Move.CELEBRATE: Effect(),
        Move.WAIT: Effect(hours=0.0),
        Move.NEWS: Effect(theirs=(0.1, 0.0), strain=0.1),
        Move.SHOW: Effect(hours=HOURS[Throttle.SHOW], theirs=(2.0, 1.0), strain=0.1),
        Move.PITCH: Effect(hours=1.0, theirs=(0.7, 0.5), strain=0.2),
        Move.BIG_ASK: Effect(hours=HOURS[Throttle.BIG_ASK], theirs=(0.5, 0.3), strain=0.4),
        Move.PUSH: Effect(hours=0.3, theirs=(0.2, 0.2), strain=0.8, dated=0.4),
        Move.GIFT: Effect(hours=2.0, strain=1.1),
        Move.SPLIT: Effect(hours=1.0, theirs=(0.2, 0.2), strain=1.2),
        Move.PART: Effect(hours=0.2),
    }
)


@dataclass(frozen=True)
class Turn:
    """A decision: when it comes, whom it faces, what is offered."""

    topic: str
    day: int  # days after the presentation
    who: Party
    moves: tuple[Move, ...]


def _turn(topic: str, day: int, who: Party, moves: str) -> Turn:
    return Turn(topic, day, who, tuple(Move(name) for name in moves.split()))


TURNS = (
    _turn("praise", 0, Party.BOSS, "money celebrate pitch push"),
    _turn("study", 0, Party.BOSS, "draft money push celebrate big_ask"),
    _turn("corridor", 0, Party.CONTACT, "path draft gift wait show"),
    _turn("evening", 1, Party.CONTACT, "brief pitch money wait big_ask"),
    _turn("friday", 3, Party.CONTACT, "edit path news letter wait"),
    _turn("monday", 6, Party.CONTACT, "paper edit show news push"),
    _turn("smaller", 9, Party.BOSS, "pilot split letter brief wait"),
    _turn("busy", 13, Party.CONTACT, "next edit paper news gift"),
    _turn("last", 16, Party.CONTACT, "next draft money wait push"),
)
DAYS = 21
"""How long it lasts."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The world of these weeks; ``world`` holds what it shares with the momentum model."""

    world: Params = field(default_factory=Params)
    pace: float = 6.0  # weeks of the momentum model that pass in a week here: 18 weeks in three
    this_year: float = 0.6  # share of customers with money this year
    next_year: float = 0.27  # … with money next year only; the rest have none
    contact_hours: Pair = (5.0, 13.0)  # what the contact has left for this, lowest and highest
    boss_hours: Pair = (1.5, 4.0)
    boss_share: float = 0.5  # hours of the boss that each of the two steps at the top takes
    tells: Pair = (0.55, 0.35)  # chance of a straight answer by contact and boss, all else nought
    tells_invested: float = 0.8  # … more, at full investment
    tells_offered: float = 0.2  # … more, once work was offered
    tells_strain: float = 0.25  # … less, per point of strain
    answer_gain: float = 0.04  # share of missing investment that answering a question brings
    accept_gain: float = 0.06  # … that taking something on brings
    strain_weight: float = 0.7  # drive that a point of strain takes away, logits
    breaks: float = 2.0  # strain at which they wish to hear no more
    warm: float = 0.3  # S / 10 + I from which who takes on nothing is at least kind about it
    pitch_again: float = 0.5  # satisfaction after arguing at length, as a share of the first


RULES = Rules()
