"""Reading the hand-written phrases of the case.

``phrases/`` is written as :mod:`course.cases.scenes` says, every line a sentence or two under
``== key each``. In the text ``[a|b]`` chooses and ``{name}`` is filled in.
"""

from dataclasses import dataclass
from functools import cache

from course.cases.scenes import by_key, read_blocks, wordings

__all__ = ["Phrase", "phrases", "read"]


@dataclass(frozen=True, eq=False)
class Phrase:
    """A phrase of a situation, and the wordings to choose from. It equals itself only."""

    key: str
    texts: tuple[str, ...]


def read(text: str) -> list[Phrase]:
    """Return the phrases of one file, in order.

    Raises ValueError naming the line whose brackets do not match.
    """
    found = []
    for key, _flags, lines in read_blocks(text):
        for line in lines:
            if line.count("[") != line.count("]") or line.count("{") != line.count("}"):
                raise ValueError(f"line {line!r}: expected whole [a|b] and {{name}}")
            found.append(Phrase(key, wordings(line)))
    return found


@cache
def phrases() -> dict[str, tuple[Phrase, ...]]:
    """Return every packaged phrase by key, in the order of the files."""
    return by_key("course.cases.homework", "phrases", read)
