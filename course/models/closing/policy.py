"""What a seller does with everybody: a policy, as plain data, and the move it comes to.

A policy sees what a seller sees: what was said, by either side, and which visit it is. Reasons,
trust, reactance and readiness are hidden from it.
"""

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from course.models.closing.moves import REMEDY, Move, Reply
from course.models.closing.pick import pick
from course.models.closing.state import State
from course.models.closing.terms import Params

__all__ = [
    "AGREE",
    "CONCEDER",
    "DETECTIVE",
    "DISCOUNTER",
    "DO_OR_DIE",
    "HAMMER",
    "INTERROGATOR",
    "NODDER",
    "ONCE",
    "POLICIES",
    "Policy",
    "choose",
]

_REPLIES = (Move.ASK, Move.CONCERN, Move.WAIT, Move.INTERROGATE, Move.DISCOUNT)
_ENDS = (Move.WAIT, Move.ADVANCE, Move.DOOR, Move.DROP)
_ON_PRICE = (Move.VALUE, Move.DISCOUNT)

_ANSWER = np.full(len(Reply), -1, dtype=np.int64)
for _reply, _move in REMEDY.items():
    _ANSWER[_reply] = _move


@dataclass(frozen=True, kw_only=True)
class Policy:
    """How a seller goes about it, the same with everybody.

    A visit goes: ask to sign (where a reason was given at an earlier visit, answer it first). After
    a no: ``reply`` to it, unless a reason is known; if ``remedies``, answer the reason; ask again,
    ``asks`` times in all. A reason that comes back although it was answered ends the visit, for
    more of the same changes nothing. Whom nothing fits is left in peace.

    Raises:
        ValueError: a move is not one of those possible in its place, or a number is below 1.
    """

    reply: Move = Move.CONCERN  # to "let me think about it": ASK, CONCERN, WAIT, …
    asks: int = 3  # times a visit
    remedies: bool = True  # answers the reason that was given
    on_price: Move = Move.VALUE  # what answers haggling: VALUE or DISCOUNT
    ends: Move = Move.ADVANCE  # how an unsigned visit ends: WAIT, ADVANCE, DOOR, DROP
    visits: int = 100  # how many at most; at the end of the last, ``leaves``
    leaves: Move = Move.DOOR  # DOOR or DROP

    def __post_init__(self) -> None:
        """Check every field."""
        for name, possible in (
            ("reply", _REPLIES),
            ("ends", _ENDS),
            ("on_price", _ON_PRICE),
            ("leaves", (Move.DOOR, Move.DROP)),
        ):
            if getattr(self, name) not in possible:
                names = ", ".join(move.name for move in possible)
                raise ValueError(f"{name}: expected {names}; got {getattr(self, name)!r}")
        for name in ("asks", "visits"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise ValueError(f"{name}: expected a whole number from 1, got {value!r}")


DETECTIVE = Policy()
"""Ask; if no, ask for the concern; answer it; ask again; agree on a next step."""

HAMMER = Policy(reply=Move.ASK, asks=10, remedies=False, ends=Move.WAIT)
"""The same question ten times a visit."""

ONCE = Policy(reply=Move.WAIT, asks=1, remedies=False, ends=Move.WAIT)
"""Ask once a visit, agree to let them think about it, come again."""

AGREE = Policy(reply=Move.WAIT)
"""A detective who agrees to let them think about it unless they give a reason by themselves."""

NODDER = Policy(remedies=False)
"""Asks for the concern, nods, and answers none: a detective who does nothing with what is found."""

INTERROGATOR = Policy(reply=Move.INTERROGATE)
"""A detective who asks what there is to think about."""

DISCOUNTER = Policy(reply=Move.DISCOUNT, on_price=Move.DISCOUNT)
"""Concede first, as long as no other reason is given."""

CONCEDER = Policy(on_price=Move.DISCOUNT)
"""A detective in all but this: who haggles gets a discount, as long as there is one to give."""

DO_OR_DIE = Policy(
    reply=Move.ASK, asks=10, remedies=False, ends=Move.DROP, visits=1, leaves=Move.DROP
)
"""Sign today or be dropped today."""

POLICIES = MappingProxyType(
    {
        "hammer": HAMMER,
        "once": ONCE,
        "agree": AGREE,
        "nodder": NODDER,
        "interrogator": INTERROGATOR,
        "discounter": DISCOUNTER,
        "conceder": CONCEDER,
        "do_or_die": DO_OR_DIE,
        "detective": DETECTIVE,
    }
)
"""All of them by name."""


def choose(params: Params, policy: Policy, state: State) -> NDArray[np.int64]:
    """Return the move that the policy makes in front of each customer, [n] :class:`Move` codes.

    Args:
        params: the world; only the seller's own limits are looked at.
        policy: the policy.
        state: where they stand; only what was said is looked at.
    """
    last, heard = state.last, state.heard
    first = last < 0
    answer = _ANSWER[heard]
    answer = np.where(answer == Move.VALUE, int(policy.on_price), answer)
    known = (answer >= 0) & policy.remedies
    fresh = known & (answer != Move.ASK) & (heard != state.answered)
    stale = known & (answer != Move.ASK) & ~fresh
    no_fit = (heard == Reply.NO_FIT) & policy.remedies
    final = state.visit + 1 >= min(policy.visits, params.visits)
    over = np.where(final, int(policy.leaves), int(policy.ends))
    after_no = np.full(last.size, int(policy.reply))
    if policy.reply is Move.WAIT:  # "take your time", and the visit is over
        after_no = np.where(final, over, int(Move.WAIT))
    asked = last == Move.ASK
    probes = policy.reply in (Move.CONCERN, Move.INTERROGATE)
    replied = (last == policy.reply) | ((last == Move.CONCERN) & (policy.reply is Move.DISCOUNT))
    moves = pick(
        [
            (no_fit, Move.DOOR),
            (first & fresh, answer),
            (first, Move.ASK),
            (asked & ((state.asked >= policy.asks) | stale), over),
            (asked & fresh, answer),
            (asked, after_no),
            (replied & fresh, answer),
            ((state.reply == Reply.SHRUGS) & probes, int(policy.reply)),
        ],
        Move.ASK,
    )
    # Who has nothing left to concede does what others do at first.
    spent = (moves == Move.DISCOUNT) & (state.discount >= params.deepest)
    instead = np.where(known, int(Move.VALUE), int(Move.CONCERN))
    return np.where(spent, instead, moves)
