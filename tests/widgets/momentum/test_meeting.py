"""The meeting after "we are satisfied", read as somebody who takes part would read it."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from course.answers import CourseError
from course.models.momentum.meeting import draw, follow, offers, play
from course.models.momentum.meeting_state import Play
from course.models.momentum.meeting_terms import EFFECTS, TURNS, Ending, Money, Move, Reply
from course.widgets.momentum.meeting import content as meeting_content
from course.widgets.momentum.meeting.content import cast_of, load
from course.widgets.momentum.meeting.manners import THROTTLE, WAITING
from course.widgets.momentum.plays.meeting import drama
from course.widgets.roleplay.drama import Script

MEETING = drama()
CONTENT = MEETING.content
HELPS = {move for move, effect in EFFECTS.items() if effect.asks} | {Move.MONEY, Move.PATH}


@cache
def plays(count: int) -> tuple[tuple[str, Play, Script], ...]:
    return tuple(_plays(count))


def _plays(count: int) -> Iterator[tuple[str, Play, Script]]:
    for seed in range(count):
        dice, cast = random.Random(seed), MEETING.casts[seed % len(MEETING.casts)]
        moves: list[Move] = []
        played = play((), seed)
        while offered := offers(played.state, played.luck):
            # Half of the players mean well, or few plays would see a good end.
            good = [move for move in offered if move in HELPS]
            moves.append(dice.choice(good if good and seed % 2 else list(offered)))
            played = play(moves, seed)
        yield cast, played, MEETING.script(played, cast)


def test_random_plays_read_whole_and_varied() -> None:
    lines: set[str] = set()
    sentences: set[str] = set()
    for cast, played, script in plays(500):
        told = json.dumps(asdict(MEETING.reveal(played, cast)), ensure_ascii=False)
        for text in [*(line.text for line in script.lines), told]:
            assert not re.search(r"\{[a-z_]*\}", text), text
            assert "None" not in text
            assert "  " not in text
        for line in script.lines:
            assert line.text.strip() == line.text != ""
            assert not line.text[0].islower(), line.text
            if line.who in ("contact", "boss", "me"):
                lines.add(line.text)
                sentences |= set(re.split(r"(?<=[.!?]) ", line.text))
    assert {played.state.ending for _cast, played, _script in plays(500)} >= {
        ending for ending in Ending if ending is not Ending.OPEN
    }
    assert len(lines) > 900
    assert len(sentences) > 1200


def test_hardly_anything_is_said_twice_in_a_play() -> None:
    repeated = total = 0
    for _cast, _played, script in plays(300):
        said = [line.text for line in script.lines if line.who in ("contact", "boss", "me")]
        total += len(said)
        repeated += len(said) - len(set(said))
    assert repeated / total < 0.01


def test_names_of_deciders_and_the_purse_are_heard_only_by_those_who_ask() -> None:
    for cast, played, script in plays(300):
        words = {k: text.casefold() for k, text in cast_of(CONTENT, cast)["words"].items()}
        said = "\n".join(line.text for line in script.lines).casefold()
        known = played.state.path_known
        assert (words["meeting"] in said) == known
        assert known or (words["fin"] not in said and words["doubter"] not in said)
        funded = played.state.ending in (Ending.FUNDED, Ending.PLANNED)
        if not (played.state.money_known or funded):
            assert words["adjust"] not in said
            assert words["plan"] not in said


def test_a_stall_in_the_room_is_the_sentence_of_the_talk() -> None:
    """Whoever does not ask for the money hears of studying before leaving the room."""
    for seed in range(60):
        script = MEETING.script(play([Move.CELEBRATE], seed), MEETING.casts[seed % 3])
        last = [line.text for line in script.lines if line.who in ("boss", "contact")][-2:]
        assert re.search("study", " ".join(last)), last


def test_an_answer_of_one_worth_is_never_an_answer_of_another() -> None:
    kinds = {"stall": "stall", "continuation": "kind"}
    said: dict[str, set[str]] = {"stall": set(), "kind": set(), "more": set()}
    for by_reply in CONTENT["replies"].values():
        for reply, faces in by_reply.items():
            said[kinds.get(reply, "more")] |= texts(faces)
    said["stall"] |= texts(CONTENT["stalls"])
    assert not said["stall"] & said["kind"]
    assert not said["more"] & (said["stall"] | said["kind"])


def texts(part: Any) -> set[str]:
    """All texts in nested banks."""
    if isinstance(part, str):
        return {part}
    return {
        text for each in (part.values() if isinstance(part, dict) else part) for text in texts(each)
    }


def test_the_choice_that_helps_is_neither_always_first_nor_always_longest() -> None:
    first = longest = count = 0
    for cast, played, _script in plays(200):
        for turn in range(len(played.taken)):
            before = play([taken.move for taken in played.taken[:turn]], played.seed)
            choices = MEETING.script(before, cast).choices
            helping = {choice.text for choice in choices if choice.move in HELPS}
            if 0 < len(helping) < len(choices):
                count += 1
                first += choices[0].text in helping
                longest += max(choices, key=lambda each: len(each.text)).text in helping
    assert 0.3 < first / count < 0.7
    assert 0.2 < longest / count < 0.8


def test_the_first_case_shows_a_red_light_and_what_conduct_does() -> None:
    for base in range(15):
        seed = MEETING.seed(base, 0)
        assert draw(seed).money is Money.THIS_YEAR
        assert play([Move.MONEY], seed).taken[0].events[0].reply is Reply.STALL
        assert follow(THROTTLE, seed).state.ending is Ending.FUNDED
        assert follow(WAITING, seed).state.ending is Ending.STALLED
    later = {draw(MEETING.seed(base, 1)).money for base in range(60)}
    assert later == set(Money)


def test_no_move_fails_without_a_word() -> None:
    """The debrief says of every choice what it did."""
    told = CONTENT["reveal"]["moves"]
    assert set(told) == set(Move)
    for cast, played, _script in plays(60):
        for taken, row in zip(played.taken, MEETING.reveal(played, cast).rows, strict=True):
            assert told[taken.move] in row.why


def test_every_topic_offers_something_that_helps() -> None:
    for turn in TURNS:
        assert HELPS & set(turn.moves)


def test_content_with_something_missing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The schema asks for every move in every turn; so what loads is complete."""
    content: dict[str, Any] = json.loads(json.dumps(CONTENT))
    del content["messages"]["smaller"]["split"]
    (tmp_path / "meeting.json").write_text(json.dumps(content), encoding="utf-8")
    monkeypatch.setattr(meeting_content, "_FILE", tmp_path / "meeting.json")
    with pytest.raises(CourseError, match="split"):
        load()
