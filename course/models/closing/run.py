"""Whole policies: thousands of customers, visit after visit, and what became of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course.models.closing.law import act, arrive, end
from course.models.closing.moves import Move
from course.models.closing.people import People, draw
from course.models.closing.policy import Policy, choose
from course.models.closing.state import State, begin
from course.models.closing.terms import Outcome, Params

__all__ = ["Result", "run", "simulate"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Result:
    """What became of ``n`` customers.

    Attributes:
        outcome: [n] :class:`Outcome` codes; none is OPEN.
        signed: [n] visit of the signature, from 1, kept or not; 0 if there was none.
        visits: [n] how often they were visited.
        asks: [n] how often they were asked to sign.
        margin: [n] 10,000 CNY; below 0 where a signature was undone or a complaint came.
        hours: [n] the seller's.
        regret: [n] logits, see :mod:`course.models.closing.law`; 0 without a signature.
        reactance: [n] at the end, 0-1.
        trust: [n] at the end, 0-1.
        heard: [n] the reason given last, a Reply code.
        first: [n] what they said when they were first asked to sign, a Reply code.
        counts: [visits + 1, outcomes] customers by visit and outcome; every row sums to n.
        people: the customers, hidden sides and all.
        hour_cost: what an hour costs, 10,000 CNY.
    """

    outcome: Ints
    signed: Ints
    visits: Ints
    asks: Ints
    margin: Floats
    hours: Floats
    regret: Floats
    reactance: Floats
    trust: Floats
    heard: Ints
    first: Ints
    counts: Ints
    people: People
    hour_cost: float

    def share(self, outcome: Outcome) -> float:
        """Share of all customers with this outcome, 0-1."""
        return float(np.mean(self.outcome == outcome))

    @property
    def value(self) -> Floats:
        """Margin less the cost of hours, [n], 10,000 CNY."""
        return self.margin - self.hour_cost * self.hours

    @property
    def per_lead(self) -> float:
        """Signatures that stay, for each customer."""
        return self.share(Outcome.SIGNED)

    @property
    def per_visit(self) -> float:
        """Signatures that stay, for each visit."""
        return float(np.sum(self.outcome == Outcome.SIGNED) / np.sum(self.visits))

    def yields(self) -> Floats:
        """Chance of a signature at each visit, for those who are visited then, [visits].

        NaN for visits that nobody gets.
        """
        last = self.counts.shape[0]
        visited = np.array([np.sum(self.visits >= k) for k in range(1, last)])
        signed = np.bincount(self.signed, minlength=last)[1:]
        yields = np.full(last - 1, np.nan)
        np.divide(signed, visited, out=yields, where=visited > 0)
        return yields


def simulate(params: Params, policy: Policy, *, n: int, rng: np.random.Generator) -> Result:
    """Meet ``n`` customers under one policy.

    Args:
        params: the world.
        policy: what the seller does, the same with everybody.
        n: number of customers, from 1.
        rng: source of luck; equal seeds make runs of different policies comparable customer by
            customer.

    Returns:
        The :class:`Result`.

    Raises:
        ValueError: ``n`` is below 1.
    """
    if n < 1:
        raise ValueError(f"n: expected at least 1 customer, got {n!r}; pass for example n=1000")
    return run(params, policy, draw(params, n, rng))


def run(params: Params, policy: Policy, people: People) -> Result:
    """Meet these customers, drawn before, under one policy. See :func:`simulate`."""
    n = people.n
    counts = np.zeros((params.visits + 1, len(Outcome)), dtype=np.int64)
    counts[0, Outcome.OPEN] = n
    asks, first = np.zeros((2, n), dtype=np.int64)
    state = begin(people)
    open_ = np.arange(n)
    for visit in range(params.visits):
        # Only those who are still open: most are done with long before the last visit.
        some = people.take(open_)
        now = arrive(params, some, state.take(open_))
        while now.inside.any():
            moves = choose(params, policy, now)
            asked = now.inside & (moves == Move.ASK)
            now = act(params, some, now, moves)
            new = asked & (asks[open_] == 0)
            first[open_[new]] = now.reply[new]
            asks[open_] += asked
        state = state.put(open_, now)
        open_ = open_[now.outcome == Outcome.OPEN]
        counts[visit + 1] = np.bincount(state.outcome, minlength=len(Outcome))
    state = end(state)
    counts[-1] = np.bincount(state.outcome, minlength=len(Outcome))
    return Result(
        outcome=state.outcome,
        signed=state.signed,
        visits=state.visit + 1,
        asks=asks,
        margin=earned(params, people, state),
        hours=state.hours,
        regret=state.regret,
        reactance=state.reactance,
        trust=state.trust,
        heard=state.heard,
        first=first,
        counts=counts,
        people=people,
        hour_cost=params.hour_cost,
    )


def earned(params: Params, people: People, state: State) -> Floats:
    """Return the margin, [n], 10,000 CNY; what is undone and complained about costs."""
    kept = (state.outcome == Outcome.SIGNED) * (params.margin - state.discount)
    undone = (state.signed > 0) & (state.outcome != Outcome.SIGNED)
    complaint = state.outcome == Outcome.COMPLAINT
    shares: Floats = kept - params.undoing * undone - params.repute * complaint
    return people.size * shares
