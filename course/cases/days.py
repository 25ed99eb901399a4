"""The working calendar of 2025 and 2026, and how people name days.

Days are counted as :meth:`datetime.date.toordinal` does: thousands of them are compared and shifted
in a case, and whole numbers do that ten times as fast as dates.
"""

from datetime import date
from functools import cache

__all__ = [
    "MONTHS",
    "WEEKDAYS",
    "ahead",
    "back",
    "is_workday",
    "nearby",
    "quarter",
    "say",
    "season",
    "workday",
    "workdays",
]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# Public holidays, first and last day.
_HOLIDAYS = tuple(
    (first.toordinal(), last.toordinal())
    for first, last in (
        (date(2025, 1, 28), date(2025, 2, 4)),  # Spring Festival
        (date(2025, 4, 4), date(2025, 4, 6)),  # Qingming
        (date(2025, 5, 1), date(2025, 5, 5)),  # Labour Day
        (date(2025, 5, 31), date(2025, 6, 2)),  # Dragon Boat
        (date(2025, 10, 1), date(2025, 10, 8)),  # National Day and Mid-Autumn
        (date(2026, 1, 1), date(2026, 1, 3)),  # New Year
        (date(2026, 2, 15), date(2026, 2, 23)),  # Spring Festival
        (date(2026, 4, 4), date(2026, 4, 6)),  # Qingming
        (date(2026, 5, 1), date(2026, 5, 5)),  # Labour Day
        (date(2026, 6, 19), date(2026, 6, 21)),  # Dragon Boat
    )
)


@cache
def is_workday(day: int) -> bool:
    """Tell whether people are in the office: Monday to Friday, no public holiday."""
    weekday = (day - 1) % 7  # ordinal 1 was a Monday
    return weekday < 5 and not any(first <= day <= last for first, last in _HOLIDAYS)


@cache
def workday(day: int) -> int:
    """Return the day, or the first working day after it."""
    while not is_workday(day):
        day += 1
    return day


@cache
def back(day: int) -> int:
    """Return the day, or the last working day before it."""
    while not is_workday(day):
        day -= 1
    return day


@cache
def workdays(first: int, last: int) -> tuple[int, ...]:
    """Return the working days from ``first`` to ``last``; if there are none, the next one."""
    return tuple(filter(is_workday, range(first, last + 1))) or (workday(last),)


@cache
def ahead(day: int, workdays: int) -> int:
    """Return the day so many working days after ``day``."""
    for _ in range(workdays):
        day = workday(day + 1)
    return day


@cache
def nearby(today: int, day: int) -> str:
    """Name a day close to ``today``: tomorrow, Thursday, next Tuesday; "" if it is too far away."""
    away = day - today
    if -1 <= away <= 1:
        return ("yesterday", "today", "tomorrow")[away + 1]
    weeks = (day - 1) // 7 - (today - 1) // 7
    weekday = WEEKDAYS[(day - 1) % 7]
    if weeks == 0:
        return weekday
    if weeks == 1 and away < 10:
        return f"next {weekday}"
    if weeks == -1 and away > -10:
        return f"last {weekday}"
    return ""


@cache
def say(today: int, day: int) -> str:
    """Name a day as one would on ``today``: tomorrow, Thursday, next Tuesday, 14 April."""
    when = date.fromordinal(day)
    return nearby(today, day) or f"{when.day} {MONTHS[when.month - 1]}"


def quarter(day: int) -> str:
    """Return the quarter of a day, such as ``2025Q3``."""
    when = date.fromordinal(day)
    return f"{when.year}Q{(when.month + 2) // 3}"


@cache
def season(day: int) -> str:
    """Return winter (December to February), spring, summer or autumn (September to November)."""
    return ("winter", "spring", "summer", "autumn")[date.fromordinal(day).month % 12 // 3]
