"""The customers of the engine: what each is there to show, and that their diaries are true."""

import re
from itertools import pairwise

import numpy as np
import pytest

from course.models.momentum import (
    EDITED,
    MATERIALS,
    WAITING,
    Move,
    Outcome,
    Params,
    Policy,
    Result,
    Step,
    simulate_each,
)
from course.models.momentum.by_hand import Course, offered, play
from course.widgets.momentum.cast import customer, move_help, move_name, step_name
from course.widgets.momentum.diary import Line, diary

NOTHING: frozenset[Move] = frozenset()
SIX = range(6)


def under(policy: Policy, number: int, satisfaction: float = 8) -> Result:
    rng = np.random.default_rng(customer(number).seed)
    return simulate_each(Params(), [policy], rng=rng, satisfaction=np.array([satisfaction]))


def ends(policy: Policy, number: int, satisfaction: float = 8) -> Outcome:
    return Outcome(int(under(policy, number, satisfaction).outcome[0]))


def test_the_first_customer_shows_the_lesson() -> None:
    assert ends(WAITING, 0) == ends(WAITING, 0, 10) == ends(MATERIALS, 0) == Outcome.LOST
    assert ends(EDITED, 0) == Outcome.SIGNED
    assert abs(under(EDITED, 0).own_drive[0]) < 0.1


def test_the_others_are_of_several_kinds() -> None:
    assert ends(MATERIALS, 1) == Outcome.SIGNED != ends(WAITING, 1)  # driven: a draft is enough
    assert not under(WAITING, 2).lands[0]  # no money, and a drive that hides it
    assert under(WAITING, 2).own_drive[0] > 0.5
    assert ends(EDITED, 3) == Outcome.SIGNED != ends(MATERIALS, 3)  # slow
    assert ends(WAITING, 4) == Outcome.SIGNED  # luck exists, too
    assert under(WAITING, 5).week[0] < 8  # the money goes early
    assert ends(EDITED, 5) == Outcome.SIGNED
    assert [bool(under(WAITING, number).lands[0]) for number in SIX].count(False) == 1


def test_after_the_last_the_houses_come_back_with_other_luck() -> None:
    seeds = {customer(number).seed for number in range(18)}
    assert len(seeds) == 18
    assert customer(6).name == customer(0).name


def test_all_is_named() -> None:
    assert all(step_name(step) for step in Step)
    assert all(move_name(move) and move_help(move) for move in Move)


# --- diaries -----------------------------------------------------------------------------------


def played(number: int, *moves: Move, weeks: int = 26) -> tuple[Course, tuple[Line, ...]]:
    made: list[frozenset[Move]] = [NOTHING]
    for _week in range(weeks + 1):
        rng = np.random.default_rng(customer(number).seed)
        course = play(Params(), made, rng=rng, satisfaction=8)
        if course.outcome != Outcome.OPEN or course.week == weeks:
            break
        now = frozenset(moves) & (offered(course) | {Move.EDITS})
        if Move.SHOW in now and course.week % 4:
            now -= {Move.SHOW}
        made[-1] = now
        made.append(NOTHING)
    return course, diary(customer(number), Params(), made, course)


@pytest.mark.parametrize("number", SIX)
@pytest.mark.parametrize(
    "moves",
    [(), (Move.DRAFT,), (Move.DRAFT, Move.EDITS), tuple(set(Move) - {Move.BIG_ASK})],
)
def test_the_diary_tells_what_happened_and_when(number: int, moves: tuple[Move, ...]) -> None:
    course, lines = played(number, *moves)
    assert [line.week for line in lines] == sorted(line.week for line in lines)
    steps = [line.week for line in lines if line.kind == "step"]
    assert steps == [week + 1 for week, (a, b) in enumerate(pairwise(course.step)) if b > a]
    fuel = [line.week for line in lines if line.kind == "fuel"]
    extra = [week for week in (course.letter, course.pilot) if week is not None]
    edits = [week for week, edited in enumerate(course.edited) if edited]
    assert sorted(fuel) == sorted(week + 1 for week in edits + extra)
    ended = [line.text for line in lines if line.kind == "end"]
    assert bool(ended) == (course.outcome != Outcome.SIGNED)
    if course.outcome == Outcome.LOST:
        assert customer(number).other in ended[0]
    for line in lines:
        assert not re.search(r"[{}]", line.text)
        assert not line.text[0].islower()


@pytest.mark.parametrize("number", SIX)
def test_stalling_and_catching_take_turns_and_name_the_figures(number: int) -> None:
    for moves in ((), (Move.DRAFT, Move.EDITS), (Move.SHOW,)):
        course, lines = played(number, *moves)
        turns = [line for line in lines if line.kind in ("stall", "run")][1:]
        assert [line.kind for line in turns] == [
            ("stall", "run")[place % 2] for place in range(len(turns))
        ]
        for line in turns:
            figure = course.idle[line.week] if line.kind == "stall" else course.rpm[line.week]
            assert f"{figure:,.0f} rpm" in line.text
            assert (figure < Params().stall_line) == (line.kind == "stall")


def test_a_diary_only_grows_as_weeks_pass() -> None:
    made = [frozenset({Move.DRAFT, Move.EDITS}), NOTHING, NOTHING, frozenset({Move.PROBE}), NOTHING]
    before: tuple[Line, ...] = ()
    for weeks in range(1, len(made) + 1):
        rng = np.random.default_rng(customer(0).seed)
        now = diary(customer(0), Params(), made[:weeks], play(Params(), made[:weeks], rng=rng))
        assert now[: len(before)] == before
        before = now


def test_whoever_waits_reads_no_line_twice_in_a_row() -> None:
    for number in SIX:
        _course, lines = played(number)
        quiet = [re.sub(r"[\d.]+", "", line.text) for line in lines if line.kind == "quiet"]
        assert all(a != b for a, b in pairwise(quiet))


def test_nothing_hidden_is_told_without_asking() -> None:
    for number in SIX:
        for moves in ((), (Move.DRAFT, Move.EDITS)):
            _course, lines = played(number, *moves)
            text = " ".join(line.text for line in lines)
            assert not re.search(r"drive|no money|seed|luck", text)
