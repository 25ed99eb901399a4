"""The findings the lesson teaches, over the stated range of worlds, not one lucky seed."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from course.models.momentum import (
    EDITED,
    LATE,
    MATERIALS,
    WAITING,
    Move,
    Outcome,
    Params,
    Policy,
    Result,
    simulate,
)
from course.models.momentum.terms import RANGE


def _worlds() -> list[tuple[Params, int]]:
    """Every parameter alone at both ends of its range, then all of them at random together."""
    worlds: list[tuple[Params, int]] = []
    for i, (name, ends) in enumerate(RANGE.items()):
        worlds += [(Params(**{name: end}), 100 + i) for end in ends]  # type: ignore[arg-type]
    rng = np.random.default_rng(20)
    for i in range(40):
        at_once: dict[str, Any] = {k: float(rng.uniform(*ends)) for k, ends in RANGE.items()}
        worlds.append((Params(**at_once), 200 + i))
    return worlds


WORLDS = _worlds()


def paired(world: int, policy: Policy, satisfaction: float | None = None) -> Result:
    params, seed = WORLDS[world]
    if satisfaction is not None:
        params = replace(params, satisfaction=satisfaction)
    return simulate(params, policy, n=2000, rng=np.random.default_rng(seed))


@cache  # of the share alone: the courses of a thousand runs would fill the memory
def signed(world: int, policy: Policy, satisfaction: float | None = None) -> float:
    return paired(world, policy, satisfaction).share(Outcome.SIGNED)


def everywhere(finding: Callable[[int], bool]) -> None:
    broken = [world for world in range(len(WORLDS)) if not finding(world)]
    assert not broken, f"does not hold in {len(broken)} of {len(WORLDS)}: {WORLDS[broken[0]]}"


def does(*moves: Move, start: int = 0) -> Policy:
    return Policy(moves=frozenset(moves), start=start)


def happier(world: int, policy: Policy) -> float:
    """What ten points of satisfaction instead of six add to the share signed."""
    return signed(world, policy, 10.0) - signed(world, policy, 6.0)


@pytest.mark.parametrize("policy", [WAITING, MATERIALS, EDITED])
def test_finding_a_happier_customer_buys_a_few_points_more(policy: Policy) -> None:
    everywhere(lambda world: 0 <= happier(world, policy) < 0.12)


def test_finding_delight_is_worth_a_fraction_of_an_edited_draft() -> None:
    def holds(world: int) -> bool:
        worked = signed(world, EDITED) - signed(world, WAITING)
        return max(happier(world, policy) for policy in (WAITING, MATERIALS)) < worked / 5

    everywhere(holds)


def test_finding_drafting_for_them_multiplies_what_gets_signed() -> None:
    everywhere(lambda world: signed(world, MATERIALS) > 2 * signed(world, WAITING))


def test_finding_drafts_they_edited_multiply_it_again() -> None:
    # "Roughly double" at the defaults; less where drafts alone already sign well over half.
    everywhere(lambda world: signed(world, EDITED) > 1.5 * signed(world, MATERIALS))
    median = np.median([signed(w, EDITED) / signed(w, MATERIALS) for w in range(len(WORLDS))])
    assert 2 < median < 3


def test_finding_the_same_from_week_eight_is_worth_clearly_less() -> None:
    losses = [1 - signed(world, LATE) / signed(world, EDITED) for world in range(len(WORLDS))]
    assert min(losses) > 0.08
    assert 0.25 < np.median(losses) < 0.45  # "about a third"


def test_finding_one_big_ask_is_worse_than_a_ladder_of_drafted_small_ones() -> None:
    everywhere(lambda world: signed(world, does(Move.BIG_ASK)) < 0.7 * signed(world, MATERIALS))
    for prepared in ((Move.DRAFT,), (Move.DRAFT, Move.PAPER, Move.PROBE)):
        lump, ladder = does(*prepared, Move.BIG_ASK), does(*prepared)
        everywhere(lambda world, a=lump, b=ladder: signed(world, a) < signed(world, b))  # type: ignore[misc]


def test_finding_without_a_throttle_most_engines_stall_within_three_months() -> None:
    def holds(world: int) -> bool:
        waiting, line = paired(world, WAITING), WORLDS[world][0].stall_line
        stalled = (waiting.rpm[12] < line) & (waiting.outcome != Outcome.SIGNED)
        edited = paired(world, EDITED)
        running = (edited.rpm[12] >= line) | (edited.outcome == Outcome.SIGNED)
        return float(stalled.mean()) > 0.5 and float(running.mean()) > 0.5

    everywhere(holds)


def test_finding_presenting_again_does_less_than_half_of_what_drafts_do() -> None:
    def holds(world: int) -> bool:
        nothing = signed(world, WAITING)
        again = signed(world, does(Move.SHOW)) - nothing
        return again < (signed(world, MATERIALS) - nothing) / 2

    everywhere(holds)


def test_finding_probing_makes_drafts_fit() -> None:
    everywhere(
        lambda world: signed(world, does(Move.PROBE, Move.DRAFT)) > signed(world, MATERIALS) + 0.02
    )


def test_finding_letting_go_of_the_throttle_after_six_weeks_wastes_most_of_it() -> None:
    def holds(world: int) -> bool:
        stopped = signed(world, replace(EDITED, stop=6))
        return signed(world, WAITING) < stopped < 0.75 * signed(world, EDITED)

    everywhere(holds)


def test_reference_magnitudes_at_the_defaults() -> None:
    # What the lesson's text leans on; assumed parameters, so the stated bands with a margin.
    bands = {
        WAITING: (0.06, 0.08),
        MATERIALS: (0.34, 0.41),
        EDITED: (0.81, 0.86),
        LATE: (0.48, 0.53),
    }
    for policy, (low, high) in bands.items():
        result = simulate(Params(), policy, n=20_000, rng=np.random.default_rng(1))
        assert low - 0.01 < result.share(Outcome.SIGNED) < high + 0.01, policy
