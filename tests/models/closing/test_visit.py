"""One customer: the cast, what is offered, and that the law is the one of whole runs."""

from collections import Counter
from dataclasses import fields

import numpy as np
import pytest

from course.models.closing import POLICIES, Move, Outcome, Reason, Reply, run
from course.models.closing.moves import TRUTH
from course.models.closing.persona import CAST, PLAY, Character, Size, persona
from course.models.closing.run import earned
from course.models.closing.state import State
from course.models.closing.visit import (
    Play,
    follow,
    found,
    offers,
    over,
    play,
    start,
    step,
    value,
)

SEEDS = range(48)


def wander(seed: int, luck: int = 0) -> Play:
    """Play any moves that are offered."""
    rng = np.random.default_rng([seed, luck])
    person = persona(seed)
    state, moves = start(person), []
    while not over(state):
        moves.append(Move(int(rng.choice(offers(state)))))
        state = step(state, moves[-1], person).after
    return play(moves, seed)


# --- the cast -------------------------------------------------------------------------------------


def test_twenty_four_seeds_are_every_reason_in_every_character() -> None:
    assert len(CAST) == 24
    for first in (0, 24, 48):
        met = [(each.reason, each.character) for each in map(persona, range(first, first + 24))]
        assert set(met) == set(CAST)
    orders = {tuple(persona(first + i).reason for i in range(24)) for first in (0, 24, 48)}
    assert len(orders) == 3


def test_a_persona_is_what_it_is_called() -> None:
    people = [persona(seed) for seed in range(120)]
    assert {each.size for each in people} == set(Size)
    for each in people:
        row = each.people
        assert (row.n, int(row.reason[0])) == (1, each.reason)
        assert each.haggler == row.excuses[0]
        assert {Size.SMALL: 1, Size.MIDDLING: 8, Size.LARGE: 60}[each.size] <= row.size[0] <= 200
    by = {kind: [each for each in people if each.character is kind] for kind in Character}
    assert min(each.people.temper[0] for each in by[Character.TOUCHY]) > 1.5
    assert max(each.people.temper[0] for each in by[Character.EASY]) < 0.8
    assert max(each.people.second_thoughts[0] for each in by[Character.EASY]) < 0
    assert max(each.people.cash_in[0] for each in people) < PLAY.visits
    assert max(each.people.guard[0] for each in by[Character.FRANK]) < min(
        each.people.guard[0] for each in by[Character.GUARDED]
    )


def test_a_negotiation_begins_with_a_no() -> None:
    yes = [
        step(start(each), Move.ASK, each).reply is Reply.SIGNS
        for each in (persona(seed) for seed in range(120))
    ]
    assert np.mean(yes) < 0.03


def test_seeds_repeat_and_cannot_be_negative() -> None:
    one, two = persona(7).people, persona(7).people
    for each in fields(one):
        assert np.array_equal(getattr(one, each.name), getattr(two, each.name)), each.name
    with pytest.raises(ValueError, match="seed: expected 0 or more, got -1"):
        persona(-1)


# --- the law --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", POLICIES)
def test_sentence_by_sentence_a_policy_gets_what_it_gets_in_a_run(name: str) -> None:
    for seed in SEEDS:
        played = follow(POLICIES[name], seed)
        whole = run(PLAY, POLICIES[name], played.persona.people)
        assert played.outcome == whole.outcome[0]
        assert value(played) == pytest.approx(whole.value[0])
        assert played.state.reactance[0] == whole.reactance[0]
        assert played.state.hours[0] == pytest.approx(whole.hours[0])
        assert sum(each is Move.ASK for each in played.moves) == whole.asks[0]


@pytest.mark.parametrize("luck", range(3))
def test_whatever_is_offered_can_be_said_and_all_of_it_ends(luck: int) -> None:
    outcomes: Counter[Outcome] = Counter()
    for seed in SEEDS:
        played = wander(seed, luck)
        assert over(played.state)
        assert offers(played.state) == ()
        assert 1 <= len(played.steps) <= PLAY.visits * PLAY.turns
        for each in played.steps:
            assert 4 <= len(offers(each.before)) <= 5
            assert len(set(offers(each.before))) == len(offers(each.before))
            assert each.reply is not Reply.NOTHING
        outcomes[played.outcome] += 1
    assert {Outcome.SIGNED, Outcome.NO_DECISION, Outcome.DROPPED} <= set(outcomes)


def test_what_answers_a_reason_is_offered_when_it_is_given() -> None:
    answers = {
        Reply.PRICE: Move.VALUE,
        Reply.BOSS: Move.BOSS,
        Reply.CASH: Move.CASH_DATE,
        Reply.FEAR: Move.DERISK,
        Reply.NO_FIT: Move.DOOR,
        Reply.THINK: Move.CONCERN,
    }
    seen = set()
    for seed in SEEDS:
        for each in wander(seed).steps:
            if each.reply in answers and not each.left:
                assert answers[each.reply] in offers(each.after)
                seen.add(each.reply)
    assert seen == set(answers)


def test_the_three_replies_are_offered_to_let_me_think_about_it() -> None:
    for seed in SEEDS:
        person = persona(seed)
        first = step(start(person), Move.ASK, person)
        if first.reply is Reply.THINK:
            assert {Move.WAIT, Move.INTERROGATE, Move.CONCERN} <= set(offers(first.after))


def test_the_same_moves_and_seed_are_the_same_play_and_its_beginning_never_changes() -> None:
    for seed in SEEDS:
        whole = wander(seed)
        half = play(whole.moves[: len(whole.moves) // 2], seed)
        for one, two in zip(half.steps, whole.steps, strict=False):
            assert one.reply is two.reply
            for each in fields(State):
                assert np.array_equal(getattr(one.after, each.name), getattr(two.after, each.name))


def test_visits_follow_one_another_and_time_runs_out() -> None:
    away = 0
    for seed in SEEDS:
        for each in wander(seed).steps:
            if each.left and not over(each.after):
                assert each.after.visit[0] == each.before.visit[0] + 1
                assert each.after.turn[0] == 0
            elif not each.left:
                assert each.after.visit[0] == each.before.visit[0]
            if each.called_away:
                away += 1
                assert each.before.turn[0] == PLAY.turns - 1
                assert each.move not in (Move.WAIT, Move.ADVANCE)
    assert away > 0


def test_found_is_having_been_told_the_true_reason() -> None:
    for seed in SEEDS:
        played = wander(seed)
        assert found(played) == (
            TRUTH[played.persona.reason] in [each.reply for each in played.steps]
        )
    detective = np.mean([found(follow(POLICIES["detective"], seed)) for seed in range(120)])
    agree = np.mean([found(follow(POLICIES["agree"], seed)) for seed in range(120)])
    assert detective > agree + 0.3


def test_the_value_of_a_play_is_its_margin_less_its_hours() -> None:
    played = follow(POLICIES["detective"], 1)
    margin = earned(PLAY, played.persona.people, played.state)[0]
    assert value(played) == pytest.approx(margin - PLAY.hour_cost * played.state.hours[0])


def test_a_move_that_is_not_offered_is_refused() -> None:
    with pytest.raises(ValueError, match="move DROP: expected one of"):
        play([Move.DROP], 0)
    frank = next(s for s in SEEDS if persona(s).reason is Reason.NO_FIT)
    played = follow(POLICIES["detective"], frank)
    with pytest.raises(ValueError, match="expected one of \\[\\]"):
        step(played.state, Move.ASK, played.persona)
