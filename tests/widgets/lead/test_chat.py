"""The words of the group chat: complete, varied, and told as the deal goes."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from course.answers import CourseError
from course.models.lead import Kind
from course.models.lead.chat import draw, offers, play
from course.models.lead.chat_terms import Move, Party
from course.widgets.lead import chat_content
from course.widgets.lead.chat_content import load
from course.widgets.lead.chat_reveal import reveal
from course.widgets.lead.chat_script import write
from course.widgets.lead.plays.lead import drama

CHAT = drama()
CONTENT = load()
CASTS = [cast["id"] for cast in CONTENT["casts"]]


def plays(count: int) -> Iterator[tuple[str, Any, Any]]:
    for seed in range(count):
        dice, cast = random.Random(seed), CASTS[seed % len(CASTS)]
        moves: list[Move] = []
        while offered := offers(play(moves, seed).state):
            moves.append(dice.choice(offered))
        played = play(moves, seed)
        yield cast, played, write(CONTENT, played, cast)


def test_the_first_deal_is_one_in_which_conduct_matters() -> None:
    for base in range(30):
        people = draw(CHAT.seed(base, 0)).people
        assert all(person.willing for person in people)
        assert people[Party.VENDOR].kind == Kind.CONDITIONAL
    kinds = {draw(CHAT.seed(base, 1)).people[Party.VENDOR].kind for base in range(60)}
    assert kinds == set(Kind)


def test_content_with_something_missing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The schema asks for every move in every mood; so what loads is complete."""
    content = json.loads(json.dumps(CONTENT))
    del content["replies"]["cop"]["evasive"]
    (tmp_path / "lead.json").write_text(json.dumps(content), encoding="utf-8")
    monkeypatch.setattr(chat_content, "_FILE", tmp_path / "lead.json")
    with pytest.raises(CourseError, match="evasive"):
        load()


def test_random_plays_read_whole_and_varied() -> None:
    lines: set[str] = set()
    sentences: set[str] = set()
    for cast, played, script in plays(500):
        told = reveal(CONTENT, played, cast, script.chosen)
        texts = [line.text for line in script.lines]
        for text in [*texts, json.dumps(asdict(told), ensure_ascii=False)]:
            assert not re.search(r"\{[a-z_]*\}", text), text
            assert "None" not in text
        for line in script.lines:
            assert line.text.strip() == line.text != ""
            assert line.text[0] not in "abcdefghijklmnopqrstuvwxyz", line.text
        for line in script.lines:
            if line.who in ("customer", "vendor", "broker"):
                lines.add(line.text)
                sentences |= set(re.split(r"(?<=[.!?]) ", line.text))
    assert len(sentences) > 1300
    assert len(lines) > 1000


def test_no_message_comes_twice_in_a_play_but_for_the_shortest_banks() -> None:
    repeated = total = 0
    for _cast, _played, script in plays(200):
        said = [line.text for line in script.lines if line.who in ("customer", "vendor")]
        total += len(said)
        repeated += len(said) - len(set(said))
    assert repeated / total < 0.01


def test_two_plays_of_a_deal_tell_different_stories() -> None:
    leading, silent = ([Move.LEAD, Move.CHASE, Move.LEAD], [Move.DRIFT, Move.SILENT, Move.SILENT])
    for seed in range(20):
        first = write(CONTENT, play(leading[:1], seed), "deli").lines
        other = write(CONTENT, play(silent[:1], seed), "deli").lines
        assert first != other
        same = [a for a, b in zip(first, other, strict=False) if a == b]
        assert len(same) >= 3  # the opening


def test_hand_written_texts_are_not_doubled() -> None:
    """Banks of one mood share no sentence with another's, or a mood could not be heard."""
    for move, moods in CONTENT["replies"].items():
        for side in ("customer", "vendor", "owner", "other"):
            said = [text for mood in moods.values() for text in mood.get(side, [])]
            assert len(said) == len(set(said)), (move, side)
