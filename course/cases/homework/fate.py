"""What becomes of the requests: versions, credit, promises, and the wait that trust decides.

Presales remembers how a salesperson has dealt with it: a word of thanks or a name said aloud adds
to trust, promises made with its hours, alarms and long rework take from it, and who is trusted
little waits longer.
"""

from dataclasses import dataclass

import numpy as np

from course.cases.days import ahead
from course.cases.dice import Dice
from course.cases.homework.claims import Claim, draw_claims, truths
from course.cases.homework.world import Request, draw_requests

__all__ = ["MOST", "Course", "Credit", "Version", "run_once"]

MOST = 7
"""Versions after which a request is given up."""

_DRAFT = {"low": 4.0, "middle": 9.0, "high": 18.0}
_ROUND = {"low": 0.8, "middle": 2.5, "high": 6.0}
"""Hours of a first version, and of any further one, whatever was wrong."""
_POLISH = {"low": 0.4, "middle": 0.8, "high": 1.15}
"""Rounds that a request needs even if everything was known."""
_COST = {
    "plan": 5.0, "concern": 3.5, "detail": 2.5, "omit": 1.5, "audience": 4.0,
    "date": 0.2, "success": 0.2,
}  # fmt: skip
"""Hours of putting a field right once it is known to be wrong, in a request of middle size."""
_SIZE = {"low": 0.6, "middle": 1.0, "high": 1.5}
_REVEALED, _GUESSED = 0.85, 0.25
"""Chance that specific feedback, or "just change it", brings a wrong field to light."""
_QUIET = ("date", "success")
"""Fields that are put right in passing: nobody sends a version back for them alone."""

_TRUST = 0.6  # in everybody, to begin with
_WAIT = 6.0  # working days that somebody without any trust waits


@dataclass(frozen=True)
class Version:
    """One version; ``kind`` of feedback, and the fields it brought to light.

    ``kind`` is specific, just change it, accepted or dropped; ``hours`` in steps of 0.5.
    """

    number: int
    day: int
    minute: int
    hours: float
    reviewer: str
    kind: str
    revealed: tuple[str, ...]
    polish: bool


@dataclass(frozen=True)
class Credit:
    """One entry: presales thanked or named, the work taken as one's own, or hours given away."""

    day: int
    kind: str
    hours: float


@dataclass(frozen=True)
class Course:
    """What became of one request.

    ``wait`` is in working days, from the request to the day on which work ``started``; ``trust`` is
    that of presales when it was asked; ``true`` are the matters that were really so, said or not.
    """

    wait: int
    started: int
    trust: float
    versions: tuple[Version, ...]
    credits: tuple[Credit, ...]
    claims: tuple[Claim, ...]
    true: frozenset[str]

    @property
    def accepted(self) -> bool:
        """Was the last version accepted?"""
        return self.versions[-1].kind == "accepted"


def run_once(rng: np.random.Generator) -> tuple[tuple[Request, ...], list[Course]]:
    """Draw requests and what becomes of them, without asking whether the findings show."""
    requests = draw_requests(rng)
    dice = Dice(rng, block=8192)
    so = truths(requests, dice)
    claims = draw_claims(requests, so, dice)
    trust: dict[str, float] = {}
    events: dict[str, list[tuple[int, float]]] = {}
    courses = []
    for request in requests:
        key = request.seller.key
        level, waiting = trust.get(key, _TRUST), []
        for day, change in events.get(key, []):
            if day <= request.day:
                # Who is trusted has little to gain, who is not has little to lose.
                level += change * (1 - level if change > 0 else level)
            else:
                waiting.append((day, change))
        true = frozenset(matter for matter, numbers in so.items() if request.number in numbers)
        course = _course(request, level, claims[request.number], true, dice)
        courses.append(course)
        trust[key], events[key] = level, waiting + _memories(course)
    return requests, courses


def _memories(course: Course) -> list[tuple[int, float]]:
    """What presales remembers of a request: days and what they do to trust."""
    worth = {
        "thanked": 0.06, "named before the customer": 0.1, "named before their leader": 0.12,
        "took the credit": -0.1, "gave hours away": -0.12, "hours agreed": 0.03,
    }  # fmt: skip
    found = [(each.day, worth[each.kind]) for each in course.credits]
    found += [(each.day, -0.02) for each in course.claims if each.passed == "as an alarm"]
    rounds = len(course.versions) - 3
    if rounds > 0:
        found.append((course.versions[-1].day, -0.02 * rounds))
    return found


def _course(
    request: Request, trust: float, claims: tuple[Claim, ...], true: frozenset[str], dice: Dice
) -> Course:
    wait = round((1 - trust) * _WAIT * dice.between(0.5, 1.3))
    started = ahead(request.day, wait)
    versions = _versions(request, started, dice)
    return Course(wait, started, trust, versions, _credits(request, versions, dice), claims, true)


def _half(hours: float) -> float:
    return max(0.5, round(hours * 2) / 2)


def _versions(request: Request, started: int, dice: Dice) -> tuple[Version, ...]:
    """Draw version after version until one is accepted, or nobody wants to go on."""
    size, wrong = request.complexity, [each.name for each in request.fields if not each.right]
    polish = _polish(_POLISH[size], dice)
    hours = _DRAFT[size] * dice.between(0.65, 1.4)
    day, found = started, []
    for number in range(1, MOST + 1):
        day = ahead(day, min(1 + int(hours / 6), 4) + dice.whole(0, 1))
        reviewer = _reviewer(number, request, dice)
        pressing = [name for name in wrong if name not in _QUIET]
        if not pressing and not polish:
            kind = "accepted"
        elif number == MOST:
            kind = "dropped"
        else:
            kind = "specific" if dice.chance(request.character.specific) else "just change it"
        revealed, polished = _review(kind, wrong, pressing, polish, dice)
        minute = dice.whole(9 * 60, 18 * 60)
        found.append(Version(number, day, minute, _half(hours), reviewer, kind, revealed, polished))
        if kind in ("accepted", "dropped"):
            break
        wrong = [name for name in wrong if name not in revealed]
        polish -= polished
        work = sum(_COST[name] for name in revealed) * _SIZE[size]
        hours = (_ROUND[size] + work) * dice.between(0.8, 1.25)
    return tuple(found)


def _polish(mean: float, dice: Dice) -> int:
    whole = int(mean)
    return whole + dice.chance(mean - whole)


def _review(
    kind: str, wrong: list[str], pressing: list[str], polish: int, dice: Dice
) -> tuple[tuple[str, ...], bool]:
    """Return which wrong fields a review brings to light, and whether small things are settled."""
    if kind == "specific":
        named = [name for name in wrong if dice.chance(_REVEALED)]
        if pressing and not set(named) & set(pressing):
            named.append(pressing[0])
        return tuple(named), bool(polish)
    if kind == "just change it":
        named = [name for name in wrong if dice.chance(_GUESSED)]
        return tuple(named), bool(polish) and dice.chance(0.5)
    return (), False


def _reviewer(number: int, request: Request, dice: Dice) -> str:
    """Our own leaders see a first version before the customer does, if somebody arranges it."""
    inside = request.seller.voice == "clear" or dice.chance(0.15)
    if number == 1 and inside:
        return "our leaders"
    if number <= 2:
        return "customer, working level"
    return "customer, top" if dice.chance(0.6) else "customer, working level"


def _credits(request: Request, versions: tuple[Version, ...], dice: Dice) -> tuple[Credit, ...]:
    own, found = request.character, []
    if dice.chance(own.promises):
        agreed = dice.chance(own.asks_first)
        most = 16 if request.seller.voice == "spender" else 8
        kind = "hours agreed" if agreed else "gave hours away"
        day = ahead(request.day, dice.whole(0, 3))
        found.append(Credit(day, kind, float(dice.whole(2, most))))
    end = ahead(versions[-1].day, dice.whole(0, 2))
    if versions[-1].kind == "accepted":
        if dice.chance(own.credits):
            kinds = ("thanked", "named before the customer", "named before their leader")
            kind = kinds[dice.whole(0, 2 if request.seller.voice == "clear" else 1)]
            found.append(Credit(end, kind, 0.0))
        elif dice.chance(own.takes):
            found.append(Credit(end, "took the credit", 0.0))
    return tuple(found)
