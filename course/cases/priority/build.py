"""Putting the case together: tickets, fate, messages, clean tables, dirt."""

from functools import lru_cache

import pandas as pd

from course.cases.case import Case
from course.cases.decks import Decks
from course.cases.dice import Dice
from course.cases.priority import dirt, tables
from course.cases.priority.dictionary import COLUMNS, dictionary
from course.cases.priority.fate import run
from course.cases.priority.script import scenes
from course.cases.priority.story import STORY
from course.cases.priority.thread import tell
from course.cases.seeds import checked, stream

__all__ = ["generate", "load"]


def generate(seed: int) -> Case:
    """Return the variant of a seed (from 0); the same seed gives the same case everywhere.

    ``tables``: ``tickets`` (900 rows, of which 52 reopened), ``requesters`` (12), ``experts`` (3),
    ``comms`` (about 4,300), ``work_log`` (about 1,400), ``recognition`` (about 220). ``truth``:
    these without dirt; ``tickets`` (848) with the label by cost, what was ``ticked``, ``hours`` of
    work, ``first_done``, ``reopened_on`` and how it ``looked`` to the expert at first (points);
    ``comms`` with every call and the ``situation`` a message came from; ``habits``, how each of the
    twelve asks and from when.

    Raises:
        ValueError: the seed is not a whole number from 0.
    """
    tickets, courses = run(stream(checked(seed), 1))
    dice = Dice(stream(seed, 2), block=8192)
    threads = tell(tickets, courses, dice, Decks(scenes(), dice))
    again = tables.reopenings(courses, Dice(stream(seed, 3)))
    for number, day, done, _hours in again:
        threads[number - 1].reopen(day, done)
    truth = {
        "tickets": tables.tickets_table(tickets, courses, again),
        "requesters": tables.requesters_table(),
        "experts": tables.experts_table(),
        "comms": tables.comms_table(threads),
        "work_log": tables.work_table(tickets, courses, again),
        "recognition": tables.recognition_table(threads),
        "habits": tables.habits_table(),
    }
    return Case(_archive(truth, seed), dictionary(), STORY, truth)


def _archive(truth: dict[str, pd.DataFrame], seed: int) -> dict[str, pd.DataFrame]:
    """What was copied out: the truth as far as it was seen, with every kind of dirt."""
    requesters = truth["requesters"]
    tickets, work = dirt.reopened_as_new(truth["tickets"], truth["work_log"])
    tickets = dirt.closed_at_the_weekend(tickets, stream(seed, 4))
    tickets = dirt.local_times(dirt.urgent_as_ticked(tickets), requesters)
    found = {
        "tickets": tickets,
        "requesters": requesters,
        "experts": truth["experts"],
        "comms": dirt.calls_not_written_down(truth["comms"], stream(seed, 5)),
        "work_log": work,
        "recognition": truth["recognition"],
    }
    order = {name: [own[1] for own in COLUMNS if own[0] == name] for name in found}
    return {name: frame[order[name]].copy() for name, frame in found.items()}


@lru_cache(maxsize=2)
def _kept(seed: int) -> Case:
    return generate(seed)


def load(seed: int) -> Case:
    """Return :func:`generate` of the seed, at once if it was asked for lately; frames are yours."""
    return _kept(seed).copy()
