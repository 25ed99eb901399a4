"""The festivals on which one greets, and days with their preposition."""

from datetime import date

import pytest

from course.cases.momentum.days import festival
from course.cases.spoken import on_day


def day(month: int, number: int, year: int = 2025) -> int:
    return date(year, month, number).toordinal()


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (day(5, 13), "today"),
        (day(5, 16), "on Friday"),
        (day(5, 20), "next Tuesday"),
        (day(5, 8), "last Thursday"),
        (day(6, 3), "on 3 June"),
    ],
)
def test_days_have_their_preposition(other: int, words: str) -> None:
    assert on_day(day(5, 13), other) == words


def test_festivals() -> None:
    assert festival(day(1, 20), day(1, 26)) == (day(1, 22), "cny")
    assert festival(day(3, 3), day(3, 9)) is None
