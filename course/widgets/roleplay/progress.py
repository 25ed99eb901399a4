"""What is kept of a learner's plays: which deals, which moves; and where deals come from."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from course.models.lead import Kind
from course.models.lead.chat import draw, over, play
from course.models.lead.chat_terms import Move, Party
from course.widgets.roleplay.content import Content, cast_of

__all__ = ["Progress", "deal_seed"]


def deal_seed(base: int, deal: int) -> int:
    """Return the seed of a learner's deal, counted from 0.

    The first one is a deal worth playing twice: both want it, and the vendor is of the conditional
    type, so that what is done matters. All later ones are as luck has it.
    """
    for attempt in range(10_000):
        digest = hashlib.sha256(f"{base}/{deal}/{attempt}".encode()).digest()
        seed = int.from_bytes(digest[:4], "big")
        people = draw(seed).people
        telling = people[Party.VENDOR].kind == Kind.CONDITIONAL
        if deal or (telling and all(person.willing for person in people)):
            return seed
    raise AssertionError("about one seed in three is a first deal")


@dataclass(frozen=True)
class Progress:
    """What is kept of a learner's plays: the one at hand, and the finished ones, oldest first."""

    seed: int
    cast: str
    moves: tuple[Move, ...] = ()
    finished: tuple[tuple[int, str, tuple[Move, ...]], ...] = ()

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
    def from_json(cls, value: Any, content: Content) -> "Progress":
        """Read what was stored; raises ValueError if it cannot have been written here."""
        try:
            if value["schema"] != 1:
                raise ValueError(f"schema: expected 1, got {value['schema']!r}")
            now = _read(value["now"], content)
            finished = tuple(_read(each, content) for each in value["finished"])
        except (KeyError, TypeError, IndexError, AttributeError) as error:
            raise ValueError(f"expected plays as written by this view: {error!r}") from error
        if not all(over(play(moves, seed).state) for seed, _cast, moves in finished):
            raise ValueError("finished: expected plays that ended")
        return cls(*now, finished)


def _read(value: Mapping[str, Any], content: Content) -> tuple[int, str, tuple[Move, ...]]:
    seed, cast, moves = value["seed"], value["cast"], tuple(Move(m) for m in value["moves"])
    if type(seed) is not int or seed < 0:
        raise ValueError(f"seed: expected a whole number from 0, got {seed!r}")
    cast_of(content, cast)
    play(moves, seed)  # raises ValueError for a move that was not offered
    return seed, cast, moves
