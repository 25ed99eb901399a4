"""Words by placeholder, as they stand in a sentence."""

from collections.abc import Collection
from typing import ClassVar

from course.cases.days import say

__all__ = ["Spoken", "on_day"]


def on_day(today: int, day: int) -> str:
    """Name a day with its preposition: on Thursday, next Tuesday, on 14 April, tomorrow."""
    word = say(today, day)
    return word if word in ("today", "tomorrow", "yesterday") or word[0] in "nl" else f"on {word}"


class Spoken(dict[str, str]):
    """Words by placeholder. Names that begin with ``^`` are those of a sentence's first word.

    Attributes:
        changing: names with ``^`` of words that change from day to day.
    """

    changing: ClassVar[Collection[str]] = ()

    def __missing__(self, name: str) -> str:
        """Return the word for ``^name``: capitalised. It is kept unless it changes by the day."""
        word = self[name[1:]]
        word = word[0].upper() + word[1:]
        if name not in self.changing:
            self[name] = word
        return word
