"""What an expert keeps in mind of everybody, round after round, and how a request therefore looks.

Five accounts for each requester, all from 0 to 1. With ``k`` requests in a round::

    credibility  K  falls by the factor (1 - fall)^k if they were "urgent" without a reason,
                    and what is missing shrinks by (1 - recover)^k if they carried one
    loudness     L  is 1 in a round of shouting, and falls by the share ``hush`` each round after
    favour, visibility, credit
                    what is missing shrinks by (1 - gain)^k if there were gifts (favour), or if it
                    went on record (visibility, credit); each fades by its own share every round

A request made in a round looks as the accounts stood when the round began. With ``t`` the share of
the background it carries and ``v`` the logarithm of its value per effort, as far as background
tells it::

    stated = t * K * v - (1 - t) * unstated          loud = loud * L * K
    favour, seen, thanks = their weights times the accounts

Reasons are believed as far as the urgency of the same person is, and so is a shout: the boy who
cried wolf (狼来了) is not heard when the wolf comes.
"""

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from course.models.priority.terms import TELLS, Habit, Params

__all__ = ["Memory", "Part", "looks", "remember"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Part(IntEnum):
    """What makes a request look as it does; the column in ``Result.perceived``."""

    STATED = 0  # its background, or the lack of it
    LOUD = 1
    FAVOUR = 2
    SEEN = 3  # by the expert's leader
    THANKS = 4  # the credit given before
    GLANCE = 5  # chance: how it happened to strike the expert


@dataclass(frozen=True, eq=False)
class Memory:
    """The five accounts at the start of each round, each [rounds, n, requesters], 0-1."""

    credibility: Floats
    loudness: Floats
    favour: Floats
    seen: Floats
    thanks: Floats

    def until(self, rounds: int) -> "Memory":
        """Return the first rounds alone."""
        return Memory(**{each.name: getattr(self, each.name)[:rounds] for each in fields(self)})


def remember(params: Params, habits: tuple[tuple[Habit, ...], ...], requests: Ints) -> Memory:
    """Return the accounts.

    Args:
        params: the world.
        habits: for each round, one for each requester.
        requests: [rounds, n, requesters] how many were made.
    """
    accounts = {each.name: np.empty(requests.shape) for each in fields(Memory)}
    credibility = np.ones(requests.shape[1:])
    loudness, favour, seen, thanks = np.zeros((4, *requests.shape[1:]))
    for r, (row, k) in enumerate(zip(habits, requests, strict=True)):
        shouts, gifts, explains, records = (
            np.array([habit is each for habit in row])
            for each in (Habit.SHOUT, Habit.GIFT, Habit.EXPLAIN, Habit.RECORD)
        )
        loudness = np.maximum(shouts, loudness * (1 - params.hush))
        now = (credibility, loudness, favour, seen, thanks)
        for account, level in zip(accounts.values(), now, strict=True):
            account[r] = level
        credibility = credibility * (1 - params.fall) ** (k * shouts)
        credibility = _add(credibility, params.recover, k * (explains | records))
        favour = _add(favour, params.favour_gain, k * gifts) * (1 - params.favour_fade)
        seen = _add(seen, params.seen_gain, k * records) * (1 - params.seen_fade)
        thanks = _add(thanks, params.thanks_gain, k * records) * (1 - params.thanks_fade)
    return Memory(**accounts)


def _add(level: Floats, gain: float, times: Ints) -> Floats:
    """Close the share ``gain`` of what is missing from 1, so many times."""
    return 1 - (1 - level) * (1 - gain) ** times


def looks(
    params: Params,
    habits: tuple[tuple[Habit, ...], ...],
    memory: Memory,
    *,
    run: Ints,
    requester: Ints,
    round: Ints,
    value: Floats,
    glance: Floats,
) -> Floats:
    """Return what requests look like to the expert, [jobs, parts], points.

    Args:
        params: the world.
        habits: for each round, one for each requester.
        memory: the accounts.
        run, requester, round: [jobs] whose request it is and when it was made; what was there
            before the first round looks as if made in it.
        value: [jobs] value per effort as background would tell it, points, 0 for the middling.
        glance: [jobs] points.
    """
    round = np.maximum(round, 0)
    cell = np.ravel_multi_index((round, run, requester), memory.credibility.shape)
    credibility, loudness, favour, seen, thanks = (
        getattr(memory, each.name).ravel()[cell] for each in fields(memory)
    )
    tells = np.array([[TELLS[habit] for habit in row] for row in habits])[round, requester]
    parts = np.empty((len(Part), run.size))
    parts[Part.STATED] = tells * credibility * value - (1 - tells) * params.unstated
    parts[Part.LOUD] = params.loud * loudness * credibility
    parts[Part.FAVOUR] = params.favour * favour
    parts[Part.SEEN] = params.seen * seen
    parts[Part.THANKS] = params.thanks * thanks
    parts[Part.GLANCE] = glance
    return parts.T
