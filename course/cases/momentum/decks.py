"""Which scene comes next, so that neighbouring opportunities do not repeat each other."""

from collections.abc import Collection

from course.cases.lead.dice import Dice
from course.cases.momentum.script import Scene, scenes

__all__ = ["Decks"]


class Decks:
    """The scenes of every key, shuffled once for a case.

    What was played goes to the bottom: no scene comes back before its equals had their turn.
    """

    def __init__(self, dice: Dice) -> None:
        """Shuffle every deck."""
        self._decks = {key: dice.shuffled(cards) for key, cards in scenes().items()}

    def draw(self, key: str, flags: Collection[str], used: Collection[Scene]) -> Scene:
        """Return the next scene of ``key`` that fits and is not ``used``.

        Where all that fit are used, the one that was played longest ago comes again: there must
        always be a scene without flags.
        """
        deck = self._decks[key]
        found = -1
        for place, scene in enumerate(deck):
            if not scene.flags or scene.flags.issubset(flags):
                if scene not in used:
                    found = place
                    break
                found = place if found < 0 else found
        deck.append(deck.pop(found))
        return deck[-1]
