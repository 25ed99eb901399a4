"""The tickets as they are asked for: who, when, what, for whom, what a delay costs, what was told.

What a ticket costs a day is dealt out so that no requester, label or completeness has more of the
dear ones: whatever differs in the waits does not come from there.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import exp
from statistics import NormalDist

import numpy as np

from course.cases.days import ahead, workday, workdays
from course.cases.dice import Dice
from course.cases.priority.customers import TRADES, Customer, Trade
from course.cases.priority.people import EXPERTS, REQUESTERS, Expert, Requester

__all__ = ["DAYS", "FIRST", "HOURS", "LAST", "ROWS", "URGENT_FROM", "Ticket", "draw_tickets"]

ROWS = 900  # of the table, with the second rows of reopened tickets
REOPENED = 52
FIRST, LAST = date(2025, 4, 1).toordinal(), date(2025, 12, 31).toordinal()
DAYS = workdays(FIRST, LAST)
HOURS = 7.5  # an expert's working day
LOAD = 0.93  # share of the experts' hours that the tickets fill
URGENT_FROM = 4_000
"""CNY per working day: a ticket whose delay costs so much is urgent by the firm's own rule."""

_COST, _COST_SPREAD, _EFFORT_SPREAD = 1_500.0, 1.0, 0.75
_WEEKEND = 0.06  # share of the tickets asked for on a weekend or holiday
_GOLDEN = (5**0.5 - 1) / 2  # multiples of it, modulo 1, fill the unit interval evenly
_NORMAL = NormalDist()


@dataclass(frozen=True)
class Ticket:
    """One ticket as it is asked for; what becomes of it is in :mod:`course.cases.priority.fate`.

    Attributes:
        number: from 1, in order of time.
        day: ordinal of the day on which it is asked for; ``minute`` of that day, Nanjing time.
        cost: CNY per working day of delay. ``hours``: of work.
        told: were background, reviewers, dates, why given?
        wanted: ordinal of the day by which it is wanted, told or not.
        luck: 0-1, for manners of speaking.
    """

    number: int
    day: int
    minute: int
    requester: Requester
    expert: Expert
    kind: str
    customer: Customer
    product: str
    cost: int
    hours: float
    told: tuple[bool, bool, bool, bool]
    channel: str
    urgent_label: bool
    loud: bool
    recorded: bool
    wanted: int
    said_cost: int
    said_hours: float
    luck: float

    @cached_property
    def complete(self) -> int:
        """How many of the four were given."""
        return sum(self.told)

    @property
    def trade(self) -> Trade:
        """The trade of the customer."""
        return TRADES[self.requester.trade]


def _times(dice: Dice, count: int) -> list[tuple[int, int]]:
    """Draw days and minutes, sorted; no two are the same."""
    found: set[tuple[int, int]] = set()
    rest = sorted(set(range(FIRST, LAST + 1)) - set(DAYS))
    while len(found) < count:
        if dice.chance(_WEEKEND):
            found.add((dice.pick(rest), dice.whole(9 * 60, 21 * 60)))
        else:
            # Nobody asks between noon and half past one, Nanjing time.
            minute = dice.whole(8 * 60 + 40, 18 * 60)
            minute += 90 if 12 * 60 <= minute < 13 * 60 + 30 else 0
            found.add((dice.pick(DAYS), minute))
    return sorted(found)


def _costs(rng: np.random.Generator, owners: list[int]) -> list[int]:
    """Deal out the costs of delay: each requester gets an even sample of the same distribution."""
    costs = [0] * len(owners)
    order = sorted(range(len(owners)), key=lambda i: (owners[i], i))
    start = rng.random()
    for place, i in enumerate(order):
        share = min(max((start + place * _GOLDEN) % 1, 1e-3), 1 - 1e-3)
        cost = _COST * exp(_COST_SPREAD * _NORMAL.inv_cdf(share))
        step = 50 if cost < 2_000 else 100 if cost < 10_000 else 500
        costs[i] = max(100, round(cost / step) * step)
    return costs


def _round_hours(hours: float) -> float:
    return max(0.5, round(hours * 2) / 2 if hours < 6 else float(round(hours)))


def _owners(dice: Dice, count: int) -> list[int]:
    """Everybody asks about as often as the others, in random order."""
    return dice.shuffled([place % len(REQUESTERS) for place in range(count)])


def _efforts(dice: Dice, kinds: list[tuple[Expert, str, float]]) -> list[float]:
    """Draw hours of work, scaled so that every expert's tickets fill ``LOAD`` of their time."""
    drawn = [
        weight * exp(_EFFORT_SPREAD * _NORMAL.inv_cdf(min(max(dice.uniform(), 1e-3), 1 - 1e-3)))
        for _expert, _kind, weight in kinds
    ]
    total = dict.fromkeys((expert.key for expert in EXPERTS), 0.0)
    for (expert, _kind, _weight), hours in zip(kinds, drawn, strict=True):
        total[expert.key] += hours
    room = LOAD * HOURS * len(DAYS)
    return [
        max(0.5, round(hours * room / total[expert.key], 1))
        for (expert, _kind, _weight), hours in zip(kinds, drawn, strict=True)
    ]


def draw_tickets(rng: np.random.Generator) -> tuple[Ticket, ...]:
    """Draw the tickets of one variant, in order of time: 900 rows less the reopened ones."""
    count = ROWS - REOPENED
    dice = Dice(rng, block=8192)
    owners = _owners(dice, count)
    costs = _costs(rng, owners)
    kinds = []
    for place in dice.shuffled([place % len(EXPERTS) for place in range(count)]):
        expert = EXPERTS[place]
        kind, weight = dice.pick(expert.kinds)
        kinds.append((expert, kind, weight))
    hours = _efforts(dice, kinds)
    found = []
    for place, (day, minute) in enumerate(_times(dice, count)):
        requester = REQUESTERS[owners[place]]
        expert, kind, _weight = kinds[place]
        found.append(
            _ticket(
                dice, place + 1, day, minute, requester, expert, kind, costs[place], hours[place]
            )
        )
    return tuple(found)


def _ticket(
    dice: Dice,
    number: int,
    day: int,
    minute: int,
    requester: Requester,
    expert: Expert,
    kind: str,
    cost: int,
    hours: float,
) -> Ticket:
    trade = TRADES[requester.trade]
    loud = day >= requester.shouts_from.toordinal() and dice.chance(0.85)
    recorded = day >= requester.records_from.toordinal() and dice.chance(0.88)
    tells = requester.tells
    if recorded:  # who writes for a leader's eyes writes more
        tells = (max(tells[0], 0.8), max(tells[1], 0.7), max(tells[2], 0.8), max(tells[3], 0.7))
    background, reviewers, dates, why = (dice.chance(share) for share in tells)
    luck = dice.uniform()
    phone, mail = requester.channels
    channel = "phone" if luck < phone else "mail" if luck < phone + mail else "chat"
    said = cost * requester.inflates * dice.between(0.8, 1.25)
    guess = hours * requester.plays_down * dice.between(0.7, 1.3)
    return Ticket(
        number, day, minute, requester, expert, kind,
        dice.pick(trade.customers), dice.pick(trade.products),
        cost, hours, (background, reviewers, dates, why),
        "mail" if recorded and channel == "phone" else channel,
        dice.chance(requester.urgent), loud, recorded,
        ahead(workday(day), dice.whole(3, 15)),
        (max(100, round(said / 100) * 100)) if why else 0,
        _round_hours(guess) if dice.chance(0.25 + 0.4 * why) else 0.0,
        dice.uniform(),
    )  # fmt: skip
