"""Windows in which money can be asked for, and what people at the customer's think of it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from course.cases.days import ahead, back, workday
from course.cases.dice import Dice
from course.cases.momentum.log import Log
from course.cases.momentum.world import Opportunity

__all__ = ["Window", "attitudes", "budget_windows"]


class Window(NamedTuple):
    """A time in which a customer's people may ask for money; days are ordinals."""

    customer: str
    kind: str  # annual, mid-year or special
    fiscal_year: int
    opens: int
    closes: int
    ceiling: int  # CNY, for a single request


# Kind, fiscal year, earliest opening, days it may be later, least and most days it is open.
_REGULAR = (
    ("mid-year", 2025, date(2025, 5, 12).toordinal(), 10, 18, 35),
    ("annual", 2026, date(2025, 8, 18).toordinal(), 20, 35, 60),
    ("mid-year", 2026, date(2026, 5, 11).toordinal(), 10, 18, 35),
)


def budget_windows(
    opportunities: Sequence[Opportunity], approved: Sequence[int], dice: Dice
) -> list[Window]:
    """Draw each customer's windows: the regular ones, and a special one for money found outside.

    Args:
        opportunities: all of them.
        approved: for each the day on which money was set aside, 0 if it never was.
        dice: luck.
    """
    found: dict[str, list[Window]] = {}
    for opportunity in opportunities:
        name = opportunity.customer.name
        if name not in found:
            found[name] = [
                Window(
                    name,
                    kind,
                    year,
                    opens := workday(first + dice.whole(0, later)),
                    back(opens + dice.whole(low, high)),
                    dice.whole(10, 60) * 100_000,
                )
                for kind, year, first, later, low, high in _REGULAR
            ]
    for opportunity, day in zip(opportunities, approved, strict=True):
        own = found[opportunity.customer.name]
        if day and not any(window.opens <= day <= window.closes for window in own):
            opens = back(day - dice.whole(8, 30))
            closes = ahead(day, dice.whole(1, 8))
            year = date.fromordinal(day).year
            ceiling = -(-opportunity.amount // 500_000) * 500_000
            own.append(Window(own[0].customer, "special", year, opens, closes, ceiling))
    return sorted(
        (window for own in found.values() for window in own),
        key=lambda window: (window.customer, window.opens),
    )


# How much better than the contact's satisfaction suggests, by role; finance has seen it all.
_KIND = {"contact": 0.4, "boss": 0.3, "leader": 0.0, "finance": -0.5, "legal": -0.3, "user": 0.2}


def attitudes(log: Log, points: int, *, signed: bool, dice: Dice) -> dict[str, int]:
    """Return what everybody thinks of it, -2 (against) to 2 (for), by role.

    Contact and boss as satisfied as they said; the others on their own account, milder where it
    was signed.
    """
    found = {}
    for role in log.opportunity.people:
        lean = (points - 6) / 2 if role in ("contact", "boss") else 0.7 * signed
        value = lean + _KIND[role] + dice.between(-1.3, 1.3)
        found[role] = max(-2, min(2, round(value)))
    return found
