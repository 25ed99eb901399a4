"""Relay, verify, wait: the thresholds where one costs what another does, and the inbox by them."""

from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.models.homework import (
    Action,
    Inbox,
    Params,
    band,
    chance_said,
    cheapest,
    cost,
    expected_cost,
    posterior,
    simulate_inbox,
)

hours = st.floats(0, 200)
worlds = st.builds(
    Params,
    verify_hours=st.floats(0, 60),
    fix_hours=hours,
    alarm=hours,
    miss=hours,
    accuracy=st.floats(0.5, 1),
)


def read(action: Action | None, params: Params | None = None, *, n: int = 3000) -> Inbox:
    return simulate_inbox(params or Params(), action, n=n, rng=np.random.default_rng(4))


def test_at_the_threshold_verifying_costs_the_loss_it_is_expected_to_spare() -> None:
    world = Params(accuracy=1)
    found = band(world)
    assert found is not None
    v, fix, alarm, miss = world.verify_hours, world.fix_hours, world.alarm, world.miss
    assert found == pytest.approx((v / (miss - fix), 1 - v / (fix + alarm)))
    low, high = found
    assert v == pytest.approx(low * (miss - fix))  # a real problem met in time, for who would wait
    assert v == pytest.approx((1 - high) * (fix + alarm))  # … a false alarm, for who would relay


@given(worlds)
def test_in_the_band_verifying_is_cheapest_and_outside_it_is_not(world: Params) -> None:
    found = band(world)
    for belief in np.linspace(0, 1, 41):
        costs = {action: expected_cost(world, action, belief) for action in Action}
        others = min(costs[Action.RELAY], costs[Action.WAIT])
        inside = found is not None and found[0] < belief < found[1]
        if abs(costs[Action.VERIFY] - others) > 1e-9:
            assert (costs[Action.VERIFY] < others) == inside
        assert costs[cheapest(world, belief)] == pytest.approx(min(costs.values()))


def test_at_the_ends_of_the_band_two_actions_cost_the_same() -> None:
    found = band(Params())
    assert found is not None
    for belief, other in zip(found, (Action.WAIT, Action.RELAY), strict=True):
        assert expected_cost(Params(), Action.VERIFY, belief) == pytest.approx(
            expected_cost(Params(), other, belief)
        )


def test_a_fix_of_minutes_is_not_worth_an_inquiry() -> None:
    # "Which version is this?" asked of presales: no alarm, five minutes of work.
    trifle = Params(fix_hours=0.1, alarm=0)
    assert band(trifle) is None
    assert cheapest(trifle, posterior(trifle)) is Action.RELAY
    assert band(Params(verify_hours=200)) is None
    assert band(Params(verify_hours=0, accuracy=1)) == (0, 1)


def test_the_dearer_verifying_the_narrower_the_band() -> None:
    bands = [band(Params(verify_hours=v)) for v in (0.5, 1.0, 2.0, 4.0)]
    for wide, narrow in pairwise(bands):
        assert wide is not None
        assert narrow is not None
        assert wide[0] < narrow[0]
        assert narrow[1] < wide[1]


def test_certainty_needs_no_inquiry() -> None:
    assert cheapest(Params(), 0) is Action.WAIT
    assert cheapest(Params(), 1) is Action.RELAY
    with pytest.raises(ValueError, match=r"belief: expected 0 to 1, got 1\.1"):
        expected_cost(Params(), Action.WAIT, 1.1)


@pytest.mark.parametrize(("so", "right"), list(product((True, False), repeat=2)))
def test_what_each_costs_case_by_case(so: bool, right: bool) -> None:
    world = Params(verify_hours=1, fix_hours=10, alarm=20, miss=100)
    assert cost(world, Action.RELAY, so=so, right=right) == (10 if so else 30)
    assert cost(world, Action.WAIT, so=so, right=right) == (100 if so else 0)
    verified = {(True, True): 11, (True, False): 101, (False, True): 1, (False, False): 31}
    assert cost(world, Action.VERIFY, so=so, right=right) == verified[so, right]


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("people", [1, 4])
def test_the_inbox_costs_what_the_law_says(action: Action, people: int) -> None:
    world = Params(people=people)
    inbox = read(action, world, n=40_000)
    expected = 0.0
    for voices in range(people + 1):
        chance = sum(
            weight * chance_said(voices, people, chance=says, echo=world.echo)
            for weight, says in ((world.base, world.if_true), (1 - world.base, world.if_not))
        )
        done = action if voices else Action.WAIT
        expected += chance * expected_cost(world, done, posterior(world, voices, people))
    error = inbox.cost.std() / inbox.cost.size**0.5
    assert abs(inbox.cost.mean() - expected) < 4 * error


@pytest.mark.parametrize("action", [*Action, None])
def test_hours_and_worth_add_up_customer_by_customer(action: Action | None) -> None:
    world = Params(people=3)
    inbox = read(action, world)
    right = ~(inbox.alarmed | inbox.missed)  # so verifying found what is so; no matter otherwise
    expected = [
        cost(world, tuple(Action)[did], so=bool(so), right=bool(found))
        for did, so, found in zip(inbox.action, inbox.so, right, strict=True)
    ]
    assert inbox.cost == pytest.approx(expected)
    assert (inbox.did(Action.WAIT) | (inbox.said > 0)).all()  # silence is nothing to act on
    assert (inbox.missed <= inbox.so).all()
    assert not (inbox.alarmed & inbox.so).any()
    assert sum(inbox.did(each).sum() for each in Action) == inbox.so.size


def test_weighing_does_whatever_is_cheapest_at_the_belief() -> None:
    world = Params(people=6, if_not=0.3, echo=0, miss=150, fix_hours=4)
    inbox = read(None, world)
    for voices in range(1, 7):
        chosen = cheapest(world, posterior(world, voices, 6))
        assert inbox.did(chosen)[inbox.said == voices].all()
    assert len({*inbox.action}) > 1


def test_equal_seeds_meet_the_same_customers_whatever_is_done() -> None:
    first = read(Action.RELAY)
    for action in (Action.VERIFY, Action.WAIT, None):
        other = read(action)
        for name in ("so", "said", "belief"):
            assert np.array_equal(getattr(first, name), getattr(other, name))
    assert np.array_equal(first.cost, read(Action.RELAY).cost)


def test_a_sharper_eye_never_costs_more() -> None:
    blunt, sharp = (read(Action.VERIFY, Params(accuracy=c)) for c in (0.8, 0.95))
    assert (sharp.alarmed <= blunt.alarmed).all()
    assert (sharp.missed <= blunt.missed).all()


@pytest.mark.parametrize("kwargs", [{"n": 0}, {"action": "panic"}])
def test_an_inbox_that_cannot_be_is_refused(kwargs: Any) -> None:
    with pytest.raises(ValueError, match=r"n: expected at least 1|'panic' is not a valid Action"):
        read(**{"action": None, "n": 9, **kwargs})
