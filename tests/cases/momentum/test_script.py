"""The phrases: how they are written, and that all of them can be played."""

import re

import numpy as np
import pytest

from course.cases.decks import Decks
from course.cases.dice import Dice
from course.cases.momentum import generate
from course.cases.momentum.log import STAGES, Log, Task
from course.cases.momentum.script import CUSTOMER_SIDE, read, scenes
from course.cases.momentum.words import Words
from course.cases.momentum.world import draw_opportunities


def dice(seed: int = 0) -> Dice:
    return Dice(np.random.default_rng(seed))


def test_reading() -> None:
    first, second, third = read(
        "# note\n== a.b late\nS: One {site}. {due} it is.\nC mail >: Two [x|y].\n\n"
        "F ?friend: three¶{c}\n== c each\nE note: Four.\n"
    )
    assert first.key == "a.b"
    assert first.flags == {"late"}
    assert first.lines[0].texts == ("One {site}. {^due} it is.",)
    assert [(line.who, line.channel, line.task) for line in first.lines] == [
        ("S", "chat", False),
        ("C", "mail", True),
    ]
    assert first.lines[1].texts == ("Two x.", "Two y.")
    assert second.flags == {"late", "friend"}
    assert second.lines[0].texts == ("three\n{^c}",)
    assert (third.key, third.lines[0].channel) == ("c", "note")


@pytest.mark.parametrize("line", ["X: who?", "S no colon", "S fax: what?", "S: ", "C ?: flag?"])
def test_a_bad_line_is_named(line: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(line.strip()))):
        read(f"== key\n{line}\n")


def test_the_core_is_large_and_has_no_twins() -> None:
    lines = [line for each in scenes().values() for scene in each for line in scene.lines]
    assert len(lines) > 1_300
    long = [text for line in lines for text in line.texts if len(text) > 25]
    assert len(set(long)) == len(long)


def test_every_situation_of_every_step_is_written() -> None:
    for step in STAGES[1:]:
        for kind, least in (("draft", 8), ("edit", 8), ("promise", 8), ("done", 8)):
            assert len(scenes()[f"{kind}.{step}"]) >= least
        assert step == "signed" or f"heard.{step}" in scenes()


def test_scenes_without_flags_are_there_for_every_occasion() -> None:
    for key, each in scenes().items():
        if key != "greet":  # its flags are the festivals
            assert sum(not scene.flags for scene in each) >= 4, key


def test_every_line_can_be_filled() -> None:
    for seed, opportunity in enumerate(draw_opportunities(np.random.default_rng(2))[:16]):
        words = Words(opportunity, seed / 16)
        words.update(paper="brief", step="boss")
        words.dated(opportunity.start, opportunity.start + 3, opportunity.start - 4)
        for each in scenes().values():
            for scene in each:
                for line in scene.lines:
                    for text in line.texts:
                        assert not set(text.format_map(words)) & set("{}|¶")


def test_tasks_are_taken_by_the_side_that_the_plot_gives_them_to() -> None:
    sellers = ("wait.send",)
    for key, each in scenes().items():
        for scene in each:
            for line in scene.lines:
                if line.task:
                    assert (line.who in CUSTOMER_SIDE) == (key not in sellers), key


def test_every_scene_is_played_somewhere() -> None:
    # A scene is known by the words before its first placeholder, where it has enough of them.
    heads = {
        key: {scene.lines[0].texts[0].split("{")[0] for scene in each}
        for key, each in scenes().items()
    }
    played: dict[str, str] = dict.fromkeys(heads, "")
    for seed in range(6):
        for situation, texts in generate(seed).truth["events"].groupby("situation")["text"]:
            played[str(situation)] += "".join(f"\n^{text}" for text in texts)
    for key, starts in heads.items():
        told = [start for start in starts if len(start) > 12]
        missing = [start for start in told if f"^{start}" not in played[key]]
        assert len(missing) <= 0.1 * len(told), f"{key}: {missing}"


def test_what_follows_a_task_is_left_out_where_the_customer_acts_alone() -> None:
    opportunity = draw_opportunities(np.random.default_rng(3))[0]
    for seed in range(30):
        log = Log(opportunity, dice(seed), Decks(scenes(), dice(seed)))
        log.at(opportunity.start + 7, 10)
        log.play("promise.boss", Task(True, log.day + 1, log.day + 1), alone=True)
        assert log.entries[-1].owner == "customer"
        assert log.entries[-1].side == "customer"
