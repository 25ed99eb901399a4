"""Errors as learners may see them: name, message, and the lines of their own code that led there.

A traceback also quotes what it passed through: the test, hidden lines and all. So none of its text
is shown. What is taken from it is where it went through the learner's own cells, and these lines
are then read from the cells themselves.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nbconvert.filters.ansi import strip_ansi

from course.grading.feedback.notebooks import Cell
from course.grading.feedback.text import clean, uncoloured
from course.text import _

__all__ = ["Failure", "Place", "failures"]

# As IPython names a cell, and as it names one on the learner's side of a referee.
_FRAME = re.compile(
    r"(?:File <learner: )?Cell In\s?\[(?P<count>\d{1,6})\](?:, line |>:)(?P<line>\d{1,6})"
    r"(?:, in (?P<name>\w+))?"
)
_MOST_PLACES = 4
_LONGEST = 2000  # characters of a message
_NOT_RUN = frozenset({"NotRun", "DeadKernelError", "LearnerGoneError", "Unsupported"})


@dataclass(frozen=True)
class Place:
    """A line of the learner's code; ``function`` is empty outside of functions."""

    line: int
    code: str
    function: str = ""


@dataclass(frozen=True)
class Failure:
    """An error: what it means in a sentence, Python's own words, and where the learner's code was.

    ``kind`` says what became of the cell: it ``failed``, ran ``out of time``, did ``not run``, or
    still held its ``placeholder``. ``check`` is the line of the test that failed, if it is no
    secret; ``traceback`` is all of it, for instructors.
    """

    kind: str
    meaning: str
    message: str = ""
    places: tuple[Place, ...] = ()
    check: str = ""
    traceback: str = ""


def failures(
    outputs: Sequence[Mapping[str, Any]],
    own: Mapping[int, Cell],
    *,
    test: Cell | None = None,
    visible: frozenset[str] = frozenset(),
) -> tuple[Failure, ...]:
    """Return the errors in a cell's outputs.

    ``own`` maps execution counts to the learner's cells. For a graded test, ``test`` is its cell
    and ``visible`` are the lines of it that learners were given, without the blanks around them.
    """
    found: list[Failure] = []
    interrupted: tuple[Place, ...] = ()
    for output in outputs:
        if output["output_type"] != "error":
            continue
        name = uncoloured(output["ename"])[:100]
        message = uncoloured(output["evalue"]).strip()[:_LONGEST]
        frames = list(_frames(output["traceback"]))
        places = tuple(_places(frames, own))[-_MOST_PLACES:]
        if name == "KeyboardInterrupt":
            interrupted = places  # a time limit's way to end a cell; that is said below
        kind, meaning = _meaning(name, message, test=test is not None, own=bool(places))
        if kind == "failed":
            message = f"{name}: {message}" if message else name
        found.append(
            Failure(
                kind=kind,
                meaning=meaning,
                message="" if message in ("AssertionError", "NotImplementedError") else message,
                places=places if kind != "placeholder" else (),
                check=_check(frames, test, visible) if test and name == "AssertionError" else "",
                traceback=uncoloured("\n".join(output["traceback"]))[:20_000],
            )
        )
    if any(each.kind == "out of time" for each in found):
        found = [
            replace(each, places=interrupted)
            for each in found
            if not each.message.startswith("KeyboardInterrupt")
        ]
    return tuple(found)


def _meaning(name: str, message: str, *, test: bool, own: bool) -> tuple[str, str]:
    if name == "CellTimeoutError":
        return "out of time", _("This took longer than it may and was stopped.")
    if name in _NOT_RUN:
        return "not run", _("This did not run to its end.")
    if test and name == "NotImplementedError":
        return "placeholder", _("Not attempted: the answer still holds its placeholder.")
    if test and name == "AssertionError":
        return "failed", _("A check of your answer did not hold.")
    if test and own:
        return "failed", _("Your code stopped with an error while it was checked.")
    if test and name == "NameError":
        return "failed", _("The check looked for a name that your notebook does not define.")
    if test:
        return "failed", _("The check of your answer stopped with an error.")
    return "failed", _("Your code stopped with an error here.")


def _frames(traceback: Sequence[str]) -> Iterator[re.Match[str]]:
    """Yield where a traceback went through cells of the notebook."""
    for entry in traceback:
        if frame := _FRAME.match(strip_ansi(entry)):
            yield frame


def _places(frames: Sequence[re.Match[str]], own: Mapping[int, Cell]) -> Iterator[Place]:
    for frame in frames:
        cell = own.get(int(frame["count"]))
        if cell and (code := _line(cell, int(frame["line"]))):
            yield Place(int(frame["line"]), code, frame["name"] or "")


def _check(frames: Sequence[re.Match[str]], test: Cell, visible: frozenset[str]) -> str:
    """Return the line of the test that failed, if learners have it in their own copy."""
    lines = [_line(test, int(f["line"])) for f in frames if int(f["count"]) == test.count]
    last = lines[-1] if lines else ""
    return last if last.startswith("assert ") and last in visible else ""


def _line(cell: Cell, number: int) -> str:
    lines = cell.source.split("\n")
    return clean(lines[number - 1].strip())[:300] if 0 < number <= len(lines) else ""
