"""What moves are called, whole manners to compare with, and plays side by side."""

import datetime as dt
from collections.abc import Sequence

from course.models.momentum.meeting import follow
from course.models.momentum.meeting_state import Play
from course.models.momentum.meeting_terms import TURNS, Ending, Move
from course.text import _
from course.widgets.roleplay.content import Content
from course.widgets.roleplay.dates import day_name
from course.widgets.roleplay.drama import Comparison, Run

__all__ = ["MANNERS", "THROTTLE", "WAITING", "compare", "days", "last_day", "manner"]

THROTTLE = (
    Move.PART,
    Move.NEXT,
    Move.PAPER,
    Move.EDIT,
    Move.PATH,
    Move.MONEY,
    Move.BRIEF,
    Move.DRAFT,
    Move.PILOT,
)
"""In every turn the first of these that is offered: probe, draft, have it edited, name a date."""
WAITING = (Move.CELEBRATE, Move.WAIT, Move.NEWS)
MANNERS = (
    THROTTLE,
    WAITING,
    (Move.PITCH, Move.SHOW, Move.CELEBRATE, Move.NEWS, Move.WAIT),
    (Move.PUSH, Move.BIG_ASK, Move.NEWS, Move.WAIT, Move.CELEBRATE),
)
"""Whole plays to compare with."""


def manner(move: Move) -> str:
    """Return what a move is called at the debrief."""
    return {
        Move.MONEY: _("asking for the money"),
        Move.PATH: _("asking for the way inside"),
        Move.DRAFT: _("offering to write"),
        Move.BRIEF: _("the 1-2-3 brief"),
        Move.EDIT: _("asking for changes"),
        Move.PAPER: _("the meeting paper"),
        Move.LETTER: _("a letter of intent"),
        Move.PILOT: _("a small project"),
        Move.NEXT: _("step, name, date"),
        Move.CELEBRATE: _("celebrating"),
        Move.WAIT: _("waiting"),
        Move.NEWS: _("any news?"),
        Move.SHOW: _("presenting again"),
        Move.PITCH: _("a long pitch"),
        Move.BIG_ASK: _("one big ask"),
        Move.PUSH: _("pushing"),
        Move.GIFT: _("a gift"),
        Move.SPLIT: _("splitting the purchase"),
        Move.PART: _("letting go"),
    }[move]


def compare(content: Content, plays: Sequence[Play]) -> Comparison | None:
    """Return plays of one case side by side, the newest first; None before there are two."""
    if len(plays) < 2:
        return None
    names = (
        _("asking, writing for them, having it changed, naming dates"),
        _("celebrating and waiting"),
        _("presenting and arguing again"),
        _("pushing and asking for everything"),
    )
    others = [follow(preference, plays[0].seed) for preference in MANNERS]
    return Comparison(
        plays=tuple(Run(_short(each), tuple(manner(t.move) for t in each.taken)) for each in plays),
        parts=days(content),
        others_title=_("And whoever had kept to one manner all the way:"),
        others=tuple((name, _short(each)) for name, each in zip(names, others, strict=True)),
    )


def _short(play: Play) -> str:
    said = {
        Ending.FUNDED: _("money set aside on day {day}, {hours} hours of yours"),
        Ending.PLANNED: _("in next year's plan on day {day}, {hours} hours of yours"),
        Ending.MOVING: _("passed by a meeting, money not settled, {hours} hours of yours"),
        Ending.STALLED: _("still satisfied, nothing done, {hours} hours of yours"),
        Ending.PARTED: _("let go on day {day}, knowing why, {hours} hours of yours"),
        Ending.EMPTY: _("no money, and never knew, {hours} hours of yours"),
        Ending.CLOSED: _("broken off on day {day}"),
    }[play.state.ending]
    if play.state.ending is Ending.EMPTY and play.state.money_known:
        said = _("no money, and went on, {hours} hours of yours")
    return said.format(day=last_day(play), hours=f"{play.state.hours:.0f}")


def days(content: Content) -> tuple[str, ...]:
    """Return the date of each turn."""
    first = dt.date.fromisoformat(content["start"])
    return tuple(day_name(first + dt.timedelta(days=turn.day)) for turn in TURNS)


def last_day(play: Play) -> int:
    """Return the day, from 1, of the last decision."""
    return TURNS[play.taken[-1].before.turn].day + 1
