"""Whole runs: conservation, accounts, equal luck, and what each policy comes to."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from course.models.closing import (
    AGREE,
    CONCEDER,
    DETECTIVE,
    DISCOUNTER,
    DO_OR_DIE,
    HAMMER,
    LARGE,
    NODDER,
    ONCE,
    POLICIES,
    SMALL,
    Move,
    Outcome,
    Params,
    Policy,
    Reason,
    Reply,
    Result,
    simulate,
)
from course.models.closing.law import act, arrive
from course.models.closing.moves import EFFECTS
from course.models.closing.people import draw
from course.models.closing.policy import choose
from course.models.closing.state import begin

SEEDS = (1, 2, 3)


def run(
    policy: Policy = DETECTIVE, params: Params | None = None, *, n: int = 1000, seed: int = 1
) -> Result:
    return simulate(params or Params(), policy, n=n, rng=np.random.default_rng(seed))


def said(policy: Policy, params: Params | None = None, n: int = 300) -> list[list[list[Move]]]:
    """All moves, customer by customer, visit by visit."""
    world = params or Params()
    people = draw(world, n, np.random.default_rng(4))
    state = begin(people)
    moves: list[list[list[Move]]] = [[] for _i in range(n)]
    for _visit in range(world.visits):
        state = arrive(world, people, state)
        for each in np.flatnonzero(state.inside):
            moves[each].append([])
        while state.inside.any():
            now = choose(world, policy, state)
            for each in np.flatnonzero(state.inside):
                moves[each][-1].append(Move(int(now[each])))
            state = act(world, people, state, now)
    return moves


# --- conservation and accounts --------------------------------------------------------------------


@pytest.mark.parametrize("name", POLICIES)
@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_everybody_ends_in_one_way_and_stays_there(name: str, size: float) -> None:
    params = Params(size=size)
    result = run(POLICIES[name], params)
    assert (result.counts.sum(axis=1) == 1000).all()
    assert result.counts[0, Outcome.OPEN] == 1000
    assert result.counts[-1, Outcome.OPEN] == 0
    assert (np.diff(result.counts[:, 1:], axis=0) >= 0).all()
    assert sum(result.share(each) for each in Outcome) == pytest.approx(1)
    assert (np.bincount(result.outcome, minlength=6) == result.counts[-1]).all()
    signed = result.signed > 0
    assert signed[np.isin(result.outcome, (Outcome.SIGNED, Outcome.CANCELLED))].all()
    assert not signed[np.isin(result.outcome, (Outcome.NO_DECISION, Outcome.DROPPED))].any()
    assert ((result.visits >= 1) & (result.visits <= params.visits)).all()
    assert (result.signed <= result.visits).all()
    assert (result.asks >= 1).all()
    assert ((result.reactance >= 0) & (result.reactance <= 1)).all()


@pytest.mark.parametrize("policy", [DETECTIVE, DISCOUNTER, HAMMER])
def test_hours_and_margins_add_up(policy: Policy) -> None:
    params = Params()
    result = run(policy, params, n=300)
    again = simulate(params, policy, n=300, rng=np.random.default_rng(4))
    hours = [
        params.visit_hours * len(visits)
        + sum(EFFECTS[move].hours for each in visits for move in each)
        for visits in said(policy, params)
    ]
    assert again.hours == pytest.approx(hours)
    assert again.asks.tolist() == [
        sum(move is Move.ASK for each in visits for move in each) for visits in said(policy, params)
    ]
    size, kept = result.people.size, result.outcome == Outcome.SIGNED
    discount = params.margin - result.margin[kept] / size[kept]
    assert ((discount > -1e-9) & (discount < params.deepest + 1e-9)).all()
    cancelled = result.outcome == Outcome.CANCELLED
    assert result.margin[cancelled] == pytest.approx(-params.undoing * size[cancelled])
    complaint = result.outcome == Outcome.COMPLAINT
    costs = params.repute + params.undoing * (result.signed[complaint] > 0)
    assert result.margin[complaint] == pytest.approx(-costs * size[complaint])
    assert (result.margin[np.isin(result.outcome, (4, 5))] == 0).all()
    assert result.value == pytest.approx(result.margin - params.hour_cost * result.hours)


def test_yields_are_signatures_of_those_who_are_still_visited() -> None:
    result = run(ONCE, Params(size=SMALL), n=5000)
    left = 1.0
    for visit, each in enumerate(result.yields(), 1):
        assert each == pytest.approx(
            np.sum(result.signed == visit) / np.sum(result.visits >= visit)
        )
        left *= 1 - each
    # Nobody was thrown out to speak of, so the product of those who did not sign is what is left.
    assert left == pytest.approx(np.mean(result.signed == 0), abs=0.02)
    assert np.isnan(run(DO_OR_DIE).yields()[1:]).all()
    assert result.per_lead == result.share(Outcome.SIGNED)
    assert result.per_visit == pytest.approx(result.per_lead / result.visits.mean())


# --- equal luck -----------------------------------------------------------------------------------


def test_equal_seeds_meet_the_same_people_whatever_is_done() -> None:
    one = run(DETECTIVE).people
    for policy in POLICIES.values():
        other = run(policy).people
        assert np.array_equal(one.reason, other.reason)
        assert np.array_equal(one.mood, other.mood)
        assert np.array_equal(one.second_thoughts, other.second_thoughts)


@pytest.mark.parametrize("pair", [(HAMMER, ONCE), (DETECTIVE, AGREE), (DETECTIVE, CONCEDER)])
def test_equal_luck_makes_a_comparison_much_sharper(pair: tuple[Policy, Policy]) -> None:
    one, other = (run(policy, n=4000).outcome == Outcome.SIGNED for policy in pair)
    apart = run(pair[1], n=4000, seed=9).outcome == Outcome.SIGNED
    together = np.var(one.astype(float) - other)
    assert together < 0.6 * np.var(one.astype(float) - apart)


def test_equal_seeds_repeat_and_others_do_not() -> None:
    for policy in POLICIES.values():
        assert np.array_equal(run(policy).outcome, run(policy).outcome)
    assert not np.array_equal(run().outcome, run(seed=2).outcome)


def test_policies_that_differ_only_later_begin_alike() -> None:
    first = [run(policy).first for policy in (DETECTIVE, AGREE, HAMMER, DISCOUNTER)]
    for one, two in pairwise(first):
        assert np.array_equal(one, two)
    assert set(first[0]) >= {Reply.SIGNS, Reply.THINK, Reply.PRICE}


# --- policies -------------------------------------------------------------------------------------


def test_the_hammer_says_one_thing() -> None:
    for visits in said(HAMMER):
        for each in visits:
            assert set(each[:-1]) <= {Move.ASK}
            assert len(each) <= 11


def test_do_or_die_comes_once_and_drops() -> None:
    for visits in said(DO_OR_DIE):
        assert len(visits) == 1
    result = run(DO_OR_DIE)
    assert (result.visits == 1).all()
    assert result.share(Outcome.DROPPED) > 0.3


def test_who_agrees_to_wait_does_so_at_the_first_no_without_a_reason() -> None:
    for visits in said(ONCE)[:200]:
        for each in visits[:-1]:
            assert each == [Move.ASK, Move.WAIT]


def test_the_detective_answers_what_was_said_and_nothing_else() -> None:
    answers = {Move.BOSS: Reply.BOSS, Move.CASH_DATE: Reply.CASH, Move.DERISK: Reply.FEAR}
    params = Params()
    people = draw(params, 500, np.random.default_rng(4))
    state, seen = begin(people), set()
    for _visit in range(params.visits):
        state = arrive(params, people, state)
        while state.inside.any():
            moves = choose(params, DETECTIVE, state)
            for move, reason in answers.items():
                made = state.inside & (moves == move)
                assert (state.heard[made] == reason).all()
                assert (state.answered[made] != reason).all()
                seen |= {move} if made.any() else set()
            parting = state.inside & (state.heard == Reply.NO_FIT)
            assert (moves[parting] == Move.DOOR).all()
            state = act(params, people, state, moves)
    assert seen == set(answers)


def test_a_policy_sees_only_what_a_seller_sees() -> None:
    params = Params()
    people = draw(params, 200, np.random.default_rng(4))
    state = arrive(params, people, begin(people))
    for policy in POLICIES.values():
        now = state
        for _turn in range(4):
            moves = choose(params, policy, now)
            hidden = replace(
                now,
                trust=1 - now.trust,
                reactance=1 - now.reactance,
                solved=1 - now.solved,
                inertia=now.inertia + 3,
                steps=now.steps + 1,
                openness=1 - now.openness,
                product=1 - now.product,
                regret=now.regret + 1,
            )
            assert np.array_equal(moves, choose(params, policy, hidden))
            now = act(params, people, now, moves)


def test_nodding_is_asking_without_answering() -> None:
    answers = {Move.BOSS, Move.CASH_DATE, Move.DERISK, Move.VALUE, Move.DISCOUNT}
    made = {move for visits in said(NODDER) for each in visits for move in each}
    assert not made & answers
    assert {Move.ASK, Move.CONCERN, Move.ADVANCE, Move.DOOR} <= made


def test_who_concedes_gives_what_there_is_and_then_talks_about_value() -> None:
    params = Params(mix=tuple(float(each is Reason.VALUE) for each in Reason))
    for policy in (CONCEDER, DISCOUNTER):
        for visits in said(policy, params):
            flat = [move for each in visits for move in each]
            assert flat.count(Move.DISCOUNT) <= 2
            if Move.VALUE in flat:
                assert flat.index(Move.VALUE) > flat.index(Move.DISCOUNT)


@pytest.mark.parametrize(
    ("kwargs", "message"),
    [
        ({"reply": Move.DOOR}, "reply: expected ASK, CONCERN"),
        ({"on_price": Move.ASK}, "on_price: expected VALUE, DISCOUNT"),
        ({"ends": Move.ASK}, "ends: expected WAIT"),
        ({"leaves": Move.WAIT}, "leaves: expected DOOR, DROP"),
        ({"asks": 0}, "asks: expected a whole number from 1, got 0"),
        ({"visits": 1.5}, "visits: expected a whole number"),
    ],
)
def test_policies_that_cannot_be_are_refused(kwargs: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Policy(**kwargs)


def test_there_is_at_least_one_customer() -> None:
    with pytest.raises(ValueError, match="n: expected at least 1 customer, got 0"):
        run(n=0)
    assert run(n=1).outcome.shape == (1,)
