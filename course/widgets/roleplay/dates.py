"""Dates as a chat writes them; not in the system's language, but in the course's."""

import datetime as dt

from course.text import _

__all__ = ["day_name", "weekday_name"]


def weekday_name(day: dt.date) -> str:
    """Return “Monday” and so on."""
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return names[day.weekday()]


def day_name(day: dt.date) -> str:
    """Return a date such as “Thu 6 March”."""
    weekdays = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    months = (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )
    return f"{weekdays[day.weekday()]} {day.day} {months[day.month - 1]}"
