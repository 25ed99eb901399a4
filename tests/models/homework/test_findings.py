"""The findings the lesson teaches, over the stated range of worlds, not one lucky seed."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from course.models.homework import (
    BIG_SPENDER,
    LEADER,
    MUDDLER,
    PLAIN,
    RANGE,
    WEATHERVANE,
    Action,
    Manner,
    Params,
    Question,
    band,
    best_questions,
    expected_versions,
    one_by_one,
    posterior,
    reveals,
    simulate_briefs,
    simulate_inbox,
    simulate_year,
    wrong_chances,
)


def _worlds() -> list[tuple[Params, int]]:
    """Every parameter alone at both ends of its range, then all of them at random together."""
    worlds: list[tuple[Params, int]] = [(Params(), 99)]
    for i, (name, ends) in enumerate(RANGE.items()):
        worlds += [(Params(**{name: end}), 100 + i) for end in ends]  # type: ignore[arg-type]
    rng = np.random.default_rng(20)
    for i in range(20):
        at_once: dict[str, Any] = {k: float(rng.uniform(*ends)) for k, ends in RANGE.items()}
        worlds.append((Params(**at_once), 200 + i))
    return worlds


WORLDS = _worlds()
OTHERS = range(1, 6)
FAULTS = {"weathervane": WEATHERVANE, "muddler": MUDDLER, "big spender": BIG_SPENDER}
FOUR = LEADER.questions
POOR_FOUR = (Question.PAGES, Question.FINE, Question.SAMPLE, Question.LAST)


def everywhere(finding: Callable[[int], float], low: float, high: float) -> np.ndarray[Any, Any]:
    """Hold a figure to its range in every world, and return it, world by world."""
    values = np.array([finding(world) for world in range(len(WORLDS))])
    broken = np.flatnonzero(~((values > low) & (values < high)))
    assert not broken.size, [(float(values[i]), WORLDS[i][0]) for i in broken[:5]]
    return values


# --- what customers say ---------------------------------------------------------------------------


def test_finding_one_complaint_under_pressure_hardly_moves_belief() -> None:
    everywhere(lambda w: posterior(WORLDS[w][0]) - WORLDS[w][0].base, 0.005, 0.12)
    # … so most alarms that are relayed are false.
    everywhere(lambda w: 1 - posterior(WORLDS[w][0]), 0.55, 0.95)


def test_finding_five_who_repeat_each_other_are_far_from_five_witnesses() -> None:
    def gained(world: int, echo: float | None) -> float:
        params = WORLDS[world][0] if echo is None else replace(WORLDS[world][0], echo=echo)
        return posterior(params, 5) - params.base

    everywhere(lambda w: gained(w, None) / gained(w, 0), 0.1, 0.7)


@cache
def inbox(world: int, action: Action | None) -> float:
    params, seed = WORLDS[world]
    rng = np.random.default_rng(seed)
    return float(simulate_inbox(params, action, n=4000, rng=rng).cost.mean())


def test_finding_finding_out_is_cheapest_when_a_customer_says_too_expensive() -> None:
    everywhere(lambda w: inbox(w, Action.VERIFY) / inbox(w, Action.RELAY), 0.1, 0.9)
    # Against waiting it is thin where such a complaint is seldom so and finding out takes longest.
    everywhere(lambda w: inbox(w, Action.VERIFY) / inbox(w, Action.WAIT), 0.15, 1.0)
    # Weighing each one instead gains nothing: they all fall into the band.
    everywhere(lambda w: inbox(w, None) / inbox(w, Action.VERIFY), 0.9999, 1.0001)
    everywhere(lambda w: (band(WORLDS[w][0]) or (1, 0))[1] - posterior(WORLDS[w][0]), 0.05, 1)
    everywhere(lambda w: posterior(WORLDS[w][0]) - (band(WORLDS[w][0]) or (1, 0))[0], 0.0, 1)


# --- briefs ---------------------------------------------------------------------------------------


def versions(world: int, questions: tuple[Question, ...], *, specific: bool) -> float:
    params, manner = WORLDS[world][0], Manner(questions=questions, specific=specific)
    return expected_versions(wrong_chances(params, manner), reveals(params, manner))


@cache
def in_turn(world: int, specific: bool) -> tuple[Question, ...]:
    return one_by_one(WORLDS[world][0], specific=specific)


def test_finding_a_brief_without_a_question_takes_about_five_versions() -> None:
    values = everywhere(lambda w: versions(w, (), specific=False), 4, 7)
    assert 4.8 < np.median(values) < 5.3


def test_finding_versions_fall_with_every_field_asked_about() -> None:
    for specific in (False, True):

        def fallen(world: int, specific: bool = specific) -> float:
            asked = in_turn(world, specific)
            course = [versions(world, asked[:k], specific=specific) for k in range(8)]
            return float(-np.diff(course).max())

        everywhere(fallen, 0.01, 1)


def test_finding_the_right_four_questions_save_about_two_versions_if_reviews_are_blind() -> None:
    def saved(asked: tuple[Question, ...], specific: bool) -> Callable[[int], float]:
        return lambda w: versions(w, (), specific=specific) - versions(w, asked, specific=specific)

    blind = everywhere(saved(FOUR, False), 1.2, 3.6)
    assert 1.8 < np.median(blind) < 2.2
    # Where feedback is specific there is less left to save, and the wrong four save next to none.
    sharp = everywhere(saved(FOUR, True), 0.4, 1.4)
    assert (sharp < 0.6 * blind).all()
    poor = everywhere(saved(POOR_FOUR, False), 0.2, 0.7)
    assert (poor < 0.3 * blind).all()


def test_finding_four_are_the_best_of_all_fours_for_a_vague_brief() -> None:
    for world in range(0, len(WORLDS), 10):
        assert set(best_questions(WORLDS[world][0], 4)) == set(FOUR)


def test_finding_specific_feedback_is_a_lever_of_its_own_and_as_strong() -> None:
    def ratio(world: int) -> float:
        muddled = versions(world, (), specific=False)
        asked, pressed = (
            versions(world, FOUR, specific=False),
            versions(world, (), specific=True),
        )
        both = versions(world, FOUR, specific=True)
        assert both < min(asked, pressed) - 0.4  # each adds to the other …
        assert muddled - both < (muddled - asked) + (muddled - pressed)  # … less than alone
        return (muddled - pressed) / (muddled - asked)

    ratios = everywhere(ratio, 0.55, 2)
    assert 0.9 < np.median(ratios) < 1.3


@cache
def by_number(world: int, specific: bool) -> tuple[float, ...]:
    params, seed = WORLDS[world]
    order = in_turn(world, specific)
    return tuple(
        float(
            simulate_briefs(
                params,
                Manner(questions=order[:k], specific=specific),
                n=1000,
                rng=np.random.default_rng(seed),
            ).cost.mean()
        )
        for k in range(13)
    )


@pytest.mark.parametrize("specific", [False, True])
def test_finding_asking_everything_is_not_best(specific: bool) -> None:
    everywhere(lambda w: by_number(w, specific)[12] - min(by_number(w, specific)), 1.5, 20)
    best = everywhere(lambda w: float(np.argmin(by_number(w, specific))), 2, 9)
    assert 5 <= np.median(best) <= 7
    everywhere(lambda w: by_number(w, specific)[0] - by_number(w, specific)[4], 0.5, 30)


def test_what_that_rests_on_is_patience() -> None:
    # A customer who never tires: all twelve cost little more than the best number of questions.
    tireless = Params(patience=12, patience_spread=0)
    order = one_by_one(tireless)
    cost = [
        simulate_briefs(
            tireless,
            Manner(questions=order[:k], specific=True),
            n=4000,
            rng=np.random.default_rng(1),
        ).cost.mean()
        for k in range(13)
    ]
    assert cost[12] - min(cost) < 2
    assert cost[12] < cost[0] - 2


# --- trust ----------------------------------------------------------------------------------------


@cache
def year(world: int, manner: tuple[Manner, ...], weight: float | None = None) -> dict[str, Any]:
    params, seed = WORLDS[world]
    params = params if weight is None else replace(params, weight=weight)
    result = simulate_year(params, manner, n=100, rng=np.random.default_rng(seed))
    return {
        "trust": result.trust[:, :, 0],
        "wait": result.mean(result.waited),
        "course": result.by_round(result.waited),
        "theirs": result.mean(result.waited, OTHERS),
        "late": result.mean(result.late),
        "work": result.mean(result.work),
        "missed": result.mean(result.missed),
    }


def through(manner: Manner) -> tuple[Manner, ...]:
    return (manner,) * 24


def against_plain(what: str, manner: Manner) -> Callable[[int], float]:
    return lambda w: year(w, through(manner))[what] / year(w, through(PLAIN))[what]


@pytest.mark.parametrize("fault", FAULTS)
def test_finding_each_fault_costs_trust_and_days(fault: str) -> None:
    manner = FAULTS[fault]
    everywhere(
        lambda w: (
            year(w, through(PLAIN))["trust"][-1].mean()
            - year(w, through(manner))["trust"][-1].mean()
        ),
        0.03,
        0.4,
    )
    everywhere(against_plain("wait", manner), 1.05, 3)
    everywhere(against_plain("late", manner), 1.02, 3)
    # Colleagues who did nothing wait longer, too: the work that a fault makes is everybody's.
    everywhere(against_plain("theirs", manner), 1.0, 2)


def test_finding_the_muddler_costs_most() -> None:
    for what in ("wait", "theirs"):
        muddled = np.array([against_plain(what, MUDDLER)(w) for w in range(len(WORLDS))])
        for other in (WEATHERVANE, BIG_SPENDER):
            values = np.array([against_plain(what, other)(w) for w in range(len(WORLDS))])
            assert (muddled > values).mean() > 0.9


def test_finding_the_leader_is_trusted_and_waits_less() -> None:
    everywhere(
        lambda w: (
            year(w, through(LEADER))["trust"][-1].mean()
            - year(w, through(PLAIN))["trust"][-1].mean()
        ),
        0.12,
        0.45,
    )
    values = everywhere(against_plain("wait", LEADER), 0.4, 0.95)
    assert np.median(values) < 0.75
    everywhere(against_plain("late", LEADER), 0.35, 0.92)
    # It is not for nothing: colleagues wait about as long as before, in some worlds longer.
    everywhere(against_plain("theirs", LEADER), 0.9, 1.2)
    # Waiting out every complaint overlooks the real ones; finding out does not.
    everywhere(against_plain("missed", LEADER), -0.001, 0.3)


def spell(manner: Manner) -> tuple[Manner, ...]:
    """Favours promised in the first quarter of the year, and never again."""
    return (replace(manner, promises=True),) * 6 + (manner,) * 18


def longer(world: int, manner: Manner, when: slice, weight: float | None = None) -> float:
    """Days that requests of these rounds wait longer after the spell than without it."""
    after, without = (year(world, each, weight) for each in (spell(manner), through(manner)))
    return float(np.nanmean((after["course"] - without["course"])[when]))


@pytest.mark.parametrize("manner", [PLAIN, LEADER])
def test_finding_promises_with_other_peoples_hours_are_paid_by_all_later_requests(
    manner: Manner,
) -> None:
    def lost(world: int, when: int) -> float:
        after, without = (year(world, each)["trust"] for each in (spell(manner), through(manner)))
        assert (after <= without + 1e-12).all()  # in every year and every round
        return float((without - after)[when].mean())

    everywhere(lambda w: lost(w, 6), 0.015, 0.12)
    everywhere(lambda w: lost(w, 24), 0.001, 0.1)  # thin for who does everything else right
    everywhere(lambda w: longer(w, manner, slice(6, 12)), 0.05, 3)
    everywhere(lambda w: longer(w, manner, slice(12, 24)), 0.0, 2)


@pytest.mark.parametrize("manner", [PLAIN, LEADER])
def test_of_which_only_a_part_is_the_work_they_left_in_the_queue(manner: Manner) -> None:
    # Where trust moves nobody, what is left of the spell is the backlog: everybody pays that.
    backlog = everywhere(lambda w: longer(w, manner, slice(6, 12), 0.0), 0.01, 1.5)
    total = [longer(w, manner, slice(6, 12)) for w in range(len(WORLDS))]
    assert (np.array(total) > backlog).mean() > 0.9
    assert 0.3 < np.median(backlog) / np.median(total) < 0.8


def test_reference_magnitudes_at_the_defaults() -> None:
    # What the lesson's text leans on; assumed parameters, so the stated bands with a margin.
    assert round(posterior(Params()), 2) == 0.24
    assert versions(0, (), specific=False) == pytest.approx(5.0, abs=0.05)
    assert versions(0, FOUR, specific=False) == pytest.approx(3.0, abs=0.1)
    assert versions(0, (), specific=True) == pytest.approx(2.8, abs=0.05)
    assert versions(0, FOUR, specific=True) == pytest.approx(2.0, abs=0.05)

    @cache
    def figures(manner: Manner) -> tuple[float, ...]:
        result = simulate_year(Params(), manner, n=1500, rng=np.random.default_rng(1))
        late = float(result.by_round(result.waited)[16:].mean())  # the last third of the year
        others = result.mean(result.waited, OTHERS)
        return float(result.trust[-1, :, 0].mean()), late, others

    def ratios(manner: Manner) -> tuple[float, ...]:
        pairs = zip(figures(manner)[1:], figures(PLAIN)[1:], strict=True)
        return figures(manner)[0], *(mine / plain for mine, plain in pairs)

    assert figures(PLAIN) == pytest.approx((0.46, 6.5, 6.6), rel=0.06)
    assert ratios(LEADER) == pytest.approx((0.74, 0.55, 1.03), rel=0.05)
    assert ratios(MUDDLER) == pytest.approx((0.26, 1.97, 1.31), rel=0.05)
    assert ratios(WEATHERVANE) == pytest.approx((0.34, 1.46, 1.14), rel=0.05)
    assert ratios(BIG_SPENDER) == pytest.approx((0.31, 1.46, 1.09), rel=0.05)
