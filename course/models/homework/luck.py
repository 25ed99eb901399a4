"""The luck of a year with one expert: who asks when, how much work it is, what customers do."""

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from course.models.homework.terms import DAY, Params

__all__ = ["Luck", "draw"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Luck:
    """All the luck of all years, [n, jobs] each: requests in the order they come."""

    arrival: Floats  # days since the year began, below 0 in the warm-up; infinite: does not come
    requester: Ints
    draft: Floats  # work of the first version, days
    version: Floats  # uniform: its place among the possible numbers of versions
    pressure: Floats  # uniform: does the customer complain?
    so: Floats  # uniform: is it as the customer says?
    right: Floats  # uniform: would looking into it find what is so?
    favour: Floats  # uniform: would the customer like a favour?
    glance: Floats  # standard normal


def draw(
    params: Params, rate: float, *, warm_up: float, horizon: float, n: int, rng: np.random.Generator
) -> Luck:
    """Return the luck of ``n`` years of ``horizon`` days, after ``warm_up`` days before them.

    A stream for each kind of luck, so that the shape, which depends on the world alone, lets each
    kind begin with the same draws in a busier world. The generator is spawned from, not advanced.

    Args:
        params: the world.
        rate: requests a day.
        warm_up, horizon: days.
        n: number of years.
        rng: source of luck.
    """
    # The order of the streams is the seed's meaning: changing it changes every recorded run.
    gaps, who, sizes, *uniforms, glances = rng.spawn(9)
    expected = rate * (warm_up + horizon)
    jobs = ceil(expected + 6 * sqrt(expected) + 6)  # too few in one year of a hundred million
    shape = jobs, n  # drawn request by request, so that more requests come after, not between

    arrival = np.cumsum(gaps.standard_exponential(shape) / rate, axis=0) - warm_up
    arrival[arrival >= horizon] = np.inf
    some = np.isfinite(arrival).any(axis=1)  # places that no year fills only take time
    log_median = np.log(params.draft_hours / DAY) - params.effort_spread**2 / 2

    def rows(drawn: Floats) -> Floats:
        return np.ascontiguousarray(drawn[some].T)

    version, pressure, so, right, favour = (rows(each.random(shape)) for each in uniforms)
    return Luck(
        arrival=rows(arrival),
        requester=(params.requesters * rows(who.random(shape))).astype(np.int64),
        draft=np.exp(log_median + params.effort_spread * rows(sizes.standard_normal(shape))),
        version=version,
        pressure=pressure,
        so=so,
        right=right,
        favour=favour,
        glance=rows(glances.standard_normal(shape)),
    )
