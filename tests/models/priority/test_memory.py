"""What the expert keeps in mind: each account by its law, and wolf cried."""

from math import exp
from typing import Any

import numpy as np
import pytest

from course.models.priority import Habit, Params, alone, simulate
from course.models.priority.memory import Memory, remember
from course.models.priority.terms import Habits, by_round

ROUNDS = 12


def kept(habits: Habits, *, k: int = 1, **world: Any) -> Memory:
    """The accounts if everybody makes ``k`` requests every round."""
    rows = by_round(habits, rounds=ROUNDS, requesters=12)
    return remember(Params(**world), rows, np.full((ROUNDS, 1, 12), k))


def test_everybody_begins_with_full_credit_and_nothing_else() -> None:
    for habit in Habit:
        memory = kept(habit)
        assert (memory.credibility[0] == 1).all()
        for account in (memory.favour, memory.seen, memory.thanks):
            assert (account[0] == 0).all()
        assert (memory.loudness[0] == (habit is Habit.SHOUT)).all()


@pytest.mark.parametrize("k", [0, 1, 3])
def test_each_urgent_without_a_reason_costs_a_share_of_credibility(k: int) -> None:
    memory = kept(alone(Habit.SHOUT), k=k, fall=0.3)
    assert memory.credibility[:, 0, 0] == pytest.approx(0.7 ** (k * np.arange(ROUNDS)))
    assert (memory.credibility[:, 0, 1:] == 1).all()


def test_reasons_kept_win_it_back_slowly_and_silence_does_not() -> None:
    for after, back in ((Habit.EXPLAIN, 0.1), (Habit.RECORD, 0.1), (Habit.ASK, 0.0)):
        rows = [alone(Habit.SHOUT)] * 4 + [alone(after)] * 8
        credibility = kept(rows, fall=0.5, recover=0.1).credibility[:, 0, 0]
        low = 0.5**4
        expected = 1 - (1 - low) * (1 - back) ** np.arange(ROUNDS - 4)
        assert credibility[4:] == pytest.approx(expected)
        assert credibility[-1] < 0.6  # four rounds down, and not even half way up in eight


def test_a_shout_is_over_a_few_rounds_later() -> None:
    rows = [alone(Habit.SHOUT)] + [alone(Habit.ASK)] * 11
    loudness = kept(rows, hush=0.6).loudness[:, 0, 0]
    assert loudness == pytest.approx(0.4 ** np.arange(ROUNDS))


@pytest.mark.parametrize(
    ("habit", "account"),
    [(Habit.GIFT, "favour"), (Habit.RECORD, "seen"), (Habit.RECORD, "thanks")],
)
def test_favour_visibility_and_credit_fill_up_and_fade(habit: Habit, account: str) -> None:
    world = {f"{account}_gain": 0.5, f"{account}_fade": 0.2}
    rows = [alone(habit)] * 8 + [alone(Habit.ASK)] * 4
    level = getattr(kept(rows, **world), account)[:, 0, 0]
    by_hand = [0.0]
    for r in range(ROUNDS - 1):
        by_hand.append((1 - (1 - by_hand[-1]) * (0.5 if r < 8 else 1.0)) * 0.8)
    assert level == pytest.approx(by_hand)
    assert (np.diff(level[:9]) > 0).all()
    assert (np.diff(level[8:]) < 0).all()


def test_credit_outlasts_favours() -> None:
    rows = [(Habit.RECORD, Habit.GIFT, *[Habit.ASK] * 10)] * 6 + [[Habit.ASK] * 12] * 6
    memory = kept(rows)
    record = memory.thanks[:, 0, 0]
    gift = memory.favour[:, 0, 1]
    assert record[-1] / record[6] > 0.8
    assert gift[-1] / gift[6] < 0.2


def test_credibility_falls_in_the_mean_as_the_poisson_stream_says() -> None:
    # E[(1 - fall)^N] = exp(-fall E[N]) for each round's Poisson number of requests.
    params = Params()
    rng = np.random.default_rng(8)
    memory = simulate(params, alone(Habit.SHOUT), n=3000, rng=rng).memory
    per_round = params.load * params.round_days / params.effort / params.requesters
    expected = [exp(-params.fall * per_round * r) for r in range(24)]
    assert memory.credibility[:, :, 0].mean(axis=1) == pytest.approx(expected, abs=0.02)


def test_who_has_cried_wolf_is_not_believed_when_the_reason_is_good() -> None:
    # The same requests, well explained in the second half, after a first half of each kind.
    def told(first: Habit) -> float:
        rows = [alone(first)] * 12 + [alone(Habit.EXPLAIN)] * 12
        result = simulate(Params(), rows, n=200, rng=np.random.default_rng(3))
        early = result.of(0) & (result.round >= 12) & (result.round < 16)
        return float(np.std(result.perceived[early, 0]))  # how far good reasons tell apart

    assert told(Habit.SHOUT) < 0.5 * told(Habit.ASK)
