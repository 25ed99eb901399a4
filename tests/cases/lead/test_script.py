"""The scenes: how they are written, and that all of them can be played."""

import re
from datetime import date, datetime

import numpy as np
import pytest

from course.cases.decks import Decks
from course.cases.dice import Dice
from course.cases.lead.days import ahead, is_workday, say
from course.cases.lead.facts import static_facts
from course.cases.lead.script import read, scenes
from course.cases.lead.steps import ORDER, STEPS, choose_steps
from course.cases.lead.thread import Thread
from course.cases.lead.world import draw_deals


def dice(seed: int = 0) -> Dice:
    return Dice(np.random.default_rng(seed))


def test_reading() -> None:
    first, second, third = read(
        "# note\n== a.b near !late\nB: One {done}.\nC 1d: Two [x|y].\n\n"
        "V file: three.pdf\n== c each\nA 3h: Four.\n"
    )
    assert (first.key, first.flags, first.bars) == ("a.b", {"near", "done"}, {"late"})
    assert [(line.role, line.days) for line in first.lines] == [("B", 0), ("C", 1)]
    assert second.lines[0].type == "file"
    assert third.key == "c"
    assert third.lines[0].hours == 3


@pytest.mark.parametrize("line", ["X: who?", "B no colon", "B 3w: when?", "B: "])
def test_a_bad_line_is_named(line: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(line.strip()))):
        read(f"== key\n{line}\n")


def test_the_core_is_large_and_has_no_twins() -> None:
    lines = [line.text for each in scenes().values() for scene in each for line in scene.lines]
    assert len(lines) > 1_600
    long = [text for text in lines if len(text) > 30]
    assert len(set(long)) == len(long)
    for key in ORDER:
        assert len(scenes()[f"done.{key}"]) >= 8
        assert f"ask.{key}" in scenes()


def test_every_line_can_be_filled() -> None:
    deal = draw_deals(np.random.default_rng(2))[80]
    steps = [STEPS[key] for key in ORDER]
    thread = Thread(dice(), Decks(scenes(), dice()), static_facts(deal, dice()), steps, set())
    thread.advance()
    thread.now = datetime(2026, 4, 16, 10, 20)
    thread.promise(date(2026, 4, 21))
    thread.last_asked = date(2026, 4, 9)
    for each in scenes().values():
        for scene in each:
            for line in scene.lines:
                role = "C" if line.role == "A" else line.role
                text = thread.fill(line.text, role, plain=line.type == "file")
                assert not set(text) & set("{}|")


def test_days() -> None:
    assert not is_workday(date(2026, 2, 17))
    assert ahead(date(2026, 4, 3), 1) == date(2026, 4, 7)  # over Qingming
    now = datetime(2026, 5, 12, 9)  # a Tuesday
    spoken = {11: "yesterday", 12: "today", 13: "tomorrow", 15: "Friday", 19: "next Tuesday"}
    spoken |= {8: "last Friday", 28: "Thursday 28 May"}
    for day, words in spoken.items():
        assert say(now, date(2026, 5, day)) == words
    assert say(now, date(2026, 4, 14)) == "14 April"


@pytest.mark.parametrize("room", [2, 4, 7, 11])
def test_steps_keep_their_order_and_the_essential_ones(room: int) -> None:
    for seed in range(20):
        keys = [step.key for step in choose_steps(dice(seed), room)]
        assert [key for key in ORDER if key in keys] == keys
        assert {"call", "quote", "draft", "seal"} <= set(keys)
        assert "redline" in keys or "draft2" not in keys
