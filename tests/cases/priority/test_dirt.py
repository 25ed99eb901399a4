"""Every flaw is there, is as large as it says, and can be undone."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from course.cases.case import Case
from course.cases.priority import URGENT_FROM, clean, dirt

SEEDS = range(6)

pytestmark = pytest.mark.parametrize("seed", SEEDS)


@pytest.fixture
def case(case_of: Callable[[int], Case], seed: int) -> Case:
    return case_of(seed)


@pytest.fixture
def tickets(case: Case) -> pd.DataFrame:
    return case.truth["tickets"]


def rng() -> np.random.Generator:
    return np.random.default_rng(5)


def test_cleaning_brings_back_all_but_the_words_of_calls(case: Case) -> None:
    tables = clean(case)
    for name in ("tickets", "work_log", "requesters", "experts", "recognition"):
        truth = case.truth[name]
        pd.testing.assert_frame_equal(tables[name], truth[list(tables[name].columns)])
    comms = case.truth["comms"]
    for column in ("comm_id", "ticket_id", "at", "channel", "sender", "receiver"):
        assert tables["comms"][column].tolist() == comms[column].tolist()
    lost = tables["comms"]["text"].isna()
    assert (tables["comms"].loc[~lost, "text"] == comms.loc[~lost, "text"]).all()
    assert set(tables["comms"].loc[lost, "channel"]) == {"phone"}


def test_cleaning_leaves_the_case_alone(case: Case) -> None:
    before = {name: frame.copy() for name, frame in case.tables.items()}
    clean(case)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(case.tables[name], frame)


def test_seven_in_ten_are_ticked_urgent(tickets: pd.DataFrame) -> None:
    dirty = dirt.urgent_as_ticked(tickets)
    assert 0.66 < (dirty["label"] == "urgent").mean() < 0.76
    assert (tickets["label"] == "urgent").mean() < 0.25
    back = dirt.labels_by_cost(dirty)
    assert ((back["label"] == "urgent") == (back["cost_per_day"] >= URGENT_FROM)).all()
    assert (back["label"] == tickets["label"]).all()


def test_almaty_enters_its_own_time(case: Case, tickets: pd.DataFrame) -> None:
    requesters = case.tables["requesters"]
    dirty = dirt.local_times(tickets, requesters)
    behind = (tickets["opened_at"] - dirty["opened_at"]).dt.total_seconds() / 3600
    far = tickets["requester_id"].isin(
        requesters.loc[requesters["office"] == "Almaty", "requester_id"]
    )
    assert set(behind[far]) == {3}
    assert set(behind[~far]) == {0}
    assert 0.2 < far.mean() < 0.3
    back = dirt.nanjing_times(dirty, requesters)
    assert (back["opened_at"] == tickets["opened_at"]).all()


def test_some_are_closed_at_the_weekend_when_nobody_works(
    case: Case, tickets: pd.DataFrame
) -> None:
    assert (tickets["done_on"].dropna().dt.day_of_week < 5).all()
    dirty = dirt.closed_at_the_weekend(tickets, rng())
    moved = (dirty["done_on"] != tickets["done_on"]) & tickets["done_on"].notna()
    assert 30 < moved.sum() < 130
    days = (dirty["done_on"] - tickets["done_on"])[moved].dt.days
    assert days.isin([1, 2]).all()
    back = dirt.closed_on_workdays(dirty)
    pd.testing.assert_series_equal(back["done_on"], tickets["done_on"])
    assert (case.tables["tickets"]["done_on"].dt.day_of_week >= 5).sum() > 20
    assert (case.tables["work_log"]["on"].dt.day_of_week < 5).all()


def test_people_ask_at_weekends_and_that_is_true(tickets: pd.DataFrame) -> None:
    assert 25 < (tickets["opened_at"].dt.day_of_week >= 5).sum() < 90


def test_what_was_reopened_stands_twice(case: Case, tickets: pd.DataFrame) -> None:
    work = case.truth["work_log"]
    rows, log = dirt.reopened_as_new(tickets, work)
    second = rows[rows["reopens"].notna()]
    assert len(second) == 52
    first = rows.set_index("ticket_id").loc[second["reopens"]]
    assert (first["done_on"].to_numpy() < second["opened_at"].to_numpy()).all()
    assert (second["started_on"].to_numpy() <= second["done_on"].to_numpy()).all()
    assert log["hours"].sum() == pytest.approx(work["hours"].sum())
    assert log["ticket_id"].isin(second["ticket_id"]).sum() == 52
    back, joined = dirt.joined_again(rows, log)
    assert back["done_on"].tolist() == tickets["done_on"].tolist()
    assert joined["ticket_id"].tolist() == work["ticket_id"].tolist()


def test_most_calls_are_missing_and_nothing_else(case: Case) -> None:
    truth = case.truth["comms"]
    dirty = dirt.calls_not_written_down(truth, rng())
    calls = truth[~truth["ticket_id"].duplicated() & (truth["channel"] == "phone")]
    gone = set(truth["comm_id"]) - set(dirty["comm_id"])
    assert gone <= set(calls["comm_id"])
    assert len(gone) == round(0.8 * len(calls))
    assert len(calls) > 130
