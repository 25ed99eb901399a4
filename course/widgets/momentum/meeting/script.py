"""From a play to its lines: a pure function of the content and the play.

What is said follows the state (what the answer is worth, what money there is, what was found out),
and which of the fitting sentences is taken follows the seed.
"""

import datetime as dt
from typing import Any

from course.models.momentum.meeting import offers, over
from course.models.momentum.meeting_state import Event, Play, State, Taken
from course.models.momentum.meeting_terms import (
    DAYS,
    EFFECTS,
    TURNS,
    Ending,
    Happening,
    Money,
    Move,
    Reply,
)
from course.models.momentum.terms import Step
from course.text import _
from course.widgets.momentum.meeting.content import (
    LAST_WEEK,
    LATE,
    SIDES,
    cast_of,
    known_slots,
    slots_of,
    week,
)
from course.widgets.roleplay.content import Content
from course.widgets.roleplay.dates import day_name, weekday_name
from course.widgets.roleplay.drama import Choice, Line, Script
from course.widgets.roleplay.words import Words

__all__ = ["write"]

_EVENING = 18 * 60 + 30  # minutes after midnight
_STRAINED = 0.5  # strain that is felt on the way to the lift
_PROGRESS = (Happening.STEP, Happening.EDITED, Happening.LETTER, Happening.PILOT)


def write(content: Content, play: Play, cast: str) -> Script:
    """Return the lines of a play among the people of ``cast``."""
    writer = _Writer(content, play, cast)
    before: Taken | None = None
    for taken in play.taken:
        writer.turn(taken, before)
        before = taken
    if over(play.state):
        return Script(tuple(writer.lines), chosen=tuple(writer.chosen))
    offered = writer.situation(play.state, before)
    prompt = writer.words.say("prompt", content["prompts"])
    return Script(tuple(writer.lines), offered, prompt, tuple(writer.chosen))


class _Writer:
    def __init__(self, content: Content, play: Play, cast: str) -> None:
        self.content, self.luck = content, play.luck
        self.cast, self.words = cast_of(content, cast), Words(play.seed, slots_of(content, cast))
        self.lines: list[Line] = []
        self.chosen: list[str] = []
        self._start = dt.date.fromisoformat(content["start"])
        self._shown_day = -9
        self._where = ""
        self._minute = 0
        self._edits, self._first_change = 0, play.seed % 3

    # --- a turn ---

    def turn(self, taken: Taken, before: Taken | None) -> None:
        """Write the situation, the choice and what came of it."""
        offered = {choice.move: choice for choice in self.situation(taken.before, before)}
        choice = offered[taken.move]
        self.chosen.append(choice.text)
        self._add("action" if choice.kind == "action" else "me", choice.text)
        known = known_slots(self.content, self.words.slots, taken.after, self.luck)
        for event in taken.events:
            if event.what is Happening.SAYS:
                self._answer(event, taken)
        self.words.slots |= known
        self._meanwhile(taken)
        if taken.after.shown > taken.before.shown:
            self._begin_day(self._workdays(taken)[-1])
            self._add("note", self.words.say("shown", self.content["shown"]))
        if over(taken.after):
            self._ending(taken)

    def situation(self, state: State, before: Taken | None) -> tuple[Choice, ...]:
        """Write what is the matter in a turn, and return what is offered."""
        self.words.turn = state.turn
        turn = TURNS[state.turn]
        today = self._date(turn.day)
        ahead = (self.content["dues"][turn.topic] - today.weekday() - 1) % 7 + 1
        self.words.slots |= known_slots(self.content, self.words.slots, state, self.luck)
        self.words.slots["due"] = day_name(today + dt.timedelta(days=ahead))
        self._begin_day(turn.day)
        if turn.topic == "evening":
            self._minute = max(self._minute, _EVENING + self.words.dice("evening").randrange(60))
        inside = _("in the meeting")
        self._where = {"praise": inside, "study": inside, "corridor": _("at the lift")}.get(
            turn.topic, ""
        )
        self._tell(f"scene {turn.topic}", self._scenes(state, before))
        return self._choices(state)

    def _scenes(self, state: State, before: Taken | None) -> list[Any]:
        topic = TURNS[state.turn].topic
        scenes = self.content["scenes"][topic]
        if topic == "praise" or before is None:
            return list(scenes["start"])
        if topic == "study":
            asked = "told" if state.money_known else "again"
            return list(scenes[asked if before.move is Move.MONEY else "red"])
        if topic == "corridor":
            return list(scenes["cool" if state.strain >= _STRAINED else "warm"])
        moving = any(event.what in _PROGRESS for event in before.events)
        if topic in LATE and state.at >= Step.MEETING:
            return list(scenes["passed"])
        if topic in LATE:
            moving = moving and bool(state.helped)
        return list(scenes["moving" if moving else "still"])

    def _choices(self, state: State) -> tuple[Choice, ...]:
        messages, offered = self.content["messages"][TURNS[state.turn].topic], []
        for move in offers(state, self.luck):
            bank = messages[move] if move in messages else self.content["later"][move]
            text = self.words.say(f"offer {move}", bank)
            offered.append(Choice(move, text, "action" if move is Move.WAIT else "message"))
        self.words.dice("order").shuffle(offered)
        return tuple(offered)

    def _answer(self, event: Event, taken: Taken) -> None:
        who, reply, move = event.who, event.reply, taken.move
        if who is None or reply is None:
            return
        side, banks = SIDES[who], self.content["replies"][move]
        if reply is Reply.COLD and "cold" not in banks:
            bank = self.content["tired"][side]
        elif reply is Reply.STALL and "stall" not in banks:
            asked = "asked" if EFFECTS[move].asks else "other"
            bank = self.content["stalls"][asked][side]
        elif move is Move.MONEY and reply is Reply.TELLS:
            bank = banks["tells"][self.luck.money][side]
        else:
            bank = banks[reply][side]
        self._add(side, self.words.say(f"answer {side}", bank))

    def _meanwhile(self, taken: Taken) -> None:
        """Write what they did between this decision and the next."""
        happened = [event for event in taken.events if event.what in _PROGRESS]
        if not happened:
            self._nothing(taken)
            return
        days = self._workdays(taken)
        for place, event in enumerate(happened):
            sits = event.step is Step.MEETING  # a meeting does not sit the next morning
            self._begin_day(days[-1] if sits else days[min(place, len(days) - 1)])
            self._where = ""
            if event.what is Happening.EDITED:
                change = {"change": self._change()}
                self._add("contact", self.words.say("edited", self.content["edited"], change))
            elif event.what is Happening.STEP and event.step is not None:
                scenes = self.content["steps"][event.step.name.lower()]
                self._tell(f"step {event.step.name}", scenes, self._true_purse())
            else:
                self._tell(event.what, self.content[event.what])

    def _workdays(self, taken: Taken) -> list[int]:
        """Return the working days after a decision, up to that of the next."""
        now, later = TURNS[taken.before.turn].day, taken.before.turn + 1
        until = TURNS[later].day if later < len(TURNS) else DAYS
        return [day for day in range(now + 1, until + 1) if self._date(day).weekday() < 5]

    def _nothing(self, taken: Taken) -> None:
        """Say that what was taken on was not done, where a reader would wait for it."""
        turn = taken.before.turn
        if turn + 1 >= len(TURNS) or over(taken.after) or not EFFECTS[taken.move].asks:
            return
        if taken.move is Move.NEXT:  # its date may be later
            return
        if TURNS[turn + 1].day > TURNS[turn].day + 1:
            until = weekday_name(self._date(TURNS[turn + 1].day))
            self._add("note", self.words.say("nothing", self.content["nothing"], {"until": until}))

    def _ending(self, taken: Taken) -> None:
        ending = taken.after.ending
        if ending is Ending.PARTED:
            self.lines.append(Line("day", _("The same evening")))
        elif ending not in (Ending.CLOSED, Ending.FUNDED, Ending.PLANNED):
            self._begin_day(DAYS)
        self._where = ""
        self._tell("ending", self.content["endings"][ending])

    # --- words ---

    def _change(self) -> str:
        """Return what was changed in a draft: each time something else."""
        self._edits += 1
        return self.words.slots[f"change{(self._first_change + self._edits) % 3 + 1}"]

    def _true_purse(self) -> dict[str, str]:
        name = "adjust" if self.luck.money is Money.THIS_YEAR else "plan"
        return {"purse": self.words.slots[name]}

    def _tell(self, purpose: str, scenes: list[Any], extra: dict[str, str] | None = None) -> None:
        for line in scenes[self.words.dice(purpose).randrange(len(scenes))]:
            self._add(line["who"], self.words.fill(line["text"], extra))

    def _date(self, day: int) -> dt.date:
        return self._start + dt.timedelta(days=day)

    def _begin_day(self, day: int) -> None:
        if day == self._shown_day:
            return
        if week(day) <= LAST_WEEK and week(day) != week(self._shown_day):
            self.lines.append(Line("part", _("Week {week}").format(week=week(day))))
        self._shown_day = day
        self._minute = self.words.dice(f"hour {day}").randint(8 * 60, 11 * 60)
        self.lines.append(Line("day", day_name(self._date(day))))

    def _add(self, who: str, text: str) -> None:
        if who in ("note", "action"):
            self.lines.append(Line(who, text))
            return
        pause = self.words.dice(f"pause {len(self.lines)}").randint(2, 50)
        self._minute = min(self._minute + pause, 1380)
        clock = f"{self._minute // 60:02}:{self._minute % 60:02}"
        self.lines.append(Line(who, text, self._where or clock))
