"""The role-play without a browser: driven by messages, and read as a participant would."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ipywidgets.widgets.widget import _instances

from course.answers import CourseError, Store
from course.models.lead.chat import offers, over, play
from course.models.lead.chat_terms import Move
from course.widgets import page
from course.widgets.lead.plays.lead import drama
from course.widgets.roleplay import RolePlay, show_roleplay
from course.widgets.roleplay.find import find
from course.widgets.roleplay.progress import Progress

CHAT = drama()


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


def test_plays_of_earlier_versions_are_taken_up(folder: Path) -> None:
    finished = {"seed": 7, "cast": "hengyuan", "moves": [str(move) for move in full(7)]}
    now = {"seed": 1742, "cast": "deli", "moves": ["lead", "chase"]}
    Store(folder).put("roleplay_lead", {"schema": 1, "now": now, "finished": [finished]})
    view = show_roleplay(folder=folder)
    assert view.scene["problem"] == ""
    assert view.scene["turn"] == 2
    assert len(view.progress.finished) == 1


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
