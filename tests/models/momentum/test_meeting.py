"""The three weeks after "we are satisfied": the law, and that playing them twice is fair."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from math import exp
from typing import Any

import numpy as np
import pytest

from course.models.momentum.meeting import draw, follow, offers, over, play, start, step
from course.models.momentum.meeting_inside import chance, effort
from course.models.momentum.meeting_state import Luck, Play, State
from course.models.momentum.meeting_terms import (
    EFFECTS,
    RULES,
    TURNS,
    Ending,
    Happening,
    Money,
    Move,
    Party,
    Reply,
)
from course.models.momentum.terms import RANGE, Params, Step

SEEDS = 400
PROBING = (Move.PART, Move.NEXT, Move.PAPER, Move.EDIT, Move.PATH, Move.MONEY, Move.BRIEF)
PROBING += (Move.DRAFT, Move.PILOT)
BLIND = (Move.NEXT, Move.PAPER, Move.EDIT, Move.BRIEF, Move.DRAFT, Move.PILOT, Move.CELEBRATE)
WAITING = (Move.CELEBRATE, Move.WAIT, Move.NEWS)
SHOWING = (Move.PITCH, Move.SHOW, Move.CELEBRATE, Move.NEWS, Move.WAIT)
ONE_ASK = (Move.BIG_ASK, *WAITING)
PUSHING = (Move.PUSH, Move.GIFT, Move.SPLIT, Move.NEWS, Move.BIG_ASK)
GOOD = (Ending.FUNDED, Ending.PLANNED, Ending.PARTED)


@cache
def plays(preference: tuple[Move, ...]) -> tuple[Play, ...]:
    return tuple(follow(preference, seed) for seed in range(SEEDS))


def share(preference: tuple[Move, ...], *endings: Ending) -> float:
    return float(np.mean([each.state.ending in endings for each in plays(preference)]))


def at_random(seed: int) -> Play:
    rng, moves = np.random.default_rng(seed), list[Move]()
    played = play((), seed)
    while offered := offers(played.state, played.luck):
        moves.append(offered[int(rng.integers(len(offered)))])
        played = play(moves, seed)
    return played


def with_money(luck: Luck, money: Money) -> Luck:
    return replace(luck, money=money)


# --- luck ------------------------------------------------------------------------------------


def test_the_people_are_those_of_the_momentum_model() -> None:
    lucks, world = [draw(seed) for seed in range(3000)], Params()
    drives = [person.drive for luck in lucks for person in luck.people]
    pleased = [each for luck in lucks for each in luck.satisfaction]
    assert np.std(drives) == pytest.approx(world.own_drive, rel=0.05)
    assert np.mean(pleased) == pytest.approx(world.satisfaction, abs=0.1)
    money = [luck.money for luck in lucks]
    assert money.count(Money.THIS_YEAR) / 3000 == pytest.approx(RULES.this_year, abs=0.03)
    assert money.count(Money.NEXT_YEAR) / 3000 == pytest.approx(RULES.next_year, abs=0.03)


def test_equal_seeds_and_moves_give_equal_plays() -> None:
    for seed in range(20):
        played = at_random(seed)
        assert play([taken.move for taken in played.taken], seed) == played


def test_other_moves_meet_the_same_people_and_the_same_luck() -> None:
    for here, there in zip(plays(PROBING), plays(PUSHING), strict=True):
        assert here.luck == there.luck


def test_whoever_answers_without_help_answers_when_helped() -> None:
    """The same uniform decides, so offering work can only open mouths."""
    told = opened = 0
    for seed in range(300):
        replies = {}
        for first in (Move.CELEBRATE, Move.DRAFT):
            played = play([Move.CELEBRATE, first, Move.WAIT, Move.MONEY], seed)
            replies[first] = played.taken[-1].events[0].reply is Reply.TELLS
        assert replies[Move.DRAFT] >= replies[Move.CELEBRATE]
        told += replies[Move.CELEBRATE]
        opened += replies[Move.DRAFT]
    assert opened > told + 30


# --- what is offered -------------------------------------------------------------------------


def test_there_are_always_three_to_five_choices_and_the_play_ends() -> None:
    for seed in range(SEEDS):
        played = at_random(seed)
        assert over(played.state)
        assert len(played.taken) <= len(TURNS)
        for taken in played.taken:
            offered = offers(taken.before, played.luck)
            assert 3 <= len(offered) == len(set(offered)) <= 5
            assert not (taken.before.money_known and Move.MONEY in offered)
            assert not (taken.before.path_known and Move.PATH in offered)
            assert taken.before.helped or Move.EDIT not in offered
            if Move.PART in offered:  # nothing is betrayed by what can be chosen
                assert taken.before.money_known


def test_a_move_that_is_not_offered_is_refused() -> None:
    luck = draw(1)
    with pytest.raises(ValueError, match="paper"):
        step(start(luck), Move.PAPER, luck)


# --- the law ---------------------------------------------------------------------------------


def somewhere(seed: int) -> tuple[State, Luck]:
    """A state in which a step can be taken."""
    luck = with_money(draw(seed), Money.THIS_YEAR)
    state = replace(start(luck), left=(20.0, 5.0), invested=(0.2, 0.1), at=Step(seed % 4))
    return state, luck


def test_the_chance_of_a_step_is_that_of_the_momentum_model() -> None:
    luck = draw(5)
    state, world = replace(start(luck), invested=(0.3, 0.0)), Params()
    drive = world.base + luck.people[Party.CONTACT].drive
    drive += world.pull * state.satisfaction[Party.CONTACT] / 10 + world.belief * 0.3
    expected = 1 / (1 + exp(world.weight * world.efforts[0] - drive))
    assert chance(state, luck) == pytest.approx(expected)


def test_the_chance_rises_with_mood_investment_help_and_knowledge() -> None:
    for seed in range(80):
        state, luck = somewhere(seed)
        base, to = chance(state, luck), Step(state.at + 1)
        more = tuple(min(10.0, each + 1) for each in state.satisfaction)
        helped = replace(state, helped=frozenset({to}))
        assert 0 < base < 1
        assert chance(replace(state, satisfaction=(more[0], more[1])), luck) >= base
        assert chance(replace(state, invested=(0.4, 0.4)), luck) > base
        assert chance(replace(state, strain=0.5), luck) < base
        assert chance(helped, luck) > base
        assert chance(replace(helped, path_known=True), luck) > chance(helped, luck)
        assert chance(replace(helped, edited=True), luck) > chance(helped, luck)
        assert chance(state, luck, dated=0.7) > base
        if to in (Step.MEETING, Step.BUDGET):
            assert effort(replace(helped, papers=True)) < effort(helped)


def test_nobody_takes_a_step_for_which_there_are_no_hours_left() -> None:
    for seed in range(40):
        state, luck = somewhere(seed)
        assert chance(replace(state, left=(effort(state) - 0.01, 5.0)), luck) == 0
        assert chance(replace(state, left=(effort(state) + 0.01, 5.0)), luck) > 0


@pytest.mark.parametrize(
    ("money", "known", "payable"),
    [
        (Money.THIS_YEAR, False, True),
        (Money.NEXT_YEAR, False, False),
        (Money.NEXT_YEAR, True, True),
        (Money.NONE, True, False),
    ],
)
def test_the_last_step_needs_money(money: Money, known: bool, payable: bool) -> None:
    state, luck = somewhere(3)
    state = replace(state, at=Step.MEETING, money_known=known)
    assert (chance(state, with_money(luck, money)) > 0) == payable


def test_left_alone_the_mood_fades_and_what_was_put_in_stays() -> None:
    for played in plays(WAITING):
        for taken in played.taken:
            for who in Party:
                assert taken.after.satisfaction[who] <= taken.before.satisfaction[who]
                assert taken.after.invested[who] >= taken.before.invested[who]


def test_presenting_again_lifts_the_mood_less_each_time_and_costs_their_hours() -> None:
    luck = draw(2)
    state = replace(start(luck), turn=2, satisfaction=(1.0, 1.0), shown=0)
    after, _events = step(state, Move.SHOW, luck)
    again, _events = step(replace(state, shown=1), Move.SHOW, luck)
    waited, _events = step(state, Move.WAIT, luck)
    assert after.satisfaction > again.satisfaction > waited.satisfaction
    spent = waited.left[Party.CONTACT] - after.left[Party.CONTACT]
    assert spent == pytest.approx(EFFECTS[Move.SHOW].theirs[Party.CONTACT])


def test_what_they_edited_they_have_put_in() -> None:
    edited = 0
    for seed in range(SEEDS):
        moves = [Move.CELEBRATE, Move.DRAFT, Move.WAIT, Move.WAIT]
        asked, left = play([*moves, Move.EDIT], seed), play([*moves, Move.WAIT], seed)
        assert asked.state.invested >= left.state.invested
        if any(event.what is Happening.EDITED for event in asked.taken[-1].events):
            edited += 1
            assert asked.state.invested[Party.CONTACT] > left.state.invested[Party.CONTACT] + 0.05
            assert asked.state.edited
    assert 0.6 < edited / SEEDS < 1  # one in two a week, asked on a Friday


# --- the red light ---------------------------------------------------------------------------


def test_let_us_study_it_hides_every_kind_of_purse_and_a_second_question_uncovers_it() -> None:
    stalled = [
        played
        for seed in range(1500)
        if (played := play([Move.MONEY], seed)).taken[0].events[0].reply is Reply.STALL
    ]
    assert 0.5 < len(stalled) / 1500 < 0.8
    behind = [played.luck.money for played in stalled]
    for money, prior in ((Money.THIS_YEAR, RULES.this_year), (Money.NEXT_YEAR, RULES.next_year)):
        assert behind.count(money) / len(behind) == pytest.approx(prior, abs=0.05)  # says nothing
    later = [
        play([Move.MONEY, Move.DRAFT, Move.PATH, Move.MONEY], played.seed) for played in stalled
    ]
    assert np.mean([each.state.money_known for each in later]) > 0.6


def test_asking_is_the_only_way_to_know() -> None:
    for seed in range(SEEDS):
        played = at_random(seed)
        asked = any(taken.move is Move.MONEY for taken in played.taken)
        assert asked or not played.state.money_known


# --- what pays -------------------------------------------------------------------------------


def test_probing_and_drafting_beats_celebrating_and_waiting() -> None:
    assert share(PROBING, *GOOD) > share(WAITING, *GOOD) + 0.5
    assert share(WAITING, Ending.FUNDED, Ending.PLANNED) == 0
    worse = [
        here.state.at < there.state.at and here.luck.money is not Money.NONE
        for here, there in zip(plays(PROBING), plays(WAITING), strict=True)
    ]
    assert np.mean(worse) < 0.05  # the same people, the same luck


def test_that_holds_over_the_range_of_worlds_of_the_lesson() -> None:
    rng = np.random.default_rng(6)
    for _world in range(12):
        world: dict[str, Any] = {k: float(rng.uniform(*ends)) for k, ends in RANGE.items()}
        rules = replace(RULES, world=Params(**world))
        for preference, least, most in ((PROBING, 0.25, 1.0), (WAITING, 0.0, 0.01)):
            ends = [follow(preference, seed, rules).state.ending for seed in range(100)]
            assert least <= ends.count(Ending.FUNDED) / 100 <= most


@pytest.mark.parametrize("other", [WAITING, SHOWING, ONE_ASK, PUSHING])
def test_help_beats_every_other_manner(other: tuple[Move, ...]) -> None:
    for helping in (PROBING, BLIND):
        assert share(helping, Ending.FUNDED) > share(other, Ending.FUNDED) + 0.2


def test_whoever_never_asks_works_for_nothing_or_for_the_wrong_year() -> None:
    assert share(BLIND, Ending.EMPTY) > share(PROBING, Ending.EMPTY) + 0.05
    assert share(BLIND, Ending.PLANNED) == 0 < share(PROBING, Ending.PLANNED)


def test_pushing_presents_and_splitting_end_it() -> None:
    assert share(PUSHING, Ending.CLOSED) == 1
    assert share(PROBING, Ending.CLOSED) == share(WAITING, Ending.CLOSED) == 0


@pytest.mark.parametrize("bad", [Move.GIFT, Move.SPLIT, Move.PUSH])
def test_one_slip_in_an_otherwise_good_play_costs(bad: Move) -> None:
    """No move is bad by decree: it is bad in what becomes of the same people."""
    slipped = (bad, *PROBING)
    assert share(slipped, *GOOD) < share(PROBING, *GOOD) - 0.1


def at_the_end(preference: Sequence[Move]) -> tuple[float, float]:
    """Mean satisfaction and mean investment of the contact."""
    states = [each.state for each in plays(tuple(preference))]
    pleased = np.mean([each.satisfaction[Party.CONTACT] for each in states])
    return float(pleased), float(np.mean([each.invested[Party.CONTACT] for each in states]))


def test_showing_keeps_them_happier_and_helping_gets_them_to_put_something_in() -> None:
    assert at_the_end(SHOWING)[1] < at_the_end(BLIND)[1] / 3
    happier = [
        here.taken[5].after.satisfaction > there.taken[5].after.satisfaction
        for here, there in zip(plays(SHOWING), plays(WAITING), strict=True)
        if here.taken[5].after.shown == 2  # they had an hour for it
    ]
    assert len(happier) > SEEDS / 2
    assert all(happier)
