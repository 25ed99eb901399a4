"""One turn of eight weeks with an expert in hindsight: what the choice changed, and why."""

from typing import Any

from course.models.priority.talk_state import Happening, Play, Step
from course.models.priority.talk_terms import ANGRY, JOBS, RULES, TURNS, Move
from course.text import _
from course.widgets.priority.talk_told import EYE
from course.widgets.roleplay.drama import Row
from course.widgets.roleplay.words import Words

__all__ = ["manner", "row"]

_BY_EYE = (Move.DECIDE, Move.CREDIT, Move.MINUTES)


def manner(move: Move) -> str:
    """Return what a move is called at the debrief."""
    return {
        Move.BARE: _("a bare ask"),
        Move.EXPLAIN: _("explaining why"),
        Move.FORWARD: _("forwarding"),
        Move.PHONE: _("by phone, no record"),
        Move.SHOUT: _("anger"),
        Move.DECIDE: _("the leader decides"),
        Move.CC: _("cc as a threat"),
        Move.POINTS: _("sharing points"),
        Move.LOOK: _("asking what is on the desk"),
        Move.SILENT: _("nothing"),
        Move.URGENT: _("“urgent”, no reason"),
        Move.MEAL: _("a meal"),
        Move.GIFT: _("a present"),
        Move.CHANGE: _("changing the order"),
        Move.FIX: _("one agreed change"),
        Move.CREDIT: _("public, specific thanks"),
        Move.THANKS: _("“thanks all”"),
        Move.CLAIM: _("claiming their work"),
        Move.MINUTES: _("minutes"),
        Move.TRADE: _("taking work off them"),
        Move.ESCALATE: _("complaining upstairs"),
    }[move]


def row(said: Any, played: Play, step: Step, chosen: str, words: Words) -> Row:
    """Return a turn's row.

    Args:
        said: the content's sentences for the reveal.
        played: the play.
        step: the turn.
        chosen: the text of the choice made.
        words: the choice of words, in this turn.
    """
    week = TURNS[step.before.turn].week
    return Row(
        head=_("Week {week} · {manner}").format(week=week, manner=manner(step.move)),
        chosen=chosen,
        why=" ".join([_why(said, played, step, words), *_notes(said, played, step, words)]),
        numbers=_numbers(step),
    )


def _why(said: Any, played: Play, step: Step, words: Words) -> str:
    temper = words.fill(said["temper"][played.luck.expert.temper])
    if step.move in (Move.SHOUT, Move.ESCALATE):
        when = ("first", "again", "more")[min(2, step.before.angers)]
        return words.say("why", said["angry"][step.move][when], {"temper": temper})
    return words.say("why", said["why"][step.move])


def _notes(said: Any, played: Play, step: Step, words: Words) -> list[str]:
    notes, expert, move = said["notes"], played.luck.expert, step.move
    happened = {event.what for event in step.events}
    found: list[str] = []
    extra = {"kpi": said["cards"]["kpi_short"][expert.kpi]}
    if move in _BY_EYE:
        found.append("eye_high" if expert.eye >= EYE else "eye_low")
    if move is Move.POINTS:
        right = step.after.points >= 1
        found.append("points_right" if right else "points_wrong")
    if move is Move.GIFT:
        found.append("returns" if Happening.RETURNS in happened else "kept")
    if move is Move.CLAIM:
        found.append("found" if Happening.FOUND in happened else "unfound")
    if Happening.REFUSES in happened:
        found.append("refuses")
    elif step.before.work.refused and not step.after.work.refused and move not in ANGRY:
        found.append("lifted")
    if TURNS[step.before.turn].topic == "change" and move is Move.SILENT:
        found.append("missed")
    forgotten = sum(event.what is Happening.FORGOT for event in step.events)
    if forgotten:
        found.append("forgot")
        extra["n"] = str(forgotten)
    if move is Move.CHANGE and step.before.work.done > 0:
        found.append("reworked")
        lost = step.before.work.done * JOBS[step.before.work.job].hours * RULES.redo
        extra["n"] = f"{lost:.0f}"
    return [words.fill(notes[name], extra) for name in found]


def _numbers(step: Step) -> str:
    """Say in numbers what the turn did, up to the next choice."""
    before, after = step.before, step.after
    spot, last = after.spots[TURNS[before.turn].half], after.spots[-1]
    parts = []
    if after.work.refused:
        parts.append(_("refused, and so not on the desk"))
    elif spot.place:
        place = _("place {place} of {all}").format(place=spot.place, all=spot.waiting + 1)
        if last.place and last.place != spot.place:
            place = _("{place}, later {later}").format(place=place, later=last.place)
        parts.append(place)
        parts.append(_("done {share:.0f} %").format(share=100 * after.work.done))
    for text, was, now in (
        (_("credibility {a:.0f} → {b:.0f} %"), 100 * before.trust, 100 * after.trust),
        (_("goodwill {a:.0f} → {b:.0f} %"), 50 * before.credit + 50, 50 * after.credit + 50),
        (_("seen by the leader {a:.0f} → {b:.0f} %"), 100 * before.seen, 100 * after.seen),
    ):
        if round(was) != round(now):
            parts.append(text.format(a=was, b=now))
    text = "; ".join(parts) or _("nothing moved")
    return text[0].upper() + text[1:] + "."
