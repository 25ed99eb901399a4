"""Lesson 05: customers who hesitate, sellers who push, and those who find out why.

``simulate(Params(size=SMALL), HAMMER, n=2000, rng=rng)`` meets ``n`` customers and returns a
:class:`Result`: outcomes (signed and kept, cancelled within 30 days, complaint, no decision,
dropped), margin, hours, visits, regret, and the hidden sides of all customers.

* *Push or diagnose*: :class:`Policy`, with :data:`POLICIES` by name, at deal sizes from
  :data:`SMALL` to :data:`LARGE`.
* *Sign or drop*: :mod:`course.models.closing.dropping`: how many visits a lead is worth, in closed
  form and simulated, per visit, per lead, per week.
* Sentence by sentence: :mod:`course.models.closing.visit`, with a cast of twenty-four in
  :mod:`course.models.closing.persona`.

Equal seeds meet the same customers with the same luck, whatever is done.
"""

from course.models.closing.moves import Move, Reply
from course.models.closing.people import People, draw
from course.models.closing.policy import (
    AGREE,
    CONCEDER,
    DETECTIVE,
    DISCOUNTER,
    DO_OR_DIE,
    HAMMER,
    INTERROGATOR,
    NODDER,
    ONCE,
    POLICIES,
    Policy,
)
from course.models.closing.run import Result, run, simulate
from course.models.closing.terms import LARGE, RANGE, SMALL, Outcome, Params, Reason

__all__ = [
    "AGREE",
    "CONCEDER",
    "DETECTIVE",
    "DISCOUNTER",
    "DO_OR_DIE",
    "HAMMER",
    "INTERROGATOR",
    "LARGE",
    "NODDER",
    "ONCE",
    "POLICIES",
    "RANGE",
    "SMALL",
    "Move",
    "Outcome",
    "Params",
    "People",
    "Policy",
    "Reason",
    "Reply",
    "Result",
    "draw",
    "run",
    "simulate",
]
