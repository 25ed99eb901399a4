"""The terms of the priority model: how people ask, and the world of the expert they ask.

Plain frozen data, checked when it is built; the dynamics are in :mod:`course.models.priority`.
Every number here is *assumed*: none is calibrated to a real firm. The findings the course teaches
are those that hold over :data:`RANGE` (``tests/models/priority/test_findings.py``).

A *point* of perceived priority is a factor e in value per effort: a request that looks three
points more urgent looks twenty times as worth doing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from math import isfinite
from types import MappingProxyType

__all__ = ["RANGE", "TELLS", "Habit", "Habits", "Params", "alone", "by_round"]


class Habit(StrEnum):
    """How a requester asks, as a rule."""

    ASK = "ask"  # what, and by when; no more
    SHOUT = "shout"  # the same, as urgent, loudly, without a reason
    GIFT = "gift"  # the same, with a dinner or a small present
    EXPLAIN = "explain"  # with the background: what it is worth, why, who reviews it, by when
    RECORD = "record"  # in writing, their leader in copy, then minutes and public thanks


Habits = Habit | Sequence[Habit] | Sequence[Sequence[Habit]]
"""One for everybody; one for each requester; or for each round, one for each requester."""

TELLS: Mapping[Habit, float] = MappingProxyType(
    {Habit.ASK: 0.0, Habit.SHOUT: 0.0, Habit.GIFT: 0.0, Habit.EXPLAIN: 1.0, Habit.RECORD: 0.3}
)
"""Share of the background (reason, reviewers, dates, worth) that a request carries (assumed)."""

# Fields of Params that are not shares: their widest ranges.
_WIDEST: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "load": (0.05, 0.99),
        "effort": (0.01, 100),
        "effort_spread": (0, 3),
        "cost": (0, 1e6),
        "cost_spread": (0, 3),
        "round_days": (1, 100),
        "context_noise": (0, 10),
        "glance": (0, 10),
        "aging": (0, 10),
        "unstated": (0, 20),
        "loud": (0, 20),
        "favour": (0, 20),
        "seen": (0, 20),
        "thanks": (0, 20),
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


@dataclass(frozen=True, kw_only=True)
class Params:
    """The expert's world (all defaults assumed).

    Raises:
        ValueError: a field is outside its range.
    """

    requesters: int = 12
    load: float = 0.9  # ρ: share of the expert's days that the requests fill, shouting aside
    effort: float = 1.0  # mean work of a request, days
    effort_spread: float = 0.8  # standard deviation of its logarithm
    cost: float = 1.0  # median cost of a day of delay, 10k CNY
    cost_spread: float = 1.0  # standard deviation of its logarithm
    round_days: float = 10.0  # working days in a round
    # How a request looks, points.
    context_noise: float = 0.8  # error in value per effort where the background was given, s.d.
    glance: float = 0.5  # error in judging any request at a glance, s.d.
    aging: float = 0.1  # gained for every day of waiting
    unstated: float = 0.7  # lost if none of the background is given
    loud: float = 5.0  # a shout of somebody whose urgency is believed
    favour: float = 1.0  # a full account of favours
    seen: float = 1.0  # their leader sees this requester's requests, all of them
    thanks: float = 1.0  # a full account of credit given
    # What the expert keeps in mind of a requester.
    fall: float = 0.4  # share of credibility lost with each "urgent" without a reason
    recover: float = 0.06  # share of what is missing regained with each reason that held
    hush: float = 0.6  # share of a shout's loudness gone a round later
    favour_gain: float = 0.5  # share of the missing favour that each gift adds
    favour_fade: float = 0.3  # share of the favour forgotten a round
    seen_gain: float = 0.35  # share of the missing visibility that each request on record adds
    seen_fade: float = 0.1  # … forgotten a round
    thanks_gain: float = 0.25  # share of the missing credit that each request on record adds
    thanks_fade: float = 0.03  # … forgotten a round
    shout_cost: float = 0.05  # extra work that a shout makes, share of the effort

    def __post_init__(self) -> None:
        """Check every number against its range."""
        if isinstance(self.requesters, bool) or not isinstance(self.requesters, int):
            raise ValueError(f"requesters: expected a whole number, got {self.requesters!r}")
        _within("requesters", self.requesters, 1, 1000)
        for each in fields(self):
            if each.name != "requesters":
                _within(each.name, getattr(self, each.name), *_WIDEST.get(each.name, (0, 1)))


def alone(habit: Habit, others: Habit = Habit.ASK, *, requesters: int = 12) -> tuple[Habit, ...]:
    """Return the habits of a crowd in which only requester 0 has ``habit``."""
    return (habit, *[others] * (requesters - 1))


def by_round(habits: Habits, *, rounds: int, requesters: int) -> tuple[tuple[Habit, ...], ...]:
    """Return habits spelled out: for each round, one for each requester.

    Raises:
        ValueError: a habit is unknown, or their number is neither.
    """
    if isinstance(habits, str):
        rows: list[Sequence[Habit]] = [[Habit(habits)] * requesters] * rounds
    elif all(isinstance(habit, str) for habit in habits):
        rows = [habits] * rounds  # type: ignore[list-item]  # all are habits, as just tested
    else:
        rows = list(habits)  # type: ignore[arg-type]  # … or none is
    if len(rows) != rounds or any(len(row) != requesters for row in rows):
        raise ValueError(
            f"habits: expected {requesters} (one each), or {rounds} rows of {requesters}; got "
            f"{len(rows)} rows of {sorted({len(row) for row in rows})}"
        )
    return tuple(tuple(Habit(habit) for habit in row) for row in rows)


RANGE: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "load": (0.8, 0.95),
        "effort_spread": (0.6, 1.0),
        "cost_spread": (0.8, 1.2),
        "context_noise": (0.4, 1.0),
        "glance": (0.2, 0.8),
        "aging": (0.05, 0.15),
        "unstated": (0.3, 1.2),
        "loud": (4.0, 7.0),
        "favour": (0.5, 1.5),
        "seen": (0.6, 1.6),
        "thanks": (0.6, 1.6),
        "fall": (0.3, 0.5),
        "recover": (0.03, 0.1),
        "hush": (0.4, 0.8),
        "seen_fade": (0.05, 0.15),
        "thanks_fade": (0.02, 0.06),
        "shout_cost": (0.03, 0.08),
    }
)
"""Worlds in which the findings were tested."""
