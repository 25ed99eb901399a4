"""A year with one expert: queue theory, conserved work, equal luck, trust that orders."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from course.models import priority
from course.models.homework import (
    BIG_SPENDER,
    LEADER,
    MUDDLER,
    PLAIN,
    PLANNED,
    WEATHERVANE,
    Action,
    Manner,
    Params,
    Year,
    mean_work,
    posterior,
    simulate_year,
)

MANNERS = (PLAIN, WEATHERVANE, MUDDLER, BIG_SPENDER, LEADER)
OTHERS = range(1, 6)


def run(
    manner: Manner | Sequence[Manner] = PLAIN,
    params: Params | None = None,
    *,
    n: int = 60,
    seed: int = 1,
    rounds: int = 24,
) -> Year:
    rng = np.random.default_rng(seed)
    return simulate_year(params or Params(), manner, n=n, rng=rng, rounds=rounds)


def there(year: Year) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.isfinite(year.arrival)


# --- theory -------------------------------------------------------------------------------------


def test_equal_trust_and_no_chance_is_first_come_first_served() -> None:
    year = run(PLAIN, Params(weight=0, glance=0), n=20)
    came = there(year)
    for row, here in zip(year.start, came, strict=True):
        assert (np.diff(row[here]) > 0).all()


@pytest.mark.parametrize("load", [0.5, 0.75])
def test_that_waits_as_pollaczek_and_khinchine_say(load: float) -> None:
    quiet = Params(weight=0, glance=0, wrong=0, load=load, pressure=0)
    year = run(PLAIN, quiet, n=1500)
    effort = quiet.draft_hours / 8
    expected = priority.fifo_wait(
        priority.Params(load=load, effort=effort, effort_spread=quiet.effort_spread)
    )
    chosen = year.of()
    of_year = np.where(chosen, year.waited, 0).sum(axis=1)
    error = (of_year - expected * chosen.sum(axis=1)).std() / chosen.sum(axis=1).mean() / 1500**0.5
    assert error < 0.04 * expected
    assert abs(year.mean(year.waited, None) - expected) < 4 * error


@pytest.mark.parametrize("manner", MANNERS)
def test_mean_work_is_what_is_worked(manner: Manner) -> None:
    year = run(manner, n=1500)
    works = year.work[year.of(0)]
    assert abs(works.mean() - mean_work(Params(), manner)) < 4 * works.std() / works.size**0.5


def test_the_load_is_that_of_plain_colleagues() -> None:
    year = run(PLAIN, n=1500)
    assert year.work[year.of()].sum() / (1500 * 240) == pytest.approx(Params().load, rel=0.02)
    share = np.bincount(year.requester[year.of()]) / year.of().sum()
    assert share == pytest.approx(1 / 6, rel=0.04)


@pytest.mark.parametrize("manner", MANNERS)
def test_versions_and_complaints_come_as_often_as_stated(manner: Manner) -> None:
    world = Params()
    year = run(manner, n=1500)
    mine = year.of(0)
    fixed = (year.fixing > 0)[mine].mean()
    belief = posterior(world)
    share = {
        Action.RELAY: 1.0,
        Action.WAIT: 0.0,
        Action.VERIFY: belief * world.accuracy + (1 - belief) * (1 - world.accuracy),
    }[manner.signals]
    expected = world.pressure * share
    error = (expected * (1 - expected) / mine.sum()) ** 0.5
    assert abs(fixed - expected) <= 4 * error
    overlooked = {Action.RELAY: 0.0, Action.WAIT: 1.0, Action.VERIFY: 1 - world.accuracy}
    expected = world.pressure * belief * overlooked[manner.signals]
    assert year.mean(year.missed) == pytest.approx(expected, abs=0.01)
    assert (year.favours > 0)[mine].mean() == pytest.approx(
        world.favours * manner.promises, abs=0.015
    )


# --- conservation -------------------------------------------------------------------------------


@pytest.mark.parametrize("manner", MANNERS)
def test_work_is_conserved_whatever_the_order(manner: Manner) -> None:
    # Equal work, ordered by trust or not: the same busy time, and the same work-weighted waits.
    trusted, blind = run(manner, n=20), run(manner, Params(weight=0), n=20)
    assert np.array_equal(trusted.work, blind.work)
    came = there(trusted)
    ends = [np.where(came, year.start + year.work, -np.inf) for year in (trusted, blind)]
    assert ends[0].max(axis=1) == pytest.approx(ends[1].max(axis=1))
    weighted = [(year.work * year.waited).sum(axis=1) for year in (trusted, blind)]
    assert weighted[0] == pytest.approx(weighted[1])


@pytest.mark.parametrize("manner", MANNERS)
def test_hours_add_up_request_by_request(manner: Manner) -> None:
    world, year = Params(), run(manner)
    came = there(year)
    assert (year.work[~came] == 0).all()
    assert (year.draft[came] > 0).all()
    assert year.rework == pytest.approx(world.round_share * year.draft * (year.versions - 1))
    assert set(np.unique(year.fixing)) <= {0.0, world.fix_hours / 8}
    assert set(np.unique(year.favours)) <= {0.0, world.favour_hours / 8}
    # The expert does one thing at a time.
    for start, work, here in zip(year.start, year.work, came, strict=True):
        order = np.argsort(start[here])
        done = (start[here] + work[here])[order]
        assert (start[here][order][1:] >= done[:-1] - 1e-9).all()
    assert (year.waited >= 0).all()


# --- equal luck -----------------------------------------------------------------------------------


def test_equal_seeds_face_the_same_requests_whatever_the_manner() -> None:
    plain = run(n=10)
    for manner in (*MANNERS, [MUDDLER] * 12 + [LEADER] * 12):
        other = run(manner, n=10)
        for name in ("arrival", "requester", "round", "draft"):
            assert np.array_equal(getattr(plain, name), getattr(other, name)), name
        theirs = plain.requester != 0
        assert np.array_equal(plain.work[theirs], other.work[theirs])
        assert np.array_equal(plain.trust[:, :, 1:], other.trust[:, :, 1:])
        assert np.array_equal(plain.trust[0], other.trust[0])


def test_a_busier_world_is_the_same_requests_closer_together() -> None:
    few, many = run(params=Params(load=0.6), n=5), run(params=Params(load=0.75), n=5)
    for name in ("requester", "draft", "versions"):
        one, two = getattr(few, name), getattr(many, name)
        for i in range(5):
            jobs = int(there(few)[i].sum())
            assert np.array_equal(one[i, :jobs], two[i, :jobs])


def test_equal_seeds_repeat_and_others_do_not() -> None:
    assert np.array_equal(run().start, run().start)
    assert run().mean(run().waited) != run(seed=2).mean(run(seed=2).waited)


def test_before_a_manner_changes_nothing_has_changed() -> None:
    changed = run([PLAIN] * 10 + [LEADER] * 14)
    assert np.array_equal(changed.trust[:11], run().trust[:11])
    assert (changed.trust[12:, :, 0] != run().trust[12:, :, 0]).any()


def test_the_last_manner_goes_on_after_the_year() -> None:
    year = run([PLAIN] * 23 + [BIG_SPENDER], n=200)
    after = there(year) & (year.requester == 0) & (year.arrival >= 240)
    assert (year.favours[after] > 0).mean() == pytest.approx(Params().favours, abs=0.1)
    assert (year.favours[year.arrival < 230] == 0).all()


# --- trust and the queue ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["view", "credit"])
def test_good_deeds_never_lower_trust_and_shorten_waits(name: str) -> None:
    better, plain = run(replace(PLAIN, **{name: True}), n=200), run(n=200)
    assert (better.trust[:, :, 0] >= plain.trust[:, :, 0] - 1e-12).all()
    assert better.mean(better.waited) < plain.mean(plain.waited)
    assert better.mean(better.waited, OTHERS) > plain.mean(plain.waited, OTHERS)


def test_finding_out_never_lowers_trust_if_it_is_never_wrong() -> None:
    world, finder = Params(accuracy=1), replace(PLAIN, signals=Action.VERIFY)
    trust = run(finder, world, n=200).trust[-1, :, 0] - run(PLAIN, world, n=200).trust[-1, :, 0]
    assert (trust >= -1e-12).all()
    assert trust.mean() > 0.05
    # Always wrong, it raises false alarms like any other, and has found out nothing.
    wrong = run(finder, Params(accuracy=0), n=200).trust - run(PLAIN, Params(), n=200).trust
    assert (wrong[:, :, 0] <= 1e-12).all()


@pytest.mark.parametrize("manner", [WEATHERVANE, MUDDLER, BIG_SPENDER])
def test_each_fault_never_raises_trust(manner: Manner) -> None:
    plain, worse = run(n=200), run(manner, n=200)
    assert (worse.trust[:, :, 0] <= plain.trust[:, :, 0] + 1e-12).all()
    assert worse.trust[-1, :, 0].mean() < plain.trust[-1, :, 0].mean()


def test_only_versions_beyond_the_planned_cost_trust() -> None:
    world = Params(specific=1, blind=1, drift=0)  # two versions at most
    assert PLANNED == 3
    assert (run(MUDDLER, world).trust == world.start).all()


def test_trust_without_weight_moves_nobody() -> None:
    world = Params(weight=0)
    assert np.array_equal(run(replace(PLAIN, credit=True), world).start, run(PLAIN, world).start)


def test_the_more_trust_weighs_the_more_it_moves() -> None:
    waits = [
        year.mean(year.waited)
        for year in (run(LEADER, Params(weight=w), n=300) for w in (0, 2, 4, 8))
    ]
    assert (np.diff(waits) < 0).all()


# --- shapes, means, validation --------------------------------------------------------------------


def test_shapes_and_means() -> None:
    year = run(LEADER, n=7)
    assert year.trust.shape == (25, 7, 6)
    assert year.arrival.shape == year.work.shape == year.versions.shape
    assert set(year.round[there(year)]) == {-1, *range(24)}
    assert (year.round[~there(year)] == -1).all()
    course = year.by_round(year.waited, range(6))
    count = np.bincount(year.round[year.of()], minlength=24)
    assert float((course * count).sum() / count.sum()) == pytest.approx(
        year.mean(year.waited, None)
    )
    mine, theirs = year.of(0), year.of(OTHERS)
    assert (mine ^ theirs)[year.of()].all()
    late = year.waited + year.draft + Params().version_days * (year.versions - 1)
    assert np.array_equal(year.late[mine], (late > Params().deadline)[mine])


def test_nobody_asking_is_not_a_number() -> None:
    year = run(params=Params(load=0.05), n=1)
    assert np.isnan(year.by_round(year.waited, 3)).any()
    assert np.isnan(year.mean(year.waited, 9))


@pytest.mark.parametrize("kwargs", [{"n": 0}, {"rounds": 0}])
def test_there_is_at_least_a_year_and_a_round(kwargs: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="expected at least 1, got 0"):
        run(**kwargs)  # type: ignore[arg-type]


def test_one_manner_or_one_for_each_round() -> None:
    with pytest.raises(ValueError, match="one for each of 24 rounds; got 3"):
        run([PLAIN] * 3)
