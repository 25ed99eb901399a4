"""The small tools: dice, samples, columns of days, names."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest

from course.cases.dice import Dice
from course.cases.frames import as_dates, sample
from course.cases.people import Person, read_names


def dice(block: int = 512) -> Dice:
    return Dice(np.random.default_rng(7), block=block)


def test_whole_numbers_reach_both_ends() -> None:
    one = dice()
    counts = Counter(one.whole(2, 4) for _ in range(300))
    assert sorted(counts) == [2, 3, 4]
    assert min(counts.values()) > 60


def test_ranges_are_kept() -> None:
    one = dice()
    assert all(1.5 <= one.between(1.5, 2.0) < 2.0 for _ in range(200))
    assert not any(one.chance(0.0) for _ in range(50))
    assert all(one.chance(1.0) for _ in range(50))


def test_shuffling_keeps_every_item() -> None:
    assert sorted(dice().shuffled("lead the deal")) == sorted("lead the deal")
    assert dice().shuffled([]) == []


def test_numbers_go_on_after_a_block_without_coming_again() -> None:
    small, again = dice(3), dice(3)
    drawn = [small.uniform() for _ in range(50)]
    assert drawn == [again.uniform() for _ in range(50)]
    assert len(set(drawn)) == 50


@pytest.mark.parametrize(("share", "count"), [(0.0, 0), (0.3, 3), (0.25, 2), (1.0, 10)])
def test_a_sample_keeps_the_order(share: float, count: int) -> None:
    labels = pd.Index(range(10))
    drawn = sample(labels, share, np.random.default_rng(1))
    assert len(drawn) == count
    assert list(drawn) == sorted(drawn)


def test_days_become_dates_and_nought_none() -> None:
    column = pd.Series(as_dates([0, pd.Timestamp("2026-03-02").toordinal()]))
    assert column.isna().tolist() == [True, False]
    assert column[1] == pd.Timestamp("2026-03-02")


def test_names() -> None:
    assert read_names("Chen 陈,Wang 王") == (("Chen", "陈"), ("Wang", "王"))
    assert Person("Chen", "Guodong", "陈国栋", "Mr").name == "Chen Guodong 陈国栋"
