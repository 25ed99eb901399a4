"""What was known early: by hand on a small case, and never from the future."""

from collections.abc import Callable

import pandas as pd
import pytest

from course.cases.case import Case
from course.cases.momentum import clean, early_signals, standing


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(f"2025-{text}")


def small(*rows: tuple[str, str, str | None, str | None, str | None, str | None]) -> Case:
    """One opportunity of 3 March; rows: at, side, owner, assignee, due, done."""
    at, side, owner, assignee, due, done = zip(*rows, strict=True)

    def dates(texts: tuple[str | None, ...]) -> pd.Series:
        return pd.Series([pd.NaT if t is None else day(t) for t in texts], dtype="datetime64[s]")

    return Case(
        tables={
            "opportunities": pd.DataFrame(
                {
                    "opportunity_id": ["P001"],
                    "customer": ["A B"],
                    "seller": ["Nora Zhuang 庄"],
                    "cohort": ["2025Q1"],
                    "presented_on": [day("03-03")],
                    "ended_on": [day("09-01")],
                    "satisfaction": ["满意"],
                    "status": ["signed"],
                }
            ),
            "events": pd.DataFrame(
                {
                    "opportunity_id": "P001",
                    "at": dates(at),
                    "side": side,
                    "owner": owner,
                    "assignee": assignee,
                    "due": dates(due),
                    "done": dates(done),
                    "stage": "presented",
                }
            ),
            "documents": pd.DataFrame({"opportunity_id": ["P001"], "kind": ["brief"], "name": "x"}),
        },
        dictionary=pd.DataFrame(),
        story="",
        truth={},
    )


NOISE = ("03-04", "customer", None, None, None, None)
UNDATED = ("03-05", "customer", "customer", "Lin", None, "03-05")
SELLERS = ("03-06", "seller", "customer", "Nora Zhuang 庄", "03-08", "03-08")
DATED = ("03-17", "customer", "customer", "Lin", "03-20", "03-21")
LATER = ("03-27", "customer", "customer", "Lin", "04-09", None)


def test_the_first_action_is_the_customers_own_and_has_a_day() -> None:
    row = early_signals(small(NOISE, UNDATED, SELLERS, DATED, LATER)).loc["P001"]
    assert (row["first_action"], row["satisfaction"], row["signed"]) == (14, 8, True)
    assert early_signals(small(NOISE, UNDATED, SELLERS))["first_action"].isna().all()


@pytest.mark.parametrize(
    ("days", "last_done", "next_due"),
    [(1, None, None), (10, 8, None), (15, 13, 2), (20, 2, None), (28, 10, 9), (50, 32, None)],
)
def test_standing_by_hand(days: int, last_done: float | None, next_due: float | None) -> None:
    row = standing(small(NOISE, UNDATED, SELLERS, DATED, LATER), days).loc["P001"]
    for name, expected in (("last_done", last_done), ("next_due", next_due)):
        found: float | None = None if pd.isna(row[name]) else float(row[name])
        assert found == expected, name


def test_standing_knows_nothing_of_the_future() -> None:
    past, future = (NOISE, UNDATED), (DATED, LATER)
    before = standing(small(*past), 10)
    after = standing(small(*past, *future), 10)
    pd.testing.assert_frame_equal(before, after)


def test_whoever_has_ended_does_not_stand_anywhere(case_of: Callable[[int], Case]) -> None:
    case = case_of(2)
    deals = case.tables["opportunities"].set_index("opportunity_id")
    shown = standing(case, 84)
    today = deals["presented_on"] + pd.Timedelta(days=84)
    assert set(shown.index) == set(deals.index[deals["ended_on"] > today])
    assert len(standing(case, 56)) > len(shown) > 80
    assert (shown["next_due"].dropna() > 0).all()
    assert (shown["last_done"].dropna() >= 0).all()


def test_cleaning_leaves_the_case_alone(case_of: Callable[[int], Case]) -> None:
    case = case_of(4)
    before = {name: frame.copy() for name, frame in case.tables.items()}
    clean(case)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(case.tables[name], frame)
