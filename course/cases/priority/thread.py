"""What was said about one ticket, from the request to the thanks, as its course has it."""

from typing import NamedTuple

from course.cases.days import ahead, workday, workdays
from course.cases.decks import Decks
from course.cases.dice import Dice
from course.cases.priority.fate import Course
from course.cases.priority.letter import Pen, slug
from course.cases.priority.script import Scene
from course.cases.priority.words import Words
from course.cases.priority.world import LAST, Ticket

__all__ = ["Message", "Praise", "Thread", "tell"]

_ACK, _HELD, _START, _PROGRESS = 0.5, 0.55, 0.16, 0.4
_CHASE = {"shout": 2, "beg": 2, "sharp": 3, "phone": 3, "change": 3, "forward": 3}
"""Working days between two reminders, by voice; others take four."""
_AFTER = {"shout": 0.25, "sharp": 0.3, "terse": 0.3, "forward": 0.35, "phone": 0.4, "change": 0.5}
"""Chance of a word once it is done, by voice; others 0.75."""
_THANKED = {"beg": 0.5, "explain": 0.6, "new": 0.6, "gift": 0.5, "learn": 0.5, "credit": 0.7}
"""Chance that this word is a thanks worth keeping."""
_LOUD = ("shout", "sharp")
_IN_ROLE = {
    **dict.fromkeys(("proposal", "tender answer"), "presales"),
    **dict.fromkeys(("site survey", "installation", "training"), "delivery"),
    **dict.fromkeys(("bug fix", "slow system"), "RD"),
}
"""Kinds that have minutes and thanks of their own, beside those for everything."""
_NAMES = ("background", "reviewers", "dates", "why")


class Message(NamedTuple):
    """One message; day is an ordinal, Nanjing time."""

    ticket: int
    day: int
    minute: int
    channel: str
    sender: str
    receiver: str
    cc: str
    tone: str
    text: str
    situation: str


class Praise(NamedTuple):
    """One word of recognition."""

    ticket: int
    day: int
    kind: str
    text: str


class Thread:
    """What was said about one ticket: ``messages`` in order of time, and the ``praise``."""

    def __init__(self, ticket: Ticket, course: Course, dice: Dice, pen: Pen) -> None:
        """Take the ticket, its course, and the pen that writes."""
        self.ticket, self.course, self.dice, self.pen = ticket, course, dice, pen
        self.messages: list[Message] = []
        self.praise: list[Praise] = []
        self.voice = ticket.requester.voice
        self._day, self._minute = ticket.day, ticket.minute
        self._names = {
            "R": ticket.requester.name, "X": ticket.expert.name, "L": ticket.expert.leader
        }  # fmt: skip
        told = zip(_NAMES, ticket.told, strict=True)
        self._told = frozenset(name for name, given in told if given)
        if ticket.urgent_label:
            self._told |= {"urgent"}
        self.words = Words(ticket, dice)
        self._take_pen()

    def _take_pen(self) -> None:
        self.pen.words, self.pen.told = self.words, self._told

    # --- writing ----------------------------------------------------------------------------------

    def _at(self, day: int, low: int, high: int) -> None:
        """Move the clock to a minute of a working day, or past what was said last."""
        day, minute = workday(day), self.dice.whole(low, high)
        if day < self._day or (day == self._day and minute <= self._minute):
            day, minute = self._day, self._minute + self.dice.whole(3, 40)
        if minute >= 20 * 60:
            day, minute = workday(day + 1), self.dice.whole(8 * 60 + 30, 9 * 60 + 30)
        self._day, self._minute = day, minute

    def _write(
        self,
        who: str,
        text: str,
        situation: str,
        *,
        channel: str = "chat",
        to: str = "",
        cc: str = "",
        tone: str = "calm",
    ) -> None:
        if self._day > LAST:  # when everything had been copied out
            return
        receiver = to or ("R" if who == "X" else "X")
        self.messages.append(
            Message(
                self.ticket.number, self._day, self._minute, channel, self._names[who],
                self._names.get(receiver, receiver), cc, tone, text, situation,
            )
        )  # fmt: skip

    def _scene(
        self, key: str, *, channel: str = "chat", tone: str = "calm", to: str = "X", cc: str = ""
    ) -> None:
        """Write a scene; ``to`` is whom the requester speaks to; nobody else is ever loud."""
        self.words.dated(self._day, self._minute, self._waited())
        for place, (who, text) in enumerate(self.pen.scene(key)):
            if place:
                self._at(self._day, self._minute + 2, self._minute + 55)
            own = who == "R"
            self._write(
                who, text, key, channel=channel, tone=tone if own else "calm",
                to=to if own else "R", cc=cc,
            )  # fmt: skip

    def _waited(self) -> int:
        return len(workdays(self.ticket.day, self._day)) - 1

    # --- the course -------------------------------------------------------------------------------

    def tell(self) -> None:
        """Write everything, in order of time."""
        ticket, course, dice = self.ticket, self.course, self.dice
        self._request()
        if course.gift:
            self._at(workday(ticket.day), 11 * 60, 17 * 60)
            self._scene("gift")
        if course.asked:
            self._ask_back()
        elif dice.chance(_ACK):
            self._at(ticket.day, 8 * 60 + 45, 18 * 60)
            self._scene(f"ack.{'full' if ticket.complete >= 3 else 'thin'}")
        self._wait()
        if course.started and dice.chance(_START):
            self._at(course.started, 9 * 60, 11 * 60)
            self._scene("start")
        self._work()
        if course.done:
            self._hand_over()

    def _request(self) -> None:
        ticket = self.ticket
        self.words.dated(ticket.day, ticket.minute, 0)
        cc = self._names["L"] if ticket.recorded else ""
        tone = "loud" if ticket.loud else "pressing" if self.voice == "beg" else "calm"
        text = self.pen.request(ticket, ticket.channel)
        self._write("R", text, "request", channel=ticket.channel, cc=cc, tone=tone)

    def _ask_back(self) -> None:
        course, told = self.course, self.ticket.told
        lacking = [name for name, given in zip(_NAMES, told, strict=True) if not given]
        name = lacking[0] if len(lacking) == 1 else self.dice.pick(lacking)
        self._at(course.asked, 9 * 60, 18 * 60)
        self._scene(f"back.{name}")
        if course.answered <= LAST:
            self._at(course.answered, 8 * 60 + 40, 17 * 60)
            if self.ticket.loud and self.dice.chance(0.5):
                self._scene("answer.loud", tone="loud")
            else:
                self._scene(f"answer.{name}")

    def _wait(self) -> None:
        """Reminders until the work begins, at most four."""
        ticket, dice = self.ticket, self.dice
        end = self.course.started or LAST
        pace = _CHASE.get(self.voice, 4)
        first = max(ticket.day, self.course.answered)
        day = ahead(workday(first), pace + dice.whole(0, 1))
        for count in range(4):
            if day >= end or not dice.chance(0.8):
                return
            self._at(day, 8 * 60 + 45, 17 * 60 + 30)
            if ticket.loud and count >= 1 and dice.chance(0.6):
                self._scene("escalate", channel="mail", tone="loud", to="L", cc=self._names["X"])
            else:
                self._chase()
            day = ahead(workday(self._day), pace + dice.whole(0, 1 + count))

    def _chase(self) -> None:
        ticket, dice = self.ticket, self.dice
        voice = "shout" if ticket.loud and dice.chance(0.5) else self.voice
        tone = "loud" if ticket.loud else "pressing" if self.voice in ("beg", "sharp") else "calm"
        key = f"chase.{voice}"
        by_phone = ticket.requester.channels[0] > 0.4 and dice.chance(0.5)
        if by_phone:
            key = "chase.call.loud" if ticket.loud else "chase.call"
        self._scene(key, channel="phone" if by_phone else "chat", tone=tone)
        if dice.chance(_HELD) and not by_phone:
            self._at(self._day, self._minute + 5, self._minute + 200)
            self._scene("hold.loud" if tone == "loud" else "hold")

    def _work(self) -> None:
        course, dice = self.course, self.dice
        days = [day for day, _hours in course.work]
        middle = days[1:-1] if course.done else days[1:]
        if self.voice == "change" and course.started and dice.chance(0.55):
            self._at(course.started, 14 * 60, 18 * 60)
            self._scene("change")
        elif middle and dice.chance(_PROGRESS):
            self._at(dice.pick(middle), 15 * 60, 18 * 60)
            self._scene("progress")

    def _hand_over(self) -> None:
        ticket, course, dice = self.ticket, self.course, self.dice
        self._at(course.done, course.minute, course.minute + 1)
        self.words.dated(self._day, self._minute, self._waited())
        text = self.pen.part(f"done.{slug(ticket.kind)}")
        self._write("X", text, "done", channel="mail" if ticket.channel == "mail" else "chat")
        if course.thanked:
            self._credit()
        elif dice.chance(_AFTER.get(self.voice, 0.75)):
            self._after()

    def _after(self) -> None:
        voice = self.voice if self.voice not in _LOUD or self.dice.chance(0.6) else "terse"
        self._at(self._day, self._minute + 4, self._minute + 240)
        thanked = self.dice.chance(_THANKED.get(self.voice, 0.0))
        self._scene(self._by_role("thanks") if thanked else f"after.{voice}")
        if thanked:
            self._praise("thanks", self.messages[-1].text)

    def _credit(self) -> None:
        """Minutes in writing; then credit before the team or to the leader, by name and deed."""
        self._at(self._day, self._minute + 20, self._minute + 150)
        self.words.dated(self._day, self._minute, self._waited())
        leader = self._names["L"]
        if self.dice.chance(0.6):
            text = self.pen.part(self._by_role("minutes", 0.3))
            self._write("R", text, "minutes", channel="minutes", to="the team", cc=leader)
            self._at(self._day, self._minute + 15, self._minute + 120)
        public = self.dice.chance(0.6)
        if public:
            text = self.pen.part(self._by_role("commend"))
            self._write("R", text, "commend", channel="mail", to="the team", cc=leader)
        else:
            text = self.pen.part(self._by_role("mention", 0.25))
            self._write("R", text, "mention", channel="mail", to="L", cc=self._names["X"])
        kind = "commendation" if public else "leader mention"
        self._praise(kind, text)
        if self.dice.chance(0.35):
            self._at(self._day, self._minute + 10, self._minute + 180)
            self._scene("pleased")

    def _praise(self, kind: str, text: str) -> None:
        if self._day <= LAST:
            self.praise.append(Praise(self.ticket.number, self._day, kind, text))

    def _by_role(self, key: str, share: float = 0.4) -> str:
        """The phrases for what was done, or those for everything."""
        own = f"{key}.{_IN_ROLE.get(self.ticket.kind, '')}"
        return own if own in self.pen.decks and self.dice.chance(share) else key

    def reopen(self, day: int, again: int) -> None:
        """It comes back on ``day`` and is put right on the day ``again``."""
        self._take_pen()
        self._at(day, 8 * 60 + 50, 17 * 60)
        tone = "loud" if self.ticket.loud else "calm"
        self._scene(f"reopen.{slug(self.ticket.kind)}", tone=tone)
        self._at(again, 14 * 60, 18 * 60)
        self._scene("again")


def tell(
    tickets: tuple[Ticket, ...], courses: list[Course], dice: Dice, decks: Decks[Scene]
) -> list[Thread]:
    """Return what was said about every ticket."""
    pen, threads = Pen(decks, dice), []
    for ticket, course in zip(tickets, courses, strict=True):
        thread = Thread(ticket, course, dice, pen)
        thread.tell()
        threads.append(thread)
    return threads
