"""Reading the hand-written phrases: plain text, one situation per key, one idea per scene.

Headers and scenes in ``phrases/`` are written as :mod:`course.cases.scenes` says. A line is
``WHO options: text``: who is ``S`` the seller, ``E`` the seller's engineer, or at the customer
``C`` contact, ``B`` boss, ``L`` leader, ``F`` finance, ``P`` procurement and legal. Options are a
channel (``mail``, ``call``, ``minutes``, ``note``; a chat if none is given), ``>`` on the line in
which somebody takes a task upon them, and ``?flag``. In the text ``[a|b]`` chooses, ``{name}`` is
filled in, ``¶`` begins a new line.
"""

import re
from dataclasses import dataclass
from functools import cache

from course.cases.scenes import by_key, read_blocks, wordings

__all__ = ["CHANNELS", "CUSTOMER_SIDE", "Line", "Scene", "read", "scenes"]

CHANNELS = ("chat", "mail", "call", "minutes", "note")
CUSTOMER_SIDE = "CBLFP"

_LINE = re.compile(r"([SECBLFP])((?: [\w>?]+)*): (.+)")


@dataclass(frozen=True)
class Line:
    """One entry: who, by what channel, the wordings to choose from, and whether it is a task."""

    who: str
    channel: str
    task: bool
    texts: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Scene:
    """A few entries that belong together; ``flags`` must hold. A scene equals itself only."""

    key: str
    flags: frozenset[str]
    lines: tuple[Line, ...]


def _line(text: str) -> tuple[Line, frozenset[str]]:
    match = _LINE.fullmatch(text)
    if match is None:
        raise ValueError(f"line {text!r}: expected 'WHO options: text', as in 'C mail >: Yes.'")
    who, options, words = match.groups()
    channel, task, flags = "chat", False, set()
    for option in options.split():
        if option in CHANNELS:
            channel = option
        elif option == ">":
            task = True
        elif option[0] == "?" and len(option) > 1:
            flags.add(option[1:])
        else:
            raise ValueError(f"line {text!r}: expected a channel, > or ?flag, got {option!r}")
    return Line(who, channel, task, wordings(words)), frozenset(flags)


def read(text: str) -> list[Scene]:
    """Return the scenes of one file, in order.

    Raises ValueError naming the line that is not written as the module's docstring says.
    """
    found: list[Scene] = []
    for key, flags, written in read_blocks(text):
        lines = [_line(line) for line in written]
        needs = frozenset(flags).union(*(own for _, own in lines))
        found.append(Scene(key, needs, tuple(line for line, _ in lines)))
    return found


@cache
def scenes() -> dict[str, tuple[Scene, ...]]:
    """Return every packaged scene by key, in the order of the files."""
    return by_key("course.cases.momentum", "phrases", read)
