"""The opportunities of 2025: who presented what to whom, when, for how much, and worked on how."""

from bisect import bisect
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate

import numpy as np

from course.cases.days import quarter, workday
from course.cases.dice import Dice
from course.cases.momentum.customers import LINES, Customer, Line
from course.cases.momentum.days import FIRST
from course.cases.momentum.people import GIVEN_NAMES, SELLERS, SURNAMES, Seller
from course.cases.people import Person
from course.models.momentum import Move, Policy

__all__ = ["COHORTS", "JOBS", "ROLES", "Opportunity", "draw_opportunities"]

COHORTS = {"2025Q1": 52, "2025Q2": 54, "2025Q3": 56, "2025Q4": 58}
"""Presentations per quarter."""
_ENDS = [FIRST, *(date(2025, month, 1).toordinal() for month in (4, 7, 10))]
_LAST_START = date(2025, 12, 20).toordinal()  # so that all can be watched for 26 weeks

ROLES = ("contact", "boss", "leader", "finance", "legal")
"""Who has a say at every customer; some have a user as well."""
JOBS = {
    "bureau": ("section chief", "director", "deputy district head", "accounting", "procurement"),
    "company": ("project manager", "general manager", "chairman", "finance manager", "legal"),
    "hospital": ("head of logistics", "vice president", "president", "accounting", "procurement"),
    "college": (
        "section head",
        "dean of logistics",
        "vice principal",
        "bursar's office",
        "tenders",
    ),
}
"""Job titles by kind of house, in the order of :data:`ROLES`."""


@dataclass(frozen=True)
class Opportunity:
    """One opportunity as it starts; ``start`` is the day of the presentation."""

    number: int  # 1 to 220, by start
    line: Line
    customer: Customer
    seller: Seller
    start: int
    site: str
    unit: str
    amount: int  # CNY
    people: dict[str, Person]  # by role
    style: str  # wait, show, materials, page or late
    policy: Policy

    @cached_property
    def key(self) -> str:
        """The opportunity's id, ``P001`` to ``P220``."""
        return f"P{self.number:03d}"

    @cached_property
    def cohort(self) -> str:
        """The quarter of the presentation."""
        return quarter(self.start)


def _starts(dice: Dice) -> list[int]:
    """Draw the days of the presentations, sorted."""
    days = []
    for count, first, end in zip(
        COHORTS.values(), _ENDS, [*_ENDS[1:], _LAST_START + 1], strict=True
    ):
        room: list[int] = []
        while len(room) < count:
            day = workday(dice.whole(first, end - 1))
            if day < end:
                room.append(day)
        days += sorted(room)
    return days


def _people(dice: Dice, customer: Customer) -> dict[str, Person]:
    roles = [*ROLES, "user"] if dice.chance(0.12) else [*ROLES]
    jobs = (*JOBS[customer.kind], "")
    surnames: dict[tuple[str, str], None] = {}  # distinct, in the order drawn
    while len(surnames) < len(roles):
        surnames[dice.pick(SURNAMES)] = None
    found = {}
    for place, ((surname, character), role) in enumerate(zip(surnames, roles, strict=True)):
        title = "Mr" if dice.chance(0.6 if role != "finance" else 0.3) else "Ms"
        given, characters = dice.pick(GIVEN_NAMES[title])
        found[role] = Person(surname, given, character + characters, title, jobs[place])
    return found


_HABITS = ("wait", "show", "materials")
_START_EDGES = tuple(accumulate((0.45, 0.35)))


def _style(dice: Dice, seller: Seller, cohort: str) -> tuple[str, Policy]:
    """Choose how the seller works on it: by the page from some quarter on, else by habit."""
    begins = bisect(_START_EDGES, dice.uniform())
    if cohort >= seller.page_from:  # "never" sorts after every quarter
        style = "page" if dice.chance(0.86) else "late"
    else:
        style = _HABITS[bisect(list(accumulate(seller.habit))[:2], dice.uniform())]
    moves: set[Move] = set()
    if style == "show":
        moves = {Move.SHOW}
    elif style == "materials":
        moves = {Move.DRAFT}
        moves |= {Move.PAPER} if dice.chance(0.3) else set()
    elif style != "wait":
        moves = {Move.DRAFT, Move.EDITS}
        for move, share in (
            (Move.PROBE, 0.7),
            (Move.PAPER, 0.6),
            (Move.LETTER, 0.35),
            (Move.PILOT, 0.25),
        ):
            moves |= {move} if dice.chance(share) else set()
    start = begins + 7 if style == "late" else begins
    return style, Policy(moves=frozenset(moves), start=0 if style in ("wait", "show") else start)


def draw_opportunities(rng: np.random.Generator) -> tuple[Opportunity, ...]:
    """Draw the 220 opportunities of one variant, by the day of the presentation.

    A customer has one to three of them; people differ from one to the next, as projects do.
    """
    dice = Dice(rng, block=4096)
    every = [(line, customer) for line in LINES for customer in line.customers]
    pairs = dice.shuffled(every) + dice.shuffled(every)
    amounts = np.exp(rng.normal(np.log(1.2e6), 0.75, len(pairs))).clip(1.6e5, 9.8e6)
    found = []
    for number, start in enumerate(_starts(dice), 1):
        line, customer = pairs[number - 1]
        seller = dice.pick(SELLERS)
        style, policy = _style(dice, seller, quarter(start))
        found.append(
            Opportunity(
                number,
                line,
                customer,
                seller,
                start,
                dice.pick(line.sites),
                dice.pick(line.units),
                round(float(amounts[number - 1]) / 10_000) * 10_000,
                _people(dice, customer),
                style,
                policy,
            )
        )
    return tuple(found)
