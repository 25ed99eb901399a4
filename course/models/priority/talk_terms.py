"""The terms of eight weeks with one expert: who that is, what may be done, what it is worth.

Plain data; the law is in :mod:`course.models.priority.talk`. Every number is *assumed*: chosen so
that each manner can win somewhere, calibrated to no company. A half-week is Monday to Wednesday, or
Thursday and Friday.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from course.models.priority.terms import Params

__all__ = [
    "ANGRY",
    "EFFECTS",
    "FAILURES",
    "JOBS",
    "RULES",
    "TURNS",
    "Effect",
    "Job",
    "Kpi",
    "Move",
    "Rules",
    "Temper",
    "Turn",
]


_WORLD = Params()


class Kpi(StrEnum):
    """What the expert is measured by."""

    WINS = "wins"  # points for won projects that carry their name
    HOURS = "hours"  # hours booked on approved orders
    ASSETS = "assets"  # things others can use again: templates, patents, released fixes


class Temper(StrEnum):
    """What the expert does with anger."""

    YIELDS = "yields"  # does it to have peace, and remembers
    STIFFENS = "stiffens"  # does the letter of what was said and nothing else
    TELLS = "tells"  # does it, and tells the leader


class Move(StrEnum):
    """What the salesperson may do in a turn."""

    BARE = "bare"  # what and by when
    EXPLAIN = "explain"  # background, why, who reviews, dates, own view
    FORWARD = "forward"  # the customer's mail, passed on
    PHONE = "phone"  # a call, nothing written
    SHOUT = "shout"
    DECIDE = "decide"  # the expert's leader is asked to decide, with honour
    CC = "cc"  # the leader in copy, as a threat
    POINTS = "points"  # a share of what the expert is measured by
    LOOK = "look"  # ask what is on the desk, and what counts for them
    SILENT = "silent"
    URGENT = "urgent"  # very urgent, no reason
    MEAL = "meal"  # a lunch within the rules
    GIFT = "gift"  # a present above the company's limit
    CHANGE = "change"  # the order changed by the hour
    FIX = "fix"  # one agreed change, with its reason and what drops out
    CREDIT = "credit"  # thanks before leader and team, saying what was done
    THANKS = "thanks"  # thanks, all
    CLAIM = "claim"  # reports the work as one's own
    MINUTES = "minutes"  # what they did, what they will do
    TRADE = "trade"  # takes work off them: does a part, cuts the scope
    ESCALATE = "escalate"  # complains to their boss


ANGRY = (Move.SHOUT, Move.ESCALATE, Move.CC)
"""Moves that work by fear."""

FAILURES = (Move.PHONE, Move.CHANGE, Move.CLAIM)
"""Failure patterns: hardly ever the best of their turn, whatever is hidden."""


@dataclass(frozen=True)
class Job:
    """A request of the play; half-weeks are counted from 0."""

    hours: float  # of the expert, if everything is clear
    asked: int  # the turn in which it is asked for
    due: int  # half-week before which it must be done to be in time
    last: int  # half-week from which it is of no use any more
    worth: float  # share of the project that hangs on it


JOBS = (
    Job(hours=16, asked=0, due=4, last=6, worth=0.3),  # the paper
    Job(hours=10, asked=5, due=9, last=9, worth=0.3),  # the visit
    Job(hours=18, asked=7, due=14, last=16, worth=0.4),  # the bid
)


@dataclass(frozen=True)
class Turn:
    """A decision: when it comes and what is offered.

    ``unmet`` is offered instead of ``moves`` while the job at hand is not done.
    """

    topic: str
    half: int  # half-week, from 0; 16 in all
    job: int  # index in JOBS
    moves: tuple[Move, ...]
    unmet: tuple[Move, ...] = ()

    @property
    def week(self) -> int:
        """The week, from 1."""
        return self.half // 2 + 1


def _turn(topic: str, half: int, job: int, moves: str, unmet: str = "") -> Turn:
    read = [tuple(Move(name) for name in names.split()) for names in (moves, unmet)]
    return Turn(topic, half, job, read[0], read[1])


TURNS = (
    _turn("first", 0, 0, "bare explain forward phone shout"),
    _turn("leader", 1, 0, "decide cc points look silent"),
    _turn("wait", 2, 0, "credit thanks meal look silent", "look urgent shout meal silent"),
    _turn("change", 3, 0, "change fix urgent silent"),
    _turn("after", 4, 0, "credit thanks meal claim silent", "explain look shout escalate silent"),
    _turn("visit", 6, 1, "bare explain decide shout phone"),
    _turn("report", 9, 1, "minutes thanks gift claim silent", "look shout trade escalate silent"),
    _turn("bid", 10, 2, "explain urgent forward points shout"),
    _turn("rival", 12, 2, "minutes thanks look meal silent", "decide trade shout escalate silent"),
    _turn("end", 14, 2, "credit thanks gift claim silent", "trade look shout escalate silent"),
)


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What a move does; shares and scores are 0-1, priority is in the units of the queue."""

    clear: float = 0.0  # lifts what the expert understands of the request to at least this
    clearer: float = 0.0  # share of what is not understood yet that becomes clear
    credit: float = 0.0  # goodwill gained (share of what is missing) or lost
    trust: float = 0.0  # credibility gained (share of what is missing) or lost (share of it)
    seen: float = 0.0  # share of the leader's missing attention gained
    written: bool = True
    mine: float = 0.2  # hours of the salesperson


EFFECTS: Mapping[Move, Effect] = MappingProxyType(
    {
        Move.BARE: Effect(clear=0.2),
        Move.EXPLAIN: Effect(clear=0.85, trust=0.12, credit=0.03, mine=2.0),
        Move.FORWARD: Effect(clear=0.2, trust=-0.05),  # and more if they have patience
        Move.PHONE: Effect(clear=0.35, written=False, mine=0.3),
        Move.SHOUT: Effect(clear=0.25, credit=-0.26, trust=-0.06),
        Move.DECIDE: Effect(clear=0.5, seen=0.5, credit=0.06, trust=0.05, mine=2.5),
        Move.CC: Effect(seen=0.25, credit=-0.18, trust=-0.03),
        Move.POINTS: Effect(clear=0.45, seen=0.1, credit=0.05, mine=1.5),
        Move.LOOK: Effect(clearer=0.25, credit=0.05, trust=0.05, mine=0.7),
        Move.SILENT: Effect(written=False, mine=0.0),
        Move.URGENT: Effect(clear=0.2, trust=-_WORLD.fall),
        Move.MEAL: Effect(credit=0.18, written=False, mine=0.8),
        Move.GIFT: Effect(credit=0.25, written=False, mine=1.0),
        Move.CHANGE: Effect(clear=0.25, trust=-0.22, credit=-0.08),
        Move.FIX: Effect(clearer=0.35, trust=0.1, mine=1.5),
        Move.CREDIT: Effect(seen=0.45, credit=0.34, trust=0.06, mine=0.7),
        Move.THANKS: Effect(credit=0.04, mine=0.1),
        Move.CLAIM: Effect(mine=0.5),
        Move.MINUTES: Effect(seen=0.4, credit=0.25, trust=0.1, mine=1.0),
        Move.TRADE: Effect(clearer=0.2, credit=0.1, trust=0.05, mine=6.0),
        Move.ESCALATE: Effect(clear=0.25, credit=-0.34, trust=-0.06, mine=0.8),
    }
)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The world of the play. Priorities are scores: higher is done first."""

    base: float = 0.25  # score of a request of which nothing is known
    why: float = 0.7  # for a request fully understood from somebody fully believed
    eye: float = 0.55  # for full visibility, if the leader's eye counts fully
    points: float = 0.5  # for a share in the right measure
    points_wrong: float = 0.2  # share of that if it is the wrong measure
    goodwill: float = 0.55  # for full credit; as much taken off for none left
    urgent: float = 0.5  # for "urgent" from somebody fully believed
    heat: float = 1.5  # for the first anger
    heat_pace: float = 0.7  # share of the push of anger or "urgent" left a half-week later
    habituation: float = 1 - _WORLD.hush  # share of its push left each further time
    heat_boss: float = 0.7  # share of the push that a complaint has with a leader who counts less
    shield: float = 0.3  # taken off each time the leader has stepped in between
    aging: float = 0.06  # gained by any request, per half-week waiting
    capacity: float = 16.0  # hours of desk work per half-week
    waste: float = 0.45  # share of the hours lost if nothing is clear
    waste_stiff: float = 0.2  # further share lost while they do the letter of it
    redo: float = 0.55  # share of what is done thrown away by a changed order
    missed: float = 0.3  # lost if a customer's change never reaches them
    taken: float = 0.35  # share of the job's hours that a trade takes off
    forget: float = 0.5  # chance of half a week forgotten, if nothing is written
    visible_pace: float = 0.92  # share of the leader's attention kept per half-week
    refuse: float = -0.65  # credit below which a request is refused
    found: float = 0.8  # chance that a claim comes back to them
    half: float = 0.4  # share done from which a job counts as half done
    anger: tuple[float, float, float] = (0.55, 0.2, 0.25)  # of yields, stiffens, tells
    load: tuple[float, float] = (0.55, 0.9)  # of the capacity, taken by the other requesters
    backlog: tuple[int, int] = (4, 7)  # requests on the desk at the start
    size: tuple[float, float] = (7.0, 0.5)  # median hours and log spread of others' requests
    scores: tuple[float, float] = (0.2, 1.5)  # of the other requesters
    rival: tuple[int, float, float] = (11, 18.0, 1.3)  # a late one: half-week, hours, score


RULES = Rules()
