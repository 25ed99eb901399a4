"""The luck of a year: which requests come, when, from whom, how large, how much they matter."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, log, sqrt

import numpy as np
from numpy.typing import NDArray

from course.models.priority.terms import Params

__all__ = ["Draws", "draw", "log_median_effort"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Draws:
    """All the luck of all years: requests year after year in the order they come, [jobs] each."""

    run: Ints
    requester: Ints
    arrival: Floats  # days; below 0 for what is in hand at the start
    effort: Floats  # days
    cost: Floats  # 10k CNY a day
    told: Floats  # standard normal: how background errs
    glance: Floats  # standard normal


def log_median_effort(params: Params) -> float:
    """Return the logarithm of the median effort, days."""
    return log(params.effort) - params.effort_spread**2 / 2


def draw(params: Params, horizon: float, n: int, rng: np.random.Generator) -> Draws:
    """Return the luck of ``n`` years of ``horizon`` days, begun in the steady state.

    The generator is spawned from, not advanced.
    """
    # A stream for each kind of luck, and in it one for what was there before: so each draw begins
    # with what a shorter one would be, and the load changes how many requests there are but not
    # which. The order of the streams is the seed's meaning: changing it changes every recorded run.
    hand, gaps, who, sizes, left, costs, told, glances = rng.spawn(8)
    rate = params.load / params.effort
    expected = rate * horizon
    later = ceil(expected + 6 * sqrt(expected) + 6)  # too few in one year of a hundred million
    # The steady state: P(m in hand) = (1 - load) load^m; of each, a residual effort is left.
    in_hand = np.floor(np.log1p(-hand.random(n)) / log(params.load)).astype(np.int64)
    before = int(in_hand.max())

    def each(stream: np.random.Generator, kind: Callable[..., Floats]) -> Floats:
        after, earlier = stream.spawn(2)  # counted from the start of the year, in both directions
        past, future = kind(earlier, size=(before, n)), kind(after, size=(later, n))
        return np.concatenate([past[::-1], future]).T

    uniform, normal = np.random.Generator.random, np.random.Generator.standard_normal
    gap = each(gaps, np.random.Generator.standard_exponential) / rate
    arrival = np.cumsum(gap, axis=1)
    arrival -= arrival[:, before - 1 : before] if before else 0.0
    arrival[:, :before] -= gap[:, :before]  # the youngest of them is a gap away from the start
    exists = arrival < horizon
    exists[:, :before] = np.arange(before)[::-1] < in_hand[:, None]

    effort = params.effort_spread * each(sizes, normal) + log_median_effort(params)
    # A residual effort: of one drawn in proportion to its length, a uniform share.
    effort[:, :before] += params.effort_spread**2 + np.log(each(left, uniform)[:, :before])
    return Draws(
        run=np.nonzero(exists)[0],
        requester=(params.requesters * each(who, uniform)[exists]).astype(np.int64),
        arrival=arrival[exists],
        effort=np.exp(effort[exists]),
        cost=params.cost * np.exp(params.cost_spread * each(costs, normal)[exists]),
        told=each(told, normal)[exists],
        glance=each(glances, normal)[exists],
    )
