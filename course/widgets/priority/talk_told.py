"""What the expert tells when asked politely: the desk, and what counts for them."""

from collections.abc import Mapping, Sequence
from typing import Any

from course.models.priority.talk_desk import ahead, waiting
from course.models.priority.talk_state import Fate, Luck, Mood, Step
from course.models.priority.talk_terms import RULES, TURNS
from course.text import _
from course.widgets.roleplay.content import Content
from course.widgets.roleplay.words import Words

__all__ = ["EYE", "told"]

EYE = 0.55  # from here on the leader's eye is said to count much


def told(
    content: Content, cast: Mapping[str, Any], luck: Luck, words: Words, step: Step, mood: Mood
) -> str:
    """Return what lies before one's own request, and once what the expert is measured by.

    Args:
        content: the role-play's sentences.
        cast: who takes part.
        luck: the expert and the others' requests.
        words: the choice of words, in this turn.
        step: the turn in which it was asked.
        mood: how the expert feels.
    """
    state, turn, desk = step.before, TURNS[step.before.turn], content["desk"]
    work = state.work
    if work.fate is Fate.OPEN and work.job == turn.job and not work.refused:
        places = ahead(state, turn.half, luck, RULES)
        bank = "none"
    else:
        places = waiting(state, turn.half, luck)
        bank = "empty"
    by_who = dict[str, str]()  # of each requester the first thing, or the list gets long
    for place in places:
        who, what = _named(cast, luck, place)
        by_who.setdefault(who, what)
    first = [_("{who} with {what}").format(who=who, what=what) for who, what in by_who.items()]
    first = first[:3]
    more = len(places) - len(first)
    if first:
        some = {0: "some", 1: "one"}.get(more, "many")
        bank = some if bank == "none" else "idle"
    extra = {"list": _listed(first), "n": str(more)}
    said = [
        words.say("desk begin", desk["begin"][mood]),
        words.say("desk list", desk[bank], extra),
    ]
    if not state.asked:
        said.append(words.say("desk kpi", desk["kpi"][luck.expert.kpi]))
        eye = "high" if luck.expert.eye >= EYE else "low"
        said.append(words.say("desk eye", desk["eye"][eye]))
    return " ".join(said)


def _named(cast: Mapping[str, Any], luck: Luck, place: int) -> tuple[str, str]:
    """Return who wants one of the others' requests, and what."""
    if place == len(luck.others) - 1:  # the late, loud one is drawn last
        return cast["rival"]["who"], cast["rival"]["job"]
    other = cast["others"][luck.others[place].who]
    return other["who"], other["jobs"][place % len(other["jobs"])]


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("{most} and {last}").format(most=", ".join(names[:-1]), last=names[-1])
