"""Why a graded cell may have failed for no fault of the learner's.

A doubt counts only if the cell then fails on a line that it arose on: most are about comparisons
that were meant to be unequal.
"""

import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

__all__ = ["Doubts"]

_Line = tuple[str, int]


class Doubts:
    """The doubts of one cell."""

    def __init__(self) -> None:
        """Start without any; :attr:`names` is what the cells' own code has for globals."""
        self.names: Any = None
        self._found: list[tuple[str, frozenset[_Line]]] = []

    def clear(self) -> None:
        """Begin a cell."""
        self._found.clear()

    def add(self, reason: str, *, anywhere: bool = False) -> None:
        """Note a reason: for the lines that run now, or for any."""
        lines = frozenset() if anywhere else frozenset(self._lines(sys._getframe(1)))
        self._found.append((reason, lines))

    def about(self, error: BaseException | None) -> str:
        """Return the reason that bears on the error a cell ended with; empty if none does."""
        traceback = error.__traceback__ if error else None
        failed = set()
        while traceback is not None:
            if traceback.tb_frame.f_globals is self.names:
                failed.add((traceback.tb_frame.f_code.co_filename, traceback.tb_lineno))
            traceback = traceback.tb_next
        for reason, lines in self._found:
            if not lines or lines & failed:
                return reason
        return ""

    def _lines(self, frame: FrameType | None) -> Iterator[_Line]:
        while frame is not None:
            if frame.f_globals is self.names:
                yield frame.f_code.co_filename, frame.f_lineno
            frame = frame.f_back
