"""The days that count in the case: its span, and the festivals on which one greets.

Days are ordinals, as in :mod:`course.cases.days`.
"""

from datetime import date
from functools import cache

from course.cases.days import workday

__all__ = ["FIRST", "SNAPSHOT", "festival"]

FIRST = date(2025, 1, 6).toordinal()
"""The first presentation cannot be earlier."""
SNAPSHOT = date(2026, 6, 30).toordinal()
"""The day on which everything was copied out: nothing after it had happened."""

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

_FESTIVALS = [(first.toordinal(), last.toordinal(), name) for first, last, name in _GREETINGS]


@cache
def festival(first: int, last: int) -> tuple[int, str] | None:
    """Return a working day between two days on which one greets, and for what; None if none."""
    for begin, end, name in _FESTIVALS:
        day = workday(max(first, begin))
        if day <= min(last, end):
            return day, name
    return None
