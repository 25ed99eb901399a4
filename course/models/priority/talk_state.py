"""What there is to know of a play: who the expert is, what luck brings, where things stand.

Plain data; see :mod:`course.models.priority.talk`.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from course.models.priority.talk_terms import Kpi, Move, Temper

__all__ = [
    "Event",
    "Fate",
    "Happening",
    "Luck",
    "Mood",
    "Other",
    "Persona",
    "Play",
    "Spot",
    "State",
    "Step",
    "Work",
]


class Mood(StrEnum):
    """How an answer sounds."""

    WARM = "warm"  # glad to
    FAIR = "fair"  # willing, busy
    WEARY = "weary"  # no longer believes the "urgent"
    COLD = "cold"  # has been treated badly


class Fate(IntEnum):
    """What became of a request."""

    OPEN = 0
    ON_TIME = 1
    LATE = 2
    HALF = 3
    LEFT = 4  # lay at the bottom of the desk
    REFUSED = 5


class Happening(StrEnum):
    """What an event is."""

    SAYS = "says"  # the expert answers, in a mood
    QUIET = "quiet"  # no answer
    DESK = "desk"  # the expert tells what is on the desk
    REFUSES = "refuses"
    RETURNS = "returns"  # a present comes back
    SHIELDS = "shields"  # the leader steps in between
    DECIDED = "decided"  # the leader has set the order
    PRAISED = "praised"  # the leader answers the public thanks
    FOUND = "found"  # the expert learns of the claim
    FORGOT = "forgot"  # half a week in which nobody thought of it
    DONE = "done"  # the work arrives


@dataclass(frozen=True)
class Persona:
    """The expert's hidden mind; numbers 0-1 unless said."""

    kpi: Kpi
    eye: float  # how much the leader's eye counts
    patience: float  # for forwarded mails and for "urgent"
    temper: Temper
    memory: float  # share of credit, good or bad, kept per half-week
    strict: bool  # about presents
    credit: float  # goodwill towards sales people at the start, -1 to 1
    trust: float  # belief in what sales people say, at the start


@dataclass(frozen=True)
class Other:
    """Somebody else's request."""

    who: int  # requester, 0-11
    half: int  # arrives at the beginning of this half-week
    hours: float
    score: float


@dataclass(frozen=True)
class Luck:
    """All that a seed decides, drawn before any move."""

    expert: Persona
    load: float
    standing: tuple[float, ...]  # score of each of the twelve other requesters
    others: tuple[Other, ...]
    forgets: tuple[float, ...]  # uniforms by half-week
    answers: tuple[float, ...]  # uniforms by turn
    found: tuple[float, ...]  # uniforms by turn


@dataclass(frozen=True)
class Spot:
    """Where the request stood in the queue at the beginning of a half-week."""

    half: int
    place: int  # 1 for the top; 0 while nothing of yours is on the desk
    waiting: int  # requests of the others on the desk


@dataclass(frozen=True)
class Work:
    """The request at hand."""

    job: int
    clear: float = 0.0
    written: bool = False
    done: float = 0.0  # share, 0-1
    taken: float = 0.0  # share of its hours taken off by a trade
    urgent: float = 0.0
    stiff: bool = False  # done to the letter
    refused: bool = False
    fate: Fate = Fate.OPEN


@dataclass(frozen=True)
class State:
    """Where things stand before a turn."""

    turn: int
    credit: float
    trust: float
    work: Work
    left: tuple[float, ...]  # hours left of each of the others' requests
    seen: float = 0.0
    points: float = 0.0
    heat: float = 0.0
    angers: int = 0
    favours: int = 0
    shields: int = 0
    asked: bool = False  # asked what is on the desk and what counts
    fates: tuple[Fate, ...] = ()  # of the requests that are settled
    spots: tuple[Spot, ...] = ()
    well: float = 0.0  # hours of the expert that went into what was needed
    wasted: float = 0.0  # … and that did not
    mine: float = 0.0  # hours of the salesperson


@dataclass(frozen=True)
class Event:
    """One thing that happened in a turn; ``mood`` where it makes sense."""

    what: Happening
    mood: Mood | None = None


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
