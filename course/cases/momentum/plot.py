"""What happens in one opportunity, week by week, given its fate.

With the throttle open: a draft for the step that is next, the customer's pencil, a promise with a
day, the step. Without: friendly questions, friendly answers. Whatever the fate says happened has an
entry if the seller heard of it, and nothing else is ever done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from course.cases.days import workdays
from course.cases.decks import Decks
from course.cases.dice import Dice
from course.cases.momentum.days import festival
from course.cases.momentum.deeds import Deeds
from course.cases.momentum.log import STAGES, Log
from course.cases.momentum.script import Scene
from course.cases.momentum.world import Opportunity
from course.models.momentum import Move, Outcome

__all__ = ["Course", "tell"]

_LAST, _FUNDED = len(STAGES) - 1, STAGES.index("budget")
# Chances of an entry: thanks for the presentation, an edit announced beforehand, an edit that was
# not.
_THANKED, _SAID, _SPOKEN = 0.6, 0.3, 0.2
_ZEAL = (0.06, 0.52)  # chance that a seller who waits does something in a week, by opportunity
_PASTIMES = (
    *("wait.ask",) * 7, *("wait.call",) * 4, *("wait.note",) * 4, *("wait.send",) * 4,
    *("wait.vague",) * 3, *("wait.silent",) * 3, "detail",
)  # fmt: skip
_WITH_PAGE = (("detail", 0.03), ("inside", 0.06), ("working", 0.05))
_WITH_DRAFTS = (
    ("read", 0.15), ("detail", 0.04), ("wait.call", 0.08), ("wait.ask", 0.1), ("wait.note", 0.07)
)  # fmt: skip


@dataclass(frozen=True)
class Course:
    """One opportunity's fate; lists have one entry per week, up to its end."""

    outcome: Outcome
    weeks: int
    lands: bool
    letter: int  # index of the week, beyond the last if never
    pilot: int
    step: list[int]  # reached by the start of the week
    on: list[bool]
    moved: list[bool]
    agreed: list[bool]
    heard: list[bool]
    edited: list[bool]
    announced: list[bool]
    empty: list[bool]


@cache
def _flags(
    lasting: frozenset[str], later: bool, none: bool, funded: bool, draft: bool, page: bool
) -> frozenset[str]:
    """Return the names of what holds."""
    states = {"later": later, "none": none, "draft": draft, "page": page}
    now = {name for name, holds in states.items() if holds}
    return lasting | now | {"funded" if funded else "unfunded"}


class _Plot:
    def __init__(
        self, opportunity: Opportunity, course: Course, dice: Dice, decks: Decks[Scene]
    ) -> None:
        self.opportunity, self.course, self.dice = opportunity, course, dice
        self.moves, self.start = opportunity.policy.moves, opportunity.policy.start
        self.log = Log(opportunity, dice, decks)
        self.deeds = Deeds(self.log, dice)
        self.days: tuple[int, ...] = ()
        self.agenda: list[tuple[int, float, Callable[[], object]]] = []
        self.greeted: set[str] = set()
        self.zeal = dice.between(*_ZEAL)
        # Probed and told that there is no money: the seller works on it no more.
        self.resting = Move.PROBE in self.moves and not course.lands

    def tell(self) -> Log:
        """Write the log from the presentation to the end."""
        course, log, dice = self.course, self.log, self.dice
        log.at(self.opportunity.start, dice.between(14, 17))
        log.play("first.minutes")
        if dice.chance(_THANKED):
            next_day = dice.chance(0.35)
            log.at(log.day + next_day, 9.5 if next_day else dice.between(17.5, 19))
            log.play("first.after")
        for week in range(course.weeks):
            self._mark(week)
            first = self.opportunity.start + 7 * week
            # A week is counted from the presentation; its first one without that day.
            self.days = workdays(first + (week == 0), first + 6)
            self.agenda.clear()
            self._week(week)
            for day, hour, action in sorted(self.agenda, key=itemgetter(0)):  # stable in a day
                if log.stage < _LAST:
                    log.at(day, hour)
                    action()
        self._end()
        return log

    # --- the calendar -----------------------------------------------------------------------------

    def _day(self, place: int) -> int:
        return self.days[min(place * len(self.days) // 5, len(self.days) - 1)]

    def _plan(self, place: int, action: Callable[[], object]) -> None:
        """Put an action on the agenda, on the working day of the week with this place (0-4)."""
        self.agenda.append((self._day(place), self.dice.between(8.7, 17.2), action))

    def _say(self, place: int, key: str) -> None:
        self._plan(place, lambda: self.log.play(key))

    def _mark(self, week: int) -> None:
        """Raise the flags that hold in this week."""
        log, on = self.log, self.course.on[week]
        page = on and Move.EDITS in self.moves
        log.flags = _flags(log.lasting, week >= 8, log.stage == 0, log.stage >= _FUNDED, on, page)

    # --- a week -----------------------------------------------------------------------------------

    def _week(self, week: int) -> None:
        course, dice, deeds = self.course, self.dice, self.deeds
        step, working = course.step[week], course.on[week]
        if working and week == self.start:
            self._opening(week)
        elif self.resting and week == self.start:
            self._say(dice.whole(0, 1), "probe")
            self._say(2, "probe.no")
        if week == course.letter:
            signed = self._day(4)
            self._plan(2, lambda: deeds.sign_letter(signed))
            self._say(4, "letter.done")
        if course.pilot <= week <= course.pilot + 6:
            self._pilot(week - course.pilot)
        if working and (week == self.start or step != course.step[week - 1]):
            self._plan(dice.chance(0.5), lambda: deeds.draft(step))
        if course.edited[week]:
            self._edit(week, step)
        if course.moved[week]:
            self._move(week, step)
        elif course.empty[week]:
            self._plan(dice.whole(0, 2), lambda: deeds.promise_nothing(step))
            self._plan(4, deeds.slip)
        if working:
            for key, share in _WITH_PAGE if Move.EDITS in self.moves else _WITH_DRAFTS:
                if dice.chance(share):
                    self._say(dice.whole(0, 4), key)
        elif not self.resting or week < self.start:
            self._pastimes(week)

    def _opening(self, week: int) -> None:
        dice, deeds, course = self.dice, self.deeds, self.course
        if Move.PROBE in self.moves:
            self._say(0, "probe")
            self._say(dice.whole(0, 1), "probe.yes")
        if Move.EDITS in self.moves:
            self._plan(1, deeds.frame)
        if Move.LETTER in self.moves:
            self._say(dice.whole(0, 1) if course.letter == week else 3, "letter.offer")
        if Move.PILOT in self.moves:
            self._say(dice.whole(0, 1) if course.pilot == week else 3, "pilot.offer")
        if Move.PAPER in self.moves:
            self._plan(4, deeds.paper)

    def _pilot(self, age: int) -> None:
        if age == 0:
            self._plan(2, self.deeds.start_pilot)
        elif age == 6:
            self._say(self.dice.whole(0, 4), "pilot.end")
        elif age > 1 and self.dice.chance(0.45):
            self._say(self.dice.whole(0, 4), "pilot.week")

    def _edit(self, week: int, step: int) -> None:
        dice, deeds = self.dice, self.deeds
        place, announced = dice.whole(2, 3), self.course.announced[week]
        said = announced and dice.chance(_SAID)
        if said:
            day = self._day(place)
            self._plan(dice.whole(0, 1), lambda: deeds.announce(step, day))
        spoken = not said and (announced or dice.chance(_SPOKEN))
        self._plan(place, lambda: deeds.edit(step, spoken=spoken, dated=announced))

    def _move(self, week: int, step: int) -> None:
        dice, deeds = self.dice, self.deeds
        agreed, place = self.course.agreed[week], dice.whole(3, 4)
        if agreed:
            done = self._day(place)
            self._plan(dice.whole(0, 1), lambda: deeds.promise(step, done))
        if agreed or self.course.heard[week] or step == _LAST - 1:
            self._plan(place, lambda: deeds.take(step, agreed=agreed))

    def _pastimes(self, week: int) -> None:
        dice, first = self.dice, self.opportunity.start + 7 * week
        if Move.SHOW in self.moves and week and week % 4 == 0:
            self._say(dice.whole(0, 4), "show.again")
        luck = dice.uniform()
        for _ in range((luck < self.zeal) + (luck < self.zeal / 8)):
            key = dice.pick(_PASTIMES)
            if (key == "wait.silent" and week < 3) or (key == "wait.vague" and self.log.stage > 1):
                key = "wait.ask"
            place = dice.whole(0, 4)
            if key == "wait.send":
                self._plan(place, self.deeds.send)
            else:
                self._say(place, key)
        occasion = festival(first, first + 6)
        if occasion and occasion[1] not in self.greeted and dice.chance(0.3):
            day, name = occasion
            self.greeted.add(name)
            self.agenda.append((day, dice.between(9, 18), lambda: self.deeds.greet(name)))

    def _end(self) -> None:
        log, dice, outcome = self.log, self.dice, self.course.outcome
        last = self.opportunity.start + 7 * self.course.weeks
        self._mark(self.course.weeks - 1)
        if outcome == Outcome.SIGNED:
            if dice.chance(0.5):
                log.at(log.day + dice.whole(1, 5), 10)
                log.play("after.signed")
            return
        log.at(last - (dice.whole(1, 3) if outcome == Outcome.LOST else 0), dice.between(9, 17))
        if self.resting:
            log.play("lost.none")
        elif outcome == Outcome.LOST:
            log.play("lost.told")
        else:
            running = log.stage >= 2 and self.course.on[-1]
            log.play("closed.late" if running else "closed")
        log.ended = log.day


def tell(opportunity: Opportunity, course: Course, dice: Dice, decks: Decks[Scene]) -> Log:
    """Return the log of one opportunity."""
    return _Plot(opportunity, course, dice, decks).tell()
