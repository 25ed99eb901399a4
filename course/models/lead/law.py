"""Leading the deal: what becomes of brokered deals under four styles of brokering (S0).

A broker introduces two parties; each week the deal may end in one of four *competing* ways: paid
(closed with the fee), bypassed (closed without it), dead (nobody moved it) or dropped (the broker
stopped). Two things nobody can see drive it: whether both parties want the deal at all, and what
kind of people they are about fees. With ``f`` the fee and ``V`` the process value seen in the
broker (both % of deal value), and ``M`` the momentum (0-1), the weekly hazards are::

    paid      close_rate * exp(-fee_drag * f) * M                       if willing, else 0
    bypassed  cut * bypass_conditional * max(0, f - V)   "conditional"  if willing, else 0
              cut * bypass_always * f                    "always"       if willing, else 0
              0                                          "honest"
    dead      death_rate + stall_rate * (1 - M)

``cut`` is ``1 - agreement_cut`` under a written agreement, else 1. ``V`` drifts to what the style
is worth to these parties; ``M`` decays and is lifted by the style, by attended meetings and by
answered chases. Each cause has its own unit-exponential clock per deal: a deal ends when a
cumulative hazard first passes its clock, which is the exact competing-risks law.

**Common random numbers.** Every draw is made before the policy is looked at and has a shape that
depends on ``n`` and ``weeks`` only. Runs from equal seeds face the same deals, the same clocks and
the same luck in replies, so their difference, deal by deal, is due to the policy.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from course.models.lead.terms import HABITS, Habits, Params, Policy, Style

__all__ = [
    "HABITS",
    "Habits",
    "Kind",
    "Outcome",
    "Params",
    "Policy",
    "Result",
    "Style",
    "silence_posterior",
    "simulate",
]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Outcome(IntEnum):
    """How a deal stands; the code in ``Result.outcome`` and the column in ``Result.counts``."""

    OPEN = 0
    PAID = 1
    BYPASSED = 2
    DEAD = 3
    DROPPED = 4


class Kind(IntEnum):
    """What kind of people the parties are about fees; the code in ``Result.kind``."""

    HONEST = 0
    CONDITIONAL = 1
    ALWAYS = 2


@dataclass(frozen=True, eq=False)
class Result:
    """What became of ``n`` deals over ``weeks`` weeks.

    Attributes:
        outcome: [n] :class:`Outcome` codes at the horizon.
        week: [n] week in which the deal ended, 1 to weeks; ``weeks`` if still open (censored).
        hours: [n] the broker's hours.
        income: [n] fees received, 10,000 CNY.
        chases: [n] chases sent.
        willing: [n] hidden: do both parties want the deal?
        kind: [n] hidden: :class:`Kind` codes.
        counts: [weeks + 1, 5] deals by week and outcome; every row sums to n.
    """

    outcome: Ints
    week: Ints
    hours: Floats
    income: Floats
    chases: Ints
    willing: Bools
    kind: Ints
    counts: Ints

    def share(self, outcome: Outcome) -> float:
        """Share of all deals with this outcome at the horizon, 0-1."""
        return float(np.mean(self.outcome == outcome))


@dataclass(frozen=True, eq=False)
class _Draws:
    """All the luck of a run: shapes depend on n and weeks alone."""

    willing: Bools  # [n]
    kind: Ints  # [n]
    value: Floats  # [n] deal value, 10,000 CNY
    perception: Floats  # [n] how much of a style's value these parties see
    clocks: Floats  # [3, n] unit exponentials: paid, bypassed, dead
    reply: Floats  # [weeks, n] uniforms
    meeting: Floats  # [weeks, n] uniforms


def _draw(params: Params, n: int, rng: np.random.Generator) -> _Draws:
    # The order of these calls is the seed's meaning: changing it changes every recorded run.
    willing = rng.random(n) < params.willing
    trust = rng.random(n)
    opportunist = params.always + params.conditional
    kind = np.where(trust < params.always, Kind.ALWAYS, Kind.CONDITIONAL)
    kind = np.where(trust < opportunist, kind, Kind.HONEST).astype(np.int64)
    value = params.deal_value * np.exp(params.value_spread * rng.standard_normal(n))
    perception = 1 + params.seen_spread * rng.uniform(-1, 1, n)
    clocks = rng.standard_exponential((3, n))
    reply = rng.random((params.weeks, n))
    meeting = rng.random((params.weeks, n))
    return _Draws(willing, kind, value, perception, clocks, reply, meeting)


def simulate(params: Params, policy: Policy, *, n: int, rng: np.random.Generator) -> Result:
    """Run ``n`` deals for ``params.weeks`` weeks under one policy.

    Args:
        params: the world.
        policy: the broker's decisions, the same for every deal.
        n: number of deals, from 1.
        rng: source of luck; equal seeds make runs of different policies comparable deal by deal.

    Returns:
        The :class:`Result`.

    Raises:
        ValueError: ``n`` is below 1.
    """
    if n < 1:
        raise ValueError(f"n: expected at least 1 deal, got {n!r}; pass for example n=1000")
    luck = _draw(params, n, rng)
    habit = params.habits[policy.style]
    cut = 1 - params.agreement_cut if policy.agreement else 1.0
    reply_chance = np.where(luck.willing, params.reply_willing, params.reply_unwilling)
    closing = params.close_rate * np.exp(-params.fee_drag * policy.fee) * luck.willing
    chase_lift = params.chase_lift * (params.bad_cop_factor if policy.bad_cop else 1.0)
    conditional = cut * params.bypass_conditional * (luck.willing & (luck.kind == Kind.CONDITIONAL))
    always = cut * params.bypass_always * policy.fee * (luck.willing & (luck.kind == Kind.ALWAYS))

    seen = params.seen_start * luck.perception
    momentum = np.full(n, float(params.momentum_start))
    passed = np.zeros((3, n))  # cumulative hazards: paid, bypassed, dead
    unanswered = np.zeros(n, dtype=np.int64)
    chases = np.zeros(n, dtype=np.int64)
    outcome = np.full(n, Outcome.OPEN, dtype=np.int64)
    week_of_end = np.full(n, params.weeks, dtype=np.int64)
    hours = np.full(n, float(params.setup_hours))
    counts = np.zeros((params.weeks + 1, len(Outcome)), dtype=np.int64)
    counts[0, Outcome.OPEN] = n

    for week in range(params.weeks):
        still = outcome == Outcome.OPEN
        attended = luck.meeting[week] < params.meeting_rate * habit.attended
        answered = (luck.reply[week] < reply_chance) & habit.chases
        hours += still * (habit.hours + params.meeting_hours * attended)
        chases += still & habit.chases

        lift = habit.lift + habit.meeting_lift * attended + chase_lift * answered
        momentum *= 1 - params.momentum_decay
        momentum += np.minimum(lift, 1.0) * (1 - momentum)
        seen += params.seen_pace * (habit.value * luck.perception - seen)

        hazard = np.stack(
            (
                closing * momentum,
                conditional * np.maximum(0.0, policy.fee - seen) + always,
                params.death_rate + params.stall_rate * (1 - momentum),
            )
        )
        # When in this week (0-1) each clock would run out; the earliest within the week wins.
        moment = np.full((3, n), np.inf)
        np.divide(luck.clocks - passed, hazard, out=moment, where=hazard > 0)
        passed += hazard
        first = np.argmin(moment, axis=0)
        ends = still & (np.take_along_axis(moment, first[None], axis=0)[0] < 1)
        outcome[ends] = first[ends] + Outcome.PAID
        if policy.drop_after is not None and habit.chases:
            unanswered = np.where(answered, 0, unanswered + 1)
            dropped = still & ~ends & (unanswered >= policy.drop_after)
            outcome[dropped] = Outcome.DROPPED
            ends |= dropped
        week_of_end[ends] = week + 1
        counts[week + 1] = np.bincount(outcome, minlength=len(Outcome))

    income = np.where(outcome == Outcome.PAID, luck.value * policy.fee / 100, 0.0)
    return Result(outcome, week_of_end, hours, income, chases, luck.willing, luck.kind, counts)


def silence_posterior(
    k: int, *, willing: float = 0.6, reply_willing: float = 0.8, reply_unwilling: float = 0.2
) -> float:
    """P(unwilling | the first ``k`` chases all went unanswered), by Bayes' rule.

    With ``u`` and ``w`` the chances that unwilling and willing parties leave a chase unanswered,
    independently each time, and ``p`` the prior share of willing deals::

        (1 - p) u^k / ((1 - p) u^k + p w^k)

    Raises:
        ValueError: ``k`` is negative, a chance is outside 0-1, or such a silence cannot happen.
    """
    if k < 0:
        raise ValueError(f"k: expected 0 or more unanswered chases, got {k!r}")
    chances = {
        "willing": willing,
        "reply_willing": reply_willing,
        "reply_unwilling": reply_unwilling,
    }
    for name, chance in chances.items():
        if not 0 <= chance <= 1:
            raise ValueError(f"{name}: expected a chance from 0 to 1, got {chance!r}")
    unwilling_silent = (1 - willing) * float((1 - reply_unwilling) ** k)
    total = unwilling_silent + willing * float((1 - reply_willing) ** k)
    if total == 0:
        raise ValueError(
            f"k={k}: expected a possible silence, but these chances always bring an answer; "
            "lower reply_willing or reply_unwilling"
        )
    return unwilling_silent / total
