"""What customers say under pressure or to make some, and whether it is so.

Truth and statements are dealt out in fixed numbers, so that what a statement is worth does not
depend on a variant's luck: of 300 requests the price is too high in 60, and customers say so in 54
of these and in 168 of the other 240.
"""

from dataclasses import dataclass

from course.cases.days import ahead
from course.cases.dice import Dice
from course.cases.homework.world import Request

__all__ = ["MATTERS", "Claim", "draw_claims", "truths"]

MATTERS = {"price": (60, 54, 168), "plan": (45, 27, 102), "list": (36, 20, 92)}
"""By matter: requests in which it is true; said in so many of these, and of the others."""

_DISPUTED_TRUE, _DISPUTED_FALSE = 0.15, 0.5


@dataclass(frozen=True)
class Claim:
    """One statement of a customer.

    Attributes:
        matter: a key of :data:`MATTERS`.
        day: ordinal of the day on which it is said.
        true: is it so?
        passed: as an alarm, as a claim, or not at all.
        disputed: presales doubts it aloud, and only then somebody checks.
        hours: of presales, lost on an alarm or spent on the check.
    """

    matter: str
    day: int
    true: bool
    passed: str
    disputed: bool
    hours: float


def truths(requests: tuple[Request, ...], dice: Dice) -> dict[str, set[int]]:
    """Draw by matter the numbers of the requests in which it is true."""
    numbers = [each.number for each in requests]
    return {matter: set(dice.shuffled(numbers)[:true]) for matter, (true, *_) in MATTERS.items()}


def draw_claims(
    requests: tuple[Request, ...], so: dict[str, set[int]], dice: Dice
) -> dict[int, tuple[Claim, ...]]:
    """Draw the claims of every request, by its number; ``so`` is what :func:`truths` returned."""
    found: dict[int, tuple[Claim, ...]] = {each.number: () for each in requests}
    for matter, true in so.items():
        _count, said_true, said_false = MATTERS[matter]
        order = dice.shuffled(requests)
        rightly = [each for each in order if each.number in true][:said_true]
        wrongly = [each for each in order if each.number not in true][:said_false]
        for request in rightly + wrongly:
            claim = _claim(request, matter, request.number in true, dice)
            found[request.number] += (claim,)
    return found


def _claim(request: Request, matter: str, true: bool, dice: Dice) -> Claim:
    own, roll = request.character, dice.uniform()
    passed = "as an alarm" if roll < own.alarms else "not at all"
    if own.alarms <= roll < own.alarms + own.reports:
        passed = "as a claim"
    heard = passed != "not at all"
    disputed = heard and dice.chance(_DISPUTED_TRUE if true else _DISPUTED_FALSE)
    hours = 0.5 * dice.whole(1, 4) if disputed else 0.0
    if passed == "as an alarm":
        hours += 0.5 * dice.whole(2, 12)
    return Claim(matter, ahead(request.day, dice.whole(1, 8)), true, passed, disputed, hours)
