"""How much a cell may put out, so that one which never stops costs no memory.

Errors have a share of their own: what a cell prints must not push out the error it ends with, which
decides its grade.
"""

from collections.abc import Mapping
from itertools import accumulate
from typing import Any

__all__ = ["Allowance", "cut", "size_of"]

_MOST = 900  # outputs of one cell, besides the error it ends with
_MOST_RESULTS = 20  # short ones, when nothing else is allowed any more
_MOST_RENEWALS = 10_000  # by clear_output, as animations do
_NAMES = 64  # characters, about, that say of an output what it is
_RICH = 7  # times as much for tables and pictures as for text


class Allowance:
    """What one cell, or one call, may still put out: in characters, and in outputs."""

    def __init__(self, limit: int) -> None:
        """Allow ``limit`` characters of text and errors, and several times as much of pictures."""
        # A quarter is for errors on the way, another for the error at the end: see outputs.py.
        self.error = limit // 4
        self._whole = {"text": limit - 2 * self.error, "error": self.error, "rich": limit * _RICH}
        self._renewals = _MOST_RENEWALS
        self._results = _MOST_RESULTS
        self._start()

    def _start(self) -> None:
        self._left = dict(self._whole)
        self._outputs = _MOST
        self.told = False

    def renew(self) -> None:
        """Start again: what was put out so far is gone."""
        if self._renewals:
            self._renewals -= 1
            self._start()

    def take(self, kind: str, wanted: int) -> int:
        """Return how many of the ``wanted`` characters are allowed, and book them."""
        allowed = max(0, min(wanted, self._left[kind])) if self._outputs > 0 else 0
        self._left[kind] -= allowed
        return allowed

    def last_result(self) -> bool:
        """Return whether a short result may pass all the same, and book it."""
        self._results -= 1
        return self._results >= 0

    def count(self) -> None:
        """Book an output, and what names it."""
        self._outputs -= 1
        self._left["text"] -= _NAMES


def size_of(error: Mapping[str, Any]) -> int:
    """Return how many characters an error takes."""
    lines = error["traceback"]
    return len(error["ename"]) + len(error["evalue"]) + sum(map(len, lines)) + len(lines)


def cut(error: Mapping[str, Any], limit: int) -> dict[str, Any]:
    """Return an error whose texts have about ``limit`` characters at most.

    Of a name, a value and a line the beginning is kept, of a traceback both ends.
    """
    lines = [line[: limit // 8] for line in error["traceback"]]
    if sum(map(len, lines)) > limit // 2:
        first = _fitting(lines, limit // 4)
        last = _fitting(lines[:0:-1], limit // 4)
        lines = [*first, "[…]\n", *reversed(last)]
    value = error["evalue"][: limit // 4]
    return {"ename": error["ename"][: limit // 4], "evalue": value, "traceback": lines}


def _fitting(lines: list[str], limit: int) -> list[str]:
    sizes = accumulate(map(len, lines))
    return [line for line, size in zip(lines, sizes, strict=True) if size <= limit]
