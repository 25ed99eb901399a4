"""The phrases: how they are written, that they can be filled, and that they are many."""

import re
from collections import Counter

import numpy as np
import pytest

from course.cases.decks import Decks
from course.cases.dice import Dice
from course.cases.priority.letter import slug
from course.cases.priority.people import EXPERTS, REQUESTERS
from course.cases.priority.script import read, scenes
from course.cases.priority.words import Words
from course.cases.priority.world import draw_tickets

KINDS = [slug(kind) for expert in EXPERTS for kind, _weight in expert.kinds]


def test_reading() -> None:
    part, scene = read(
        "# note\n== ask.x each\nOne [a|b]. {thing} it is.\n== y why\nR: Two¶\nX: Three\n"
    )
    assert part.key == "ask.x"
    assert part.lines[0].who == ""
    assert part.lines[0].texts == ("One a. {^thing} it is.", "One b. {^thing} it is.")
    assert (scene.key, scene.flags) == ("y", {"why"})
    assert [(line.who, line.texts) for line in scene.lines] == [("R", ("Two",)), ("X", ("Three",))]


@pytest.mark.parametrize("line", ["R: an open [a|b", "an open {thing"])
def test_a_bad_line_is_named(line: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(line))):
        read(f"== key each\n{line}\n")


def test_the_core_is_large_and_has_no_twins() -> None:
    texts = [
        text
        for each in scenes().values()
        for scene in each
        for line in scene.lines
        for text in line.texts
    ]
    assert len(texts) > 1_300
    twins = [text for text, count in Counter(texts).items() if count > 1 and len(text) > 25]
    assert not twins


def test_every_kind_has_its_phrases() -> None:
    for kind in KINDS:
        for key, least in (("ask", 5), ("short", 5), ("bg", 5), ("done", 6)):
            assert len(scenes()[f"{key}.{kind}"]) >= least, f"{key}.{kind}"
        assert len(scenes()[f"reopen.{kind}"]) >= 2
        assert len(scenes()[f"forwarded.{kind}"]) >= 2


def test_every_voice_has_its_phrases() -> None:
    for requester in REQUESTERS:
        voice = requester.voice
        assert len(scenes()[f"open.{voice}"]) >= 6
        assert len(scenes()[f"close.{voice}"]) >= 4
        assert len(scenes()[f"chase.{voice}"]) >= 6
        assert len(scenes()[f"after.{voice}"]) >= 3


def test_something_always_fits() -> None:
    for key, each in scenes().items():
        assert any(not scene.flags for scene in each), key


def test_parts_name_nobody_and_scenes_name_everybody() -> None:
    whole = re.compile(
        "ack|back|answer|hold|chase|escalate|gift|start|progress|change|after|again|thanks|reopen"
    )
    for key, each in scenes().items():
        spoken = whole.match(key) or key == "pleased"
        for scene in each:
            for line in scene.lines:
                assert bool(line.who) == bool(spoken), f"{key}: {line.texts[0]}"


def test_every_line_can_be_filled_for_every_kind_of_ticket() -> None:
    dice = Dice(np.random.default_rng(3))
    tickets = draw_tickets(np.random.default_rng(2))
    for ticket in [*tickets[:6], *tickets[-6:]]:
        words = Words(ticket, dice)
        words.dated(ticket.day + 20, 700, 12)
        for each in scenes().values():
            for scene in each:
                for line in scene.lines:
                    for text in line.texts:
                        filled = text.format_map(words)
                        assert not set(filled) & set("{}[]|¶"), filled
                        assert "  " not in filled, filled


def test_decks_have_every_key_the_plot_asks_for() -> None:
    decks = Decks(scenes(), Dice(np.random.default_rng(1)))
    for name in ("background", "reviewers", "dates", "why"):
        assert f"back.{name}" in decks
        assert f"answer.{name}" in decks
