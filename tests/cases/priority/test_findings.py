"""What a learner is to find, over twenty variants."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from course.cases.case import Case
from course.cases.priority import (
    claims,
    label_and_cost,
    queue_on,
    wait_by_information,
    wait_over_time,
    waits,
)

SEEDS = range(20)
LAST = "2025Q4"

pytestmark = pytest.mark.parametrize("seed", SEEDS)


@pytest.fixture
def case(case_of: Callable[[int], Case], seed: int) -> Case:
    return case_of(seed)


@pytest.fixture
def table(case: Case) -> pd.DataFrame:
    return waits(case)


def against_all(table: pd.DataFrame, name: str, own: pd.Series) -> float:
    """Mean wait of a requester's tickets against that of everybody, where ``own`` holds."""
    mine = table["requester"].str.startswith(name)
    return float(table.loc[own & mine, "wait"].mean() / table.loc[own, "wait"].mean())


def test_urgent_says_almost_nothing_about_the_cost(table: pd.DataFrame) -> None:
    shares = label_and_cost(table)
    assert 0.64 < shares["tickets"]["urgent"] / len(table) < 0.78
    assert abs(shares["really_urgent"]["urgent"] - shares["really_urgent"]["normal"]) < 0.07
    assert 0.8 < shares["median_cost"]["urgent"] / shares["median_cost"]["normal"] < 1.25
    ticked = (table["label"] == "urgent").astype("float")
    assert abs(np.corrcoef(ticked, np.log(table["cost_per_day"]))[0, 1]) < 0.08
    assert table["urgent"].mean() < 0.25


def test_telling_shortens_the_wait_at_equal_cost(table: pd.DataFrame) -> None:
    means = wait_by_information(table)
    assert list(means.index) == ["0 or 1 of 4", "2 of 4", "3 or 4 of 4"]
    assert list(means.columns) == ["low", "middle", "high"]
    assert (means.iloc[2] < 0.72 * means.iloc[0]).all()
    counts = table.groupby("cost_band")["complete"].agg(
        [lambda told: (told <= 1).sum(), lambda told: (told >= 3).sum()]
    )
    assert (counts >= 40).all(axis=None)


def test_telling_shortens_it_for_quiet_requesters_alone_too(table: pd.DataFrame) -> None:
    quiet = ~table["requester"].str.startswith(("Rex", "Dora", "Iris", "Sam"))
    own = table[quiet & ~table["recorded"]]
    much, little = own[own["complete"] >= 3]["wait"], own[own["complete"] <= 1]["wait"]
    assert much.mean() < little.mean()


def test_anger_pays_for_some_weeks_and_costs_later(table: pd.DataFrame) -> None:
    for name, start in (("Rex", "2025-04-01"), ("Dora", "2025-07-01")):
        first = pd.Timestamp(start)
        spike = table["opened_on"].between(first, first + pd.Timedelta(days=41))
        assert against_all(table, name, spike) < 0.95
        late = table["quarter"] == LAST
        assert against_all(table, name, late) > 1.0
        assert against_all(table, name, late) > against_all(table, name, spike) + 0.2


def test_who_records_and_thanks_is_served_sooner_and_sooner(table: pd.DataFrame) -> None:
    for name in ("Iris", "Sam"):
        first = against_all(table, name, table["quarter"] == "2025Q2")
        last = against_all(table, name, table["quarter"] == LAST)
        assert last < 0.65
        assert last < first


def test_thanks_go_where_they_are_heard_by_two_of_twelve(case: Case) -> None:
    praise = case.tables["recognition"].groupby(["requester_id", "kind"]).size().unstack()
    public = praise[["commendation", "leader mention"]].sum(axis=1)
    assert set(public[public > 0].index) == {"R06", "R07"}
    assert (praise["thanks"].fillna(0) > 0).sum() >= 5


def test_the_record_can_be_seen_in_the_messages(table: pd.DataFrame) -> None:
    share = table.groupby("requester")["recorded"].mean()
    assert set(share[share > 0.3].index.str.split().str[0]) == {"Iris", "Sam"}
    assert set(share[share == 0].index.str.split().str[0]) >= {"Rex", "Owen", "Tim"}


def test_who_exaggerates_would_be_first_in_a_queue_that_believes(case: Case) -> None:
    said = claims(case)
    said.index = said.index.str.split().str[0]
    assert said["cost_said"]["Rex"] > 1.8
    assert said["hours_said"]["Tim"] < 0.6
    assert 0.8 < said["priority_said"]["Owen"] < 1.25
    assert said["priority_said"]["Rex"] > 1.5
    assert said["priority_said"]["Tim"] > 1.5
    assert said["tickets"].between(69, 72).all()


def test_periods_are_equal_and_hold_everybody(table: pd.DataFrame) -> None:
    over_time = wait_over_time(table)
    assert over_time.shape == (12, 6)
    assert list(over_time.columns) == [1, 2, 3, 4, 5, 6]
    assert (over_time.stack() >= 0).all()
    assert wait_over_time(table, periods=3).shape == (12, 3)


def test_a_desk_holds_what_was_asked_and_not_begun(case: Case) -> None:
    desk = queue_on(case, "X2", "2025-10-15")
    truth = case.truth["tickets"]
    morning = pd.Timestamp("2025-10-15")
    own = truth[(truth["expert_id"] == "X2") & (truth["opened_at"] < morning)]
    own = own[~(own["started_on"] < morning)]
    assert desk["ticket_id"].tolist() == own["ticket_id"].tolist()
    assert (desk["waited"] >= 0).all()
    with pytest.raises(ValueError, match="expected X1, X2 or X3"):
        queue_on(case, "X4", morning)
