"""The debrief of the three weeks: who they were, what each choice changed."""

from collections.abc import Mapping, Sequence
from typing import Literal

from course.models.momentum.meeting_inside import effort
from course.models.momentum.meeting_state import Luck, Persona, Play, State, Taken
from course.models.momentum.meeting_terms import (
    EFFECTS,
    RULES,
    TURNS,
    Ending,
    Happening,
    Money,
    Move,
    Party,
    Reply,
)
from course.models.momentum.terms import Step
from course.text import _
from course.widgets.momentum.meeting.content import SIDES, cast_of, slots_of, week
from course.widgets.momentum.meeting.manners import days, last_day, manner
from course.widgets.roleplay.content import Content
from course.widgets.roleplay.drama import Card, Chart, Reference, Reveal, Row, Series

__all__ = ["reveal"]

_KEEN = 0.25  # logits of drive from which somebody moves unasked; below minus this, hardly at all
_CLOSED_UP = 0.8  # strain at the end that explains a stall
_VERDICTS: Mapping[Ending, Literal["good", "open", "bad"]] = {
    Ending.FUNDED: "good",
    Ending.PLANNED: "good",
    Ending.PARTED: "good",
    Ending.MOVING: "open",
    Ending.STALLED: "bad",
    Ending.EMPTY: "bad",
    Ending.CLOSED: "bad",
}


def reveal(content: Content, play: Play, cast: str, chosen: Sequence[str]) -> Reveal:
    """Return the debrief of a finished play.

    Args:
        content: the role-play.
        play: the play.
        cast: who took part.
        chosen: the text of each choice made.
    """
    words, slots, state = content["reveal"], _slots(content, play, cast), play.state
    because = words["because"].get(_reason(play), "").format_map(slots)
    headline = words["headlines"][state.ending]
    dates = days(content)
    rows = zip(play.taken, chosen, strict=True)
    return Reveal(
        verdict=_VERDICTS[state.ending],
        title=headline["title"].format_map(slots),
        text=headline["text"].format_map(slots | {"because": because}),
        cards=(*(_card(content, play, cast, who) for who in Party), _money(content, play, slots)),
        charts=_charts(play, (slots["c"], slots["b"])),
        rows=tuple(
            Row(
                head=f"{dates[taken.before.turn]} · {manner(taken.move)}",
                chosen=said,
                why=_why(content, play.luck, taken, slots),
                numbers=_numbers(taken, slots),
            )
            for taken, said in rows
        ),
    )


def _slots(content: Content, play: Play, cast: str) -> dict[str, str]:
    slots, luck, state = slots_of(content, cast), play.luck, play.state
    purse = {Money.THIS_YEAR: slots["adjust"], Money.NEXT_YEAR: slots["plan"]}.get(luck.money, "")
    spent = luck.people[Party.CONTACT].hours - state.left[Party.CONTACT]
    reached = content["reveal"]["reached"].get(str(int(state.at)), "")
    return slots | {
        "purse": purse,
        "days": str(last_day(play)),
        "hours": f"{state.hours:.0f}",
        "theirs": f"{spent:.0f}",
        "reached": reached,
    }


def _reason(play: Play) -> str:
    state, ending = play.state, play.state.ending
    if ending is Ending.MOVING:
        return "moving_known" if state.money_known else "moving_unknown"
    if ending is Ending.EMPTY:
        if state.money_known:
            return "empty_known"
        asked = any(taken.move is Move.MONEY for taken in play.taken)
        return "empty_asked" if asked else "empty_never"
    if ending is Ending.STALLED:
        lectured = any(taken.move in (Move.SHOW, Move.PITCH) for taken in play.taken)
        if lectured and _desk_full(state):
            return "stalled_tired"
        if state.strain >= _CLOSED_UP:
            return "stalled_strained"
        return "stalled_slow" if state.helped else "stalled_alone"
    return str(ending.value)


# --- who they were ---


def _level(person: Persona) -> str:
    if person.drive >= _KEEN:
        return "high"
    return "low" if person.drive <= -_KEEN else "mid"


def _card(content: Content, play: Play, cast: str, who: Party) -> Card:
    words, people, slots = content["reveal"], cast_of(content, cast), slots_of(content, cast)
    side, person = SIDES[who], play.luck.people[who]
    own = slots | people[side]
    hours = {
        "start": f"{person.hours:.1f}",
        "left": f"{play.state.left[who]:.1f}",
        "alone": f"{sum(RULES.world.efforts[: Step.BUDGET]):.0f}",
    }
    return Card(
        who=side,
        name=people[side]["call"],
        about=f"{people[side]['role']}, {people['firm']}",
        mark=words["marks"][_level(person)].format_map(own),
        good=_level(person) != "low",
        texts=(
            words["drives"][_level(person)].format_map(own),
            words["effort"][side].format_map(own | hours),
        ),
    )


def _money(content: Content, play: Play, slots: dict[str, str]) -> Card:
    words, money = content["reveal"]["money"], play.luck.money
    heard = next((taken for taken in play.taken if taken.after.money_known), None)
    when = words["unknown"]
    if heard is not None:
        when = words["known"].format(day=TURNS[heard.before.turn].day + 1)
    return Card(
        who="money",
        name=words["name"],
        about=words["about"],
        mark=words[money].format_map(slots),
        good=money is Money.THIS_YEAR,
        texts=(when,),
    )


def _charts(play: Play, names: tuple[str, str]) -> tuple[Chart, ...]:
    states = [taken.before for taken in play.taken] + [play.state]
    weeks = tuple(
        _("Week {week}").format(week=week(TURNS[taken.before.turn].day)) for taken in play.taken
    )

    def both(name: str, scale: float) -> tuple[Series, ...]:
        return tuple(
            Series(names[who], tuple(scale * getattr(each, name)[who] for each in states), who + 1)
            for who in Party
        )

    invested, pleased = both("invested", 100.0), both("satisfaction", 1.0)
    put_in = _("What they have put in themselves, %")
    return (
        Chart(put_in, invested, weeks, ticks=(0, 20, 40, 60), top=60.0, unit=" %"),
        Chart(
            _("How satisfied they still are, 0 to 10"),
            pleased,
            weeks,
            ticks=(0, 5, 10),
            top=10.0,
            reference=Reference(
                _("below, with nothing put in: “let us study it”"), 10 * RULES.warm
            ),
        ),
    )


# --- turn by turn ---


def _why(content: Content, luck: Luck, taken: Taken, slots: dict[str, str]) -> str:
    words = content["reveal"]
    own = slots | {"truth": words["truth"][luck.money].format_map(slots)}
    said = [words["moves"][taken.move]]
    for event in taken.events:
        if event.what is Happening.SAYS and event.who is not None and event.reply is not None:
            who = {"who": slots["c" if event.who is Party.CONTACT else "b"]}
            said.append(words["worth"][_worth(taken, event.reply)].format_map(own | who))
        elif event.what is Happening.STEP and event.step is not None:
            said.append(words["steps"][event.step.name.lower()])
        elif event.what in words["notes"]:
            said.append(words["notes"][event.what])
    said += _notes(content, luck, taken.before, taken, own)
    return " ".join(said)


def _worth(taken: Taken, reply: Reply) -> str:
    if reply is Reply.STALL and taken.move is Move.MONEY:
        return "stall_money"
    if reply is Reply.COLD and EFFECTS[taken.move].strain <= 0.5:
        return "tired"
    return str(reply.value)


def _notes(
    content: Content, luck: Luck, before: State, taken: Taken, slots: dict[str, str]
) -> list[str]:
    notes, after, said = content["reveal"]["notes"], taken.after, []
    if EFFECTS[taken.move].help and not (after.path_known or after.edited):
        said.append(notes["aim"])
    promised = taken.move is Move.EDIT and any(e.reply is Reply.ADVANCE for e in taken.events)
    if promised and not any(event.what is Happening.EDITED for event in taken.events):
        said.append(notes["unkept"])
    moved = any(event.what is Happening.STEP for event in taken.events)
    if after.at >= Step.BUDGET or before.turn < 2:
        return said
    payable = luck.money is Money.THIS_YEAR
    payable = payable or (luck.money is Money.NEXT_YEAR and after.money_known)
    if moved and after.at == Step.MEETING and not payable:
        said.append(notes["dry"].format_map(slots))
    elif _desk_full(after) and (moved or not _desk_full(before)):  # once is enough
        said.append(notes["empty_desk"].format_map(slots | {"effort": f"{effort(after):.1f}"}))
    return said


def _desk_full(state: State) -> bool:
    return effort(state) > state.left[Party.CONTACT]


def _numbers(taken: Taken, slots: dict[str, str]) -> str:
    if taken.move is Move.PART:
        return ""
    before, after, names = taken.before, taken.after, (slots["c"], slots["b"])
    put_in = ", ".join(
        f"{name} {100 * was:.0f} → {100 * now:.0f} %"
        for name, was, now in zip(names, before.invested, after.invested, strict=True)
    )
    pleased = ", ".join(
        f"{was:.1f} → {now:.1f}"
        for was, now in zip(before.satisfaction, after.satisfaction, strict=True)
    )
    said = _("Put in: {put_in}; satisfaction {pleased}").format(put_in=put_in, pleased=pleased)
    if after.at < Step.BUDGET:
        said += "; " + _("the next step leaves {c} {hours} hours of work").format(
            c=slots["c"], hours=f"{effort(after):.1f}"
        )
    return said + "."
