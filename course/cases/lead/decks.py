"""Which scene comes next, so that neighbouring groups do not repeat each other."""

from collections.abc import Callable

from course.cases.lead.dice import Dice
from course.cases.lead.script import Scene, scenes

__all__ = ["Decks"]


class Decks:
    """The scenes of every key, shuffled once for all groups of a case.

    What was played goes to the bottom: no scene comes back before its equals had their turn.
    """

    def __init__(self, dice: Dice) -> None:
        """Shuffle every deck."""
        self._decks = {key: dice.shuffled(cards) for key, cards in scenes().items()}

    def draw(self, key: str, fits: Callable[[Scene], bool]) -> Scene | None:
        """Return the first scene of ``key`` that fits, None if there is none."""
        deck = self._decks[key]
        for place, scene in enumerate(deck):
            if fits(scene):
                deck.append(deck.pop(place))
                return scene
        return None
