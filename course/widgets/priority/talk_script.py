"""From a play to what is written and said in eight weeks: a pure function of content and play.

What is said follows the state: how the request stands on the desk, how the expert feels, what has
just arrived. Which of the fitting sentences is taken follows the seed. No sentence comes twice in a
play while there is another, and the lines of the first turns do not depend on later moves.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from course.models.priority.talk import offers, over, value
from course.models.priority.talk_desk import ahead
from course.models.priority.talk_state import Event, Fate, Happening, Mood, Play, State, Step
from course.models.priority.talk_terms import ANGRY, RULES, TURNS, Move, Turn
from course.text import _
from course.widgets.priority.talk_content import JOB_NAMES, cast_of, slots_of
from course.widgets.priority.talk_told import EYE, told
from course.widgets.roleplay.content import Content
from course.widgets.roleplay.dates import day_name, weekday_name
from course.widgets.roleplay.drama import Choice, Line, Script
from course.widgets.roleplay.words import Words

__all__ = ["write"]

_NEAR = 2  # so many requests before one's own still look near
_DUE = (dt.timedelta(days=11), dt.timedelta(days=30), dt.timedelta(days=46))  # from the start
_DONE = (Fate.ON_TIME, Fate.LATE)
_SHORT = ("pap", "vis", "bd")  # slots of the three requests, called by their short names
_ABOUT_WORK = (
    Move.BARE,
    Move.EXPLAIN,
    Move.FORWARD,
    Move.PHONE,
    Move.URGENT,
    Move.CHANGE,
    Move.TRADE,
)  # where the expert may add a word of the trade
_ACTIONS = (Move.SILENT, Move.GIFT, Move.CLAIM)


def write(content: Content, play: Play, cast: str) -> Script:
    """Return the lines of a play among the people of ``cast``."""
    writer = _Writer(content, play, cast)
    for step in play.steps:
        writer.turn(step)
    if over(play.state):
        writer.ending(play.state)
        return Script(tuple(writer.lines), chosen=tuple(writer.chosen))
    offered = writer.situation(play.state)
    prompt = writer.words.say("prompt", content["prompts"])
    return Script(tuple(writer.lines), offered, prompt, tuple(writer.chosen))


class _Writer:
    def __init__(self, content: Content, play: Play, cast: str) -> None:
        self.content, self.luck = content, play.luck
        self.cast, self.words = cast_of(content, cast), Words(play.seed, slots_of(content, cast))
        self.lines: list[Line] = []
        self.chosen: list[str] = []
        self._late: list[str] = []  # notes that belong under the next date
        self._minute = 0
        self._week = 0
        self._start = dt.date.fromisoformat(content["start"])

    # --- a turn ---

    def turn(self, step: Step) -> None:
        """Write the situation, the choice and what came of it until the next one."""
        turn = TURNS[step.before.turn]
        offered = {choice.move: choice for choice in self.situation(step.before)}
        choice = offered[step.move]
        self.chosen.append(choice.text)
        if choice.kind == "action":
            self.lines.append(Line("action", choice.text))
        else:
            self._add("me", choice.text, _when(step.move))
        for event in step.events:
            self._event(event, step)
        forgotten = any(event.what is Happening.FORGOT for event in step.events)
        if forgotten:
            self._late.append(self.words.say("forgot", self.content["forgot"]))
        self._settled(step, turn)

    def situation(self, state: State) -> tuple[Choice, ...]:
        """Write where things stand before a turn; return what is offered."""
        turn = TURNS[state.turn]
        self.words.turn = state.turn
        job = self.cast["jobs"][turn.job]
        due = self._start + _DUE[turn.job]
        self.words.slots |= {key: job[key] for key in job if key != "reasons"} | {
            "item": self.words.slots[_SHORT[turn.job]],
            "due": f"{weekday_name(due)} {day_name(due).split(' ', 1)[1]}",
            "reason": self.words.dice("reason").choice(job["reasons"]),
        }
        self._header(turn.half, turn.half % 2 * 3)
        scenes = self.content["topics"][turn.topic]["scenes"]
        scene = scenes[self._look(state, turn, scenes)]
        self._scene(scene)
        return self._choices(state, turn)

    def _look(self, state: State, turn: Turn, scenes: dict[str, Any]) -> str:
        """Say which of a topic's scenes fits."""
        work = state.work
        if "any" in scenes:
            return "any"
        if turn.topic == "report":
            return {Fate.ON_TIME: "came", Fate.HALF: "half"}.get(work.fate, "none")
        if work.fate in _DONE:
            return "done"
        if work.refused and "refused" in scenes:
            return "refused"
        if "lying" in scenes:
            return "begun" if work.done >= RULES.half else "lying"
        before = ahead(state, turn.half, self.luck, RULES)
        return "near" if len(before) <= _NEAR and not work.refused else "far"

    def _choices(self, state: State, turn: Turn) -> tuple[Choice, ...]:
        offered, now = list[Choice](), offers(state)
        messages = self.content["topics"][turn.topic]["messages"]
        for move in now:
            bank = move.value
            if move is Move.POINTS and turn.topic == "bid":
                bank = f"points_{self.luck.expert.kpi}" if state.asked else "points_guess"
            elif move is Move.SILENT and now == turn.unmet:
                bank = "silent_unmet"
            text = self.words.say(f"offer {move}", messages[bank])
            offered.append(Choice(move, text, "action" if move in _ACTIONS else "message"))
        self.words.dice("order").shuffle(offered)
        return tuple(offered)

    # --- what comes of it ---

    def _event(self, event: Event, step: Step) -> None:
        say, content = self.words.say, self.content
        eye = "high" if self.luck.expert.eye >= EYE else "low"
        match event.what:
            case Happening.SAYS if event.mood is not None:
                self._add("expert", self._answer(event.mood, step))
            case Happening.DESK if event.mood is not None:
                self._add(
                    "expert", told(content, self.cast, self.luck, self.words, step, event.mood)
                )
            case Happening.QUIET:
                self.lines.append(Line("note", say("quiet", content["quiet"])))
            case Happening.REFUSES:
                self._add("expert", say("refuses", content["refuses"]))
            case Happening.RETURNS:
                self._add("expert", say("returns", content["returns"]))
            case Happening.FOUND:
                self._add("expert", say("found", content["found"]))
            case Happening.SHIELDS:
                name = "shields_escalate" if step.move is Move.ESCALATE else "shields"
                self._add("leader", say("leader", content["leader"][name]), _("in private"))
            case Happening.DECIDED:
                self._minute = 15 * 60  # the round is at two
                bank = "decided_shield" if step.before.shields else f"decided_{eye}"
                self._add("leader", say("leader", content["leader"][bank]))
            case Happening.PRAISED:
                bank = content["leader"][f"praised_{eye}"]
                self._add("leader", say("leader", bank), _("to the team"))
            case _:
                pass  # what is forgotten or done is written under its own date

    def _answer(self, mood: Mood, step: Step) -> str:
        move, expert = step.move, self.luck.expert
        if move in ANGRY:
            known = step.before.angers >= 2 or (step.before.angers and mood is Mood.COLD)
            how = "cold" if known else expert.temper.value
            if TURNS[step.before.turn].topic == "report":
                how = "past"
            bank = self.content["angry"][move][how]
        elif move is Move.POINTS and step.after.points < 1:
            bank = self.content["points_wrong"]
        else:
            bank = self.content["replies"][move][mood]
        answer = self.words.say("answer", bank)
        if move not in _ABOUT_WORK or self.words.dice("voice").random() > 0.4:
            return answer
        return f"{answer} {self.words.say('voice tail', self.cast['voice'][mood])}"

    def _settled(self, step: Step, turn: Turn) -> None:
        """Write what arrived, or did not, in the half-weeks after a turn."""
        before, after = len(step.before.fates), len(step.after.fates)
        if after == before:
            return
        fate, name = step.after.fates[-1], JOB_NAMES[turn.job]
        if fate in _DONE:
            half = max(spot.half for spot in step.after.spots if spot.place)
            self._header(half, 2 + half % 2 * 2)
            stiff = step.after.work.stiff
            bank = self.content["letter"] if stiff else self.content["done"][name]
            text = self.words.say("done", bank)
            self._add("expert", text)
        if name != "visit" and fate is not Fate.ON_TIME:
            self._late.append(
                self.words.say("settled", self.content["settled"][name][fate.name.lower()])
            )

    def ending(self, state: State) -> None:
        """Write how the eight weeks end."""
        self._header(15, 4)
        served = value(state)
        name = "good" if served >= 0.8 else "mixed" if served >= 0.4 else "bad"
        if state.fates[-1] in (Fate.LEFT, Fate.REFUSED):  # nothing was handed in
            name = "bad"
        if name == "good" and state.credit < 0:
            name = "good_cold"
        self._scene(self.content["endings"][name])

    # --- lines ---

    def _header(self, half: int, weekday: int) -> None:
        """Begin a day; ``weekday`` counts from Monday."""
        week = half // 2
        if week + 1 != self._week:
            self._week = week + 1
            self.lines.append(Line("part", _("Week {week}").format(week=self._week)))
        day = self._start + dt.timedelta(days=7 * week + weekday)
        self.lines.append(Line("day", day_name(day)))
        self._minute = 9 * 60
        self.lines += [Line("note", text) for text in self._late]
        self._late = []

    def _scene(self, scenes: Sequence[Sequence[dict[str, str]]]) -> None:
        scene = scenes[self.words.dice("scene").randrange(len(scenes))]
        for line in scene:
            text = self.words.fill(line["text"])
            if line["who"] == "note":
                self.lines.append(Line("note", text))
            else:
                self._add(line["who"], text)

    def _add(self, who: str, text: str, when: str = "") -> None:
        pause = self.words.dice(f"pause {len(self.lines)}").randint(3, 50)
        self._minute = min(self._minute + pause, 1300)
        clock = f"{self._minute // 60:02}:{self._minute % 60:02}"
        self.lines.append(Line(who, text, f"{clock}, {when}" if when else clock))


def _when(move: Move) -> str:
    """Say by which way a message goes, where that matters."""
    if move is Move.PHONE:
        return _("by phone")
    if move is Move.CREDIT:
        return _("to the team and its leader")
    if move in (Move.EXPLAIN, Move.FORWARD, Move.CC, Move.ESCALATE, Move.MINUTES, Move.DECIDE):
        return _("by mail")
    return ""
