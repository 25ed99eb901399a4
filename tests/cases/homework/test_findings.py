"""What a learner is to find, over twenty variants."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from course.cases.case import Case
from course.cases.homework import (
    beliefs,
    manners,
    rework,
    rework_by_field,
    rounds,
    waits_over_time,
)
from course.cases.homework.findings import run_once, shows, shows_in_audit

SEEDS = range(20)

WEATHERVANES = ("Gong", "Ruan")
MUDDLERS = ("Pi", "Miao", "Ke")
SPENDERS = ("Hua", "Xi")
CLEAR = ("An", "Jin", "You")


@pytest.fixture(params=SEEDS)
def case(case_of: Callable[[int], Case], request: pytest.FixtureRequest) -> Case:
    return case_of(request.param)


@pytest.fixture
def table(case: Case) -> pd.DataFrame:
    return rework(case)


def by_surname(table: pd.DataFrame) -> pd.DataFrame:
    return table.set_index(table.index.str.split().str[0])


def test_too_expensive_is_hardly_news(case: Case) -> None:
    found = beliefs(case)
    news = found["after"] - found["before"]
    assert list(found.index) == ["price", "plan", "list"]
    assert news.between(0, 0.12, inclusive="neither").all()
    assert found.loc["price", "said_if_not"] > 0.55
    assert found.loc["price", "after"] < 0.31
    assert (found["audited"] == 90).all()


def test_bayes_rule_is_the_share_among_those_who_said_it(case: Case) -> None:
    claims, audits = case.tables["customer_claims"], case.tables["audits"]
    both = audits.merge(claims[["request_id", "matter"]])
    share = both.groupby("matter")["is_so"].mean()
    after = beliefs(case)["after"]
    np.testing.assert_allclose(after, share.reindex(after.index))


def test_what_was_checked_is_not_a_fair_sample(case: Case) -> None:
    found, claims = beliefs(case), case.truth["customer_claims"]
    every = claims.groupby("matter")["verified"].mean()
    assert (found["checked_so"] < every.reindex(found.index) - 0.05).all()
    assert (found["checked"] >= 20).all()


def test_success_and_date_matter_only_because_complex_requests_lack_them(
    table: pd.DataFrame,
) -> None:
    gaps = rework_by_field(table)
    assert list(gaps.columns) == ["pooled", "low", "middle", "high", "within"]
    for name in ("success", "date"):
        assert gaps.loc[name, "pooled"] > 6
        assert abs(gaps.loc[name, "within"]) < 0.3 * gaps.loc[name, "pooled"]
    for name in ("plan", "audience"):
        assert gaps.loc[name, "within"] > 2.5
        assert gaps.loc[name, "within"] > gaps.loc[["success", "date"], "within"].max() + 1


def test_complexity_goes_with_both(table: pd.DataFrame) -> None:
    means = table.groupby("complexity")[["no_success", "no_date", "rework_hours"]].mean()
    assert (means.loc["high"] > 2 * means.loc["low"]).all()
    assert (table["complexity"].value_counts() == 100).all()


def test_what_is_known_saves_versions_and_specific_feedback_too(table: pd.DataFrame) -> None:
    means = rounds(table)
    assert list(means.index) == ["0 to 2", "3 or 4", "5 to 7"]
    assert (means["all"].diff().dropna() < -0.3).all()
    assert (means["specific"] < means["just change it"] - 0.4).all()


def test_who_gives_hours_away_waits_longer_and_who_asks_waits_less(case: Case) -> None:
    waits = by_surname(waits_over_time(case))
    change = waits[3] - waits[1]
    assert change[list(SPENDERS)].mean() > 0.5
    assert change[list(CLEAR)].mean() < -0.3
    assert waits.loc[list(CLEAR), 3].max() < waits.loc[list(SPENDERS), 3].min()
    assert waits_over_time(case, periods=5).shape == (10, 5)


def test_the_four_characters_show(case: Case) -> None:
    found = by_surname(manners(case))
    others = found.drop(index=list(WEATHERVANES))
    assert found.loc[list(WEATHERVANES), "alarms"].min() > others["alarms"].max()
    assert found["known"].nsmallest(3).index.isin(MUDDLERS).all()
    assert found["specific"].nsmallest(3).index.isin(MUDDLERS).all()
    assert found["gave_away"].nlargest(2).index.isin(SPENDERS).all()
    assert found.loc[list(SPENDERS), "credit"].max() < 0.2
    assert found.loc[list(CLEAR), "credit"].min() > 0.4


def test_a_row_per_request(case: Case, table: pd.DataFrame) -> None:
    versions = case.truth["versions"]
    assert len(table) == 300
    assert table["versions"].sum() == len(versions)
    total = table["first_hours"].sum() + table["rework_hours"].sum()
    assert total == pytest.approx(versions["hours"].sum())
    assert (table["known"] == 7 - table.filter(like="no_").sum(axis=1)).all()


def test_what_does_not_show_is_drawn_again() -> None:
    found = [run_once(np.random.default_rng(seed)) for seed in range(12)]
    kept = [shows(*each) for each in found]
    assert any(kept)
    assert not all(kept)
    requests, courses = found[kept.index(True)]
    mixed = [courses[place] for place in np.random.default_rng(9).permutation(300).tolist()]
    assert not shows(requests, mixed)
    only_true = {
        each.number for each, c in zip(requests, courses, strict=True) if "price" in c.true
    }
    assert not shows_in_audit(requests, courses, only_true)
