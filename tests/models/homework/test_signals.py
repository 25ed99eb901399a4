"""What a statement is worth: Bayes in closed form, by counting, and at its limits."""

from dataclasses import replace
from itertools import product
from math import comb, inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.models.homework import (
    SIGNALS,
    Action,
    Claim,
    Params,
    chance_said,
    posterior,
    simulate_inbox,
    strength,
)

shares = st.floats(0.01, 0.99)
WORLD = Params()


def test_one_statement_under_pressure_moves_belief_from_20_to_24_percent() -> None:
    assert posterior(Params(base=0.2, if_true=0.9, if_not=0.7)) == pytest.approx(0.18 / 0.74)
    assert round(posterior(WORLD), 2) == 0.24


@given(base=shares, if_true=shares, if_not=shares, said=st.integers(0, 6), silent=st.integers(0, 6))
def test_independent_voices_multiply_the_odds(
    base: float, if_true: float, if_not: float, said: int, silent: int
) -> None:
    if said + silent == 0:
        return
    world = Params(base=base, if_true=if_true, if_not=if_not, echo=0)
    belief = posterior(world, said, said + silent)
    quiet = ((1 - if_true) / (1 - if_not)) ** silent
    odds = base / (1 - base) * strength(world) ** said * quiet
    assert belief == pytest.approx(odds / (1 + odds), abs=1e-9)


@given(base=shares, chance=shares, said=st.integers(0, 5), silent=st.integers(0, 5), echo=shares)
def test_what_is_said_as_often_either_way_leaves_the_prior(
    base: float, chance: float, said: int, silent: int, echo: float
) -> None:
    if said + silent:
        world = Params(base=base, if_true=chance, if_not=chance, echo=echo)
        assert posterior(world, said, said + silent) == pytest.approx(base)


@pytest.mark.parametrize("people", [1, 2, 5])
def test_echoes_of_one_voice_are_one_voice(people: int) -> None:
    assert posterior(Params(echo=1), people) == pytest.approx(posterior(WORLD))
    with pytest.raises(ValueError, match="expected what can happen"):
        posterior(Params(echo=1), 1, 2)


@pytest.mark.parametrize("echo", [0.0, 0.3, 0.8])
def test_the_chance_of_so_many_voices_is_that_of_all_ways_to_get_them(echo: float) -> None:
    people, chance = 4, 0.7
    by_count = np.zeros(people + 1)
    for voices in product((True, False), repeat=people):
        weight = chance if voices[0] else 1 - chance
        for j, voice in enumerate(voices[1:], start=1):
            own = chance if voice else 1 - chance
            repeats = j * echo / (1 - echo + j * echo)
            weight *= repeats * voices[:j].count(voice) / j + (1 - repeats) * own
        by_count[sum(voices)] += weight
    law = [chance_said(k, people, chance=chance, echo=echo) for k in range(people + 1)]
    assert law == pytest.approx(by_count)
    assert sum(law) == pytest.approx(1)
    assert law[1] > 0
    if echo == 0:
        assert law == pytest.approx(
            [comb(4, k) * 0.7**k * 0.3 ** (4 - k) for k in range(people + 1)]
        )


def test_more_voices_tell_more_and_echoes_tell_less() -> None:
    believed = [posterior(WORLD, k) for k in range(1, 8)]
    assert (np.diff(believed) > 0).all()
    for echo in (0.0, 0.3, 0.5, 0.9):
        world = replace(WORLD, echo=echo)
        assert (np.diff([posterior(world, k, 5) for k in range(6)]) > 0).all()
    by_echo = [posterior(replace(WORLD, echo=echo), 4) for echo in np.linspace(0, 1, 6)]
    assert (np.diff(by_echo) < 0).all()


@given(base=shares, if_true=shares, if_not=shares)
def test_belief_goes_where_the_statement_is_likelier(
    base: float, if_true: float, if_not: float
) -> None:
    moved = posterior(Params(base=base, if_true=if_true, if_not=if_not)) - base
    assert moved * (if_true - if_not) >= -1e-12


def test_what_tells_is_how_seldom_it_is_said_for_nothing() -> None:
    ratios = {claim: strength(world) for claim, world in SIGNALS.items()}
    assert ratios[Claim.PRICE] < ratios[Claim.OLD_PLAN] < ratios[Claim.PLACE]
    # A named place is said less often where it is so than "too expensive" is, and proves more.
    assert SIGNALS[Claim.PLACE].if_true < SIGNALS[Claim.PRICE].if_true
    assert posterior(SIGNALS[Claim.PLACE]) > 0.75
    assert strength(Params(if_not=0)) == inf
    assert posterior(Params(if_not=0)) == 1


@pytest.mark.parametrize("people", [1, 5])
def test_belief_is_the_share_with_whom_it_was_so(people: int) -> None:
    world = Params(people=people, if_not=0.5)
    inbox = simulate_inbox(world, Action.WAIT, n=40_000, rng=np.random.default_rng(5))
    for voices in range(people + 1):
        heard = inbox.said == voices
        chance = sum(
            share * chance_said(voices, people, chance=says, echo=world.echo)
            for share, says in ((world.base, world.if_true), (1 - world.base, world.if_not))
        )
        assert abs(heard.mean() - chance) < 4 * (chance * (1 - chance) / 40_000) ** 0.5
        belief = posterior(world, voices, people)
        assert (inbox.belief[heard] == belief).all()
        spread = (belief * (1 - belief) / heard.sum()) ** 0.5
        assert abs(inbox.so[heard].mean() - belief) < 4 * spread


@pytest.mark.parametrize(
    ("said", "heard", "chances", "message"),
    [
        (2, 1, {}, "said, heard: expected 0 <= said <= heard"),
        (0, 0, {}, "said, heard"),
        (-1, 3, {}, "said, heard"),
        (1, 2, {"chance": 1.2}, "chance: expected 0 to 1, got 1.2"),
        (1, 2, {"echo": -0.1}, "echo: expected 0 to 1, got -0.1"),
    ],
)
def test_impossible_counts_are_refused(
    said: int, heard: int, chances: dict[str, float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        chance_said(said, heard, **{"chance": 0.5, "echo": 0.5, **chances})
