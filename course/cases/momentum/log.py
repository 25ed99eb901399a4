"""The log of one opportunity as it is being written: entries, versions of papers, who was met."""

from typing import NamedTuple

from course.cases.days import workday
from course.cases.decks import Decks
from course.cases.dice import Dice
from course.cases.momentum.script import CUSTOMER_SIDE, Line, Scene
from course.cases.momentum.words import PAPERS, ROLE_OF, Words
from course.cases.momentum.world import Opportunity

__all__ = ["Entry", "Log", "Task", "Version"]

_UNSAID = 0.8  # chance that what follows a task is left out
_DAY = 24 * 60
_EVENING = 20 * 60
STAGES = ("presented", "contact", "boss", "meeting", "budget", "legal", "signed")
"""The stage of an opportunity: the last internal step that the seller knows to be taken."""

# Minutes until somebody answers, at least and at most, by channel.
_PAUSES = {
    "chat": (1, 40),
    "mail": (35, 240),
    "call": (20, 90),
    "minutes": (60, 200),
    "note": (30, 150),
}


class Task(NamedTuple):
    """Something somebody owes: whose it is, by when and since when done (days, 0 for never)."""

    customer: bool
    due: int
    done: int


class Entry(NamedTuple):
    """One entry of the log; days are ordinals, ``minute`` that of the day, 0 means none."""

    opportunity: str
    day: int
    minute: int
    channel: str
    side: str
    author: str
    text: str
    owner: str
    assignee: str
    due: int
    done: int
    stage: str
    situation: str


class Version(NamedTuple):
    """One version of a paper."""

    opportunity: str
    kind: str
    version: int
    day: int
    side: str
    editor: str
    words: int  # changed; all of them in the first version


class Log:
    """What was written down about one opportunity.

    Attributes:
        entries: in order of time.
        versions: of papers, in order of time.
        lasting: flags that hold from the first day to the last.
        flags: those that hold now.
        met: the day on which the seller first met somebody, by role.
        stage: place in :data:`STAGES`.
        funded: the day on which money was set aside, 0 if it never was.
        ended: the day of the signature, or of the entry that closes the log.
    """

    def __init__(self, opportunity: Opportunity, dice: Dice, decks: Decks[Scene]) -> None:
        """Begin with the presentation: contact and boss are met that day."""
        self.opportunity, self.dice, self.decks = opportunity, dice, decks
        self.words = Words(opportunity, dice.uniform())
        self.entries: list[Entry] = []
        self.versions: list[Version] = []
        self.met = {"contact": opportunity.start, "boss": opportunity.start}
        self.stage = self.funded = self.ended = 0
        self.lasting = frozenset({"friend"} if dice.chance(0.4) else ())
        self.flags = self.lasting
        self.day, self._minute = opportunity.start, 0
        self._used: set[Scene] = set()
        self._key = opportunity.key
        self._names = {
            "S": ("seller", opportunity.seller.name),
            "E": ("seller", self.words["e"]),
            **{who: ("customer", opportunity.people[role].name) for who, role in ROLE_OF.items()},
        }
        self._papers = dict.fromkeys((*PAPERS, "page of steps", "letter of intent"), 0)
        self.step = 0

    @property
    def step(self) -> int:
        """The internal step that is being worked on, 0 to 5."""
        return self._step

    @step.setter
    def step(self, place: int) -> None:
        self._step = place
        self.words["paper"], self.words["step"] = PAPERS[place], STAGES[place + 1]

    def at(self, day: int, hour: float) -> None:
        """Move the clock to a day and hour, or past what was written last, if that is later."""
        day, minute = workday(day), int(hour * 60) + self.dice.whole(0, 29)
        if day < self.day or (day == self.day and minute <= self._minute):
            day, minute = self.day, self._minute + self.dice.whole(4, 45)
            if minute > _EVENING:
                day, minute = workday(day + 1), 9 * 60 + self.dice.whole(0, 59)
        self.day, self._minute = day, minute

    def play(
        self,
        key: str,
        task: Task | None = None,
        *,
        was: int = 0,
        alone: bool = False,
        more: str = "",
    ) -> Scene:
        """Write the next scene of ``key`` that fits; its task goes to the line that takes it.

        What is said after the task was taken is often not worth an entry. Where the customer acts
        ``alone`` nobody answers what the customer says. ``was`` is a day that has passed, ``more``
        a flag that holds for this scene only.
        """
        flags = self.flags | {more} if more else self.flags
        scene = self.decks.draw_again(key, lambda each: each.flags <= flags, self._used)
        self._used.add(scene)
        self.words.dated(self.day, task.due if task else 0, was)
        holder = _holder(scene, task) if task else -1
        for place, line in enumerate(scene.lines):
            if place > holder >= 0 and (alone or self.dice.chance(_UNSAID)):
                break
            if place and alone and scene.lines[place - 1].who in CUSTOMER_SIDE:
                break
            if place:
                low, high = _PAUSES[line.channel]
                self._minute = min(self._minute + self.dice.whole(low, high), _DAY - 60)
            self._write(line, task if place == holder else None, key)
        return scene

    def _write(self, line: Line, task: Task | None, key: str) -> None:
        texts = line.texts
        text = texts[0] if len(texts) == 1 else self.dice.pick(texts)
        if "{" in text:
            text = text.format_map(self.words)
        side, author = self.person(line.who)
        owner, assignee, due, done = "", "", 0, 0
        if task:
            customer, due, done = task
            owner = "customer" if customer else "seller"
            assignee = author if side == owner else self.person("C" if customer else "S")[1]
        self.entries.append(
            Entry(
                self._key,
                self.day,
                self._minute,
                line.channel,
                side,
                author,
                text,
                owner,
                assignee,
                due,
                done,
                STAGES[self.stage],
                key,
            )
        )

    def person(self, who: str) -> tuple[str, str]:
        """Return side and name of a speaker; whoever speaks at the customer's has been met."""
        if who in CUSTOMER_SIDE:
            self.met.setdefault(ROLE_OF[who], self.day)
        return self._names[who]

    def version(self, kind: str, who: str) -> None:
        """Somebody saves a new version of a paper."""
        number = self._papers[kind] = self._papers[kind] + 1
        side, editor = self.person(who)
        if number == 1:
            words = (
                self.dice.whole(120, 260)
                if kind in ("brief", "report")
                else self.dice.whole(350, 1900)
            )
        elif side == "customer":
            words = self.dice.whole(9, 150)
        else:
            words = self.dice.whole(2, 40)
        self.versions.append(
            Version(self.opportunity.key, kind, number, self.day, side, editor, words)
        )


def _holder(scene: Scene, task: Task) -> int:
    """The line that takes the task: the marked one, else the first of the owner's side."""
    for place, line in enumerate(scene.lines):
        if line.task:
            return place
    for place, line in enumerate(scene.lines):
        if (line.who in CUSTOMER_SIDE) == task.customer:
            return place
    return 0
