"""Every flaw is there, is as large as it says, and all but one can be undone."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from course.cases.case import Case
from course.cases.homework import clean, dirt

SEEDS = range(6)

pytestmark = pytest.mark.parametrize("seed", SEEDS)


@pytest.fixture
def case(case_of: Callable[[int], Case], seed: int) -> Case:
    return case_of(seed)


@pytest.fixture
def versions(case: Case) -> pd.DataFrame:
    return case.truth["versions"]


def rng() -> np.random.Generator:
    return np.random.default_rng(5)


def test_cleaning_brings_back_all_but_what_nobody_looked_up(case: Case) -> None:
    tables = clean(case)
    assert list(tables) == list(case.tables)
    for name, frame in tables.items():
        truth = case.truth[name][list(frame.columns)]
        if name == "customer_claims":
            truth = dirt.verified_only_if_disputed(truth)
        pd.testing.assert_frame_equal(frame, truth)


def test_cleaning_leaves_the_case_alone(case: Case) -> None:
    before = {name: frame.copy() for name, frame in case.tables.items()}
    clean(case)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(case.tables[name], frame)


def test_some_versions_were_saved_over_the_one_before(case: Case, versions: pd.DataFrame) -> None:
    dirty = dirt.saved_over(versions, rng())
    twice = dirty.duplicated(["request_id", "version"])
    assert twice.sum() == round(0.2 * (versions["version"] > 1).sum())
    assert dirty["version"].min() == 1
    assert not versions.duplicated(["request_id", "version"]).any()
    assert case.tables["versions"].duplicated(["request_id", "version"]).sum() > 80
    back = dirt.numbered_by_time(dirty)
    pd.testing.assert_frame_equal(back, versions)


def test_hours_are_missing_and_time_sheets_have_them(case: Case, versions: pd.DataFrame) -> None:
    dirty = dirt.hours_left_out(versions, rng())
    blank = dirty["hours"].isna()
    assert 0.08 < blank.mean() < 0.16
    week = dirt.week_of(versions["sent_at"])
    assert blank.groupby([versions["author"], week]).sum().max() == 1
    assert (week.dt.day_of_week == 0).all()
    back = dirt.hours_from_time_sheets(dirty, case.truth["time_sheets"])
    pd.testing.assert_series_equal(back["hours"], versions["hours"])


def test_only_what_was_disputed_was_looked_up(case: Case) -> None:
    claims, truth = case.tables["customer_claims"], case.truth["customer_claims"]
    assert (claims["verified"].notna() == claims["disputed"]).all()
    assert (claims["check"].notna() == claims["disputed"]).all()
    assert truth["verified"].notna().all()
    looked = claims["disputed"]
    assert truth.loc[looked, "verified"].mean() < truth.loc[~looked, "verified"].mean() - 0.08
    assert 0.15 < looked.mean() < 0.45


def test_people_are_called_by_nicknames(case: Case) -> None:
    people = case.tables["people"]
    called = people["also_called"].str.split("; ").explode()
    assert called.is_unique
    assert not set(called) & set(people["name"])
    for name, columns in dirt.NAMED.items():
        frame, truth = case.tables[name], case.truth[name]
        for column in columns:
            nick = frame[column].isin(called)
            assert nick.mean() == pytest.approx(0.4, abs=0.005)
            assert (frame.loc[~nick, column] == truth.loc[~nick, column]).all()
        back = dirt.full_names(frame, columns, people)
        pd.testing.assert_frame_equal(back[list(columns)], truth[list(columns)])
    assert set(case.tables["time_sheets"]["presales"]) <= set(people["name"])
