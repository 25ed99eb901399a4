"""The calendar of the case: 2025 to the summer of 2026, and how people name days.

Days are counted as :meth:`datetime.date.toordinal` does: thousands of them are compared and shifted
here, and whole numbers do that ten times as fast as dates.
"""

from datetime import date
from functools import cache

__all__ = [
    "FIRST",
    "LAST",
    "SNAPSHOT",
    "ahead",
    "is_workday",
    "quarter",
    "say",
    "season",
    "workday",
    "workdays",
]

FIRST = date(2025, 1, 6).toordinal()
"""The first presentation cannot be earlier."""
SNAPSHOT = date(2026, 6, 30).toordinal()
"""The day on which everything was copied out: nothing after it had happened."""
LAST = date(2026, 12, 31).toordinal()
"""Nobody in the case plans beyond this day."""

_HOLIDAYS = (
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

# When one greets, and for what.
_GREETINGS = (
    (date(2025, 1, 22), date(2025, 1, 27), "cny"),
    (date(2025, 4, 1), date(2025, 4, 3), "qingming"),
    (date(2025, 4, 28), date(2025, 4, 30), "labour"),
    (date(2025, 5, 28), date(2025, 5, 30), "dragon"),
    (date(2025, 7, 14), date(2025, 8, 15), "summer"),
    (date(2025, 9, 26), date(2025, 9, 30), "moon"),
    (date(2025, 12, 29), date(2026, 1, 6), "newyear"),
    (date(2026, 2, 9), date(2026, 2, 14), "cny"),
    (date(2026, 4, 1), date(2026, 4, 3), "qingming"),
    (date(2026, 4, 28), date(2026, 4, 30), "labour"),
    (date(2026, 6, 15), date(2026, 6, 18), "dragon"),
)

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _works(day: int) -> bool:
    when = date.fromordinal(day)
    return when.weekday() < 5 and not any(first <= when <= last for first, last in _HOLIDAYS)


_FESTIVALS = [(first.toordinal(), last.toordinal(), name) for first, last, name in _GREETINGS]
_WORKS = [_works(day) for day in range(FIRST, LAST + 1)]


def _from_here() -> list[int]:
    """For every day the first working day from it on."""
    found, coming = [], LAST
    for day in range(LAST, FIRST - 1, -1):
        coming = day if _WORKS[day - FIRST] else coming
        found.append(coming)
    return found[::-1]


_NEXT = _from_here()


def is_workday(day: int) -> bool:
    """Tell whether people are in the office: Monday to Friday, no public holiday."""
    return _WORKS[day - FIRST]


def workday(day: int) -> int:
    """Return the day, or the first working day after it."""
    return _NEXT[min(day, LAST) - FIRST]


def back(day: int) -> int:
    """Return the day, or the last working day before it."""
    while day > FIRST and not is_workday(day):
        day -= 1
    return day


@cache
def workdays(first: int, last: int) -> tuple[int, ...]:
    """Return the working days from ``first`` to ``last``; if there are none, the next one."""
    return tuple(filter(is_workday, range(first, last + 1))) or (workday(last),)


@cache
def festival(first: int, last: int) -> tuple[int, str] | None:
    """Return a working day between two days on which one greets, and for what; None if none."""
    for begin, end, name in _FESTIVALS:
        day = workday(max(first, begin))
        if day <= min(last, end):
            return day, name
    return None


def ahead(day: int, workdays: int) -> int:
    """Return the day so many working days after ``day``."""
    for _ in range(workdays):
        day = workday(day + 1)
    return day


@cache
def say(today: int, day: int) -> str:
    """Name a day as one would on ``today``: tomorrow, Thursday, next Tuesday, 14 April."""
    away = day - today
    if -1 <= away <= 1:
        return ("yesterday", "today", "tomorrow")[away + 1]
    when, now = date.fromordinal(day), date.fromordinal(today)
    weeks = (day - when.weekday() - today + now.weekday()) // 7
    weekday = _WEEKDAYS[when.weekday()]
    if weeks == 0:
        return weekday
    if weeks == 1 and away < 10:
        return f"next {weekday}"
    if weeks == -1 and away > -10:
        return f"last {weekday}"
    return f"{when.day} {_MONTHS[when.month - 1]}"


def quarter(day: int) -> str:
    """Return the quarter of a day, such as ``2025Q3``."""
    when = date.fromordinal(day)
    return f"{when.year}Q{(when.month + 2) // 3}"


@cache
def season(day: int) -> str:
    """Return winter (December to February), spring, summer or autumn (September to November)."""
    return ("winter", "spring", "summer", "autumn")[date.fromordinal(day).month % 12 // 3]
