"""Whether a variant shows what the case is about."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from course.cases.priority.people import REQUESTERS
from course.cases.priority.world import LAST, URGENT_FROM, Ticket

__all__ = ["label_is_empty", "tells"]

Begun = Sequence[tuple[Ticket, float]]
"""Tickets that were begun, with the working days they waited."""

_Q3, _Q4 = LAST - 183, LAST - 91


def tells(begun: Begun) -> bool:
    """Tell whether information and habits make the difference that the lesson speaks of."""
    return _telling_helps(begun) and _habits_tell(begun)


def label_is_empty(tickets: Sequence[Ticket]) -> bool:
    """Tell whether the label "urgent" says nothing about the cost of delay."""
    urgent = np.array([each.urgent_label for each in tickets])
    costs = np.log([each.cost for each in tickets])
    dear = np.array([each.cost >= URGENT_FROM for each in tickets])
    gap = abs(dear[urgent].mean() - dear[~urgent].mean())
    medians = np.median(costs[urgent]) - np.median(costs[~urgent])
    return bool(
        0.66 < urgent.mean() < 0.76
        and abs(np.corrcoef(urgent, costs)[0, 1]) < 0.06
        and gap < 0.05
        and abs(medians) < 0.15
    )


def _telling_helps(begun: Begun) -> bool:
    """In every third by cost, who tells everything waits much less than who tells nothing."""
    costs = sorted(ticket.cost for ticket, _wait in begun)
    edges = (0, costs[len(costs) // 3], costs[2 * len(costs) // 3], 10**9)
    for low, high in pairwise(edges):
        band = [(ticket, wait) for ticket, wait in begun if low < ticket.cost <= high]
        much = _mean([wait for ticket, wait in band if ticket.complete >= 3])
        little = _mean([wait for ticket, wait in band if ticket.complete <= 1])
        if not much < 0.7 * little:
            return False
    return True


def _habits_tell(begun: Begun) -> bool:
    """Anger gains first and loses later; the record gains more from quarter to quarter."""
    everybody = [_mean([wait for t, wait in begun if _quarter(t) == q]) for q in range(3)]

    def against(key: str, chosen: Begun, q: int) -> float:
        own = [wait for t, wait in chosen if t.requester.key == key and _quarter(t) == q]
        return _mean(own) / max(everybody[q], 0.1)

    shouters = [each for each in REQUESTERS if each.shouts_from.toordinal() <= LAST]
    for each in shouters:
        loud = [(t, wait) for t, wait in begun if t.requester is each and t.loud]
        start = loud[0][0].day
        early = [pair for pair in begun if start <= pair[0].day < start + 42]
        own = _mean([wait for t, wait in early if t.requester is each])
        if own > 0.85 * _mean([wait for _t, wait in early]) or against(each.key, begun, 2) < 1.05:
            return False
    recorders = [each.key for each in REQUESTERS if each.records_from.toordinal() <= LAST]
    return all(
        against(key, begun, 2) < 0.6 and against(key, begun, 2) < against(key, begun, 0) - 0.05
        for key in recorders
    )


def _quarter(ticket: Ticket) -> int:
    """0 for April to June, 1 to September, 2 to December."""
    return bisect_right((_Q3, _Q4), ticket.day)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
