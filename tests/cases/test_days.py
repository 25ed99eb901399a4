"""The calendar, and how days are named in it."""

from datetime import date

import pytest

from course.cases.days import (
    ahead,
    back,
    is_workday,
    nearby,
    quarter,
    say,
    season,
    workday,
    workdays,
)


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


def test_the_weekend_is_the_sixth_and_seventh_day() -> None:
    monday = day(3, 3)
    assert [is_workday(monday + n) for n in range(7)] == [True] * 5 + [False] * 2


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (day(5, 13), "today"),
        (day(5, 14), "tomorrow"),
        (day(5, 12), "yesterday"),
        (day(5, 16), "Friday"),
        (day(5, 20), "next Tuesday"),
        (day(5, 8), "last Thursday"),
        (day(6, 3), "3 June"),
        (day(1, 5, 2026), "5 January"),
    ],
)
def test_days_are_named_as_one_would(other: int, words: str) -> None:
    today = day(5, 13)  # a Tuesday
    assert say(today, other) == words
    assert nearby(today, other) in (words, "")


def test_quarters_and_seasons() -> None:
    assert (quarter(day(3, 31)), quarter(day(4, 1))) == ("2025Q1", "2025Q2")
    months = [season(day(month, 1)) for month in (1, 3, 6, 9, 12)]
    assert months == ["winter", "spring", "summer", "autumn", "winter"]
