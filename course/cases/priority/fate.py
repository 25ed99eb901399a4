"""What becomes of the tickets: three experts, each with a queue and a memory.

The law is that of :mod:`course.models.priority` with one ticket at a time in place of rounds: what
waits is taken up by how it looks, in points, a point being a factor e in value per effort::

    t * (K * v / 2 + clear) + loud - ill will + favour + seen + aging * days waited + glance

``t`` is the share of the four pieces of information given, ``v`` the logarithm of the true value
per effort against the middle ticket, ``K`` how far the requester is believed (falls with every
"urgent" without a reason). ``loud`` begins at ``_LOUD`` and fades with every shout this expert has
had from this requester, and turns into ill will; ``favour`` comes with a gift and goes; ``seen``
grows with every ticket that was put on record, and stays. About a ticket that tells too little the
expert asks back, and it lies there until the answer comes. All numbers are assumed.

Variants in which chance hides what the case is about are drawn again (:func:`shows`): every
learner's data agree in what they show, at the price that they show it a little more clearly than
raw luck would.
"""

from bisect import bisect_right
from dataclasses import dataclass
from math import exp, log

import numpy as np

from course.cases.days import workday
from course.cases.dice import Dice
from course.cases.priority.findings import label_is_empty, tells
from course.cases.priority.people import EXPERTS, REQUESTERS
from course.cases.priority.world import DAYS, HOURS, LAST, Ticket, draw_tickets

__all__ = ["Course", "clock", "run", "shows", "waited"]

_CLEAR, _AGING, _GLANCE = 1.4, 0.1, 0.5
_LOUD, _HUSH, _ILL_WILL, _GRUDGE = 4.5, 0.84, 1.6, 12
_SEEN, _SEEN_GAIN = 3.0, 0.05
_FAVOUR = 1.0
_FALL, _RECOVER = 0.06, 0.03
_BACKLOG = 36.0  # hours of older work on every desk when the year of the case begins
_GIFT = 0.35  # chance that a ticket of who gives comes with something
_MORNING, _MIDDAY = 9 * 60, 12 * 60  # an expert's day: 9 to 12, 13:30 to 18
_UNDONE = 60  # tickets that may still wait when the year ends
_MIDDLE = log(1_500 / 4)  # value per effort of the middle ticket


@dataclass(slots=True)
class Course:
    """What becomes of one ticket; days are ordinals, 0 for never.

    Attributes:
        gift: something came with it.
        asked: the day on which the expert asks back, ``answered`` that of the answer.
        started, done: first and last day of work; ``minute`` of the day it is handed over.
        work: hours of work by day.
        thanked: the requester gives credit for it in public.
        looked: points at the start of the wait, without aging.
    """

    gift: bool = False
    asked: int = 0
    answered: int = 0
    started: int = 0
    done: int = 0
    minute: int = 0
    work: tuple[tuple[int, float], ...] = ()
    thanked: bool = False
    looked: float = 0.0


def run(rng: np.random.Generator) -> tuple[tuple[Ticket, ...], list[Course]]:
    """Draw tickets and follow them to the end of the year, until :func:`shows` is content."""
    while True:
        tickets = draw_tickets(rng)
        if not label_is_empty(tickets):
            continue
        dice = Dice(rng, block=4096)
        courses = [Course() for _ in tickets]
        for expert in EXPERTS:
            _serve([each for each in tickets if each.expert is expert], courses, dice)
        if shows(tickets, courses):
            return tickets, courses


def clock(day: int, minute: int) -> float:
    """Working hours from the first morning to a moment."""
    place = bisect_right(DAYS, day)
    if not place or DAYS[place - 1] != day:
        return place * HOURS
    worked = min(minute, _MIDDAY) - _MORNING + max(minute - _MIDDAY - 90, 0)
    return (place - 1) * HOURS + min(max(worked / 60, 0.0), HOURS)


class _Memory:
    """What one expert keeps in mind of one requester."""

    def __init__(self) -> None:
        self.believed, self.shouts, self.credit, self.favour = 1.0, 0, 0.0, 0.0

    def looks(self, ticket: Ticket, gift: bool, glance: float) -> float:
        told = ticket.complete / 4
        value = log(ticket.cost / ticket.hours) - _MIDDLE
        loud = 0.0
        if ticket.loud:
            loud = _LOUD * _HUSH**self.shouts
            self.shouts += 1
        ill_will = _ILL_WILL * (1 - exp(-self.shouts / _GRUDGE))
        if ticket.urgent_label and not ticket.told[3]:
            self.believed *= 1 - _FALL
        elif ticket.told[3]:
            self.believed += (1 - self.believed) * _RECOVER
        self.favour = self.favour * 0.85 + (0.6 if gift else 0.0)
        return (
            told * (self.believed * 0.5 * value + _CLEAR)
            + loud
            - ill_will
            + _FAVOUR * min(self.favour, 1.0)
            + _SEEN * self.credit
            + glance
        )


def _serve(own: list[Ticket], courses: list[Course], dice: Dice) -> None:
    """Let one expert work through the year; fills in the courses."""
    memories = {each.key: _Memory() for each in REQUESTERS}
    arrivals = [clock(each.day, each.minute) for each in own]
    waiting: list[tuple[float, float, Ticket]] = []  # looks less aging at hour 0, free from, ticket
    now, place, end = _BACKLOG, 0, len(DAYS) * HOURS
    while now < end:
        while place < len(own) and arrivals[place] <= now:
            _arrive(own[place], arrivals[place], memories, courses, waiting, dice)
            place += 1
        ready = [entry for entry in waiting if entry[1] <= now]
        if not ready:
            coming = [entry[1] for entry in waiting] + arrivals[place : place + 1]
            if not coming:
                return
            now = min(coming)
            continue
        chosen = max(ready)
        waiting.remove(chosen)
        ticket = chosen[2]
        now = _work(ticket, courses[ticket.number - 1], now, end, dice)
        if ticket.recorded:
            memory = memories[ticket.requester.key]
            memory.credit += (1 - memory.credit) * _SEEN_GAIN
            courses[ticket.number - 1].thanked = dice.chance(0.75)


def _arrive(
    ticket: Ticket,
    hour: float,
    memories: dict[str, _Memory],
    courses: list[Course],
    waiting: list[tuple[float, float, Ticket]],
    dice: Dice,
) -> None:
    course = courses[ticket.number - 1]
    course.gift = ticket.requester.voice == "gift" and dice.chance(_GIFT)
    glance = _GLANCE * (dice.uniform() + dice.uniform() + dice.uniform() - 1.5) * 2
    course.looked = memories[ticket.requester.key].looks(ticket, course.gift, glance)
    free = hour
    if dice.chance((0.75, 0.6, 0.35, 0.1, 0.0)[ticket.complete]):
        asked = hour + dice.between(1, 9)
        free = asked + dice.between(3, 14)
        course.asked, course.answered = _day(asked), _day(free)
    waiting.append((course.looked - _AGING * hour / HOURS, free, ticket))


def _day(hour: float) -> int:
    """Return the day of a working hour; the day after the year's end if it lies beyond."""
    place = int(hour / HOURS)
    return DAYS[place] if place < len(DAYS) else LAST + 1


def _work(ticket: Ticket, course: Course, now: float, end: float, dice: Dice) -> float:
    """Work on one ticket from hour ``now``; return the hour at which it is done."""
    until = now + ticket.hours
    course.started = _day(now)
    work, at = [], now
    while at < min(until, end) - 1e-9:
        midnight = (int(at / HOURS + 1e-9) + 1) * HOURS
        stop = min(until, midnight)
        work.append((_day(at + 1e-9), stop - at))
        at = stop
    course.work = tuple(work)
    if until <= end:
        course.done = work[-1][0]
        inside = (until - int((until - 1e-9) / HOURS) * HOURS) * 60
        course.minute = int(_MORNING + inside + (90 if inside > 180 else 0)) + dice.whole(0, 2)
    return until


def waited(ticket: Ticket, course: Course) -> int:
    """Working days from the request, or the next working day, to the first day of work."""
    return bisect_right(DAYS, course.started) - bisect_right(DAYS, workday(ticket.day))


def shows(tickets: tuple[Ticket, ...], courses: list[Course]) -> bool:
    """Tell whether these tickets show what the case is about."""
    begun = [
        (ticket, float(waited(ticket, course)))
        for ticket, course in zip(tickets, courses, strict=True)
        if course.started
    ]
    return len(begun) >= len(tickets) - _UNDONE and label_is_empty(tickets) and tells(begun)
