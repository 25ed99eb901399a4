"""What goes on inside the customer's house between two decisions: steps, and what they take.

The law is stated in :mod:`course.models.momentum.meeting`.
"""

from dataclasses import replace
from math import exp

from course.models.momentum.meeting_state import Event, Luck, State
from course.models.momentum.meeting_terms import (
    EFFECTS,
    RULES,
    Happening,
    Money,
    Move,
    Pair,
    Party,
    Rules,
)
from course.models.momentum.terms import Step

__all__ = ["LAST", "PAPERED", "advance", "chance", "drive", "effort", "put_in", "spend"]

_ACTS = {
    Step.CONTACT: Party.CONTACT,
    Step.BOSS: Party.BOSS,
    Step.MEETING: Party.BOSS,
    Step.BUDGET: Party.CONTACT,
}
LAST = Step.BUDGET
"""The last step of these weeks: after it come the tender and the law, by the book."""
PAPERED = frozenset({Step.MEETING, Step.BUDGET})
"""Steps that the meeting's paper makes lighter."""


def effort(state: State, rules: Rules = RULES, at: Step | None = None) -> float:
    """Return the hours that the step after ``at`` (or where it stands) leaves to the contact."""
    world, to = rules.world, Step((state.at if at is None else at) + 1)
    hours = world.efforts[to - 1]
    if to in state.helped:
        fits = 1.0 if state.path_known or state.edited else world.aim
        hours *= 1 - world.draft_share * fits
    if state.papers and to in PAPERED:
        hours *= 1 - world.paper_share
    return hours


def chance(state: State, luck: Luck, rules: Rules = RULES, *, dated: float = 0.0) -> float:
    """Return the chance of the next step in a model week; 0 where it cannot be taken."""
    if state.at >= LAST or not _payable(state, luck, Step(state.at + 1)):
        return 0.0
    to, hours = Step(state.at + 1), effort(state, rules)
    if hours > state.left[Party.CONTACT]:
        return 0.0
    if _ACTS[to] is Party.BOSS and state.left[Party.BOSS] < rules.boss_share:
        return 0.0
    moved = drive(state, luck, _ACTS[to], rules) + dated
    return 1 / (1 + exp(rules.world.weight * hours - moved))


def _payable(state: State, luck: Luck, to: Step) -> bool:
    if to < Step.BUDGET:
        return True
    return luck.money is Money.THIS_YEAR or (luck.money is Money.NEXT_YEAR and state.money_known)


def drive(state: State, luck: Luck, who: Party, rules: Rules) -> float:
    """Return what moves somebody, before any effort, logits."""
    world = rules.world
    return (
        world.base
        + luck.people[who].drive
        + world.pull * state.satisfaction[who] / 10
        + world.belief * state.invested[who]
        - rules.strain_weight * state.strain
    )


def advance(
    state: State, move: Move, luck: Luck, weeks: float, rules: Rules
) -> tuple[State, list[Event]]:
    """Let them take the next step, or with the big ask all of them, until the next decision."""
    world = rules.world
    if move is Move.BIG_ASK:
        state = replace(state, asked_all=True)
        lump = sum(effort(state, rules, Step(at)) for at in range(state.at, LAST))
        moved = drive(state, luck, Party.BOSS, rules)
        able = lump <= state.left[Party.CONTACT] and _payable(state, luck, LAST)
        if able and luck.leap < 1 / (1 + exp(world.weight * lump - moved)):
            steps = [Step(at) for at in range(state.at + 1, LAST + 1)]
            return replace(state, at=LAST), [Event(Happening.STEP, step=each) for each in steps]
    one_week = chance(state, luck, rules, dated=EFFECTS[move].dated)
    if luck.steps[state.turn - 1] >= 1 - (1 - one_week) ** weeks:
        return state, []
    to = Step(state.at + 1)
    cost = effort(state, rules), rules.boss_share * (_ACTS[to] is Party.BOSS)
    gains = [0.0, 0.0]
    gains[_ACTS[to]] = world.step_gain
    state = replace(
        state, at=to, left=spend(state.left, cost), invested=put_in(state.invested, *gains)
    )
    return state, [Event(Happening.STEP, _ACTS[to], step=to)]


def spend(left: Pair, cost: Pair) -> Pair:
    """Return the hours that are left."""
    return max(0.0, left[0] - cost[0]), max(0.0, left[1] - cost[1])


def put_in(invested: Pair, contact: float, boss: float) -> Pair:
    """Add to what both have put in these shares of what is missing."""
    return 1 - (1 - invested[0]) * (1 - contact), 1 - (1 - invested[1]) * (1 - boss)
