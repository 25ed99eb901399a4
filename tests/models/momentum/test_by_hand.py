"""A customer played by hand lives under the same law as a thousand under a policy."""

from typing import Any

import numpy as np
import pytest

from course.models.momentum import EDITED, MATERIALS, WAITING, Move, Outcome, Params, Policy
from course.models.momentum.by_hand import POINTS, Course, offered, play
from course.models.momentum.law import simulate

NOTHING: frozenset[Move] = frozenset()
LIVELY = Params(lands=0.6, letter_chance=0.6, pilot_chance=0.5, base=-0.95)
WITHOUT_SHOWING = frozenset(set(Move) - {Move.BIG_ASK, Move.SHOW})


def by_hand(made: list[frozenset[Move]], seed: int = 3, **options: Any) -> Course:
    params = options.pop("params", Params())
    return play(params, made, rng=np.random.default_rng(seed), **options)


def as_a_policy_would(policy: Policy, params: Params, seed: int) -> Course:
    """Do each week whatever of the policy's moves is on offer."""
    made: list[frozenset[Move]] = []
    while True:
        course = by_hand([*made, NOTHING], seed, params=params)
        if course.outcome != Outcome.OPEN or course.week == params.weeks:
            return course
        now: frozenset[Move] = frozenset()
        if course.week >= policy.start:
            since = course.week - policy.start
            for _each in range(2):  # edits are on offer once there is a draft
                wanted = policy.moves & offered(by_hand([*made, now], seed, params=params), now)
                now |= wanted - {Move.SHOW}
            if Move.SHOW in policy.moves and since and since % params.show_every == 0:
                now |= {Move.SHOW}
        made.append(now)


@pytest.mark.parametrize("params", [Params(), LIVELY])
@pytest.mark.parametrize(
    "policy",
    [
        WAITING,
        MATERIALS,
        EDITED,
        Policy(moves=frozenset({Move.SHOW})),
        Policy(moves=WITHOUT_SHOWING),
        Policy(moves=WITHOUT_SHOWING | {Move.SHOW}),
        Policy(moves=EDITED.moves, start=6),
    ],
)
def test_who_does_by_hand_what_a_policy_does_has_its_course(policy: Policy, params: Params) -> None:
    for seed in range(4):
        whole = simulate(params, policy, n=1, rng=np.random.default_rng(seed))
        course = as_a_policy_would(policy, params, seed)
        weeks = course.week
        assert weeks == whole.week[0]
        assert course.outcome == whole.outcome[0]
        assert course.step == tuple(whole.step[: weeks + 1, 0])
        assert course.satisfaction == tuple(whole.satisfaction[: weeks + 1, 0])
        assert course.investment == tuple(whole.investment[: weeks + 1, 0])
        assert course.rpm == tuple(whole.rpm[:weeks, 0])
        assert course.edited == tuple(whole.edited[:weeks, 0])
        assert course.customer_hours == pytest.approx(whole.customer_hours[0])
        assert course.hours == pytest.approx(whole.hours[0])
        assert (course.letter or params.weeks) == whole.letter[0] or whole.letter[0] == 0
        assert (course.lands, course.own_drive) == (whole.lands[0], whole.own_drive[0])


def test_the_needle_falls_within_the_week_to_where_the_next_begins() -> None:
    for seed in range(20):
        first = by_hand([NOTHING], seed)
        assert len(first.ahead) == POINTS
        assert list(first.ahead) == sorted(first.ahead, reverse=True)
        second = by_hand([NOTHING, NOTHING], seed)
        assert second.rpm[0] == pytest.approx(first.ahead[0], abs=0.1)
        if second.step == (0, 0):
            assert second.ahead[0] == pytest.approx(first.ahead[-1], abs=0.1)


def test_a_move_is_felt_at_once_and_a_draft_serves_one_step() -> None:
    stays = next(seed for seed in range(99) if by_hand([NOTHING] * 2, seed).step[-1] == 0)
    idle, drafted = by_hand([NOTHING], stays), by_hand([frozenset({Move.DRAFT})], stays)
    probed = by_hand([frozenset({Move.DRAFT, Move.PROBE})], stays)
    assert idle.ahead[0] < drafted.ahead[0] < probed.ahead[0]
    assert (idle.alone, idle.effort) == (2, 2)
    assert probed.effort == pytest.approx(0.4)
    assert Move.EDITS not in offered(idle)
    assert Move.EDITS in offered(drafted)
    assert Move.DRAFT not in offered(drafted)
    moves = next(
        seed for seed in range(99) if by_hand([MATERIALS.moves, NOTHING], seed).step[-1] == 1
    )
    after = by_hand([MATERIALS.moves, NOTHING], moves)
    assert Move.DRAFT in offered(after)
    assert after.effort == after.alone == 3


def test_presenting_again_lifts_what_has_faded_and_never_over_the_first_time() -> None:
    faded = [NOTHING] * 9
    before = by_hand(faded, satisfaction=9, params=Params(base=-60, elsewhere=0))
    again = [*faded[:-1], frozenset({Move.SHOW}), NOTHING]
    after = by_hand(again, satisfaction=9, params=Params(base=-60, elsewhere=0))
    assert before.satisfaction[0] == after.satisfaction[0] == 9
    assert before.satisfaction[8] < after.satisfaction[9] == pytest.approx(9 * 0.6 * np.exp(-1 / 3))
    assert Move.SHOW not in offered(by_hand([NOTHING]))
    assert Move.SHOW not in offered(before, frozenset({Move.SHOW}))


def test_who_probes_a_customer_without_money_is_told_and_can_do_nothing_more() -> None:
    dry = Params(lands=0)
    assert Move.DRAFT in offered(by_hand([NOTHING], params=dry))
    told = by_hand([frozenset({Move.PROBE})], params=dry)
    assert not told.lands
    assert offered(told) == frozenset()
    assert told.hours == 0.5


def test_nothing_passes_after_the_end() -> None:
    driven = Params(base=60, lands=1)
    course = by_hand([NOTHING] * 12, params=driven)
    assert course.outcome is Outcome.SIGNED
    assert course.week == 6
    assert offered(course) == frozenset()


def test_odd_plays_are_refused_in_words() -> None:
    for weeks in (0, 28):
        with pytest.raises(ValueError, match="made: expected 1 to 27 weeks"):
            by_hand([NOTHING] * weeks)
    with pytest.raises(ValueError, match="step by step"):
        by_hand([frozenset({Move.BIG_ASK})])
    with pytest.raises(ValueError, match="0 to 10 points"):
        by_hand([NOTHING], satisfaction=11)
