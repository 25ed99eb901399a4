"""What a seller's moves do to the customer's work, week by week, and what they cost the seller.

Arrays have one entry per policy (m of them): one for all deals, which then broadcasts, or one per
deal.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course.models.momentum.terms import HOURS, Move, Params, Policy, Step

__all__ = ["Help", "seller_hours"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Help:
    """What policies come to in a world.

    Attributes:
        start, stop: [m] the throttle is open in the weeks from start to before stop.
        probe, ladder, edits, letters, pilots, paper, show, big: [m] which moves are made; ladder
            is drafting step by step, edits only where there is a ladder.
        alone: [m, 7] hours that each step costs the customer without help; 0 after the last.
        helped: [m, 7] the same with help.
        lump: [m, 7] with help, the step and all that follow it at once.
    """

    start: Ints
    stop: Ints
    probe: Bools
    ladder: Bools
    edits: Bools
    letters: Bools
    pilots: Bools
    paper: Bools
    show: Bools
    big: Bools
    draft: Bools
    alone: Floats
    helped: Floats
    lump: Floats

    @classmethod
    def of(cls, params: Params, policies: Sequence[Policy]) -> "Help":
        """Read the policies."""

        def uses(move: Move) -> Bools:
            return np.array([move in policy.moves for policy in policies])

        draft, big, probe, paper = (
            uses(move) for move in (Move.DRAFT, Move.BIG_ASK, Move.PROBE, Move.PAPER)
        )
        ladder = draft & ~big
        alone = np.tile((*params.efforts, 0.0), (len(policies), 1))
        fits = np.where(probe, 1.0, params.aim)
        helped = alone * (1 - params.draft_share * draft * fits)[:, None]
        papered = [Step.MEETING - 1, Step.BUDGET - 1]  # the steps that lead there
        helped[:, papered] *= (1 - params.paper_share * paper)[:, None]
        return cls(
            start=np.array([policy.start for policy in policies]),
            stop=np.array([params.weeks if p.stop is None else p.stop for p in policies]),
            probe=probe,
            ladder=ladder,
            edits=uses(Move.EDITS) & ladder,
            letters=uses(Move.LETTER),
            pilots=uses(Move.PILOT),
            paper=paper,
            show=uses(Move.SHOW),
            big=big,
            draft=draft,
            alone=alone,
            helped=helped,
            lump=np.cumsum(helped[:, ::-1], axis=1)[:, ::-1],
        )


def seller_hours(
    help_: Help,
    *,
    lands: Bools,
    ended: Ints,
    step: Ints,
    edited: Bools,
    pilot: Ints,
    shown: Ints,
) -> Floats:
    """Return the hours [n] that the moves took; arrays as in ``momentum.Result``.

    A draft is written once for every step at which the customer stood while the throttle was open.
    """
    weeks, n = edited.shape
    deal = np.arange(n)
    start = np.broadcast_to(help_.start, n)
    # Position at the first and in the last week of the open throttle.
    last = np.minimum(np.minimum(ended, help_.stop) - 1, weeks - 1)
    opened = last >= start
    before = step[np.minimum(start, weeks), deal]
    begun = opened & (lands | ~help_.probe)
    drafts = np.where(help_.big, Step.SIGNED - before, step[last, deal] - before + 1)
    hours: Floats = (
        HOURS[Move.PROBE] * (opened & help_.probe)
        + HOURS[Move.DRAFT] * (begun & help_.draft) * drafts
        + HOURS[Move.EDITS] * edited.sum(axis=0)
        + HOURS[Move.LETTER] * (begun & help_.letters)
        + HOURS[Move.PILOT] * (pilot < weeks)
        + HOURS[Move.PAPER] * (begun & help_.paper)
        + HOURS[Move.SHOW] * shown
        + HOURS[Move.BIG_ASK] * (begun & help_.big)
    )
    return hours
