"""The calendar, and how days are named in it."""

from datetime import date

import pytest

from course.cases.momentum.days import (
    ahead,
    back,
    festival,
    is_workday,
    quarter,
    say,
    season,
    workday,
    workdays,
)
from course.cases.momentum.words import on_day


def day(month: int, number: int, year: int = 2025) -> int:
    return date(year, month, number).toordinal()


def test_holidays_are_not_worked_through() -> None:
    assert not is_workday(day(10, 1))
    assert workday(day(10, 1)) == day(10, 9)
    assert back(day(10, 8)) == day(9, 30)
    assert ahead(day(1, 27), 1) == day(2, 5)
    assert ahead(day(5, 12), 3) == day(5, 15)
    assert workdays(day(10, 1), day(10, 7)) == (day(10, 9),)
    assert workdays(day(5, 12), day(5, 18)) == tuple(range(day(5, 12), day(5, 17)))


@pytest.mark.parametrize(
    ("other", "words", "preposition"),
    [
        (day(5, 13), "today", "today"),
        (day(5, 14), "tomorrow", "tomorrow"),
        (day(5, 12), "yesterday", "yesterday"),
        (day(5, 16), "Friday", "on Friday"),
        (day(5, 20), "next Tuesday", "next Tuesday"),
        (day(5, 8), "last Thursday", "last Thursday"),
        (day(6, 3), "3 June", "on 3 June"),
        (day(1, 5, 2026), "5 January", "on 5 January"),
    ],
)
def test_days_are_named_as_one_would(other: int, words: str, preposition: str) -> None:
    today = day(5, 13)  # a Tuesday
    assert say(today, other) == words
    assert on_day(today, other) == preposition


def test_quarters_seasons_and_festivals() -> None:
    assert (quarter(day(3, 31)), quarter(day(4, 1))) == ("2025Q1", "2025Q2")
    assert [season(day(month, 1)) for month in (1, 3, 6, 9, 12)] == [
        "winter",
        "spring",
        "summer",
        "autumn",
        "winter",
    ]
    assert festival(day(1, 20), day(1, 26)) == (day(1, 22), "cny")
    assert festival(day(3, 3), day(3, 9)) is None
