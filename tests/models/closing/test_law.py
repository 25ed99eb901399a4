"""The closing model against theory: closed forms, limits, monotony, the order of draws."""

from dataclasses import fields, replace
from math import exp
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.models.closing import RANGE, Move, Outcome, Params, People, Reason, Reply, draw
from course.models.closing.law import act, arrive, end, ready, want
from course.models.closing.moves import EFFECTS, REMEDY, TRUTH
from course.models.closing.state import State, begin

# Nobody wants anything, doubts anything, minds anything.
BLANK: dict[str, Any] = {
    "base": 0,
    "need_spread": 0,
    "worth": 0,
    "person": 0,
    "faith": 0,
    "concern": 0,
    "concern_stake": 0,
    "no_fit": 0,
    "inertia": 0,
    "habit": 0,
    "mood": 0,
    "unripe": 0,
    "press": 0,
    "sting": 0,
    "calm": 0,
    "size_spread": 0,
    "temper_spread": 0,
}


def only(reason: Reason) -> tuple[float, ...]:
    return tuple(float(each == reason) for each in Reason)


def met(params: Params, n: int = 4000, seed: int = 1) -> tuple[People, State]:
    people = draw(params, n, np.random.default_rng(seed))
    return people, arrive(params, people, begin(people))


def say(params: Params, people: People, state: State, *moves: Move) -> State:
    for move in moves:
        state = act(params, people, state, np.full(people.n, move))
    return state


def again(params: Params, people: People, state: State, *moves: Move) -> State:
    return say(params, people, arrive(params, people, state), *moves)


def share(state: State, reply: Reply) -> float:
    return float(np.mean(state.reply == reply))


# --- signing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("base", [-2.0, 0.0, 1.0])
def test_by_mood_alone_the_share_that_signs_is_logistic_and_visits_are_independent(
    base: float,
) -> None:
    n, p = 20_000, 1 / (1 + exp(-base))
    params = Params(**{**BLANK, "base": base, "mood": 1})
    people, state = met(params, n)
    for visit in range(params.visits):
        state = say(params, people, state, Move.ASK, Move.WAIT)
        left = np.mean(state.signed == 0)
        error = 4 * np.sqrt(0.25 / n)
        assert left == pytest.approx((1 - p) ** (visit + 1), abs=error)
        state = arrive(params, people, state) if visit + 1 < params.visits else state


@pytest.mark.parametrize("size", [0.5, 1.0, 10.0, 100.0, 1000.0])
def test_a_concern_weighs_by_the_order_of_magnitude_of_the_deal(size: float) -> None:
    # weight = (concern + concern_stake * stake) * U(.6, 1.4), and 1.5 logits of wanting against it.
    params = Params(
        **{**BLANK, "base": 1.5, "concern": 1, "concern_stake": 0.5}, size=size, mix=only(1)
    )
    people, state = met(params, 20_000)
    mean = 1 + 0.5 * max(0.0, np.log10(size))
    expected = np.clip((1.5 / mean - 0.6) / 0.8, 0, 1)
    signed = share(say(params, people, state, Move.ASK), Reply.SIGNS)
    assert signed == pytest.approx(expected, abs=0.015)


def test_ready_is_want_less_what_keeps_people_from_signing_today() -> None:
    params = Params(**{**BLANK, "press": 2, "press_pace": 0.5, "sour": 3}, mix=only(Reason.HABIT))
    people, state = met(params, 3)
    state = replace(state, reactance=np.full(3, 0.5), asked=np.array([1, 2, 3]))
    assert want(params, people, state) == pytest.approx([0, 0, 0])
    # The first ask presses nobody; then half of what is missing each time.
    assert ready(params, people, state) == pytest.approx([-1.5, -0.5, 0.0])


def test_the_same_question_gets_the_same_answer_until_something_has_changed() -> None:
    params = Params(sting=0, press=0, inertia=0, habit=0)
    people, state = met(params)
    first = say(params, people, state, Move.ASK)
    tenth = say(params, people, first, *[Move.ASK] * 9)
    assert 0.02 < share(first, Reply.SIGNS) < 0.9
    assert (tenth.outcome == first.outcome).all()


def test_without_reactance_pushing_costs_nothing() -> None:
    params = Params(sting=0)
    people, state = met(params)
    signed = np.zeros(people.n, dtype=np.bool_)
    for _each in range(params.turns - 1):
        state = say(params, people, state, Move.ASK)
        assert (state.signed > 0)[signed].all()
        signed = state.signed > 0
    assert (state.reactance == 0).all()
    assert (state.trust == people.trust).all()
    assert not np.isin(state.outcome, (Outcome.COMPLAINT, Outcome.NO_DECISION)).any()
    assert signed.mean() > 1.5 * share(say(params, *met(params), Move.ASK), Reply.SIGNS)


def test_large_deals_sign_once_their_steps_inside_are_taken() -> None:
    params = Params(**{**BLANK, "base": 30, "unripe": 60}, size=100, advance_line=-60)
    people, state = met(params)
    for visit in range(params.visits):
        state = arrive(params, people, state) if visit else state
        state = say(params, people, state, Move.ASK, Move.ADVANCE)
    assert (state.signed == people.ripe + 1).all()
    assert set(people.ripe) == {1, 2, 3, 4, 5}
    assert (met(replace(params, size=1))[0].ripe == 0).all()


def test_without_an_agreed_next_step_the_way_inside_takes_longer() -> None:
    params = Params(drift=0.4)
    people, state = met(params)
    waited = again(params, people, say(params, people, state, Move.WAIT))
    agreed = say(params, people, state, Move.ADVANCE)
    assert 0.3 < agreed.agreed.mean() < 1
    later = again(params, people, agreed)
    assert waited.steps == pytest.approx(np.full(people.n, 0.4))
    assert later.steps == pytest.approx(np.where(agreed.agreed, 1.0, 0.4))


# --- pushing ------------------------------------------------------------------------------------


@given(
    sting=st.floats(0, 0.3), repeat=st.floats(0, 1), move=st.sampled_from([Move.ASK, Move.CONCERN])
)
def test_reactance_grows_with_every_identical_push_by_the_product_of_what_it_leaves(
    sting: float, repeat: float, move: Move
) -> None:
    params = Params(**{**BLANK, "base": -60, "sting": sting}, repeat=repeat, patience=1)
    people, state = met(params, 2)
    people = replace(people, temper=np.array([1.0, 1.5]), patience=np.ones(2))
    calm, before = np.ones(2), state.reactance
    for k in range(10):
        state = say(params, people, state, move)
        push = EFFECTS[move].sting * sting * people.temper * (1 + repeat * k)
        calm = 1 - (1 - calm * (1 - np.minimum(push, 1))) * (1 - EFFECTS[move].relief)
        assert state.reactance == pytest.approx(1 - calm)
        if move is Move.ASK and state.inside.all():
            assert (state.reactance >= before).all()
            before = state.reactance


def test_a_question_in_between_breaks_the_streak() -> None:
    params = Params(**{**BLANK, "base": -60, "sting": 0.05}, repeat=1)
    people, state = met(params, 5)
    same = say(params, people, state, Move.ASK, Move.ASK, Move.ASK)
    assert (same.streak == 2).all()
    mixed = say(params, people, state, Move.ASK, Move.VALUE, Move.ASK)
    assert (mixed.streak == 0).all()
    assert (again(params, people, say(params, people, same, Move.WAIT), Move.ASK).streak == 0).all()


def test_whoever_has_had_enough_shows_the_seller_the_door_and_complains_by_chance() -> None:
    n = 20_000
    params = Params(**{**BLANK, "base": -60, "sting": 1}, complain=0.3)
    state = say(params, *met(params, n), Move.ASK)
    assert share(state, Reply.OUT) == 1
    assert np.mean(state.outcome == Outcome.COMPLAINT) == pytest.approx(0.3, abs=0.013)
    assert set(state.outcome) == {Outcome.COMPLAINT, Outcome.NO_DECISION}
    calm = say(replace(params, complain=0), *met(params, n), Move.ASK)
    assert set(calm.outcome) == {Outcome.NO_DECISION}


def test_time_forgives_and_waiting_forgets() -> None:
    params = Params(**{**BLANK, "base": -60, "sting": 0.2, "inertia": 1}, forgive=0.4, regain=0.5)
    people, state = met(params, 50)
    pushed = say(params, people, state, Move.ASK, Move.ASK, Move.WAIT)
    later = again(params, people, pushed)
    assert later.reactance == pytest.approx(0.6 * pushed.reactance)
    assert later.inertia == pytest.approx((pushed.inertia + people.inertia) / 2)
    assert later.product == pytest.approx((1 - params.fade) * people.product)
    agreeable = replace(params, base=0, advance_line=-60)
    kept = say(agreeable, people, replace(state, inertia=pushed.inertia), Move.ADVANCE)
    assert (again(agreeable, people, kept).inertia == kept.inertia).all()


# --- telling the truth --------------------------------------------------------------------------


@pytest.mark.parametrize("reason", Reason)
def test_the_share_who_tell_the_reason_is_what_openness_says(reason: Reason) -> None:
    n = 20_000
    params = Params(**{**BLANK, "base": -60}, confide=0, hush=0, excuse=0, mix=only(reason))
    people, state = met(params, n)
    missing = 1.0
    for move in (Move.ASK, Move.CONCERN, Move.CONCERN, Move.INTERROGATE, Move.ASK):
        state = say(params, people, state, move)
        missing *= 1 - EFFECTS[move].opens
        told = share(state, TRUTH[reason])
        assert told == pytest.approx(1 - missing, abs=4 * np.sqrt(0.25 / n))
        assert share(state, Reply.THINK) == pytest.approx(1 - told)
        assert (state.heard[state.reply == TRUTH[reason]] == TRUTH[reason]).all()


def test_trust_opens_and_reactance_closes() -> None:
    params = Params(**{**BLANK, "base": -60}, patience=1, patience_spread=0, excuse=0)
    people, state = met(params)

    def told(**given: float) -> float:
        start = replace(state, **{name: np.full(people.n, it) for name, it in given.items()})
        return float(np.mean(say(params, people, start, Move.CONCERN).heard > 0))

    assert told(trust=0.8) > told(trust=0.4) + 0.1
    assert told(reactance=0.3) < told() - 0.1


def test_who_gives_no_reason_haggles_if_keen_and_excuses_themselves_by_the_price() -> None:
    params = Params(confide=0, hush=5, excuse=0.3, mood=0)
    people, state = met(params)
    state = say(params, people, state, Move.ASK)
    told = people.guard < state.openness - params.hush * state.reactance
    silent = (state.signed == 0) & ~told & (state.reactance < params.cold)
    keen = want(params, people, state) > params.haggle_line
    haggles = state.reply == Reply.PRICE
    assert (haggles[silent] == (keen | people.excuses)[silent]).all()
    assert (state.reply[silent & ~haggles] == Reply.THINK).all()


# --- answering ----------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", [Reason.VALUE, Reason.AUTHORITY, Reason.CASH, Reason.FEAR])
def test_a_fitting_answer_takes_its_share_away_and_less_if_nobody_has_asked(reason: Reason) -> None:
    params = Params(**{**BLANK, "sting": 0.1}, right=0.5, guess=0.4, mix=only(reason))
    people, state = met(params, 10)
    answer = REMEDY[TRUTH[reason]]
    told = replace(state, heard=np.full(10, TRUTH[reason]))
    twice = say(params, people, told, answer, answer)
    assert twice.solved == pytest.approx(np.full(10, 0.75))
    assert share(twice, Reply.LANDS) == 1
    assert (twice.trust > people.trust).all()
    guessed = say(params, people, state, answer, answer)
    assert guessed.solved == pytest.approx(np.full(10, 1 - 0.8**2))
    # Once it is dealt with, more of it is beside the point.
    assert share(say(params, people, twice, *[answer] * 3), Reply.SHRUGS) == 1


def test_an_answer_to_another_question_is_a_push() -> None:
    params = Params(**{**BLANK, "sting": 0.1}, mix=only(Reason.FEAR))
    people, state = met(params, 10)
    state = replace(state, heard=np.full(10, Reply.CASH))
    missed = say(params, people, state, Move.CASH_DATE)
    assert share(missed, Reply.SHRUGS) == 1
    assert (missed.solved == 0).all()
    assert (missed.heard == Reply.NOTHING).all()
    assert (missed.trust < people.trust).all()
    assert missed.reactance == pytest.approx(np.full(10, 0.1 * (0.2 + params.miss)))


@pytest.mark.parametrize("move", [Move.VALUE, Move.BOSS, Move.DERISK, Move.CASH_DATE, Move.CONCERN])
def test_nothing_said_deals_with_what_does_not_fit(move: Move) -> None:
    params = Params(mix=only(Reason.NO_FIT))
    people, state = met(params, 50)
    assert (say(params, people, state, move, move).solved == 0).all()


def test_of_a_concern_only_so_much_can_be_dealt_with() -> None:
    params = Params(**{**BLANK, "concern": 2}, solvable=0.3, mix=only(Reason.VALUE))
    people, state = met(params)
    assert 0.3 <= people.solvable.min() < 0.31
    assert 0.99 < people.solvable.max() <= 1
    done = replace(state, solved=np.ones(people.n))
    assert want(params, people, done) == pytest.approx(-people.weight * (1 - people.solvable))


def test_a_date_keeps_the_money_for_us() -> None:
    params = Params(**{**BLANK, "sting": 0.01}, visits=5, mix=only(Reason.CASH))
    people, state = met(params, 500)
    dated = say(params, people, state, Move.CASH_DATE, Move.WAIT)
    plain = say(params, people, state, Move.WAIT)
    for visit in (2, 3, 4):
        dated, plain = arrive(params, people, dated), arrive(params, people, plain)
        there = people.cash_in < visit
        assert (dated.solved[there] == params.dated).all()
        assert (plain.solved == np.where(there, params.undated, 0)).all()
        dated, plain = (say(params, people, each, Move.WAIT) for each in (dated, plain))
    assert set(people.cash_in) == {1, 2, 3}


def test_a_discount_is_wanted_has_an_end_and_cheapens() -> None:
    params = Params(**{**BLANK, "pull": 5}, discount=0.1, deepest=0.16, cheapens=0.05)
    people, state = met(params, 5)
    once = say(params, people, state, Move.DISCOUNT)
    assert want(params, people, once) == pytest.approx(np.full(5, 0.5))
    assert once.product == pytest.approx(people.product - 0.05)
    fourth = say(params, people, once, *[Move.DISCOUNT] * 3)
    assert fourth.discount == pytest.approx(np.full(5, 0.16))
    assert fourth.product == pytest.approx(people.product - 0.1)


# --- afterwards ---------------------------------------------------------------------------------


def test_nobody_cancels_who_would_not_be_bothered_or_was_not_carried_away() -> None:
    eager = Params(base=2, press=2)
    pushes = [Move.ASK] * 8
    carried = say(eager, *met(eager), *pushes)
    assert np.mean(carried.outcome == Outcome.CANCELLED) > 0.01
    bothered = replace(eager, bother=1e6)
    assert not np.isin(say(bothered, *met(bothered), *pushes).outcome, Outcome.CANCELLED).any()
    # Neither pressed nor sore, no good day, no second thoughts: who is ready then wants it.
    sober = replace(eager, press=0, sting=0, mood=0, calm=0, bother=0)
    calm = say(sober, *met(sober), *pushes)
    assert np.mean(calm.outcome == Outcome.SIGNED) > 0.1
    assert not np.isin(calm.outcome, (Outcome.CANCELLED, Outcome.COMPLAINT)).any()
    assert (calm.regret == 0).all()


def test_regret_is_how_far_below_zero_and_cancelling_is_regret_beyond_the_bother() -> None:
    params = Params(base=1.5)
    people, state = met(params)
    state = say(params, people, state, *[Move.ASK] * 6)
    later = want(params, people, state) + people.second_thoughts - params.sour * state.reactance
    signed = state.signed > 0
    # Who signed early heard no more: their state is that of their signature.
    assert state.regret[signed] == pytest.approx(np.maximum(0, -later[signed]))
    undone = np.isin(state.outcome, (Outcome.CANCELLED, Outcome.COMPLAINT))
    assert (undone[signed] == (state.regret[signed] > params.bother)).all()
    assert (state.regret[~signed] == 0).all()


def test_an_open_door_is_used_by_those_who_want_it_and_a_shut_one_by_nobody() -> None:
    params = Params(**{**BLANK, "calm": 1}, call_line=0)
    people, state = met(params, 20_000)
    calls = say(params, people, state, Move.DOOR)
    assert np.mean(calls.outcome == Outcome.SIGNED) == pytest.approx(0.5, abs=0.015)
    assert set(calls.outcome) == {Outcome.SIGNED, Outcome.NO_DECISION}
    assert set(say(params, people, state, Move.DROP).outcome) == {Outcome.DROPPED}


def test_who_is_done_with_stays_as_they_are() -> None:
    params = Params()
    people, state = met(params)
    state = say(params, people, state, Move.ASK)
    done = state.signed > 0
    later = again(params, people, say(params, people, state, Move.VALUE, Move.WAIT), Move.ASK)
    for each in fields(State):
        before, after = getattr(state, each.name)[done], getattr(later, each.name)[done]
        assert np.array_equal(before, after), each.name
    assert (later.visit[~done] == 1).all()


def test_at_the_end_nobody_is_open() -> None:
    params = Params()
    people, state = met(params)
    state = end(say(params, people, state, Move.ASK, Move.WAIT))
    assert not (state.outcome == Outcome.OPEN).any()
    assert not state.inside.any()


def test_a_visit_is_over_after_so_many_sentences() -> None:
    params = Params(**{**BLANK, "base": -60}, turns=3)
    people, state = met(params, 2)
    state = say(params, people, state, Move.VALUE, Move.VALUE)
    assert state.inside.all()
    state = say(params, people, state, Move.VALUE)
    assert not state.inside.any()
    assert (say(params, people, state, Move.VALUE).turn == 3).all()
    hours = params.visit_hours + 3 * EFFECTS[Move.VALUE].hours
    assert state.hours == pytest.approx([hours, hours])


# --- people, draws, validation --------------------------------------------------------------------


def test_equal_seeds_are_the_same_people_in_neighbouring_worlds() -> None:
    plain, other = (
        draw(params, 500, np.random.default_rng(3))
        for params in (Params(), Params(size=100, base=0, concern=2, need_spread=2, excuse=0.5))
    )
    for name in ("reason", "product", "trust", "temper", "guard", "solvable", "cash_in", "mood"):
        assert np.array_equal(getattr(plain, name), getattr(other, name)), name
    assert other.need == pytest.approx(2 / 1.4 * plain.need)
    assert (other.excuses >= plain.excuses).all()
    assert other.size == pytest.approx(10 * plain.size)


GOLDEN: dict[str, Any] = {
    "reason": [4, 4, 2, 1],
    "size": [14.0609, 10.3346, 8.4722, 7.9023],
    "need": [1.0482, 2.2887, 0.3819, -1.7267],
    "guard": [0.5034, 0.4367, 0.2033, 0.3249],
    "weight": [4.9621, 4.0503, 1.2325, 1.9437],
    "second_thoughts": [-1.4846, 0.5674, 0.3888, -0.3531],
    "mood": [-3.4952, -0.161, 0.2692, 1.3328],
}


def test_the_order_of_draws_is_the_meaning_of_a_seed() -> None:
    people = draw(Params(), 4, np.random.default_rng(5))
    assert people.reason.tolist() == GOLDEN["reason"]
    for name in ("size", "need", "guard", "weight", "second_thoughts"):
        assert getattr(people, name) == pytest.approx(GOLDEN[name], abs=1e-3), name
    assert people.mood[5] == pytest.approx(GOLDEN["mood"], abs=1e-3)


def test_reasons_come_as_the_mix_says() -> None:
    mix = (0.1, 0.3, 0.0, 0.2, 0.4, 0.0)
    people = draw(Params(mix=mix), 20_000, np.random.default_rng(1))
    shares = np.bincount(people.reason, minlength=6) / 20_000
    assert shares == pytest.approx(mix, abs=0.015)
    assert (people.weight[people.reason == Reason.HABIT] == 0).all()


def test_every_range_holds_its_default_and_is_possible() -> None:
    for name, (low, high) in RANGE.items():
        assert low < getattr(Params(), name) < high, name
        for limit in (low, high):
            Params(**{name: limit})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kwargs", "message"),
    [
        ({"sting": 1.5}, "sting: expected 0 to 1, got 1.5"),
        ({"base": float("nan")}, "base: expected -60 to 60, got nan"),
        ({"excuse": "often"}, "excuse: expected a number, got 'often'"),
        ({"visits": 0}, "visits: expected a whole number from 1"),
        ({"turns": 2.5}, "turns: expected a whole number"),
        ({"size": 0}, "size: expected 0.01 to"),
        ({"mix": (0.5, 0.5)}, "mix: expected 6 shares that sum to 1"),
        ({"mix": (0.5, 0.4, 0.0, 0.0, 0.0, 0.0)}, "mix: expected 6 shares that sum to 1"),
        ({"mix": (1.5, -0.5, 0.0, 0.0, 0.0, 0.0)}, "mix: expected 0 to 1, got 1.5"),
    ],
)
def test_worlds_that_cannot_be_are_refused(kwargs: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Params(**kwargs)
