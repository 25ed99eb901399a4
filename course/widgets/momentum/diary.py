"""What happened to one customer, week by week, in words: pure functions of a play.

Written from what the seller could see. Neither the customer's own drive nor the luck of coming
weeks is looked at; whether there is money, only after somebody has asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from course.models.momentum import Move, Outcome, Params, Step
from course.models.momentum.by_hand import Course
from course.text import _
from course.widgets.momentum.cast import Customer

__all__ = ["Line", "diary"]

Moves = frozenset[Move]


@dataclass(frozen=True)
class Line:
    """A sentence of the diary.

    Attributes:
        week: when.
        kind: "you", "step", "fuel", "stall", "run", "quiet", "told" or "end".
        text: what happened.
    """

    week: int
    kind: str
    text: str


_ORDER = (Move.PROBE, Move.DRAFT, Move.EDITS, Move.PAPER, Move.LETTER, Move.PILOT, Move.SHOW)


def diary(who: Customer, params: Params, made: Sequence[Moves], course: Course) -> tuple[Line, ...]:
    """Return the lines in the order in which things happened.

    Args:
        who: the customer.
        params: the world.
        made: the moves of each week, the week at hand last.
        course: the play that came of them.
    """
    names = {
        "name": who.name,
        "boss": who.boss,
        "meeting": who.meeting,
        "pitch": who.pitch,
        "other": who.other,
    }
    start = _(
        "You presented {pitch}. {name} is pleased, {boss} is pleased: {points:.0f} of 10."
    ).format(**names, points=course.satisfaction[0])
    lines = [Line(0, "run", start)]
    at_hand = course.outcome == Outcome.OPEN and course.week < params.weeks
    rpm = [*course.rpm, *course.ahead[: int(at_hand)]]
    still = quiet = 0  # weeks in a row in which nothing happened; how many were told of
    for week in range(len(rpm)):
        lines += _engine(week, rpm, made[week], params, course, names)
        if week == course.week:
            break
        happened = _week(week, course, names)
        still = 0 if happened or made[week] else still + 1
        if still % 2 == 1:  # every second one is enough to read of
            happened = [Line(week + 1, "quiet", _quiet(week, quiet, rpm, params, course, names))]
            quiet += 1
        lines += happened
    return (*lines, *_end(params, course, names))


def _moves(week: int, made: Moves, course: Course, names: dict[str, str]) -> list[Line]:
    step = course.step[min(week, len(course.step) - 1)]
    lines = [Line(week, "you", _you(move, step, names)) for move in _ORDER if move in made]
    if Move.PROBE in made:
        answer = (
            _(
                "{name}: “This year? If {boss} has it in writing before the list closes, it can. "
                "The first question will be who else uses it, the second what work it makes us.” "
                "Now you know what your drafts must answer."
            )
            if course.lands
            else _(
                "{name}: “Honestly? Not this year. The list closed in spring and there is no line "
                "it would fit in.” No throttle starts this one. Come back when the next list opens."
            )
        )
        lines.append(Line(week, "told", answer.format(**names)))
    return lines


def _you(move: Move, step: Step, names: dict[str, str]) -> str:
    drafts = {
        Step.PLEASED: _("You write {name} a page to pass on: what, why now, what it asks of whom."),
        Step.CONTACT: _("You write what {boss} needs to say yes, in {name}'s own format."),
        Step.BOSS: _("You write the entry for {meeting}: decision, two options, cost."),
        Step.MEETING: _("You fill in the budget request: the sum, the year, what it saves them."),
        Step.BUDGET: _("You draft the contract and mark the clauses legal will ask about."),
        Step.LEGAL: _("You prepare the contract ready to sign, dates and all."),
        Step.SIGNED: "",
    }
    said = {
        Move.PROBE: _("You ask {name} whether it can land this year, and what that takes."),
        Move.DRAFT: drafts[step],
        Move.EDITS: _("You send the draft: “What is wrong with it? Change whatever you like.”"),
        Move.PAPER: _("You write the paper for {meeting} and the sheet for the budget."),
        Move.LETTER: _("You offer a letter of intent, one page, binding nobody."),
        Move.PILOT: _(
            "You offer to try it on something small meanwhile: a purchase of its own, no slice of "
            "the large one."
        ),
        Move.SHOW: _("You present {pitch} once more. Applause, a little shorter than last time."),
    }
    return said[move].format(**names)


def _engine(
    week: int,
    rpm: Sequence[float],
    made: Moves,
    params: Params,
    course: Course,
    names: dict[str, str],
) -> list[Line]:
    """Tell what the seller does in a week, and when the engine passes the stall line."""
    line = params.stall_line
    before = week > 0 and rpm[week - 1] < line
    idle, now = course.idle[week] < line, rpm[week] < line
    lines = _moves(week, made, course, names)
    if idle and not before:
        text = _(
            "The engine stalls: {rpm:,.0f} rpm, the line is at {line:.0f}. {name} still likes it "
            "and has other things to do. While it stands, the money may go elsewhere."
        )
        lines.insert(0, Line(week, "stall", text.format(**names, rpm=course.idle[week], line=line)))
    if (idle or before) and not now:
        text = _("The engine catches again: {rpm:,.0f} rpm.")
        lines.append(Line(week, "run", text.format(rpm=rpm[week])))
    return lines


def _week(week: int, course: Course, names: dict[str, str]) -> list[Line]:
    lines = []
    if course.edited[week]:
        edits = (
            _("{name} sends your draft back with six changes. Two of them are good."),
            _("{name} has rewritten the first paragraph. It is now their paragraph."),
            _("A voice message from {name}: “Page two, put our own figures in.” They come along."),
            _("{name} crosses out your heading and writes a better one."),
            _("{boss} has written in the margin, in pencil: “since when?” Somebody reads it."),
            _("{name} adds a name to the list of those to ask, one you had never heard."),
            _("A photo from {name}: page three on a desk, full of arrows."),
            _("{name} asks for the file itself, “easier if I type it in”."),
        )
        lines.append(Line(week + 1, "fuel", edits[sum(course.edited[:week]) % len(edits)]))
    if course.letter == week:
        lines.append(Line(week + 1, "fuel", _("The letter of intent comes back, signed.")))
    if course.pilot == week:
        lines.append(Line(week + 1, "fuel", _("The pilot begins: six weeks, two of their people.")))
    if course.step[week + 1] > course.step[week]:
        lines.append(Line(week + 1, "step", _step(course.step[week + 1])))
    return [Line(line.week, line.kind, _sentence(line.text.format(**names))) for line in lines]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]  # what a step begins with may be a name in lower case


def _step(step: Step) -> str:
    return {
        Step.PLEASED: "",
        Step.CONTACT: _("{name} takes it up: it has a file and a date in the diary."),
        Step.BOSS: _("{boss} stands behind it and says so to others."),
        Step.MEETING: _("{meeting} has passed it, after forty minutes on something else."),
        Step.BUDGET: _("The money is set aside. It has a line with a number."),
        Step.LEGAL: _("Legal and procurement are through; two clauses were changed."),
        Step.SIGNED: _("Signed and stamped."),
    }[step]


def _quiet(
    week: int,
    told: int,
    rpm: Sequence[float],
    params: Params,
    course: Course,
    names: dict[str, str],
) -> str:
    lines: tuple[str, ...]
    if rpm[week] >= params.stall_line:
        lines = (
            _("No step this week. The engine runs; it takes its time."),
            _("{name} was away two days. No step this week."),
            _("“Next week,” says {name}, and names the day. No step yet."),
            _("{name} has shown it to a colleague. No step this week."),
        )
    elif course.step[week] < Step.MEETING:
        lines = (
            _("Nothing moves this week. Satisfaction is down to {points:.1f} of 10."),
            _("{name}: “We are studying it. Perhaps a project can be set up.” Nothing moves."),
            _("{name} has an inspection in the house. Your slides lie under its minutes."),
            _("{name} answers with a thumbs-up. Nothing moves."),
            _("“{boss} asked about you the other day,” says {name}. That was all."),
            _("You see {name} at a fair. Warm words, no date."),
        )
    else:
        lines = (
            _("{name}: “It is with another office.” Nobody can say on whose desk."),
            _("A form went back because a field was empty. Nothing moves."),
            _("Nothing moves this week. Satisfaction is down to {points:.1f} of 10."),
            _("{name} will ask again “when the quarter is closed”. Nothing moves."),
            _("The one who would have to stamp it is on leave. Nothing moves."),
        )
    text = lines[told % len(lines)].format(**names, points=course.satisfaction[week + 1])
    return _sentence(text)


def _end(params: Params, course: Course, names: dict[str, str]) -> list[Line]:
    if course.outcome == Outcome.LOST:
        text = _("The money has gone into {other}. Everybody is still pleased with you.")
        return [Line(course.week, "end", text.format(**names))]
    if course.outcome == Outcome.OPEN and course.week == params.weeks:
        text = _("Half a year is over. Nobody has said no; nobody has signed.")
        return [Line(course.week, "end", text)]
    return []
