"""Trust round by round: each deed by its law, none forgiven at once, none remembered for ever."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from course.models.homework import Params
from course.models.homework.trust import Deeds, remember

ROUNDS = 10
STILL = Params(drift=0)
GOOD = {"facts": "fact_gain", "views": "view_gain", "credits": "credit_gain"}
BAD = {"alarms": "alarm_loss", "extra": "rework_loss", "dumped": "dump_loss"}


def deeds(**done: Any) -> Deeds:
    nothing = np.zeros(ROUNDS, dtype=np.int64)
    return Deeds(**{f.name: nothing + done.get(f.name, 0) for f in fields(Deeds)})


def once(kind: str, at: int = 2) -> Deeds:
    return deeds(**{kind: np.arange(ROUNDS) == at})


def test_without_deeds_one_stays_a_stranger() -> None:
    assert remember(Params(), deeds()) == pytest.approx(Params().start)


@pytest.mark.parametrize(("kind", "name"), BAD.items())
@pytest.mark.parametrize("k", [0, 1, 3])
def test_each_bad_deed_takes_a_share_of_the_trust_there_is(kind: str, name: str, k: int) -> None:
    keeps = 1 - getattr(STILL, name)
    expected = STILL.start * keeps ** (k * np.arange(ROUNDS + 1))
    assert remember(STILL, deeds(**{kind: k})) == pytest.approx(expected)


@pytest.mark.parametrize(("kind", "name"), GOOD.items())
@pytest.mark.parametrize("k", [0, 1, 3])
def test_each_good_deed_adds_a_share_of_the_trust_missing(kind: str, name: str, k: int) -> None:
    misses = 1 - getattr(STILL, name)
    expected = 1 - (1 - STILL.start) * misses ** (k * np.arange(ROUNDS + 1))
    assert remember(STILL, deeds(**{kind: k})) == pytest.approx(expected)


def test_a_round_by_hand() -> None:
    world = Params(start=0.6, drift=0.1, dump_loss=0.5, credit_gain=0.2, view_gain=0.1)
    trust = remember(world, deeds(dumped=1, credits=1, views=2))
    kept = 0.6 * 0.5
    won = 1 - (1 - kept) * 0.8 * 0.9**2
    assert trust[:2] == pytest.approx([0.6, won + 0.1 * (0.6 - won)])


@pytest.mark.parametrize("kind", [*GOOD, *BAD])
def test_what_was_done_once_counts_in_every_later_round_and_less_each_time(kind: str) -> None:
    # All others go on as they were: the difference shrinks by what they change, and stays one.
    rest: dict[str, Any] = {"views": 1, "extra": 1}
    before, after = remember(Params(), deeds(**rest)), deeds(**rest)
    after = replace(after, **{kind: getattr(after, kind) + (np.arange(ROUNDS) == 2)})
    difference = (remember(Params(), after) - before) * (1 if kind in GOOD else -1)
    assert (difference[:3] == 0).all()
    assert (difference[3:] > 0).all()
    assert (np.diff(difference[3:]) < 0).all()


def test_a_single_deed_fades_at_the_rate_of_the_drift() -> None:
    world = Params(drift=0.1)
    gap = world.start - remember(world, once("dumped"))
    assert gap[3:] == pytest.approx(gap[3] * 0.9 ** np.arange(ROUNDS - 2))


def test_trust_stays_between_nothing_and_all() -> None:
    for done in (dict.fromkeys(GOOD, 9), dict.fromkeys(BAD, 9), dict.fromkeys([*GOOD, *BAD], 5)):
        trust = remember(Params(), deeds(**done))
        assert ((trust >= 0) & (trust <= 1)).all()
    gone = remember(Params(dump_loss=1, drift=0), deeds(dumped=1))
    assert (gone[1:] == 0).all()


def test_shapes_follow_the_deeds() -> None:
    many = Deeds(**{f.name: np.ones((ROUNDS, 3, 6), dtype=np.int64) for f in fields(Deeds)})
    assert remember(Params(), many).shape == (ROUNDS + 1, 3, 6)
