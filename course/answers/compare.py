"""Values that a learner's code returned: whether they are what was expected, and how they look.

Nothing here trusts them: an object that claims to equal everything does not pass, and one that
raises when it is compared or printed is merely wrong.
"""

import math
import reprlib
from typing import Any

from course.text import ngettext

__all__ = ["one_line", "same", "shown"]


def same(result: Any, expected: Any) -> bool:
    """Compare by kind of value and value; numpy's own numbers and truth values count as Python's.

    Whole numbers must agree exactly, others to nine digits. Types are compared at every depth,
    because Python's ``==`` would ask the result's elements for their opinion.
    """
    result = _plain(result)
    if type(expected) in (int, float):
        return type(result) in (int, float) and _close(result, expected)
    if type(result) is not type(expected):
        return False
    if isinstance(expected, list | tuple):
        return len(result) == len(expected) and all(map(same, result, expected))
    if isinstance(expected, dict):
        found = {_plain(key): value for key, value in result.items()}
        return same(set(found), set(expected)) and all(
            same(found[key], value) for key, value in expected.items()
        )
    if isinstance(expected, set | frozenset):
        found_types = {type(_plain(element)) for element in result}
        return found_types == set(map(type, expected)) and bool(expected == result)
    return bool(expected == result)


def _plain(value: Any) -> Any:
    """Return numpy's numbers and truth values as Python's; anything else as it is."""
    is_scalar = type(value).__module__ == "numpy" and getattr(value, "shape", None) == ()
    return value.item() if is_scalar else value


def _close(number: float, expected: float) -> bool:
    if number == expected or (number != number and expected != expected):  # equal, or both NaN
        return True
    if isinstance(number, int) and isinstance(expected, int):
        return False
    try:
        return math.isclose(number, expected, rel_tol=1e-9, abs_tol=1e-9)
    except OverflowError:  # a whole number that no float can hold
        return False


class _Repr(reprlib.Repr):
    """Bounded work for the longest of results; numpy's numbers look like Python's."""

    def repr1(self, x: Any, level: int) -> str:
        return super().repr1(_plain(x), level)


_repr = _Repr()
_repr.maxlist = _repr.maxtuple = _repr.maxdict = _repr.maxset = _repr.maxfrozenset = 20
_repr.maxstring = _repr.maxlong = _repr.maxother = 60


def shown(result: Any) -> str:
    """Return a value as it is quoted in a sentence: one line, at most 60 characters."""
    try:
        text = _table(result) or _line(_repr.repr(result))
    except KeyboardInterrupt:
        raise
    except BaseException:  # a learner's own class may not even print
        text = "<…>"
    return text if len(text) <= 60 else text[:57] + "…"


def _table(result: Any) -> str:
    """Return how many rows a pandas table has, in words; what they hold would not fit a line."""
    kind = type(result)
    if kind.__name__ != "DataFrame" or not kind.__module__.startswith("pandas"):
        return ""
    rows = len(result)
    return ngettext("<table of {rows} row>", "<table of {rows} rows>", rows).format(rows=rows)


def one_line(error: BaseException) -> str:
    """Return the kind of an error and what it says, as one line of printable text."""
    kind = type(error).__name__
    try:
        text = _line(str(error))
    except KeyboardInterrupt:
        raise
    except BaseException:
        text = ""
    return f"{kind}: {text[:120]}" if text else kind


def _line(text: str) -> str:
    return " ".join(text[:400].split()).encode("utf-8", "replace").decode()
