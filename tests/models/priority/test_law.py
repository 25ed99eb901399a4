"""The priority model against theory: closed forms, conservation, equal luck, validation."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from course.models.priority import (
    Habit,
    Order,
    Params,
    Part,
    Result,
    alone,
    fifo_wait,
    simulate,
    value_per_effort,
)
from course.models.priority.terms import Habits

Floats = NDArray[np.float64]
CROWDS: tuple[Habits, ...] = (
    *Habit,
    *(alone(habit) for habit in Habit),
    [alone(Habit.SHOUT)] * 5 + [alone(Habit.EXPLAIN)] * 19,
)


def run(
    habits: Habits = Habit.ASK,
    params: Params | None = None,
    *,
    n: int = 60,
    seed: int = 1,
    order: Order = Order.PERCEIVED,
    rounds: int = 24,
) -> Result:
    rng = np.random.default_rng(seed)
    return simulate(params or Params(), habits, n=n, rng=rng, order=order, rounds=rounds)


def yearly(result: Result, what: Floats, requesters: Any = None) -> tuple[float, float]:
    """The mean over requests, and its standard error with each year as one draw."""
    chosen = result.of(requesters)
    count = np.bincount(result.run[chosen], minlength=result.n)
    total = np.bincount(result.run[chosen], what[chosen], minlength=result.n)
    mean = total.sum() / count.sum()
    return mean, float(np.sqrt(((total - mean * count) ** 2).sum()) / count.sum())


# --- Pollaczek, Khinchine, Little ------------------------------------------------------------


@pytest.mark.parametrize(("load", "spread"), [(0.5, 0.8), (0.8, 0.5), (0.9, 0.8)])
def test_first_come_first_served_waits_as_pollaczek_and_khinchine_say(
    load: float, spread: float
) -> None:
    params = Params(load=load, effort_spread=spread)
    result = run(params=params, order=Order.FIFO, n=1500, seed=6)
    mean, error = yearly(result, result.waited)
    assert error < 0.04 * mean
    assert abs(mean - fifo_wait(params)) < 3 * error
    # … and from the first round on: the year begins in the steady state.
    course = result.by_round(result.waited)
    assert (np.abs(course.mean - fifo_wait(params)) < 4 * course.error).all()


def test_the_formula_in_numbers() -> None:
    assert fifo_wait(Params(effort_spread=0, load=0.5)) == pytest.approx(0.5)  # M/D/1: ρ/2(1-ρ)
    assert fifo_wait(Params(effort=2)) == pytest.approx(2 * fifo_wait(Params()))
    assert fifo_wait(Params()) == pytest.approx(8.53, abs=0.01)


@pytest.mark.parametrize("order", Order)
def test_the_number_waiting_is_the_rate_times_the_wait(order: Order) -> None:
    # Little's law in the middle of the year, where the queue is looked at from outside.
    result = run(alone(Habit.RECORD), Params(load=0.8), order=order, n=1500)
    at = np.arange(100, 180, 4)
    waiting = np.array([((result.arrival <= t) & (result.start > t)).sum() for t in at]).mean()
    mid = (result.arrival >= 90) & (result.arrival < 190)
    rate, wait = Params(load=0.8).load, result.waited[mid].mean()
    assert waiting / result.n == pytest.approx(rate * wait, rel=0.03)


def test_requests_come_at_the_stated_rate_from_everybody_alike() -> None:
    result = run(n=1000)
    counted = result.of()
    assert counted.sum() == pytest.approx(1000 * 240 * 0.9, rel=0.01)
    share = np.bincount(result.requester[counted], minlength=12) / counted.sum()
    assert share == pytest.approx(1 / 12, rel=0.04)
    assert result.effort[counted].mean() == pytest.approx(1.0, rel=0.01)
    assert np.median(result.cost[counted]) == pytest.approx(1.0, rel=0.01)


# --- conservation ------------------------------------------------------------------------------


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("habits", CROWDS)
def test_the_work_in_hand_depends_on_neither_order_nor_habits(habits: Habits, order: Order) -> None:
    quiet = Params(shout_cost=0)
    plain, other = run(params=quiet, order=Order.FIFO, n=20), run(habits, quiet, order=order, n=20)
    # Path by path: the integral of the work in hand, see test_queue.
    weighted = [
        np.bincount(each.run, each.service * each.start, minlength=20) for each in (plain, other)
    ]
    assert weighted[0] == pytest.approx(weighted[1])
    ends = [np.zeros(20) for _each in range(2)]
    for end, each in zip(ends, (plain, other), strict=True):
        np.maximum.at(end, each.run, each.start + each.service)
    assert ends[0] == pytest.approx(ends[1])


@pytest.mark.parametrize("habit", [Habit.SHOUT, Habit.GIFT, Habit.ASK])
def test_an_order_blind_to_efforts_moves_waits_and_never_removes_them(habit: Habit) -> None:
    quiet = Params(shout_cost=0, fall=0)
    fifo = run(params=quiet, order=Order.FIFO, n=500)
    other = run(alone(habit), quiet, n=500)
    difference, error = yearly(other, other.waited - fifo.waited)
    assert error < 0.01 * fifo.wait()
    assert abs(difference) < 4 * error
    if habit is Habit.SHOUT:  # what one gains is what the others lose between them
        gained, lost = (
            fifo.wait(0) - other.wait(0),
            other.wait(range(1, 12)) - fifo.wait(range(1, 12)),
        )
        assert gained > 6
        assert 11 * lost == pytest.approx(gained, rel=0.15)


def test_one_whom_nobody_can_outdo_waits_as_the_head_of_the_line() -> None:
    # Cobham's formula for the first of two classes: the shouter's share of the load alone.
    params = Params(fall=0, loud=20, aging=0, glance=0, shout_cost=0)
    result = run(alone(Habit.SHOUT), params, n=1500)
    mean, error = yearly(result, result.waited, 0)
    expected = fifo_wait(params) * (1 - params.load) / (1 - params.load / 12)
    assert expected == pytest.approx(fifo_wait(params) / 9.25)
    assert abs(mean - expected) < 4 * error


def test_shouting_only_adds_work_if_everybody_does_it() -> None:
    shouted = run(Habit.SHOUT, Params(shout_cost=0.1), n=5)
    assert shouted.service[shouted.round >= 0] == pytest.approx(
        1.1 * shouted.effort[shouted.round >= 0]
    )
    # All equal, no chance, no memory: it is first come, first served again, job by job.
    equal = Params(shout_cost=0, fall=0, glance=0)
    assert (run(Habit.SHOUT, equal).start == run(params=equal, order=Order.FIFO).start).all()
    # In the long run it is a world of a higher load.
    world = Params(load=0.8)
    result = run(Habit.SHOUT, world, n=150, rounds=300)
    mean, error = yearly(result, result.waited)
    louder = replace(world, load=0.8 * 1.05, effort=1.05)
    assert error < 0.04 * mean
    assert abs(mean - fifo_wait(louder)) < 4 * error


# --- value per effort --------------------------------------------------------------------------


def test_value_per_effort_beats_every_other_order_in_cost() -> None:
    cost = {order: run(order=order, n=300).cost_delay() for order in Order}
    assert cost[Order.VALUE] < cost[Order.NOISY_VALUE] < 0.5 * cost[Order.FIFO]
    exact = run(params=Params(context_noise=0), order=Order.NOISY_VALUE)
    assert np.array_equal(exact.start, run(order=Order.VALUE).start)


def test_the_more_background_errs_the_less_it_is_worth() -> None:
    costs = [
        run(params=Params(context_noise=noise), order=Order.NOISY_VALUE, n=200).cost_delay()
        for noise in (0.0, 0.5, 1.0, 2.0, 10.0)
    ]
    assert costs == sorted(costs)


def test_the_index_is_cost_over_effort_and_the_order_goes_by_it() -> None:
    assert value_per_effort([6.0, 1.0], [2.0, 4.0]) == pytest.approx([3.0, 0.25])
    result = run(order=Order.VALUE, n=3)
    index = value_per_effort(result.cost, result.effort)
    assert (np.argsort(index) == np.argsort(result.score)).all()
    for cost, effort, wrong in ((-1, 1, "cost: expected"), (1, 0, "effort: expected days")):
        with pytest.raises(ValueError, match=wrong):
            value_per_effort(cost, effort)


# --- perceived priority ------------------------------------------------------------------------


def test_what_is_next_is_what_looks_most_urgent_by_then() -> None:
    result = run((*Habit, *Habit, Habit.ASK, Habit.SHOUT), n=1)
    for job in np.flatnonzero(result.of())[::9]:
        now = result.start[job]
        waiting = (result.arrival <= now) & (result.start > now)
        looks = result.perceived.sum(axis=1) + Params().aging * (now - result.arrival)
        assert looks[job] >= looks[waiting].max(initial=-np.inf)


def test_each_habit_shows_in_its_own_part() -> None:
    result = run((*Habit, *[Habit.ASK] * 7), n=40)
    late = result.of() & (result.round > 8)
    mean = [result.perceived[late & (result.requester == i)].mean(axis=0) for i in range(6)]
    ask, shout, gift, explain, record, other = mean
    assert ask[:5] == pytest.approx([-Params().unstated, 0, 0, 0, 0])
    assert other[:5] == pytest.approx(ask[:5])
    assert shout[Part.LOUD] > 0
    assert gift[Part.FAVOUR] > 0.3
    assert explain[Part.STATED] > -0.3
    assert min(record[Part.SEEN], record[Part.THANKS]) > 0.5
    for each in mean:
        assert abs(each[Part.GLANCE]) < 0.2


# --- luck, shapes, validation --------------------------------------------------------------------


def test_equal_seeds_face_the_same_requests_whatever_is_decided() -> None:
    plain = run(n=10)
    for habits in CROWDS:
        for order in Order:
            other = run(habits, n=10, order=order)
            for name in ("run", "requester", "round", "arrival", "effort", "cost"):
                assert np.array_equal(getattr(plain, name), getattr(other, name)), name


def test_a_higher_load_is_the_same_requests_closer_together() -> None:
    few, many = run(params=Params(load=0.6), n=5), run(params=Params(load=0.9), n=5)
    for year in range(5):
        one, two = (
            {
                name: getattr(each, name)[(each.run == year) & (each.round >= 0)]
                for name in ("requester", "effort", "cost", "arrival")
            }
            for each in (few, many)
        )
        jobs = one["effort"].size
        for name in ("requester", "effort", "cost"):
            assert np.array_equal(one[name], two[name][:jobs])
        assert one["arrival"] * 0.6 == pytest.approx(two["arrival"][:jobs] * 0.9)


def test_equal_seeds_repeat_and_others_do_not() -> None:
    assert np.array_equal(run().start, run().start)
    assert run().wait() != run(seed=2).wait()


def test_shapes_and_means() -> None:
    result = run(alone(Habit.RECORD), n=7)
    jobs = result.run.size
    assert result.perceived.shape == (jobs, len(Part))
    assert result.memory.credibility.shape == (24, 7, 12)
    assert (result.start >= np.maximum(result.arrival, 0)).all()
    assert set(result.round) == set(range(-1, 27))
    course = result.by_round(result.waited, range(12))
    chosen = result.of()
    count = np.bincount(result.round[chosen], minlength=24)
    assert float((course.mean * count).sum() / count.sum()) == pytest.approx(result.wait())
    assert result.wait([0, 1]) == pytest.approx(
        float(result.waited[chosen & (result.requester < 2)].mean())
    )


def test_the_stated_error_is_how_far_other_luck_would_lie() -> None:
    courses = []
    for seed in range(60):
        result = run(n=25, seed=seed, rounds=2)
        courses.append(result.by_round(result.waited))
    means = np.array([course.mean for course in courses])
    stated = np.sqrt(np.mean([course.error**2 for course in courses], axis=0))
    assert stated == pytest.approx(means.std(axis=0), rel=0.3)


def test_a_round_without_requests_is_not_a_number() -> None:
    result = run(params=Params(load=0.05), n=1)
    course = result.by_round(result.waited, 3)
    assert np.isnan(course.mean).any()
    assert np.isnan(run(params=Params(requesters=3), n=1).wait(9))


@pytest.mark.parametrize(
    ("kwargs", "message"),
    [
        ({"load": 1.0}, "load: expected 0.05 to 0.99, got 1.0"),
        ({"fall": -0.1}, "fall: expected 0 to 1"),
        ({"aging": float("nan")}, "aging: expected 0 to 10, got nan"),
        ({"loud": "much"}, "loud: expected a number, got 'much'"),
        ({"requesters": 1.5}, "requesters: expected a whole number"),
        ({"requesters": 0}, "requesters: expected 1 to 1000"),
    ],
)
def test_worlds_that_cannot_be_are_refused(kwargs: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Params(**kwargs)


@pytest.mark.parametrize(
    ("habits", "message"),
    [
        ("whine", "'whine' is not a valid Habit"),
        ([Habit.ASK] * 11, "habits: expected 12"),
        ([[Habit.ASK] * 12] * 3, "24 rows of 12; got 3 rows"),
        ([[Habit.ASK] * 9] * 24, r"got 24 rows of \[9\]"),
    ],
)
def test_habits_that_do_not_fit_are_refused(habits: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        run(habits)


def test_there_is_at_least_a_year_and_a_round() -> None:
    for kwargs in ({"n": 0}, {"rounds": 0}):
        with pytest.raises(ValueError, match="expected at least 1, got 0"):
            run(**kwargs)
