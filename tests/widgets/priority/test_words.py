"""What the desk says in words and tables: numbers are in the runs, luck is not called more."""

import re
from functools import cache

import numpy as np
import pytest

from course.models.priority import Habit, Order
from course.widgets.priority import view, words
from course.widgets.priority.run import Run, run, yardstick
from course.widgets.priority.settings import Settings
from course.widgets.priority.words import clear_change, money, what_happened

PLAIN = Settings()
SHOUTER = Settings(habit=Habit.SHOUT)
SHOUTERS = Settings(habit=Habit.SHOUT, copied=True)
TOLD = Settings(habit=Habit.EXPLAIN, copied=True)
RECORD = Settings(habit=Habit.RECORD)
EASY = Settings(habit=Habit.RECORD, load=75)
CASES = (
    PLAIN, SHOUTER, SHOUTERS, TOLD, RECORD, EASY,
    Settings(habit=Habit.GIFT), Settings(habit=Habit.SHOUT, lasts=1),
)  # fmt: skip


@cache
def of(settings: Settings) -> Run:
    return run(settings, years=60)


def said_of(now: Settings, last: Settings | None) -> str:
    return " ".join(what_happened(of(now), of(last) if last else None))


@pytest.mark.parametrize("now", CASES)
@pytest.mark.parametrize("last", CASES)
def test_the_words_agree_with_the_runs(now: Settings, last: Settings) -> None:
    one, two = of(now), of(last)
    said = said_of(now, last)
    assert "{" not in said
    assert 2 <= len(what_happened(one, two)) <= 5
    if now == last:
        assert said.startswith("You are back at the settings")
        return
    mine = re.search(
        r"waits ([\d.]+) days, ([\d.]+) before|now waits ([\d.]+) days instead of ([\d.]+\d)", said
    )
    change = clear_change(one, two, "wait")
    assert (mine is not None) == (change != 0)
    if mine:
        new, old = [float(each) for each in mine.groups() if each]
        assert (new > old) == (change > 0)
        assert new == pytest.approx(one.mean("wait"), abs=0.051)
        assert old == pytest.approx(two.mean("wait"), abs=0.051)
    cost = clear_change(one, two, "cost")
    assert ("now costs all twelve" in said) == (cost < 0)
    assert ("costs all twelve hardly changes" in said) == (cost == 0)
    assert money(one.mean("cost")) in said


def test_a_first_run_in_words() -> None:
    said = what_happened(of(PLAIN), None)
    assert len(said) == 3
    assert f"waits {of(PLAIN).mean('wait'):.1f} days" in said[0]
    assert money(of(PLAIN).mean("cost")) in said[-1]


def test_the_shouter_hears_what_becomes_of_it() -> None:
    said = said_of(SHOUTER, PLAIN)
    assert "You went from “Ask plainly” to “Shout that it is urgent”." in said
    assert "At first it is" in said  # … and later more
    assert "days longer" in said
    assert "she believes less than half" in said
    assert "she believes" not in said_of(RECORD, SHOUTER)
    record = said_of(RECORD, PLAIN)
    assert "At first it is still" in record  # … and later less


def test_what_others_lose_is_only_called_my_gain_if_it_is() -> None:
    assert "Eleven times that" in said_of(RECORD, PLAIN)
    assert "Eleven times that" not in said_of(SHOUTERS, SHOUTER)
    assert "Eleven times that" not in said_of(EASY, PLAIN)


def test_a_change_is_said_in_whole_words() -> None:
    once = Settings(habit=Habit.SHOUT, lasts=1)
    assert said_of(once, SHOUTER).startswith("You keep it up for 1 round, not for 24 rounds.")
    assert said_of(SHOUTERS, SHOUTER).startswith("The eleven others now do as you do.")
    assert said_of(SHOUTER, SHOUTERS).startswith("The eleven others ask plainly again.")
    assert said_of(EASY, RECORD).startswith("Her days are filled to 75 %, before it was 90 %.")


def test_several_changes_are_not_explained_by_one() -> None:
    assert said_of(SHOUTERS, RECORD).startswith("You changed 2 things at once")


def test_a_difference_within_luck_is_not_called_one() -> None:
    # The same settings in other years: whatever differs is luck.
    base = run(PLAIN, years=40, seed=0)
    called = [
        clear_change(run(PLAIN, years=40, seed=seed), base, "wait") != 0 for seed in range(1, 25)
    ]
    assert np.mean(called) < 0.25


def test_money_is_said_to_the_thousand() -> None:
    assert money(13.24) == "CNY 132,000"


def numbers(html: str) -> list[str]:
    return re.findall(r"<td class='ltd-sim-num'>([^<]*)</td>", html)


def test_the_table_says_what_got_better() -> None:
    html = view.comparison(of(RECORD), of(PLAIN))
    assert re.search(r"Your wait.*?ltd-sim-better'>−[0-9.]+ d<", html)
    assert f"{of(RECORD).mean('wait'):.1f} d" in numbers(html)
    assert "Last run" not in view.comparison(of(PLAIN), None)


def rows(html: str) -> dict[str, str]:
    return dict(re.findall(r"<th scope='row'>([^<]*)</th>(.*?)</tr>", html))


def head_start(settings: Settings) -> dict[str, list[str]]:
    now = of(settings)
    html = view.perceived(now, (3.0, 4.0))
    assert "CNY 30,000" in html
    assert "CNY 40,000" in html
    assert money(now.mean("cost")) in html
    return {name: numbers(row) for name, row in rows(html).items()}


def test_the_debrief_shows_loudness_fade_and_thanks_stay() -> None:
    shout, record = head_start(SHOUTER), head_start(RECORD)
    assert int(shout["You, rounds 1-3"][1]) > 20
    assert abs(int(shout["You, rounds 17-24"][1].replace("−", "-"))) <= 3
    early, late = record["You, rounds 1-3"], record["You, rounds 17-24"]
    assert int(late[3]) > int(early[3])
    assert int(late[4]) > int(early[4])
    for name, cells in record.items():
        if name.startswith("The others"):
            assert cells[:5] == ["−7", "0", "0", "0", "0"]


def test_background_sets_apart_rather_than_lifts() -> None:
    cell = head_start(TOLD)["The others, each, rounds 17-24"][0]
    assert re.fullmatch(r"[+−]?\d ±1\d", cell)


def test_the_yardstick_is_the_same_requests_in_another_order() -> None:
    course, exact = yardstick(90, Order.VALUE, years=60)
    _course, fifo = yardstick(90, Order.FIFO, years=60)
    assert course.shape == (24,)
    assert exact < 0.4 * fifo
    assert fifo == pytest.approx(of(PLAIN).mean("cost"), rel=0.06)


def test_the_curves_in_one_sentence() -> None:
    said = words.alternative(of(SHOUTER))
    assert f"from {of(SHOUTER).mean('early'):.1f} to {of(SHOUTER).mean('late'):.1f} days" in said
    assert f"{of(SHOUTER).credibility[-1]:.0%}" in said
