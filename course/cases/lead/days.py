"""The calendar of the case: the half year 2026 that was watched, and how people name days."""

from datetime import date, datetime, timedelta
from functools import cache

__all__ = [
    "FIRST_MONDAY",
    "REST_WEEK",
    "SNAPSHOT",
    "WEEKDAYS",
    "WEEKS",
    "ahead",
    "is_workday",
    "say",
    "season",
    "week_from",
]

FIRST_MONDAY = date(2026, 1, 5)
WEEKS = 25  # calendar weeks from there: ISO weeks 2 to 26
SNAPSHOT = date(2026, 6, 28)
"""The Sunday of calendar week 26: nothing after it was recorded."""

REST_WEEK = 6
"""Index, from the first Monday, of the Spring Festival week (16 to 22 February): nobody works."""

_HOLIDAYS = (
    (date(2026, 2, 15), date(2026, 2, 23)),  # Spring Festival
    (date(2026, 4, 4), date(2026, 4, 6)),  # Qingming
    (date(2026, 5, 1), date(2026, 5, 5)),  # Labour Day
    (date(2026, 6, 19), date(2026, 6, 21)),  # Dragon Boat
)


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July")


@cache
def is_workday(day: date) -> bool:
    """Tell whether people are in the office: Monday to Friday, no public holiday."""
    return day.weekday() < 5 and not any(start <= day <= end for start, end in _HOLIDAYS)


@cache
def week_from(monday: date, weeks: int) -> tuple[date, ...]:
    """Return the seven days of the week so many weeks after the one that begins on ``monday``."""
    return tuple(monday + timedelta(weeks=weeks, days=day) for day in range(7))


@cache
def ahead(day: date, workdays: int) -> date:
    """Return the day so many workdays after ``day``."""
    while workdays > 0:
        day += timedelta(days=1)
        workdays -= is_workday(day)
    return day


def say(now: datetime | date, day: date) -> str:
    """Name a day as one would in a chat at ``now``: today, Thursday, next Tuesday, 14 April."""
    today = now.date() if isinstance(now, datetime) else now
    away = (day - today).days
    if away in (-1, 0, 1):
        return ("yesterday", "today", "tomorrow")[away + 1]
    weeks = ((day - timedelta(days=day.weekday())) - (today - timedelta(days=today.weekday()))).days
    weekday = WEEKDAYS[day.weekday()]
    if weeks == 0:
        return weekday
    if weeks == 7 and away < 10:
        return f"next {weekday}"
    if weeks == -7 and away > -10:
        return f"last {weekday}"
    month = _MONTHS[(day.month - 1) % len(_MONTHS)]
    return f"{weekday} {day.day} {month}" if away > 0 else f"{day.day} {month}"


def season(day: date) -> str:
    """Return winter (to mid March), spring (to May) or summer."""
    if day < date(2026, 3, 16):
        return "winter"
    return "spring" if day < date(2026, 6, 1) else "summer"
