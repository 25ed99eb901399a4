"""The clean tables: what was asked, done, said, booked and thanked."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from course.cases.days import ahead, workday
from course.cases.dice import Dice
from course.cases.frames import as_dates, as_times
from course.cases.priority.customers import TRADES
from course.cases.priority.fate import Course
from course.cases.priority.people import EXPERTS, REQUESTERS
from course.cases.priority.thread import Thread
from course.cases.priority.world import HOURS, LAST, REOPENED, URGENT_FROM, Ticket

__all__ = [
    "Reopening",
    "comms_table",
    "experts_table",
    "habits_table",
    "recognition_table",
    "reopenings",
    "requesters_table",
    "tickets_table",
    "work_table",
]

Reopening = tuple[int, int, int, float]
"""The number of a ticket that came back, the day it did, the day it was put right, the hours."""

_TOLD = ("background", "reviewers", "dates", "why")


def ticket_id(number: int) -> str:
    """Return ``T001`` for 1."""
    return f"T{number:03d}"


def reopenings(courses: Sequence[Course], dice: Dice) -> list[Reopening]:
    """Draw which tickets come back after they were done, sorted by the day on which they do."""
    done = [place + 1 for place, each in enumerate(courses) if 0 < each.done < LAST - 30]
    found = []
    for number in dice.shuffled(done)[:REOPENED]:
        day = ahead(workday(courses[number - 1].done), dice.whole(2, 9))
        found.append((number, day, ahead(day, dice.whole(1, 6)), dice.whole(5, 30) / 10))
    return sorted(found, key=lambda each: (each[1], each[0]))


def tickets_table(
    tickets: Sequence[Ticket], courses: Sequence[Course], again: Sequence[Reopening]
) -> pd.DataFrame:
    """One row per ticket; the label says what is really urgent, times are those of Nanjing.

    Beside the columns of the dictionary: ``ticked``, what the requester ticked; ``first_done``,
    ``reopened_on``, ``hours`` of work and what the expert saw in it at first (``looked``, points).
    """
    back = {number: (day, done, hours) for number, day, done, hours in again}
    ended = [
        back[each.number][1] if each.number in back else course.done
        for each, course in zip(tickets, courses, strict=True)
    ]
    wanted = [each.wanted if each.told[2] else 0 for each in tickets]
    frame = pd.DataFrame(
        {
            "ticket_id": [ticket_id(each.number) for each in tickets],
            "opened_at": as_times(
                [each.day for each in tickets], [each.minute for each in tickets]
            ),
            "requester_id": [each.requester.key for each in tickets],
            "expert_id": [each.expert.key for each in tickets],
            "kind": [each.kind for each in tickets],
            "customer": [each.customer.name for each in tickets],
            "title": [f"{each.customer.short}: {each.kind}, {each.product}" for each in tickets],
            "channel": [each.channel for each in tickets],
            "label": ["urgent" if each.cost >= URGENT_FROM else "normal" for each in tickets],
            **{name: [each.told[place] for each in tickets] for place, name in enumerate(_TOLD)},
            "wanted_by": as_dates(wanted),
            "said_cost": pd.array([each.said_cost or None for each in tickets], dtype="Int64"),
            "said_hours": [each.said_hours or np.nan for each in tickets],
            "cost_per_day": [each.cost for each in tickets],
            "started_on": as_dates([each.started for each in courses]),
            "done_on": as_dates(ended),
            "ticked": ["urgent" if each.urgent_label else "normal" for each in tickets],
            "first_done": as_dates([each.done for each in courses]),
            "reopened_on": as_dates([back.get(each.number, (0,))[0] for each in tickets]),
            "hours": [
                round(each.hours + (back[each.number][2] if each.number in back else 0.0), 1)
                for each in tickets
            ],
            "looked": [round(each.looked, 2) for each in courses],
        }
    )
    return frame


def requesters_table() -> pd.DataFrame:
    """The twelve who ask."""
    return pd.DataFrame(
        {
            "requester_id": [each.key for each in REQUESTERS],
            "name": [each.name for each in REQUESTERS],
            "office": [each.office for each in REQUESTERS],
            "trade": [TRADES[each.trade].name for each in REQUESTERS],
            "joined_on": as_dates([each.joined.toordinal() for each in REQUESTERS]),
        }
    )


def experts_table() -> pd.DataFrame:
    """The three who are asked."""
    return pd.DataFrame(
        {
            "expert_id": [each.key for each in EXPERTS],
            "name": [each.name for each in EXPERTS],
            "role": [each.role for each in EXPERTS],
            "kpi": [each.kpi for each in EXPERTS],
            "leader": [each.leader for each in EXPERTS],
            "hours_per_day": HOURS,
        }
    )


def comms_table(threads: Sequence[Thread]) -> pd.DataFrame:
    """Every message, with the ``situation`` it came from; first requests at the ticket's minute."""
    messages = sorted(
        (message for thread in threads for message in thread.messages),
        key=lambda each: (each.day, each.minute, each.ticket),
    )
    number, day, minute, channel, sender, receiver, cc, tone, text, situation = zip(
        *messages, strict=True
    )
    # A first request is at the full minute, everything else is not: no other stands at its time.
    seconds = [0 if each == "request" else 1 + place % 59 for place, each in enumerate(situation)]
    frame = pd.DataFrame(
        {
            "ticket_id": [ticket_id(each) for each in number],
            "at": as_times(day, minute, seconds),
            "channel": channel,
            "sender": sender,
            "receiver": receiver,
            "cc": [name or None for name in cc],
            "tone": tone,
            "text": text,
            "situation": situation,
        }
    ).sort_values("at", kind="stable", ignore_index=True)
    frame.insert(0, "comm_id", [f"C{place:05d}" for place in range(1, len(frame) + 1)])
    return frame


def work_table(
    tickets: Sequence[Ticket], courses: Sequence[Course], again: Sequence[Reopening]
) -> pd.DataFrame:
    """Hours by ticket and day, those of a second time included (``second``)."""
    rows = [
        (day, each.number, each.expert.key, hours, False)
        for each, course in zip(tickets, courses, strict=True)
        for day, hours in course.work
    ]
    rows += [
        (done, number, tickets[number - 1].expert.key, hours, True)
        for number, _day, done, hours in again
    ]
    day, number, expert, hours, second = zip(*sorted(rows), strict=True)
    return pd.DataFrame(
        {
            "log_id": [f"W{place:05d}" for place in range(1, len(day) + 1)],
            "ticket_id": [ticket_id(each) for each in number],
            "expert_id": expert,
            "on": as_dates(day),
            "hours": np.maximum(np.round(hours, 1), 0.1),
            "second": second,
        }
    )


def recognition_table(threads: Sequence[Thread]) -> pd.DataFrame:
    """Every word of thanks, in order of time."""
    rows = sorted(
        (
            (praise.day, praise.ticket, thread.ticket, praise)
            for thread in threads
            for praise in thread.praise
        ),
        key=lambda each: each[:2],
    )
    return pd.DataFrame(
        {
            "recognition_id": [f"G{place:03d}" for place in range(1, len(rows) + 1)],
            "ticket_id": [ticket_id(number) for _day, number, _ticket, _praise in rows],
            "requester_id": [ticket.requester.key for _day, _number, ticket, _praise in rows],
            "expert_id": [ticket.expert.key for _day, _number, ticket, _praise in rows],
            "on": as_dates([day for day, *_rest in rows]),
            "kind": [praise.kind for *_rest, praise in rows],
            "text": [praise.text for *_rest, praise in rows],
        }
    )


def habits_table() -> pd.DataFrame:
    """How each of the twelve asks: ``voice``, and since when they shout or put on record."""
    return pd.DataFrame(
        {
            "requester_id": [each.key for each in REQUESTERS],
            "voice": [each.voice for each in REQUESTERS],
            "shouts_from": as_dates([_within(each.shouts_from) for each in REQUESTERS]),
            "records_from": as_dates([_within(each.records_from) for each in REQUESTERS]),
        }
    )


def _within(day: date) -> int:
    """Return a day as an ordinal, 0 if it is after the year."""
    return day.toordinal() if day.toordinal() <= LAST else 0
