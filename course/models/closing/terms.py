"""The terms of the closing model: why customers hesitate, and the world they decide in.

Plain frozen data, checked when it is built; what moves do is in
:mod:`course.models.closing.moves`, the dynamics in :mod:`course.models.closing.law`. Every number
here is *assumed*: none is calibrated to real customers. The findings the course teaches are those
that hold over :data:`RANGE` (``tests/models/closing/test_findings.py``).

A *logit* is a point of readiness: at 0 a customer is just ready to sign. Money is in 10,000 CNY.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import IntEnum
from math import isfinite
from types import MappingProxyType

__all__ = ["LARGE", "RANGE", "SMALL", "Outcome", "Params", "Reason"]

SMALL, LARGE = 1.0, 100.0
"""Deal sizes for comparing, 10,000 CNY: what one person buys, and what a firm decides."""


class Reason(IntEnum):
    """What really holds a customer back; hidden. The code in arrays."""

    HABIT = 0  # nothing in particular: one does not sign at a first meeting
    VALUE = 1  # does not see that it is worth the price
    AUTHORITY = 2  # somebody else decides
    CASH = 3  # the money is not there yet
    NO_FIT = 4  # it does not solve their problem, and nothing said will change that
    FEAR = 5  # what if it goes wrong


class Outcome(IntEnum):
    """What became of a customer; the code in ``Result.outcome``."""

    OPEN = 0  # still being visited; at the end of a run nobody is
    SIGNED = 1  # and stays with it
    CANCELLED = 2  # signed, and undid it within 30 days
    COMPLAINT = 3  # signed and undone, or shown the door: either way with a complaint
    NO_DECISION = 4
    DROPPED = 5  # the seller gave up


# Fields of Params that are not shares: their widest ranges.
_WIDEST: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "size": (0.01, 1e5),
        "size_spread": (0, 3),
        "base": (-60, 60),
        "need_spread": (0, 10),
        "worth": (0, 60),
        "person": (0, 60),
        "faith": (0, 60),
        "concern": (0, 60),
        "concern_stake": (0, 60),
        "no_fit": (0, 60),
        "inertia": (0, 60),
        "habit": (0, 60),
        "mood": (0, 10),
        "ripening": (0, 10),
        "unripe": (0, 60),
        "press": (0, 60),
        "repeat": (0, 10),
        "temper_spread": (0, 2),
        "sour": (0, 60),
        "confide": (0, 5),
        "hush": (0, 5),
        "haggle_line": (-60, 60),
        "advance_line": (-60, 60),
        "call_line": (-60, 60),
        "bother": (-60, 1e6),
        "calm": (0, 10),
        "pull": (0, 100),
        "miss": (0, 100),
        "visit_hours": (0, 100),
        "hour_cost": (0, 100),
    }
)
_WHOLE = ("visits", "turns")


def _within(name: str, value: object, low: float, high: float) -> None:
    """Raise ValueError unless ``value`` is a number in [low, high]."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{name}: expected a number, got {value!r}; pass an int or a float")
    if not (isfinite(value) and low <= value <= high):
        raise ValueError(
            f"{name}: expected {low:g} to {high:g}, got {value!r}; choose a value in that range"
        )


@dataclass(frozen=True, kw_only=True)
class Params:
    """The world the customers live in (all defaults assumed).

    A *stake* is the order of magnitude of a deal: 0 at 10,000 CNY or less, 2 at a million.

    Raises:
        ValueError: a field is outside its range, or ``mix`` does not hold a share for each reason.
    """

    visits: int = 6  # how often a customer is seen at most
    turns: int = 12  # what the seller can say in a visit at most
    size: float = 10.0  # median deal, 10,000 CNY
    size_spread: float = 0.3  # standard deviation of its logarithm
    mix: tuple[float, ...] = (0.2, 0.2, 0.2, 0.15, 0.1, 0.15)  # share of each Reason
    # What makes somebody want it, logits.
    base: float = 1.2  # somebody of middling need, views and trust, with no reason against it
    need_spread: float = 1.4  # standard deviation of need between customers
    worth: float = 3.0  # between seeing no value in the product (0) and all of it (1)
    person: float = 1.0  # between seeing no value in the seller and all of it
    faith: float = 1.5  # between no trust in the seller and full trust
    pull: float = 4.0  # of a discount of 100 %
    concern: float = 0.6  # what a true concern takes away, stake 0, mean
    concern_stake: float = 1.2  # … and for each further stake
    no_fit: float = 2.5  # what it takes away in addition if nothing fits
    solvable: float = 0.5  # share of a concern that can always be dealt with; of the rest, by luck
    # What keeps people who want it from signing today, logits.
    inertia: float = 1.4  # the habitual no
    habit: float = 1.5  # … in addition, for those whose reason it is
    mood: float = 0.5  # scale of how the day's mood varies (logistic)
    ripening: float = 1.8  # steps inside the customer's house for each stake, mean
    unripe: float = 2.0  # what each missing step takes away
    # Pushing.
    press: float = 1.0  # what saying no again and again costs at most, logits
    press_pace: float = 0.35  # share of that which each repetition in a visit adds
    sting: float = 0.055  # share of missing reactance that a plain push adds
    repeat: float = 0.1  # … and by how much more with each identical repetition
    temper_spread: float = 0.4  # standard deviation of the logarithm of temper
    sour: float = 3.0  # what full reactance takes away, logits
    patience: float = 0.75  # mean reactance at which a customer shows the seller the door
    patience_spread: float = 0.2  # half the width between customers
    cold: float = 0.4  # reactance from which answers are cold
    forgive: float = 0.4  # share of reactance gone by the next visit
    # Telling the truth.
    confide: float = 0.5  # how much more open full trust makes than none
    hush: float = 0.8  # how much less open full reactance makes
    excuse: float = 0.25  # share who give the price as the reason when they give no reason
    haggle_line: float = 0.8  # wanting it so much, who tells no reason haggles, logits
    # Dealing with concerns.
    right: float = 0.5  # share of a concern that the fitting reply takes away
    partly: float = 0.15  # … that a reply takes away which half fits
    guess: float = 0.4  # share of that if the customer has not given the reason
    miss: float = 1.0  # what a reply that is beside the point stings, in plain pushes
    earns: float = 0.04  # trust, and value seen in the seller, if it fits; trust lost if not, 0-1
    lift: float = 0.12  # share of missing product value that talking about value shows
    discount: float = 0.08  # of the price, each time
    deepest: float = 0.16  # discount at most, share of the price
    cheapens: float = 0.04  # product value that a discount costs, 0-1
    advance_line: float = -2.0  # wanting it so much, one agrees to a next step, logits
    # Between visits.
    drift: float = 0.4  # steps taken inside without an agreed advance; with one, 1
    fade: float = 0.12  # share of product value forgotten without an agreed advance
    regain: float = 0.5  # share of worn inertia that comes back without one
    dated: float = 0.9  # share of a lack of cash that is over once the money is there, date agreed
    undated: float = 0.5  # … no date agreed: some of the money is spent elsewhere
    # After a signature, or an open door.
    bother: float = 1.0  # how far below 0 wanting it must fall before somebody cancels, logits
    calm: float = 0.7  # scale of how second thoughts vary (logistic)
    complain: float = 0.25  # chance that somebody of full reactance complains when it comes to it
    call_line: float = 1.5  # wanting it so much, one calls back by oneself, logits
    # Hours and money.
    margin: float = 0.3  # of the price, before discounts
    visit_hours: float = 2.0  # of a visit with its travel, besides what is said
    hour_cost: float = 0.03  # 10,000 CNY
    undoing: float = 0.05  # of the price, to undo a signature
    repute: float = 0.1  # of the price, what a complaint costs

    def __post_init__(self) -> None:
        """Check every number against its range."""
        for name in _WHOLE:
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 100:
                raise ValueError(f"{name}: expected a whole number from 1 to 100, got {value!r}")
        if len(self.mix) != len(Reason) or abs(sum(self.mix) - 1) > 1e-9:
            raise ValueError(f"mix: expected {len(Reason)} shares that sum to 1, got {self.mix!r}")
        for share in self.mix:
            _within("mix", share, 0, 1)
        for each in fields(self):
            if each.name not in (*_WHOLE, "mix"):
                _within(each.name, getattr(self, each.name), *_WIDEST.get(each.name, (0, 1)))


RANGE: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "base": (0.8, 1.6),
        "need_spread": (1.0, 1.8),
        "worth": (2.0, 4.0),
        "person": (0.5, 1.5),
        "faith": (1.0, 2.0),
        "pull": (2.0, 6.0),
        "concern": (0.4, 0.8),
        "concern_stake": (0.9, 1.5),
        "solvable": (0.3, 0.7),
        "inertia": (1.0, 1.8),
        "habit": (1.0, 2.0),
        "mood": (0.3, 0.7),
        "ripening": (1.5, 2.1),
        "unripe": (1.5, 2.5),
        "press": (0.7, 1.3),
        "press_pace": (0.2, 0.5),
        "sting": (0.045, 0.065),
        "repeat": (0.05, 0.15),
        "temper_spread": (0.2, 0.6),
        "sour": (2.0, 4.0),
        "patience": (0.65, 0.8),
        "forgive": (0.2, 0.6),
        "confide": (0.3, 0.7),
        "hush": (0.5, 1.1),
        "excuse": (0.1, 0.4),
        "haggle_line": (0.4, 1.2),
        "right": (0.4, 0.6),
        "partly": (0.1, 0.2),
        "guess": (0.2, 0.6),
        "miss": (0.5, 1.5),
        "earns": (0.02, 0.06),
        "cheapens": (0.0, 0.08),
        "deepest": (0.08, 0.24),
        "drift": (0.2, 0.6),
        "fade": (0.06, 0.18),
        "regain": (0.3, 0.7),
        "undated": (0.3, 0.7),
        "bother": (0.5, 1.5),
        "calm": (0.4, 1.0),
        "complain": (0.15, 0.35),
        "visit_hours": (1.5, 3.0),
    }
)
"""Worlds in which the findings were tested. What single moves do (``moves.EFFECTS``) is the same in
all of them."""
