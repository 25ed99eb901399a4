"""A year of six salespeople and one presales expert: manners make trust, and trust makes waits.

Requests come as a Poisson stream, each from a salesperson picked at random; requester 0 has the
manner under study, all others the :data:`PLAIN` one. What the expert works on a request::

    draft     the first version (lognormal, ``draft_hours`` in the mean)
    rework    round_share * draft for each further version; their number by the law of rounds
    fixing    fix_hours, if a complaint made under pressure was relayed, or found to be so
    favours   favour_hours, if a favour the customer would like was promised

The expert never idles while anything waits, finishes what was begun, and then takes up what looks
best: ``weight`` times the trust in who asks, when they ask, plus ``aging`` points for every day of
waiting, plus chance. All work on a request is done in one go.

**Work is conserved**: the order moves waits from one to another, and only manners change how much
there is to do. So whoever makes work makes *everybody* wait, and what follows a spell of it is two
things: the work still in the queue, which all wait for, and the trust lost, which only one does.
With ``weight = 0`` the first is left alone.

**The start.** For ``WARM_UP`` rounds all are plain colleagues, requester 0 as well; the year counts
from when requester 0 takes up the manner. ``load`` is the share of the expert's days filled if all
stay plain.

**Common random numbers.** Every draw is made before the manner is looked at (it depends on the
world alone): equal seeds face the same requests and the same customers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course.models.homework.luck import Luck, draw
from course.models.homework.manners import PLAIN, Manner
from course.models.homework.result import Year
from course.models.homework.rounds import (
    expected_versions,
    reveals,
    versions_cdf,
    wrong_chances,
)
from course.models.homework.signals import posterior
from course.models.homework.terms import DAY, PLANNED, Action, Params
from course.models.homework.trust import Deeds, remember
from course.models.priority.queue import serve

__all__ = ["mean_work", "simulate_year"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

WARM_UP = 16  # rounds before the year: the queue and everybody's trust find their level
RUN_OUT = 3  # rounds of requests after the last that counts: its requests, too, can be overtaken


def mean_work(params: Params, manner: Manner) -> float:
    """Return the expert's mean work on a request of this manner, days, in closed form."""
    rounds = expected_versions(wrong_chances(params, manner), reveals(params, manner)) - 1
    belief = posterior(params)
    fixed = {
        Action.RELAY: 1.0,
        Action.WAIT: 0.0,
        Action.VERIFY: belief * params.accuracy + (1 - belief) * (1 - params.accuracy),
    }[manner.signals]
    hours = (
        params.draft_hours * (1 + params.round_share * rounds)
        + params.fix_hours * params.pressure * fixed
        + params.favour_hours * params.favours * manner.promises
    )
    return hours / DAY


def simulate_year(
    params: Params,
    manner: Manner | Sequence[Manner],
    *,
    n: int,
    rng: np.random.Generator,
    rounds: int = 24,
) -> Year:
    """Run ``n`` years of one expert, five plain colleagues, and requester 0.

    Args:
        params: the world.
        manner: of requester 0: one for the whole year, or one for each round.
        n: number of years, from 1.
        rng: source of luck; equal seeds make runs comparable request by request. The generator is
            not advanced but spawned from, so make a new one of the same seed for each run.
        rounds: how many rounds count, from 1.

    Returns:
        The :class:`Year`.

    Raises:
        ValueError: ``n`` or ``rounds`` is below 1, or there is not one manner for each round.
    """
    for name, number in (("n", n), ("rounds", rounds)):
        if number < 1:
            raise ValueError(f"{name}: expected at least 1, got {number!r}")
    mine = [manner] * rounds if isinstance(manner, Manner) else list(manner)
    if len(mine) != rounds:
        raise ValueError(
            f"manner: expected one, or one for each of {rounds} rounds; got {len(mine)}"
        )
    mine = [PLAIN] * WARM_UP + mine + [mine[-1]] * RUN_OUT

    luck = draw(
        params,
        params.load / mean_work(params, PLAIN),
        warm_up=WARM_UP * params.round_days,
        horizon=(rounds + RUN_OUT) * params.round_days,
        n=n,
        rng=rng,
    )
    there = np.isfinite(luck.arrival)
    asked = np.where(there, luck.arrival, 0.0)
    period = WARM_UP + np.floor(asked / params.round_days).astype(np.int64)
    done = _do(params, mine, period, there, luck)

    trust = remember(params, _seen(done, period, there, luck.requester, len(mine), params))
    held = trust[period, np.arange(n)[:, None], luck.requester]
    score = params.weight * held + params.glance * luck.glance - params.aging * asked
    work = done.draft + done.rework + done.fixing + done.favours
    before = WARM_UP * params.round_days  # serve() begins at 0, the warm-up before it
    start = serve(luck.arrival + before, work, score) - before

    waited = np.where(there, start, 0.0) - asked
    days = waited + done.draft + params.version_days * (done.versions - 1)
    counted = there & (period >= WARM_UP) & (period < WARM_UP + rounds)
    return Year(
        rounds=rounds,
        requester=luck.requester,
        round=np.where(counted, period - WARM_UP, -1),
        arrival=luck.arrival,
        start=start,
        draft=done.draft,
        rework=done.rework,
        fixing=done.fixing,
        favours=done.favours,
        versions=done.versions,
        late=days > params.deadline,
        missed=done.missed,
        trust=trust[WARM_UP : WARM_UP + rounds + 1],
    )


@dataclass(frozen=True, eq=False)
class _Done:
    """What was done on each request, and how it was brought, [n, jobs]."""

    draft: Floats
    rework: Floats
    fixing: Floats
    favours: Floats
    versions: Ints
    missed: Bools
    alarm: Bools
    fact: Bools
    view: Bools
    credit: Bools


def _do(params: Params, mine: Sequence[Manner], period: Ints, there: Bools, luck: Luck) -> _Done:
    shape = period.shape
    versions = np.ones(shape, dtype=np.int64)
    relays, verifies, promises, view, credit = np.zeros((5, *shape), dtype=np.bool_)
    for manner in dict.fromkeys([PLAIN, *mine]):
        rows = np.array([each == manner for each in mine])
        here = np.where(luck.requester == 0, rows[period], manner == PLAIN) & there
        chances = wrong_chances(params, manner)
        # By inversion of the law, so that equal luck stays equal luck in every manner.
        law = versions_cdf(chances, reveals(params, manner))
        versions[here] = 1 + np.searchsorted(law, luck.version[here], side="right")
        relays[here] = manner.signals is Action.RELAY
        verifies[here] = manner.signals is Action.VERIFY
        promises[here], view[here], credit[here] = manner.promises, manner.view, manner.credit

    complains = luck.pressure < params.pressure
    so, right = luck.so < posterior(params), luck.right < params.accuracy
    fixed = complains & (relays | (verifies & (so == right)))
    draft = np.where(there, luck.draft, 0)
    return _Done(
        draft=draft,
        rework=params.round_share * draft * (versions - 1),
        fixing=params.fix_hours / DAY * fixed,
        favours=params.favour_hours / DAY * (promises & (luck.favour < params.favours)),
        versions=versions,
        missed=there & complains & so & ~fixed,
        alarm=fixed & ~so,
        fact=complains & verifies & right,
        view=view,
        credit=credit,
    )


def _seen(
    done: _Done, period: Ints, there: Bools, requester: Ints, periods: int, params: Params
) -> Deeds:
    """Count deeds by round, year and requester."""
    n = len(period)
    shape = periods, n, params.requesters
    year = np.broadcast_to(np.arange(n)[:, None], period.shape)
    cell = np.ravel_multi_index((period[there], year[there], requester[there]), shape)

    def count(what: Ints | Bools) -> Ints:
        counted = np.bincount(cell, what[there], minlength=int(np.prod(shape)))
        return counted.reshape(shape).astype(np.int64)

    return Deeds(
        facts=count(done.fact),
        views=count(done.view),
        credits=count(done.credit),
        alarms=count(done.alarm),
        extra=count(np.maximum(done.versions - PLANNED, 0)),
        dumped=count(done.favours > 0),
    )
