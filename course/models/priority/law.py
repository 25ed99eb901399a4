"""Resource priority: one expert, a dozen requesters, and what each of them waits (S4).

Requests come as a Poisson stream, each from a requester picked at random. A request takes the
expert ``effort`` days (lognormal; a shout adds ``shout_cost`` of it) and costs its project ``cost``
for every day that it is not begun (lognormal, independent). The expert never idles while anything
waits, finishes what was begun, and then takes up what stands first in the :class:`Order`.

**The order.** Perceived priority is what a request looks like when it comes
(:mod:`course.models.priority.memory`) plus ``aging`` points for every day it has waited. Value per
effort, ``cost / effort``, is the rule that makes the cost of all delays smallest: the cμ rule.

**Work is conserved.** Whatever the order, the expert has the same work in hand at every moment.
An order that does not look at efforts therefore leaves the mean wait over all requests at what
first come, first served gives (Pollaczek and Khinchine, :func:`fifo_wait`): who gains, gains from
somebody. Only shouting changes the amount of work; only the knowledge of efforts and costs makes an
order worth more than another.

**The start.** A year begins in the steady state: the expert has work in hand, drawn as the
geometric number of residual efforts that the same theory gives. It looks as if it had been asked
for in the first round, and is not counted in any wait.

**Common random numbers.** Every kind of luck has a stream of its own, drawn request by request:
equal seeds face the same requests whatever the habits, the order and even the load (a higher one
lets them come closer together).
"""

from enum import StrEnum
from math import exp, log

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course.models.priority.draws import draw, log_median_effort
from course.models.priority.memory import looks, remember
from course.models.priority.queue import serve
from course.models.priority.result import Course, Result
from course.models.priority.terms import Habit, Habits, Params, by_round

__all__ = ["Course", "Order", "Result", "fifo_wait", "simulate", "value_per_effort"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

RUN_OUT = 3  # rounds of arrivals after the last that counts: its requests, too, can be overtaken


class Order(StrEnum):
    """What stands first in the expert's queue."""

    FIFO = "fifo"  # what came first
    PERCEIVED = "perceived"  # what looks most urgent, by habits and memory
    VALUE = "value"  # most value per effort, if both are known exactly
    NOISY_VALUE = "noisy_value"  # … as everybody's background tells it


def value_per_effort(cost: ArrayLike, effort: ArrayLike) -> Floats:
    """Return what a day of the expert's work saves: the cost of a day of delay over the effort.

    Args:
        cost: of a day of delay, 10k CNY, from 0.
        effort: days of work, above 0.

    Raises:
        ValueError: a cost is below 0, or an effort is not above it.
    """
    costs, efforts = np.asarray(cost, dtype=np.float64), np.asarray(effort, dtype=np.float64)
    if not (costs >= 0).all():
        raise ValueError(f"cost: expected 10k CNY a day from 0, got {cost!r}")
    if not (efforts > 0).all():
        raise ValueError(f"effort: expected days above 0, got {effort!r}; even a reply takes time")
    return costs / efforts


def simulate(
    params: Params,
    habits: Habits,
    *,
    n: int,
    rng: np.random.Generator,
    rounds: int = 24,
    order: Order = Order.PERCEIVED,
) -> Result:
    """Run ``n`` years of one expert and those who ask.

    Args:
        params: the world.
        habits: how they ask: one habit for everybody, one for each requester, or for each round
            one for each requester.
        n: number of years, from 1.
        rng: source of luck; equal seeds make runs comparable request by request. The generator is
            not advanced but spawned from, so make a new one of the same seed for each run.
        rounds: how many rounds count, from 1.
        order: what the expert goes by.

    Returns:
        The :class:`Result`.

    Raises:
        ValueError: ``n`` or ``rounds`` is below 1, or ``habits`` do not fit.
    """
    for name, number in (("n", n), ("rounds", rounds)):
        if number < 1:
            raise ValueError(f"{name}: expected at least 1, got {number!r}")
    rows = by_round(habits, rounds=rounds, requesters=params.requesters)
    rows += (rows[-1],) * RUN_OUT
    draws = draw(params, len(rows) * params.round_days, n, rng)
    run, requester = draws.run, draws.requester
    round_ = np.floor(draws.arrival / params.round_days).astype(np.int64)
    round_ = np.maximum(round_, -1)
    known = round_ >= 0

    shape = len(rows), n, params.requesters
    cell = np.ravel_multi_index((round_[known], run[known], requester[known]), shape)
    requests = np.bincount(cell, minlength=int(np.prod(shape))).reshape(shape)
    memory = remember(params, rows, requests)
    shouts = np.array([[habit is Habit.SHOUT for habit in row] for row in rows])
    shouted = shouts[np.maximum(round_, 0), requester] & known

    exact = np.log(draws.cost / draws.effort) - log(params.cost) + log_median_effort(params)
    told = exact + params.context_noise * draws.told
    perceived = looks(
        params,
        rows,
        memory,
        run=run,
        requester=requester,
        round=round_,
        value=told,
        glance=params.glance * draws.glance,
    )
    score = {
        Order.FIFO: -draws.arrival,
        Order.PERCEIVED: perceived.sum(axis=1) - params.aging * draws.arrival,
        Order.VALUE: exact,
        Order.NOISY_VALUE: told,
    }[order]
    service = draws.effort * (1 + params.shout_cost * shouted)
    return Result(
        n=n,
        rounds=rounds,
        run=run,
        requester=requester,
        round=round_,
        arrival=draws.arrival,
        effort=draws.effort,
        service=service,
        cost=draws.cost,
        start=_start(n, run, draws.arrival, service, score),
        perceived=perceived,
        score=score,
        memory=memory.until(rounds),
    )


def _start(n: int, run: Ints, arrival: Floats, service: Floats, score: Floats) -> Floats:
    """Return when each job is begun, [jobs], from one row for each year."""
    many = np.bincount(run, minlength=n)
    place = np.arange(run.size) - (np.cumsum(many) - many)[run]
    shape = n, int(many.max())

    def rows(values: Floats, rest: float) -> Floats:
        spread = np.full(shape, rest)
        spread[run, place] = values
        return spread

    return serve(rows(arrival, np.inf), rows(service, 0.0), rows(score, 0.0))[run, place]


def fifo_wait(params: Params) -> float:
    """Return the mean wait, days, if what came first is served first: Pollaczek and Khinchine.

    With requests at the rate ``l`` a day of effort ``S``, and nobody shouting::

        l E[S^2] / (2 (1 - load)),    E[S^2] = effort^2 exp(effort_spread^2)

    All of them shouting is the same in a world of ``(1 + shout_cost)`` times the effort and load.
    """
    rate = params.load / params.effort
    square = params.effort**2 * exp(params.effort_spread**2)
    return rate * square / (2 * (1 - params.load))
