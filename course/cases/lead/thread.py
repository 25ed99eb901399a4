"""One group chat as it is being written: its clock, its state, and the messages so far.

The state is what a careful reader would remember: which step is open, who owes it, the day that was
promised, the day before that, what was done last and when the broker last asked. Placeholders are
filled from it, so that people in a group refer to the same days, papers and amounts.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from course.cases.lead.days import WEEKDAYS, ahead, is_workday, say, season
from course.cases.lead.decks import Decks
from course.cases.lead.dice import Dice
from course.cases.lead.script import Line, Scene
from course.cases.lead.steps import Step

__all__ = ["Message", "Thread"]

_NAME = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_START = re.compile(r"(?:^|(?<=[^.][.!?] ))(?!v\d)[a-z]")
_SEASON = {
    "winter": ("stocktaking season", "the holidays"),
    "spring": ("audit season", "the half-year"),
    "summer": ("peak season", "the summer"),
}


@dataclass(frozen=True)
class Message:
    """One message; ``reply_to`` is the place in the thread of what it answers, -1 for nothing."""

    at: datetime
    role: str
    type: str
    text: str
    key: str
    reply_to: int


class Thread:
    """The group of one deal. ``mute`` keeps the broker from speaking; ``limit`` ends the time."""

    def __init__(
        self,
        dice: Dice,
        decks: Decks,
        facts: dict[str, dict[str, str]],
        steps: list[Step],
        tags: set[str],
    ) -> None:
        """Start an empty group: ``tags`` are flags that always hold (sector, near or remote)."""
        self.dice, self.decks, self.facts, self.steps, self.tags = dice, decks, facts, steps, tags
        self.messages: list[Message] = []
        self.now = self.limit = datetime(2026, 1, 5)
        self.first_monday = date(2026, 1, 5)
        self.mute = False
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
        self._used: set[Scene] = set()

    @property
    def step(self) -> Step | None:
        """The open step, None when all are done."""
        return self.steps[self.place] if self.place < len(self.steps) else None

    @property
    def owner(self) -> str:
        """C or V: who owes the open step."""
        return self.step.owner if self.step else "V"

    @property
    def waited(self) -> int:
        """Days since somebody first asked for the open step."""
        return (self.now.date() - (self.asked_on or self.now.date())).days

    @property
    def late(self) -> bool:
        """Has the promised day passed?"""
        return self.due is not None and self.due < self.now.date()

    def advance(self) -> None:
        """The open step is done."""
        if self.step:
            self.done, self.last_step = self._noun(self.step), self.step.key
            self.place += 1
        self.asked, self.asked_on, self.last_asked, self.echoes = False, None, None, 0
        self.due, self.was, self.said = None, None, None

    def ask(self) -> None:
        """Somebody asks for the open step."""
        self.asked, self.asked_on = True, self.asked_on or self.now.date()

    def promise(self, day: date) -> None:
        """A new day is named for the open step."""
        self.was, self.due, self.said = self.due, day, self.now.date()
        soon = day == self.said
        self.hour = min(self.now.hour + 2, 18) if soon else self.dice.pick((10, 11, 14, 15, 16))

    def flags(self) -> set[str]:
        """What holds now, for choosing a scene."""
        hour = self.now.hour
        states = {
            "done": bool(self.done),
            "due": self.due is not None,
            "late": self.late,
            "next": self.place + 1 < len(self.steps),
            "lastday": self.last_asked is not None,
            "evening": hour >= 20,
            "meeting": self.step is not None and self.step.meeting,
        }
        return self.tags | {season(self.now.date())} | {name for name, on in states.items() if on}

    def start(self, day: date, hour: float) -> bool:
        """Move the clock to ``hour`` of ``day``, or a little past what was said last.

        Returns False if there is no time left before ``limit``.
        """
        at = datetime.combine(day, time()) + timedelta(hours=hour, seconds=self.dice.whole(0, 59))
        if self.messages and at <= self.messages[-1].at + timedelta(minutes=5):
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
        while "{" in text:
            text = _NAME.sub(lambda match: self._value(match[1], role), text)
        if plain:
            return text
        return _START.sub(lambda match: match[0].upper(), text)

    def _draw(self, key: str) -> Scene | None:
        flags = self.flags()

        def fits(scene: Scene) -> bool:
            if scene in self._used or (self.mute and "B" in scene.roles):
                return False
            return scene.flags <= flags and not scene.bars & flags

        scene = self.decks.draw(key, fits)
        if scene is not None:
            self._used.add(scene)
        return scene

    def _later(self, line: Line, *, same: bool) -> datetime:
        dice = self.dice
        if line.days:
            return datetime.combine(ahead(self.now.date(), line.days), time(9)) + timedelta(
                minutes=dice.whole(0, 400)
            )
        minutes = line.hours * 60 * dice.between(0.8, 1.4)
        if same:
            minutes += dice.between(0.4, 3)
        elif not line.hours:
            hurry = self.due == self.now.date() and self.step is not None and self.step.meeting
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

    def _noun(self, step: Step) -> str:
        return _NAME.sub(lambda match: self.facts["B"][match[1]], step.noun)

    def _value(self, name: str, role: str) -> str:
        facts = self.facts[role]
        if name in facts:
            return facts[name]
        today = self.now.date()
        if name.startswith("on_"):
            word = self._value(name[3:], role)
            return f"on {word}" if word.split()[0].endswith("day") and word not in _BARE else word
        days = {"due": self.due, "was": self.was or self.due, "said": self.said}
        if name in days or name == "lastday":
            return say(today, days.get(name) or self.last_asked or today)
        hour = self.now.hour
        tod = "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
        step, owner = self.step, self.owner
        files = {name: facts[name].replace(" ", "") for name in "CV"}
        job, end = _SEASON[season(today)]
        plain = {
            "item": self._noun(step) if step else "the rest",
            "next": self._noun(self.steps[min(self.place + 1, len(self.steps) - 1)]),
            "done": self.done,
            "file": step.file.replace("{C}", files["C"]).replace("{V}", files["V"]) if step else "",
            "stamp": f"{today:%m%d}",
            "o": facts["c" if owner == "C" else "v"],
            "a": facts["v" if owner == "C" else "c"],
            "ofirm": facts[owner],
            "late_word": " at last" if self.late else "",
            "week": str((today - self.first_monday).days // 7 + 1),
            "hour": f"{self.hour}:{'00' if self.hour % 2 else '30'}",
            "tod": tod,
            "tod_cap": tod.capitalize(),
            "tod_next": "tonight" if hour < 17 else "tomorrow",
            "today": WEEKDAYS[today.weekday()],
            "someday": say(today, ahead(today, 1 + today.toordinal() % 3)),
            "season_job": job,
            "season_end": end,
        }
        return plain[name]


_BARE = ("today", "yesterday")
