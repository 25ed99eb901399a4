"""A run at the expert's desk: two hundred years of luck, summed up, and one of them to watch."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course.models.priority import Course, Order, Params, Part, Result, simulate
from course.widgets.priority.settings import ROUNDS, Settings

__all__ = ["EARLY", "LATE", "ME", "OTHERS", "SEED", "YEARS", "Run", "Year", "run", "yardstick"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

YEARS = 160
SEED = 433
"""The luck of every view; its first year is an ordinary one that begins with a full desk."""
ME = 0
OTHERS = range(1, Params().requesters)
EARLY, LATE = slice(0, 3), slice(ROUNDS - 8, ROUNDS)


@dataclass(frozen=True, eq=False)
class Year:
    """The requests of one year, in the order they came: what the desk shows.

    Attributes:
        requester, round: [jobs] who asked, and when; round -1 for what was there at the start.
        arrival, start, service: [jobs] days.
        effort: [jobs] days of work.
        cost: [jobs] of a day of delay, 10k CNY.
        perceived: [jobs, parts] points.
        score: [jobs] what the order goes by.
    """

    requester: Ints
    round: Ints
    arrival: Floats
    start: Floats
    service: Floats
    effort: Floats
    cost: Floats
    perceived: Floats
    score: Floats


@dataclass(frozen=True, eq=False)
class Run:
    """Settings, and what came of them.

    Attributes:
        settings: what the learner set.
        wait, other_wait: mean wait by round, mine and the others', days.
        delay: what the delay of a request costs by round, everybody's, 10k CNY.
        credibility: mine at the start of each round, [rounds].
        yearly: by name, [years] a year's mean: ``wait``, ``early``, ``late`` (mine), ``others``,
            ``all`` (days), ``cost``, ``my cost`` (10k CNY); NaN in a year without any.
        looks: [2, 2, parts] points in the mean: mine and the others', early and late.
        apart: [2, 2] how far background sets the same requests apart, points (s.d.).
        year: the first year, to watch.
    """

    settings: Settings
    wait: Course
    other_wait: Course
    delay: Course
    credibility: Floats
    yearly: dict[str, Floats]
    looks: Floats
    apart: Floats
    year: Year

    def mean(self, name: str) -> float:
        """Return the mean of a yearly figure."""
        return float(np.nanmean(self.yearly[name]))


def run(settings: Settings, *, years: int = YEARS, seed: int = SEED) -> Run:
    """Simulate and sum up."""
    luck = np.random.default_rng(seed)  # the same for every run of this view
    result = simulate(settings.params(), settings.habits(), n=years, rng=luck, rounds=ROUNDS)
    waited, mine = result.waited, result.of(ME)
    cost = result.cost * waited
    theirs, everybody = result.of(OTHERS), result.of()

    def yearly(what: Floats, chosen: NDArray[np.bool_]) -> Floats:
        count = np.bincount(result.run[chosen], minlength=years)
        total = np.bincount(result.run[chosen], what[chosen], minlength=years)
        return np.where(count > 0, total / np.maximum(count, 1), np.nan)

    def when(rounds: slice) -> NDArray[np.bool_]:
        return np.isin(result.round, np.arange(rounds.start, rounds.stop))

    looks = [
        [result.perceived[who & when(rounds)] for rounds in (EARLY, LATE)] for who in (mine, theirs)
    ]
    return Run(
        settings=settings,
        wait=result.by_round(waited, ME),
        other_wait=result.by_round(waited, OTHERS),
        delay=result.by_round(cost),
        credibility=result.memory.credibility[:, :, ME].mean(axis=1),
        yearly={
            "wait": yearly(waited, mine),
            "early": yearly(waited, mine & when(EARLY)),
            "late": yearly(waited, mine & when(LATE)),
            "others": yearly(waited, theirs),
            "all": yearly(waited, everybody),
            "cost": yearly(cost, everybody),
            "my cost": yearly(cost, mine),
        },
        looks=np.array([[each.mean(axis=0) for each in whose] for whose in looks]),
        apart=np.array([[each[:, Part.STATED].std() for each in whose] for whose in looks]),
        year=_first_year(result),
    )


def _first_year(result: Result) -> Year:
    seen = (result.run == 0) & (result.round < result.rounds)
    names = ("requester", "round", "arrival", "start", "service", "effort", "cost", "score")
    chosen = {name: getattr(result, name)[seen] for name in names}
    return Year(perceived=result.perceived[seen], **chosen)


def yardstick(
    load: int, order: Order, *, years: int = YEARS, seed: int = SEED
) -> tuple[Floats, float]:
    """Return what the delay of a request costs in another order: by round and in the mean.

    Args:
        load: share of the expert's days that the requests fill, per cent.
        order: what the expert goes by.
        years: how many are simulated.
        seed: the luck.
    """
    settings, luck = Settings(load=load), np.random.default_rng(seed)
    habits = settings.habits()
    result = simulate(settings.params(), habits, n=years, rng=luck, rounds=ROUNDS, order=order)
    return result.by_round(result.cost * result.waited).mean, result.cost_delay()
