"""The reader of scenes, and the decks they are drawn from."""

import numpy as np
import pytest

from course.cases.decks import Decks
from course.cases.dice import Dice
from course.cases.scenes import Block, read_blocks, wordings

TEXT = """# a note
== first late !near
A: one
B: two

A: three

== second each
A: four
B: five
"""
CARDS = {"even": (0, 2, 4, 6), "odd": (1, 3, 5)}


def decks(seed: int = 0) -> Decks[int]:
    return Decks(CARDS, Dice(np.random.default_rng(seed)))


def test_blocks_are_divided_by_blank_lines_or_are_lines() -> None:
    assert list(read_blocks(TEXT)) == [
        Block("first", ("late", "!near"), ("A: one", "B: two")),
        Block("first", ("late", "!near"), ("A: three",)),
        Block("second", (), ("A: four",)),
        Block("second", (), ("B: five",)),
    ]


def test_a_key_without_scenes_has_none() -> None:
    assert list(read_blocks("== empty\n\n== next\nA: one\n")) == [Block("next", (), ("A: one",))]


def test_choices_are_spelt_out_and_sentences_begin_with_a_capital() -> None:
    assert wordings("{who} [says|writes]. {what}¶{when} {x}¶") == (
        "{^who} says. {^what}\n{^when} {x}",
        "{^who} writes. {^what}\n{^when} {x}",
    )


def test_every_card_comes_before_one_comes_back() -> None:
    deck = decks()
    drawn = [deck.draw("even", lambda _: True) for _ in range(8)]
    assert set(drawn[:4]) == {0, 2, 4, 6}
    assert drawn[:4] == drawn[4:]


def test_what_does_not_fit_waits() -> None:
    deck = decks()
    assert deck.draw("even", lambda card: card == 4) == 4
    assert deck.draw("even", lambda card: card > 10) is None
    assert {deck.draw("even", lambda _: True) for _ in range(3)} == {0, 2, 6}


def test_a_card_comes_again_only_when_all_that_fit_are_used() -> None:
    deck, used = decks(), {1, 5}
    assert deck.draw_again("odd", lambda _: True, used) == 3
    oldest = deck.draw_again("odd", lambda card: card != 3, used | {3})
    assert oldest in used
    assert deck.draw_again("odd", lambda card: card != 3, used | {3}) == 6 - oldest


def test_nothing_that_fits_is_said() -> None:
    with pytest.raises(LookupError, match="scenes of 'odd': expected one that fits"):
        decks().draw_again("odd", lambda card: card > 10, set())


def test_two_seeds_are_two_orders() -> None:
    orders = {
        tuple(deck.draw("even", lambda _: True) for _ in range(4)) for deck in map(decks, range(9))
    }
    assert len(orders) > 4
