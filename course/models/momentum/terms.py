"""The terms of the momentum model: what a seller may do after "we are satisfied", and the world.

Plain frozen data, checked when it is built; the dynamics are in :mod:`course.models.momentum`.
Every number here is *assumed*: none is calibrated to real customers. The findings the course
teaches are those that hold over :data:`RANGE` (``tests/models/momentum/test_findings.py``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import IntEnum, StrEnum
from math import isfinite
from types import MappingProxyType

__all__ = [
    "EDITED",
    "HOURS",
    "LATE",
    "MATERIALS",
    "RANGE",
    "WAITING",
    "Move",
    "Params",
    "Policy",
    "Step",
]


class Step(IntEnum):
    """How far the customer's own house has come; each value is the number of steps done."""

    PLEASED = 0  # everybody liked the presentation, nobody has done anything
    CONTACT = 1  # the contact has taken it up
    BOSS = 2  # the boss stands behind it
    MEETING = 3  # a meeting has passed it
    BUDGET = 4  # money is set aside
    LEGAL = 5  # legal and procurement are through
    SIGNED = 6


class Move(StrEnum):
    """What the seller does once the throttle is open; no move at all is to celebrate and wait."""

    SHOW = "show"  # present again every few weeks: pull the cord once more
    PROBE = "probe"  # ask whether it can land this year, and what that takes
    DRAFT = "draft"  # write for them what the next step needs
    EDITS = "edits"  # ask them to change what was drafted
    LETTER = "letter"  # offer a letter of intent
    PILOT = "pilot"  # offer a small project to work together on
    PAPER = "paper"  # prepare the paper the meeting decides on, and the budget sheet
    BIG_ASK = "big_ask"  # ask once for everything that is left, instead of step by step


HOURS: Mapping[Move, float] = MappingProxyType(
    {
        Move.SHOW: 6.0,  # per presentation
        Move.PROBE: 0.5,  # once
        Move.DRAFT: 4.0,  # per step
        Move.EDITS: 0.8,  # per round the customer edits
        Move.LETTER: 3.0,  # once
        Move.PILOT: 24.0,  # once it is accepted
        Move.PAPER: 7.0,  # once
        Move.BIG_ASK: 2.0,  # once
    }
)
"""The seller's hours (assumed)."""

# Fields of Params that are not shares: their widest ranges.
_WIDEST: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "satisfaction": (0, 10),
        "satisfaction_spread": (0, 5),
        "fade": (0.1, 1e6),
        "base": (-60, 60),
        "own_drive": (0, 10),
        "pull": (0, 60),
        "belief": (0, 60),
        "weight": (0, 60),
        "pilot_level": (0, 10),
        "stall_line": (0, 3000),
        "elsewhere": (0, 10),
    }
)


def _within(name: str, value: object, low: float, high: float) -> None:
    """Raise ValueError unless ``value`` is a number in [low, high]."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{name}: expected a number, got {value!r}; pass an int or a float")
    if not (isfinite(value) and low <= value <= high):
        raise ValueError(
            f"{name}: expected {low:g} to {high:g}, got {value!r}; choose a value in that range"
        )


def _whole(name: str, value: object, low: int) -> None:
    """Raise ValueError unless ``value`` is a whole number from ``low``."""
    if isinstance(value, bool) or not isinstance(value, int) or value < low:
        raise ValueError(f"{name}: expected a whole number from {low}, got {value!r}")


@dataclass(frozen=True, kw_only=True)
class Params:
    """The world the customers live in (all defaults assumed).

    Raises:
        ValueError: a field is outside its range, or ``efforts`` does not hold six numbers.
    """

    weeks: int = 26  # horizon
    satisfaction: float = 8.0  # mean after the presentation, points 0-10
    satisfaction_spread: float = 1.0  # standard deviation between customers, points
    fade: float = 3.0  # weeks in which satisfaction falls to 37 % of what it was
    lands: float = 0.95  # share of customers with any money for it this year
    base: float = -1.2  # drive of a customer who feels nothing and has done nothing, logits
    own_drive: float = 0.4  # standard deviation between customers of a drive of their own, logits
    pull: float = 1.6  # drive at ten points of satisfaction, logits
    belief: float = 2.5  # drive at full investment, logits
    weight: float = 0.25  # what an hour of effort left to the customer takes away, logits
    efforts: tuple[float, ...] = (2.0, 3.0, 6.0, 8.0, 5.0, 2.0)  # hours a step costs the customer
    draft_share: float = 0.8  # share of a step's effort that a draft which fits takes over
    aim: float = 0.7  # share of a draft that fits if nobody has probed; 1 once somebody has
    paper_share: float = 0.35  # share of what is left at the meeting and the budget, taken by paper
    edit_chance: float = 0.5  # chance that a customer who is asked edits a draft, per week
    edit_gain: float = 0.08  # share of missing investment that editing once brings
    step_gain: float = 0.02  # … that a step taken inside brings
    letter_chance: float = 0.2  # chance that a letter of intent on offer is signed, per week
    letter_gain: float = 0.08  # share of missing investment that signing it brings
    letter_share: float = 0.3  # share of what is left at legal that it takes over
    pilot_chance: float = 0.1  # chance that a pilot on offer begins, per week
    pilot_weeks: int = 6  # how long a pilot runs
    pilot_gain: float = 0.03  # share of missing investment that each week of it brings
    pilot_level: float = 6.0  # satisfaction does not fall below this while it runs, points
    show_every: int = 4  # weeks between presentations, where they are repeated
    show_again: float = 0.6  # satisfaction after each, as a share of that after the one before
    stall_line: float = 500.0  # rpm below which the engine stalls
    elsewhere: float = 0.04  # hazard, while below it, that the money goes elsewhere, per week

    def __post_init__(self) -> None:
        """Check every number against its range."""
        for name in ("weeks", "pilot_weeks", "show_every"):
            _whole(name, getattr(self, name), 1)
        if len(self.efforts) != Step.SIGNED:
            raise ValueError(
                f"efforts: expected {Step.SIGNED:d} numbers of hours, got {self.efforts!r}"
            )
        for effort in self.efforts:
            _within("efforts", effort, 0, 1000)
        for each in fields(self):
            if each.name not in ("weeks", "pilot_weeks", "show_every", "efforts"):
                _within(each.name, getattr(self, each.name), *_WIDEST.get(each.name, (0, 1)))


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What the seller does, and when: the throttle is open from ``start`` until ``stop``.

    Asking for edits without drafting has no effect: there is nothing to edit.

    Raises:
        ValueError: a move is unknown, or a week is not a whole number from 0.
    """

    moves: frozenset[Move] = frozenset()
    start: int = 0  # weeks after the presentation
    stop: int | None = None  # weeks after the presentation; None for never

    def __post_init__(self) -> None:
        """Check the decisions; accept moves by name, in any collection."""
        if unknown := [move for move in self.moves if move not in list(Move)]:
            raise ValueError(f"moves: expected some of {[m.value for m in Move]}, got {unknown!r}")
        object.__setattr__(self, "moves", frozenset(Move(move) for move in self.moves))
        _whole("start", self.start, 0)
        if self.stop is not None:
            _whole("stop", self.stop, 0)


WAITING = Policy()
"""Celebrate and wait."""
MATERIALS = Policy(moves=frozenset({Move.DRAFT}))
"""Draft for them what each step needs."""
EDITED = Policy(moves=frozenset({Move.DRAFT, Move.EDITS}))
"""Draft, and ask them to edit."""
LATE = Policy(moves=EDITED.moves, start=8)
"""The same two months later."""

RANGE: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "satisfaction": (6.0, 9.0),
        "satisfaction_spread": (0.5, 1.5),
        "fade": (2.0, 5.0),
        "lands": (0.85, 1.0),
        "base": (-1.5, -0.95),
        "own_drive": (0.2, 0.7),
        "pull": (1.0, 2.0),
        "belief": (2.0, 3.2),
        "weight": (0.2, 0.3),
        "draft_share": (0.65, 0.9),
        "aim": (0.6, 0.8),
        "edit_chance": (0.4, 0.7),
        "edit_gain": (0.06, 0.12),
        "step_gain": (0.0, 0.04),
        "show_again": (0.4, 0.8),
        "elsewhere": (0.02, 0.07),
    }
)
"""Worlds in which the findings were tested, and so the ends of the lesson's sliders."""
