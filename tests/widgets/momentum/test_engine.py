"""The engine without a browser: what the buttons do, what is shown, and what is kept back."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from course.models.momentum import FULL_RPM, Move, Outcome, Params, by_hand
from course.models.momentum.by_hand import play
from course.models.momentum.week import Draws, draw
from course.widgets.momentum import behind, show_engine
from course.widgets.momentum.cast import customer
from course.widgets.momentum.engine import MOVES, Engine, Progress
from course.widgets.page import close

NOTHING: frozenset[Move] = frozenset()


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = Engine()
    yield engine
    close(engine)


def send(engine: Engine, **message: Any) -> None:
    """Do what the front end does."""
    engine._on_message(engine, message, [])


def pull(engine: Engine, strength: int = 8) -> None:
    send(engine, do="pull", strength=strength)


def let_pass(engine: Engine, *moves: Move) -> None:
    for move in moves:
        send(engine, do="move", week=engine.scene["week"], move=move.value)
    send(engine, do="week", week=engine.scene["week"])


def open_moves(engine: Engine) -> set[str]:
    return {move for move, _name, _help, state in engine.scene["moves"] if state == "open"}


def play_through(engine: Engine, *moves: Move) -> None:
    while engine.scene["phase"] == "going":
        wanted = [move for move in moves if move.value in open_moves(engine)]
        if Move.DRAFT in wanted and Move.EDITS in moves:
            wanted.append(Move.EDITS)
        let_pass(engine, *wanted)


# --- the law on the page -----------------------------------------------------------------------


def test_the_figures_are_the_models(engine: Engine) -> None:
    pull(engine)
    let_pass(engine)
    let_pass(engine, Move.DRAFT, Move.EDITS)
    send(engine, do="move", week=2, move="probe")
    made = [NOTHING, frozenset({Move.DRAFT, Move.EDITS}), frozenset({Move.PROBE})]
    rng = np.random.default_rng(customer(0).seed)
    course = play(Params(), made, rng=rng, satisfaction=8)
    scene = engine.scene
    assert scene["past"] == [round(rpm, 1) for rpm in course.rpm]
    assert scene["ahead"] == list(course.ahead)
    assert scene["fuel"] == round(course.investment[-1], 3)
    assert scene["load"] == [round(course.effort, 1), course.alone]
    assert scene["full"] == FULL_RPM
    assert scene["hours"] == round(course.hours, 1)
    assert [done for _name, done in scene["steps"]] == [i < course.step[-1] for i in range(6)]


def test_a_cold_engine_stands_still_and_the_cord_starts_it(engine: Engine) -> None:
    assert engine.scene["phase"] == "ready"
    assert engine.scene["ahead"] == [0.0]
    assert open_moves(engine) == set()
    pull(engine)
    assert engine.scene["phase"] == "going"
    assert engine.scene["ahead"][0] > 1000
    assert engine.scene["ahead"][0] > engine.scene["ahead"][-1]
    assert open_moves(engine) == {"probe", "draft", "paper", "letter", "pilot"}


def test_a_draft_lightens_the_load_and_lifts_the_needle_at_once(engine: Engine) -> None:
    pull(engine)
    before = engine.scene
    send(engine, do="move", week=0, move="draft")
    assert engine.scene["load"][0] < before["load"][0]
    assert engine.scene["ahead"][0] > before["ahead"][0]
    assert "edits" in open_moves(engine)
    assert "draft" not in open_moves(engine)


def test_a_stronger_pull_lifts_the_start_and_is_the_learners_choice(engine: Engine) -> None:
    starts = []
    for strength in (6, 8, 10):
        pull(engine, strength)
        assert engine.scene["liking"] == strength
        starts.append(engine.scene["ahead"][0])
        send(engine, do="replay")
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    "message",
    [
        "pull",
        None,
        {},
        {"do": "dance"},
        {"do": "pull", "strength": 9},
        {"do": "pull", "strength": "8"},
        {"do": "pull", "strength": True},
        {"do": "move", "week": 0, "move": "draft"},
        {"do": "week", "week": 0},
        {"do": "stop"},
        {"do": "new"},
    ],
)
def test_before_the_pull_nothing_else_does_anything(engine: Engine, message: Any) -> None:
    engine._on_message(engine, message, [])
    assert engine.progress.made == ()
    assert engine.scene["phase"] == "ready"


@pytest.mark.parametrize(
    "message",
    [
        {"do": "pull", "strength": 10},
        {"do": "move", "week": 1, "move": "draft"},
        {"do": "move", "week": 0, "move": "big_ask"},
        {"do": "move", "week": 0, "move": ["draft"]},
        {"do": "move", "week": 0, "move": "edits"},
        {"do": "week", "week": 7},
        {"do": "week"},
        {"do": "new"},
    ],
)
def test_late_and_odd_messages_change_nothing_but_are_answered(
    engine: Engine, message: Any
) -> None:
    pull(engine)
    progress, heard = engine.progress, engine.scene["heard"]
    engine._on_message(engine, message, [])
    assert engine.progress == progress
    assert engine.scene["heard"] == heard + 1


# --- hidden things -----------------------------------------------------------------------------


def scenes(monkeypatch: pytest.MonkeyPatch, weeks: int, **hidden: Any) -> list[str]:
    """Return what is sent while a customer is played whose hidden side is as given."""

    def other(params: Params, n: int, rng: np.random.Generator) -> Draws:
        return replace(draw(params, n, rng), **hidden)

    monkeypatch.setattr(by_hand, "draw", other)
    engine = Engine()
    sent = [json.dumps(engine.scene)]
    pull(engine)
    for _week in range(weeks):
        let_pass(engine, Move.DRAFT, Move.EDITS)
        sent.append(json.dumps(engine.scene))
    close(engine)
    return sent


def test_nothing_shown_depends_on_money_before_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    few = {"step": np.full((26, 1), 0.99)}  # no step is ever taken
    rich = scenes(monkeypatch, 6, lands=np.array([True]), **few)
    assert rich == scenes(monkeypatch, 6, lands=np.array([False]), **few)


def test_nothing_shown_depends_on_the_luck_of_weeks_to_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = {name: np.full((26, 1), 0.9) for name in ("step", "edit", "letter", "pilot")}
    late = {name: luck.copy() for name, luck in first.items()}
    for luck in late.values():
        luck[4:] = 0.01
    seen, other = scenes(monkeypatch, 5, **first), scenes(monkeypatch, 5, **late)
    assert seen[:5] == other[:5]
    assert seen[5] != other[5]


def test_no_hidden_number_and_no_seed_travels_before_the_end(engine: Engine) -> None:
    pull(engine)
    for _week in range(3):
        let_pass(engine, Move.DRAFT)
        sent = json.dumps(engine.get_state(), default=str)
        assert engine.scene["behind"] is None
        assert f"{engine.course.own_drive:.3f}" not in sent
        assert '"seed"' not in sent
        assert not {"lands", "own_drive", "clock", "progress"} & set(engine.get_state())


def test_whoever_asks_is_told_whether_there_is_money() -> None:
    for number, lands in ((0, True), (2, False)):
        engine = Engine(Progress(number=number))
        pull(engine)
        assert not any(kind == "told" for _week, kind, _text in engine.scene["diary"])
        send(engine, do="move", week=0, move="probe")
        (told,) = (text for _week, kind, text in engine.scene["diary"] if kind == "told")
        assert ("Not this year" in told) == (not lands)
        assert bool(open_moves(engine)) == lands
        close(engine)


# --- the end -----------------------------------------------------------------------------------


def test_at_the_end_the_hidden_side_is_shown_with_what_could_have_been(engine: Engine) -> None:
    pull(engine)
    play_through(engine, Move.DRAFT, Move.EDITS)
    assert engine.course.outcome is Outcome.SIGNED
    shown = engine.scene["behind"]
    assert shown["won"]
    assert f"{engine.course.week} weeks" in shown["title"]
    assert shown["hidden"][0] == "Money for it this year: yes."
    assert "drive" in shown["hidden"][1]
    others = {name: (end, hours) for name, end, hours in shown["others"]}
    assert others["You draft, and they edit"] == tuple(shown["plays"][0][1:])
    assert others["You celebrate and wait"] == ("money gone in week 15", "0 h")


def test_letting_go_ends_the_play_and_shows_what_was_hidden(engine: Engine) -> None:
    pull(engine)
    let_pass(engine)
    send(engine, do="stop")
    assert engine.scene["phase"] == "over"
    assert not engine.scene["behind"]["won"]
    assert engine.scene["behind"]["title"] == "You let it go in week 1"
    assert engine.scene["behind"]["plays"] == [["Play 1", "given up in week 1", "0 h"]]
    assert open_moves(engine) == set()
    week = engine.scene["week"]
    let_pass(engine)
    assert engine.scene["week"] == week


def test_half_a_year_is_the_end_for_whoever_only_waits() -> None:
    engine = Engine(params=Params(elsewhere=0, base=-60))
    pull(engine)
    play_through(engine)
    assert engine.scene["week"] == 26
    assert engine.scene["behind"]["title"] == "Half a year, and no signature"
    assert engine.scene["behind"]["plays"][0][1] == "stalled, nothing signed"
    close(engine)


def test_every_ending_has_its_words() -> None:
    said = {
        behind.ending(Outcome.SIGNED, 9, Params(), rpm=0),
        behind.ending(Outcome.LOST, 9, Params(), rpm=0),
        behind.ending(Outcome.OPEN, 9, Params(), rpm=0),
        behind.ending(Outcome.OPEN, 26, Params(), rpm=499),
        behind.ending(Outcome.OPEN, 26, Params(), rpm=500),
    }
    assert len(said) == 5


def test_the_same_customer_comes_back_with_the_same_luck(engine: Engine) -> None:
    pull(engine)
    play_through(engine, Move.DRAFT, Move.EDITS)
    before = engine.scene
    send(engine, do="replay")
    assert engine.scene["phase"] == "ready"
    assert engine.scene["play"] == before["play"] + 1
    pull(engine)
    play_through(engine, Move.DRAFT, Move.EDITS)
    assert engine.scene["past"] == before["past"]
    assert engine.scene["diary"] == before["diary"]
    first, second = engine.scene["behind"]["plays"]
    assert first[1:] == second[1:]


def test_a_play_that_was_broken_off_is_not_counted(engine: Engine) -> None:
    pull(engine)
    let_pass(engine)
    send(engine, do="replay")
    assert engine.progress.earlier == ()


def test_the_last_play_stays_in_sight_even_if_it_was_broken_off(engine: Engine) -> None:
    pull(engine, 6)
    let_pass(engine)
    let_pass(engine)
    past = engine.scene["past"]
    assert engine.scene["before"] == []
    send(engine, do="replay")
    assert engine.scene["before"] == past
    send(engine, do="replay")
    pull(engine, 10)
    assert engine.scene["before"] == past
    let_pass(engine)
    assert engine.scene["past"][0] > past[0]
    send(engine, do="stop")
    send(engine, do="new")
    assert engine.scene["before"] == []


def test_another_customer_is_another_one(engine: Engine) -> None:
    name = engine.scene["customer"]
    pull(engine, 10)
    send(engine, do="stop")
    send(engine, do="new")
    assert engine.scene["customer"] != name
    assert engine.scene["phase"] == "ready"
    assert engine.progress.earlier == ()


# --- the cell is run again ---------------------------------------------------------------------


def test_running_the_cell_again_goes_on_where_the_learner_was() -> None:
    view = show_engine(customers=50)
    engine, _curves = view.children
    pull(engine, 10)
    let_pass(engine, Move.DRAFT)
    again = show_engine(customers=50).children[0]
    assert again.scene["past"] == engine.scene["past"]
    assert again.scene["week"] == 1
    assert engine.comm is None


def test_nothing_is_shown_while_nbgrader_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert show_engine() is None


def test_every_move_of_a_ladder_has_a_button(engine: Engine) -> None:
    assert set(MOVES) == set(Move) - {Move.BIG_ASK}
    pull(engine)
    assert [move for move, *_rest in engine.scene["moves"]] == [move.value for move in MOVES]
