"""Every flaw: how much of it there is, and the way back to the clean truth."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from course.cases.case import Case
from course.cases.lead import dirt

SEEDS = range(4)
SNAPSHOT = pd.Timestamp("2026-06-28")


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.mark.parametrize("seed", SEEDS)
def test_fees_as_amounts(case_of: Callable[[int], Case], seed: int) -> None:
    clean, dirty = case_of(seed).truth["deals"], case_of(seed).tables["deals"]
    assert (dirty["fee"] > 100).sum() == 32  # a fifth of 160
    back = dirt.fees_in_percent(dirty)
    assert back["fee"].tolist() == pytest.approx(clean["fee"].tolist())
    pd.testing.assert_frame_equal(back.drop(columns="fee"), dirty.drop(columns="fee"))


def test_fees_share() -> None:
    deals = pd.DataFrame({"value": [50.0] * 10, "fee": [8.0] * 10})
    assert (dirt.fees_as_amounts(deals, rng(), share=0.3)["fee"] == 40_000).sum() == 3
    assert (dirt.fees_as_amounts(deals, rng(), share=0.0)["fee"] == 8).all()
    assert (deals["fee"] == 8).all(), "the input is left alone"


@pytest.mark.parametrize("seed", SEEDS)
def test_renamed_groups(case_of: Callable[[int], Case], seed: int) -> None:
    case = case_of(seed)
    dirty = case.tables["group_messages"]
    names = dirty.groupby("deal_id")["group"].nunique()
    assert (names == 2).sum() == 16  # a tenth of 160
    assert names.max() == 2
    doubled = dirty.duplicated(dirt.SAME_MESSAGE)
    assert set(dirty.loc[doubled, "deal_id"]) == set(names.index[names == 2])
    back = dirt.without_second_exports(dirty)
    assert not back.duplicated(dirt.SAME_MESSAGE).any()
    group = case.truth["deals"].set_index("deal_id")["group"]
    assert (back["group"] == back["deal_id"].map(group)).all()


def test_renaming_alone_is_undone_completely(case: Case) -> None:
    clean = case.truth["group_messages"]
    dirty = dirt.renamed_groups(clean, rng(), share=0.2)
    assert len(dirty) > len(clean)
    pd.testing.assert_frame_equal(dirt.without_second_exports(dirty), clean)


@pytest.mark.parametrize("seed", SEEDS)
def test_lost_history(case_of: Callable[[int], Case], seed: int) -> None:
    case = case_of(seed)
    deals = case.tables["deals"]
    lost = deals["chat_from"] > deals["introduced_on"]
    assert 12 <= lost.sum() <= 19  # twelve in a hundred; some chats lose nothing but a day
    dirty = dirt.without_second_exports(case.tables["group_messages"])
    truth = case.truth["group_messages"]
    begin = truth["deal_id"].map(deals.set_index("deal_id")["chat_from"])
    kept = truth[truth["sent_at"].dt.normalize() >= begin].reset_index(drop=True)
    columns = ["deal_id", "group", "sent_at", "role", "sender", "type", "text"]
    pd.testing.assert_frame_equal(dirty[columns], kept[columns])


@pytest.mark.parametrize("seed", SEEDS)
def test_unlabelled_bypasses(case_of: Callable[[int], Case], seed: int) -> None:
    case = case_of(seed)
    dirty = case.tables["outcomes"]
    clean = dirt.censor_open(case.truth["outcomes"], SNAPSHOT)
    bypassed = (clean["status"] == "bypassed").sum()
    assert dirty["status"].isna().sum() == round(0.3 * bypassed)
    assert bypassed >= 8
    pd.testing.assert_frame_equal(dirt.with_bypasses(dirty), clean)


@pytest.mark.parametrize("seed", SEEDS)
def test_open_deals_are_censored(case_of: Callable[[int], Case], seed: int) -> None:
    case = case_of(seed)
    dirty, truth = case.tables["outcomes"], case.truth["outcomes"]
    still = dirty["status"] == "open"
    assert 0.2 <= still.mean() <= 0.5
    assert dirty.loc[still, "ended_on"].isna().all()
    assert not (truth.loc[still, "ended_on"] <= SNAPSHOT).any()
    assert (truth.loc[still, "status"] == "open").mean() < 0.2, "nearly all end within a year"
    assert (dirty["broker_hours"] <= truth["broker_hours"] + 0.1).all()
    assert dirty.loc[still, "fee_received"].eq(0).all()


def test_what_is_not_dirty_is_the_truth(case: Case) -> None:
    dirty, clean = case.tables["deals"], case.truth["deals"]
    same = [name for name in dirty.columns if name not in ("fee", "chat_from")]
    pd.testing.assert_frame_equal(dirty[same], clean[same])
    pd.testing.assert_frame_equal(case.tables["agreements"], case.truth["agreements"])
