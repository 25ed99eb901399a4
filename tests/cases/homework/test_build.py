"""Sizes, keys, ranges, and that no change alters the variants learners have."""

from collections.abc import Callable

import pandas as pd
import pytest

from course.cases.case import Case
from course.cases.homework import generate
from course.cases.homework.fate import MOST
from tests.cases.checks import digest

SEEDS = range(8)
START, END = pd.Timestamp("2025-07-01"), pd.Timestamp("2026-07-31 23:59")

# Of the tables and of the truth.
DIGESTS = {
    1: ("de283f8bdd15e2fb", "eee937832fab5ecb"),
    2: ("c2535b204a0fa1b8", "648971f4c1145f46"),
    2**40 + 7: ("13c3d51f875430d1", "ada26aeefe9963ef"),
}


@pytest.mark.parametrize("seed", SEEDS)
def test_sizes(case_of: Callable[[int], Case], seed: int) -> None:
    tables = case_of(seed).tables
    size = {name: len(frame) for name, frame in tables.items()}
    assert size["people"] == 16
    assert size["requests"] == 300
    assert size["brief_fields"] == 2_100
    assert 860 <= size["versions"] <= 940
    assert size["customer_claims"] == 463
    assert size["audits"] == 270
    assert 220 <= size["time_sheets"] <= 280
    assert 200 <= size["credit_log"] <= 300
    assert len(size) == 8


@pytest.mark.parametrize("seed", SEEDS)
def test_keys_are_unique_and_refer(case_of: Callable[[int], Case], seed: int) -> None:
    tables = case_of(seed).tables
    for name, key in (
        ("people", ["person_id"]),
        ("requests", ["request_id"]),
        ("brief_fields", ["request_id", "field"]),
        ("versions", ["version_id"]),
        ("time_sheets", ["presales", "week"]),
        ("customer_claims", ["claim_id"]),
        ("audits", ["request_id", "matter"]),
        ("credit_log", ["credit_id"]),
    ):
        assert not tables[name].duplicated(key).any(), name
    requests = set(tables["requests"]["request_id"])
    for name in ("brief_fields", "versions", "customer_claims", "audits", "credit_log"):
        assert set(tables[name]["request_id"]) <= requests
    assert tables["audits"]["request_id"].nunique() == 90


@pytest.mark.parametrize("seed", SEEDS)
def test_units_and_ranges(case_of: Callable[[int], Case], seed: int) -> None:
    truth = case_of(seed).truth
    requests, versions = truth["requests"], truth["versions"]
    assert requests["asked_on"].between(START, pd.Timestamp("2026-05-29")).all()
    assert requests["asked_on"].is_monotonic_increasing
    assert (requests["started_on"] >= requests["asked_on"]).all()
    assert (requests["due_on"] > requests["asked_on"]).all()
    assert versions["sent_at"].between(START, END).all()
    assert versions["sent_at"].is_monotonic_increasing
    assert versions["hours"].between(0.5, 45).all()
    assert (versions["hours"] % 0.5 == 0).all()
    assert versions["version"].between(1, MOST).all()
    assert truth["customer_claims"]["hours"].between(0, 8).all()
    assert truth["credit_log"]["hours_promised"].dropna().between(2, 16).all()
    assert requests["trust"].between(0, 1).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_versions_follow_each_other(case_of: Callable[[int], Case], seed: int) -> None:
    truth = case_of(seed).truth
    versions = truth["versions"].sort_values(["request_id", "version"])
    ends = versions.groupby("request_id").tail(1).set_index("request_id")
    requests = truth["requests"].set_index("request_id")
    assert (ends["feedback_kind"] == requests["outcome"]).all()
    assert (ends["sent_at"].dt.normalize() == requests["done_on"]).all()
    assert (ends.loc[ends["feedback_kind"] == "dropped", "version"] == MOST).all()
    gaps = versions.groupby("request_id")["sent_at"].diff().dropna()
    assert (gaps > pd.Timedelta(0)).all()
    assert (versions.groupby("request_id")["version"].diff().dropna() == 1).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_so_and_what_is_said_come_in_fixed_numbers(
    case_of: Callable[[int], Case], seed: int
) -> None:
    claims = case_of(seed).truth["customer_claims"]
    said = claims.groupby("matter")["verified"].agg(["size", "sum"])
    assert said.loc["price"].tolist() == [222, 54]
    assert said.loc["plan"].tolist() == [129, 27]
    assert said.loc["list"].tolist() == [112, 20]


@pytest.mark.parametrize("seed", DIGESTS)
def test_no_change_alters_the_variants_learners_have(
    case_of: Callable[[int], Case], seed: int
) -> None:
    case = case_of(seed)
    found = (digest(case.tables), digest(case.truth))
    assert found == DIGESTS[seed], "handed-in work is graded against the variant it was made on"


def test_variants_differ() -> None:
    first, second = generate(1).tables["requests"], generate(2).tables["requests"]
    for column in ("asked_on", "salesperson", "customer", "told"):
        assert (first[column].to_numpy() != second[column].to_numpy()).mean() > 0.5


def test_the_story_names_everybody(case: Case) -> None:
    for name in case.tables["people"]["name"]:
        latin, chinese = name.rsplit(" ", 1)
        assert latin in case.story.replace("\n", " ")
        assert chinese in case.story
