"""The course of the deals against the model whose law it follows."""

from dataclasses import replace

import numpy as np
import pytest

from course.cases.lead import fate
from course.cases.lead.world import Deal, draw_deals, kilometres
from course.models.lead import Outcome, Policy, Style, simulate
from course.models.lead.terms import Params

N = 6_000


@pytest.fixture(scope="module")
def deal() -> Deal:
    return draw_deals(np.random.default_rng(1))[-1]  # starts long after the Spring Festival


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("written", [False, True])
def test_without_its_own_additions_it_is_the_model(
    monkeypatch: pytest.MonkeyPatch, deal: Deal, style: Style, written: bool
) -> None:
    monkeypatch.setattr(fate, "LEAD_IN", 0)
    monkeypatch.setattr(fate, "REPEATABLE", (1.0, 1.0))
    monkeypatch.setattr(fate, "SPEAKS", dict.fromkeys(Style, 1.0))
    terms = replace(deal.terms, fee=10.0, written=deal.start if written else None)
    same = (replace(deal, style=style.value, terms=terms),) * N
    ours = fate.run(same, np.random.default_rng(2))
    drop = 3 if style is Style.RULE else None
    policy = Policy(style=style, fee=10.0, agreement=written, drop_after=drop)
    theirs = simulate(Params(weeks=27), policy, n=N, rng=np.random.default_rng(3))
    for outcome in Outcome:
        if outcome != Outcome.OPEN:
            share = np.mean((ours.outcome == outcome) & (ours.end < 27))
            # The first chase comes a week later here, so that dropping lags a little.
            assert share == pytest.approx(theirs.share(outcome), abs=0.035), outcome.name


def test_nothing_ends_before_the_parties_have_met(deal: Deal) -> None:
    result = fate.run((deal,) * 500, np.random.default_rng(4))
    assert result.end.min() >= fate.LEAD_IN


def test_repeated_business_is_bypassed_more(deal: Deal) -> None:
    def bypassed(repeatable: bool) -> float:
        terms = replace(deal.terms, repeatable=repeatable, written=None, fee=12.0)
        deals = (replace(deal, terms=terms, style="silent"),) * 3_000
        result = fate.run(deals, np.random.default_rng(5))
        return float(np.mean(result.outcome == Outcome.BYPASSED))

    assert bypassed(True) > bypassed(False) + 0.02


def test_rule_brokers_drop_after_three_unanswered_chases(deal: Deal) -> None:
    result = fate.run((replace(deal, style="rule"),) * 500, np.random.default_rng(6))
    for i in np.flatnonzero(result.outcome == Outcome.DROPPED):
        end = int(result.end[i])
        chased = [week for week in range(1, end + 1) if result.speaks[week, i]]
        assert not result.answered[chased[-3:], i].any()


def test_distances() -> None:
    assert kilometres("Wuhan", "Wuhan") == 0
    assert kilometres("Beijing", "Shanghai") == pytest.approx(1070, abs=20)
    assert fate.meeting_hours(np.array([0.0, 600.0])).tolist() == [2, 6]
