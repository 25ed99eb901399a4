"""One customer, played by hand: the seller decides anew every week.

A policy does the same every week; by hand, every draft is written, and every edit asked for, once
for the step at which the customer stands. Otherwise the law is that of whole runs
(:func:`course.models.momentum.week.advance`): who does by hand each week what a policy would do has
the policy's course, number by number.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp

import numpy as np

from course.models.momentum.moves import Help
from course.models.momentum.result import Outcome
from course.models.momentum.terms import HOURS, Move, Params, Policy, Step
from course.models.momentum.week import (
    Deeds,
    Draws,
    State,
    advance,
    begin,
    chances,
    draw,
    lift,
)

__all__ = ["POINTS", "Course", "offered", "play"]

POINTS = 13
"""How many figures describe the rpm over the week at hand, both ends included."""

_KEPT = frozenset({Move.PROBE, Move.LETTER, Move.PILOT, Move.PAPER})  # made once, in force for good
_PER_STEP = (Move.DRAFT, Move.EDITS)


@dataclass(frozen=True, kw_only=True)
class Course:
    """A play so far; week 0 is that of the presentation, t weeks have passed.

    Attributes:
        outcome: how the deal stands.
        step: [t + 1] :class:`Step` reached by the start of each week.
        satisfaction: [t + 1] points 0-10.
        investment: [t + 1] 0-1.
        risk: [t + 1] chance that the money would have gone elsewhere by then, 0-1.
        idle: [t + 1] rpm at the start of each week, before anything new is done in it.
        rpm: [t] as in ``Result.rpm``: the same with what is done in the week.
        edited: [t] did the customer edit a draft in the week?
        letter: week in which a letter of intent was signed, None if none was.
        pilot: week in which a pilot began, None if none did.
        force: the moves that are in force in the week at hand.
        effort: hours that the next step leaves to the customer now.
        alone: hours that it would cost without any help.
        ahead: [POINTS] rpm over the week at hand while nothing happens but satisfaction fading.
        hours: the seller's hours after the presentation.
        customer_hours: the customer's hours on the steps taken.
        lands: hidden until somebody probes: is there any money for it this year?
        own_drive: hidden: the customer's own drive, logits.
    """

    outcome: Outcome
    step: tuple[Step, ...]
    satisfaction: tuple[float, ...]
    investment: tuple[float, ...]
    risk: tuple[float, ...]
    idle: tuple[float, ...]
    rpm: tuple[float, ...]
    edited: tuple[bool, ...]
    letter: int | None
    pilot: int | None
    force: frozenset[Move]
    effort: float
    alone: float
    ahead: tuple[float, ...]
    hours: float
    customer_hours: float
    lands: bool
    own_drive: float

    @property
    def week(self) -> int:
        """How many weeks have passed."""
        return len(self.rpm)


def offered(course: Course, now: frozenset[Move] = frozenset()) -> frozenset[Move]:
    """Return what the seller may do next, having made the moves ``now`` in the week at hand.

    Nothing once the deal has ended, or once a probe has shown that there is no money this year.
    """
    if course.outcome != Outcome.OPEN or (Move.PROBE in course.force and not course.lands):
        return frozenset()
    moves = (_KEPT | {Move.DRAFT}) - course.force
    if Move.DRAFT in course.force:
        moves |= {Move.EDITS} - course.force
    if course.week > 0:
        moves |= {Move.SHOW} - now
    return moves


def play(
    params: Params,
    made: Sequence[frozenset[Move]],
    *,
    rng: np.random.Generator,
    satisfaction: float | None = None,
) -> Course:
    """Play one customer.

    Args:
        params: the world.
        made: the moves made in each week, from the first on; the last entry is the week at hand,
            which has not passed yet. Weeks after the end of a deal do not pass.
        rng: source of luck; equal seeds are the same customer with the same luck.
        satisfaction: points 0-10 right after the presentation, in place of a drawn one.

    Raises:
        ValueError: there is no week at hand, more weeks passed than ``params.weeks``, or the big
            ask is among the moves.
    """
    if not 1 <= len(made) <= params.weeks + 1:
        raise ValueError(f"made: expected 1 to {params.weeks + 1} weeks, got {len(made)}")
    if any(Move.BIG_ASK in moves for moves in made):
        raise ValueError("made: expected moves made step by step, got the big ask")
    luck = draw(params, 1, rng)
    if satisfaction is not None:
        if not 0 <= satisfaction <= 10:
            raise ValueError(f"satisfaction: expected 0 to 10 points, got {satisfaction!r}")
        luck = replace(luck, satisfaction=np.array([float(satisfaction)]))
    return _play(params, made, luck)


def _play(params: Params, made: Sequence[frozenset[Move]], luck: Draws) -> Course:
    lands = bool(luck.lands[0])
    states = [begin(params, luck)]
    idle: list[float] = []
    rpm: list[float] = []
    edited: list[bool] = []
    hours = customer_hours = 0.0
    force: frozenset[Move] = frozenset()
    for week, moves in enumerate(made):
        state = states[-1]
        before = _deeds(params, luck, state, force, frozenset())
        idle.append(_rpm(params, luck, before, lift(params, luck, before, state, week)))
        force = _force(force, moves)
        deeds = _deeds(params, luck, state, force, moves)
        costly = moves if deeds.on[0] else moves & {Move.PROBE}
        hours += sum(HOURS[move] for move in costly - {Move.EDITS, Move.PILOT})
        if week == len(made) - 1 or state.outcome[0] != Outcome.OPEN:
            break
        state, passed = advance(params, luck, deeds, state, week)
        hours += HOURS[Move.EDITS] * bool(passed.edited[0])
        hours += HOURS[Move.PILOT] * (int(state.pilot[0]) == week)
        if state.at[0] != states[-1].at[0]:
            force = force.difference(_PER_STEP)
        states.append(state)
        rpm.append(float(passed.rpm[0]))
        edited.append(bool(passed.edited[0]))
        customer_hours += float(passed.customer_hours[0])

    now = states[-1]
    ahead = _ahead(params, luck, deeds, now, len(rpm))
    at = int(now.at[0])
    return Course(
        outcome=Outcome(int(now.outcome[0])),
        step=tuple(Step(int(state.at[0])) for state in states),
        satisfaction=tuple(float(state.pleased[0]) for state in states),
        investment=tuple(float(state.invested[0]) for state in states),
        risk=tuple(1 - exp(-float(state.passed[0])) for state in states),
        idle=tuple(idle),
        rpm=tuple(rpm),
        edited=tuple(edited),
        letter=_week(now.letter[0], params),
        pilot=_week(now.pilot[0], params),
        force=force,
        effort=float(chances(params, luck, deeds, now).effort[0]),
        alone=(*params.efforts, 0.0)[at],
        ahead=ahead,
        hours=hours,
        customer_hours=customer_hours,
        lands=lands,
        own_drive=float(luck.own_drive[0]),
    )


def _week(value: np.int64, params: Params) -> int | None:
    return int(value) if value < params.weeks else None


def _force(before: frozenset[Move], moves: frozenset[Move]) -> frozenset[Move]:
    force = before | (moves & _KEPT) | (moves & {Move.DRAFT})
    return force | (moves & {Move.EDITS}) if Move.DRAFT in force else force


def _deeds(
    params: Params, luck: Draws, state: State, force: frozenset[Move], moves: frozenset[Move]
) -> Deeds:
    on = (state.outcome == Outcome.OPEN) & (luck.lands | (Move.PROBE not in force))
    return Deeds(
        moves=Help.of(params, [Policy(moves=force)]),
        row=np.zeros(1, dtype=np.int64),
        on=on,
        again=on & (Move.SHOW in moves),
        asked=np.zeros(1, dtype=np.bool_),
    )


def _rpm(params: Params, luck: Draws, deeds: Deeds, state: State) -> float:
    return float(chances(params, luck, deeds, state).rpm[0])


def _ahead(params: Params, luck: Draws, deeds: Deeds, state: State, week: int) -> tuple[float, ...]:
    now = lift(params, luck, deeds, state, week)
    faded = now.pleased * np.exp(-np.linspace(0, 1, POINTS) / params.fade)
    states = (replace(now, pleased=np.array([pleased])) for pleased in faded)
    return tuple(round(_rpm(params, luck, deeds, each), 1) for each in states)
