"""The terms of the homework model: what customers say, what a brief holds, what trust is made of.

Plain frozen data, checked when it is built. Every number here is *assumed*: none is calibrated to a
real firm. The findings the course teaches are those that hold over :data:`RANGE`
(``tests/models/homework/test_findings.py``).

Hours are those of presales unless it says otherwise; a working day has eight. What is not work but
hurts (a false alarm, a tired customer, a real problem left lying) is given in the hours of work one
would spend to be spared it, so that it can be added to hours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import IntEnum, StrEnum
from math import isfinite
from types import MappingProxyType

__all__ = ["DAY", "PLANNED", "RANGE", "SIGNALS", "Action", "Claim", "Field", "Params"]

DAY = 8.0
"""Working hours of a day."""

PLANNED = 3
"""Versions everybody reckons with: for one's own leaders, for the working level, for the top."""


class Claim(StrEnum):
    """What a customer may say under which something may or may not be wrong."""

    PRICE = "price"  # "at this price you will not even be invited"
    OLD_PLAN = "old_plan"  # "this plan is three years old"
    PLACE = "place"  # a page, a number, what stands there and what should: not easily made up


class Action(StrEnum):
    """What one does with it."""

    RELAY = "relay"  # pass it on as it came, with the alarm
    VERIFY = "verify"  # find out first; pass on what is so, with the facts
    WAIT = "wait"  # do nothing


class Field(IntEnum):
    """What a brief has to say; the column in arrays."""

    PLAN = 0  # which plan
    CONCERN = 1  # what worries them
    DETAIL = 2  # what they want in detail
    OMIT = 3  # what they do not
    AUDIENCE = 4  # who reads it, who decides
    DATE = 5  # by when
    SUCCESS = 6  # what is to happen once it has been read


# Fields of Params that are not shares: their widest ranges.
_WIDEST: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "verify_hours": (0, 1000),
        "fix_hours": (0, 1000),
        "alarm": (0, 1000),
        "miss": (0, 1e5),
        "blind": (0.02, 1),
        "specific": (0.02, 1),
        "draft_hours": (0.1, 1000),
        "round_share": (0, 10),
        "review_hours": (0, 100),
        "press_hours": (0, 100),
        "ask_hours": (0, 100),
        "annoy": (0, 1000),
        "version_days": (0, 100),
        "deadline": (0, 1000),
        "load": (0.05, 0.95),
        "effort_spread": (0, 3),
        "round_days": (1, 100),
        "favour_hours": (0, 1000),
        "weight": (0, 100),
        "aging": (0.001, 10),
        "glance": (0, 10),
    }
)
_WHOLE: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"people": (1, 50), "patience": (0, 50), "patience_spread": (0, 50), "requesters": (1, 100)}
)


def _within(name: str, value: object, low: float, high: float) -> None:
    """Raise ValueError unless ``value`` is a number in [low, high]."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{name}: expected a number, got {value!r}; pass an int or a float")
    if not (isfinite(value) and low <= value <= high):
        raise ValueError(
            f"{name}: expected {low:g} to {high:g}, got {value!r}; choose a value in that range"
        )


@dataclass(frozen=True, kw_only=True)
class Params:
    """The world of one salesperson, the customers, and the presales expert (all defaults assumed).

    Raises:
        ValueError: a field is outside its range, or patience is smaller than its spread.
    """

    # What customers say, and what it costs to act on it (signals, verify, inbox).
    base: float = 0.2  # share of customers with whom it is so, said or not
    if_true: float = 0.9  # chance that one of them says it, if it is so
    if_not: float = 0.7  # … if it is not: pressure, a pretext
    people: int = 1  # people on the customer's side
    echo: float = 0.5  # chance that a second one repeats the first
    verify_hours: float = 1.5  # the salesperson's, to find out
    accuracy: float = 0.95  # chance that what is found out is so
    fix_hours: float = 16.0  # to rework what was complained of, needed or not
    alarm: float = 12.0  # a false alarm relayed, hours' worth of goodwill
    miss: float = 80.0  # a real problem left lying, hours' worth
    # Briefs, versions and reviews (rounds, briefs).
    wrong: float = 0.45  # chance that a field nobody has cleared up is guessed wrong
    blind: float = 0.4  # chance that a review brings a wrong field to light: "just change it"
    specific: float = 0.75  # … if one asks which page, and what should stand there
    draft_hours: float = 16.0  # mean work of a first version
    round_share: float = 0.3  # work of each further version, share of the first
    review_hours: float = 1.0  # the salesperson's, for each version
    press_hours: float = 0.5  # … on top, to make the feedback specific
    clear: float = 0.85  # chance that a question asked in good time clears up what it is about
    ask_hours: float = 0.25  # the salesperson's, for each question
    patience: int = 6  # questions a customer bears gladly, in the mean
    patience_spread: int = 2  # evenly spread that far to both sides
    careless: float = 0.3  # what is left of the chance to clear up, once patience is gone
    annoy: float = 1.0  # each question beyond patience, hours' worth of goodwill
    version_days: float = 1.5  # working days from one version to the next
    deadline: float = 8.0  # working days from the customer's request
    # A year with one expert (trust, year).
    requesters: int = 6  # salespeople who share the expert
    load: float = 0.75  # share of the expert's days filled if everybody works in the plain manner
    effort_spread: float = 0.6  # standard deviation of the logarithm of a first version's work
    round_days: float = 10.0  # working days in a round
    pressure: float = 0.4  # chance that a request's customer complains under pressure
    favours: float = 0.5  # chance that a request's customer would gladly be done a favour
    favour_hours: float = 10.0  # work of a favour: slides, a bid text, a report
    start: float = 0.5  # trust in somebody nobody knows, and what it drifts back to
    drift: float = 0.03  # share of the way back to it, a round
    fact_gain: float = 0.06  # share of missing trust won with each thing found out before calling
    view_gain: float = 0.04  # … with each request that comes with a view of one's own
    credit_gain: float = 0.06  # … with each piece of work credited before their leader
    alarm_loss: float = 0.15  # share of trust lost with each alarm that proved false
    rework_loss: float = 0.05  # … with each version beyond the three planned
    dump_loss: float = 0.12  # … with each favour promised with the expert's hours
    weight: float = 4.0  # what full trust adds to a request, points against none
    aging: float = 0.1  # points gained for each day of waiting
    glance: float = 0.5  # chance in how a request looks, standard deviation, points

    def __post_init__(self) -> None:
        """Check every number against its range."""
        for name, ends in _WHOLE.items():
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int):
                raise ValueError(f"{name}: expected a whole number, got {value!r}")
            _within(name, value, *ends)
        for each in fields(self):
            if each.name not in _WHOLE:
                _within(each.name, getattr(self, each.name), *_WIDEST.get(each.name, (0, 1)))
        if self.patience < self.patience_spread:
            raise ValueError(
                f"patience_spread: expected at most patience ({self.patience}), "
                f"got {self.patience_spread}; nobody bears fewer than no questions"
            )


SIGNALS: Mapping[Claim, Params] = MappingProxyType(
    {
        Claim.PRICE: Params(base=0.2, if_true=0.9, if_not=0.7),
        Claim.OLD_PLAN: Params(base=0.1, if_true=0.8, if_not=0.3),
        Claim.PLACE: Params(base=0.2, if_true=0.5, if_not=0.03),
    }
)
"""How often each claim is so, and is said (assumed): what tells is not how loud it is said, but how
seldom it is said for nothing."""

RANGE: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "base": (0.1, 0.3),
        "if_true": (0.8, 0.95),
        "if_not": (0.55, 0.8),
        "echo": (0.3, 0.8),
        "verify_hours": (0.5, 3.0),
        "accuracy": (0.85, 1.0),
        "fix_hours": (10.0, 24.0),
        "alarm": (6.0, 20.0),
        "miss": (60.0, 150.0),
        "wrong": (0.35, 0.55),
        "blind": (0.3, 0.45),
        "specific": (0.65, 0.85),
        "round_share": (0.2, 0.4),
        "review_hours": (0.5, 2.0),
        "press_hours": (0.2, 1.0),
        "clear": (0.75, 0.95),
        "ask_hours": (0.1, 0.4),
        "careless": (0.1, 0.5),
        "annoy": (0.5, 2.0),
        "version_days": (1.0, 2.0),
        "load": (0.65, 0.8),
        "effort_spread": (0.4, 0.8),
        "pressure": (0.3, 0.5),
        "favours": (0.3, 0.6),
        "favour_hours": (6.0, 14.0),
        "drift": (0.02, 0.06),
        "fact_gain": (0.03, 0.1),
        "view_gain": (0.02, 0.06),
        "credit_gain": (0.03, 0.1),
        "alarm_loss": (0.1, 0.2),
        "rework_loss": (0.03, 0.08),
        "dump_loss": (0.08, 0.16),
        "weight": (3.0, 5.0),
        "aging": (0.05, 0.15),
        "glance": (0.2, 0.8),
    }
)
"""Worlds in which the findings were tested."""
