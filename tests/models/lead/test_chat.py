"""The chat of one deal: its law, and that playing it twice is fair."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from course.models.lead import Kind, Outcome
from course.models.lead.chat import bypass_rate, draw, offers, over, play, start, step
from course.models.lead.chat_terms import EFFECTS, TURNS, Happening, Luck, Mood, Move, Party, Play

LEADING = (Move.LEAD, Move.COP, Move.CHASE, Move.CLAUSE)
BEGGING = (Move.BEG, Move.DRIFT, Move.SILENT)
SILENT = (Move.SILENT, Move.DRIFT)
BOSSING = (Move.BOSS, Move.DRIFT, Move.SILENT)


def follow(preference: Sequence[Move], seed: int) -> Play:
    played, moves = play((), seed), list[Move]()
    while not over(played.state):
        moves.append(next(m for m in preference if m in offers(played.state)))
        played = play(moves, seed)
    return played


def at_random(seed: int) -> Play:
    rng = np.random.default_rng(seed)
    played, moves = play((), seed), list[Move]()
    while not over(played.state):
        offered = offers(played.state)
        moves.append(offered[int(rng.integers(len(offered)))])
        played = play(moves, seed)
    return played


def of_kind(luck: Luck, kind: Kind, *, willing: bool = True) -> Luck:
    customer, vendor = (replace(each, kind=kind, willing=willing) for each in luck.people)
    return replace(luck, people=(customer, vendor))


def shares(preference: Sequence[Move], n: int = 400) -> dict[Outcome, float]:
    ends = [follow(preference, seed).state.outcome for seed in range(n)]
    return {outcome: ends.count(outcome) / n for outcome in Outcome}


def test_the_people_are_those_of_the_lead_model() -> None:
    lucks = [draw(seed) for seed in range(4000)]
    both = np.mean([all(person.willing for person in luck.people) for luck in lucks])
    kinds = [person.kind for luck in lucks for person in luck.people]
    assert both == pytest.approx(0.6, abs=0.03)
    assert kinds.count(Kind.CONDITIONAL) / len(kinds) == pytest.approx(0.55, abs=0.03)
    assert kinds.count(Kind.ALWAYS) / len(kinds) == pytest.approx(0.1, abs=0.02)


def test_silence_lowers_what_they_see_and_leading_raises_it() -> None:
    for seed in range(200):
        for one in at_random(seed).steps:
            before, after = one.before.seen, one.after.seen
            if one.move is Move.SILENT:
                assert all(b < a for a, b in zip(before, after, strict=True))
            elif one.move in (Move.LEAD, Move.CHASE, Move.COP):
                assert all(b > a for a, b in zip(before, after, strict=True))


@pytest.mark.parametrize("kind", [Kind.CONDITIONAL, Kind.ALWAYS, Kind.HONEST])
def test_the_pull_past_the_broker_follows_the_kind(kind: Kind) -> None:
    for seed in range(100):
        for one in at_random(seed).steps:
            luck = of_kind(draw(seed), kind)
            before, after = bypass_rate(one.before, luck), bypass_rate(one.after, luck)
            if kind is Kind.HONEST:
                assert before == after == 0
            elif kind is Kind.ALWAYS and one.before.agreed == one.after.agreed:
                assert before == after > 0
            elif kind is Kind.CONDITIONAL and one.move is Move.LEAD:
                assert after <= before
            elif kind is Kind.CONDITIONAL and one.move is Move.SILENT:
                assert after >= before


def test_honest_people_never_go_around_you_and_the_unwilling_never_sign() -> None:
    for seed in range(400):
        for preference in (LEADING, BEGGING, BOSSING):
            played = follow(preference, seed)
            people, end = played.luck.people, played.state.outcome
            if all(person.kind == Kind.HONEST for person in people):
                assert end is not Outcome.BYPASSED
            if not all(person.willing for person in people):
                assert end not in (Outcome.PAID, Outcome.BYPASSED)
            if played.state.by is not None:
                assert people[played.state.by].kind != Kind.HONEST


def test_equal_seeds_and_moves_give_equal_plays() -> None:
    for seed in range(20):
        played = at_random(seed)
        again = play([one.move for one in played.steps], seed)
        assert again == played


def test_other_moves_meet_the_same_people_clocks_and_replies() -> None:
    for seed in range(50):
        assert follow(LEADING, seed).luck == follow(SILENT, seed).luck
        luck = draw(seed)
        state = start(luck)
        # A clear message is answered by everybody who answers a vague one.
        answered = {
            move: {e.who for e in step(state, move, luck)[1] if e.what is Happening.SAYS}
            for move in (Move.LEAD, Move.BEG, Move.BOSS)
        }
        assert answered[Move.BOSS] <= answered[Move.BEG] <= answered[Move.LEAD]


def test_leading_is_paid_more_than_begging_and_silence() -> None:
    leading, begging, silent = shares(LEADING), shares(BEGGING), shares(SILENT)
    assert leading[Outcome.PAID] > begging[Outcome.PAID] + 0.2
    assert leading[Outcome.PAID] > silent[Outcome.PAID] + 0.2
    assert leading[Outcome.BYPASSED] < begging[Outcome.BYPASSED] / 2
    assert sum(leading.values()) == pytest.approx(1)


def test_begging_costs_more_hours_than_leading() -> None:
    hours = {
        name: np.mean([follow(moves, seed).state.hours for seed in range(200)])
        for name, moves in (("lead", LEADING), ("beg", BEGGING))
    }
    assert hours["beg"] > 1.5 * hours["lead"]


def test_a_clear_question_is_answered_by_the_willing_and_left_by_the_unwilling() -> None:
    said = {True: list[bool](), False: list[bool]()}
    for seed in range(600):
        luck = draw(seed)
        _state, events = step(start(luck), Move.LEAD, luck)
        for party in Party:
            says = any(e.what is Happening.SAYS and e.who is party for e in events)
            said[luck.people[party].willing].append(says)
    assert np.mean(said[True]) == pytest.approx(0.8, abs=0.05)
    assert np.mean(said[False]) == pytest.approx(0.2, abs=0.07)


def test_the_vendor_decides_on_the_clause_by_kind_and_by_what_is_seen() -> None:
    luck = replace(draw(1), replies=tuple((0.0, 0.0) for _turn in TURNS))
    state = start(luck)
    for kind, seen, mood in (
        (Kind.HONEST, 1.0, Mood.TAKES),
        (Kind.CONDITIONAL, 6.0, Mood.TAKES),
        (Kind.CONDITIONAL, 4.0, Mood.HAGGLES),
        (Kind.ALWAYS, 12.0, Mood.STALLS),
    ):
        after, events = step(replace(state, seen=(seen, seen)), Move.CLAUSE, of_kind(luck, kind))
        assert events[Party.VENDOR].mood is mood
        assert after.agreed == (mood is Mood.TAKES)


def test_every_state_offers_three_to_five_moves_until_it_is_over() -> None:
    for seed in range(300):
        played = at_random(seed)
        for one in played.steps:
            assert 3 <= len(offers(one.before)) <= 5
            assert len(set(offers(one.before))) == len(offers(one.before))
        assert offers(played.state) == ()
        assert played.state.outcome != Outcome.OPEN or len(played.steps) == len(TURNS)


def test_dropping_ends_the_deal_and_two_silences_allow_it() -> None:
    dropped = 0
    for seed in range(200):
        played = at_random(seed)
        for one in played.steps:
            if max(one.before.unanswered) >= 2:
                assert Move.DROP in offers(one.before)
            if one.move is Move.DROP:
                dropped += 1
                assert one.after.outcome is Outcome.DROPPED
                assert over(one.after)
    assert dropped > 5


def test_a_move_that_is_not_offered_is_refused_with_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"expected one of \['lead', 'drift'"):
        play([Move.DROP], 1)


def test_every_move_has_its_effects_and_is_offered_somewhere() -> None:
    assert set(EFFECTS) == set(Move) == {move for turn in TURNS for move in turn.moves}
    assert max(effect.worth for effect in EFFECTS.values()) == EFFECTS[Move.LEAD].worth
