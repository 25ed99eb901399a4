"""Briefs, versions, reviews: homework handed over, and what becomes of it in a given manner.

Each brief is drawn field by field: how patient the customer is, what the questions clear up, which
guesses are wrong, and in which review each wrong field comes to light. The law of the number of
versions is in :mod:`course.models.homework.rounds`; here each brief has a course of its own.

Work per brief::

    presales   draft_hours * (1 + round_share * (versions - 1))
    seller     ask_hours * questions + versions * (review_hours, and press_hours if specific)
    annoyance  annoy * questions beyond patience                               hours' worth
    days       draft_hours / 8 + version_days * (versions - 1)

That asking has a price is built in by assumption (``annoy``, ``careless``, ``ask_hours``); how many
questions are worth it is not.

**Common random numbers.** Every draw is made before the manner is looked at and has a shape that
depends on ``n`` only: equal seeds face the same customers, guesses and reviews. One more question
at the end never makes a brief worse, nor does a review that brings more to light.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course.models.homework.manners import CLEARS, Manner, Question
from course.models.homework.rounds import reveals
from course.models.homework.terms import DAY, Field, Params

__all__ = ["Briefs", "simulate_briefs"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Briefs:
    """What became of ``n`` briefs.

    Attributes:
        patience: [n] questions the customer would have borne gladly.
        clear: [n, 7] what was known of the fields when work began.
        wrong: [n, 7] which fields were wrong in the first version.
        found: [n, 7] in the review of which version a wrong field came to light; 0 if never wrong.
        versions: [n] until nothing was wrong.
        presales_hours: [n]
        seller_hours: [n]
        annoyance: [n] hours' worth.
        days: [n] working days from the customer's request to the last version, if nothing waits.
        late: [n] after the deadline.
    """

    patience: Ints
    clear: Bools
    wrong: Bools
    found: Ints
    versions: Ints
    presales_hours: Floats
    seller_hours: Floats
    annoyance: Floats
    days: Floats
    late: Bools

    @property
    def cost(self) -> Floats:
        """All hours and hours' worth, [n]."""
        return self.presales_hours + self.seller_hours + self.annoyance

    def open_after(self, versions: int) -> Floats:
        """Return the share of briefs in which something is wrong in version 1 to ``versions``."""
        return np.array([np.mean(self.versions > v) for v in range(1, versions + 1)])


def simulate_briefs(
    params: Params,
    manner: Manner,
    *,
    n: int,
    rng: np.random.Generator,
    known: Iterable[Field] = (),
) -> Briefs:
    """Hand over ``n`` briefs in the same manner.

    Args:
        params: the world.
        manner: ``questions`` and ``specific`` are used.
        n: number of briefs, from 1.
        rng: source of luck; equal seeds make runs of different manners comparable brief by brief.
        known: what customers say without being asked.

    Returns:
        The :class:`Briefs`.

    Raises:
        ValueError: ``n`` is below 1.
    """
    if n < 1:
        raise ValueError(f"n: expected at least 1 brief, got {n!r}; pass for example n=1000")
    fields, spread = len(Field), params.patience_spread
    # The order of these calls is the seed's meaning: changing it changes every recorded run.
    bears = rng.random(n)
    answers = rng.random((n, len(Question), fields))
    guesses = rng.random((n, fields))
    comes_to_light = rng.random((n, fields))

    patience = params.patience - spread + np.floor(bears * (2 * spread + 1)).astype(np.int64)
    clear = np.zeros((n, fields), dtype=np.bool_)
    clear[:, [int(field) for field in known]] = True
    places = {question: place for place, question in enumerate(Question)}
    for place, question in enumerate(manner.questions):
        care = params.clear * np.where(place < patience, 1.0, params.careless)
        for field, share in CLEARS[question].items():
            clear[:, field] |= answers[:, places[question], field] < care * share

    wrong = ~clear & (guesses < params.wrong)
    reveal = reveals(params, manner)
    # A geometric number from one uniform, by inversion: the more is revealed, the fewer reviews.
    with np.errstate(divide="ignore"):
        reviews = 1 + np.floor(np.log1p(-comes_to_light) / np.log1p(-reveal)).astype(np.int64)
    found = np.where(wrong, reviews, 0)
    versions = 1 + found.max(axis=1)

    asked = len(manner.questions)
    review = params.review_hours + params.press_hours * manner.specific
    days = params.draft_hours / DAY + params.version_days * (versions - 1)
    return Briefs(
        patience=patience,
        clear=clear,
        wrong=wrong,
        found=found,
        versions=versions,
        presales_hours=params.draft_hours * (1 + params.round_share * (versions - 1)),
        seller_hours=params.ask_hours * asked + review * versions,
        annoyance=params.annoy * np.maximum(asked - patience, 0),
        days=days,
        late=days > params.deadline,
    )
