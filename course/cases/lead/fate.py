"""What becomes of the deals, week by week, by the law of :mod:`course.models.lead`.

The hazards, the drift of the value seen and the momentum are the model's, with its default
``Params``; a test compares the two. What the case adds, because its deals are not alike:

* every deal has its own fee, agreement, style and value;
* nothing ends in the first two weeks, nor in the week of the Spring Festival;
* a deal that will be repeated is bypassed more easily (x 1.3), a single one less (x 0.7);
* a meeting costs two hours and one more per 150 km between the parties;
* brokers who lead by the rule drop a deal after three chases in a row without an answer.

All of it is assumed. Weeks count on after the snapshot, to 52, so that the truth knows what became
of the deals that were open.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course.cases.lead.days import FIRST_MONDAY, REST_WEEK
from course.cases.lead.world import Deal
from course.models.lead import HABITS, Kind, Outcome, Style
from course.models.lead.terms import Params

__all__ = ["HORIZON", "Fate", "meeting_hours", "run"]

HORIZON = 52  # weeks a deal is followed
LEAD_IN = 2  # weeks before anything can end
DROP_AFTER = 3  # chases in a row without an answer
REPEATABLE = (0.7, 1.3)  # factor on the bypass hazard of single and of repeated business

# Chance that the broker writes in the group in a given week, after the first.
SPEAKS = {Style.SILENT: 0.12, Style.BEGGING: 0.62, Style.ATTENDING: 0.55, Style.RULE: 0.96}

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Fate:
    """The course of ``n`` deals over ``HORIZON`` weeks; week 0 is that of the introduction.

    Attributes:
        outcome: [n] :class:`~course.models.lead.Outcome` at the horizon.
        end: [n] index of the week in which the deal ended; ``HORIZON`` if it never did.
        willing: [n] do both parties want the deal?
        kind: [n] :class:`~course.models.lead.Kind`.
        speaks: [HORIZON, n] the broker writes in the group this week.
        attended: [HORIZON, n] the broker sits in a meeting of the parties this week.
        answered: [HORIZON, n] this week's chase or question of the broker is answered.
        momentum: [HORIZON, n] 0-1, at the end of the week.
        hours: [HORIZON, n] the broker's hours up to the end of the week.
    """

    outcome: NDArray[np.int64]
    end: NDArray[np.int64]
    willing: Bools
    kind: NDArray[np.int64]
    speaks: Bools
    attended: Bools
    answered: Bools
    momentum: Floats
    hours: Floats


def meeting_hours(kilometres: Floats) -> Floats:
    """Return the hours a meeting costs the broker, given the km between the parties."""
    return 2 + kilometres / 150


def run(deals: tuple[Deal, ...], rng: np.random.Generator, params: Params | None = None) -> Fate:
    """Follow the deals for ``HORIZON`` weeks."""
    world = params or Params()
    n = len(deals)
    styles = [Style(deal.style) for deal in deals]

    def per_deal(name: str) -> Floats:
        return np.array([float(getattr(HABITS[style], name)) for style in styles])

    fee = np.array([deal.terms.fee for deal in deals])
    travel = meeting_hours(np.array([float(deal.kilometres) for deal in deals]))
    written = np.array([deal.terms.written is not None for deal in deals])
    leaves = 1 - world.agreement_cut * written
    leaves = leaves * np.array([REPEATABLE[deal.terms.repeatable] for deal in deals])
    rest = np.array([REST_WEEK - (deal.monday - FIRST_MONDAY).days // 7 for deal in deals])
    rules = np.array([style is Style.RULE for style in styles])

    willing = rng.random(n) < world.willing
    trust = rng.random(n)
    kind = np.where(trust < world.always, Kind.ALWAYS, Kind.CONDITIONAL)
    kind = np.where(trust < world.always + world.conditional, kind, Kind.HONEST).astype(np.int64)
    perception = 1 + world.seen_spread * rng.uniform(-1, 1, n)
    clocks = rng.standard_exponential((3, n))
    weeks = np.arange(HORIZON)[:, None]
    working = weeks != rest
    speaks = (rng.random((HORIZON, n)) < np.array([SPEAKS[style] for style in styles])) & working
    speaks[0] = True
    meets = rng.random((HORIZON, n)) < world.meeting_rate * per_deal("attended")
    attended = meets & speaks & (weeks > 0)
    reply = np.where(willing, world.reply_willing, world.reply_unwilling)
    answered = (rng.random((HORIZON, n)) < reply) & speaks & (weeks > 0)

    lifts, in_meeting, a_week = (per_deal(name) for name in ("lift", "meeting_lift", "hours"))
    worth = per_deal("value")
    closing = world.close_rate * np.exp(-world.fee_drag * fee) * willing
    conditional = leaves * world.bypass_conditional * (willing & (kind == Kind.CONDITIONAL))
    always = leaves * world.bypass_always * fee * (willing & (kind == Kind.ALWAYS))
    seen = world.seen_start * perception
    strength = np.full(n, float(world.momentum_start))
    passed, unanswered = np.zeros((3, n)), np.zeros(n, dtype=np.int64)
    outcome = np.full(n, Outcome.OPEN, dtype=np.int64)
    end = np.full(n, HORIZON, dtype=np.int64)
    momentum, hours = np.zeros((HORIZON, n)), np.zeros((HORIZON, n))
    spent = np.full(n, float(world.setup_hours))
    for week in range(HORIZON):
        live, chased = outcome == Outcome.OPEN, rules & speaks[week] & (week > 0)
        spent += live * (a_week * speaks[week] + travel * attended[week])
        lift = lifts * (speaks[week] | ~rules)
        lift += in_meeting * attended[week]
        lift += world.chase_lift * (answered[week] & chased)
        strength *= 1 - world.momentum_decay
        strength += np.minimum(lift, 1.0) * (1 - strength)
        seen += world.seen_pace * (worth * perception - seen)
        hazard = np.stack(
            (
                closing * strength,
                conditional * np.maximum(0.0, fee - seen) + always,
                world.death_rate + world.stall_rate * (1 - strength),
            )
        )
        hazard *= working[week] & (week >= LEAD_IN)
        moment = np.full((3, n), np.inf)
        np.divide(clocks - passed, hazard, out=moment, where=hazard > 0)
        passed += hazard
        first = np.argmin(moment, axis=0)
        ends = live & (moment.min(axis=0) < 1)
        outcome[ends] = first[ends] + Outcome.PAID
        unanswered = np.where(chased, np.where(answered[week], 0, unanswered + 1), unanswered)
        dropped = live & ~ends & chased & (unanswered >= DROP_AFTER)
        outcome[dropped] = Outcome.DROPPED
        end[ends | dropped] = week
        momentum[week], hours[week] = strength, spent
    paid = np.flatnonzero(outcome == Outcome.PAID)
    speaks[end[paid], paid] = True  # there is a fee to be named
    return Fate(outcome, end, willing, kind, speaks, attended, answered, momentum, hours)
