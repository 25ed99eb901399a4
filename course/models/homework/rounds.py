"""How many versions a brief needs: the exact law.

A field nobody has cleared up is guessed wrong with the chance ``wrong``. Each review brings each
wrong field to light with the chance ``r`` (``blind`` or ``specific``), and it is right in the next
version. So a wrong field needs a geometric number of reviews, the brief as many as its slowest
field, and versions are one more than that. With ``w_f`` the chance that field ``f`` is wrong in the
first version, independently of the others::

    P(versions <= v)  =  product over f of  1 - w_f (1 - r)^(v - 1)
    E[versions]       =  1 + sum over t = 0, 1, ... of  1 - P(versions <= 1 + t)

Nothing wrong, one version; ``r = 1``, two at most.

**Asking.** The questions that fall within the customer's patience clear up each of their fields
with the chance ``clear`` times what :data:`CLEARS` says, later ones with ``careless`` of that.
Patience is evenly spread, so the law of versions is the mean over it of the law above.

Built in by assumption: fields do not hang together, a right field is never spoilt again, and no
guess is better than another.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations
from math import ceil, log

import numpy as np
from numpy.typing import NDArray

from course.models.homework.manners import CLEARS, Manner, Question
from course.models.homework.terms import Field, Params

__all__ = [
    "best_questions",
    "expected_versions",
    "one_by_one",
    "patiences",
    "reveals",
    "versions_cdf",
    "wrong_chances",
]

Floats = NDArray[np.float64]

TINY = 1e-12  # chance of a wrong field still hidden at which the sum is cut off


def patiences(params: Params) -> range:
    """Return the numbers of questions a customer may bear, all equally likely."""
    middle, spread = params.patience, params.patience_spread
    return range(middle - spread, middle + spread + 1)


def wrong_chances(params: Params, manner: Manner, known: Iterable[Field] = ()) -> Floats:
    """Return the chance that each field is wrong in the first version, [patiences, 7].

    Args:
        params: the world.
        manner: ``questions`` are used.
        known: what the customer said without being asked.
    """
    chances = np.full((len(patiences(params)), len(Field)), params.wrong)
    chances[:, [int(field) for field in known]] = 0.0
    for row, patience in enumerate(patiences(params)):
        for place, question in enumerate(manner.questions):
            care = params.clear * (1.0 if place < patience else params.careless)
            for field, share in CLEARS[question].items():
                chances[row, field] *= 1 - care * share
    return chances


def reveals(params: Params, manner: Manner) -> float:
    """Return the chance that a review of this manner brings a wrong field to light."""
    return params.specific if manner.specific else params.blind


def versions_cdf(wrong: Floats, reveal: float, versions: int | None = None) -> Floats:
    """Return P(at most v versions) for v = 1, 2, ..., [versions].

    Args:
        wrong: [fields], or [cases, fields] for the mean over equally likely cases: the chance that
            each field is wrong in the first version.
        reveal: the chance that a review brings a wrong field to light, above 0 and at most 1.
        versions: up to which; None for as many as it takes to be as good as certain.

    Raises:
        ValueError: ``reveal`` is outside its range: without it there is no last version.
    """
    if not 0 < reveal <= 1:
        raise ValueError(f"reveal: expected above 0 and at most 1, got {reveal!r}")
    if versions is None:
        versions = 2 if reveal == 1 else 1 + ceil(log(TINY) / log(1 - reveal))
    hidden = (1 - reveal) ** np.arange(versions)
    left = 1 - np.atleast_2d(wrong)[..., None] * hidden
    return np.asarray(left.prod(axis=1).mean(axis=0))


def expected_versions(wrong: Floats, reveal: float) -> float:
    """Return the mean number of versions; arguments as in :func:`versions_cdf`."""
    return 1 + float((1 - versions_cdf(wrong, reveal)).sum())


def _after(
    params: Params, asked: tuple[Question, ...], known: frozenset[Field], specific: bool
) -> float:
    manner = Manner(questions=asked, specific=specific)
    chances = wrong_chances(params, manner, known)
    # Rounded: sets that differ by nothing but the order of a multiplication are equal.
    return round(expected_versions(chances, reveals(params, manner)), 9)


def one_by_one(
    params: Params, known: frozenset[Field] = frozenset(), *, specific: bool = True
) -> tuple[Question, ...]:
    """Return all questions in turn, each the one that saves most after those before it.

    Fast enough to follow a slider, and its first questions are nearly the best set of as many.
    """
    asked: tuple[Question, ...] = ()
    while len(asked) < len(Question):
        left = [each for each in Question if each not in asked]
        asked += (min(left, key=lambda each: _after(params, (*asked, each), known, specific)),)
    return asked


@lru_cache(maxsize=64)  # hundreds of sets are compared: once for all who work on the same brief
def best_questions(
    params: Params, many: int, known: frozenset[Field] = frozenset(), *, specific: bool = True
) -> tuple[Question, ...]:
    """Return the set of ``many`` questions with the fewest versions expected, among all sets.

    They are in the order of :func:`one_by_one`, and so is the choice among equally good sets.

    Raises:
        ValueError: ``many`` is outside 0-12.
    """
    if not 0 <= many <= len(Question):
        raise ValueError(f"many: expected 0 to {len(Question)} questions, got {many!r}")
    order = one_by_one(params, known, specific=specific)
    return min(combinations(order, many), key=lambda asked: _after(params, asked, known, specific))
