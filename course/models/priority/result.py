"""What a run of the priority model leaves behind: every request, and the means that get drawn."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course.models.priority.memory import Memory

__all__ = ["Course", "Result"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Course:
    """A mean over the requests of each round, with its standard error: both [rounds].

    NaN in a round in which nobody asked.
    """

    mean: Floats
    error: Floats


@dataclass(frozen=True, eq=False)
class Result:
    """What became of all requests of ``n`` years, year after year, in the order they came.

    Attributes:
        n: number of years.
        rounds: rounds that count.
        run: [jobs] the year, 0 to n - 1.
        requester: [jobs] who asked, 0 to requesters - 1.
        round: [jobs] in which round; -1 for what was in hand at the start, ``rounds`` and more for
            what came after the last round. Neither is counted in any mean.
        arrival: [jobs] days since the start of round 0.
        effort: [jobs] the work it is, days; of what was in hand, what is left of it.
        service: [jobs] the work it became: a shout adds some.
        cost: [jobs] of a day of delay, 10k CNY.
        start: [jobs] when the expert took it up, days.
        perceived: [jobs, parts] how it looked when it came, points; columns are :class:`Part`.
        score: [jobs] what the expert went by; at any moment the highest is next.
        memory: what the expert kept of everybody.
    """

    n: int
    rounds: int
    run: Ints
    requester: Ints
    round: Ints
    arrival: Floats
    effort: Floats
    service: Floats
    cost: Floats
    start: Floats
    perceived: Floats
    score: Floats
    memory: Memory

    @property
    def waited(self) -> Floats:
        """Days from request to start, [jobs]."""
        return self.start - self.arrival

    def of(self, requesters: int | Iterable[int] | None = None) -> Bools:
        """Tell which requests count and are these requesters', [jobs]; None for everybody's."""
        counted = (self.round >= 0) & (self.round < self.rounds)
        if requesters is None:
            return counted
        theirs = [requesters] if isinstance(requesters, int) else list(requesters)
        return counted & np.isin(self.requester, theirs)

    def wait(self, requesters: int | Iterable[int] | None = None) -> float:
        """Return the mean wait of these requesters' requests, days; NaN if there is none."""
        return _mean(self.waited[self.of(requesters)])

    def cost_delay(self, requesters: int | Iterable[int] | None = None) -> float:
        """Return what the delay of a request costs in the mean, 10k CNY; NaN if there is none."""
        return _mean((self.cost * self.waited)[self.of(requesters)])

    def by_round(self, what: Floats, requesters: int | Iterable[int] | None = None) -> Course:
        """Return the mean of ``what``, [jobs], over these requesters' requests of each round.

        The standard error takes each year as one draw: requests of the same year wait in the same
        queue.
        """
        chosen = self.of(requesters)
        cell = self.run[chosen] * self.rounds + self.round[chosen]
        shape, size = (self.n, self.rounds), self.n * self.rounds
        count = np.bincount(cell, minlength=size).reshape(shape)
        total = np.bincount(cell, what[chosen], minlength=size).reshape(shape)
        many = count.sum(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = total.sum(axis=0) / many
            error = np.sqrt(((total - mean * count) ** 2).sum(axis=0)) / many
        return Course(mean, error)


def _mean(values: Floats) -> float:
    return float(values.mean()) if values.size else float("nan")
