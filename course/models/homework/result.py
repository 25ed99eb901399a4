"""What a year with one expert leaves behind: every request, and the means that get drawn."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Year"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Year:
    """What became of the requests of ``n`` years; a row is a year, its requests as they came.

    Attributes:
        rounds: rounds that count.
        requester: [n, jobs] who asked; 0 is the one whose manner is studied.
        round: [n, jobs] in which round; -1 for what does not count: before the year, after it, or
            not there at all.
        arrival: [n, jobs] days since the year began; infinite where there is no request.
        start: [n, jobs] when the expert took it up, days.
        draft, rework, fixing, favours: [n, jobs] the expert's work on it, days; 0 where there is
            no request.
        versions: [n, jobs] until nothing was wrong.
        late: [n, jobs] done after the deadline.
        missed: [n, jobs] a complaint that was so, and nothing was done.
        trust: [rounds + 1, n, requesters] at the start of each round, and at the end, 0-1.
    """

    rounds: int
    requester: Ints
    round: Ints
    arrival: Floats
    start: Floats
    draft: Floats
    rework: Floats
    fixing: Floats
    favours: Floats
    versions: Ints
    late: Bools
    missed: Bools
    trust: Floats

    @property
    def work(self) -> Floats:
        """All work of the expert on each request, days, [n, jobs]."""
        return self.draft + self.rework + self.fixing + self.favours

    @property
    def waited(self) -> Floats:
        """Days from request to start, [n, jobs]; 0 where there is no request."""
        there = np.isfinite(self.arrival)
        waited: Floats = np.subtract(
            self.start, self.arrival, out=np.zeros(there.shape), where=there
        )
        return waited

    def of(self, requesters: int | Iterable[int] | None = None) -> Bools:
        """Tell which requests count and are these requesters', [n, jobs]; None for everybody's."""
        counted = self.round >= 0
        if requesters is None:
            return counted
        theirs = [requesters] if isinstance(requesters, int) else list(requesters)
        return counted & np.isin(self.requester, theirs)

    def mean(
        self, what: Floats | Ints | Bools, requesters: int | Iterable[int] | None = 0
    ) -> float:
        """Return the mean of ``what``, [n, jobs], over these requests; NaN if there are none."""
        values = what[self.of(requesters)]
        return float(values.mean()) if values.size else float("nan")

    def by_round(
        self, what: Floats | Ints | Bools, requesters: int | Iterable[int] | None = 0
    ) -> Floats:
        """Return the mean of ``what`` over these requests of each round, [rounds]; NaN if none."""
        chosen = self.of(requesters)
        when = self.round[chosen]
        many = np.bincount(when, minlength=self.rounds)
        total = np.bincount(when, what[chosen].astype(np.float64), minlength=self.rounds)
        with np.errstate(invalid="ignore"):
            return np.asarray(total / many)
