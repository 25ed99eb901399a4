"""The debrief of eight weeks with one expert: who that was, where the requests stood, what if."""

from collections.abc import Sequence

from course.models.priority.talk import next_place, value
from course.models.priority.talk_state import Fate, Play
from course.models.priority.talk_terms import ANGRY, TURNS, Move
from course.text import _
from course.widgets.priority.talk_compare import fates, parts
from course.widgets.priority.talk_content import cast_of, slots_of
from course.widgets.priority.talk_told import EYE
from course.widgets.priority.talk_why import row
from course.widgets.roleplay.content import Content
from course.widgets.roleplay.drama import (
    Card,
    Chart,
    Reference,
    Reveal,
    Series,
)
from course.widgets.roleplay.words import Words

__all__ = ["reveal"]

_LONG = 0.9625  # share of goodwill kept per half-week from which a memory is called long


def reveal(content: Content, played: Play, cast: str, chosen: Sequence[str]) -> Reveal:
    """Return the debrief of a finished play.

    Args:
        content: the role-play's sentences.
        played: the play.
        cast: who took part.
        chosen: the text of each choice made.
    """
    words, state = Words(played.seed, slots_of(content, cast)), played.state
    served = value(state)
    rows = []
    for number, (one, said) in enumerate(zip(played.steps, chosen, strict=True)):
        words.turn = number
        rows.append(row(content["reveal"], played, one, said, words))
    return Reveal(
        verdict="good" if served >= 0.8 else "open" if served >= 0.4 else "bad",
        title=_title(state.fates),
        text=f"{_text(played)} {content['reveal']['because'][_because(played)]}".format(
            k=sum(one.move in ANGRY for one in played.steps)
        ),
        cards=_cards(content, played, cast, words),
        charts=_charts(played),
        rows=tuple(rows),
    )


def _title(became: Sequence[Fate]) -> str:
    served = sum(fate is Fate.ON_TIME for fate in became)
    return (
        _("None of three requests in time"),
        _("One of three requests in time"),
        _("Two of three requests in time"),
        _("All three requests in time"),
    )[served]


def _text(played: Play) -> str:
    state = played.state
    became, given, well = fates(state.fates), round(state.well + state.wasted), round(state.well)
    return _(
        "{fates}. The expert gave you {given} hours: {well} went into what was needed, {wasted} "
        "were lost. You put in {mine} yourself."
    ).format(
        fates=became[0].upper() + became[1:],
        given=given,
        well=well,
        wasted=given - well,
        mine=round(state.mine),
    )


def _because(played: Play) -> str:
    moves = [one.move for one in played.steps]
    angry = sum(move in ANGRY for move in moves)
    if angry > 1:
        return "anger"
    if angry:
        return "once"
    shown = {Move.DECIDE, Move.CREDIT, Move.MINUTES} & set(moves)
    return "record" if Move.EXPLAIN in moves and len(shown) > 1 else "plain"


def _cards(content: Content, played: Play, cast: str, words: Words) -> tuple[Card, ...]:
    said, people, luck = content["reveal"]["cards"], cast_of(content, cast), played.luck
    expert, state = luck.expert, played.state
    eye = "high" if expert.eye >= EYE else "low"
    place = next_place(state, luck)

    def fill(text: str, **extra: str) -> str:
        return words.fill(text, extra)

    return (
        Card(
            "expert",
            people["expert"]["call"],
            people["expert"]["role"],
            said["again" if place <= 6 else "not"],
            place <= 6,
            (
                fill(said["kpi"][expert.kpi]),
                fill(said["temper"][expert.temper]),
                fill(said["memory"]["long" if expert.memory >= _LONG else "short"]),
                fill(said["patience"]["high" if expert.patience >= 0.5 else "low"]),
                fill(said["strict"]["yes" if expert.strict else "no"]),
            ),
        ),
        Card(
            "leader",
            people["leader"]["call"],
            people["leader"]["role"],
            said["eye_mark"][eye],
            eye == "high",
            (
                fill(said["eye"][eye], percent=f"{100 * expert.eye:.0f} %"),
                fill(said["shields"][str(state.shields)]),
            ),
        ),
        Card(
            "desk",
            _("The desk"),
            _("a dozen others"),
            _("place {place} of 13 for your next request").format(place=place),
            place <= 6,
            (
                fill(
                    said["desk"],
                    n=str(len(luck.others)),
                    hours=f"{sum(other.hours for other in luck.others):.0f}",
                    percent=f"{100 * luck.load:.0f} %",
                ),
                fill(said["loud"]),
            ),
        ),
    )


def _charts(played: Play) -> tuple[Chart, ...]:
    """Return the queue, and what was thought, over the turns."""
    states = [played.steps[0].before, *(one.after for one in played.steps)]
    spots = played.state.spots
    # Before anything is asked, a request would go behind all who wait.
    places, waiting = [float(spots[0].waiting + 1)], [float(spots[0].waiting)]
    for one in played.steps:
        turn = TURNS[one.before.turn]
        spot = spots[turn.half]
        places.append(float(spot.place))
        waiting.append(float(spot.waiting))
    top = max(10, int(max(*places, *waiting)))
    percent = [(100 * each.trust, 50 * (each.credit + 1), 100 * each.seen) for each in states]
    trust, credit, seen = (tuple(values) for values in zip(*percent, strict=True))
    names = parts()
    return (
        Chart(
            _("Your place on the desk after each choice (1 next, 0 nothing there), and the others"),
            (
                Series(_("yours"), tuple(places), tone=0),
                Series(_("others"), tuple(waiting), tone=2),
            ),
            names,
            ticks=tuple(range(0, top + 1, 5)),
            top=top,
        ),
        Chart(
            _("Credibility, goodwill, and how much of it the leader sees"),
            (
                Series(_("credibility"), trust, tone=1),
                Series(_("goodwill"), credit, tone=2),
                Series(_("visibility"), seen, tone=3),
            ),
            names,
            ticks=(0, 50, 100),
            top=100,
            unit=" %",
            reference=Reference(_("goodwill that leans neither way"), 50),
        ),
    )
