"""Whether a variant shows what the case is about."""

from collections.abc import Callable, Collection, Sequence

import numpy as np

from course.cases.dice import Dice
from course.cases.homework.claims import MATTERS
from course.cases.homework.fate import Course, run_once
from course.cases.homework.world import COMPLEXITIES, REQUESTS, Request

__all__ = ["AUDITED", "run", "shows", "shows_in_audit"]

AUDITED = 90
"""Requests drawn by lot of which everything was checked."""

Requests = Sequence[Request]
Courses = Sequence[Course]


def run(rng: np.random.Generator) -> tuple[tuple[Request, ...], list[Course], frozenset[int]]:
    """Draw the requests, what became of them, and which were audited, until the findings show."""
    while True:
        requests, courses = run_once(rng)
        if shows(requests, courses):
            break
    dice = Dice(rng)
    while True:
        audited = frozenset(dice.shuffled(range(1, REQUESTS + 1))[:AUDITED])
        if shows_in_audit(requests, courses, audited):
            return requests, courses, audited


def shows(requests: Requests, courses: Courses) -> bool:
    """Tell whether the year shows confounding, feedback, trust and selection clearly enough."""
    return (
        860 <= sum(len(each.versions) for each in courses) <= 940
        and _confounds(requests, courses)
        and _feedback_tells(requests, courses)
        and _promises_tell(requests, courses)
        and _selects(courses)
    )


def shows_in_audit(requests: Requests, courses: Courses, audited: Collection[int]) -> bool:
    """Tell whether the audited show, as all do, that "too expensive" is hardly news."""
    own = [c for r, c in zip(requests, courses, strict=True) if r.number in audited]
    for matter, (true, said_true, said_false) in MATTERS.items():
        said = [matter in {claim.matter for claim in each.claims} for each in own]
        so = [matter in each.true for each in own]
        both = sum(a and b for a, b in zip(said, so, strict=True))
        real = said_true / (said_true + said_false)
        if abs(sum(so) / len(so) - true / REQUESTS) > 0.05 or abs(both / sum(said) - real) > 0.06:
            return False
        if not 0 < both / sum(said) - sum(so) / len(so) < 0.12:
            return False
    return True


def _rework(course: Course) -> float:
    return sum(each.hours for each in course.versions[1:])


def _gap(pairs: Sequence[tuple[bool, float]]) -> float:
    missing = [hours for lacks, hours in pairs if lacks]
    rest = [hours for lacks, hours in pairs if not lacks]
    return _mean(missing) - _mean(rest)


def _confounds(requests: Requests, courses: Courses) -> bool:
    """Success not known goes with much rework only because it is not known in complex requests."""

    def gaps(name: str) -> tuple[float, float]:
        rows = [
            (r.complexity, name not in r.known, _rework(c))
            for r, c in zip(requests, courses, strict=True)
        ]
        pooled = _gap([(lacks, hours) for _size, lacks, hours in rows])
        within = [_gap([row[1:] for row in rows if row[0] == size]) for size in COMPLEXITIES]
        return pooled, _mean(within)

    success, date, audience, plan = (gaps(name) for name in ("success", "date", "audience", "plan"))
    return (
        success[0] > 6
        and date[0] > 6
        and abs(success[1]) < 0.3 * success[0]
        and abs(date[1]) < 0.3 * date[0]
        and min(audience[1], plan[1]) > 2.5
        and min(audience[1], plan[1]) > max(success[1], date[1]) + 1
    )


def _feedback_tells(requests: Requests, courses: Courses) -> bool:
    """At equally many wrong fields a specific first review saves versions."""
    for fits in _bands():
        own = [
            c
            for r, c in zip(requests, courses, strict=True)
            if fits(len(r.known)) and len(c.versions) > 1
        ]
        first = {kind: [len(c.versions) for c in own if c.versions[0].kind == kind]
                 for kind in ("specific", "just change it")}  # fmt: skip
        if not _mean(first["specific"]) < _mean(first["just change it"]) - 0.4:
            return False
    counts = [
        _mean(
            [len(c.versions) for r, c in zip(requests, courses, strict=True) if fits(len(r.known))]
        )
        for fits in _bands()
    ]
    return counts[0] > counts[1] + 0.3 > counts[2] + 0.6


def _bands() -> tuple[Callable[[int], bool], ...]:
    """Fields known: up to two, three or four, five and more."""
    return (lambda n: n <= 2, lambda n: 3 <= n <= 4, lambda n: n >= 5)


def _promises_tell(requests: Requests, courses: Courses) -> bool:
    """Who gives hours away waits longer in the last third than in the first; the clear one less."""
    third = REQUESTS // 3

    def change(voice: str) -> float:
        waits = [(r.number, c.wait) for r, c in zip(requests, courses, strict=True)
                 if r.seller.voice == voice]  # fmt: skip
        early = [wait for number, wait in waits if number <= third]
        return _mean([wait for number, wait in waits if number > 2 * third]) - _mean(early)

    return change("spender") > 0.6 and change("clear") < -0.4


def _selects(courses: Courses) -> bool:
    """Among the claims that were checked fewer are true than among all."""
    for matter in MATTERS:
        own = [claim for each in courses for claim in each.claims if claim.matter == matter]
        checked = [claim.true for claim in own if claim.disputed]
        if len(checked) < 20 or not _mean(checked) < _mean([each.true for each in own]) - 0.06:
            return False
    return True


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
