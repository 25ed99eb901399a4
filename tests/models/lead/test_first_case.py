"""The case-one fee: closed forms, brute force and the conditional finding."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.models.lead.first_case import FirstCase, best_share, future_income, lifetime_income

GRID = np.linspace(0, 1, 2001)
prospects = st.builds(
    FirstCase,
    cases=st.integers(1, 40),
    q_new=st.floats(0.02, 0.4),
    q_skilled=st.floats(0.4, 0.9),
    learning=st.floats(0.5, 6),
    pull=st.floats(0.1, 3),
)


def test_one_case_has_no_future() -> None:
    alone = FirstCase(cases=1)
    assert future_income(alone) == (0, 0)
    assert lifetime_income(alone, 1.0) == pytest.approx(alone.q_new)
    assert lifetime_income(alone, 0.0) == 0


def test_two_cases_by_hand() -> None:
    two = FirstCase(cases=2)
    q_after_one = 0.5 - 0.35 * np.exp(-0.5)
    assert future_income(two) == pytest.approx((0.15, q_after_one))


def test_without_learning_the_future_is_the_same_whatever_happens() -> None:
    flat = FirstCase(cases=11, q_new=0.3, q_skilled=0.3)
    assert future_income(flat) == pytest.approx((3.0, 3.0))


def test_future_income_equals_a_simulation() -> None:
    given_, rng, runs = FirstCase(cases=9), np.random.default_rng(4), 40_000
    for start, expected in enumerate(future_income(given_)):
        closed = np.full(runs, start)
        for _ in range(given_.cases - 1):
            gap = given_.q_skilled - given_.q_new
            q = given_.q_skilled - gap * np.exp(-closed / given_.learning)
            closed += rng.random(runs) < q
        earned = closed - start
        assert earned.mean() == pytest.approx(expected, abs=4 * earned.std() / np.sqrt(runs))


@given(prospects)
def test_the_closed_form_beats_every_share_on_a_grid(case: FirstCase) -> None:
    best = best_share(case)
    assert 0 <= best <= 1
    assert lifetime_income(case, best) >= lifetime_income(case, GRID).max() - 1e-9


@given(prospects)
def test_lifetime_income_is_bounded_by_the_number_of_cases(case: FirstCase) -> None:
    income = lifetime_income(case, GRID)
    assert (income >= 0).all()
    assert (income <= case.cases + 1e-9).all()


@pytest.mark.parametrize("q_new", [0.1, 0.15, 0.2])
@pytest.mark.parametrize("q_skilled", [0.45, 0.6, 0.75])
@pytest.mark.parametrize("learning", [1.0, 2.0, 4.0])
@pytest.mark.parametrize("pull", [0.8, 1.0, 1.2])
def test_finding_free_beats_the_full_fee_only_with_enough_future_cases(
    q_new: float, q_skilled: float, learning: float, pull: float
) -> None:
    def free_wins(cases: int) -> bool:
        case = FirstCase(
            cases=cases, q_new=q_new, q_skilled=q_skilled, learning=learning, pull=pull
        )
        free, full = lifetime_income(case, [0.0, 1.0])
        return bool(free > full)

    wins = [free_wins(cases) for cases in range(1, 31)]
    assert not wins[0]
    assert not wins[1]
    assert wins[-1]
    assert wins == sorted(wins), "once free wins it goes on winning as cases are added"


@pytest.mark.parametrize(
    ("field", "value"),
    [("cases", 0), ("cases", 1.5), ("q_new", -0.1), ("q_skilled", 0.1), ("learning", 0.0)],
)
def test_odd_prospects_are_refused(field: str, value: Any) -> None:
    with pytest.raises(ValueError, match=f"{field}: expected"):
        FirstCase(**{field: value})


def test_odd_shares_are_refused() -> None:
    with pytest.raises(ValueError, match="share: expected"):
        lifetime_income(FirstCase(), 1.5)
