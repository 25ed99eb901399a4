"""Reading the hand-written phrases of the case.

Headers and scenes in ``phrases/`` are written as :mod:`course.cases.scenes` says; a flag names a
piece of information that the request must have given, or says that it was ticked ``urgent``. A line
is either a *part*, plain text out of which a message is put together (what is asked for, its
background), or a message ``WHO: text``: who is ``R`` the requester, ``X`` the expert, ``L`` the
expert's leader. In the text ``[a|b]`` chooses, ``{name}`` is filled in, ``¶`` begins a new line.
"""

import re
from dataclasses import dataclass
from functools import cache

from course.cases.scenes import by_key, read_blocks, wordings

__all__ = ["Line", "Scene", "read", "scenes"]

_LINE = re.compile(r"(?:([RXL]): )?(\S.*)")


@dataclass(frozen=True)
class Line:
    """A message, or a part of one (``who`` is then empty), and the wordings to choose from."""

    who: str
    texts: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Scene:
    """A part, or a few messages that belong together; ``flags`` must hold.

    A scene equals itself only.
    """

    key: str
    flags: frozenset[str]
    lines: tuple[Line, ...]


def _line(text: str) -> Line:
    match = _LINE.fullmatch(text)
    if match is None or (set(match[2]) & set("[]{}") and not _balanced(match[2])):
        raise ValueError(
            f"line {text!r}: expected text, or 'WHO: text', with whole [a|b] and {{x}}"
        )
    return Line(match[1] or "", wordings(match[2]))


def _balanced(text: str) -> bool:
    return text.count("[") == text.count("]") and text.count("{") == text.count("}")


def read(text: str) -> list[Scene]:
    """Return the scenes of one file, in order.

    Raises ValueError naming the line that is not written as the module's docstring says.
    """
    return [
        Scene(key, frozenset(flags), tuple(map(_line, lines)))
        for key, flags, lines in read_blocks(text)
    ]


@cache
def scenes() -> dict[str, tuple[Scene, ...]]:
    """Return every packaged scene by key, in the order of the files."""
    return by_key("course.cases.priority", "phrases", read)
