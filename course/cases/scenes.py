"""Reading hand-written scenes: plain text, one idea per scene.

A file holds headers and scenes. ``== key flag flag`` opens the scenes of one situation, which fit
only while the flags hold. Scenes are separated by blank lines; after ``== key each`` every line is
a scene of its own. What stands before the first header is a note. What a line may say, and what a
flag means, is each case's own matter.
"""

import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from itertools import product
from typing import NamedTuple, Protocol, TypeVar

__all__ = ["Block", "by_key", "read_blocks", "wordings"]

_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_START = re.compile(r"(^|[.!?…] |[.!?]¶|¶)\{")


class Block(NamedTuple):
    """The lines of one scene, with the key and the flags of its header."""

    key: str
    flags: tuple[str, ...]
    lines: tuple[str, ...]


class Keyed(Protocol):
    """A scene, as far as it concerns this module."""

    @property
    def key(self) -> str:
        """The situation it belongs to."""


S = TypeVar("S", bound=Keyed)


def read_blocks(text: str) -> Iterator[Block]:
    """Yield the scenes of one file, in order, their lines as they are written."""
    for part in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        header, _, body = part.partition("\n")
        key, *flags = header.split()
        each = "each" in flags
        scenes = [scene.splitlines() for scene in body.strip().split("\n\n") if scene.strip()]
        if each:
            scenes = [[line] for scene in scenes for line in scene]
        for lines in scenes:
            kept = tuple(line for line in lines if line.strip())
            yield Block(key, tuple(flag for flag in flags if flag != "each"), kept)


def wordings(text: str) -> tuple[str, ...]:
    """Spell out every choice ``[a|b]``; ``¶`` becomes a new line.

    A placeholder that begins a sentence is written ``{^name}``, so that it can be capitalised.
    """
    parts = _CHOICE.split(text)  # plain and choice in turn
    options = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    spelt = ("".join(each) for each in product(*options))
    return tuple(_START.sub(r"\1{^", each).rstrip("¶").replace("¶", "\n") for each in spelt)


def by_key(package: str, folder: str, read: Callable[[str], list[S]]) -> dict[str, tuple[S, ...]]:
    """Return the scenes of every text file in a package's folder by key, in the files' order."""
    found: dict[str, list[S]] = {}
    for source in sorted((files(package) / folder).iterdir(), key=lambda entry: entry.name):
        if source.name.endswith(".txt"):
            for scene in read(source.read_text(encoding="utf-8")):
                found.setdefault(scene.key, []).append(scene)
    return {key: tuple(each) for key, each in found.items()}
