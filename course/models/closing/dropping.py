"""Sign or drop: how many visits a lead is worth, when time or leads are what is short (S3.8-10).

A lead that has not signed yet signs at visit ``k`` with chance ``p_k``. Whoever drops after ``m``
visits has, for each lead and on average::

    signatures  W(m) = sum_{k <= m} p_k (1 - p_1) ... (1 - p_{k-1})
    visits      N(m) = sum_{k <= m}     (1 - p_1) ... (1 - p_{k-1})

Leads follow one another, so what comes out in the long run is the mean reward of a lead over its
mean length (the renewal-reward theorem): ``W(m) / N(m)`` signatures a visit. With ``leads`` coming
a week and ``capacity`` for so many visits a week, that is a week::

    W(m) * min(leads, capacity / N(m))

If leads are plentiful the yield *per visit* counts, if they are scarce the yield *per lead*, which
always grows with ``m``. Since ``W(1) <= W(m)``, dropping after the first visit is at most ``N(m)``,
never more than ``m``, times as good per visit: "5 to 10 times" needs rivals who go five to ten
times for nothing.

No customer's mind is in here; the chances may come from anywhere, for example
``Result.yields()``. Chances are assumed, or measured, by the caller.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "FLASH",
    "FLASH_RANGE",
    "RIPENING",
    "RIPENING_RANGE",
    "Work",
    "best_stop",
    "per_lead",
    "per_visit",
    "per_week",
    "visits_per_lead",
    "work",
]

Ints = NDArray[np.int64]

FLASH = (0.3, 0.03, 0.02, 0.02, 0.02, 0.02)
"""Chances by visit where later visits add little (assumed)."""

RIPENING = (0.01, 0.03, 0.15, 0.25, 0.25, 0.2)
"""Chances by visit where deals ripen at visits 3 to 6 (assumed)."""

Ends = tuple[tuple[float, float], ...]
FLASH_RANGE: Ends = ((0.15, 0.45), *[(0.0, 0.04)] * 5)
RIPENING_RANGE: Ends = ((0.0, 0.03), (0.0, 0.06), *[(0.1, 0.35)] * 4)
"""Chances by visit, from and to, for which the findings about dropping were tested."""


def _checked(chances: Sequence[float], stop: int) -> NDArray[np.float64]:
    given = np.asarray(chances, dtype=np.float64)
    if given.ndim != 1 or given.size == 0 or not ((given >= 0) & (given <= 1)).all():
        raise ValueError(f"chances: expected one chance from 0 to 1 a visit, got {chances!r}")
    if not 1 <= stop <= given.size:
        raise ValueError(f"stop: expected 1 to {given.size} visits, got {stop!r}")
    return given[:stop]


def _left(chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the chance of getting to each visit, 1 for the first."""
    return np.concatenate([[1.0], np.cumprod(1 - chances[:-1])])


def per_lead(chances: Sequence[float], stop: int) -> float:
    """Return the signatures of a lead that is dropped after ``stop`` visits: W, 0-1.

    Args:
        chances: p_k by visit, 0-1, of those who have not signed before.
        stop: visits until a lead is dropped, 1 to their number.

    Raises:
        ValueError: a chance or ``stop`` is out of its range.
    """
    these = _checked(chances, stop)
    return float(np.sum(these * _left(these)))


def visits_per_lead(chances: Sequence[float], stop: int) -> float:
    """Return the visits that such a lead takes: N, 1 to ``stop``. See :func:`per_lead`."""
    return float(np.sum(_left(_checked(chances, stop))))


def per_visit(chances: Sequence[float], stop: int) -> float:
    """Return signatures for each visit: W / N, 0-1. See :func:`per_lead`."""
    return per_lead(chances, stop) / visits_per_lead(chances, stop)


def per_week(chances: Sequence[float], stop: int, *, leads: float, capacity: float) -> float:
    """Return signatures a week in the long run.

    Args:
        chances: as in :func:`per_lead`.
        stop: visits until a lead is dropped.
        leads: new ones a week, from 0; infinity if there are always more.
        capacity: visits a week, above 0.

    Raises:
        ValueError: an argument is out of its range.
    """
    if not leads >= 0:
        raise ValueError(f"leads: expected 0 or more a week, got {leads!r}")
    if not capacity > 0:
        raise ValueError(f"capacity: expected more than 0 visits a week, got {capacity!r}")
    met = min(leads, capacity / visits_per_lead(chances, stop))
    return per_lead(chances, stop) * met


def best_stop(chances: Sequence[float], *, leads: float, capacity: float) -> int:
    """Return after how many visits to drop a lead, so that most is signed a week; the fewest such.

    Raises:
        ValueError: an argument is out of its range.
    """
    weekly = [
        per_week(chances, stop, leads=leads, capacity=capacity)
        for stop in range(1, len(chances) + 1)
    ]
    return next(i for i, each in enumerate(weekly, 1) if each >= max(weekly) * (1 - 1e-12))


@dataclass(frozen=True, eq=False)
class Work:
    """What came of ``n`` years, all [n].

    Attributes:
        came: leads that came.
        met: leads that were done with: signed or dropped.
        visits: visits made to these.
        signed: how many of them signed.
        weeks: how long a year was.
    """

    came: Ints
    met: Ints
    visits: Ints
    signed: Ints
    weeks: float

    @property
    def per_visit(self) -> float:
        """Signatures for each visit."""
        return float(self.signed.sum() / self.visits.sum())

    @property
    def per_lead(self) -> float:
        """Signatures for each lead that was done with."""
        return float(self.signed.sum() / self.met.sum())

    @property
    def per_week(self) -> float:
        """Signatures a week."""
        return float(self.signed.mean() / self.weeks)


def work(
    chances: Sequence[float],
    stop: int,
    *,
    leads: float,
    capacity: float,
    n: int,
    rng: np.random.Generator,
    weeks: float = 50.0,
) -> Work:
    """Work through leads as they come, one after the other, for ``n`` years.

    A lead takes ``1 / capacity`` weeks a visit. Leads that wait are taken up in the order they
    came; as capacity is never idle while one waits, the order matters to no total in the long run.

    Args:
        chances: as in :func:`per_lead`.
        stop: visits until a lead is dropped.
        leads: new ones a week (a Poisson stream), above 0.
        capacity: visits a week, above 0.
        n: years, from 1.
        rng: source of luck; equal seeds meet the same leads at the same times, whatever ``stop``.
        weeks: how long a year is.

    Raises:
        ValueError: an argument is out of its range.
    """
    these = _checked(chances, stop)
    for name, value in (("leads", leads), ("capacity", capacity), ("weeks", weeks), ("n", n)):
        if not 0 < value < np.inf:
            raise ValueError(f"{name}: expected a number above 0, got {value!r}")
    expected = leads * weeks
    many = ceil(expected + 6 * sqrt(expected) + 6)  # too few in one year of a hundred million
    # The order of these calls is the seed's meaning: changing it changes every recorded run.
    arrival = np.cumsum(rng.standard_exponential((n, many)), axis=1) / leads
    luck = rng.random((n, many, len(chances)))

    signs = luck[:, :, :stop] < these
    signed = signs.any(axis=2)
    visits = np.where(signed, signs.argmax(axis=2) + 1, stop)
    # Lindley's recursion, unrolled: a lead is done when the busiest stretch up to it is.
    used = np.cumsum(visits, axis=1) / capacity
    free = np.maximum.accumulate(arrival - used + visits / capacity, axis=1)
    done = free + used <= weeks
    return Work(
        came=np.sum(arrival < weeks, axis=1),
        met=np.sum(done, axis=1),
        visits=np.sum(visits * done, axis=1),
        signed=np.sum(signed & done, axis=1),
        weeks=float(weeks),
    )
