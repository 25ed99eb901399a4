"""The course of the opportunities against the model whose law it follows."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from course.cases.case import Case
from course.cases.momentum import fate
from course.cases.momentum.world import COHORTS, Opportunity, draw_opportunities
from course.models.momentum import EDITED, WAITING, Move, Outcome, Params, Policy, simulate

N = 6_000
PROBED = Policy(moves=EDITED.moves | {Move.PROBE})


@pytest.fixture(scope="module")
def drawn() -> tuple[Opportunity, ...]:
    return draw_opportunities(np.random.default_rng(1))


@pytest.mark.parametrize(("style", "policy"), [("wait", WAITING), ("page", EDITED)])
def test_it_is_the_model(drawn: tuple[Opportunity, ...], style: str, policy: Policy) -> None:
    same = (replace(drawn[0], style=style, policy=policy),) * N
    ours = fate._once(same, np.random.default_rng(2)).result
    world = Params(satisfaction=fate.LIKED["2025Q1"], satisfaction_spread=fate.SPREAD)
    theirs = simulate(world, policy, n=N, rng=np.random.default_rng(3))
    for outcome in Outcome:
        share = ours.share(outcome)
        assert share == pytest.approx(theirs.share(outcome), abs=0.03), outcome.name


def test_what_is_seen_is_part_of_what_happens(drawn: tuple[Opportunity, ...]) -> None:
    found = fate.run(drawn, np.random.default_rng(4))
    assert not (found.agreed & ~found.moved).any()
    assert not (found.heard & ~found.moved).any()
    assert not (found.announced & ~found.result.edited).any()
    assert not (found.empty & found.moved).any()
    live = np.arange(fate.WEEKS)[:, None] < found.result.week
    assert not ((found.on | found.empty) & ~live).any()
    assert (found.moved & found.on & ~found.heard).sum() == 0, "whoever helps, hears"
    assert (found.points >= 3).all()
    assert (found.points <= 10).all()


def test_nobody_drafts_for_customers_who_said_that_there_is_no_money(
    drawn: tuple[Opportunity, ...],
) -> None:
    many = (replace(drawn[0], style="page", policy=PROBED),) * 500
    found = fate._once(many, np.random.default_rng(5))
    assert not found.on[:, ~found.result.lands].any()
    assert found.on[:, found.result.lands].any()


def test_the_first_dated_task_is_the_first(drawn: tuple[Opportunity, ...]) -> None:
    found = fate.run(drawn, np.random.default_rng(6))
    weeks = np.arange(fate.WEEKS)[:, None]
    signs = (weeks == found.result.letter) | (weeks == found.result.pilot)
    dated = found.agreed | found.announced | found.empty | signs
    before = weeks < found.first
    assert not (dated & before).any()
    some = found.first < fate.WEEKS
    assert dated[found.first[some], np.flatnonzero(some)].all()


def test_within_a_cohort_every_way_is_liked_alike(drawn: tuple[Opportunity, ...]) -> None:
    gaps = []
    for seed in range(20):
        liked = fate._satisfaction(drawn, np.random.default_rng(seed))
        for cohort in COHORTS:
            own = np.array([each.cohort == cohort for each in drawn])
            page = np.array([each.style == "page" for each in drawn])
            if (own & page).sum() > 5:
                gaps.append(liked[own & page].mean() - liked[own & ~page].mean())
    assert abs(float(np.mean(gaps))) < 0.1
    assert float(np.std(gaps)) < 0.25, "raw luck would give 0.3 and more"


def test_variants_without_the_trap_are_drawn_again(
    drawn: tuple[Opportunity, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    verdicts = iter([False, False, True])
    monkeypatch.setattr(fate, "shows", lambda *_: next(verdicts))
    fate.run(drawn, np.random.default_rng(7))
    assert next(verdicts, None) is None


def test_most_variants_are_the_first_draw(case_of: Callable[[int], Case]) -> None:
    kept = []
    for seed in range(30):
        deals = draw_opportunities(np.random.default_rng([seed, 1]))
        kept.append(fate.shows(deals, fate._once(deals, np.random.default_rng([seed, 2]))))
    assert np.mean(kept) > 0.4


def test_the_world_is_what_it_says(drawn: tuple[Opportunity, ...]) -> None:
    assert len(drawn) == 220
    for cohort, count in COHORTS.items():
        assert sum(each.cohort == cohort for each in drawn) == count
    per_customer = [each.customer.name for each in drawn]
    assert max(map(per_customer.count, set(per_customer))) <= 2
    for each in drawn:
        surnames = [person.surname for person in each.people.values()]
        assert len(set(surnames)) == len(surnames)
        early = each.cohort < each.seller.page_from
        assert (each.style in ("page", "late")) == (not early)
        assert (each.policy.start >= 7) == (each.style == "late")
