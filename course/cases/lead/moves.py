"""The moves people make in a group: each plays one or two scenes and keeps the state true."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from course.cases.dice import Dice
from course.cases.lead.days import ahead
from course.cases.lead.thread import Thread

__all__ = ["Moves"]

_ASKS_THAT_END = ("call", "nod", "quote2", "seal")  # the scene itself brings the answer


class Moves:
    """Moves in one group; :meth:`act` makes one by name."""

    def __init__(self, thread: Thread, dice: Dice, willing: bool, finish: list[date]) -> None:
        """``finish`` holds the days on which the steps will be done, as far as they will."""
        self.thread, self.dice, self.willing, self.finish = thread, dice, willing, finish
        self.unanswered = 0
        self.signed = self.closed = False
        self._moves: dict[str, Callable[[bool], None]] = {
            "move": self._move,
            "chase": self._chase,
            "evade": self._evade,
            "badcop": self._badcop,
            "minutes": self._minutes,
            "care": lambda _: self._say("rule.small", "reply.small"),
            "drop": lambda _: self._say("rule.drop"),
            "beg": self._beg,
            "silent": self._silent,
            "attend": lambda _: self._say("attend.any"),
            "attend.item": self._attend_item,
            "boss": lambda _: self._say("boss.any", "boss.reply"),
            "after": self._after,
            "detail": lambda _: self._chat("detail"),
            "small": lambda _: self._chat("small"),
            "fest": self._festival,
            "drift": lambda _: self._say("drift"),
            "dead": self._dead,
            "paid": self._paid,
        }

    def act(self, action: str, *, answered: bool) -> None:
        """Make the move; ``answered`` says whether the broker gets an answer this week."""
        if self.closed:  # paid or buried: nobody has anything to add
            return
        if action.startswith("intro."):
            self.thread.play(action)
            return
        if action.startswith("done:"):
            self._done_up_to(int(action.removeprefix("done:")))
            return
        self._moves[action](answered)

    # --- the parties ------------------------------------------------------------------------------

    def _say(self, key: str, reply: str = "", chance: float = 0.6) -> None:
        thread = self.thread
        if thread.play(key) and reply and self.dice.chance(chance):
            thread.play(reply, parent=len(thread.messages) - 1)

    def _chat(self, key: str) -> None:
        """Strangers come to business first: before the first call they try to arrange it."""
        if self.thread.last_step:
            self._say(key)
        else:
            self._move(True)

    def _follow(self, key: str, speaker: str = "") -> bool:
        return self.thread.play(key, speaker=speaker, parent=len(self.thread.messages) - 1)

    def _goal(self) -> date:
        """A day somebody would name: mostly the day it will indeed be done, if that is near."""
        thread, today = self.thread, self.thread.now.date()
        coming = self.finish[thread.place] if thread.place < len(self.finish) else None
        if coming is not None:
            if thread.step and thread.step.meeting:
                return coming  # a meeting takes place on the day agreed
            if coming == today or (0 < (coming - today).days <= 8 and self.dice.chance(0.7)):
                return coming
        return ahead(today, self.dice.whole(1, 5))

    def _answer(self) -> None:
        """The owner answers a question about the open step: a day, or nothing one can hold."""
        thread = self.thread
        owner = thread.owner
        if self.willing or self.dice.chance(0.25):
            before = (thread.due, thread.was, thread.said)
            thread.promise(self._goal())
            if self._follow(f"promise.{owner.lower()}"):
                if self.dice.chance(0.35):
                    self._follow("ack", "V" if owner == "C" else "C")
            else:
                thread.due, thread.was, thread.said = before
        else:
            self._follow(f"stall.{owner.lower()}")

    def _move(self, _: bool) -> None:
        thread, step = self.thread, self.thread.step
        if step is None:
            return
        if not thread.asked:
            today = thread.now.date()
            if (
                not step.meeting
                and step.key != "quote2"
                and today in self.finish[thread.place :][:1]
            ):
                return  # it comes today without being asked for
            if step.meeting:
                day = self._goal()
                if day < thread.now.date() or (day == thread.now.date() and thread.now.hour >= 15):
                    return  # too late to arrange it here: they did so by phone
                thread.promise(day)
            if not thread.play(f"ask.{step.key}"):
                return
            thread.ask()
            if step.key == "demo":
                by_vendor = thread.messages[-1].role == "V"
                self._follow("accept.c" if by_vendor else "promise.v")
            elif step.key not in _ASKS_THAT_END:
                self._answer()
        elif thread.late and self.dice.chance(0.6):
            thread.promise(max(self._goal(), ahead(thread.now.date(), 1)))
            told = self.willing and thread.play(f"slip.{thread.owner.lower()}")
            if told and self.dice.chance(0.7):
                self._follow("ack.slip", "V" if thread.owner == "C" else "C")
        elif not thread.last_step and not thread.late:
            return
        elif thread.waited >= 2 and (thread.due is None or thread.late):
            if thread.play(f"nudge.{thread.owner.lower()}") and self.dice.chance(0.8):
                self._answer()
        else:
            self._after(True)

    def _after(self, _: bool) -> None:
        """Somebody comes back to what was done last; if all is said, to something else."""
        thread = self.thread
        thread.echoes += 1
        known = thread.last_step not in ("", "seal") and thread.echoes <= 2
        if not known or not thread.play(f"after.{thread.last_step}"):
            self._chat("detail")

    def _done_up_to(self, place: int) -> None:
        """Deliver the step at ``place`` and any before it that a holiday kept back."""
        before = -1
        while before < self.thread.place <= place:
            before = self.thread.place
            self._done()
            self.thread.wait(self.dice.between(0.3, 1.5))

    def _done(self) -> None:
        thread, step = self.thread, self.thread.step
        if step is None:
            return
        if not thread.asked and step.key in ("quote2", "call"):
            self._move(True)
            if not step.meeting:
                thread.wait(self.dice.between(2, 5))
        if step.meeting and thread.due == thread.now.date():
            over = datetime.combine(thread.due, time(thread.hour)) + timedelta(minutes=75)
            thread.now = max(thread.now, over)
        if thread.play(f"done.{step.key}"):
            self.signed = step.key == "seal"
            thread.advance()
            self.unanswered = 0

    def _dead(self, _: bool) -> None:
        self.closed = self.thread.play("dead.c")

    def _festival(self, _: bool) -> None:
        thread, today = self.thread, self.thread.now.date()
        for first, last, key in (
            (date(2026, 2, 9), date(2026, 2, 14), "cny"),
            (date(2026, 2, 24), date(2026, 2, 27), "back"),
            (date(2026, 4, 28), date(2026, 4, 30), "may"),
            (date(2026, 6, 16), date(2026, 6, 18), "dragon"),
        ):
            if first <= today <= last and f"fest.{key}" not in thread.tags:
                thread.tags.add(f"fest.{key}")
                if thread.play(f"fest.{key}") and key == "cny" and not thread.mute:
                    thread.play("fest.cny.b", parent=len(thread.messages) - 1)
                return
        self._chat("small" if self.dice.chance(0.5) else "detail")

    # --- the broker -------------------------------------------------------------------------------

    def _chase(self, answered: bool) -> None:
        thread = self.thread
        if thread.step and thread.step.key == "quote2" and not thread.asked:
            self._move(True)  # there is no second quote to chase before somebody asks for it
            return
        if self.unanswered >= 2:
            key, ask = "rule.last", ahead(thread.now.date(), 3)
        elif self.unanswered == 1 and thread.last_asked:
            key, ask = "rule.again", None
        else:
            key, ask = ("rule.late" if thread.late else "rule.monday"), None
        held = thread.due
        thread.due = ask or held
        confirming = key == "rule.monday" and held is not None
        posted = thread.play(key)
        thread.due = held
        if not posted:
            return
        thread.ask()
        if not answered:
            self.unanswered += 1
            thread.last_asked = thread.now.date()
            return
        self.unanswered, thread.last_asked = 0, None
        if confirming and self.dice.chance(0.75):
            self._follow("confirm", thread.owner)
        else:
            self._answer()

    def _minutes(self, _: bool) -> None:
        thread = self.thread
        ahead_of_meeting = thread.step and thread.step.meeting and thread.due and not thread.late
        self._say("rule.absent" if ahead_of_meeting else "rule.minutes")

    def _badcop(self, _: bool) -> None:
        thread = self.thread
        if thread.step is None or thread.step.meeting or thread.waited < 5 or not thread.late:
            if self.dice.chance(0.4):
                self._say("rule.small", "reply.small")
            return
        held = thread.due
        thread.due = self._goal()
        posted = thread.play("rule.badcop")
        thread.due = held
        if posted:
            thread.ask()
            self._answer()

    def _evade(self, answered: bool) -> None:
        thread = self.thread
        key = "rule.late" if thread.late else "rule.monday"
        if thread.play(key) and answered:
            self._follow("evade." + self.dice.pick("cv"))

    def _beg(self, answered: bool) -> None:
        kind = self.dice.pick(("seat", "news", "seat", "news", "serve", "alone"))
        reply = f"reply.{kind}" if answered and kind != "alone" else ""
        self._say(f"beg.{kind}", reply)

    def _silent(self, answered: bool) -> None:
        self._say("silent.any", "reply.news" if answered else "", 0.5)

    def _attend_item(self, answered: bool) -> None:
        if self.thread.step and self.thread.play("attend.item"):
            self.thread.ask()
            if answered:
                self._answer()

    def _paid(self, _: bool) -> None:
        if self.signed:
            rule = "rule" in self.thread.tags
            self.closed = self.thread.play("end.paid.rule" if rule else "end.paid.other")
