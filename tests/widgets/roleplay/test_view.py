"""The role-play without a browser: driven by messages, and read as a participant would."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from ipywidgets.widgets.widget import _instances

from course.answers import CourseError, Store
from course.models.lead import Kind
from course.models.lead.chat import draw, offers, over, play
from course.models.lead.chat_terms import Move, Party
from course.widgets import page
from course.widgets.lead import chat_content
from course.widgets.lead.chat_content import load
from course.widgets.lead.chat_reveal import reveal
from course.widgets.lead.chat_script import write
from course.widgets.lead.plays.lead import drama
from course.widgets.roleplay import RolePlay, show_roleplay
from course.widgets.roleplay.find import find
from course.widgets.roleplay.progress import Progress

CHAT = drama()
CONTENT = load()
CASTS = [cast["id"] for cast in CONTENT["casts"]]


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


def send(view: RolePlay, **message: Any) -> None:
    """Deliver what the front end would send."""
    view._handle_custom_msg(message, [])


def choose(view: RolePlay, number: int = 0) -> None:
    send(view, do="choose", turn=view.scene["turn"], number=number)


def to_the_end(view: RolePlay, number: int = 0) -> None:
    while view.scene["reveal"] is None:
        choose(view, number)


def plays(count: int) -> Iterator[tuple[str, Any, Any]]:
    for seed in range(count):
        dice, cast = random.Random(seed), CASTS[seed % len(CASTS)]
        moves: list[Move] = []
        while offered := offers(play(moves, seed).state):
            moves.append(dice.choice(offered))
        played = play(moves, seed)
        yield cast, played, write(CONTENT, played, cast)


# --- playing ---------------------------------------------------------------------------------


def test_a_choice_makes_the_chat_grow_and_offers_others(folder: Path) -> None:
    view = show_roleplay(folder=folder)
    first = view.scene
    chosen = first["choices"][1][1]
    choose(view, 1)
    assert view.scene["lines"][: len(first["lines"])] == first["lines"]
    assert view.scene["lines"][len(first["lines"])][1] == chosen
    assert view.scene["turn"] == 1
    assert 3 <= len(view.scene["choices"]) <= 5
    assert view.scene["choices"] != first["choices"]


@pytest.mark.parametrize(
    "message",
    [
        {"do": "choose", "turn": 3, "number": 0},  # a late click
        {"do": "choose", "turn": 0, "number": 9},
        {"do": "choose", "turn": 0, "number": True},
        {"do": "choose", "turn": 0, "number": "0"},
        {"do": "choose"},
        {"do": "new"},  # only after the end
        {"do": "what"},
        {},
    ],
)
def test_odd_messages_change_nothing(folder: Path, message: dict[str, Any]) -> None:
    view = show_roleplay(folder=folder)
    before = view.scene
    send(view, **message)
    view._handle_custom_msg("nonsense", [])
    assert view.scene == before
    assert not (folder / "answers.json").exists()


def test_the_end_reveals_who_they_were_and_what_each_choice_changed(folder: Path) -> None:
    view = show_roleplay(folder=folder)
    to_the_end(view)
    shown = view.scene["reveal"]
    assert view.scene["choices"] == []
    assert [card["good"] for card in shown["cards"]] == [
        person.willing for person in view.played.luck.people
    ]
    assert len(shown["rows"]) == len(view.played.steps)
    for series in shown["charts"][0]["series"]:
        assert len(series["values"]) == len(shown["rows"]) + 1
    assert all(row["why"] and row["chosen"] and row["head"] for row in shown["rows"])
    assert shown["title"].startswith(("Paid", "Bypassed", "Dead", "Dropped", "Still open"))


def test_nothing_hidden_is_in_the_browser_before_the_end(folder: Path) -> None:
    view = show_roleplay(folder=folder)
    while view.scene["reveal"] is None:
        sent = view.get_state()
        said = json.dumps(sent["scene"])
        assert str(view.progress.seed) not in said
        assert view.scene["compare"] is None
        for word in ('"willing"', '"seen"', '"kind"', "onditional", '"momentum"', '"moves"'):
            assert word not in said
        assert all(len(choice) == 2 for choice in view.scene["choices"])
        choose(view)


def test_a_replay_meets_the_same_deal_and_the_two_ends_stand_side_by_side(folder: Path) -> None:
    view = show_roleplay(folder=folder)
    opening, luck = view.scene["lines"], view.played.luck
    to_the_end(view, 0)
    assert view.scene["compare"] is None
    send(view, do="replay")
    assert view.scene["lines"] == opening
    assert view.scene["reveal"] is None
    assert view.played.luck == luck
    to_the_end(view, 1)
    shown = view.scene["compare"]
    assert len(shown["plays"]) == 2
    assert shown["plays"][0]["moves"] != shown["plays"][1]["moves"]
    assert [name for name, _ending in shown["others"]] == [
        "leading by the rule",
        "begging",
        "silence",
    ]


def test_a_new_deal_has_other_people(folder: Path) -> None:
    view = show_roleplay(folder=folder)
    to_the_end(view)
    group, luck = view.scene["stage"]["title"], view.played.luck
    send(view, do="new")
    assert view.scene["stage"]["title"] != group
    assert view.played.luck != luck
    assert view.scene["compare"] is None


def test_the_first_deal_is_one_in_which_conduct_matters() -> None:
    for base in range(30):
        people = draw(CHAT.seed(base, 0)).people
        assert all(person.willing for person in people)
        assert people[Party.VENDOR].kind == Kind.CONDITIONAL
    kinds = {draw(CHAT.seed(base, 1)).people[Party.VENDOR].kind for base in range(60)}
    assert kinds == set(Kind)


# --- keeping ---------------------------------------------------------------------------------


def test_a_play_survives_rerunning_and_reloading(folder: Path) -> None:
    view = show_roleplay(folder=folder)
    choose(view, 1)
    choose(view, 2)
    kept = view.scene
    again = show_roleplay(folder=folder)
    assert again is not view
    assert view.comm is None  # closed
    assert again.scene == kept
    to_the_end(again)
    send(again, do="replay")
    assert len(show_roleplay(folder=folder).progress.finished) == 1


@pytest.mark.parametrize(
    "stored",
    [
        7,
        {},
        {"schema": 2},
        {"schema": 1, "now": {"seed": 1, "cast": "nobody", "moves": []}, "finished": []},
        {"schema": 1, "now": {"seed": 1, "cast": "deli", "moves": ["drop"]}, "finished": []},
        {"schema": 1, "now": {"seed": 1, "cast": "deli", "moves": ["fly"]}, "finished": []},
        {"schema": 1, "now": {"seed": "1", "cast": "deli", "moves": []}, "finished": []},
        {"schema": 1, "now": {"seed": 1, "cast": ["x"], "moves": []}, "finished": []},
        {
            "schema": 1,
            "now": {"seed": 1, "cast": "deli", "moves": []},
            "finished": [{"seed": 1, "cast": "deli", "moves": ["lead"]}],
        },
    ],
)
def test_unreadable_progress_is_set_aside_and_said(folder: Path, stored: Any) -> None:
    Store(folder).put("roleplay_lead", stored)
    view = show_roleplay(folder=folder)
    assert "set_aside" in view.scene["problem"]
    assert view.scene["turn"] == 0
    choose(view)
    data = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    assert data["set_aside"][0]["entry"]["value"] == stored
    assert data["answers"]["roleplay_lead"]["value"]["now"]["moves"]


def test_progress_comes_back_as_it_was_written() -> None:
    progress = Progress(5, "deli", (Move.LEAD,), ((5, "deli", full(5)),))
    assert Progress.from_json(json.loads(json.dumps(progress.as_json())), CHAT) == progress


def full(seed: int) -> tuple[Move, ...]:
    moves: tuple[Move, ...] = ()
    while not over(play(moves, seed).state):
        moves = (*moves, offers(play(moves, seed).state)[0])
    return moves


def test_nothing_is_shown_while_a_notebook_is_graded(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert show_roleplay(folder=folder) is None


# --- words -----------------------------------------------------------------------------------


def test_an_unknown_role_play_is_named_with_those_there_are() -> None:
    with pytest.raises(CourseError, match=r"“chess”.*lead"):
        find("chess")


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
