"""An inbox of pressure: many customers, what they say, and what one's way of reading it costs.

Each customer has something to complain of, or not; the people on their side speak up or do not, as
:mod:`course.models.homework.signals` says. Then one relays, verifies or waits, and it comes to what
:mod:`course.models.homework.verify` says. Where nobody says anything there is nothing to act on.

**Common random numbers.** Every draw is made before the reading is looked at and has a shape that
depends on ``n`` and ``people`` only.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course.models.homework.signals import posterior
from course.models.homework.terms import Action, Params
from course.models.homework.verify import cheapest

__all__ = ["Inbox", "simulate_inbox"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

ACTIONS = tuple(Action)
_DONE = {action: code for code, action in enumerate(ACTIONS)}


@dataclass(frozen=True, eq=False)
class Inbox:
    """What became of ``n`` customers.

    Attributes:
        so: [n] hidden: is it as they may say?
        said: [n] how many of them said it.
        belief: [n] that it is so, after hearing that.
        action: [n] what was done, as the place in ``tuple(Action)``.
        alarmed: [n] presales was alarmed for nothing.
        missed: [n] it was so, and nothing was done.
        hours: [n] of work: finding out, and fixing.
        cost: [n] hours and hours' worth: goodwill and missed problems too.
    """

    so: Bools
    said: Ints
    belief: Floats
    action: Ints
    alarmed: Bools
    missed: Bools
    hours: Floats
    cost: Floats

    def did(self, action: Action) -> Bools:
        """Tell with which customers this was done, [n]."""
        return np.asarray(self.action == _DONE[action])


def simulate_inbox(
    params: Params, action: Action | None, *, n: int, rng: np.random.Generator
) -> Inbox:
    """Read an inbox of ``n`` customers.

    Args:
        params: the world.
        action: what is done whenever anybody says it; None to do what is cheapest at the belief.
        n: number of customers, from 1.
        rng: source of luck; equal seeds face the same customers whatever is done.

    Returns:
        The :class:`Inbox`.

    Raises:
        ValueError: ``n`` is below 1.
    """
    if n < 1:
        raise ValueError(f"n: expected at least 1 customer, got {n!r}; pass for example n=1000")
    # The order of these calls is the seed's meaning: changing it changes every recorded run.
    so = rng.random(n) < params.base
    speaks = rng.random((n, params.people))
    repeats = rng.random((n, params.people))
    whom = rng.random((n, params.people))
    right = rng.random(n) < params.accuracy

    says = speaks < np.where(so, params.if_true, params.if_not)[:, None]
    for j in range(1, params.people):
        echoes = repeats[:, j] * (1 - params.echo + j * params.echo) < j * params.echo
        before = says[np.arange(n), (j * whom[:, j]).astype(np.int64)]
        says[:, j] = np.where(echoes, before, says[:, j])
    said = says.sum(axis=1)
    # Beliefs and decisions for each number of voices that came up; no other has to be possible.
    belief, done = np.zeros(n), np.full(n, _DONE[Action.WAIT])
    for voices in np.unique(said):
        here = said == voices
        believed = posterior(params, int(voices), params.people)
        belief[here] = believed
        if voices:
            done[here] = _DONE[cheapest(params, believed) if action is None else Action(action)]

    verified = done == _DONE[Action.VERIFY]
    fixed = (done == _DONE[Action.RELAY]) | (verified & (so == right))
    alarmed, missed = fixed & ~so, so & ~fixed
    hours = params.verify_hours * verified + params.fix_hours * fixed
    return Inbox(
        so=so,
        said=said,
        belief=belief,
        action=done,
        alarmed=alarmed,
        missed=missed,
        hours=hours,
        cost=hours + params.alarm * alarmed + params.miss * missed,
    )
