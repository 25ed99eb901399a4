"""The seven fields of a brief: what the customer wants in each, and what is guessed instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from course.cases.days import MONTHS, ahead
from course.cases.dice import Dice
from course.cases.homework.customers import Sector

__all__ = ["FIELDS", "BriefField", "another", "draw_value", "named"]

FIELDS = ("plan", "concern", "detail", "omit", "audience", "date", "success")

_OMITS = (
    "the company history",
    "the organisation chart",
    "the twelve certificates",
    "the chapter on artificial intelligence",
    "the map with all our branch offices",
    "the glossary",
    "the photographs of our control room",
    "the market forecast",
    "the comparison with the others",
    "the praise from the ministry",
    "phase two",
    "the architecture picture with the clouds",
)
_AUDIENCES = (
    "the chief engineer with two colleagues",
    "the deputy director, who reads on the phone",
    "the finance department",
    "the shift leaders",
    "the general manager alone",
    "the party committee, eleven people",
    "an outside expert from the design institute",
    "the head of IT, who will look for holes",
    "the users, on a Friday afternoon",
    "purchasing, line by line",
    "the district bureau",
    "the director's assistant, who makes two pages of it",
)
_SUCCESSES = (
    "there is a yes to a pilot",
    "the budget request can be copied out of it",
    "it survives one hour with the auditors",
    "nobody asks for a second quotation",
    "the people on shift stop grumbling",
    "it is put on the agenda in the bureau",
    "the finance director asks no third question",
    "they can explain it without us",
    "the technical clauses can be taken from it",
    "somebody from above comes to have a look",
)
_GENERAL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"omit": _OMITS, "audience": _AUDIENCES, "success": _SUCCESSES}
)


@dataclass(frozen=True)
class BriefField:
    """One field of one brief.

    Attributes:
        name: one of :data:`FIELDS`.
        asked: did the salesperson ask the customer?
        known: was there an answer when work began?
        assumed: what presales worked with; ``wanted``: what the customer wanted.
    """

    name: str
    asked: bool
    known: bool
    assumed: str
    wanted: str

    @property
    def right(self) -> bool:
        """Was it what the customer wanted?"""
        return self.assumed == self.wanted


def _values(name: str, sector: Sector) -> tuple[str, ...]:
    if name in _GENERAL:
        return _GENERAL[name]
    own = {"plan": sector.plans, "concern": sector.concerns, "detail": sector.details}
    return own[name]


def named(day: int) -> str:
    """Write a day as it stands in a brief: ``12 March``."""
    when = date.fromordinal(day)
    return f"{when.day} {MONTHS[when.month - 1]}"


def draw_value(name: str, sector: Sector, dice: Dice) -> str:
    """Draw what a customer wants in a field; dates are not drawn here."""
    return dice.pick(_values(name, sector))


def another(name: str, wanted: str, sector: Sector, due: int, dice: Dice) -> str:
    """Draw a value that is not what is wanted; a wrong date is one to four working days off."""
    if name == "date":
        return named(ahead(due, dice.whole(1, 4)))
    return dice.pick([each for each in _values(name, sector) if each != wanted])
