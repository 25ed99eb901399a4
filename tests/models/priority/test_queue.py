"""The queue alone, against a slow event-by-event server and Cobham's exact formula."""

from heapq import heappop, heappush
from itertools import permutations

import numpy as np
import pytest
from numpy.typing import NDArray

from course.models.priority.queue import serve

Floats = NDArray[np.float64]


def one_by_one(arrival: Floats, service: Floats, score: Floats) -> Floats:
    """What ``serve`` does, for one row, as one would tell it: a clock, a door and a heap."""
    start = np.full(arrival.size, np.inf)
    waiting: list[tuple[float, int]] = []
    clock, coming = 0.0, 0
    jobs = int(np.isfinite(arrival).sum())
    while coming < jobs or waiting:
        if not waiting:
            clock = max(clock, arrival[coming])
        while coming < jobs and arrival[coming] <= clock:
            heappush(waiting, (-score[coming], coming))
            coming += 1
        _score, job = heappop(waiting)
        start[job] = clock
        clock += service[job]
    return start


def rows(n: int, jobs: int, seed: int, *, load: float = 0.9) -> tuple[Floats, Floats, Floats]:
    rng = np.random.default_rng(seed)
    arrival = np.cumsum(rng.standard_exponential((n, jobs)), axis=1) / load
    arrival -= rng.uniform(0, 10, (n, 1))  # some of it waits at the start
    arrival[arrival > rng.uniform(0.5, 1, (n, 1)) * jobs] = np.inf
    return arrival, rng.lognormal(-0.32, 0.8, (n, jobs)), rng.standard_normal((n, jobs))


@pytest.mark.parametrize("load", [0.3, 0.9, 1.5])
def test_it_serves_as_one_event_after_another_would(load: float) -> None:
    arrival, service, score = rows(30, 120, 4, load=load)
    start = serve(arrival, service, score)
    for r in range(30):
        assert start[r] == pytest.approx(one_by_one(arrival[r], service[r], score[r]))
    assert (np.isinf(start) == np.isinf(arrival)).all()


def test_ties_in_time_and_score() -> None:
    # On a grid everything coincides: arrivals with each other and with ends, scores with scores.
    rng = np.random.default_rng(9)
    arrival = np.sort(rng.integers(-5, 60, (40, 50)), axis=1).astype(float)
    service = rng.integers(1, 3, (40, 50)).astype(float)
    score = rng.integers(0, 3, (40, 50)).astype(float)
    start = serve(arrival, service, score)
    for r in range(40):
        assert (start[r] == one_by_one(arrival[r], service[r], score[r])).all()


def test_the_inputs_are_left_alone() -> None:
    given = rows(3, 40, 1)
    before = [each.copy() for each in given]
    serve(*given)
    for mine, theirs in zip(before, given, strict=True):
        assert np.array_equal(mine, theirs)


def test_the_work_in_hand_is_the_same_in_every_order() -> None:
    # The conservation law, path by path: the integral of the work in hand is the sum over jobs of
    # service * (wait + service / 2), so the sum of service * start is the same in every order.
    arrival, service, score = rows(50, 200, 7)
    there = np.isfinite(arrival)
    fifo = np.where(there, -arrival, 0.0)

    def total(order: Floats) -> Floats:
        start = serve(arrival, service, order)
        return np.where(there, service * np.where(there, start, 0.0), 0.0).sum(axis=1)

    for order in (score, -score, service, -service):
        assert total(order) == pytest.approx(total(fifo))


# --- classes and Cobham's formula -----------------------------------------------------------------

RATES, MEANS, COSTS = (
    np.array([0.3, 0.2, 0.1]),
    np.array([0.5, 1.5, 2.5]),
    np.array([1.0, 6.0, 4.0]),
)
SPREAD = 0.6


def cobham(order: tuple[int, ...]) -> Floats:
    """Mean wait by class if the classes are served in this strict order."""
    square = MEANS**2 * np.exp(SPREAD**2)
    residual = float(RATES @ square) / 2
    wait, above = np.empty(len(order)), 0.0
    for each in order:
        within = above + RATES[each] * MEANS[each]
        wait[each] = residual / ((1 - above) * (1 - within))
        above = within
    return wait


@pytest.fixture(scope="module")
def waits() -> dict[tuple[int, ...], tuple[Floats, Floats]]:
    """For each of the six orders the simulated mean wait by class, and its standard error."""
    n, jobs, warm = 400, 900, 200
    rng = np.random.default_rng(3)
    arrival = np.cumsum(rng.standard_exponential((n, jobs)), axis=1) / RATES.sum()
    kind = rng.choice(3, size=(n, jobs), p=RATES / RATES.sum())
    service = MEANS[kind] * rng.lognormal(-(SPREAD**2) / 2, SPREAD, (n, jobs))
    found = {}
    for order in permutations(range(3)):
        score = -np.argsort(order)[kind].astype(float)
        waited = serve(arrival, service, score) - arrival
        mine = [
            np.array([waited[r, warm:][kind[r, warm:] == each].mean() for r in range(n)])
            for each in range(3)
        ]
        found[order] = (
            np.array([each.mean() for each in mine]),
            np.array([each.std() for each in mine]) / np.sqrt(n),
        )
    return found


def test_strict_classes_wait_as_cobham_says(
    waits: dict[tuple[int, ...], tuple[Floats, Floats]],
) -> None:
    for order, (mean, error) in waits.items():
        assert (error < 0.06 * mean).all()
        assert (np.abs(mean - cobham(order)) < 4 * error).all(), order


def test_value_per_effort_is_the_best_of_all_static_orders(
    waits: dict[tuple[int, ...], tuple[Floats, Floats]],
) -> None:
    best = tuple(int(each) for each in np.argsort(-COSTS / MEANS))
    assert best not in (tuple(np.argsort(-COSTS)), tuple(np.argsort(MEANS)))  # neither alone
    by_formula = {order: float(COSTS * RATES @ cobham(order)) for order in waits}
    simulated = {order: float(COSTS * RATES @ mean) for order, (mean, _error) in waits.items()}
    assert min(by_formula, key=by_formula.__getitem__) == best
    assert min(simulated, key=simulated.__getitem__) == best


def test_the_load_weighted_wait_is_the_same_for_all_static_orders(
    waits: dict[tuple[int, ...], tuple[Floats, Floats]],
) -> None:
    weighted = [float(RATES * MEANS @ mean) for mean, _error in waits.values()]
    exact = [float(RATES * MEANS @ cobham(order)) for order in waits]
    assert np.ptp(exact) == pytest.approx(0, abs=1e-12)
    assert weighted == pytest.approx(exact, rel=0.05)
    assert np.ptp(weighted) < 0.01 * exact[0]  # the same requests: the difference is all but nil
