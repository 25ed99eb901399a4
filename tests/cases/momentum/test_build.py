"""Sizes, keys, ranges, and that a seed means one case everywhere."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
import pytest

from course.cases.case import Case
from course.cases.momentum import build, generate, load
from course.cases.momentum.signals import SNAPSHOT

SEEDS = range(12)
START = pd.Timestamp("2025-01-06")
FINGERPRINT = """
import hashlib
from course.cases.momentum import generate
case = generate(3)
text = "".join(case.tables[name].to_csv() for name in sorted(case.tables))
print(hashlib.sha256(text.encode()).hexdigest())
"""


# Of the tables and of the truth.
DIGESTS = {
    1: ("2ff1ceb8416d50fa", "a101ab14fee7e222"),
    2: ("ce9b415b61ce4fd2", "19644073dd246c0b"),
    2**40 + 7: ("9c94be6ff055d096", "04845899806ca88b"),
}


def digest(frames: Mapping[str, pd.DataFrame]) -> str:
    """A fingerprint of every type, name and value of the frames."""
    text = "".join(f"{name} {frames[name].dtypes} {frames[name].to_csv()}" for name in frames)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def assert_same(case: Case, other: Case) -> None:
    assert case.story == other.story
    pd.testing.assert_frame_equal(case.dictionary, other.dictionary)
    for ours, theirs in ((case.tables, other.tables), (case.truth, other.truth)):
        assert list(ours) == list(theirs)
        for name, frame in ours.items():
            pd.testing.assert_frame_equal(frame, theirs[name])


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


def test_a_seed_is_one_case(case: Case) -> None:
    assert_same(case, generate(1))


def test_a_seed_is_one_case_in_every_process(case_of: Callable[[int], Case]) -> None:
    tables = case_of(3).tables
    text = "".join(tables[name].to_csv() for name in sorted(tables))
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    command = [sys.executable, "-c", FINGERPRINT]
    there = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert there.stdout.strip() == hashlib.sha256(text.encode()).hexdigest()


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


def test_load_never_hands_out_the_same_object_twice() -> None:
    first, second = load(5), load(5)
    assert first is not second
    pairs: tuple[tuple[Mapping[str, pd.DataFrame], Mapping[str, pd.DataFrame]], ...] = (
        (first.tables, second.tables),
        (first.truth, second.truth),
    )
    for ours, theirs in pairs:
        for name, frame in ours.items():
            for column in frame.columns:
                mine, other = frame[column].to_numpy(), theirs[name][column].to_numpy()
                assert not np.shares_memory(mine, other), f"{name}.{column}"


def test_what_one_does_to_a_case_does_not_show_in_the_next() -> None:
    spoilt = load(5)
    spoilt.tables["events"].loc[0, "text"] = "mine"
    del spoilt.tables["opportunities"]["amount"]
    spoilt.truth["weeks"].iloc[:, -1] = False
    assert_same(load(5), generate(5))


def test_load_forgets_the_seeds_of_long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def counted(seed: int) -> Case:
        made.append(seed)
        return generate(seed)

    monkeypatch.setattr(build, "generate", counted)
    for seed in (31, 31, 32, 31, 33, 32):
        load(seed)
    assert made == [31, 32, 33, 32]


@pytest.mark.parametrize("seed", [-1, 1.5, True, "1"])
def test_a_seed_is_a_whole_number(seed: object) -> None:
    with pytest.raises(ValueError, match="seed: expected a whole number from 0"):
        generate(seed)  # type: ignore[arg-type]  # on purpose


def test_generating_is_quick() -> None:
    generate(20)
    start = time.process_time()
    for seed in (21, 22, 23):
        generate(seed)
    assert time.process_time() - start < 3 * 0.4  # 0.1 s each on a free core


def test_the_story_calls_itself_simulated_and_names_the_sellers(case: Case) -> None:
    assert "simulated" in case.story
    for seller in case.tables["opportunities"]["seller"].unique():
        first, surname, zh = seller.split()
        assert f"{first} {surname} ({zh})" in case.story
