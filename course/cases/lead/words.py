"""What a speaker says for a placeholder such as ``{item}`` or ``{on_due}``, at this moment."""

import re
from collections.abc import Callable, Mapping

from course.cases.days import WEEKDAYS
from course.cases.lead.days import ahead, season
from course.cases.lead.state import State

__all__ = ["Words", "with_capitals"]

_BARE = ("today", "yesterday")
_SEASON = {
    "winter": ("stocktaking season", "the holidays"),
    "spring": ("audit season", "the half-year"),
    "summer": ("peak season", "the summer"),
}
_FIRST = re.compile(r"(?!v\d)[a-z]")
# A sentence after a stop, not after an ellipsis. The stop comes first in the pattern, so that the
# search leaps from stop to stop instead of trying every letter.
_LATER = re.compile(r"[.!?](?<=[^.].) (?!v\d)[a-z]")


class Words(dict[str, str]):
    """The words of one speaker by placeholder: what is fixed is held, what changes is looked up."""

    def __init__(self, fixed: Mapping[str, str], state: State) -> None:
        """Take what never changes in the group, and the state that gives the rest."""
        super().__init__(fixed)
        self._state = state

    def __missing__(self, name: str) -> str:
        """Return the word for what holds now; ``on_…`` puts an "on" before a weekday or date."""
        if name.startswith("on_"):
            word = self[name[3:]]
            return f"on {word}" if word.split()[0].endswith("day") and word not in _BARE else word
        return _NOW[name](self._state, self)


def with_capitals(text: str) -> str:
    """Give sentences their capital letters back; a version such as ``v2`` stays small."""
    text = _LATER.sub(lambda match: match[0].upper(), text)
    return text[0].upper() + text[1:] if _FIRST.match(text) else text


def _file(state: State, words: Words) -> str:
    if state.step is None:
        return ""
    firms = {firm: words[firm].replace(" ", "") for firm in "CV"}
    return state.step.file.replace("{C}", firms["C"]).replace("{V}", firms["V"])


def _time_of_day(hour: int) -> str:
    return "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"


_NOW: dict[str, Callable[[State, Words], str]] = {
    "item": lambda state, _: state.noun(state.place),
    "next": lambda state, _: state.noun(min(state.place + 1, len(state.steps) - 1)),
    "done": lambda state, _: state.done,
    "file": _file,
    "stamp": lambda state, _: f"{state.today:%m%d}",
    "o": lambda state, words: words["c" if state.owner == "C" else "v"],
    "a": lambda state, words: words["v" if state.owner == "C" else "c"],
    "ofirm": lambda state, words: words[state.owner],
    "due": lambda state, _: state.say(state.due),
    "was": lambda state, _: state.say(state.was or state.due),
    "said": lambda state, _: state.say(state.said),
    "lastday": lambda state, _: state.say(state.last_asked),
    "late_word": lambda state, _: " at last" if state.late else "",
    "week": lambda state, _: str((state.today - state.first_monday).days // 7 + 1),
    "hour": lambda state, _: f"{state.hour}:{'00' if state.hour % 2 else '30'}",
    "tod": lambda state, _: _time_of_day(state.now.hour),
    "tod_cap": lambda state, _: _time_of_day(state.now.hour).capitalize(),
    "tod_next": lambda state, _: "tonight" if state.now.hour < 17 else "tomorrow",
    "today": lambda state, _: WEEKDAYS[state.today.weekday()],
    "someday": lambda state, _: state.say(ahead(state.today, 1 + state.today.toordinal() % 3)),
    "season_job": lambda state, _: _SEASON[season(state.today)][0],
    "season_end": lambda state, _: _SEASON[season(state.today)][1],
}
