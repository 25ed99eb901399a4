"""One year at the desk as the front end plays it: who asked for what, who was next, and why.

What can be seen is there from the first: names, tasks, loudness, background given or not, days
waited. What the expert makes of it, and what a request is worth, is only there once it is revealed.
"""

from typing import Any

import numpy as np

from course.models.priority import Habit, Params, Part
from course.models.priority.terms import by_round
from course.text import _, ngettext
from course.widgets.priority.cast import chip, people, tasks
from course.widgets.priority.run import Run, Year
from course.widgets.priority.settings import ROUNDS

__all__ = ["desk_year", "labels", "why"]

QUICK, LONG = 0.45, 1.1  # days of work that end the quick tasks and begin the long ones


def why(params: Params, year: Year, job: int) -> str:
    """Say why the expert took up a request when she did, in one sentence."""
    now = year.start[job]
    waiting = np.flatnonzero((year.arrival <= now) & (year.start > now))
    if not waiting.size:
        return _("Nothing else was waiting.")
    older = int((year.arrival[waiting] < year.arrival[job]).sum())
    if not older:
        return _("It had waited longest, and nothing newer stood out.")
    # What sets it off most from what it overtakes.
    passed = waiting[year.arrival[waiting] < year.arrival[job]]
    lead = year.perceived[job] - year.perceived[passed].mean(axis=0)
    if (chance := lead[Part.GLANCE]) < lead.clip(0).sum() - chance:
        lead[Part.GLANCE] = 0  # habits did more than chance
    reason = {
        Part.STATED: _("She knows what it is worth, and what it takes."),
        Part.LOUD: _("It was the loudest."),
        Part.FAVOUR: _("The dinners are not forgotten."),
        Part.SEEN: _("Her leader sees this one."),
        Part.THANKS: _("The last thanks are not forgotten."),
        Part.GLANCE: _("It happened to catch her eye."),
    }[Part(int(lead.argmax()))]
    overtakes = ngettext(
        "Overtakes {count} older request.", "Overtakes {count} older requests.", older
    )
    return f"{reason} {overtakes.format(count=older)}"


def desk_year(run: Run, *, revealed: bool) -> dict[str, Any]:
    """Return the year as the front end has it: people, jobs and how long it is."""
    params, year = run.settings.params(), run.year
    rows = by_round(run.settings.habits(), rounds=ROUNDS, requesters=params.requesters)
    value = year.cost / year.effort
    looks = np.maximum(year.perceived, 0)
    jobs = []
    kinds = tasks()
    for j in range(year.arrival.size):
        who = int(year.requester[j])
        sizes = kinds[int(np.searchsorted([QUICK, LONG], year.effort[j]))]
        jobs.append(
            {
                "who": who,
                # Neighbouring requests of one person differ.
                "task": sizes[(3 * who + j) % len(sizes)],
                "chip": _chip(rows, year, j, who),
                "came": round(float(year.arrival[j]), 2),
                "start": round(float(year.start[j]), 2),
                "end": round(float(year.start[j] + year.service[j]), 2),
                "score": round(float(year.score[j]), 3),
                "why": why(params, year, j),
                **(
                    {
                        "looks": [round(float(each), 2) for each in looks[j]],
                        "value": round(float(value[j]), 3),
                        "worth": f"{10 * year.cost[j]:.0f}k",
                        "work": _work(float(year.effort[j])),
                    }
                    if revealed
                    else {}
                ),
            }
        )
    return {
        "people": [list(each) for each in people()],
        "jobs": jobs,
        "rounds": ROUNDS,
        "days": params.round_days,
        "revealed": revealed,
    }


def _chip(rows: tuple[tuple[Habit, ...], ...], year: Year, job: int, who: int) -> list[str]:
    return list(chip(rows[max(0, int(year.round[job]))][who]))


def _work(days: float) -> str:
    return _("{days:.0f} d").format(days=days) if days >= 1.75 else f"{8 * days:.0f} h"


def labels() -> dict[str, str]:
    """Return the fixed words of the desk; places in braces are filled by the front end."""
    return {
        "desk": _("On her desk"),
        "queue": _("Waiting, in her order"),
        "free": _("Nothing on the desk."),
        "nobody": _("Nobody is waiting."),
        "more": _("… and {count} more"),
        "round": _("Round {round} of {rounds}, day {day}"),
        "waited": _("{days} d"),
        "play": _("Play"),
        "pause": _("Pause"),
        "next": _("Next request"),
        "back": _("Restart"),
        "when": _("Day of the year"),
        "said": _("{time}. {count} waiting. On the desk: {name}, {task}. {why}"),
        "idle": _("{time}. Nobody is waiting."),
        "value": _("#{rank} by value"),
        "worth": _("{worth} a day · {work} of work"),
        "parts": "|".join(
            (
                _("background"),
                _("loudness"),
                _("favours"),
                _("her leader sees it"),
                _("thanks given"),
                _("chance"),
            )
        ),
    }
