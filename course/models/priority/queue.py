"""One server, one job at a time, the best-looking first: the queue alone, many years side by side.

The rule of choice is a score that does not change while a job waits. That covers more than it
seems: if everything that waits gains the same number of points a day, the order at any moment is
that of ``score - gain * arrival``, which does not change either.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["serve"]

Floats = NDArray[np.float64]

COMPACT = 16  # steps between two clearings of the jobs that are done
SLACK = 8  # columns looked at beyond those that had arrived


def serve(arrival: Floats, service: Floats, score: Floats) -> Floats:
    """Return when each job is begun, work-conserving and without interruption.

    Whenever the server is free, it begins the arrived job of the highest score, the earliest among
    equals; if there is none, it waits for the next. It is free from time 0 on. Every row is a
    queue of its own; all rows take their steps at once, one job each, so the time needed grows
    with the number of columns and only slowly with that of rows.

    Args:
        arrival: [n, jobs] ascending in each row, days; below 0 for what waits at the start, and
            infinite in the places that a shorter row leaves over.
        service: [n, jobs] days.
        score: [n, jobs] finite.

    Returns:
        [n, jobs] days; infinite where there is no job.
    """
    n, jobs = arrival.shape
    start, service = np.full(n * jobs, np.inf), service.ravel()
    free, row = np.zeros(n), np.arange(n)
    # Of what is left: when it came, its score (-inf once done), and its place in the flat arrays.
    left, score, place = arrival, score.copy(), np.arange(n * jobs).reshape(n, jobs)
    width = 0
    for step in range(jobs):
        if step % COMPACT == 0:
            # Every row has done as many jobs as every other: what is left is a rectangle again.
            keep, shape = score > -np.inf, (n, jobs - step)
            left, score, place = (each[keep].reshape(shape) for each in (left, score, place))
            width = SLACK + int((left <= free[:, None]).sum(axis=1).max())
        while width < left.shape[1] and (left[:, width - 1] <= free).any():
            width += SLACK
        here = left[:, :width] <= free[:, None]
        looks = np.where(here, score[:, :width], -np.inf)
        best = looks.argmax(axis=1)
        idle = np.flatnonzero(looks[row, best] == -np.inf)
        if idle.size:  # nothing is there: what comes next, or the best of what comes then
            coming, worth = left[idle], score[idle]
            free[idle] = np.where(worth > -np.inf, coming, np.inf).min(axis=1)
            best[idle] = np.where(coming <= free[idle, None], worth, -np.inf).argmax(axis=1)
        taken = place[row, best]
        start[taken] = free
        score[row, best] = -np.inf
        free = free + service[taken]
    return start.reshape(n, jobs)
