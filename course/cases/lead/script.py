"""Reading the hand-written scenes: plain text, one idea per scene.

Headers and scenes in ``scenes/`` are written as :mod:`course.cases.scenes` says; a flag ``!flag``
must not hold. A line is ``ROLE options: text``: roles ``B`` broker, ``C`` customer, ``V`` vendor,
``A`` whoever asked; options are a message type (``file``, ``image``, ``voice``) and how long after
the line before it comes (``3h`` hours, ``1d`` workdays). In the text ``[a|b]`` chooses, ``{name}``
is filled in.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from course.cases.scenes import by_key, read_blocks

__all__ = ["Line", "Scene", "read", "scenes"]

_LINE = re.compile(r"([ABCV])((?: \w+)*): (.+)")
TYPES = ("file", "image", "voice")


@dataclass(frozen=True)
class Line:
    """One message of a scene; ``hours`` and ``days`` are the least delay after the line before."""

    role: str
    text: str
    type: str = "text"
    hours: int = 0
    days: int = 0


@dataclass(frozen=True, eq=False)
class Scene:
    """A few messages that belong together; ``flags`` must hold, ``bars`` must not.

    A scene equals itself only: groups keep sets of those they have used.
    """

    key: str
    flags: frozenset[str]
    bars: frozenset[str]
    lines: tuple[Line, ...]

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles that speak."""
        return frozenset(line.role for line in self.lines)


def _line(text: str) -> Line:
    match = _LINE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"line {text!r}: expected 'ROLE options: text', as in 'C 1d: Yes.'")
    role, options, words = match.groups()
    kind, hours, days = "text", 0, 0
    for option in options.split():
        if option in TYPES:
            kind = option
        elif option[:-1].isdigit() and option[-1] in "hd":
            hours, days = (int(option[:-1]), 0) if option[-1] == "h" else (0, int(option[:-1]))
        else:
            raise ValueError(f"line {text!r}: expected file, image, voice, 3h or 1d")
    return Line(role, words, kind, hours, days)


def _needs(lines: tuple[Line, ...]) -> frozenset[str]:
    """A scene that speaks of what is done, of what comes next or of a last question needs one."""
    words = " ".join(line.text for line in lines)
    return frozenset(name for name in ("done", "next", "lastday") if f"{{{name}}}" in words)


def read(text: str) -> list[Scene]:
    """Return the scenes of one file, in order.

    Raises ValueError naming the line that is not written as the module's docstring says.
    """
    found: list[Scene] = []
    for key, marks, written in read_blocks(text):
        flags = frozenset(word for word in marks if word[0] != "!")
        bars = frozenset(word[1:] for word in marks if word[0] == "!")
        lines = tuple(map(_line, written))
        found.append(Scene(key, flags | _needs(lines), bars, lines))
    return found


@cache
def scenes() -> dict[str, tuple[Scene, ...]]:
    """Return every packaged scene by key, in the order of the files."""
    return by_key("course.cases.lead", "scenes", read)
