"""The phrases: how they are written, that they can be filled, and that they are many."""

import re
from collections import Counter

import numpy as np
import pytest

from course.cases.dice import Dice
from course.cases.homework.claims import MATTERS
from course.cases.homework.fields import FIELDS
from course.cases.homework.people import CHARACTERS
from course.cases.homework.script import phrases, read
from course.cases.homework.words import Words, spoken_hours
from course.cases.homework.world import draw_requests


def test_reading() -> None:
    first, second = read("# note\n== ask.x each\nOne [a|b]. {v} it is.\n{c} said so.\n")
    assert first.key == "ask.x"
    assert first.texts == ("One a. {^v} it is.", "One b. {^v} it is.")
    assert second.texts == ("{^c} said so.",)


@pytest.mark.parametrize("line", ["an open [a|b", "an open {thing"])
def test_a_bad_line_is_named(line: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(line))):
        read(f"== key each\n{line}\n")


def test_the_core_is_large_and_has_no_twins() -> None:
    texts = [text for each in phrases().values() for phrase in each for text in phrase.texts]
    assert len(texts) > 1_000
    assert not [text for text, count in Counter(texts).items() if count > 1]


def test_every_situation_has_its_phrases() -> None:
    least = {
        **{f"{key}.{voice}": 10 for voice in CHARACTERS for key in ("open", "close")},
        **{f"bluff.{voice}": 5 for voice in CHARACTERS},
        **{f"vague.{voice}": 8 for voice in CHARACTERS},
        **{f"field.{name}": 15 for name in FIELDS},
        **{f"field.{name}.clear": 4 for name in FIELDS},
        **{f"specific.{name}": 7 for name in FIELDS},
        **{f"leaders.{name}": 4 for name in FIELDS},
        **{f"claim.{matter}": 20 for matter in MATTERS},
        **{f"alarm.{matter}": 10 for matter in MATTERS},
        **{f"report.{matter}": 8 for matter in MATTERS},
        **{f"check.{matter}.{truth}": 4 for matter in MATTERS for truth in ("true", "false")},
    }
    for key, count in least.items():
        assert len(phrases()[key]) >= count, key


def test_where_nobody_was_named_the_task_can_say_for_whom_it_is() -> None:
    for key, each in phrases().items():
        if key.startswith("ask."):
            assert sum(bool(re.search(r"\{\^?[cC]\}", one.texts[0])) for one in each) >= 3, key


def test_every_line_can_be_filled_for_every_kind_of_customer() -> None:
    requests = draw_requests(np.random.default_rng(2))
    for request in requests[:8]:
        words = Words(request, Dice(np.random.default_rng(3)))
        for each in phrases().values():
            for phrase in each:
                for text in phrase.texts:
                    filled = text.format_map(words.anew(v="this", w="that", hours=9.0))
                    assert not set(filled) & set("{}[]|¶"), filled
                    assert "  " not in filled, filled
                    assert filled[0].upper() == filled[0], filled


@pytest.mark.parametrize(
    ("hours", "said"), [(2, "two hours"), (6, "six hours"), (8, "a day"), (16, "two days")]
)
def test_hours_are_said_as_people_do(hours: float, said: str) -> None:
    assert spoken_hours(hours) == said
