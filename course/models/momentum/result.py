"""What a run of the momentum model leaves behind: outcomes, and the courses that get drawn."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

__all__ = ["FULL_RPM", "Outcome", "Result"]

FULL_RPM = 3000.0
"""The rpm of a customer whose next step is certain to come this week."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Outcome(IntEnum):
    """How a deal stands; the code in ``Result.outcome`` and the column in ``Result.counts``."""

    OPEN = 0
    SIGNED = 1
    LOST = 2  # the money went elsewhere


@dataclass(frozen=True, eq=False)
class Result:
    """What became of ``n`` deals over ``weeks`` weeks; week 0 is that of the presentation.

    Attributes:
        outcome: [n] :class:`Outcome` codes at the horizon.
        week: [n] week in which the deal ended, 1 to weeks; ``weeks`` if still open.
        hours: [n] the seller's hours after the presentation.
        customer_hours: [n] hours of work the customer did on the steps taken, editing not counted.
        lands: [n] hidden: is there any money for it this year?
        own_drive: [n] hidden: the customer's own drive, logits.
        step: [weeks + 1, n] :class:`Step` reached by the start of the week.
        satisfaction: [weeks + 1, n] points 0-10 at the start of the week.
        investment: [weeks + 1, n] 0-1 at the start of the week.
        rpm: [weeks, n] 0-3000, :data:`FULL_RPM` times the chance of the next step in the week; 0
            once the deal has ended.
        edited: [weeks, n] did the customer edit a draft in the week?
        letter: [n] week (index) in which a letter of intent was signed; ``weeks`` if never.
        pilot: [n] week (index) in which a pilot began; ``weeks`` if never.
        counts: [weeks + 1, 3] deals by week and outcome; every row sums to n.
    """

    outcome: Ints
    week: Ints
    hours: Floats
    customer_hours: Floats
    lands: Bools
    own_drive: Floats
    step: Ints
    satisfaction: Floats
    investment: Floats
    rpm: Floats
    edited: Bools
    letter: Ints
    pilot: Ints
    counts: Ints

    def share(self, outcome: Outcome) -> float:
        """Share of all deals with this outcome at the horizon, 0-1."""
        return float(np.mean(self.outcome == outcome))
