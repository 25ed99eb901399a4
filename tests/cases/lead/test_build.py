"""Sizes, keys, ranges, and that no change alters the variants learners have."""

from collections.abc import Callable

import pandas as pd
import pytest

from course.cases.case import Case
from course.cases.lead import DEALS, chase_log
from tests.cases.checks import digest

SEEDS = range(12)
START, SNAPSHOT = pd.Timestamp("2026-01-05"), pd.Timestamp("2026-06-28 23:59")
# Of the tables, of the truth and of the chase log.
DIGESTS = {
    1: ("f39e2564c4f1778e", "69894d318d182762", "22e59d6575d0d453"),
    2: ("7113ba044fb08137", "e89ad1302bffed5f", "6cef80f1ff96cfbc"),
    2**40 + 7: ("d765461a553f488a", "25f7876323068879", "f52e795c961398e8"),
}


@pytest.mark.parametrize("seed", SEEDS)
def test_sizes(case_of: Callable[[int], Case], seed: int) -> None:
    tables = case_of(seed).tables
    assert sorted(tables) == ["agreements", "deals", "group_messages", "outcomes"]
    assert len(tables["deals"]) == len(tables["outcomes"]) == 160
    assert 5_000 <= len(tables["group_messages"]) <= 7_000
    assert 60 <= len(tables["agreements"]) <= 140


@pytest.mark.parametrize("seed", SEEDS)
def test_keys_are_unique_and_refer_to_deals(case_of: Callable[[int], Case], seed: int) -> None:
    case = case_of(seed)
    for tables in (case.tables, case.truth):
        deals = set(tables["deals"]["deal_id"])
        assert len(deals) == 160
        for name, key in (("group_messages", "message_id"), ("agreements", "agreement_id")):
            assert tables[name][key].is_unique
            assert set(tables[name]["deal_id"]) <= deals
        assert tables["agreements"]["deal_id"].is_unique
        assert set(tables["outcomes"]["deal_id"]) == deals
        assert tables["deals"]["group"].is_unique
    assert not case.truth["weeks"].duplicated(["deal_id", "week"]).any()
    assert set(case.tables["group_messages"]["deal_id"]) == set(case.tables["deals"]["deal_id"])


@pytest.mark.parametrize("seed", SEEDS)
def test_units_and_ranges(case_of: Callable[[int], Case], seed: int) -> None:
    case = case_of(seed)
    deals, outcomes = case.tables["deals"], case.tables["outcomes"]
    assert deals["value"].between(8, 400).all()
    assert ((deals["fee"].between(4, 18)) | (deals["fee"] > 100)).all()
    assert case.truth["deals"]["fee"].between(4, 18).all()
    assert deals["distance_km"].between(0, 3_500).all()
    assert deals["introduced_on"].between(START, SNAPSHOT).all()
    assert (deals["chat_from"] >= deals["introduced_on"]).all()
    assert case.tables["group_messages"]["sent_at"].between(START, SNAPSHOT).all()
    ended = outcomes["ended_on"].dropna()
    assert ended.between(START, SNAPSHOT).all()
    assert (outcomes["broker_hours"] >= 3).all()
    assert (outcomes["fee_received"] >= 0).all()
    paid = outcomes["status"] == "paid"
    assert (outcomes.loc[~paid, "fee_received"] == 0).all()
    truth = case.truth["deals"].set_index("deal_id")
    due = (truth["value"] * 100 * truth["fee"]).reindex(outcomes.loc[paid, "deal_id"])
    assert outcomes.loc[paid, "fee_received"].tolist() == pytest.approx(due.tolist())


def test_agreements_come_before_the_deal_ends(case: Case) -> None:
    both = case.tables["agreements"].merge(case.tables["deals"], on="deal_id")
    written = both["form"] == "written"
    assert (both.loc[written, "agreed_on"] <= both.loc[written, "introduced_on"]).all()
    assert (both["protection_months"].gt(0) == written).all()


@pytest.mark.parametrize("seed", DIGESTS)
def test_no_change_alters_the_variants_learners_have(
    case_of: Callable[[int], Case], seed: int
) -> None:
    case = case_of(seed)
    found = (digest(case.tables), digest(case.truth), digest({"chases": chase_log(seed)}))
    assert found == DIGESTS[seed], "handed-in work is graded against the variant it was made on"


def test_variants_differ_in_numbers(case_of: Callable[[int], Case]) -> None:
    for column in ("value", "fee", "customer", "vendor_contact"):
        columns = {tuple(case_of(seed).tables["deals"][column]) for seed in SEEDS}
        assert len(columns) == len(SEEDS)


def test_the_chase_log_is_about_other_deals(case_of: Callable[[int], Case]) -> None:
    earlier = {(customer.split()[0], vendor.split()[0]) for customer, vendor in DEALS}
    assert set(chase_log(4)["deal"]) == {f"{c} × {v}" for c, v in DEALS}
    for seed in SEEDS:
        deals = case_of(seed).tables["deals"]
        firsts = [deals[side].str.split().str[0] for side in ("customer", "vendor")]
        assert not earlier & set(zip(*firsts, strict=True))
        assert not deals.duplicated(["customer", "vendor"]).any()


def test_the_story_calls_itself_simulated(case: Case) -> None:
    assert "simulated" in case.story
    for broker in case.tables["deals"]["broker"].unique():
        assert " ".join(broker.split()[:2]) in case.story
