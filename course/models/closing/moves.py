"""What a seller may do in front of a customer who has not signed, and what each move does.

**Built in by assumption**, and so not findings: that a push stings, a reproach more so, and each
identical one more than the last; that it wears the habitual no off; that an open question draws
out more of the truth than a reproach; that a reply which fits the reason takes much of it away, and
another one stings; that an agreed next step keeps things moving until the next visit; that a
concern weighs with the size of the deal, and the habitual no does not. What *follows* (for whom,
how often, at what price, and where it turns) is for the simulation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import IntEnum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from course.models.closing.terms import Params, Reason

__all__ = ["EFFECTS", "REMEDY", "RIGHT", "TABLE", "TRUTH", "Effect", "Move", "Reply", "fit"]


class Move(IntEnum):
    """A move; the code in arrays."""

    ASK = 0  # ask to sign
    CONCERN = 1  # "you must still have a concern; may I hear it?", free to decline
    WAIT = 2  # agree to let them think about it; ends the visit
    INTERROGATE = 3  # "what is there to think about?"
    CASH_DATE = 4  # ask on which date the money arrives
    BOSS = 5  # the three questions: would you? will they listen? why would they not?
    VALUE = 6  # talk about what it is worth to them
    DISCOUNT = 7
    DERISK = 8  # trial, guarantee, reference, smaller first step
    ADVANCE = 9  # agree on a next step, with somebody's name and a date; ends the visit
    DOOR = 10  # leave the door open, and stop; ends the pursuit
    DROP = 11  # give up; ends the pursuit


class Reply(IntEnum):
    """What the customer says or does; the code in arrays."""

    NOTHING = 0  # not asked anything yet
    SIGNS = 1
    THINK = 2  # "let me think about it"
    NOT_TODAY = 3  # "surely not today"
    PRICE = 4  # "too expensive", or haggles
    BOSS = 5  # "I have to ask my boss"
    CASH = 6  # "there is no money in the account at the moment"
    NO_FIT = 7  # "it is not what we need"
    FEAR = 8  # "and what if it goes wrong?"
    COLD = 9  # curt
    LANDS = 10  # what was said helped
    SHRUGS = 11  # what was said was beside the point
    AGREES = 12  # to the next step
    PUTS_OFF = 13  # the next step
    PARTS = 14  # in peace: "fine, let us leave it there"
    OUT = 15  # shows the seller the door


TRUTH: Mapping[Reason, Reply] = MappingProxyType(
    {
        Reason.HABIT: Reply.NOT_TODAY,
        Reason.VALUE: Reply.PRICE,
        Reason.AUTHORITY: Reply.BOSS,
        Reason.CASH: Reply.CASH,
        Reason.NO_FIT: Reply.NO_FIT,
        Reason.FEAR: Reply.FEAR,
    }
)
"""What a customer says who tells the reason. Some say PRICE without it."""

REMEDY: Mapping[Reply, Move] = MappingProxyType(
    {
        Reply.NOT_TODAY: Move.ASK,
        Reply.PRICE: Move.VALUE,
        Reply.BOSS: Move.BOSS,
        Reply.CASH: Move.CASH_DATE,
        Reply.FEAR: Move.DERISK,
    }
)
"""What answers a reason that was told; there is nothing for NO_FIT."""


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What a move does to any customer (all numbers assumed).

    Attributes:
        sting: reactance, in plain pushes (``Params.sting``).
        relief: share of reactance that it takes away, 0-1.
        wear: share of what is left of the habitual no that it wears off, 0-1.
        opens: share of what is missing in openness that it adds, 0-1.
        trust: added to trust, 0-1.
        seller: added to the value seen in the seller, 0-1.
        hours: the seller's.
        asks: does it call for an answer to "why not"?
        ends: does it end the visit?
    """

    sting: float = 0.0
    relief: float = 0.0
    wear: float = 0.0
    opens: float = 0.0
    trust: float = 0.0
    seller: float = 0.0
    hours: float = 0.2
    asks: bool = False
    ends: bool = False


EFFECTS: Mapping[Move, Effect] = MappingProxyType(
    {
        Move.ASK: Effect(sting=1.0, wear=0.25, opens=0.12, hours=0.1, asks=True),
        Move.CONCERN: Effect(sting=0.2, relief=0.1, wear=0.1, opens=0.4, asks=True),
        Move.WAIT: Effect(relief=0.2, hours=0.1, ends=True),
        Move.INTERROGATE: Effect(
            sting=2.5, wear=0.1, opens=0.25, trust=-0.06, seller=-0.05, hours=0.1, asks=True
        ),
        Move.CASH_DATE: Effect(sting=0.2),
        Move.BOSS: Effect(sting=0.3, hours=0.4),
        Move.VALUE: Effect(sting=0.1, wear=0.05, hours=0.5),
        Move.DISCOUNT: Effect(wear=0.1, trust=-0.02, seller=-0.04),
        Move.DERISK: Effect(hours=0.5),
        Move.ADVANCE: Effect(sting=0.2, relief=0.1, hours=0.3, ends=True),
        Move.DOOR: Effect(relief=0.6, trust=0.02, hours=0.1, ends=True),
        Move.DROP: Effect(hours=0.0, ends=True),
    }
)

TABLE: Mapping[str, NDArray[np.float64]] = MappingProxyType(
    {
        each.name: np.array([float(getattr(EFFECTS[move], each.name)) for move in Move])
        for each in fields(Effect)
    }
)
"""The same by the name of the field, [moves], to look moves up in."""

_PARTLY, _RIGHT = 1, 2
_FITS: Mapping[tuple[Move, Reason], int] = MappingProxyType(
    {
        (Move.VALUE, Reason.VALUE): _RIGHT,
        (Move.BOSS, Reason.AUTHORITY): _RIGHT,
        (Move.CASH_DATE, Reason.CASH): _RIGHT,
        (Move.DERISK, Reason.FEAR): _RIGHT,
        (Move.VALUE, Reason.FEAR): _PARTLY,
        (Move.VALUE, Reason.AUTHORITY): _PARTLY,  # something to say upstairs
        (Move.DERISK, Reason.VALUE): _PARTLY,
        (Move.DERISK, Reason.AUTHORITY): _PARTLY,
        (Move.DISCOUNT, Reason.VALUE): _PARTLY,
        (Move.DISCOUNT, Reason.CASH): _PARTLY,
        (Move.ADVANCE, Reason.AUTHORITY): _PARTLY,
        (Move.ADVANCE, Reason.FEAR): _PARTLY,
    }
)


RIGHT: NDArray[np.bool_] = np.array(
    [[_FITS.get((move, reason)) == _RIGHT for reason in Reason] for move in Move]
)
"""What is the fitting reply to a reason, [moves, reasons]; those that half fit are not."""


def fit(params: Params) -> NDArray[np.float64]:
    """Return the share of what is left of a concern that a move takes away, [moves, reasons]."""
    shares = np.zeros((len(Move), len(Reason)))
    for (move, reason), level in _FITS.items():
        shares[move, reason] = params.right if level == _RIGHT else params.partly
    return shares
