"""What every role-play must keep to, whichever lesson it belongs to."""

import json
import random
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

import course.widgets
from course.widgets.roleplay.drama import Drama, Script
from course.widgets.roleplay.find import find

NAMES = sorted(path.stem for path in Path(course.widgets.__path__[0]).glob("*/plays/[!_]*.py"))
TOLD = {"note", "action", "day", "part"}


def scripts(drama: Drama[Any], seed: int) -> Iterator[tuple[Any, str, Script]]:
    """Yield a random play after each of its moves."""
    dice, moves = random.Random(seed), list[str]()
    cast = drama.casts[seed % len(drama.casts)]
    while True:
        play = drama.play(seed, moves)
        script = drama.script(play, cast)
        yield play, cast, script
        if drama.over(play):
            return
        moves.append(str(dice.choice(script.choices).move))


def test_the_lessons_role_plays_are_found() -> None:
    assert {"lead", "meeting"} <= set(NAMES)
    for name in NAMES:
        assert find(name).name == name


@pytest.mark.parametrize("name", NAMES)
def test_lines_only_grow_and_choices_are_three_to_five(name: str) -> None:
    drama = find(name)
    for seed in range(40):
        before: tuple[Any, ...] = ()
        chosen: tuple[str, ...] = ()
        for play, cast, script in scripts(drama, seed):
            assert script.lines[: len(before)] == before
            assert script.chosen[: len(chosen)] == chosen
            before, chosen = script.lines, script.chosen
            speakers = {speaker.id for speaker in drama.stage(play, cast).speakers}
            assert not speakers & TOLD
            assert {line.who for line in script.lines} <= speakers | TOLD
            if drama.over(play):
                assert script.choices == ()
            else:
                texts = {choice.text for choice in script.choices}
                assert 3 <= len(texts) == len(script.choices) <= 5
                assert script.prompt


@pytest.mark.parametrize("name", NAMES)
def test_the_debrief_is_whole(name: str) -> None:
    drama = find(name)
    for seed in range(40):
        *_, (play, cast, script) = scripts(drama, seed)
        told = drama.reveal(play, cast)
        json.dumps(asdict(told), allow_nan=False)
        assert [row.chosen for row in told.rows] == list(script.chosen)
        assert all(row.head and row.why for row in told.rows)
        for chart in told.charts:
            assert len(chart.parts) == len(told.rows)
            assert all(len(series.values) == len(told.rows) + 1 for series in chart.series)
        stage = drama.stage(play, cast)
        assert 0 <= stage.now < len(stage.steps)


@pytest.mark.parametrize("name", NAMES)
def test_equal_seeds_give_equal_words(name: str) -> None:
    drama = find(name)
    for seed in range(10):
        assert list(scripts(drama, seed)) == list(scripts(find(name), seed))


@pytest.mark.parametrize("name", NAMES)
def test_unknown_moves_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="fly"):
        find(name).play(1, ["fly"])


@pytest.mark.parametrize("name", NAMES)
def test_two_plays_of_a_case_can_be_compared(name: str) -> None:
    drama = find(name)
    plays = []
    for seed in (1, 2):
        moves: list[str] = []
        dice = random.Random(seed)
        while not drama.over(play := drama.play(7, moves)):
            script = drama.script(play, drama.casts[0])
            moves.append(str(dice.choice(script.choices).move))
        plays.append(play)
    compared = drama.compare(plays)
    assert compared is not None
    assert len(compared.plays) == 2
    assert all(len(run.moves) <= len(compared.parts) for run in compared.plays)
    assert all(name and ending for name, ending in compared.others)
