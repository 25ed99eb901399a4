"""Which scene comes next, so that what stands side by side in a case does not repeat itself."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Generic, TypeVar

from course.cases.dice import Dice

__all__ = ["Decks"]

Scene = TypeVar("Scene")


class Decks(Generic[Scene]):
    """The scenes of every key, shuffled once for a case.

    What was played goes to the bottom: no scene comes back before its equals had their turn.
    """

    def __init__(self, scenes: Mapping[str, Sequence[Scene]], dice: Dice) -> None:
        """Shuffle every deck."""
        self._decks = {key: dice.shuffled(cards) for key, cards in scenes.items()}

    def __contains__(self, key: str) -> bool:
        """Tell whether there are scenes of ``key``."""
        return key in self._decks

    def draw(self, key: str, fits: Callable[[Scene], bool]) -> Scene | None:
        """Return the next scene of ``key`` that fits, None if there is none."""
        deck = self._decks[key]
        for place, scene in enumerate(deck):
            if fits(scene):
                deck.append(deck.pop(place))
                return scene
        return None

    def draw_again(self, key: str, fits: Callable[[Scene], bool], used: Collection[Scene]) -> Scene:
        """Return the next scene of ``key`` that fits and is not ``used``.

        Where all that fit are used, the one that was played longest ago comes again.

        Raises:
            LookupError: no scene of ``key`` fits.
        """
        scene = self.draw(key, lambda each: each not in used and fits(each))
        scene = scene or self.draw(key, fits)
        if scene is None:
            raise LookupError(f"scenes of {key!r}: expected one that fits, found none")
        return scene
