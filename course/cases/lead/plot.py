"""What happens in a group week by week: who speaks about what, given the deal's fate.

The parties move the open step along: ask, promise, slip, deliver; between times they settle details
and chat. The broker comes in as the style has it. A bypassed deal goes quiet in the group before it
ends, a dying one fades.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from operator import itemgetter

from course.cases.decks import Decks
from course.cases.dice import Dice
from course.cases.lead.days import (
    FIRST_MONDAY,
    REST_WEEK,
    SNAPSHOT,
    ahead,
    is_workday,
    week_from,
)
from course.cases.lead.facts import static_facts
from course.cases.lead.moves import Moves
from course.cases.lead.script import Scene
from course.cases.lead.steps import choose_steps
from course.cases.lead.thread import Message, Thread
from course.cases.lead.world import Deal
from course.models.lead import Outcome, Style

__all__ = ["Course", "tell"]

_CAPS = {Outcome.DEAD: 7, Outcome.BYPASSED: 9, Outcome.DROPPED: 6, Outcome.OPEN: 9}
_PASTIMES = ("move", "move", "move", "after", "after", "detail", "small", "fest")
_SLOTS = ("Monday", "Tuesday", "Wednesday", "Thursday")
_NIGHT = time(21, 45)  # nothing is written later in a week

Event = tuple[date, float, str]  # day, hour, move


@dataclass(frozen=True)
class Course:
    """One deal's fate as far as it was watched; lists have one entry per week, from week 0."""

    outcome: Outcome
    willing: bool
    speaks: list[bool]
    attended: list[bool]
    answered: list[bool]
    momentum: list[float]

    @property
    def weeks(self) -> int:
        """Weeks from the introduction to the end or to the snapshot."""
        return len(self.speaks)


@cache
def _workday_near(day: date) -> date:
    """Return the day, else the last workday of its week before it, else the next one after it."""
    for back in range(day.weekday() + 1):
        if is_workday(day - timedelta(days=back)):
            return day - timedelta(days=back)
    return ahead(day, 1)


class _Plot:
    def __init__(self, deal: Deal, course: Course, dice: Dice, decks: Decks[Scene]) -> None:
        self.deal, self.course, self.dice = deal, course, dice
        self.style = Style(deal.style)
        room = 11 if course.outcome != Outcome.PAID else round(3 + 1.1 * course.weeks)
        steps = choose_steps(dice, room)
        facts = static_facts(deal, dice)
        if "quote2" not in [step.key for step in steps]:
            for each in facts.values():
                each["q1"] = each["price"]
        near = "near" if facts["B"]["demo"] == "the visit" else "remote"
        self.thread = Thread(dice, decks, facts, steps, {near, deal.sector.key, deal.style})
        self.thread.first_monday = deal.monday
        self.slot = _SLOTS.index(facts["B"]["slotday"])
        self.quiet = self._quiet_weeks()
        finish = self.finish = self._finish_days(len(steps))
        self.moves = Moves(self.thread, dice, course.willing, finish)

    def _quiet_weeks(self) -> int:
        """How many weeks before its end the parties fall silent in the group."""
        weeks = self.course.weeks
        if self.course.outcome == Outcome.BYPASSED:
            return max(1, round(0.35 * weeks))
        if self.course.outcome == Outcome.DEAD:
            return min(self.dice.whole(1, 4), weeks - 1)
        return 0

    def _silent(self, week: int) -> bool:
        """The parties say nothing: a chase by the rule was left unanswered, or a holiday."""
        course = self.course
        if (self.deal.monday - FIRST_MONDAY).days // 7 + week == REST_WEEK:
            return True
        chased = self.style == Style.RULE and week > 0 and course.speaks[week]
        return chased and not course.answered[week]

    def _finish_days(self, steps: int) -> list[date]:
        """Draw the days on which steps are done: all of them for a paid deal, else some."""
        course, dice = self.course, self.dice
        weeks = [week for week in range(course.weeks - self.quiet) if not self._silent(week)]
        paid = course.outcome == Outcome.PAID
        chosen: list[int] = []
        if paid:
            last = course.weeks - 1
            weeks = weeks if last in weeks else [*weeks, last]
            chosen = [weeks[i * len(weeks) // steps] for i in range(steps - 1)] + [last]
        else:
            cap = _CAPS[course.outcome] if course.willing else 3
            for week in weeks:
                pace = (0.35 + course.momentum[week]) if course.willing else 0.22
                tries = 2 if course.willing else 1
                chosen += [week] * sum(dice.chance(pace) for _ in range(tries))
            chosen = chosen[: min(cap, steps - 2)]
        if chosen and weeks:
            chosen[0] = weeks[0]  # the first call comes early
        days: list[date] = []
        for week in sorted(chosen):
            monday = self.deal.monday + timedelta(weeks=week)
            same = sum(day >= monday for day in days)
            total = chosen.count(week)
            offset = min(4, int((same + dice.uniform()) * 5 / total))
            day = monday + timedelta(days=offset)
            earliest = self.deal.start + timedelta(days=1)
            if not days:  # the first call is rarely on the very next day
                day = ahead(self.deal.start, dice.whole(1, 4))
            days.append(max(day, earliest, *days[-1:]))
        return [_workday_near(day) for day in days]

    def tell(self) -> list[Message]:
        """Write the group from its first to its last message."""
        thread, course = self.thread, self.course
        for week in range(course.weeks):
            days = week_from(self.deal.monday, week)
            thread.limit = datetime.combine(days[6], _NIGHT)
            thread.mute = not course.speaks[week]
            events = self._introduction() if week == 0 else []
            events += self._broker(week, days)
            events += [event for event in self._parties(week, days) if event[0] > self.deal.start]
            if course.outcome == Outcome.PAID and week == course.weeks - 1:
                thread.limit = datetime.combine(SNAPSHOT, _NIGHT)  # until the fee is in
            for day, hour, action in sorted(events, key=itemgetter(0, 1)):
                if (is_workday(day) or action == "dead") and thread.start(day, hour):
                    self.moves.act(action, answered=course.answered[week])
        return thread.messages

    def _introduction(self) -> list[Event]:
        return [(self.deal.start, self.dice.between(9, 17), f"intro.{self.style.value}")]

    def _broker(self, week: int, days: tuple[date, ...]) -> list[Event]:
        dice, course = self.dice, self.course
        if week == 0 or not course.speaks[week]:
            return []
        last = week == course.weeks - 1

        def some(action: str, low: float = 9, high: float = 18) -> Event:
            return days[dice.whole(0, 4)], dice.between(low, high), action

        if self.style == Style.SILENT:
            return [some("silent", 11, 21.5)]
        if self.style == Style.BEGGING:
            return [some("beg", 9, 21.5) for _ in range(dice.whole(1, 3))]
        if self.style == Style.ATTENDING:
            kinds = ["attend"] * course.attended[week] + ["attend.item", "boss", "attend"]
            return [some(kind) for kind in kinds[: dice.whole(1, 2) + course.attended[week]]]
        day = days[self.slot]
        day = day if is_workday(day) else ahead(day, 1)
        events = [(day, dice.between(8.6, 11), "evade" if self._leaving(week) else "chase")]
        if course.answered[week] and not self._leaving(week):
            if dice.chance(0.5):
                events.append((day, dice.between(20.6, 21.4), "minutes"))
            if dice.chance(0.55):
                later = day + timedelta(days=dice.whole(1, 2))
                action = dice.pick(("badcop", "badcop", "care"))
                events.append((later, dice.between(10, 17), action))
        if last and course.outcome == Outcome.DROPPED:
            events.append((days[4], dice.between(15, 18), "drop"))
        return events

    def _leaving(self, week: int) -> bool:
        bypassed = self.course.outcome == Outcome.BYPASSED
        return bypassed and week >= self.course.weeks - self.quiet

    def _parties(self, week: int, days: tuple[date, ...]) -> list[Event]:
        dice, course = self.dice, self.course
        monday, *_, sunday = days
        events: list[Event] = []
        for place, day in enumerate(self.finish):
            if monday <= day <= sunday:
                before = ahead(day - timedelta(days=4), 1)
                if monday <= before < day:
                    events.append((before, dice.between(9, 17), "move"))
                events.append((day, dice.between(9, 12) + 1.5 * (place % 4), f"done:{place}"))
        if week == 0:
            events.append((ahead(self.deal.start, 1), dice.between(9, 11), "move"))
        if course.outcome == Outcome.PAID and week == course.weeks - 1:
            events.append((ahead(self.finish[-1], 1), dice.between(9, 12), "paid"))
        if self._silent(week):
            return events
        free = days[:5]
        if week == 0:
            free = tuple(day for day in free if day > self.deal.start) or free[4:]
        if course.weeks - self.quiet <= week:
            leaving = self._leaving(week) and week <= course.weeks - self.quiet + 1
            action = "drift" if leaving else ""
            if course.outcome == Outcome.DEAD and week == course.weeks - 1:
                action = "dead" if dice.chance(0.6) else ""
            return [*events, (dice.pick(free), dice.between(9, 18), action)] if action else events
        lively = 0.1 + 1.35 * course.momentum[week] if course.willing else 0.6
        count = int(lively) + dice.chance(lively % 1)
        for _ in range(count):
            action = dice.pick(_PASTIMES)
            events.append((dice.pick(free), dice.between(8.7, 18.5), action))
        if course.outcome == Outcome.PAID and week == course.weeks - 1:
            final = self.finish[-1]
            events = [event for event in events if event[0] <= final or event[2] == "paid"]
        return events


def tell(deal: Deal, course: Course, dice: Dice, decks: Decks[Scene]) -> list[Message]:
    """Return the messages of one deal's group, in order of time."""
    return _Plot(deal, course, dice, decks).tell()
