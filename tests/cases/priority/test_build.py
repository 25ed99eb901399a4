"""Sizes, keys, ranges, and that no change alters the variants learners have."""

from collections.abc import Callable

import pandas as pd
import pytest

from course.cases.case import Case
from course.cases.priority import generate
from tests.cases.checks import digest

SEEDS = range(8)
START, END = pd.Timestamp("2025-04-01"), pd.Timestamp("2025-12-31 23:59")

# Of the tables and of the truth.
DIGESTS = {
    1: ("cc56562becc27cd6", "073f0cb5e5130033"),
    2: ("a58a05fcc28f3ed3", "81344e6db86fd458"),
    2**40 + 7: ("3187d98aee8cde64", "c936047809e2fed9"),
}


@pytest.mark.parametrize("seed", SEEDS)
def test_sizes(case_of: Callable[[int], Case], seed: int) -> None:
    tables = case_of(seed).tables
    names = ["comms", "experts", "recognition", "requesters", "tickets", "work_log"]
    assert sorted(tables) == names
    assert len(tables["tickets"]) == 900
    assert tables["tickets"]["reopens"].notna().sum() == 52
    assert len(tables["requesters"]) == 12
    assert len(tables["experts"]) == 3
    assert 3_700 <= len(tables["comms"]) <= 4_800
    assert 1_250 <= len(tables["work_log"]) <= 1_550
    assert 150 <= len(tables["recognition"]) <= 320


@pytest.mark.parametrize("seed", SEEDS)
def test_keys_are_unique_and_refer(case_of: Callable[[int], Case], seed: int) -> None:
    tables = case_of(seed).tables
    for name, key in (
        ("tickets", "ticket_id"),
        ("requesters", "requester_id"),
        ("experts", "expert_id"),
        ("comms", "comm_id"),
        ("work_log", "log_id"),
        ("recognition", "recognition_id"),
    ):
        assert tables[name][key].is_unique
    tickets = set(tables["tickets"]["ticket_id"])
    assert tickets == {f"T{number:03d}" for number in range(1, 901)}
    for name in ("comms", "work_log", "recognition"):
        assert set(tables[name]["ticket_id"]) <= tickets
    people = set(tables["requesters"]["name"]) | set(tables["experts"]["name"])
    people |= set(tables["experts"]["leader"]) | {"the team"}
    for column in ("sender", "receiver", "cc"):
        assert set(tables["comms"][column].dropna()) <= people
    both = tables["recognition"].merge(tables["tickets"], on="ticket_id")
    assert (both["requester_id_x"] == both["requester_id_y"]).all()
    assert (both["expert_id_x"] == both["expert_id_y"]).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_units_and_ranges(case_of: Callable[[int], Case], seed: int) -> None:
    case = case_of(seed)
    tickets, work = case.tables["tickets"], case.tables["work_log"]
    assert tickets["opened_at"].between(START - pd.Timedelta(hours=3), END).all()
    assert tickets["cost_per_day"].between(100, 40_000).all()
    assert tickets["said_cost"].dropna().between(100, 150_000).all()
    assert (tickets["said_cost"].notna() == tickets["why"]).all()
    assert (tickets["wanted_by"].notna() == tickets["dates"]).all()
    assert tickets["said_hours"].dropna().between(0.5, 120).all()
    assert work["hours"].between(0.1, 7.5).all()
    assert (work.groupby(["expert_id", "on"])["hours"].sum() < 16).all()
    assert case.tables["comms"]["at"].between(START, END).all()
    truth = case.truth["tickets"]
    assert (truth["started_on"] >= truth["opened_at"].dt.normalize()).dropna().sum() > 800
    assert (truth["done_on"].dropna() >= truth.loc[truth["done_on"].notna(), "started_on"]).all()
    hours = case.truth["work_log"].groupby("ticket_id")["hours"].sum()
    done = truth[truth["done_on"].notna()].set_index("ticket_id")["hours"]
    assert (hours.reindex(done.index) - done).abs().max() < 0.6


def test_what_every_requester_asks_costs_alike(case: Case) -> None:
    cost = case.truth["tickets"].groupby("requester_id")["cost_per_day"].median()
    assert cost.max() / cost.min() < 1.4


@pytest.mark.parametrize("seed", DIGESTS)
def test_no_change_alters_the_variants_learners_have(
    case_of: Callable[[int], Case], seed: int
) -> None:
    case = case_of(seed)
    found = (digest(case.tables), digest(case.truth))
    assert found == DIGESTS[seed], "handed-in work is graded against the variant it was made on"


def test_variants_differ() -> None:
    first, second = generate(1).tables["tickets"], generate(2).tables["tickets"]
    for column in ("opened_at", "customer", "cost_per_day", "title"):
        assert (first[column].to_numpy() != second[column].to_numpy()).mean() > 0.5


def test_the_story_names_everybody(case: Case) -> None:
    for name in case.tables["requesters"]["name"]:
        *latin, _last = name.split()
        assert " ".join(latin[:2]) in case.story
    for name in case.tables["experts"]["name"]:
        assert name.split()[-1] in case.story
