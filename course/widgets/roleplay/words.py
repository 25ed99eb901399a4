"""Saying things: slots filled, sentences drawn by the seed, none twice while there is another."""

import random
import re
from collections.abc import Mapping, Sequence

__all__ = ["Words"]

_BEGINNING = re.compile(r"^[a-z]|(?<!\.\.)(?<=[.!?] )[a-z]")


class Words:
    """The choice of words in one play.

    Attributes:
        slots: what fills slots such as ``{c}``; a writer may add to it as the play goes on.
        turn: the turn that is being written. What is drawn depends on the seed, the turn and the
            purpose, never on how much was drawn before, so that what was written stays.
    """

    def __init__(self, seed: int, slots: Mapping[str, str]) -> None:
        """Begin a play."""
        self.slots, self.turn = dict(slots), 0
        self._seed = seed
        self._used: set[str] = set()

    def say(self, purpose: str, bank: Sequence[str], extra: Mapping[str, str] | None = None) -> str:
        """Return a sentence of a bank that was not said yet in this play, if one is left."""
        order = list(bank)
        self.dice(purpose).shuffle(order)
        sentence = next((each for each in order if each not in self._used), order[0])
        self._used.add(sentence)
        return self.fill(sentence, extra)

    def fill(self, sentence: str, extra: Mapping[str, str] | None = None) -> str:
        """Fill the slots of a sentence; a slot may begin it: “… good things! the list is …”."""
        filled = sentence.format_map(self.slots | dict(extra or {}))
        return _BEGINNING.sub(lambda found: found.group().upper(), filled)

    def dice(self, purpose: str) -> random.Random:
        """Return the luck of this turn for one purpose."""
        return random.Random(f"{self._seed}/{self.turn}/{purpose}")
