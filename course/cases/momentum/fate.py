"""What becomes of the opportunities: the law of :mod:`course.models.momentum`, and what is seen.

Steps, edits, letters and pilots are the model's, with its default ``Params``. The case adds only
who *hears* of a step, and whether it had been agreed with a name and a date beforehand.

**The trap.** Presentations were better liked from the third quarter on (a showroom had opened), and
from about then on more of the sellers worked by the page. So satisfaction and signatures rise
together from cohort to cohort, though within a cohort a happier customer signs hardly more often.
Whoever has a dated task of the customer's own in the first four weeks signs more often in every
cohort.

Variants in which chance hides this are drawn again (:func:`shows`): every learner's data agree in
what they show, at the price that they show it a little more clearly than raw luck would.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from course.cases.momentum.world import COHORTS, Opportunity
from course.models.momentum import Move, Outcome, Params, Result, simulate_each

__all__ = ["EARLY_WEEKS", "Fate", "run", "shows"]

WEEKS = Params().weeks
EARLY_WEEKS = 4
"""A customer's own task counts as early if it was agreed within so many weeks."""

# Mean satisfaction by cohort, points, and its standard deviation.
LIKED = {"2025Q1": 6.7, "2025Q2": 7.0, "2025Q3": 8.4, "2025Q4": 8.6}
SPREAD = 1.15
NORMAL = NormalDist()
GOLDEN = (5**0.5 - 1) / 2  # multiples of it, modulo 1, fill the unit interval evenly at any length

# Chances (assumed): that a step is agreed beforehand with a date, with the throttle open and
# without; that the seller hears of one that was not; that an edit is announced with a date; that a
# task is agreed and nothing comes of it, per week.
AGREED, AGREED_ALONE, HEARD, ANNOUNCED = 0.8, 0.15, 0.6, 0.45
EMPTY, EMPTY_ALONE = 0.06, 0.012

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Fate:
    """The course of ``n`` opportunities over 26 weeks; week 0 begins with the presentation.

    Attributes:
        result: what the model says, arrays as in :class:`~course.models.momentum.Result`.
        points: [n] satisfaction as asked for after the presentation, whole points 3-10.
        on: [26, n] the throttle is open this week, with drafts; never where probing found no money.
        moved: [26, n] a step is taken this week.
        agreed: [26, n] this week's step had been agreed with a name and a date.
        heard: [26, n] the seller hears of this week's step.
        announced: [26, n] this week's edit had been announced with a date.
        empty: [26, n] a task is agreed with a date, and nothing comes of it.
        first: [n] week of the customer's first own task that has a date; 26 if there is none.
    """

    result: Result
    points: NDArray[np.int64]
    on: Bools
    moved: Bools
    agreed: Bools
    heard: Bools
    announced: Bools
    empty: Bools
    first: NDArray[np.int64]


def run(opportunities: tuple[Opportunity, ...], rng: np.random.Generator) -> Fate:
    """Follow the opportunities for 26 weeks, again and again until :func:`shows` is content."""
    while True:
        fate = _once(opportunities, rng)
        if shows(opportunities, fate):
            return fate


def _once(opportunities: tuple[Opportunity, ...], rng: np.random.Generator) -> Fate:
    n = len(opportunities)
    satisfaction = _satisfaction(opportunities, rng)
    policies = [each.policy for each in opportunities]
    result = simulate_each(Params(), policies, rng=rng, satisfaction=satisfaction)
    luck = rng.random((4, WEEKS, n))
    weeks = np.arange(WEEKS)[:, None]
    live = weeks < result.week
    start = np.array([policy.start for policy in policies])
    drafts = np.array([each.style not in ("wait", "show") for each in opportunities])
    probed = np.array([Move.PROBE in policy.moves for policy in policies])
    on = live & drafts & (weeks >= start) & (result.lands | ~probed)
    moved = np.diff(result.step, axis=0) > 0
    agreed = moved & (luck[0] < np.where(on, AGREED, AGREED_ALONE))
    heard = moved & (agreed | on | (luck[1] < HEARD))
    announced = result.edited & (luck[2] < ANNOUNCED)
    # Nothing is promised in the very last week: it would be a promise to nobody.
    empty = live & ~moved & (luck[3] < np.where(on, EMPTY, EMPTY_ALONE)) & (weeks < WEEKS - 1)
    signs = (weeks == result.letter) | (weeks == result.pilot)
    dated = agreed | announced | empty | signs
    first = np.where(dated.any(axis=0), dated.argmax(axis=0), WEEKS)
    points = np.rint(satisfaction).astype(np.int64)
    return Fate(result, points, on, moved, agreed, heard, announced, empty, first)


def _satisfaction(opportunities: tuple[Opportunity, ...], rng: np.random.Generator) -> Floats:
    """Draw satisfaction [n], dealt out evenly: in a cohort every way of working has the same mix.

    Normal quantiles at evenly spread places, shifted at random, laid down way by way of working.
    """
    drawn = np.zeros(len(opportunities))
    for name, mean in LIKED.items():
        own = [i for i, each in enumerate(opportunities) if each.cohort == name]
        luck = rng.random(len(own)).tolist()
        ways = [(opportunities[i].style, chance, i) for i, chance in zip(own, luck, strict=True)]
        own = [i for _style, _chance, i in sorted(ways)]
        places = (np.arange(len(own)) * GOLDEN + rng.random()) % 1
        drawn[own] = [mean + SPREAD * NORMAL.inv_cdf(min(max(p, 1e-3), 1 - 1e-3)) for p in places]
    return drawn.clip(3, 10)


def _gap(signed: Bools, group: Bools) -> float:
    """Share signed in the group less the share signed outside it; 0 if one of them is empty."""
    if group.all() or not group.any():
        return 0.0
    return float(signed[group].mean() - signed[~group].mean())


def shows(opportunities: tuple[Opportunity, ...], fate: Fate) -> bool:
    """Tell whether these opportunities show what the case is about."""
    signed = fate.result.outcome == Outcome.SIGNED
    happy, early = fate.points >= 8, fate.first < EARLY_WEEKS
    cohort = np.array([each.cohort for each in opportunities])
    inside = [cohort == name for name in COHORTS]
    by_joy = [_gap(signed[own], happy[own]) for own in inside]
    by_deed = [_gap(signed[own], early[own]) for own in inside]
    sizes = list(COHORTS.values())
    joy, deed = np.average(by_joy, weights=sizes), np.average(by_deed, weights=sizes)
    return bool(
        _gap(signed, happy) > 0.16
        and abs(joy) < 0.08
        and deed > 0.3
        and min(by_deed) > 0.1
        and all(done > glad + 0.05 for done, glad in zip(by_deed, by_joy, strict=True))
    )
