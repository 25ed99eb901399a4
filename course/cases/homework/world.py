"""The requests as they come: who asks whom, for which customer, and what is known of the brief.

Complexity confounds: of a complex request more is unknown *and* every round of it is longer. Two
fields, date and success, are unknown by complexity alone and hardly cost anything; five also depend
on who asks, and cost much when they are guessed wrong.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from course.cases.days import ahead, workdays
from course.cases.dice import Dice
from course.cases.homework.customers import SECTORS, Customer, Sector
from course.cases.homework.fields import FIELDS, BriefField, another, draw_value, named
from course.cases.homework.people import CHARACTERS, PRESALES, SELLERS, Character, Colleague, Seller

__all__ = ["COMPLEXITIES", "DAYS", "FIRST", "LAST", "REQUESTS", "Request", "draw_requests"]

REQUESTS = 300
FIRST, LAST = date(2025, 7, 1).toordinal(), date(2026, 5, 29).toordinal()
DAYS = workdays(FIRST, LAST + 90)
"""Working days on which anything may happen."""
COMPLEXITIES = ("low", "middle", "high")

_KINDS = ("proposal", "slides", "tender answer", "report", "demo")
_DAYS = {"low": (2, 5), "middle": (4, 9), "high": (7, 14)}
"""Working days until it is due, least and most."""
_SHIFT = {"low": 0.14, "middle": 0.0, "high": -0.14}
"""What complexity adds to the chance that one of the five fields is asked for."""
_PLAIN = {"low": 0.85, "middle": 0.5, "high": 0.15}
"""Chance that date or success is asked for: the same for all who ask."""
_TOLD_ANYWAY, _ANSWERED, _RIGHT, _LUCKY = 0.06, 0.96, 0.96, 0.35


@dataclass(frozen=True)
class Request:
    """One request; what becomes of it is in :mod:`course.cases.homework.fate`.

    Attributes:
        number: from 1, in order of time.
        day: ordinal of the day on which presales is asked.
        due: ordinal of the day by which the customer really wants it.
        fields: the seven fields, in the order of :data:`FIELDS`.
    """

    number: int
    day: int
    seller: Seller
    presales: Colleague
    sector: Sector
    customer: Customer
    kind: str
    complexity: str
    due: int
    told_due: int
    fields: tuple[BriefField, ...]

    @property
    def character(self) -> Character:
        """How the one who asks deals with homework."""
        return CHARACTERS[self.seller.voice]

    @cached_property
    def wrong(self) -> frozenset[str]:
        """The fields in which presales works with what the customer does not want."""
        return frozenset(each.name for each in self.fields if not each.right)

    @cached_property
    def known(self) -> frozenset[str]:
        """The fields that were known when work began."""
        return frozenset(each.name for each in self.fields if each.known)


def _dealt(dice: Dice, count: int, size: int) -> list[int]:
    """Deal out ``size`` kinds evenly, in random order."""
    return dice.shuffled([place % size for place in range(count)])


def draw_requests(rng: np.random.Generator) -> tuple[Request, ...]:
    """Draw the requests of one variant, in order of time."""
    dice = Dice(rng, block=4096)
    asked_on = workdays(FIRST, LAST)
    asked = sorted(dice.pick(asked_on) for _ in range(REQUESTS))
    # Sellers meet every complexity equally often: whoever asks less does not have the harder ones.
    cells = _dealt(dice, REQUESTS, len(SELLERS) * len(COMPLEXITIES))
    writers = _dealt(dice, REQUESTS, len(PRESALES))
    return tuple(
        _request(
            dice, place + 1, asked[place], SELLERS[cell % len(SELLERS)],
            COMPLEXITIES[cell // len(SELLERS)], PRESALES[writers[place]],
        )
        for place, cell in enumerate(cells)
    )  # fmt: skip


def _request(
    dice: Dice, number: int, day: int, seller: Seller, complexity: str, presales: Colleague
) -> Request:
    sector = dice.pick(SECTORS)
    due = ahead(day, dice.whole(*_DAYS[complexity]))
    fields = tuple(_field(dice, name, sector, seller, complexity, due) for name in FIELDS)
    told = due
    if not fields[FIELDS.index("date")].right:
        assumed = fields[FIELDS.index("date")].assumed
        told = next(each for each in range(due, due + 40) if named(each) == assumed)
    return Request(
        number, day, seller, presales, sector, dice.pick(sector.customers), dice.pick(_KINDS),
        complexity, due, told, fields,
    )  # fmt: skip


def _field(
    dice: Dice, name: str, sector: Sector, seller: Seller, complexity: str, due: int
) -> BriefField:
    plain = name in ("date", "success")
    share = CHARACTERS[seller.voice].asks + _SHIFT[complexity]
    asked = dice.chance(_PLAIN[complexity] if plain else share)
    known = dice.chance(_ANSWERED if asked else _TOLD_ANYWAY)
    wanted = named(due) if name == "date" else draw_value(name, sector, dice)
    right = dice.chance(_RIGHT if known else _LUCKY)
    assumed = wanted if right else another(name, wanted, sector, due, dice)
    return BriefField(name, asked, known, assumed, wanted)
