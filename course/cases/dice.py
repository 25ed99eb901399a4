"""Single random decisions, thousands of them, from one numpy Generator."""

from collections.abc import Callable, Sequence
from itertools import chain, count
from typing import TypeVar

import numpy as np

__all__ = ["Dice"]

T = TypeVar("T")


class Dice:
    """Uniform numbers drawn in blocks: a scalar call to a Generator costs ten times as much.

    Attributes:
        uniform: call it for a number from [0, 1).
    """

    def __init__(self, rng: np.random.Generator, *, block: int = 512) -> None:
        """Take the Generator; ``block`` is how many numbers are drawn at once, when needed."""
        blocks = (reversed(rng.random(block).tolist()) for _ in count())
        self.uniform: Callable[[], float] = chain.from_iterable(blocks).__next__

    def chance(self, p: float) -> bool:
        """Return True with probability ``p``."""
        return self.uniform() < p

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both included."""
        return low + int(self.uniform() * (high - low + 1))

    def between(self, low: float, high: float) -> float:
        """Return a number from [low, high)."""
        return low + self.uniform() * (high - low)

    def pick(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[int(self.uniform() * len(items))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in random order."""
        deck = list(items)
        for last in range(len(deck) - 1, 0, -1):
            other = self.whole(0, last)
            deck[last], deck[other] = deck[other], deck[last]
        return deck
