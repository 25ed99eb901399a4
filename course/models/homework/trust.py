"""What presales thinks of a salesperson, round after round.

Trust is one number from 0 to 1. In a round with so many deeds of each kind it becomes::

    T'  = T (1 - alarm_loss)^alarms (1 - rework_loss)^extra (1 - dump_loss)^dumped
    T'' = 1 - (1 - T') (1 - fact_gain)^facts (1 - view_gain)^views (1 - credit_gain)^credits

and then goes the share ``drift`` of the way back to ``start``, what a stranger gets: good and bad
deeds are both forgotten in time. A request finds the trust with which its round began.

Built in by assumption: the sign of every deed, and that presales knows who did what. So a bad deed
lowers trust in every later round (never below zero, less and less). What is *not* built in: how
long a queue makes that last, whom it costs how many days, and which fault costs most.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course.models.homework.terms import Params

__all__ = ["Deeds", "remember"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Deeds:
    """What presales saw of everybody: how many of each, all of the same shape [rounds, ...]."""

    facts: Ints  # complaints that were looked into first, rightly
    views: Ints  # requests that came with a view
    credits: Ints  # pieces of work reported to the leader
    alarms: Ints  # alarms that proved false
    extra: Ints  # versions beyond the planned
    dumped: Ints  # favours promised with the expert's hours


def remember(params: Params, deeds: Deeds) -> Floats:
    """Return trust at the start of each round and after the last, [rounds + 1, ...], 0-1."""
    kept = (
        _power(1 - params.alarm_loss, deeds.alarms)
        * _power(1 - params.rework_loss, deeds.extra)
        * _power(1 - params.dump_loss, deeds.dumped)
    )
    missing = (
        _power(1 - params.fact_gain, deeds.facts)
        * _power(1 - params.view_gain, deeds.views)
        * _power(1 - params.credit_gain, deeds.credits)
    )
    trust = np.empty((len(kept) + 1, *kept.shape[1:]))
    trust[0] = params.start
    for r, (keeps, misses) in enumerate(zip(kept, missing, strict=True)):
        now = 1 - (1 - trust[r] * keeps) * misses
        trust[r + 1] = now + params.drift * (params.start - now)
    return trust


def _power(share: float, times: Ints) -> Floats:
    """Return ``share ** times``: powers are slow, and the same few come up over and over."""
    return (share ** np.arange(times.max(initial=0) + 1))[times]
