"""What is known of a play of the three weeks: its luck, where it stands, what happened. Plain data.

The law is in :mod:`course.models.momentum.meeting`, the terms in
:mod:`course.models.momentum.meeting_terms`.
"""

from dataclasses import dataclass

from course.models.momentum.meeting_terms import Ending, Happening, Money, Move, Pair, Party, Reply
from course.models.momentum.terms import Step

__all__ = ["Event", "Luck", "Persona", "Play", "State", "Taken"]


@dataclass(frozen=True)
class Persona:
    """A hidden mind."""

    drive: float  # motivation of one's own, logits
    hours: float  # effort left for this matter, hours


@dataclass(frozen=True)
class Luck:
    """All that a seed decides, drawn before any move."""

    people: tuple[Persona, Persona]
    money: Money
    satisfaction: Pair  # right after the presentation, points 0-10
    answers: tuple[float, ...]  # uniforms by turn, as all below
    accepts: tuple[float, ...]
    edits: tuple[float, ...]
    steps: tuple[float, ...]
    leap: float  # uniform


@dataclass(frozen=True)
class State:
    """Where it stands before a turn; pairs are contact, boss."""

    turn: int
    satisfaction: Pair  # points 0-10
    left: Pair  # hours they have left for it
    invested: Pair = (0.0, 0.0)  # 0-1
    at: Step = Step.PLEASED
    helped: frozenset[Step] = frozenset()  # steps for which a text of ours is there
    papers: bool = False  # the meeting's paper is there
    edited: bool = False  # what is there was changed by them, so that it fits
    offered: bool = False  # work was offered to them
    money_known: bool = False
    path_known: bool = False
    letter: bool = False
    pilot_until: int = -1  # day up to which a small project runs
    asked_all: bool = False  # the big ask was made
    shown: int = 0
    strain: float = 0.0
    hours: float = 0.0  # the seller's
    ending: Ending = Ending.OPEN


@dataclass(frozen=True)
class Event:
    """One thing that happened; ``reply`` and ``step`` where they make sense."""

    what: Happening
    who: Party | None = None
    reply: Reply | None = None
    step: Step | None = None


@dataclass(frozen=True)
class Taken:
    """One turn as it was played."""

    before: State
    move: Move
    events: tuple[Event, ...]
    after: State


@dataclass(frozen=True)
class Play:
    """A play: its luck (the reveal), its turns, and where it stands."""

    seed: int
    luck: Luck
    taken: tuple[Taken, ...]
    state: State
