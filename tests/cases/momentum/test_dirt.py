"""Every flaw: how much of it there is, and the way back to the clean truth."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from course.cases.case import Case
from course.cases.momentum import clean, dirt
from course.cases.momentum.log import STAGES
from course.cases.momentum.signals import SNAPSHOT

SEEDS = range(6)


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.mark.parametrize("seed", SEEDS)
def test_all_of_it_comes_off(case_of: Callable[[int], Case], seed: int) -> None:
    case = case_of(seed)
    back, truth = clean(case), case.truth
    for name in ("opportunities", "events", "documents", "budget_windows"):
        expected = truth[name][case.tables[name].columns]
        pd.testing.assert_frame_equal(back[name], expected)
    people = truth["stakeholders"]
    met = people["met_on"].notna()
    assert (case.tables["stakeholders"].loc[met, "attitude"] == people.loc[met, "attitude"]).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_satisfaction_is_free_text(case_of: Callable[[int], Case], seed: int) -> None:
    text = case_of(seed).tables["opportunities"]["satisfaction"]
    words = text.isin(list(dirt.WORDS))
    assert 0.3 < words.mean() < 0.5
    assert 0.05 < text.str.endswith("/10").mean() < 0.2
    assert pd.to_numeric(text, errors="coerce").notna().mean() > 0.35


def test_every_number_has_a_word() -> None:
    every = pd.DataFrame({"satisfaction": [*range(3, 11)] * 40})
    dirty = dirt.satisfaction_in_words(every, rng(), share=1.0)
    assert set(dirty["satisfaction"]) == set(dirt.WORDS)
    assert dirt.satisfaction_in_points(dirty)["satisfaction"].tolist() == [*range(3, 11)] * 40
    bare = dirt.satisfaction_in_words(every, rng(), share=0, out_of_ten=0)
    assert bare["satisfaction"].tolist() == [str(n) for n in every["satisfaction"]]


@pytest.mark.parametrize("seed", SEEDS)
def test_some_years_are_wrong(case_of: Callable[[int], Case], seed: int) -> None:
    case = case_of(seed)
    dirty, true = case.tables["events"]["done"], case.truth["events"]["done"]
    ahead = dirty > SNAPSHOT
    possible = (true + pd.DateOffset(years=1)) > SNAPSHOT
    assert ahead.sum() == round(0.04 * possible.sum()) > 20
    assert ((dirty == true) | dirty.isna())[~ahead].all()


@pytest.mark.parametrize("seed", SEEDS)
def test_some_stages_fall_back(case_of: Callable[[int], Case], seed: int) -> None:
    case = case_of(seed)
    dirty, true = case.tables["events"], case.truth["events"]
    rank = {stage: place for place, stage in enumerate(STAGES)}
    lower = dirty["stage"].map(rank) < true["stage"].map(rank)
    assert (dirty["stage"] == true["stage"])[~lower].all()
    assert dirty.loc[lower, "opportunity_id"].nunique() == 33  # 15 in a hundred of 220
    assert dirty.loc[lower].groupby("opportunity_id").size().max() <= 3


@pytest.mark.parametrize("seed", SEEDS)
def test_some_of_the_sellers_work_is_the_customers(
    case_of: Callable[[int], Case], seed: int
) -> None:
    case = case_of(seed)
    dirty, true = case.tables["events"]["owner"], case.truth["events"]["owner"]
    seller = true == "seller"
    flipped = seller & (dirty == "customer")
    assert flipped.sum() == round(0.25 * seller.sum()) > 100
    pd.testing.assert_series_equal(dirty[~flipped], true[~flipped])


@pytest.mark.parametrize("seed", SEEDS)
def test_some_papers_bear_anothers_name(case_of: Callable[[int], Case], seed: int) -> None:
    case = case_of(seed)
    dirty, true = case.tables["documents"], case.truth["documents"]
    wrong = dirty["name"] != true["name"]
    papers = true.drop_duplicates("name")
    assert true.loc[wrong, "name"].nunique() == round(0.12 * len(papers)) > 50
    owner = papers.set_index("name")[["opportunity_id", "kind"]]
    borrowed = owner.loc[dirty.loc[wrong, "name"]].reset_index(drop=True)
    mine = dirty.loc[wrong, ["opportunity_id", "kind"]].reset_index(drop=True)
    assert (borrowed["kind"] == mine["kind"]).all()
    assert (borrowed["opportunity_id"] != mine["opportunity_id"]).all()
    assert dirty.duplicated(["name", "version"]).any(), "what it does to whoever trusts names"


def test_flaws_take_what_share_they_are_told_and_leave_their_input_alone(case: Case) -> None:
    truth = case.truth
    before = {name: frame.copy() for name, frame in truth.items()}
    events, papers = truth["events"], truth["documents"]
    assert dirt.next_years_dates(events, SNAPSHOT, rng(), share=0).equals(events)
    assert dirt.stage_regressions(events, rng(), share=0).equals(events)
    assert dirt.sellers_work_as_customers(events, rng(), share=0).equals(events)
    assert dirt.reused_names(papers, rng(), share=0).equals(papers)
    everything = dirt.sellers_work_as_customers(events, rng(), share=1)
    assert not (everything["owner"] == "seller").any()
    dirt.satisfaction_in_words(truth["opportunities"], rng())
    dirt.stage_regressions(events, rng())
    dirt.next_years_dates(events, SNAPSHOT, rng())
    dirt.reused_names(papers, rng())
    for name, frame in before.items():
        pd.testing.assert_frame_equal(truth[name], frame)


def test_a_name_without_another_of_its_kind_is_kept() -> None:
    alone = pd.DataFrame({"kind": ["brief", "brief", "report"], "name": ["a", "a", "b"]})
    assert dirt.reused_names(alone, rng(), share=1)["name"].tolist() == ["a", "a", "b"]
