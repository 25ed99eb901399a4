"""Where many customers stand at once: plain arrays, one row for each."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course.models.closing.people import People

__all__ = ["NO_MOVE", "State", "begin"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NO_MOVE = -1
"""In place of a move: none yet in this visit."""


@dataclass(frozen=True, eq=False)
class State:
    """Where the customers stand, all [n].

    Attributes:
        visit: which visit it is, from 0; -1 before the first.
        turn: what was said in it so far.
        inside: is the seller still there?
        product, seller, trust: as in :class:`People`, by now.
        reactance: 0-1.
        inertia: what is left of the habitual no, logits.
        solved: share of the concern dealt with, 0-1.
        steps: steps taken inside the customer's house.
        openness: 0-1.
        asked: how often this visit they were asked to sign.
        streak: how often in a row the same move was made before the last one.
        last: the last move of this visit, -1 if there was none.
        reply: :class:`Reply` code to it.
        heard: the reason given last, a :class:`Reply` code; NOTHING if none was, or it misled.
        answered: the reason answered last in this visit, likewise.
        discount: share of the price, 0-1.
        dated: is the date known on which the money comes?
        agreed: is a next step agreed on?
        outcome: :class:`Outcome` code.
        regret: logits; 0 unless signed and regretted.
        signed: visit of the signature, from 1; 0 if there was none.
        hours: the seller's.
    """

    visit: Ints
    turn: Ints
    inside: Bools
    product: Floats
    seller: Floats
    trust: Floats
    reactance: Floats
    inertia: Floats
    solved: Floats
    steps: Floats
    openness: Floats
    asked: Ints
    streak: Ints
    last: Ints
    reply: Ints
    heard: Ints
    answered: Ints
    discount: Floats
    dated: Bools
    agreed: Bools
    outcome: Ints
    regret: Floats
    signed: Ints
    hours: Floats

    def take(self, rows: NDArray[Any]) -> "State":
        """Return the state of some of them."""
        return State(**{each.name: getattr(self, each.name)[rows] for each in fields(self)})

    def put(self, rows: Ints, these: "State") -> "State":
        """Return the state of all once that of some of them is ``these``."""

        def merged(name: str) -> NDArray[Any]:
            values: NDArray[Any] = getattr(self, name).copy()
            values[rows] = getattr(these, name)
            return values

        return State(**{each.name: merged(each.name) for each in fields(self)})


def begin(people: People) -> State:
    """Return the state before the first visit."""
    n = people.n

    def none() -> Floats:
        return np.zeros(n)

    def zero() -> Ints:
        return np.zeros(n, dtype=np.int64)

    def no() -> Bools:
        return np.zeros(n, dtype=np.bool_)

    return State(
        visit=zero() - 1,
        turn=zero(),
        inside=no(),
        product=people.product,
        seller=people.seller,
        trust=people.trust,
        reactance=none(),
        inertia=people.inertia,
        solved=none(),
        steps=none(),
        openness=none(),
        asked=zero(),
        streak=zero(),
        last=zero() + NO_MOVE,
        reply=zero(),
        heard=zero(),
        answered=zero(),
        discount=none(),
        dated=no(),
        agreed=no(),
        outcome=zero(),
        regret=none(),
        signed=zero(),
        hours=none(),
    )
