"""Numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.answers.numbers import read_number, say_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12),
        (" -3.5 ", -3.5),
        ("−3", -3),
        ("1,5", 1.5),
        ("0,125", 0.125),
        ("1,500", 1500),
        ("1 250 000", 1250000),
        ("1'250'000", 1250000),
        ("1,250,000.50", 1250000.5),
        ("1.250.000,50", 1250000.5),
        ("1.234,5", 1234.5),
        ("1.250.000", 1250000),
        ("1,00,000", 100000),
        ("１２，５", 12.5),
        (".5", 0.5),
        ("5.", 5),
        ("1e3", 1000),
        ("12 %", 12),
        ("12％", 12),
    ],
)
def test_read(typed: str, number: float) -> None:
    assert read_number(typed, "%") == number


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "%", "abc", "nan", "inf", "1e999", "1_000", "1,2,3", "1.2.3", "1,5,", "--3", "3 4x"],
)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_number(typed, "%") is None


def test_the_unit_may_stand_on_either_side() -> None:
    assert read_number("€ 500", "€") == read_number("500 eur", "EUR") == 500


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_digit_is_lost_between_saying_and_reading(number: float) -> None:
    assert read_number(say_number(number)) == number
    assert number == -0.0 or "e+0" not in say_number(number)


@given(st.text(), st.text(max_size=4))
def test_anything_can_be_typed(typed: str, unit: str) -> None:
    number = read_number(typed, unit)
    assert number is None or abs(number) < float("inf")
