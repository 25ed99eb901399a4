"""The desk without a browser: the year it is given, the controls, and what stays hidden."""

import json
import re
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances

from course.models.priority import Habit, Params
from course.widgets.page import close
from course.widgets.priority import show_desk
from course.widgets.priority.run import Run, run
from course.widgets.priority.settings import ROUNDS, Settings, make_controls, read_controls
from course.widgets.priority.simulator import DeskSimulator, desk_simulator
from course.widgets.priority.story import desk_year, why

HIDDEN = ("looks", "value", "worth", "work")


class Clock:
    """Seconds that pass when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def simulator(clock: Clock) -> DeskSimulator:
    return desk_simulator("test", years=30, clock=clock)


def some(**settings: Any) -> Run:
    return run(Settings(**settings), years=20)


# --- settings ------------------------------------------------------------------------------------


def test_every_control_reaches_the_settings(simulator: DeskSimulator) -> None:
    wanted = {"habit": Habit.GIFT, "lasts": 5, "copied": True, "load": 80}
    for name, value in wanted.items():
        simulator.controls[name].input.value = value
    assert simulator.now.settings == Settings(**wanted)
    controls = make_controls(simulator.now.settings)
    assert read_controls(controls) == simulator.now.settings
    for control in controls.values():
        close(control.box)


def test_habits_are_mine_or_everybodys_for_as_long_as_i_keep_them_up() -> None:
    rows = Settings(habit=Habit.SHOUT, lasts=3).habits()
    assert len(rows) == ROUNDS
    assert rows[2] == (Habit.SHOUT, *[Habit.ASK] * 11)
    assert rows[3] == (Habit.ASK,) * 12
    assert Settings(habit=Habit.SHOUT, copied=True).habits() == ((Habit.SHOUT,) * 12,) * ROUNDS
    assert Settings(load=70).params() == Params(load=0.7)


def test_who_asks_plainly_has_nothing_to_keep_up_or_to_copy(simulator: DeskSimulator) -> None:
    lasts, copied = simulator.controls["lasts"], simulator.controls["copied"]
    assert lasts.input.disabled
    assert copied.input.disabled
    simulator.controls["habit"].input.value = Habit.RECORD
    assert not lasts.input.disabled
    assert not copied.input.disabled


# --- the year on the desk ------------------------------------------------------------------------


def test_one_request_is_on_the_desk_at_a_time_and_it_is_the_first_of_the_queue() -> None:
    jobs = desk_year(some(habit=Habit.RECORD), revealed=False)["jobs"]
    by_start = sorted(jobs, key=lambda job: job["start"])
    for one, after in pairwise(by_start):
        assert one["end"] <= after["start"] + 0.011  # rounded to hundredths of a day
    for job in by_start[::5]:
        waiting = [
            each
            for each in jobs
            if each["came"] < job["start"] - 0.02 and each["start"] > job["start"] + 0.02
        ]
        assert job["score"] >= max((each["score"] for each in waiting), default=-np.inf) - 0.002


def test_the_same_requests_come_whatever_is_set() -> None:
    plain, other = (
        desk_year(each, revealed=False)["jobs"]
        for each in (some(), some(habit=Habit.SHOUT, copied=True))
    )
    for name in ("who", "task", "came"):
        assert [job[name] for job in plain] == [job[name] for job in other]
    assert [job["start"] for job in plain] != [job["start"] for job in other]


def test_what_one_sees_of_a_request_is_how_it_was_asked_for() -> None:
    year = desk_year(some(habit=Habit.SHOUT, lasts=4), revealed=False)
    for job in year["jobs"]:
        loud = job["who"] == 0 and job["came"] < 4 * year["days"]
        assert job["chip"] == (["URGENT!!!", "loud"] if loud else ["no reason", "bare"])


def test_tasks_are_as_long_as_they_sound() -> None:
    year = desk_year(some(), revealed=True)
    hours = {
        job["task"]: float(job["work"].split()[0]) * (8 if job["work"].endswith("d") else 1)
        for job in year["jobs"]
    }
    quick = [hours[task] for task in hours if task in ("Is port 8 free?", "Check a part number")]
    long = [hours[task] for task in hours if task in ("Migration plan", "Demo environment")]
    assert quick
    assert long
    assert max(quick) < min(long)


def test_why_a_request_was_next_is_said_of_what_it_overtook() -> None:
    for habit, reason in (
        (Habit.SHOUT, "It was the loudest."),
        (Habit.RECORD, r"Her leader sees this one|The last thanks are not forgotten"),
        (Habit.GIFT, "The dinners are not forgotten"),
        (Habit.EXPLAIN, "She knows what it is worth"),
    ):
        one = some(habit=habit)
        mine = np.flatnonzero(one.year.requester == 0)
        said = " ".join(why(Params(), one.year, int(job)) for job in mine)
        assert re.search(reason, said), habit
    said = [why(Params(), some().year, job) for job in range(some().year.arrival.size)]
    assert any(each == "Nothing else was waiting." for each in said)
    assert any("waited longest" in each for each in said)
    assert not any("loudest" in each or "dinners" in each for each in said)
    assert all("Overtakes 1 older request." in each for each in said if "Overtakes 1 " in each)


def test_what_she_makes_of_it_is_not_sent_before_it_is_shown(simulator: DeskSimulator) -> None:
    simulator.controls["habit"].input.value = Habit.RECORD
    jobs = simulator.chart.desk.scene["jobs"]
    assert not any(name in job for job in jobs for name in HIDDEN)
    assert simulator._hidden.value == ""
    simulator._button.click()
    jobs = simulator.chart.desk.scene["jobs"]
    assert all(name in job for job in jobs for name in HIDDEN)
    assert "The yardstick" in simulator._hidden.value
    assert simulator.chart.delay.lines.opacities == [1.0, 1.0]
    simulator._button.click()
    assert "looks" not in simulator.chart.desk.scene["jobs"][0]
    assert simulator._hidden.value == ""
    assert simulator.chart.delay.lines.opacities == [1.0, 0.0]


def test_the_year_is_plain_data_and_not_too_much_of_it() -> None:
    assert len(json.dumps(desk_year(some(load=96), revealed=True))) < 150_000


# --- curves, this run and the last ---------------------------------------------------------------


def test_a_control_moves_the_lines_and_dashes_the_last(simulator: DeskSimulator) -> None:
    board, first = simulator.chart, simulator.now
    marks = {mark.model_id for mark in board.wait.figure.marks}
    assert not board.wait.reference.visible
    simulator.controls["habit"].input.value = Habit.SHOUT
    assert simulator.last is first
    assert {mark.model_id for mark in board.wait.figure.marks} == marks
    assert np.allclose(board.wait.lines.y[1], simulator.now.other_wait.mean)
    assert np.allclose(board.belief.lines.y, simulator.now.credibility)
    assert board.delay.reference.visible
    assert np.allclose(board.delay.reference.y, first.delay.mean)
    assert "Last run" in simulator._table.value


def test_a_drag_is_one_change_and_each_setting_is_run_once(
    simulator: DeskSimulator, clock: Clock
) -> None:
    first = simulator.now
    for load in (89, 88, 87, 88, 89):
        simulator.controls["load"].input.value = load
        clock.now += 0.1
    assert simulator.last is first
    assert simulator.runs == 4


def test_a_round_in_which_nobody_asked_is_bridged() -> None:
    quiet = desk_simulator("quiet", years=5, start=Settings(load=50))
    assert np.isnan(quiet.now.wait.mean).any()
    assert np.isfinite(quiet.chart.wait.lines.y).all()
    assert not re.search(r"\bnan\b", quiet._table.value + quiet._words.value)


# --- the cell is run again -----------------------------------------------------------------------


def test_running_the_cell_again_keeps_settings_and_day_and_closes_the_old_view(
    clock: Clock,
) -> None:
    first = desk_simulator("again", years=5, clock=clock)
    size = len(_instances)
    first.controls["habit"].input.value = Habit.EXPLAIN
    first.chart.desk.day = 47.5
    second = desk_simulator("again", years=5, clock=clock)
    assert len(_instances) == size
    assert first.chart.desk.comm is None
    assert second.now.settings.habit is Habit.EXPLAIN
    assert second.last is not None
    assert second.last.settings == Settings()
    assert second.chart.desk.day == 47.5


def test_nothing_is_shown_while_a_homework_is_graded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("course.widgets.priority.simulator.grading", lambda: True)
    assert show_desk() is None


def test_the_cell_may_run_twice() -> None:
    show_desk(years=3)
    size = len(_instances)
    view = show_desk(years=3)
    assert len(_instances) == size
    assert "ltd-sim-card" in view._dom_classes
