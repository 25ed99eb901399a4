"""When a submission was handed in: ``timestamp.txt``, which nbgrader's tools write and believe."""

import datetime as dt
import re
import warnings
from typing import cast

from nbgrader.utils import parse_utc

from course.grading.intake.model import shown
from course.text import _

__all__ = ["TIMESTAMP", "arrival"]

TIMESTAMP = "timestamp.txt"
_LONGEST = 100
_SENSIBLE = re.compile(r"[0-9A-Za-z :.,+/_-]*")  # a time, and a zone by offset or name
_PATH = re.compile(r"(?:^|[ :])/|\.\.")  # the name of a zone is looked up as a file
_TOLERANCE = dt.timedelta(days=1)  # clocks and time zones differ


def arrival(content: bytes | None, now: dt.datetime) -> tuple[dt.datetime | None, str]:
    """Return the time in a ``timestamp.txt`` as nbgrader reads it (UTC, no zone), and a note.

    ``now`` is the present in the same form. None if there is no such file, or if it cannot be
    believed: without a time nobody is late, and the note asks the instructor to look.
    """
    if content is None:
        return None, ""
    text = content[: _LONGEST + 1].decode("utf-8", "replace").strip()
    problem = _("it is not a time")
    if not text:
        problem = _("it is empty")
    elif len(text) <= _LONGEST and _SENSIBLE.fullmatch(text) and not _PATH.search(text):
        found = _parse(text)
        if found is not None and found > now + _TOLERANCE:
            problem = _("it is in the future")
        elif found is not None:
            return found, ""
    note = _(
        "When this was handed in is not known, so it does not count as late: {file} says {text}, "
        "and {problem}."
    )
    return None, note.format(file=TIMESTAMP, text=shown(text) or "''", problem=problem)


def _parse(text: str) -> dt.datetime | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # dateutil says so if it does not know a zone
        try:
            return cast(dt.datetime, parse_utc(text))
        except (ValueError, ArithmeticError, TypeError, AttributeError):
            return None
