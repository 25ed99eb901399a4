"""Sign or drop: the closed form, the simulation against it, and what follows from both."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.models.closing.dropping import (
    FLASH,
    FLASH_RANGE,
    RIPENING,
    RIPENING_RANGE,
    Work,
    best_stop,
    per_lead,
    per_visit,
    per_week,
    visits_per_lead,
    work,
)

chances = st.lists(st.floats(0, 1), min_size=1, max_size=8)
STOPS = (1, 2, 4, 6)


def year(stop: int, p: tuple[float, ...] = FLASH, *, seed: int = 1, **kwargs: float) -> Work:
    given: dict[str, Any] = {"leads": 3, "capacity": 12, "n": 400, "weeks": 100} | kwargs
    return work(p, stop, rng=np.random.default_rng(seed), **given)


# --- the closed form ------------------------------------------------------------------------------


def test_a_constant_chance_is_the_geometric_law() -> None:
    for p in (0.05, 0.3):
        for stop in range(1, 9):
            assert per_lead([p] * 8, stop) == pytest.approx(1 - (1 - p) ** stop)
            assert visits_per_lead([p] * 8, stop) == pytest.approx((1 - (1 - p) ** stop) / p)
            assert per_visit([p] * 8, stop) == pytest.approx(p)  # no memory: dropping is no matter


@given(chances)
def test_staying_longer_never_costs_signatures_and_never_saves_visits(p: list[float]) -> None:
    stops = range(1, len(p) + 1)
    for one, two in pairwise(stops):
        assert per_lead(p, two) >= per_lead(p, one) - 1e-12
        assert visits_per_lead(p, two) >= visits_per_lead(p, one) - 1e-12
    for stop in stops:
        assert -1e-12 <= per_lead(p, stop) <= 1 + 1e-12
        assert 1 - 1e-12 <= visits_per_lead(p, stop) <= stop + 1e-12


@given(chances)
def test_dropping_first_is_never_more_times_as_good_than_the_rival_makes_visits(
    p: list[float],
) -> None:
    for stop in range(1, len(p) + 1):
        assert p[0] <= visits_per_lead(p, stop) * per_visit(p, stop) + 1e-12
    # … and that good only if all later visits are for nothing.
    nothing = [p[0], *[0.0] * 5]
    assert p[0] == pytest.approx(visits_per_lead(nothing, 6) * per_visit(nothing, 6))
    assert visits_per_lead(nothing, 6) == pytest.approx(1 + 5 * (1 - p[0]))


@given(chances, st.floats(0.01, 100), st.floats(0.01, 100))
def test_the_best_stop_is_best_and_the_first_such(
    p: list[float], leads: float, capacity: float
) -> None:
    best = best_stop(p, leads=leads, capacity=capacity)
    weekly = [per_week(p, m, leads=leads, capacity=capacity) for m in range(1, len(p) + 1)]
    assert weekly[best - 1] == pytest.approx(max(weekly))
    assert all(each < max(weekly) for each in weekly[: best - 1])


def test_it_is_the_visit_that_is_short_or_the_lead() -> None:
    for stop in STOPS:
        endless = per_week(FLASH, stop, leads=np.inf, capacity=12)
        assert endless == pytest.approx(12 * per_visit(FLASH, stop))
        scarce = per_week(FLASH, stop, leads=2, capacity=12)
        assert scarce == pytest.approx(2 * per_lead(FLASH, stop))
    assert best_stop(FLASH, leads=np.inf, capacity=12) == 1
    assert best_stop(FLASH, leads=2, capacity=12) == 6
    assert best_stop(RIPENING, leads=np.inf, capacity=12) == 6
    # In between: as many visits as there is time for.
    stops = [best_stop(FLASH, leads=leads, capacity=12) for leads in np.linspace(13, 2, 40)]
    assert stops == sorted(stops)
    assert {1, 2, 3, 6} <= set(stops)
    assert per_week(FLASH, 1, leads=0, capacity=12) == 0


# --- the simulation -------------------------------------------------------------------------------


@pytest.mark.parametrize("p", [FLASH, RIPENING])
@pytest.mark.parametrize("stop", STOPS)
def test_renewal_reward_per_lead_and_per_visit(p: tuple[float, ...], stop: int) -> None:
    # Few leads for much time: nearly all are done with, the end of the year cuts off next to none.
    done = year(stop, p, leads=2, capacity=60, n=800)
    leads = done.met.sum()
    expected = per_lead(p, stop)
    assert done.per_lead == pytest.approx(expected, abs=4 * np.sqrt(expected / leads) + 1e-3)
    assert done.visits.sum() / leads == pytest.approx(visits_per_lead(p, stop), rel=0.01)
    assert done.per_visit == pytest.approx(per_visit(p, stop), rel=0.04)


@pytest.mark.parametrize("leads", [1.0, 3.0, 8.0, 30.0])
@pytest.mark.parametrize("stop", STOPS)
def test_per_week_by_whichever_is_short(leads: float, stop: int) -> None:
    done = year(stop, RIPENING, leads=leads, weeks=400, n=40)
    expected = per_week(RIPENING, stop, leads=leads, capacity=12)
    error = 4 * np.sqrt(max(expected, 0.01) / (400 * 40))
    assert done.per_week == pytest.approx(expected, abs=error + 0.02 * expected)


def test_nobody_works_more_than_there_is_time_nor_on_leads_that_have_not_come() -> None:
    for leads in (1, 5, 40):
        for stop in STOPS:
            done = year(stop, leads=leads)
            assert (done.visits <= 12 * 100).all()
            assert (done.met <= done.came).all()
            assert (done.signed <= done.met).all()
            assert ((done.met <= done.visits) & (done.visits <= stop * done.met)).all()
            assert done.came.mean() == pytest.approx(leads * 100, rel=0.02)


def test_the_weekly_recursion_is_that_of_a_queue() -> None:
    # The same year by hand, visit by visit.
    done = year(3, n=1, weeks=30, leads=5)
    rng = np.random.default_rng(1)
    many = int(np.ceil(150 + 6 * np.sqrt(150) + 6))
    arrival = np.cumsum(rng.standard_exponential((1, many)), axis=1)[0] / 5
    luck = rng.random((1, many, len(FLASH)))[0]
    free, met, signed, visits = 0.0, 0, 0, 0
    for came, lots in zip(arrival, luck, strict=True):
        made = next((k + 1 for k in range(3) if lots[k] < FLASH[k]), 3)
        free = max(free, came) + made / 12
        if free <= 30:
            met, visits = met + 1, visits + made
            signed += any(lots[k] < FLASH[k] for k in range(3))
    assert (done.met[0], done.visits[0], done.signed[0]) == (met, visits, signed)


def test_equal_seeds_meet_the_same_leads_whatever_the_stop() -> None:
    one, six = year(1, leads=2, capacity=1e6), year(6, leads=2, capacity=1e6)
    assert (one.came == six.came).all()
    assert (one.signed <= six.signed).all()
    paired = np.var(six.signed - one.signed)
    other = year(6, leads=2, capacity=1e6, seed=2)
    assert paired < 0.6 * np.var(other.signed - one.signed)
    assert (year(6).signed == year(6).signed).all()


# --- findings, over the ranges --------------------------------------------------------------------


def worlds(ends: tuple[tuple[float, float], ...]) -> list[list[float]]:
    rng = np.random.default_rng(8)
    corners = [[each[rng.integers(2)] for each in ends] for _i in range(50)]
    return [*corners, *([float(rng.uniform(*each)) for each in ends] for _i in range(150))]


def test_finding_drop_first_is_several_times_as_good_where_later_visits_add_little() -> None:
    factors = [p[0] / per_visit(p, 6) for p in worlds(FLASH_RANGE)]
    assert min(factors) > 2.2
    assert max(factors) < 5.3  # six visits: it could not be ten times
    assert 3 < np.median(factors) < 4
    for p in worlds(FLASH_RANGE):
        assert best_stop(p, leads=np.inf, capacity=12) == 1


def test_finding_and_several_times_as_bad_where_deals_ripen() -> None:
    factors = [per_visit(p, 6) / max(p[0], 1e-3) for p in worlds(RIPENING_RANGE)]
    assert min(factors) > 2.1
    assert np.median(factors) > 5


def test_finding_where_leads_are_scarce_dropping_first_loses_everywhere() -> None:
    for ends, low in ((FLASH_RANGE, 1.0), (RIPENING_RANGE, 10.0)):
        for p in worlds(ends):
            kept, dropped = (per_week(p, m, leads=2, capacity=12) for m in (6, 1))
            assert kept >= low * dropped
    losses = [1 - p[0] / per_lead(p, 6) for p in worlds(FLASH_RANGE)]
    assert 0.15 < np.median(losses) < 0.35  # thin: later visits add little, but all of that is lost


@pytest.mark.parametrize(
    ("kwargs", "message"),
    [
        ({"p": (0.5, 1.5)}, "chances: expected one chance from 0 to 1"),
        ({"p": ()}, "chances: expected one chance"),
        ({"stop": 7}, "stop: expected 1 to 6 visits, got 7"),
        ({"stop": 0}, "stop: expected 1 to 6"),
        ({"leads": 0}, "leads: expected a number above 0, got 0"),
        ({"capacity": float("inf")}, "capacity: expected a number above 0"),
        ({"n": 0}, "n: expected a number above 0"),
    ],
)
def test_what_cannot_be_is_refused(kwargs: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        year(kwargs.pop("stop", 1), **kwargs)


def test_rates_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="leads: expected 0 or more"):
        per_week(FLASH, 1, leads=-1, capacity=1)
    with pytest.raises(ValueError, match="capacity: expected more than 0"):
        per_week(FLASH, 1, leads=1, capacity=0)
