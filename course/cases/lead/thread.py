"""One group chat as it is being written: its clock, and the messages so far."""

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from course.cases.decks import Decks
from course.cases.dice import Dice
from course.cases.lead.days import ahead, is_workday
from course.cases.lead.script import Line, Scene
from course.cases.lead.state import State
from course.cases.lead.steps import Step
from course.cases.lead.words import Words, with_capitals

__all__ = ["Message", "Thread"]

_PAUSE = timedelta(minutes=5)
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")


class Message(NamedTuple):
    """One message; ``reply_to`` is the place in the thread of what it answers, -1 for nothing."""

    at: datetime
    role: str
    type: str
    text: str
    key: str
    reply_to: int


class Thread(State):
    """The group of one deal. ``mute`` keeps the broker from speaking; ``limit`` ends the time."""

    def __init__(
        self,
        dice: Dice,
        decks: Decks[Scene],
        facts: dict[str, dict[str, str]],
        steps: list[Step],
        tags: set[str],
    ) -> None:
        """Start an empty group with what :class:`State` takes, and the scenes to draw from."""
        super().__init__(dice, facts, steps, tags)
        self.decks = decks
        self.words = {role: Words(fixed, self) for role, fixed in facts.items()}
        self.messages: list[Message] = []
        self.limit = self.now
        self.mute = False
        self._used: set[Scene] = set()

    def start(self, day: date, hour: float) -> bool:
        """Move the clock to ``hour`` of ``day``, or a little past what was said last.

        Returns False if there is no time left before ``limit``.
        """
        at = datetime.combine(day, time()) + timedelta(hours=hour, seconds=self.dice.whole(0, 59))
        if self.messages and at <= self.messages[-1].at + _PAUSE:
            at = self.messages[-1].at + timedelta(minutes=self.dice.whole(25, 150))
        self.now = self._awake(at)
        return self.now < self.limit

    def wait(self, hours: float) -> None:
        """Let some hours pass, and the night if they end in it."""
        self.now = self._awake(self.now + timedelta(hours=hours))

    def play(self, key: str, *, speaker: str = "", parent: int = -1) -> bool:
        """Post the next unused scene of ``key`` that fits; True if anything was posted."""
        scene = self._draw(key)
        if scene is None:
            return False
        posted, last_role, latest = 0, "", -1
        if parent < 0 and self.messages and self.now <= self.messages[-1].at:
            self.wait(self.dice.between(0.1, 0.6))
        for line in scene.lines:
            role = speaker if line.role == "A" else line.role
            if posted and role != last_role:
                parent = latest
            before = self.now
            if posted or parent >= 0:
                self.now = self._later(line, same=role == last_role)
            if self.now >= self.limit:
                self.now = before
                break
            text = self.fill(line.text, role, plain=line.type == "file")
            place = len(self.messages)
            self.messages.append(Message(self.now, role, line.type, text, key, parent))
            last_role, posted, latest = role, posted + 1, place
        return posted > 0

    def fill(self, text: str, role: str, *, plain: bool = False) -> str:
        """Resolve the choices and placeholders of ``text`` as ``role`` would say it now.

        Sentences get their capital letters back, unless the text is ``plain``: a file's name.
        """
        text = _CHOICE.sub(lambda match: self.dice.pick(match[1].split("|")), text)
        while "{" in text:  # the name of a file holds placeholders of its own
            text = text.format_map(self.words[role])
        return text if plain else with_capitals(text)

    def _draw(self, key: str) -> Scene | None:
        def fits(scene: Scene) -> bool:
            if scene in self._used or (self.mute and "B" in scene.roles):
                return False
            return all(map(self.holds, scene.flags)) and not any(map(self.holds, scene.bars))

        scene = self.decks.draw(key, fits)
        if scene is not None:
            self._used.add(scene)
        return scene

    def _later(self, line: Line, *, same: bool) -> datetime:
        dice = self.dice
        if line.days:
            return datetime.combine(ahead(self.today, line.days), time(9)) + timedelta(
                minutes=dice.whole(0, 400)
            )
        minutes = line.hours * 60 * dice.between(0.8, 1.4)
        if same:
            minutes += dice.between(0.4, 3)
        elif not line.hours:
            hurry = self.due == self.today and self.step is not None and self.step.meeting
            quick = hurry or dice.chance(0.75)
            minutes += dice.between(1, 16) if quick else dice.between(20, 200)
        seconds = dice.whole(0, 59)
        return self._awake(self.now + timedelta(minutes=minutes, seconds=seconds))

    def _awake(self, at: datetime) -> datetime:
        if at.hour >= 22 or at.hour < 7:
            day = at.date() + timedelta(days=at.hour >= 22)
            if not is_workday(day) and self.dice.chance(0.7):
                day = ahead(day, 1)
            at = datetime.combine(day, time(8)) + timedelta(minutes=self.dice.whole(5, 130))
        return at
