"""What is shown of a customer once a play is over: the hidden side, and what could have been."""

from collections.abc import Sequence
from math import exp
from typing import Any

import numpy as np

from course.models.momentum import EDITED, LATE, MATERIALS, WAITING, Move, Outcome, Params, Policy
from course.models.momentum.by_hand import Course
from course.models.momentum.law import simulate_each
from course.text import _
from course.widgets.momentum.cast import Customer

__all__ = ["behind", "ending"]


def ending(outcome: Outcome, week: int, params: Params, *, rpm: float) -> str:
    """Return how a deal stands, in a few words; ``rpm`` is that of its last week."""
    if outcome == Outcome.SIGNED:
        return _("signed in week {week}").format(week=week)
    if outcome == Outcome.LOST:
        return _("money gone in week {week}").format(week=week)
    if week < params.weeks:
        return _("given up in week {week}").format(week=week)
    if rpm < params.stall_line:
        return _("stalled, nothing signed")
    return _("running, not signed yet")


def behind(
    who: Customer, params: Params, course: Course, earlier: Sequence[Course]
) -> dict[str, Any]:
    """Return what to show when the play is over, as plain data.

    Args:
        who: the customer.
        params: the world.
        course: the play that is over.
        earlier: other plays of the same customer, the oldest first.
    """
    return {
        "won": course.outcome == Outcome.SIGNED,
        "title": _title(course, params),
        "text": _text(course),
        "hidden": _hidden(who, params, course),
        "plays": [
            [
                _("Play {number}").format(number=number),
                _mine(each, params),
                _hours(each.hours),
            ]
            for number, each in enumerate([*earlier, course], start=1)
        ],
        "others": _others(who, params, course.satisfaction[0]),
    }


def _hours(hours: float) -> str:
    return _("{hours:g} h").format(hours=round(hours, 1))


def _mine(course: Course, params: Params) -> str:
    rpm = course.rpm[-1] if course.rpm else course.ahead[0]
    return ending(course.outcome, course.week, params, rpm=rpm)


def _title(course: Course, params: Params) -> str:
    if course.outcome == Outcome.SIGNED:
        return _("Signed, {week} weeks after the presentation").format(week=course.week)
    if course.outcome == Outcome.LOST:
        return _("The money went elsewhere")
    if course.week < params.weeks:
        return _("You let it go in week {week}").format(week=course.week)
    return _("Half a year, and no signature")


def _text(course: Course) -> str:
    words = {
        "hours": f"{course.hours:.1f}",
        "theirs": f"{course.customer_hours:.1f}",
        "rounds": sum(course.edited),
        "fuel": f"{course.investment[-1]:.0%}",
    }
    if course.hours == 0:
        return _("You spent no hour on it; the customer worked {theirs} hours.").format(**words)
    return _(
        "You spent {hours} hours, the customer {theirs} on the steps taken. They changed your "
        "drafts in {rounds} weeks; what they had put in by the end: {fuel}."
    ).format(**words)


def _share(drive: float) -> float:
    return 1 / (1 + exp(-drive))


def _hidden(who: Customer, params: Params, course: Course) -> list[str]:
    own, usual = _share(params.base + course.own_drive), _share(params.base)
    drive = (
        _("more than most")
        if own > usual * 1.1
        else _("less than most")
        if own < usual / 1.1
        else _("about as most")
    )
    return [
        _("Money for it this year: yes.") if course.lands else _("Money for it this year: none."),
        _(
            "{name}'s own drive: {drive}. Once delight is gone, {name} takes a step that costs "
            "no work with a chance of {own:.0%} a week; the average customer with {usual:.0%}."
        ).format(name=who.name, drive=drive, own=own, usual=usual),
    ]


def _others(who: Customer, params: Params, satisfaction: float) -> list[list[str]]:
    """Return what had come of the same customer and luck under other policies."""
    probed = Policy(moves=EDITED.moves | {Move.PROBE})
    ways = (
        (_("You celebrate and wait"), WAITING, satisfaction),
        (_("… after a presentation that got 10 of 10"), WAITING, 10.0),
        (_("You draft every step"), MATERIALS, satisfaction),
        (_("You draft, and they edit"), EDITED, satisfaction),
        (_("… and you ask first whether it can land"), probed, satisfaction),
        (_("You draft, they edit, from week {week}").format(week=LATE.start), LATE, satisfaction),
    )
    rows = []
    for name, policy, points in ways:
        result = simulate_each(
            params,
            [policy],
            rng=np.random.default_rng(who.seed),
            satisfaction=np.array([points]),
        )
        week = int(result.week[0])
        end = ending(
            Outcome(int(result.outcome[0])), week, params, rpm=float(result.rpm[week - 1, 0])
        )
        rows.append([name, end, _hours(float(result.hours[0]))])
    return rows
