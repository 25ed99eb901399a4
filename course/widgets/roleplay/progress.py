"""What is kept of a learner's plays: which cases, which moves; and where cases come from."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from course.widgets.roleplay.drama import Drama

__all__ = ["Finished", "Progress", "case_seed"]

Finished = tuple[int, str, tuple[str, ...]]
"""A play to its end: seed, cast, moves."""


def case_seed(base: int, number: int, telling: Callable[[int], bool]) -> int:
    """Return the seed of a learner's case, counted from 0.

    The first one is a case worth playing twice; all later ones are as luck has it.

    Args:
        base: the learner's own seed.
        number: how many other cases came before.
        telling: says of a seed whether conduct matters there; true for one in a hundred or more.
    """
    for attempt in range(10_000):
        digest = hashlib.sha256(f"{base}/{number}/{attempt}".encode()).digest()
        seed = int.from_bytes(digest[:4], "big")
        if number or telling(seed):
            return seed
    raise AssertionError("one seed in a hundred or more should make a telling first case")


@dataclass(frozen=True)
class Progress:
    """What is kept of a learner's plays: the one at hand, and the finished ones, oldest first."""

    seed: int
    cast: str
    moves: tuple[str, ...] = ()
    finished: tuple[Finished, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {
            "schema": 1,
            "now": {"seed": self.seed, "cast": self.cast, "moves": list(self.moves)},
            "finished": [
                {"seed": seed, "cast": cast, "moves": list(moves)}
                for seed, cast, moves in self.finished
            ],
        }

    @classmethod
    def from_json(cls, value: Any, drama: Drama[Any]) -> "Progress":
        """Read what was stored; raises ValueError if it cannot have been written here."""
        try:
            if value["schema"] != 1:
                raise ValueError(f"schema: expected 1, got {value['schema']!r}")
            now = _read(value["now"], drama)
            finished = tuple(_read(each, drama) for each in value["finished"])
        except (KeyError, TypeError, IndexError, AttributeError) as error:
            raise ValueError(f"expected plays as written by this view: {error!r}") from error
        if not all(drama.over(drama.play(seed, moves)) for seed, _cast, moves in finished):
            raise ValueError("finished: expected plays that ended")
        return cls(*now, finished)


def _read(value: Mapping[str, Any], drama: Drama[Any]) -> Finished:
    seed, cast, moves = value["seed"], value["cast"], tuple(value["moves"])
    if type(seed) is not int or seed < 0:
        raise ValueError(f"seed: expected a whole number from 0, got {seed!r}")
    if cast not in drama.casts:
        raise ValueError(f"cast: expected one of {list(drama.casts)}, got {cast!r}")
    if not all(isinstance(move, str) for move in moves):
        raise ValueError(f"moves: expected names, got {moves!r}")
    drama.play(seed, moves)  # raises ValueError for a move that was not offered
    return seed, cast, moves
