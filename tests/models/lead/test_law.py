"""The lead model against theory, and the findings the lesson teaches over a stated range."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.models.lead import (
    HABITS,
    Kind,
    Outcome,
    Params,
    Policy,
    Result,
    Style,
    silence_posterior,
    simulate,
)
from course.models.lead.pipeline import Figures, Pipeline, figures
from course.models.lead.terms import Habits

SEEDS = (1, 2, 3)


def run(params: Params | None = None, *, n: int = 2000, seed: int = 1, **policy: Any) -> Result:
    return simulate(params or Params(), Policy(**policy), n=n, rng=np.random.default_rng(seed))


# --- limits and laws --------------------------------------------------------------------------


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("seed", SEEDS)
def test_without_opportunists_nobody_bypasses(style: Style, seed: int) -> None:
    honest = Params(conditional=0, always=0)
    assert run(honest, style=style, fee=20.0, seed=seed).share(Outcome.BYPASSED) == 0


@pytest.mark.parametrize("style", Style)
def test_without_willing_parties_nobody_pays_or_bypasses(style: Style) -> None:
    result = run(Params(willing=0), style=style)
    assert result.share(Outcome.PAID) == 0
    assert result.share(Outcome.BYPASSED) == 0
    assert result.income.sum() == 0


@pytest.mark.parametrize("style", Style)
def test_without_a_fee_there_is_nothing_to_bypass(style: Style) -> None:
    result = run(style=style, fee=0.0)
    assert result.share(Outcome.BYPASSED) == 0
    assert result.income.sum() == 0
    assert result.share(Outcome.PAID) > 0


def test_without_any_hazard_every_deal_stays_open() -> None:
    still = Params(close_rate=0, bypass_conditional=0, bypass_always=0, death_rate=0, stall_rate=0)
    result = run(still)
    assert (result.outcome == Outcome.OPEN).all()
    assert (result.week == still.weeks).all()
    assert (result.chases == still.weeks).all()


def test_a_constant_hazard_gives_the_exponential_survival_curve() -> None:
    # Deaths only, at .1 a week: the share open after t weeks is exp(-.1 t), whatever the policy.
    only = Params(close_rate=0, bypass_conditional=0, bypass_always=0, death_rate=0.1, stall_rate=0)
    n = 20_000
    open_share = run(only, n=n).counts[:, Outcome.OPEN] / n
    expected = np.exp(-0.1 * np.arange(only.weeks + 1))
    assert np.abs(open_share - expected).max() < 4 * 0.5 / np.sqrt(n)


def test_two_constant_hazards_share_the_endings_in_proportion() -> None:
    # With everybody "always", willing and no momentum effect: bypass .3 against death .1 a week.
    race = Params(
        willing=1,
        conditional=0,
        always=1,
        close_rate=0,
        bypass_always=0.03,
        death_rate=0.1,
        stall_rate=0,
    )
    n = 20_000
    result = run(race, n=n, fee=10.0)
    assert result.share(Outcome.BYPASSED) == pytest.approx(0.75, abs=4 * 0.43 / np.sqrt(n))


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("drop_after", [None, 1, 3])
def test_competing_risks_are_conserved(style: Style, drop_after: int | None) -> None:
    result = run(style=style, drop_after=drop_after)
    n = result.outcome.size
    assert result.counts.shape == (Params().weeks + 1, len(Outcome))
    assert (result.counts.sum(axis=1) == n).all()
    assert (np.diff(result.counts[:, Outcome.OPEN]) <= 0).all()
    assert (np.diff(result.counts[:, 1:], axis=0) >= 0).all()
    assert (result.counts[-1] == np.bincount(result.outcome, minlength=len(Outcome))).all()
    assert (result.counts[0] == [n, 0, 0, 0, 0]).all()


def test_each_deal_is_counted_where_its_week_says() -> None:
    result = run(drop_after=3)
    for week in range(1, Params().weeks + 1):
        for outcome in list(Outcome)[1:]:
            ended = ((result.outcome == outcome) & (result.week <= week)).sum()
            assert result.counts[week, outcome] == ended


def test_only_paid_deals_bring_income_and_every_deal_costs_its_setup() -> None:
    result = run(style=Style.BEGGING)
    paid = result.outcome == Outcome.PAID
    assert (result.income[paid] > 0).all()
    assert (result.income[~paid] == 0).all()
    assert (result.hours >= Params().setup_hours + HABITS[Style.BEGGING].hours).all()


def test_whole_numbers_are_as_good_as_decimals() -> None:
    whole = run(Params(setup_hours=2, momentum_start=1, seen_start=8), fee=10)
    decimal = run(Params(setup_hours=2.0, momentum_start=1.0, seen_start=8.0), fee=10.0)
    assert np.array_equal(whole.hours, decimal.hours)
    assert np.array_equal(whole.outcome, decimal.outcome)


def test_hours_without_meetings_are_set_up_plus_weeks() -> None:
    result = run(Params(meeting_hours=0), style=Style.RULE)
    expected = Params().setup_hours + HABITS[Style.RULE].hours * result.week
    assert result.hours == pytest.approx(expected)


# --- chance -----------------------------------------------------------------------------------


@pytest.mark.parametrize("style", Style)
def test_equal_seeds_give_equal_runs(style: Style) -> None:
    one, two, other = run(style=style), run(style=style), run(style=style, seed=2)
    for name in ("outcome", "week", "hours", "income", "chases", "willing", "kind", "counts"):
        assert np.array_equal(getattr(one, name), getattr(two, name)), name
    assert not np.array_equal(one.outcome, other.outcome)


def test_the_policy_does_not_touch_the_luck() -> None:
    runs = [run(style=style, fee=fee) for style in Style for fee in (2.0, 15.0)]
    for other in runs[1:]:
        assert np.array_equal(other.willing, runs[0].willing)
        assert np.array_equal(other.kind, runs[0].kind)
    # Equal luck couples the runs deal by deal: an agreement never brings a bypass forward.
    bare, written = run(style=Style.SILENT), run(style=Style.SILENT, agreement=True)
    newly = (written.outcome == Outcome.BYPASSED) & (bare.outcome != Outcome.BYPASSED)
    assert not newly.any()


def test_pairing_makes_differences_far_less_noisy() -> None:
    seeds = range(40)
    paired = [
        run(n=300, seed=s, bad_cop=True).share(Outcome.PAID)
        - run(n=300, seed=s).share(Outcome.PAID)
        for s in seeds
    ]
    unpaired = [
        run(n=300, seed=s, bad_cop=True).share(Outcome.PAID)
        - run(n=300, seed=s + 1000).share(Outcome.PAID)
        for s in seeds
    ]
    assert np.std(paired) < 0.5 * np.std(unpaired)


def test_global_random_state_is_left_alone() -> None:
    before = str(np.random.get_state())
    run()
    assert str(np.random.get_state()) == before


# --- silence as evidence ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("k", "expected"), [(0, 0.4), (1, 0.32 / 0.44), (2, 0.256 / 0.28), (3, 0.2048 / 0.2096)]
)
def test_silence_posterior_by_hand(k: int, expected: float) -> None:
    assert silence_posterior(k) == pytest.approx(expected)


@pytest.mark.parametrize("k", [1, 2, 3, 4])
@pytest.mark.parametrize("seed", SEEDS)
def test_silence_posterior_equals_the_simulated_frequency(k: int, seed: int) -> None:
    # With no other way to end, "dropped in week k" is exactly "the first k chases went unanswered".
    still = Params(close_rate=0, bypass_conditional=0, bypass_always=0, death_rate=0, stall_rate=0)
    result = run(still, n=40_000, seed=seed, drop_after=k)
    silent = (result.outcome == Outcome.DROPPED) & (result.week == k)
    p = silence_posterior(k)
    error = np.sqrt(max(p * (1 - p), 1e-4) / silent.sum())
    assert np.mean(~result.willing[silent]) == pytest.approx(p, abs=4 * error)


@given(
    k=st.integers(0, 30),
    willing=st.floats(0.01, 0.99),
    low=st.floats(0, 0.9),
    gap=st.floats(0, 0.09),
)
def test_longer_silence_never_makes_willingness_likelier(
    k: int, willing: float, low: float, gap: float
) -> None:
    chances = {"willing": willing, "reply_willing": low + gap, "reply_unwilling": low}
    assert silence_posterior(k + 1, **chances) >= silence_posterior(k, **chances) - 1e-12
    assert 0 <= silence_posterior(k, **chances) <= 1


def test_silence_posterior_refuses_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="0 or more unanswered"):
        silence_posterior(-1)
    with pytest.raises(ValueError, match="reply_willing: expected a chance"):
        silence_posterior(1, reply_willing=1.2)
    with pytest.raises(ValueError, match="possible silence"):
        silence_posterior(1, reply_willing=1, reply_unwilling=1)


# --- monotone in what should help or hurt (deal by deal, thanks to equal luck) ------------------


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize(
    ("name", "values", "outcome", "sign"),
    [
        ("willing", (0.2, 0.4, 0.6, 0.8), Outcome.PAID, 1),
        ("close_rate", (0.2, 0.5, 0.9), Outcome.PAID, 1),
        ("momentum_start", (0.2, 0.5, 0.8), Outcome.PAID, 1),
        ("stall_rate", (0.0, 0.05, 0.1), Outcome.DEAD, 1),
        ("bypass_always", (0.0, 0.03, 0.06), Outcome.BYPASSED, 1),
        ("bypass_conditional", (0.0, 0.01, 0.03), Outcome.BYPASSED, 1),
        ("agreement_cut", (0.0, 0.4, 0.9), Outcome.BYPASSED, -1),
    ],
)
def test_monotone(
    name: str, values: tuple[float, ...], outcome: Outcome, sign: int, style: Style, seed: int
) -> None:
    shares = [
        run(Params(**{name: v}), style=style, agreement=True, seed=seed).share(outcome)  # type: ignore[arg-type]  # names of float fields
        for v in values
    ]
    assert (sign * np.diff(shares) >= 0).all()


@pytest.mark.parametrize("style", Style)
def test_a_higher_fee_means_more_bypass(style: Style) -> None:
    shares = [run(style=style, fee=float(fee)).share(Outcome.BYPASSED) for fee in range(0, 21, 2)]
    assert (np.diff(shares) >= 0).all()


def test_income_peaks_at_a_higher_fee_for_whoever_leads() -> None:
    fees = np.arange(2.0, 30.0, 1.0)

    def best(style: Style) -> float:
        return float(fees[np.argmax([run(n=8000, style=style, fee=f).income.mean() for f in fees])])

    assert fees[0] < best(Style.SILENT) < best(Style.RULE) < fees[-1]


# --- validation -------------------------------------------------------------------------------

SHARES = ("willing", "conditional", "always", "agreement_cut", "momentum_decay", "reply_willing")


@given(name=st.sampled_from(SHARES), value=st.floats().filter(lambda v: not 0 <= v <= 1))
def test_params_refuse_shares_outside_zero_to_one(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"{name}: expected 0 to 1, got"):
        Params(**{name: value})  # type: ignore[arg-type]  # names of float fields


@given(st.floats(0, 1), st.floats(0, 1))
def test_params_refuse_more_opportunists_than_people(conditional: float, always: float) -> None:
    if conditional + always <= 1:
        assert Params(conditional=conditional, always=always).always == always
    else:
        with pytest.raises(ValueError, match="at most 1"):
            Params(conditional=conditional, always=always)


@pytest.mark.parametrize("weeks", [0, -1, 2.5, True])
def test_params_refuse_odd_horizons(weeks: Any) -> None:
    with pytest.raises(ValueError, match="weeks: expected a whole number"):
        Params(weeks=weeks)


def test_params_need_habits_for_every_style() -> None:
    with pytest.raises(ValueError, match="missing"):
        Params(habits={Style.RULE: HABITS[Style.RULE]})
    with pytest.raises(ValueError, match="lift: expected 0 to 1"):
        Habits(value=1, lift=2)


@given(st.floats().filter(lambda v: not 0 <= v <= 100))
def test_policy_refuses_odd_fees(fee: float) -> None:
    with pytest.raises(ValueError, match="fee: expected 0 to 100"):
        Policy(fee=fee)


@pytest.mark.parametrize("drop_after", [0, -3, 1.5, True])
def test_policy_refuses_odd_drop_rules(drop_after: Any) -> None:
    with pytest.raises(ValueError, match="drop_after: expected a whole number"):
        Policy(drop_after=drop_after)


def test_policy_takes_a_style_by_name_and_refuses_others() -> None:
    assert Policy(style="begging").style is Style.BEGGING  # type: ignore[arg-type]  # by name
    with pytest.raises(ValueError, match="style: expected one of"):
        Policy(style="pushy")  # type: ignore[arg-type]  # on purpose


def test_simulate_refuses_no_deals() -> None:
    with pytest.raises(ValueError, match="at least 1 deal"):
        run(n=0)


# --- the pipeline around the deals --------------------------------------------------------------


def test_plentiful_and_scarce_leads_are_the_two_limits() -> None:
    result = run()
    many = figures(result, Pipeline(leads=1000))
    few = figures(result, Pipeline(leads=0.1))
    per_hour = 10_000 * result.income.sum() / result.hours.sum()
    assert many.income_per_hour == pytest.approx(per_hour)
    assert few.carried == 0.1
    assert few.income_per_hour == pytest.approx(0.1 * 10_000 * result.income.mean() / 40)


def test_shares_of_the_figures_sum_to_one_and_nobody_paid_is_not_a_number() -> None:
    f = figures(run(drop_after=2), Pipeline())
    assert f.paid + f.bypassed + f.dead + f.dropped + f.open == pytest.approx(1)
    assert np.isnan(figures(run(Params(willing=0)), Pipeline()).hours_per_paid)
    with pytest.raises(ValueError, match="leads: expected a number above 0"):
        Pipeline(leads=0)


# --- the findings the lesson teaches, over a stated range ----------------------------------------

RANGE: dict[str, tuple[float, float]] = {
    "willing": (0.4, 0.8),
    "conditional": (0.35, 0.65),
    "always": (0.05, 0.2),
    "value_spread": (0.3, 0.9),
    "setup_hours": (2, 3.5),
    "meeting_rate": (0.55, 0.8),
    "meeting_hours": (5, 7),
    "seen_start": (5, 10),
    "seen_pace": (0.2, 0.5),
    "seen_spread": (0.2, 0.5),
    "momentum_start": (0.35, 0.65),
    "momentum_decay": (0.1, 0.2),
    "close_rate": (0.4, 1.0),
    "fee_drag": (0.04, 0.1),
    "bypass_conditional": (0.01, 0.025),
    "bypass_always": (0.02, 0.05),
    "agreement_cut": (0.3, 0.8),
    "death_rate": (0, 0.02),
    "stall_rate": (0.04, 0.1),
    "reply_willing": (0.7, 0.9),
    "reply_unwilling": (0.1, 0.3),
    "chase_lift": (0.04, 0.12),
}
FEES = (8.0, 12.0)


def _worlds() -> list[tuple[Params, float, int]]:
    """Every parameter alone at both ends of its range, then all of them at random together."""
    worlds = []
    for i, (name, ends) in enumerate(RANGE.items()):
        for j, end in enumerate(ends):
            worlds.append((Params(**{name: end}), FEES[j], 100 + i))  # type: ignore[arg-type]
    rng = np.random.default_rng(20)
    for i in range(40):
        at_once: dict[str, Any] = {k: float(rng.uniform(*ends)) for k, ends in RANGE.items()}
        worlds.append((Params(**at_once), float(rng.uniform(*FEES)), 200 + i))
    return worlds


WORLDS = _worlds()


@cache
def paired(world: int, **changes: Any) -> Result:
    params, fee, seed = WORLDS[world]
    return run(params, n=4000, seed=seed, fee=fee, **changes)


def styles(world: int) -> dict[Style, Result]:
    return {style: paired(world, style=style) for style in Style}


def everywhere(finding: Callable[[int], bool]) -> None:
    broken = [world for world in range(len(WORLDS)) if not finding(world)]
    assert not broken, f"does not hold in {len(broken)} of {len(WORLDS)}: {WORLDS[broken[0]]}"


def test_finding_rule_pays_as_often_as_attending_at_a_third_of_the_hours() -> None:
    def holds(world: int) -> bool:
        by = styles(world)
        rule, attend = by[Style.RULE], by[Style.ATTENDING]
        return (
            rule.share(Outcome.PAID) >= attend.share(Outcome.PAID)
            and rule.hours.mean() <= attend.hours.mean() / 3
        )

    everywhere(holds)


def test_finding_begging_spends_the_most_hours_per_paid_deal() -> None:
    def holds(world: int) -> bool:
        per_paid = {
            style: figures(result, Pipeline()).hours_per_paid
            for style, result in styles(world).items()
        }
        return max(per_paid, key=per_paid.__getitem__) is Style.BEGGING

    everywhere(holds)


def bypass_within(result: Result, kind: Kind) -> float:
    return float(np.mean(result.outcome[result.kind == kind] == Outcome.BYPASSED))


def test_finding_policy_moves_the_conditional_kind_and_hardly_the_others() -> None:
    def holds(world: int) -> bool:
        by = styles(world)
        silent, rule = (
            [bypass_within(by[style], kind) for kind in Kind]
            for style in (Style.SILENT, Style.RULE)
        )
        return (
            silent[Kind.HONEST] == rule[Kind.HONEST] == 0
            and rule[Kind.CONDITIONAL] < 0.5 * silent[Kind.CONDITIONAL]
            and rule[Kind.ALWAYS] > 0.6 * silent[Kind.ALWAYS]
        )

    everywhere(holds)


def test_finding_an_agreement_alone_cuts_bypass_but_not_death_by_stalling() -> None:
    def holds(world: int) -> bool:
        bare = paired(world, style=Style.SILENT)
        written = paired(world, style=Style.SILENT, agreement=True)
        fewer = written.share(Outcome.BYPASSED) < bare.share(Outcome.BYPASSED)
        return fewer and written.share(Outcome.DEAD) >= bare.share(Outcome.DEAD)

    everywhere(holds)


@pytest.mark.parametrize("k", [2, 3, 4])
def test_finding_dropping_pays_when_leads_are_plentiful_and_costs_when_scarce(k: int) -> None:
    plentiful, scarce = Pipeline(leads=20), Pipeline(leads=0.5)

    def income(result: Result, pipeline: Pipeline) -> float:
        summed: Figures = figures(result, pipeline)
        return summed.income_per_hour

    def holds(world: int) -> bool:
        hold = paired(world, style=Style.RULE)
        drop = paired(world, style=Style.RULE, drop_after=k)
        return income(drop, plentiful) > income(hold, plentiful) and income(drop, scarce) <= income(
            hold, scarce
        )

    everywhere(holds)


def test_finding_a_neutral_reason_helps_the_chase() -> None:
    everywhere(
        lambda world: (
            paired(world, style=Style.RULE, bad_cop=True).share(Outcome.PAID)
            >= paired(world, style=Style.RULE).share(Outcome.PAID)
        )
    )


def test_reference_magnitudes_at_the_defaults() -> None:
    # What the lesson's text leans on; assumed parameters, so wide margins.
    expected = {
        Style.SILENT: (0.21, 0.21, 4),
        Style.BEGGING: (0.26, 0.18, 37),
        Style.ATTENDING: (0.42, 0.08, 45),
        Style.RULE: (0.48, 0.04, 10),
    }
    for style, (paid, bypassed, hours) in expected.items():
        result = run(n=20_000, style=style)
        assert result.share(Outcome.PAID) == pytest.approx(paid, abs=0.03), style
        assert result.share(Outcome.BYPASSED) == pytest.approx(bypassed, abs=0.03), style
        assert result.hours.mean() == pytest.approx(hours, rel=0.15), style


@pytest.mark.parametrize("seed", range(4))
def test_the_rule_needs_only_part_of_what_is_assumed_of_it(seed: int) -> None:
    """Lesson 01 says so: worth no more than attending, push about halved, and it still ties."""

    def paid(style: Style, **rule: float) -> float:
        habits = {**HABITS, Style.RULE: replace(HABITS[Style.RULE], **rule)}
        world = replace(Params(), habits=habits)
        rng = np.random.default_rng(seed)
        return simulate(world, Policy(style=style), n=20_000, rng=rng).share(Outcome.PAID)

    attending = paid(Style.ATTENDING)
    assert paid(Style.RULE, value=8.5, lift=0.10) >= attending
    assert paid(Style.RULE, value=8.5, lift=0.05) < attending  # and this is where it loses
