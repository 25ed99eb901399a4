"""The calendar of the case: the half year 2026 that was watched, and how people name days."""

from datetime import date, datetime, timedelta
from functools import cache

from course.cases import days

__all__ = [
    "FIRST_MONDAY",
    "REST_WEEK",
    "SNAPSHOT",
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


@cache
def is_workday(day: date) -> bool:
    """Tell whether people are in the office: Monday to Friday, no public holiday."""
    return days.is_workday(day.toordinal())


@cache
def week_from(monday: date, weeks: int) -> tuple[date, ...]:
    """Return the seven days of the week so many weeks after the one that begins on ``monday``."""
    return tuple(monday + timedelta(weeks=weeks, days=day) for day in range(7))


@cache
def ahead(day: date, workdays: int) -> date:
    """Return the day so many workdays after ``day``."""
    return date.fromordinal(days.ahead(day.toordinal(), workdays))


def say(now: datetime | date, day: date) -> str:
    """Name a day as one would in a chat at ``now``: today, Thursday, next Tuesday, 14 April.

    A day that is far ahead is named with its weekday.
    """
    today, ordinal = now.toordinal(), day.toordinal()
    near = days.nearby(today, ordinal)
    if near or ordinal < today:
        return near or days.say(today, ordinal)
    return f"{days.WEEKDAYS[day.weekday()]} {days.say(today, ordinal)}"


def season(day: date) -> str:
    """Return winter (to mid March), spring (to May) or summer."""
    if day < date(2026, 3, 16):
        return "winter"
    return "spring" if day < date(2026, 6, 1) else "summer"
