"""One week of the momentum model: the law itself.

Whole runs (:mod:`~course.models.momentum.law`, which states the equations) and a single customer
played by hand (:mod:`~course.models.momentum.by_hand`) are both made of :func:`advance`, so that
they cannot drift apart. All functions are pure; arrays have one entry per deal.
"""

from dataclasses import dataclass, replace
from math import exp

import numpy as np
from numpy.typing import NDArray

from course.models.momentum.moves import Help
from course.models.momentum.result import FULL_RPM, Outcome
from course.models.momentum.terms import Params, Step

__all__ = [
    "Chances",
    "Deeds",
    "Draws",
    "Passed",
    "State",
    "advance",
    "begin",
    "chances",
    "draw",
    "lift",
]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Draws:
    """All the luck of a run: shapes depend on n and weeks alone."""

    satisfaction: Floats  # [n] points, right after the presentation
    lands: Bools  # [n]
    own_drive: Floats  # [n] logits
    clock: Floats  # [n] unit exponential: the money goes elsewhere
    step: Floats  # [weeks, n] uniforms, as all below
    edit: Floats
    letter: Floats
    pilot: Floats
    big: Floats  # [n] uniforms


def draw(params: Params, n: int, rng: np.random.Generator) -> Draws:
    """Make every draw of a run of ``n`` deals."""
    # The order of these calls is the seed's meaning: changing it changes every recorded run.
    spread = params.satisfaction_spread * rng.standard_normal(n)
    lands = rng.random(n) < params.lands
    own_drive = params.own_drive * rng.standard_normal(n)
    clock = rng.standard_exponential(n)
    big = rng.random(n)
    step, edit, letter, pilot = rng.random((4, params.weeks, n))
    satisfaction = np.clip(params.satisfaction + spread, 0.0, 10.0)
    return Draws(satisfaction, lands, own_drive, clock, step, edit, letter, pilot, big)


@dataclass(frozen=True, eq=False)
class State:
    """Where the deals stand at the start of a week, all [n].

    Attributes:
        at: :class:`Step` reached.
        invested: investment, 0-1.
        pleased: satisfaction, points 0-10.
        passed: hazard endured so far that the money goes elsewhere.
        outcome: :class:`Outcome` codes.
        ended: week in which the deal ended, ``weeks`` while it is open.
        letter, pilot: week in which it was signed, or began; ``weeks`` if not yet.
        shown: how many times the seller presented again.
    """

    at: Ints
    invested: Floats
    pleased: Floats
    passed: Floats
    outcome: Ints
    ended: Ints
    letter: Ints
    pilot: Ints
    shown: Ints


def begin(params: Params, luck: Draws) -> State:
    """Return the state right after the presentation."""
    n = luck.clock.size
    later = np.full(n, params.weeks)
    return State(
        at=np.zeros(n, dtype=np.int64),
        invested=np.zeros(n),
        pleased=luck.satisfaction.copy(),
        passed=np.zeros(n),
        outcome=np.full(n, Outcome.OPEN, dtype=np.int64),
        ended=later,
        letter=later,
        pilot=later,
        shown=np.zeros(n, dtype=np.int64),
    )


@dataclass(frozen=True, eq=False)
class Deeds:
    """What the seller does in a week.

    Attributes:
        moves: what the policies come to.
        row: [n] which policy of ``moves`` each deal is under.
        on: [n] is the throttle open?
        again: [n] does the seller present once more?
        asked: [n] is everything that is left asked for at once?
    """

    moves: Help
    row: Ints
    on: Bools
    again: Bools
    asked: Bools


@dataclass(frozen=True, eq=False)
class Chances:
    """What a week may bring, all [n].

    Attributes:
        effort: hours that the next step leaves to the customer.
        step: chance of the next step.
        whole: chance of all that is left at once.
        rpm: what the engine shows.
    """

    effort: Floats
    step: Floats
    whole: Floats
    rpm: Floats


def chances(params: Params, luck: Draws, deeds: Deeds, state: State) -> Chances:
    """Return the chances of deals in ``state``, satisfaction and letters as they are in it."""
    moves, row, at = deeds.moves, deeds.row, state.at
    effort = np.where(deeds.on & ~moves.big, moves.helped[row, at], moves.alone[row, at])
    legal = (at == Step.LEGAL - 1) & (state.letter < params.weeks)
    effort *= 1 - params.letter_share * legal
    rest = params.base + luck.own_drive
    drive = rest + params.pull * state.pleased / 10 + params.belief * state.invested
    dry = ~luck.lands & (at == Step.BUDGET - 1)
    step = ~dry / (1 + np.exp(params.weight * effort - drive))
    whole = deeds.asked / (1 + np.exp(params.weight * moves.lump[row, at] - drive))
    live = state.outcome == Outcome.OPEN
    return Chances(effort, step, whole, live * FULL_RPM * (1 - (1 - step) * (1 - whole)))


@dataclass(frozen=True, eq=False)
class Passed:
    """What a week brought, all [n]: rpm, whether a draft was edited, hours the customer spent."""

    rpm: Floats
    edited: Bools
    customer_hours: Floats


def lift(params: Params, luck: Draws, deeds: Deeds, state: State, week: int) -> State:
    """Return the state once it is felt what the seller shows, or the two work on, in the week."""
    live = state.outcome == Outcome.OPEN
    shown = state.shown + deeds.again
    lifted = deeds.again * luck.satisfaction * params.show_again**shown
    running = live & (state.pilot <= week) & (week < state.pilot + params.pilot_weeks)
    pleased = np.maximum(state.pleased, np.maximum(lifted, running * params.pilot_level))
    return replace(state, pleased=pleased, shown=shown)


def advance(
    params: Params, luck: Draws, deeds: Deeds, state: State, week: int
) -> tuple[State, Passed]:
    """Let a week pass.

    Args:
        params: the world.
        luck: the draws of the run.
        deeds: what the seller does.
        state: how the deals stand at the start of the week.
        week: which week, from 0.

    Returns:
        The state at the start of the next week, and what the week brought.
    """
    moves, on, never = deeds.moves, deeds.on, params.weeks
    live = state.outcome == Outcome.OPEN
    signing = on & moves.letters & (state.letter == never)
    signing &= luck.letter[week] < params.letter_chance
    beginning = on & moves.pilots & (state.pilot == never)
    beginning &= luck.pilot[week] < params.pilot_chance
    letter, pilot = np.where(signing, week, state.letter), np.where(beginning, week, state.pilot)
    state = lift(params, luck, deeds, replace(state, letter=letter, pilot=pilot), week)
    running = live & (pilot <= week) & (week < pilot + params.pilot_weeks)

    chance = chances(params, luck, deeds, state)
    leap = luck.big < chance.whole
    moved = live & (leap | (luck.step[week] < chance.step))
    edited = on & moves.edits & (luck.edit[week] < params.edit_chance)
    hours = moved * np.where(leap, moves.lump[deeds.row, state.at], chance.effort)
    missing = (1 - state.invested) * (1 - params.edit_gain * edited)
    missing *= (1 - params.step_gain * moved) * (1 - params.letter_gain * signing)
    at = np.where(moved & leap, int(Step.SIGNED), state.at + moved)

    passed = state.passed + params.elsewhere * (live & (chance.rpm < params.stall_line))
    signed = live & (at == Step.SIGNED)
    lost = live & ~signed & (passed > luck.clock)
    outcome = np.where(signed, int(Outcome.SIGNED), state.outcome)
    after = replace(
        state,
        at=at,
        invested=1 - missing * (1 - params.pilot_gain * running),
        pleased=state.pleased * exp(-1 / params.fade),
        passed=passed,
        outcome=np.where(lost, int(Outcome.LOST), outcome),
        ended=np.where(signed | lost, week + 1, state.ended),
    )
    return after, Passed(chance.rpm, edited, hours)
