"""What a careful reader of a group would remember.

Which step is open, who owes it, the day that was promised, the day before that, what was done last
and when the broker last asked. Placeholders are filled from it, so that people in a group refer to
the same days, papers and amounts.
"""

from collections.abc import Callable
from datetime import date, datetime

from course.cases.dice import Dice
from course.cases.lead.days import say, season
from course.cases.lead.steps import Step

__all__ = ["State"]


class State:
    """The state of one deal's group at the moment ``now``."""

    def __init__(
        self, dice: Dice, facts: dict[str, dict[str, str]], steps: list[Step], tags: set[str]
    ) -> None:
        """Begin with the first step open; ``tags`` are flags that always hold (sector, style)."""
        self.dice, self.facts, self.steps, self.tags = dice, facts, steps, tags
        self.now = datetime(2026, 1, 5)
        self.first_monday = self.today
        self.place = 0  # of the open step in steps
        self.asked = False
        self.due: date | None = None
        self.was: date | None = None
        self.said: date | None = None  # the day on which the last promise was made
        self.last_asked: date | None = None  # by the broker, without an answer since
        self.done = ""
        self.asked_on: date | None = None
        self.last_step = ""
        self.echoes = 0  # how often somebody came back to the last step
        self.hour = 15  # of the meeting that was agreed

    @property
    def step(self) -> Step | None:
        """The open step, None when all are done."""
        return self.steps[self.place] if self.place < len(self.steps) else None

    @property
    def today(self) -> date:
        """The day on the clock."""
        return self.now.date()

    @property
    def owner(self) -> str:
        """C or V: who owes the open step."""
        return self.step.owner if self.step else "V"

    @property
    def waited(self) -> int:
        """Days since somebody first asked for the open step."""
        return (self.today - (self.asked_on or self.today)).days

    @property
    def late(self) -> bool:
        """Has the promised day passed?"""
        return self.due is not None and self.due < self.today

    def advance(self) -> None:
        """The open step is done."""
        if self.step:
            self.done, self.last_step = self.noun(self.place), self.step.key
            self.place += 1
        self.asked, self.asked_on, self.last_asked, self.echoes = False, None, None, 0
        self.due, self.was, self.said = None, None, None

    def ask(self) -> None:
        """Somebody asks for the open step."""
        self.asked, self.asked_on = True, self.asked_on or self.today

    def promise(self, day: date) -> None:
        """A new day is named for the open step."""
        self.was, self.due, self.said = self.due, day, self.today
        soon = day == self.said
        self.hour = min(self.now.hour + 2, 18) if soon else self.dice.pick((10, 11, 14, 15, 16))

    def holds(self, flag: str) -> bool:
        """Tell whether a flag of a scene holds now: a state, a tag of the group, the season."""
        test = _TESTS.get(flag)
        return test(self) if test else flag in self.tags or flag == season(self.today)

    def noun(self, place: int) -> str:
        """Name the step at ``place`` as anybody would; "the rest" when all are done."""
        if place >= len(self.steps):
            return "the rest"
        return self.steps[place].noun.format_map(self.facts["B"])

    def say(self, day: date | None) -> str:
        """Name the day, else the day on which the broker last asked, else today."""
        return say(self.today, day or self.last_asked or self.today)


_TESTS: dict[str, Callable[[State], bool]] = {
    "done": lambda state: bool(state.done),
    "due": lambda state: state.due is not None,
    "late": lambda state: state.late,
    "next": lambda state: state.place + 1 < len(state.steps),
    "lastday": lambda state: state.last_asked is not None,
    "evening": lambda state: state.now.hour >= 20,
    "meeting": lambda state: state.step is not None and state.step.meeting,
}
