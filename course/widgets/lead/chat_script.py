"""From a play to its chat: a pure function of the content and the play.

A seeded grammar: what is said follows the state of the deal (who answers, in which mood, what was
promised by when), and which of the fitting sentences is taken follows the seed. No sentence comes
twice in a play while there is another. The chat of a play's first turns does not depend on later
moves, so it only ever grows.
"""

import datetime as dt
from typing import Any

from course.models.lead import Kind, Outcome
from course.models.lead.chat import offers, over
from course.models.lead.chat_terms import (
    TURNS,
    Event,
    Happening,
    Mood,
    Move,
    Party,
    Play,
    State,
    Step,
)
from course.text import _
from course.widgets.lead.chat_content import cast_of, slots_of
from course.widgets.roleplay.content import Content
from course.widgets.roleplay.dates import day_name, weekday_name
from course.widgets.roleplay.drama import Choice, Line, Script
from course.widgets.roleplay.words import Words

__all__ = ["write"]

_MOVING = 0.5  # momentum from which a deal of two willing parties shows that it moves
_ASKING = (Move.LEAD, Move.CHASE, Move.COP)  # these name a paper, an owner and a date
_SIDES = {Party.CUSTOMER: "customer", Party.VENDOR: "vendor"}


def write(content: Content, play: Play, cast: str) -> Script:
    """Return the chat of a play among the people of ``cast``."""
    writer = _Writer(content, play, cast)
    for step in play.steps:
        writer.turn(step)
    if over(play.state):
        return Script(tuple(writer.lines), chosen=tuple(writer.chosen))
    offered = writer.situation(play.state)
    prompt = writer.words.say("prompt", content["prompts"])
    return Script(tuple(writer.lines), offered, prompt, tuple(writer.chosen))


class _Writer:
    def __init__(self, content: Content, play: Play, cast: str) -> None:
        self.content, self.play = content, play
        self.cast, self.words = cast_of(content, cast), Words(play.seed, slots_of(content, cast))
        self.lines: list[Line] = []
        self.chosen: list[str] = []
        self._promise: dict[str, str] = {}
        self._minute = 0
        self._start = dt.date.fromisoformat(content["start"])

    # --- a turn ---

    def turn(self, step: Step) -> None:
        """Write the situation, the choice and what came of it."""
        offered = {choice.move: choice for choice in self.situation(step.before)}
        choice = offered[step.move]
        self.chosen.append(choice.text)
        self._add("action" if choice.kind == "action" else "broker", choice.text)
        self._promise = {}
        said = any(event.what is Happening.SAYS for event in step.events)
        if said and step.move is Move.ATTEND:
            self.lines.append(Line("day", _("After the meeting")))
        for event in step.events:
            self._event(event, step)
        quiet = sum(event.what is Happening.QUIET for event in step.events) == len(Party)
        if quiet and not over(step.after):
            bank = "still" if step.move is Move.SILENT else "quiet"
            self._add("note", self.words.say(bank, self.content[bank]))
        if over(step.after):
            self._ending(step.after)

    def situation(self, state: State) -> tuple[Choice, ...]:
        """Write what is the matter in a turn, and return what is offered."""
        self.words.turn = state.turn
        turn, topic = TURNS[state.turn], self.content["topics"][TURNS[state.turn].topic]
        today = self._start + dt.timedelta(days=7 * (turn.week - 1) + turn.weekday)
        ahead = (topic["due"] - today.weekday() - 1) % 7 + 1
        self._minute = self.words.dice("time").randint(0, 60) + 60 * topic["from_hour"]
        self.words.slots |= {
            "due": day_name(today + dt.timedelta(days=ahead)),
            "dueday": weekday_name(today + dt.timedelta(days=ahead)),
            "fri": _("Friday"),
            "item": self.words.slots[topic["item"]],
        }
        self.words.slots["reason"] = self.words.dice("reason").choice(self.cast["reasons"])
        if not state.turn or TURNS[state.turn - 1].week != turn.week:
            self.lines.append(Line("part", _("Week {week}").format(week=turn.week)))
        self.lines.append(Line("day", day_name(today)))
        willing = all(person.willing for person in self.play.luck.people)
        moving = not state.turn or (state.momentum >= _MOVING and willing)
        self._settle_promise(moving)
        scenes = topic["moving" if moving else "stalled"]
        scene = scenes[self.words.dice("scene").randrange(len(scenes))]
        for line in scene:
            self._add(line["who"], self.words.fill(line["text"]))
        self._said = weekday_name(today)
        return self._choices(state, topic)

    def _choices(self, state: State, topic: dict[str, Any]) -> tuple[Choice, ...]:
        offered = []
        for move in offers(state):
            bank = topic["messages"].get(move.value, self.content["drop"])
            text = self.words.say(f"offer {move}", bank)
            offered.append(Choice(move, text, "action" if move is Move.SILENT else "message"))
        self.words.dice("order").shuffle(offered)
        return tuple(offered)

    def _settle_promise(self, moving: bool) -> None:
        """Say whether what was promised last turn is there."""
        if promise := self._promise:
            bank = self.content["kept"][promise["side"]] if moving else self.content["broken"]
            text = self.words.say("promise", bank, promise)
            self._add(promise["side"] if moving else "note", text)
        self._promise = {}

    def _event(self, event: Event, step: Step) -> None:
        side = _SIDES.get(event.who, "") if event.who is not None else ""
        if event.what is Happening.SAYS and event.mood is not None:
            self._add(side, self._answer(side, event.mood, step))
        elif event.what is Happening.AGREED:
            self._add("note", self.words.say("agreed", self.content["agreed"]))
        elif event.what is Happening.VOLUNTEERS:
            self._add(side, self.words.say("volunteers", self.content["volunteers"]))

    def _answer(self, side: str, mood: Mood, step: Step) -> str:
        owner = self.content["topics"][TURNS[step.before.turn].topic]["owner"]
        bank = self.content["replies"][step.move][mood]
        if step.move in (Move.CHASE, Move.COP):
            bank = bank["owner" if side == owner else "other"]
        elif step.move is Move.DRIFT and not step.before.turn:
            bank = self.content["hello"][side]
        else:
            bank = bank[side]
        other = self.cast["vendor" if side == "customer" else "customer"]["call"]
        helper = self.words.slots["tech" if side == "customer" else "eng"]
        answer = self.words.say(f"answer {side}", bank, {"other": other, "helper": helper})
        promises = self.content["promises"].get(mood)
        if step.move not in _ASKING or side != owner or promises is None:
            return answer
        self._promise = {
            "side": side,
            "who": self.cast[side]["call"],
            "item": self.words.slots["item"],
            "dueday": self.words.slots["dueday"],
            "said": self._said,
        }
        promise = self.words.say("promise made", promises[side])
        both = self.words.dice("both").random() < 0.4
        return f"{answer} {promise}" if both else promise

    def _ending(self, state: State) -> None:
        endings, dice = self.content["endings"], self.words.dice("ending")
        later = {
            Outcome.DROPPED: _("The same evening"),
            Outcome.OPEN: _("The end of week 6"),
        }
        self.lines.append(Line("day", later.get(state.outcome, _("Some days later"))))
        scenes = endings[state.outcome.name.lower()]
        if state.outcome is Outcome.PAID:
            kind = self.play.luck.people[Party.VENDOR].kind
            if kind == Kind.CONDITIONAL and state.seen[Party.VENDOR] < self.content["fee"]:
                kind = Kind.ALWAYS  # pays as grudgingly
            scenes = scenes[kind.name.lower()]
            if TURNS[state.turn - 1].week <= 3:
                self._add("note", self.words.say("early", self.content["early"]))
        elif state.outcome is Outcome.BYPASSED and state.by is not None:
            scenes = scenes[_SIDES[state.by]]
        for line in scenes[dice.randrange(len(scenes))]:
            self._add(line["who"], self.words.fill(line["text"]))

    def _add(self, who: str, text: str) -> None:
        if who in ("note", "action"):
            self.lines.append(Line(who, text))
            return
        self._minute = min(
            self._minute + self.words.dice(f"pause {len(self.lines)}").randint(2, 50), 1430
        )
        self.lines.append(Line(who, text, f"{self._minute // 60:02}:{self._minute % 60:02}"))
