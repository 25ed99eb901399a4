"""Sizes, keys, ranges, and that no change alters the variants learners have."""

from collections.abc import Callable

import pandas as pd
import pytest

from course.cases.case import Case
from course.cases.momentum.signals import SNAPSHOT
from tests.cases.checks import digest

SEEDS = range(12)
START = pd.Timestamp("2025-01-06")
# Of the tables and of the truth.
DIGESTS = {
    1: ("2ff1ceb8416d50fa", "a101ab14fee7e222"),
    2: ("ce9b415b61ce4fd2", "19644073dd246c0b"),
    2**40 + 7: ("9c94be6ff055d096", "04845899806ca88b"),
}


@pytest.mark.parametrize("seed", SEEDS)
def test_sizes(case_of: Callable[[int], Case], seed: int) -> None:
    tables = case_of(seed).tables
    names = ["budget_windows", "documents", "events", "opportunities", "stakeholders"]
    assert sorted(tables) == names
    assert len(tables["opportunities"]) == 220
    assert 1_080 <= len(tables["stakeholders"]) <= 1_180
    assert 4_800 <= len(tables["events"]) <= 6_200
    assert 1_300 <= len(tables["documents"]) <= 2_500
    assert 380 <= len(tables["budget_windows"]) <= 500


@pytest.mark.parametrize("seed", SEEDS)
def test_keys_are_unique_and_refer_to_opportunities(
    case_of: Callable[[int], Case], seed: int
) -> None:
    case = case_of(seed)
    for tables in (case.tables, case.truth):
        deals = set(tables["opportunities"]["opportunity_id"])
        assert len(deals) == 220
        for name, key in (
            ("stakeholders", "stakeholder_id"),
            ("events", "event_id"),
            ("documents", "version_id"),
        ):
            assert tables[name][key].is_unique
            assert set(tables[name]["opportunity_id"]) <= deals
        assert set(tables["events"]["opportunity_id"]) == deals
        assert set(tables["stakeholders"]["opportunity_id"]) == deals
        windows = tables["budget_windows"]
        assert windows["window_id"].is_unique
        assert set(windows["customer"]) == set(tables["opportunities"]["customer"])
    assert not case.truth["weeks"].duplicated(["opportunity_id", "week"]).any()
    assert not case.tables["stakeholders"].duplicated(["opportunity_id", "role"]).any()


@pytest.mark.parametrize("seed", SEEDS)
def test_units_and_ranges(case_of: Callable[[int], Case], seed: int) -> None:
    case = case_of(seed)
    deals, truth = case.tables["opportunities"], case.truth["opportunities"]
    assert deals["amount"].between(160_000, 9_800_000).all()
    assert (deals["amount"] % 10_000 == 0).all()
    assert truth["satisfaction"].between(3, 10).all()
    assert deals["presented_on"].between(START, pd.Timestamp("2025-12-31")).all()
    assert (deals["ended_on"] > deals["presented_on"]).all()
    assert (deals["ended_on"] <= SNAPSHOT).all()
    weeks = (deals["ended_on"] - deals["presented_on"]).dt.days / 7
    assert weeks.max() < 28  # 26, and a holiday
    assert deals["seller_hours"].between(6, 100).all()
    assert ((deals["stage"] == "signed") == (deals["status"] == "signed")).all()
    quarter = "2025Q" + deals["presented_on"].dt.quarter.astype("str")
    assert (deals["cohort"] == quarter).all()
    assert case.tables["stakeholders"]["attitude"].dropna().between(-2, 2).all()
    assert case.tables["documents"]["words_changed"].between(2, 2_000).all()
    windows = case.tables["budget_windows"]
    assert (windows["closes_on"] > windows["opens_on"]).all()
    assert (windows["ceiling"] >= 500_000).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_money_is_found_inside_a_window_of_the_customer(
    case_of: Callable[[int], Case], seed: int
) -> None:
    truth = case_of(seed).truth
    events = truth["events"]
    funded = events[events["situation"] == "done.budget"].drop_duplicates("opportunity_id")
    assert len(funded) > 20
    both = funded.merge(truth["opportunities"], on="opportunity_id").merge(
        truth["budget_windows"], on="customer"
    )
    day = both["at"].dt.normalize()
    inside = day.between(both["opens_on"], both["closes_on"])
    assert inside.groupby(both["opportunity_id"]).any().all()


@pytest.mark.parametrize("seed", DIGESTS)
def test_no_change_alters_the_variants_learners_have(
    case_of: Callable[[int], Case], seed: int
) -> None:
    case = case_of(seed)
    found = (digest(case.tables), digest(case.truth))
    assert found == DIGESTS[seed], "handed-in work is graded against the variant it was made on"


def test_variants_differ_in_numbers(case_of: Callable[[int], Case]) -> None:
    for column in ("amount", "customer", "contact", "satisfaction", "ended_on"):
        columns = {tuple(case_of(seed).tables["opportunities"][column]) for seed in SEEDS}
        assert len(columns) == len(SEEDS)


def test_the_story_calls_itself_simulated_and_names_the_sellers(case: Case) -> None:
    assert "simulated" in case.story
    for seller in case.tables["opportunities"]["seller"].unique():
        first, surname, zh = seller.split()
        assert f"{first} {surname} ({zh})" in case.story
