"""Somebody to talk to: a customer with a character, out of a cast of twenty-four."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from course.models.closing.law import arrive, ready
from course.models.closing.people import People, draw
from course.models.closing.state import begin
from course.models.closing.terms import Params, Reason

__all__ = ["CAST", "PLAY", "Character", "Persona", "Size", "persona"]

PLAY = Params(visits=3, turns=6)
"""The world of the role-play: three visits of six sentences each."""

_SHORT = (0.3, 1.5)
"""How far short of signing somebody is, at least, whom nothing has been said to yet, logits: a
negotiation begins with a no."""


class Character(StrEnum):
    """What kind of person it is to talk to."""

    FRANK = "frank"  # says what it is, if asked
    GUARDED = "guarded"  # does not, before there is some trust
    TOUCHY = "touchy"  # cannot bear to be pushed
    EASY = "easy"  # bears a lot, and means little by a yes


class Size(StrEnum):
    """What the deal is to them."""

    SMALL = "small"
    MIDDLING = "middling"
    LARGE = "large"


_SIZES: Mapping[Size, tuple[float, float]] = MappingProxyType(
    {Size.SMALL: (1.0, 3.0), Size.MIDDLING: (8.0, 25.0), Size.LARGE: (60.0, 200.0)}
)
"""In 10,000 CNY, from and to (assumed)."""

# What a character makes of the traits of `People`, from and to (assumed).
_FAVOURS: Mapping[Character, Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        Character.FRANK: {"guard": (0.05, 0.3), "trust": (0.45, 0.65), "temper": (0.8, 1.1)},
        Character.GUARDED: {"guard": (0.5, 0.65), "trust": (0.3, 0.45), "temper": (0.9, 1.2)},
        Character.TOUCHY: {"guard": (0.3, 0.5), "trust": (0.4, 0.55), "temper": (1.8, 2.4)},
        Character.EASY: {
            "guard": (0.3, 0.5),
            "trust": (0.45, 0.65),
            "temper": (0.5, 0.7),
            "second_thoughts": (-2.0, -0.5),
        },
    }
)

CAST = tuple((reason, character) for reason in Reason for character in Character)
"""Every reason in every character: twenty-four."""


@dataclass(frozen=True)
class Persona:
    """A customer of the role-play; all but the size is hidden.

    Attributes:
        seed: whose luck it is.
        reason: what really holds them back.
        character: what kind of person it is.
        size: what the deal is to them.
        haggler: gives the price as the reason, in place of none.
        keen: wants it, reason aside, more than most.
        people: the same for the law, one row, with all luck.
    """

    seed: int
    reason: Reason
    character: Character
    size: Size
    haggler: bool
    keen: bool
    people: People


def persona(seed: int, params: Params = PLAY) -> Persona:
    """Return the customer of a seed.

    Seeds 0-23 are the whole cast, each once and in no order one could guess; so are 24-47, with
    other luck, and so on.

    Raises:
        ValueError: the seed is below 0.
    """
    if seed < 0:
        raise ValueError(f"seed: expected 0 or more, got {seed!r}")
    order = np.random.default_rng(seed // len(CAST)).permutation(len(CAST))
    reason, character = CAST[order[seed % len(CAST)]]
    # The order of these calls is the seed's meaning: changing it changes every recorded play.
    rng = np.random.default_rng([seed, len(CAST)])
    size = list(Size)[int(rng.integers(len(Size)))]
    amount = float(np.round(rng.uniform(*_SIZES[size]), 1))
    traits = {name: float(rng.uniform(*ends)) for name, ends in _FAVOURS[character].items()}
    only = tuple(float(reason == each) for each in Reason)
    world = replace(params, size=amount, size_spread=0.0, mix=only)
    drawn = draw(world, 1, rng)
    people = replace(drawn, **{name: np.array([value]) for name, value in traits.items()})
    # Within the play, so that asking for the date can bear fruit.
    people = replace(people, cash_in=np.minimum(people.cash_in, params.visits - 1.0))
    above = ready(params, people, arrive(params, people, begin(people))) + rng.uniform(*_SHORT)
    people = replace(people, need=people.need - np.maximum(0.0, above))
    return Persona(
        seed=seed,
        reason=reason,
        character=character,
        size=size,
        haggler=bool(people.excuses[0]),
        keen=bool(people.need[0] > 0),
        people=people,
    )
