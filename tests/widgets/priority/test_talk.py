"""The role-play with an expert without a browser: played by messages, read as a learner would."""

import copy
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from ipywidgets.widgets.widget import _instances

from course.answers import CourseError
from course.models.priority.talk import draw, next_place, offers, over, play, start, step, value
from course.models.priority.talk_desk import ahead
from course.models.priority.talk_state import Fate, Happening, Play
from course.models.priority.talk_terms import RULES, TURNS, Kpi, Move, Temper
from course.widgets import page
from course.widgets.priority import talk_content
from course.widgets.priority.plays.expert import drama
from course.widgets.priority.talk_compare import MANNERS, compare, follow
from course.widgets.priority.talk_content import SCHEMA, load
from course.widgets.priority.talk_script import write
from course.widgets.roleplay import RolePlay, show_roleplay
from course.widgets.roleplay.content import read
from course.widgets.roleplay.drama import Script

TALK = drama()
CONTENT = load()


@pytest.fixture(autouse=True)
def nothing_leaks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(page, "_shown", {})
    before = set(_instances)
    yield
    for view in page._shown.values():
        page.close(view)
    assert not [type(_instances[key]).__name__ for key in set(_instances) - before]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    forms = {"schema": 1, "course": "c", "lesson": "l", "forms": []}
    (tmp_path / "forms.json").write_text(json.dumps(forms), encoding="utf-8")
    return tmp_path


def choose(view: RolePlay, number: int = 0) -> None:
    view._handle_custom_msg({"do": "choose", "turn": view.scene["turn"], "number": number}, [])


def to_the_end(view: RolePlay, number: int = 0) -> None:
    while view.scene["reveal"] is None:
        choose(view, number)


def at_random(seed: int) -> Play:
    dice, luck, moves = random.Random(seed), draw(seed), list[Move]()
    state = start(luck)
    while not over(state):
        moves.append(dice.choice(offers(state)))
        state, _events = step(state, moves[-1], luck)
    return play(moves, seed)


def plays(count: int) -> Iterator[tuple[str, Play, Script]]:
    """Random plays and whole manners, on all casts."""
    for seed in range(count):
        cast = TALK.casts[seed % len(TALK.casts)]
        kind = seed % (2 * len(MANNERS))
        played = follow(MANNERS[kind], seed) if kind < len(MANNERS) else at_random(seed)
        yield cast, played, write(CONTENT, played, cast)


# --- playing ---------------------------------------------------------------------------------


def test_it_is_found_by_its_name_and_played_to_the_end(folder: Path) -> None:
    view = show_roleplay("expert", folder=folder)
    while view.scene["reveal"] is None:
        assert 4 <= len(view.scene["choices"]) <= 5
        lines = view.scene["lines"]
        choose(view, view.scene["turn"] % 4)
        assert view.scene["lines"][: len(lines)] == lines
    shown = view.scene["reveal"]
    assert len(shown["rows"]) == len(TURNS) == view.scene["turn"]
    assert all(row["why"] and row["chosen"] and row["numbers"] for row in shown["rows"])
    assert [card["who"] for card in shown["cards"]] == ["expert", "leader", "desk"]
    for chart in shown["charts"]:
        assert all(len(series["values"]) == len(TURNS) + 1 for series in chart["series"])


def test_nothing_hidden_is_in_the_browser_before_the_end(folder: Path) -> None:
    view = show_roleplay("expert", folder=folder)
    while view.scene["reveal"] is None:
        sent = json.dumps(view.get_state()["scene"])
        assert str(view.progress.seed) not in sent
        assert view.scene["compare"] is None
        for word in ('"eye"', "patience", '"temper"', "yields", '"trust"', "stiffens", '"move'):
            assert word not in sent
        choose(view)


def test_a_replay_meets_the_same_expert_and_both_ends_stand_side_by_side(folder: Path) -> None:
    view = show_roleplay("expert", folder=folder)
    opening, luck = view.scene["lines"], view.played.luck
    to_the_end(view, 0)
    view._handle_custom_msg({"do": "replay"}, [])
    assert view.scene["lines"] == opening
    assert view.played.luck == luck
    to_the_end(view, 1)
    assert len(view.scene["compare"]["plays"]) == 2
    assert len(view.scene["compare"]["others"]) == len(MANNERS) + 1


def test_another_expert_is_of_another_cast(folder: Path) -> None:
    view = show_roleplay("expert", folder=folder)
    to_the_end(view)
    title, luck = view.scene["stage"]["title"], view.played.luck
    view._handle_custom_msg({"do": "new"}, [])
    assert view.scene["stage"]["title"] != title
    assert view.played.luck != luck


def test_the_first_expert_is_one_with_whom_manner_matters() -> None:
    for base in range(12):
        seed = TALK.seed(base, 0)
        anger, bare, _gifts, record = (follow(manner, seed).state for manner in MANNERS)
        assert draw(seed).expert.temper is Temper.YIELDS
        assert draw(seed).expert.kpi is not Kpi.WINS
        assert anger.fates[0] is Fate.ON_TIME
        assert max(value(anger), value(bare)) < 0.5 <= value(record) - 0.3
    tempers = {draw(TALK.seed(base, 1)).expert.temper for base in range(40)}
    assert tempers == set(Temper)


def test_the_manner_to_learn_beats_anger_in_what_the_comparison_shows() -> None:
    seed = TALK.seed(3, 0)
    shown = compare([follow(MANNERS[0], seed)])
    endings = dict(shown.others)
    assert "in time" in endings["anger all the way"].split(",")[0]
    assert endings["explain, record, give credit"].count("in time") >= 2
    assert (
        f"place {next_place(follow(MANNERS[0], seed).state, draw(seed))}"
        in (endings["anger all the way"])
    )


def test_odd_names_of_moves_are_refused() -> None:
    with pytest.raises(ValueError, match="fly"):
        TALK.play(1, ["fly"])
    with pytest.raises(ValueError, match="expected one of"):
        TALK.play(1, ["trade"])


# --- words -----------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["replies", "angry", "topics", "desk", "endings"])
def test_content_with_something_missing_is_refused(tmp_path: Path, part: str) -> None:
    content: dict[str, Any] = copy.deepcopy(dict(CONTENT))
    content[part].popitem()
    path = tmp_path / "expert.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(CourseError, match="must contain"):
        read(path, SCHEMA)


def test_many_plays_read_whole_and_varied() -> None:
    lines, sentences, told = set[str](), set[str](), set[str]()
    for cast, played, script in plays(400):
        reveal = TALK.reveal(played, cast)
        for text in [*(line.text for line in script.lines), json.dumps(asdict(reveal))]:
            assert not re.search(r"\{[a-z_]*\}", text), text
            assert not re.search(r"\bNone\b(?! of| taken)", text), text
        for line in script.lines:
            assert line.text.strip() == line.text != ""
            assert line.text[0] not in "abcdefghijklmnopqrstuvwxyz", line.text
            assert "  " not in line.text
            if line.who not in ("day", "part"):
                lines.add(line.text)
                sentences |= set(re.split(r"(?<=[.!?]) ", line.text))
        told |= {row.why for row in reveal.rows}
    assert len(lines) > 1700
    assert len(sentences) > 2200
    assert len(told) > 100


def test_nothing_is_said_twice_in_a_play_while_there_is_another() -> None:
    total = repeated = 0
    for _cast, _played, script in plays(240):
        said = [line.text for line in script.lines if line.who not in ("day", "part")]
        total += len(said)
        repeated += len(said) - len(set(said))
    assert repeated / total < 0.003


def test_the_lines_of_the_first_turns_do_not_depend_on_later_moves() -> None:
    for seed in range(12):
        played = at_random(seed)
        moves = [one.move for one in played.steps]
        whole = write(CONTENT, played, "ward").lines
        for count in range(len(moves)):
            part = write(CONTENT, play(moves[:count], seed), "ward").lines
            assert whole[: len(part)] == part


def test_days_only_go_forward() -> None:
    months = {"March": 31, "April": 0}
    for _cast, _played, script in plays(60):
        days = [line.text.split() for line in script.lines if line.who == "day"]
        dates = [int(day) + (31 if month == "April" else 0) for _name, day, month in days]
        assert dates == sorted(dates)
        assert {month for _name, _day, month in days} <= set(months)


def test_neither_place_nor_length_gives_the_better_choice_away() -> None:
    better = {Move.EXPLAIN, Move.DECIDE, Move.FIX, Move.CREDIT, Move.MINUTES, Move.TRADE}
    first, longest, count = 0, 0, 0
    for seed in range(80):
        played, cast = at_random(seed), TALK.casts[seed % len(TALK.casts)]
        moves = [one.move for one in played.steps]
        for turn in range(len(moves)):
            offered = write(CONTENT, play(moves[:turn], seed), cast).choices
            if better & {Move(choice.move) for choice in offered}:
                count += 1
                first += offered[0].move in better
                longest += max(offered, key=lambda choice: len(choice.text)).move in better
    assert first / count < 0.45
    assert longest / count < 0.75


def test_the_expert_tells_what_really_lies_on_the_desk() -> None:
    told = 0
    for seed in range(60):
        luck, moves = draw(seed), [Move.EXPLAIN, Move.LOOK]
        played = play(moves, seed)
        before = played.steps[1].before
        script = write(CONTENT, played, "pumps")
        answers = " ".join(line.text for line in script.lines if line.who == "expert").lower()
        first = ahead(before, TURNS[1].half, luck, RULES)
        others = talk_content.cast_of(CONTENT, "pumps")["others"]
        for place in first if len(first) <= 3 else ():
            assert others[luck.others[place].who]["who"].lower() in answers
            told += 1
    assert told > 30


def test_points_follow_what_the_expert_has_told() -> None:
    for seed in range(40):
        for asks in (True, False):
            luck, moves = draw(seed), list[Move]()
            state = start(luck)
            while TURNS[state.turn].topic != "bid":
                now = offers(state)
                asking = asks and Move.LOOK in now
                moves.append(Move.LOOK if asking else next(m for m in now if m is not Move.LOOK))
                state, _events = step(state, moves[-1], luck)
            script = write(CONTENT, play(moves, seed), "paint")
            text = next(c.text for c in script.choices if c.move is Move.POINTS)
            told = {
                "hours": "order",
                "assets": "librar|template|master|reusable",
                "wins": "win|won",
            }
            kpi = luck.expert.kpi.value if asks else "wins"
            assert re.search(told[kpi], text), (kpi, text)


def test_anger_sounds_like_the_temper_and_later_like_nobody_listens() -> None:
    bank = CONTENT["angry"]["shout"]
    for seed in range(60):
        played = play([Move.SHOUT], seed)
        script = write(CONTENT, played, "ward")
        answer = next(line.text for line in script.lines if line.who == "expert")
        temper = played.luck.expert.temper
        plain = {text.split("{")[0][:12] for text in bank[temper]}
        assert any(answer.startswith(start) for start in plain), (temper, answer)


def test_happenings_are_told() -> None:
    seen = Counter[Happening]()
    for _cast, played, script in plays(240):
        text = " ".join(line.text for line in script.lines)
        assert text
        seen.update({event.what for one in played.steps for event in one.events})
    assert set(seen) == set(Happening)


def test_no_sentence_stands_in_two_banks_of_answers() -> None:
    for name in ("replies", "angry"):
        for move, banks in CONTENT[name].items():
            said = [text for bank in banks.values() for text in bank]
            assert len(said) == len(set(said)), move
