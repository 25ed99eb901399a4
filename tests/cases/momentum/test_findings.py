"""What a learner is to find, over twenty variants; and the trap, which changes the answer."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from course.cases.case import Case
from course.cases.momentum import early_signals, standing

SEEDS = range(20)

pytestmark = pytest.mark.parametrize("seed", SEEDS)


def gap(deals: pd.DataFrame, column: str) -> float:
    """Share signed where the column holds, less the share where it does not."""
    return float(
        deals.loc[deals[column], "signed"].mean() - deals.loc[~deals[column], "signed"].mean()
    )


def inside(deals: pd.DataFrame, column: str) -> float:
    """The gap within cohorts, on average."""
    own = [(gap(rows, column), len(rows)) for _cohort, rows in deals.groupby("cohort")]
    gaps, sizes = zip(*own, strict=True)
    return float(np.average(gaps, weights=sizes))


@pytest.fixture
def deals(case_of: Callable[[int], Case], seed: int) -> pd.DataFrame:
    frame = early_signals(case_of(seed))
    return frame.assign(
        happy=frame["satisfaction"] >= 8, early=(frame["first_action"] < 28).fillna(value=False)
    )


def test_satisfaction_seems_to_sell_until_cohorts_are_told_apart(deals: pd.DataFrame) -> None:
    assert gap(deals, "happy") > 0.14
    assert abs(inside(deals, "happy")) < 0.1
    assert abs(inside(deals, "happy")) < gap(deals, "happy") / 2
    assert deals["satisfaction"].corr(deals["signed"].astype("float")) > 0.1


def test_both_rise_from_cohort_to_cohort(deals: pd.DataFrame) -> None:
    means = deals.groupby("cohort")[["satisfaction", "signed", "early"]].mean()
    first, last = means.iloc[:2].mean(), means.iloc[2:].mean()
    assert last["satisfaction"] > first["satisfaction"] + 1
    assert last["signed"] > first["signed"] + 0.2
    assert last["early"] > first["early"] + 0.1


def test_a_dated_task_of_their_own_tells_in_every_cohort(deals: pd.DataFrame) -> None:
    assert gap(deals, "early") > 0.35
    assert inside(deals, "early") > 0.28
    for _cohort, rows in deals.groupby("cohort"):
        assert gap(rows, "early") > 0.08
        assert gap(rows, "early") > gap(rows, "happy")


def test_early_means_agreed_in_the_first_four_weeks_and_there_are_enough_of_both(
    deals: pd.DataFrame,
) -> None:
    assert deals["first_action"].min() >= 0
    for _cohort, rows in deals.groupby("cohort"):
        assert rows["early"].sum() >= 5
        assert (~rows["early"]).sum() >= 5
        assert rows["happy"].sum() >= 5
        assert (~rows["happy"]).sum() >= 3


def test_no_next_step_of_theirs_is_a_red_light_and_activity_is_not_a_green_one(
    case_of: Callable[[int], Case], seed: int
) -> None:
    at_eight_weeks = standing(case_of(seed), 56)
    red = at_eight_weeks["next_due"].isna() & ~(at_eight_weeks["last_done"] < 14)
    assert 0.3 < red.mean() < 0.8
    signed = at_eight_weeks["signed"]
    assert signed[~red].mean() > signed[red].mean() + 0.3
    busy = at_eight_weeks["seller_entries"] >= at_eight_weeks["seller_entries"].median()
    assert signed[busy].mean() - signed[~busy].mean() < signed[~red].mean() - signed[red].mean()
    assert (red & busy).sum() > 15, "many are busy and stand still"


def test_every_way_of_ending_occurs_in_every_half(
    case_of: Callable[[int], Case], seed: int
) -> None:
    deals = case_of(seed).tables["opportunities"]
    late = deals["cohort"] >= "2025Q3"
    for half in (deals[late], deals[~late]):
        counts = half["status"].value_counts()
        assert counts.reindex(["signed", "lost", "no decision"]).min() >= 8
