"""The customers: what is hidden in them, and all the luck they will have."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from course.models.closing.terms import Params, Reason

__all__ = ["People", "draw", "stake"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def stake(size: float | Floats) -> Floats:
    """Return the order of magnitude of a deal: log10 of its size in 10,000 CNY, from 0."""
    return np.maximum(0.0, np.log10(size))


@dataclass(frozen=True, eq=False)
class People:
    """Customers before the first visit; [n] unless another shape is stated.

    Attributes:
        reason: :class:`Reason` codes, hidden.
        size: of the deal, 10,000 CNY.
        need: logits.
        product: value seen in the product, 0-1.
        seller: value seen in the seller, 0-1.
        trust: in the seller, 0-1.
        temper: what pushes sting, 1 for most.
        patience: reactance at which they show the seller the door, 0-1.
        guard: openness from which they tell the reason, 0-1.
        weight: of the reason, before anything is said, logits.
        solvable: share of that which can be dealt with at all, 0-1.
        inertia: the habitual no, logits.
        ripe: steps inside their house before anybody can sign.
        cash_in: visit by which the money is there, from 1; only matters if cash is the reason.
        excuses: gives the price as the reason, in place of none.
        complains: uniform; below the chance of a complaint, they complain.
        second_thoughts: logits, when they think it over after signing, or by themselves.
        mood: [visits, n] logits, on the day of each visit.
    """

    reason: Ints
    size: Floats
    need: Floats
    product: Floats
    seller: Floats
    trust: Floats
    temper: Floats
    patience: Floats
    guard: Floats
    weight: Floats
    solvable: Floats
    inertia: Floats
    ripe: Floats
    cash_in: Floats
    excuses: NDArray[np.bool_]
    complains: Floats
    second_thoughts: Floats
    mood: Floats

    @property
    def n(self) -> int:
        """How many they are."""
        return self.reason.size

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> "People":
        """Return some of them."""
        return People(**{each.name: getattr(self, each.name)[..., rows] for each in fields(self)})


def _logistic(uniform: Floats) -> Floats:
    inside = np.clip(uniform, 1e-12, 1 - 1e-12)
    return np.log(inside / (1 - inside))


def draw(params: Params, n: int, rng: np.random.Generator) -> People:
    """Return ``n`` customers and their luck, all drawn before anything is done.

    Shapes depend on ``n`` (and moods on ``params.visits``) only, and every parameter acts on the
    same draws: equal seeds are the same customers in neighbouring worlds.
    """
    # The order of these calls is the seed's meaning: changing it changes every recorded run.
    reason = np.searchsorted(np.cumsum(params.mix), rng.random(n), side="right")
    sizes, needs, tempers = rng.standard_normal((3, n))
    views, sellers, trusts, patience, guard, weights, habits, ripes = rng.random((8, n))
    solvable, cash, excuses, complains, later = rng.random((5, n))
    moods = rng.random((params.visits, n))

    reason = np.minimum(reason, len(Reason) - 1).astype(np.int64)  # shares may sum to .9999
    size = params.size * np.exp(params.size_spread * sizes)
    at_stake = stake(size)
    weight = (params.concern + params.concern_stake * at_stake) * (0.6 + 0.8 * weights)
    weight = np.where(
        reason == Reason.HABIT, 0.0, weight + params.no_fit * (reason == Reason.NO_FIT)
    )
    inertia = (params.inertia + params.habit * (reason == Reason.HABIT)) * (0.5 + habits)
    steps = np.floor(params.ripening * at_stake * (0.5 + ripes))
    return People(
        reason=reason,
        size=size,
        need=params.need_spread * needs,
        product=0.3 + 0.4 * views,
        seller=0.3 + 0.4 * sellers,
        trust=0.3 + 0.4 * trusts,
        temper=np.exp(params.temper_spread * tempers),
        patience=np.clip(params.patience + params.patience_spread * (2 * patience - 1), 0.05, 1.0),
        guard=guard,
        weight=weight,
        solvable=params.solvable + (1 - params.solvable) * solvable,
        inertia=inertia,
        ripe=np.minimum(steps, params.visits - 1.0),
        cash_in=1 + np.floor(3 * cash),
        excuses=excuses < params.excuse,
        complains=complains,
        second_thoughts=params.calm * _logistic(later),
        mood=params.mood * _logistic(moods),
    )
