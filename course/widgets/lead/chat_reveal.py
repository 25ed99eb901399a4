"""The debrief of the group chat: who they were, what each choice changed, what if."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Literal

from course.models.lead import Kind, Outcome, silence_posterior
from course.models.lead.chat import bypass_rate, offers, over, play
from course.models.lead.chat_terms import (
    EFFECTS,
    RULES,
    TURNS,
    Happening,
    Mood,
    Move,
    Party,
    Play,
    Step,
)
from course.text import _
from course.widgets.lead.chat_content import cast_of, slots_of
from course.widgets.roleplay.content import Content
from course.widgets.roleplay.drama import (
    Card,
    Chart,
    Comparison,
    Reference,
    Reveal,
    Row,
    Run,
    Series,
)

__all__ = ["MANNERS", "compare", "follow", "manner", "reveal"]

MANNERS: tuple[tuple[Move, ...], ...] = (
    (Move.LEAD, Move.COP, Move.CHASE, Move.CLAUSE),
    (Move.BEG, Move.DRIFT, Move.SILENT),
    (Move.SILENT, Move.DRIFT),
)
"""Whole plays to compare with: in every turn the first of these moves that is offered."""


def manner(move: Move) -> str:
    """Return what a move is called at the debrief."""
    return {
        Move.LEAD: _("leading"),
        Move.CHASE: _("chasing with a reason"),
        Move.COP: _("the bad cop"),
        Move.CLAUSE: _("the fee clause"),
        Move.ATTEND: _("attending"),
        Move.BEG: _("begging"),
        Move.DRIFT: _("drifting"),
        Move.BOSS: _("bossing"),
        Move.SILENT: _("silent"),
        Move.DROP: _("dropping"),
    }[move]


def follow(preference: Sequence[Move], seed: int) -> Play:
    """Play to the end, taking in every turn the first preferred move that is offered."""
    played = play((), seed)
    moves: list[Move] = []
    while not over(played.state):
        offered = offers(played.state)
        moves.append(next((move for move in preference if move in offered), offered[0]))
        played = play(moves, seed)
    return played


def reveal(content: Content, played: Play, cast: str, chosen: Sequence[str]) -> Reveal:
    """Return the debrief of a finished play.

    Args:
        content: the role-play.
        played: the play.
        cast: who took part.
        chosen: the text of each choice made.
    """
    words, slots = content["reveal"], slots_of(content, cast)
    people, state = cast_of(content, cast), played.state
    willing = all(person.willing for person in played.luck.people)
    outcome = state.outcome.name.lower()
    if state.outcome is Outcome.PAID:
        reason = "paid_led" if min(state.seen) >= content["fee"] else "paid_lucky"
    else:
        reason = f"{'both_willing' if willing else 'unwilling'}_{outcome}"
    because = words["because"].get(reason, "")
    by = people[("customer", "vendor")[state.by]]["call"] if state.by is not None else ""
    slots |= {"week": str(_last_week(played)), "hours": f"{state.hours:.0f}", "by": by}
    headline = words["headlines"][outcome]
    rows = zip(played.steps, chosen, strict=True)
    return Reveal(
        verdict=_VERDICTS[state.outcome],
        title=headline["title"].format_map(slots),
        text=headline["text"].format_map(slots | {"because": because}),
        cards=tuple(
            Card(
                who=side,
                name=people[side]["call"],
                about=f"{people[side]['role']}, {people[side]['firm']}",
                mark=_("wanted the deal") if person.willing else _("did not want it"),
                good=person.willing,
                texts=(
                    words["wants"]["yes" if person.willing else "no"],
                    words["kinds"][person.kind.name.lower()],
                ),
            )
            for side, person in zip(("customer", "vendor"), played.luck.people, strict=True)
        ),
        charts=(_chart(content, played, (slots["c"], slots["v"])),),
        rows=tuple(_row(content, played, step, slots, said) for step, said in rows),
    )


_VERDICTS: Mapping[Outcome, Literal["good", "open", "bad"]] = {
    Outcome.PAID: "good",
    Outcome.BYPASSED: "bad",
    Outcome.DEAD: "bad",
    Outcome.DROPPED: "open",
    Outcome.OPEN: "open",
}


def _chart(content: Content, played: Play, names: tuple[str, str]) -> Chart:
    seen = [step.before.seen for step in played.steps] + [played.state.seen]
    return Chart(
        title=_("What your part was worth in their eyes, % of the deal"),
        series=tuple(
            Series(name, tuple(pair[party] for pair in seen), tone=party + 1)
            for party, name in enumerate(names)
        ),
        parts=tuple(_week(TURNS[step.before.turn].week) for step in played.steps),
        ticks=(0, 5, 10, 15),
        top=16,
        unit=" %",
        reference=Reference(_("your fee"), content["fee"]),
    )


def compare(plays: Sequence[Play]) -> Comparison | None:
    """Return plays of one deal side by side, the newest first; None before there are two.

    With them go three whole manners on the same people and the same luck.
    """
    if len(plays) < 2:
        return None
    names = (_("leading by the rule"), _("begging"), _("silence"))
    others = [follow(preference, plays[0].seed) for preference in MANNERS]
    return Comparison(
        plays=tuple(
            Run(_ending(each), tuple(manner(step.move) for step in each.steps)) for each in plays
        ),
        parts=tuple(_week(turn.week) for turn in TURNS),
        others_title=_("And whoever had kept to one manner all the way:"),
        others=tuple((name, _ending(each)) for name, each in zip(names, others, strict=True)),
    )


def _week(week: int) -> str:
    return _("Week {week}").format(week=week)


def _last_week(played: Play) -> int:
    return TURNS[max(0, played.state.turn - 1)].week


def _ending(played: Play) -> str:
    said = {
        Outcome.PAID: _("paid in week {week}, {hours} hours"),
        Outcome.BYPASSED: _("bypassed in week {week}, {hours} hours"),
        Outcome.DEAD: _("dead in week {week}, {hours} hours"),
        Outcome.DROPPED: _("dropped in week {week}, {hours} hours"),
        Outcome.OPEN: _("open after week {week}, {hours} hours"),
    }[played.state.outcome]
    return said.format(week=_last_week(played), hours=round(played.state.hours))


def _row(content: Content, played: Play, step: Step, slots: dict[str, str], chosen: str) -> Row:
    words, names = content["reveal"]["moves"][step.move], (slots["c"], slots["v"])
    said = [each.who for each in step.events if each.what is Happening.SAYS]
    answered = _(" and ").join(names[who] for who in said if who is not None)
    reasons = [words["good"]]
    if reaction := words["answered" if said else "open"].format(answered=answered):
        reasons.append(reaction)
    reasons += _notes(content, played, step, slots)
    return Row(
        head=f"{_week(TURNS[step.before.turn].week)} · {manner(step.move)}",
        chosen=chosen,
        why=" ".join(reasons),
        numbers="" if step.move is Move.DROP else _change(played, step, names),
    )


def _change(played: Play, step: Step, names: tuple[str, str]) -> str:
    """Say in numbers what the turn did to what they see, to momentum, to the pull past you."""
    seen = [
        f"{name} {was:.0f} → {now:.0f} %"
        for name, was, now in zip(names, step.before.seen, step.after.seen, strict=True)
    ]
    parts = [_("Your part in their eyes: {seen}").format(seen=", ".join(seen))]
    parts.append(
        _("momentum {a:.0f} → {b:.0f} %").format(
            a=100 * step.before.momentum, b=100 * step.after.momentum
        )
    )
    before, after = bypass_rate(step.before, played.luck), bypass_rate(step.after, played.luck)
    if max(before, after) > 0:
        parts.append(
            _("pull past you {a:.1f} → {b:.1f} % a week").format(a=100 * before, b=100 * after)
        )
    return "; ".join(parts) + "."


def _notes(content: Content, played: Play, step: Step, slots: dict[str, str]) -> list[str]:
    notes, said = content["reveal"]["notes"], []
    vendor = played.luck.people[Party.VENDOR]
    for event in step.events:
        if event.what in (Happening.AGREED, Happening.VOLUNTEERS):
            said.append(notes[event.what].format_map(slots))
        elif event.mood is Mood.HAGGLES:
            seen = f"{step.before.seen[Party.VENDOR]:.0f} %"
            said.append(notes["haggles"].format_map(slots | {"seen": seen}))
        elif event.mood is Mood.STALLS:
            kind = "always" if vendor.kind == Kind.ALWAYS and vendor.willing else "unwilling"
            said.append(notes[f"stalls_{kind}"].format_map(slots))
    open_questions = max(step.after.unanswered)
    if EFFECTS[step.move].question and open_questions >= 2:
        world = RULES.world
        prior = sqrt(world.willing)
        chance = silence_posterior(
            open_questions,
            willing=prior,
            reply_willing=world.reply_willing,
            reply_unwilling=world.reply_unwilling,
        )
        evidence = {
            "who": (slots["c"], slots["v"])[step.after.unanswered.index(open_questions)],
            "k": str(open_questions),
            "percent": f"{100 * chance:.0f} %",
            "prior": f"{100 * (1 - prior):.0f} %",
        }
        said.append(notes["evidence"].format_map(slots | evidence))
    return said
