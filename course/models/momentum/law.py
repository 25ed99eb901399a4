"""Satisfaction into action: what becomes of customers who liked the presentation (S1).

Everybody is pleased, and six steps inside the customer's own house are still to be taken: the
contact takes it up, the boss stands behind it, a meeting passes it, money is set aside, legal and
procurement let it through, somebody signs. Each costs the customer hours. With ``S`` satisfaction
(0-10), ``I`` investment (0-1, what the customer has put into it), ``e`` the hours that the next
step leaves to the customer and ``u`` the customer's own drive, the chance of the next step in a
week is logistic::

    logit p  =  base + u + pull * S / 10 + belief * I - weight * e

    S  falls by the factor exp(-1 / fade) a week; presenting again lifts it, less every time
    I  gains a share of what is missing with each draft edited, step taken, letter signed and week
       of a pilot; what was put in stays in
    e  is cut by drafts, by the meeting paper, and at legal by a letter of intent

**The engine.** ``rpm = 3000 p``. The presentation is the cord: it gives ``S``, and ``S`` fades. The
seller's drafts are the throttle: they lighten the load ``e``. What the customer edits is fuel of
its own: ``I``. Below ``stall_line`` rpm the engine has stalled, and while it has, the money may go
elsewhere (hazard ``elsewhere``): wants have no end, money has.

**Money.** A share ``1 - lands`` of the customers has none for it this year: no chance at the budget
step. Whoever probes learns it at once and spends no more on them; others learn it too late.

**The big ask** puts the work of all steps that are left into one request, made once, whose chance
is logistic in the *sum* of their efforts; after it the steps go on as if nobody helped.

**Common random numbers.** Every draw is made before the policy is looked at and has a shape that
depends on ``n`` and ``weeks`` only: equal seeds face the same customers and the same luck, so the
difference between two policies, deal by deal, is due to the policies.

The equations stand in :func:`course.models.momentum.week.advance`; here policies are run by them.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import inf, log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course.models.momentum.moves import Help, seller_hours
from course.models.momentum.result import FULL_RPM, Outcome, Result
from course.models.momentum.terms import (
    EDITED,
    LATE,
    MATERIALS,
    WAITING,
    Move,
    Params,
    Policy,
    Step,
)
from course.models.momentum.week import Deeds, Draws, advance, begin, draw

__all__ = [
    "EDITED",
    "FULL_RPM",
    "LATE",
    "MATERIALS",
    "WAITING",
    "Move",
    "Outcome",
    "Params",
    "Policy",
    "Result",
    "Step",
    "simulate",
    "simulate_each",
    "stall_week",
]

Floats = NDArray[np.float64]


def simulate(params: Params, policy: Policy, *, n: int, rng: np.random.Generator) -> Result:
    """Run ``n`` deals for ``params.weeks`` weeks under one policy.

    Args:
        params: the world.
        policy: the seller's decisions, the same for every deal.
        n: number of deals, from 1.
        rng: source of luck; equal seeds make runs of different policies comparable deal by deal.

    Returns:
        The :class:`Result`.

    Raises:
        ValueError: ``n`` is below 1.
    """
    if n < 1:
        raise ValueError(f"n: expected at least 1 deal, got {n!r}; pass for example n=1000")
    return _run(params, (policy,), draw(params, n, rng))


def simulate_each(
    params: Params,
    policies: Sequence[Policy],
    *,
    rng: np.random.Generator,
    satisfaction: Floats | None = None,
) -> Result:
    """Run one deal per policy, by the same law.

    Args:
        params: the world.
        policies: n of them, from 1.
        rng: source of luck.
        satisfaction: [n] points 0-10 right after the presentation, in place of drawn ones.

    Returns:
        The :class:`Result`, deals in the order of the policies.

    Raises:
        ValueError: there is no policy, or not one satisfaction each.
    """
    n = len(policies)
    if n < 1:
        raise ValueError("policies: expected at least one, got none")
    luck = draw(params, n, rng)
    if satisfaction is None:
        return _run(params, policies, luck)
    given = np.asarray(satisfaction, dtype=np.float64)
    if given.shape != (n,) or not ((given >= 0) & (given <= 10)).all():
        raise ValueError(f"satisfaction: expected {n} numbers from 0 to 10, got {satisfaction!r}")
    return _run(params, policies, replace(luck, satisfaction=given))


def _run(params: Params, policies: Sequence[Policy], luck: Draws) -> Result:
    n, weeks = luck.clock.size, params.weeks
    moves = Help.of(params, policies)
    row = np.arange(n) if len(policies) > 1 else np.zeros(n, dtype=np.int64)

    state = begin(params, luck)
    customer_hours = np.zeros(n)
    step, investment = np.zeros((weeks + 1, n), dtype=np.int64), np.zeros((weeks + 1, n))
    satisfaction, rpm = np.zeros((weeks + 1, n)), np.zeros((weeks, n))
    edited = np.zeros((weeks, n), dtype=np.bool_)
    counts = np.zeros((weeks + 1, len(Outcome)), dtype=np.int64)
    satisfaction[0], counts[0, Outcome.OPEN] = state.pleased, n

    for week in range(weeks):
        live = state.outcome == Outcome.OPEN
        on = live & (moves.start <= week) & (week < moves.stop) & (luck.lands | ~moves.probe)
        first = on & (week == moves.start)
        again = on & moves.show & ~first & ((week - moves.start) % params.show_every == 0)
        asked = first & moves.big & luck.lands
        state, passed = advance(params, luck, Deeds(moves, row, on, again, asked), state, week)
        rpm[week], edited[week] = passed.rpm, passed.edited
        customer_hours += passed.customer_hours
        step[week + 1], investment[week + 1] = state.at, state.invested
        satisfaction[week + 1] = state.pleased
        counts[week + 1] = np.bincount(state.outcome, minlength=len(Outcome))

    courses: dict[str, Any] = {"step": step, "edited": edited, "pilot": state.pilot}
    hours = seller_hours(moves, lands=luck.lands, ended=state.ended, shown=state.shown, **courses)
    return Result(
        outcome=state.outcome,
        week=state.ended,
        hours=hours,
        customer_hours=customer_hours,
        lands=luck.lands,
        own_drive=luck.own_drive,
        satisfaction=satisfaction,
        investment=investment,
        rpm=rpm,
        letter=state.letter,
        counts=counts,
        **courses,
    )


def stall_week(params: Params, satisfaction: float) -> float:
    """Weeks after the presentation at which a customer left alone falls to the stall line.

    For a customer with no drive of their own, before the first step::

        fade * ln(pull * S / 10 / (logit(stall_line / 3000) - base + weight * efforts[0]))

    Returns 0 if the engine never ran above the line, infinity if it never falls to it.

    Raises:
        ValueError: ``satisfaction`` is outside 0-10.
    """
    if not 0 <= satisfaction <= 10:
        raise ValueError(f"satisfaction: expected 0 to 10 points, got {satisfaction!r}")
    share = params.stall_line / FULL_RPM
    if share in (0.0, 1.0):
        return inf if share == 0.0 else 0.0
    needed = log(share / (1 - share)) - params.base + params.weight * params.efforts[0]
    if needed <= 0:
        return inf
    given = params.pull * satisfaction / 10
    return params.fade * log(given / needed) if given > needed else 0.0
