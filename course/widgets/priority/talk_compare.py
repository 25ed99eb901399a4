"""Plays of one expert side by side, and whole manners on the same expert and luck."""

from collections.abc import Sequence

from course.models.priority.talk import draw, next_place, offers, over, play, start, step
from course.models.priority.talk_state import Fate, Play
from course.models.priority.talk_terms import TURNS, Move
from course.text import _
from course.widgets.priority.talk_why import manner
from course.widgets.roleplay.drama import Comparison, Run

__all__ = ["MANNERS", "compare", "fates", "follow", "parts"]

MANNERS: tuple[tuple[Move, ...], ...] = tuple(
    tuple(Move(name) for name in names.split())
    for names in (
        "shout escalate cc urgent silent",
        "bare urgent forward silent",
        "gift meal bare forward silent",
        "explain credit minutes decide look fix trade",
    )
)
"""Whole plays to compare with: in every turn the first of these moves that is offered.

Anger all the way; bare asks; gifts and meals; explain, record and credit.
"""


def follow(preference: Sequence[Move], seed: int, first: Move | None = None) -> Play:
    """Play to the end with the first preferred move in every turn; ``first`` begins."""
    luck, moves = draw(seed), list[Move]()
    state = start(luck)
    while not over(state):
        now = offers(state)
        move = next((each for each in preference if each in now), now[0])
        moves.append(first if first and not moves else move)
        state, _events = step(state, moves[-1], luck)
    return play(moves, seed)


def compare(plays: Sequence[Play]) -> Comparison:
    """Return plays of one case side by side, the newest first, and whole manners beside them."""
    seed = plays[0].seed
    names = (_("anger all the way"), _("bare asks"), _("gifts and meals"))
    record = _("explain, record, give credit")
    others = [
        (name, _ending(follow(preference, seed)))
        for name, preference in zip((*names, record), MANNERS, strict=True)
    ]
    once = follow(MANNERS[-1], seed, Move.SHOUT)
    others.append((_("angry once on arrival, then explain, record, give credit"), _ending(once)))
    return Comparison(
        plays=tuple(
            Run(_short(each), tuple(manner(one.move) for one in each.steps)) for each in plays
        ),
        parts=parts(),
        others_title=_("The same eight weeks, had somebody kept to one manner all the way:"),
        others=tuple(others),
    )


def parts() -> tuple[str, ...]:
    """Return a name for each turn."""
    return tuple(_("Week {week}").format(week=turn.week) for turn in TURNS)


def _fate(fate: Fate) -> str:
    return {
        Fate.OPEN: _("open"),
        Fate.ON_TIME: _("in time"),
        Fate.LATE: _("late"),
        Fate.HALF: _("done in part"),
        Fate.LEFT: _("left lying"),
        Fate.REFUSED: _("refused"),
    }[fate]


def fates(three: Sequence[Fate]) -> str:
    """Say what became of the three requests."""
    said = _("paper {paper}, visit {visit}, bid {bid}")
    return said.format(paper=_fate(three[0]), visit=_fate(three[1]), bid=_fate(three[2]))


def _short(played: Play) -> str:
    """Say a play's end in a table's cell."""
    return _("{n} of 3 in time; next: place {place}").format(
        n=sum(fate is Fate.ON_TIME for fate in played.state.fates),
        place=next_place(played.state, played.luck),
    )


def _ending(played: Play) -> str:
    said = _(
        "{fates}; {well} hours well spent, {wasted} lost; the next request at place {place} of 13"
    )
    return said.format(
        fates=fates(played.state.fates),
        well=round(played.state.well),
        wasted=round(played.state.wasted),
        place=next_place(played.state, played.luck),
    )
