"""The deals of the half year: who was introduced to whom, when, by which broker, for how much."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from math import asin, cos, radians, sin, sqrt

import numpy as np

from course.cases.dice import Dice
from course.cases.lead.chases import DEALS
from course.cases.lead.days import FIRST_MONDAY, REST_WEEK, is_workday
from course.cases.lead.people import (
    BROKERS,
    CITIES,
    CUSTOMER_SURNAMES,
    GIVEN_NAMES,
    KNOWN,
    VENDOR_SURNAMES,
    Broker,
)
from course.cases.lead.sectors import SECTORS, Firm, Sector
from course.cases.people import Person

__all__ = ["Deal", "Terms", "draw_deals", "kilometres"]

PER_SECTOR = 10  # deals in each of the sixteen sectors: 160 in all
LAST_START = 24  # introductions stop a week before the snapshot

CHANGE = date(2026, 4, 1)
"""From this day Zoe Qiao and Ian Pan lead by the weekly rule."""

# Who takes the next introduction, before and after the change: since April most go to those who
# lead by the rule, which is why so many of their deals are young. Shares, summed up.
_EDGES_BEFORE = tuple(accumulate((0.26, 0.16, 0.16, 0.26, 0.06, 0.10)))
_EDGES_AFTER = tuple(accumulate((0.30, 0.07, 0.06, 0.08, 0.26, 0.23)))


@dataclass(frozen=True)
class Terms:
    """What the parties deal about. ``value`` in 10,000 CNY, ``fee`` in % of it."""

    value: float
    fee: float
    repeatable: bool  # the customer will buy this again
    divisible: bool  # the contract can be cut into parts
    written: date | None  # day of a written fee agreement, None without one


@dataclass(frozen=True)
class Deal:
    """A brokered deal as it starts; ``start`` is the day the group was created."""

    number: int  # 1 to 160, by start
    sector: Sector
    customer: Firm
    vendor: Firm
    buyer: Person
    seller: Person
    broker: Broker
    style: str  # a course.models.lead.Style value
    start: date
    site: str
    terms: Terms

    @cached_property
    def key(self) -> str:
        """The deal's id, ``D001`` to ``D160``."""
        return f"D{self.number:03d}"

    @cached_property
    def monday(self) -> date:
        """The Monday of the week in which the group was created."""
        return self.start - timedelta(days=self.start.weekday())

    @cached_property
    def kilometres(self) -> int:
        """Distance between customer and vendor, km."""
        return kilometres(self.customer.city, self.vendor.city)


def kilometres(one: str, other: str) -> int:
    """Return the great-circle distance between two of the case's cities, km to the nearest 10."""
    (lat1, lon1), (lat2, lon2) = (
        (radians(lat), radians(lon)) for lat, lon in (CITIES[one], CITIES[other])
    )
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return round(2 * 6371 * asin(sqrt(half)) / 10) * 10


def _contacts(dice: Dice) -> dict[str, Person]:
    """Give every firm its contact, by short name."""
    found: dict[str, Person] = {}
    for names, firms in (
        (CUSTOMER_SURNAMES, [firm for sector in SECTORS for firm in sector.customers]),
        (VENDOR_SURNAMES, [firm for sector in SECTORS for firm in sector.vendors]),
    ):
        deck: list[Sequence[str]] = []
        for firm in firms:
            deck = deck or dice.shuffled(names)
            surname, character = deck.pop()
            title = "Mr" if dice.chance(0.55) else "Ms"
            given, characters = dice.pick(GIVEN_NAMES[title])
            person = Person(surname, given, character + characters, title)
            found[firm.short] = KNOWN.get(firm.short, person)
    return found


def _starts(dice: Dice, n: int) -> list[date]:
    """Draw ``n`` working days, more and more of them per week, none before a holiday."""
    weights = np.linspace(1.0, 3.8, LAST_START)
    weights[REST_WEEK - 1 : REST_WEEK + 1] = 0.0
    edges = np.cumsum(weights / weights.sum()).tolist()
    days: list[date] = []
    while len(days) < n:
        week = bisect(edges, dice.uniform())
        day = FIRST_MONDAY + timedelta(weeks=week, days=dice.whole(0, 3))
        if week < LAST_START and is_workday(day):
            days.append(day)
    return sorted(days)


def _broker(dice: Dice, start: date) -> tuple[Broker, str]:
    after = start >= CHANGE
    place = bisect(_EDGES_AFTER if after else _EDGES_BEFORE, dice.uniform())
    broker = BROKERS[min(place, len(BROKERS) - 1)]
    return broker, broker.after if after else broker.before


def _terms(dice: Dice, rng: np.random.Generator, start: date) -> Terms:
    value = min(max(50 * float(np.exp(0.6 * rng.standard_normal())), 8), 400)
    fee = min(max(rng.normal(11, 2.5), 4), 18)
    repeatable, divisible = dice.chance(0.55), dice.chance(0.45)
    written = start - timedelta(days=dice.whole(0, 6)) if dice.chance(0.3) else None
    return Terms(round(2 * value) / 2, round(2 * fee) / 2, repeatable, divisible, written)


def draw_deals(rng: np.random.Generator) -> tuple[Deal, ...]:
    """Draw the 160 deals of one variant, ordered by the day their group was created.

    No pair of firms meets twice, and none of the pairs in :data:`~course.cases.lead.DEALS`, which
    belong to the year before.
    """
    dice = Dice(rng)
    contacts = _contacts(dice)
    before = {(customer.split()[0], vendor.split()[0]) for customer, vendor in DEALS}
    pairs = []
    for sector in SECTORS:
        possible = [
            (sector, customer, vendor)
            for customer in sector.customers
            for vendor in sector.vendors
            if (customer.name.split()[0], vendor.name.split()[0]) not in before
        ]
        pairs += dice.shuffled(possible)[:PER_SECTOR]
    pairs = dice.shuffled(pairs)
    deals = []
    for number, start in enumerate(_starts(dice, len(pairs)), 1):
        sector, customer, vendor = pairs[number - 1]
        broker, style = _broker(dice, start)
        deals.append(
            Deal(
                number,
                sector,
                customer,
                vendor,
                contacts[customer.short],
                contacts[vendor.short],
                broker,
                style,
                start,
                dice.pick(sector.sites),
                _terms(dice, rng, start),
            )
        )
    return tuple(deals)
