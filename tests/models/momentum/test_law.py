"""The momentum model against theory: limits, closed forms, equal luck, monotony, validation."""

from collections.abc import Iterable
from itertools import pairwise
from math import comb, exp, inf
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.models.momentum import (
    EDITED,
    FULL_RPM,
    LATE,
    MATERIALS,
    WAITING,
    Move,
    Outcome,
    Params,
    Policy,
    Result,
    Step,
    simulate,
    simulate_each,
    stall_week,
)
from course.models.momentum.terms import HOURS

SEEDS = (1, 2, 3)
FLAT: dict[str, Any] = {"pull": 0, "belief": 0, "weight": 0, "own_drive": 0, "elsewhere": 0}
EVERYTHING = tuple(move for move in Move if move is not Move.BIG_ASK)
POLICIES = (
    WAITING,
    MATERIALS,
    EDITED,
    LATE,
    Policy(moves=frozenset(EVERYTHING)),
    Policy(moves=frozenset(EVERYTHING), start=3, stop=9),
    Policy(moves=frozenset({Move.DRAFT, Move.BIG_ASK})),
)


def does(*moves: str, **when: int) -> Policy:
    return Policy(moves=frozenset(Move(move) for move in moves), **when)


def run(
    policy: Policy = WAITING, params: Params | None = None, *, n: int = 2000, seed: int = 1
) -> Result:
    return simulate(params or Params(), policy, n=n, rng=np.random.default_rng(seed))


def signed(policy: Policy, params: Params | None = None, **kwargs: int) -> float:
    return run(policy, params, **kwargs).share(Outcome.SIGNED)


# --- limits and laws --------------------------------------------------------------------------


def test_whoever_is_driven_enough_signs_in_six_weeks_and_whoever_is_not_never_moves() -> None:
    driven = run(params=Params(base=60, lands=1))
    assert (driven.week == Step.SIGNED).all()
    assert driven.step[:, 0].tolist() == [*range(7), *[6] * 20]
    assert driven.rpm[:6].min() == pytest.approx(FULL_RPM)
    idle = run(EDITED, Params(base=-60, elsewhere=0))
    assert (idle.step == 0).all()
    assert (idle.outcome == Outcome.OPEN).all()
    assert (idle.customer_hours == 0).all()


@pytest.mark.parametrize("base", [-2.0, -1.0, 0.0])
def test_a_constant_chance_climbs_the_ladder_as_the_negative_binomial_law_says(base: float) -> None:
    # Signed by week t: at least six successes in t tries with p = logistic(base).
    n, p = 20_000, 1 / (1 + exp(-base))
    result = run(params=Params(base=base, lands=1, **FLAT), n=n)
    for week in range(1, 27):
        expected = sum(comb(week, k) * p**k * (1 - p) ** (week - k) for k in range(6, week + 1))
        error = 4 * np.sqrt(max(expected * (1 - expected), 1e-4) / n)
        assert result.counts[week, Outcome.SIGNED] / n == pytest.approx(expected, abs=error)
    assert result.rpm[0] == pytest.approx(FULL_RPM * p)


def test_satisfaction_fades_exponentially_whatever_the_seller_does_short_of_showing() -> None:
    result = run(does("draft", "edits", "letter", "paper"), Params(fade=5))
    expected = result.satisfaction[0] * np.exp(-np.arange(27) / 5)[:, None]
    assert result.satisfaction == pytest.approx(expected)


def test_without_the_throttle_every_engine_stalls_when_the_formula_says() -> None:
    # Nobody has a drive of their own, the first step is too heavy: rpm follows satisfaction alone.
    params = Params(own_drive=0, satisfaction_spread=0, elsewhere=0, efforts=(3,) * 6, step_gain=0)
    result = run(params=params, n=50)
    week = stall_week(params, 8)
    assert 1 < week < 12
    running = result.rpm >= params.stall_line
    assert running[: int(week) + 1].all()
    assert not running[int(week) + 1 :].any()


def test_stall_week_at_its_limits() -> None:
    params = Params()
    assert stall_week(params, 0) == 0
    assert stall_week(params, 10) > stall_week(params, 6)
    assert stall_week(Params(base=0), 0) == inf
    assert stall_week(Params(stall_line=0), 5) == inf
    assert stall_week(Params(stall_line=3000), 5) == 0
    with pytest.raises(ValueError, match="satisfaction: expected 0 to 10 points"):
        stall_week(params, 11)


def test_edits_build_investment_as_the_product_of_what_they_leave_missing() -> None:
    # E[1 - I] after t weeks = (1 - gain * chance)^t, as edits are independent of each other.
    params = Params(base=-60, elsewhere=0)
    result = run(EDITED, params, n=20_000)
    expected = (1 - params.edit_gain * params.edit_chance) ** np.arange(27)
    assert (1 - result.investment.mean(axis=1)) == pytest.approx(expected, abs=0.01)
    by_hand = (1 - params.edit_gain) ** result.edited.sum(axis=0)
    assert (1 - result.investment[-1]) == pytest.approx(by_hand)


def test_under_the_stall_line_deals_are_lost_exponentially_and_above_it_never() -> None:
    n = 20_000
    result = run(params=Params(base=-60, elsewhere=0.1), n=n)
    expected = np.exp(-0.1 * np.arange(27))
    assert np.abs(result.counts[:, Outcome.OPEN] / n - expected).max() < 4 * 0.5 / np.sqrt(n)
    assert run(params=Params(stall_line=0, lands=1)).share(Outcome.LOST) == 0


def test_a_big_ask_is_granted_with_the_chance_of_all_efforts_at_once() -> None:
    n, weight = 20_000, 0.05
    params = Params(
        base=0, weight=weight, pull=0, own_drive=0, lands=1, efforts=(2, 3, 6, 8, 5, 2), weeks=1
    )
    drafted = 26 * (1 - params.draft_share * params.aim)
    for moves, effort in ((("big_ask",), 26.0), (("big_ask", "draft"), drafted)):
        p = 1 / (1 + exp(weight * effort))
        assert signed(does(*moves), params, n=n) == pytest.approx(p, abs=4 * 0.5 / np.sqrt(n))


def test_customers_without_money_never_pass_the_budget() -> None:
    for policy in POLICIES:
        result = run(policy, Params(lands=0, base=0))
        assert result.step.max() == Step.MEETING
        assert result.share(Outcome.SIGNED) == 0
    shares = run(params=Params(lands=0.7), n=20_000).lands.mean()
    assert shares == pytest.approx(0.7, abs=0.02)


def test_probing_spares_the_seller_the_customers_without_money() -> None:
    result = run(does("probe", "draft", "edits", "paper"), Params(lands=0.5))
    assert (result.hours[~result.lands] == HOURS[Move.PROBE]).all()
    assert (result.hours[result.lands] > HOURS[Move.PAPER]).all()
    assert not result.edited[:, ~result.lands].any()


def test_a_pilot_holds_satisfaction_up_while_it_runs() -> None:
    params = Params(base=-60, elsewhere=0, pilot_chance=1, pilot_weeks=5, pilot_level=7)
    result = run(does("pilot", start=6), params, n=100)
    assert (result.pilot == 6).all()
    assert result.satisfaction[7:12] == pytest.approx(7 * exp(-1 / params.fade))
    gained = 1 - (1 - params.pilot_gain) ** 5
    assert result.investment[-1] == pytest.approx(gained)


def test_every_show_impresses_less_than_the_one_before() -> None:
    params = Params(base=-60, elsewhere=0, fade=2, satisfaction_spread=0, show_again=0.5)
    result = run(does("show"), params, n=3)
    after = result.satisfaction[[5, 9, 13], 0] * exp(1 / params.fade)
    assert after == pytest.approx([4, 2, 1])


def test_a_letter_lightens_legal_and_a_paper_the_meeting_and_the_budget() -> None:
    params = Params(
        base=20, lands=1, letter_chance=1, satisfaction_spread=0, weight=0, draft_share=0.5, aim=1
    )
    efforts = np.array(params.efforts)
    for policy, left in (
        (WAITING, [1, 1, 1, 1, 1, 1]),
        (MATERIALS, [0.5] * 6),
        (does("letter"), [1, 1, 1, 1, 0.7, 1]),
        (does("paper"), [1, 1, 0.65, 0.65, 1, 1]),
        (does("draft", "paper", "letter"), [0.5, 0.5, 0.325, 0.325, 0.35, 0.5]),
    ):
        hours = run(policy, params, n=10).customer_hours
        assert hours == pytest.approx(float(efforts @ left))


@pytest.mark.parametrize("policy", POLICIES)
def test_deals_are_conserved_and_courses_agree_with_outcomes(policy: Policy) -> None:
    result, weeks = run(policy), Params().weeks
    n = result.outcome.size
    assert result.step.shape == result.satisfaction.shape == result.investment.shape == (27, n)
    assert result.rpm.shape == result.edited.shape == (weeks, n)
    assert (result.counts.sum(axis=1) == n).all()
    assert (np.diff(result.counts[:, 1:], axis=0) >= 0).all()
    assert (result.counts[-1] == np.bincount(result.outcome, minlength=3)).all()
    assert ((result.step[-1] == Step.SIGNED) == (result.outcome == Outcome.SIGNED)).all()
    assert (np.diff(result.step, axis=0) >= 0).all()
    assert result.investment.min() >= 0
    assert result.investment.max() <= 1
    over = np.arange(weeks)[:, None] >= result.week
    assert (result.rpm[over] == 0).all()
    assert not result.edited[over].any()
    for week in range(1, weeks + 1):
        lost = (result.outcome == Outcome.LOST) & (result.week <= week)
        assert result.counts[week, Outcome.LOST] == lost.sum()


@pytest.mark.parametrize("start", [0, 5, 30])
def test_nothing_happens_and_nothing_costs_before_the_throttle_opens(start: int) -> None:
    everything = Policy(moves=frozenset(EVERYTHING), start=start)
    wait, late = run(), run(everything)
    until = min(start, 26)
    assert np.array_equal(late.rpm[:until], wait.rpm[:until])
    assert not late.edited[:until].any()
    assert (late.hours[late.week <= start] == 0).all()
    assert run(does(*EVERYTHING, start=start, stop=start)).hours.sum() == 0


def test_hours_by_hand_for_those_who_go_step_by_step() -> None:
    params = Params(base=60, lands=1, edit_chance=1)
    result = run(does("probe", "draft", "edits", "letter", "paper"), params, n=5)
    expected = 0.5 + 6 * 4.0 + 6 * 0.8 + 3.0 + 7.0
    assert result.hours == pytest.approx(expected)
    stopped = run(does("draft", start=2, stop=4), params, n=5)
    assert stopped.hours == pytest.approx(2 * 4.0)
    lump = run(does("draft", "big_ask", start=2), params, n=5)
    assert lump.hours == pytest.approx(4 * 4.0 + 2.0)


def test_edits_without_drafts_are_nothing() -> None:
    wait, asked = run(), run(does("edits"))
    assert np.array_equal(wait.step, asked.step)
    assert np.array_equal(wait.hours, asked.hours)


# --- chance -----------------------------------------------------------------------------------


def same(one: Result, other: Result, names: Iterable[str] = Result.__annotations__) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


@pytest.mark.parametrize("policy", POLICIES)
def test_equal_seeds_give_equal_runs(policy: Policy) -> None:
    assert same(run(policy), run(policy))
    assert not same(run(policy), run(policy, seed=2), ["outcome"])


def test_the_policy_does_not_touch_the_luck() -> None:
    wait = run()
    for policy in POLICIES:
        other = run(policy)
        assert same(wait, other, ["lands", "own_drive"])
        assert np.array_equal(wait.satisfaction[0], other.satisfaction[0])


def test_pairing_makes_differences_far_less_noisy() -> None:
    def gap(seed: int, other: int) -> float:
        probed = does("draft", "probe")
        return signed(probed, n=300, seed=seed) - signed(MATERIALS, n=300, seed=other)

    paired = [gap(seed, seed) for seed in range(40)]
    unpaired = [gap(seed, seed + 1000) for seed in range(40)]
    assert np.std(paired) < 0.75 * np.std(unpaired)


def test_one_policy_each_is_the_same_law() -> None:
    each = simulate_each(Params(), (EDITED,) * 2000, rng=np.random.default_rng(1))
    assert same(each, run(EDITED))
    mixed = simulate_each(Params(), (WAITING, EDITED) * 1000, rng=np.random.default_rng(1))
    for own, alone in ((slice(0, None, 2), run(WAITING)), (slice(1, None, 2), run(EDITED))):
        assert np.array_equal(mixed.step[:, own], alone.step[:, own])
        assert mixed.hours[own] == pytest.approx(alone.hours[own])


def test_given_satisfaction_replaces_the_drawn_one() -> None:
    given_points = np.linspace(0, 10, 50)
    rng = np.random.default_rng(1)
    result = simulate_each(Params(), (EDITED,) * 50, rng=rng, satisfaction=given_points)
    assert np.array_equal(result.satisfaction[0], given_points)
    assert np.array_equal(result.own_drive, run(EDITED, n=50).own_drive)
    for wrong in (np.array([5.0]), np.full(50, 11.0), np.full(50, np.nan)):
        with pytest.raises(ValueError, match="satisfaction: expected 50 numbers"):
            simulate_each(Params(), (EDITED,) * 50, rng=rng, satisfaction=wrong)


def test_global_random_state_is_left_alone() -> None:
    before = str(np.random.get_state())
    run(EDITED)
    assert str(np.random.get_state()) == before


# --- monotone, deal by deal, where nothing is lost on the way -------------------------------------

CALM = Params(elsewhere=0)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("moves", [("draft",), ("draft", "edits"), ("draft", "letter", "paper")])
def test_a_later_start_is_never_ahead(moves: tuple[str, ...], seed: int) -> None:
    runs = [run(does(*moves, start=start), CALM, seed=seed) for start in range(0, 27, 2)]
    for early, late in pairwise(runs):
        assert (late.step <= early.step).all()
    shares = [each.share(Outcome.SIGNED) for each in runs]
    assert shares[0] > shares[4] > shares[-1]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("policy", [MATERIALS, EDITED])
def test_a_later_start_signs_less_though_deals_get_lost(policy: Policy, seed: int) -> None:
    shares = [
        signed(Policy(moves=policy.moves, start=start), n=8000, seed=seed)
        for start in range(0, 25, 4)
    ]
    assert (np.diff(shares) < 0).all()


@pytest.mark.parametrize("policy", [WAITING, MATERIALS, EDITED])
@pytest.mark.parametrize(
    ("name", "values", "sign"),
    [
        ("base", (-2.0, -1.25, -0.5), 1),
        ("pull", (0.0, 1.0, 3.0), 1),
        ("fade", (1.0, 4.0, 12.0), 1),
        ("satisfaction", (2.0, 5.0, 8.0), 1),
        ("belief", (0.0, 2.5, 5.0), 1),
        ("weight", (0.1, 0.25, 0.5), -1),
        ("lands", (0.2, 0.6, 1.0), 1),
    ],
)
def test_monotone_in_what_drives_and_what_weighs(
    name: str, values: tuple[float, ...], sign: int, policy: Policy
) -> None:
    runs = [run(policy, Params(elsewhere=0, **{name: value})) for value in values]  # type: ignore[arg-type]  # names of float fields
    for one, other in pairwise(runs):
        assert (sign * (other.step - one.step) >= 0).all()


def test_monotone_in_help() -> None:
    ladder = [WAITING, MATERIALS, does("draft", "probe"), does("draft", "probe", "edits")]
    runs = [run(policy, Params(elsewhere=0, lands=1)) for policy in ladder]
    for less, more in pairwise(runs):
        assert (more.step >= less.step).all()


# --- validation -------------------------------------------------------------------------------

SHARES = ("lands", "draft_share", "aim", "edit_chance", "edit_gain", "pilot_chance", "show_again")


@given(name=st.sampled_from(SHARES), value=st.floats().filter(lambda v: not 0 <= v <= 1))
def test_params_refuse_shares_outside_zero_to_one(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"{name}: expected 0 to 1, got"):
        Params(**{name: value})  # type: ignore[arg-type]  # names of float fields


@pytest.mark.parametrize("name", ["weeks", "pilot_weeks", "show_every"])
@pytest.mark.parametrize("value", [0, -1, 2.5, True])
def test_params_refuse_odd_numbers_of_weeks(name: str, value: Any) -> None:
    with pytest.raises(ValueError, match=f"{name}: expected a whole number from 1"):
        Params(**{name: value})


def test_params_refuse_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="satisfaction: expected 0 to 10, got 11"):
        Params(satisfaction=11)
    with pytest.raises(ValueError, match="efforts: expected 6 numbers of hours"):
        Params(efforts=(1, 2, 3))
    with pytest.raises(ValueError, match="efforts: expected 0 to 1000, got -1"):
        Params(efforts=(1, 2, 3, -1, 5, 6))
    with pytest.raises(ValueError, match="fade: expected a number, got '4'"):
        Params(fade="4")  # type: ignore[arg-type]  # on purpose


def test_policies_take_moves_by_name_and_refuse_others() -> None:
    by_name: Any = ["draft", "edits"]
    assert Policy(moves=by_name) == EDITED
    odd: Any = {"draft", "shout"}
    with pytest.raises(ValueError, match="moves: expected some of"):
        Policy(moves=odd)
    odd_weeks: tuple[dict[str, Any], ...] = ({"start": -1}, {"stop": 1.5}, {"start": True})
    for when in odd_weeks:
        with pytest.raises(ValueError, match="expected a whole number from 0"):
            Policy(**when)


def test_no_deals_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 deal"):
        run(n=0)
    with pytest.raises(ValueError, match="at least one"):
        simulate_each(Params(), (), rng=np.random.default_rng(1))
