"""What a statement made under pressure is worth as evidence: Bayes' rule.

A customer says "too expensive" or "an old plan". It is so with the share ``base`` of customers; one
of them says it with the chance ``s = if_true`` if it is so and ``s = if_not`` if it is not. After
one statement::

    P(so | said) = base * if_true / (base * if_true + (1 - base) * if_not)

Several people are several statements only if they speak for themselves. Here each one after the
first either does, or repeats somebody who has spoken before, picked at random, whether that was the
statement or silence. The second repeats the first with the chance ``e = echo``; after ``j`` people,
the next one repeats with the chance ``j e / (1 - e + j e)``: the more have spoken, the less a
further voice is one's own (Polya's urn). So ``k`` of ``m`` say it with the chance::

    C(m, k) * s (s + t) ... (s + (k - 1) t) * (1 - s) (1 - s + t) ... (1 - s + (m - k - 1) t)
            / (1 (1 + t) ... (1 + (m - 1) t)),      t = e / (1 - e)

whatever the order they speak in. At ``echo = 0`` these are independent witnesses; at ``echo = 1``,
as with one person who says it five times, five statements weigh what one does. In between, more
voices always tell more.
"""

from math import comb, prod

from course.models.homework.terms import Params

__all__ = ["chance_said", "posterior", "strength"]


def chance_said(said: int, heard: int, *, chance: float, echo: float) -> float:
    """Return the chance that ``said`` of ``heard`` people say it, by the formula above.

    Args:
        said: how many do.
        heard: how many there are, from 1.
        chance: that one who speaks for oneself says it, 0-1.
        echo: that a second one repeats the first, 0-1.

    Raises:
        ValueError: a number or a chance is outside its range.
    """
    if heard < 1 or not 0 <= said <= heard:
        raise ValueError(
            f"said, heard: expected 0 <= said <= heard from 1, got {said!r}, {heard!r}"
        )
    for name, value in (("chance", chance), ("echo", echo)):
        if not 0 <= value <= 1:
            raise ValueError(f"{name}: expected 0 to 1, got {value!r}")
    silent, own = heard - said, 1 - echo
    # Everything times 1 - echo but the first voice of each kind, so that echo may be 1.
    ways = comb(heard, said) * (own if said and silent else 1.0)
    saying = _urn(said, chance, echo)
    return ways * saying * _urn(silent, 1 - chance, echo) / _urn(heard, 1.0, echo)


def _urn(voices: int, chance: float, echo: float) -> float:
    """Return ``chance`` for the first voice, times what each further one adds to it."""
    further = ((1 - echo) * chance + already * echo for already in range(1, voices))
    return chance * prod(further) if voices else 1.0


def posterior(params: Params, said: int = 1, heard: int | None = None) -> float:
    """Return the chance that it is so, once ``said`` of ``heard`` people have said it.

    Args:
        params: ``base``, ``if_true``, ``if_not`` and ``echo`` are used.
        said: how many said it.
        heard: how many would have; as many as said it unless given.

    Raises:
        ValueError: the numbers are impossible, or nobody could have said so in this world.
    """
    heard = said if heard is None else heard
    so, not_so = (
        chance_said(said, heard, chance=chance, echo=params.echo)
        for chance in (params.if_true, params.if_not)
    )
    total = params.base * so + (1 - params.base) * not_so
    if total == 0:
        raise ValueError(
            f"said={said}, heard={heard}: expected what can happen, but with these chances it "
            "cannot; choose if_true and if_not between 0 and 1"
        )
    return params.base * so / total


def strength(params: Params) -> float:
    """Return the likelihood ratio of one statement: 1 tells nothing, 10 a lot; may be infinite."""
    if params.if_not == 0:
        return float("inf") if params.if_true else 1.0
    return params.if_true / params.if_not
