"""The clean tables of the case, built from opportunities, fate and logs."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from course.cases.dice import Dice
from course.cases.frames import as_dates
from course.cases.momentum.fate import WEEKS, Fate
from course.cases.momentum.log import STAGES, Log
from course.cases.momentum.papers import attitudes, budget_windows
from course.cases.momentum.plot import Course
from course.cases.momentum.world import Opportunity
from course.models.momentum import Outcome

__all__ = [
    "courses",
    "documents_table",
    "events_table",
    "opportunities_table",
    "stakeholders_table",
    "weeks_table",
    "windows_table",
]

_EPOCH = date(1970, 1, 1).toordinal()
_STATUS = {Outcome.SIGNED: "signed", Outcome.LOST: "lost", Outcome.OPEN: "no decision"}
_VISIT_HOURS = 6.0  # of the first presentation, with its travel

# What an entry is in the customer's walk to a signature, by the situation it came from.
_MOVES = {
    "advance": ("promise", "done", "heard", "edit", "ask.edits", "letter.sign", "pilot.start"),
    "stall": ("wait.vague", "slip", "lost", "closed", "probe.no"),
}


def courses(opportunities: Sequence[Opportunity], fate: Fate) -> list[Course]:
    """Return each opportunity's fate up to its end."""
    result = fate.result
    columns = (
        result.step, fate.on, fate.moved, fate.agreed, fate.heard,
        result.edited, fate.announced, fate.empty,
    )  # fmt: skip
    by_deal = [column.T.tolist() for column in columns]
    found = []
    for i in range(len(opportunities)):
        weeks = int(result.week[i])
        found.append(
            Course(
                Outcome(int(result.outcome[i])),
                weeks,
                bool(result.lands[i]),
                int(result.letter[i]),
                int(result.pilot[i]),
                *(column[i][:weeks] for column in by_deal),
            )
        )
    return found


def opportunities_table(
    opportunities: Sequence[Opportunity], fate: Fate, logs: Sequence[Log]
) -> pd.DataFrame:
    """One row per opportunity, with points for satisfaction and what nobody sees."""
    result = fate.result
    status = [_STATUS[Outcome(code)] for code in result.outcome.tolist()]
    frame = pd.DataFrame(
        {
            "opportunity_id": [each.key for each in opportunities],
            "customer": [each.customer.name for each in opportunities],
            "customer_zh": [each.customer.zh for each in opportunities],
            "place": [each.customer.place for each in opportunities],
            "line": [each.line.key for each in opportunities],
            "product": [each.line.product for each in opportunities],
            "site": [each.site for each in opportunities],
            "seller": [each.seller.name for each in opportunities],
            "contact": [each.people["contact"].name for each in opportunities],
            "cohort": [each.cohort for each in opportunities],
            "presented_on": as_dates([each.start for each in opportunities]),
            "amount": [each.amount for each in opportunities],
            "satisfaction": fate.points,
            "stage": [STAGES[log.stage] for log in logs],
            "status": status,
            "ended_on": as_dates([log.ended for log in logs]),
            "seller_hours": (result.hours + _VISIT_HOURS).round(1),
            "way": [each.style for each in opportunities],
            "moves": [" ".join(sorted(each.policy.moves)) for each in opportunities],
            "throttle_from": [each.policy.start for each in opportunities],
            "lands": result.lands,
            "own_drive": result.own_drive.round(3),
        }
    )
    waits = ~frame["way"].isin(["materials", "page", "late"])
    frame["throttle_from"] = frame["throttle_from"].astype("Int64").mask(waits)
    return frame


def events_table(logs: Sequence[Log]) -> pd.DataFrame:
    """Every entry, with the situation it came from and what it was: advance, stall or neither."""
    entries = [entry for log in logs for entry in log.entries]
    columns = list(zip(*entries, strict=True))
    deal, day, minute, channel, side, author, text, owner, assignee, due, done = columns[:11]
    seconds = (np.array(day, dtype=np.int64) - _EPOCH) * 86_400 + np.array(minute) * 60
    moves = {
        situation: next(
            (move for move, starts in _MOVES.items() if situation.startswith(starts)), ""
        )
        for situation in set(columns[12])
    }
    return pd.DataFrame(
        {
            "event_id": [f"E{number:05d}" for number in range(1, len(entries) + 1)],
            "opportunity_id": deal,
            "at": seconds.astype("datetime64[s]"),
            "channel": channel,
            "side": side,
            "author": author,
            "text": text,
            "owner": [name or None for name in owner],
            "assignee": [name or None for name in assignee],
            "due": as_dates(due),
            "done": as_dates(done),
            "stage": columns[11],
            "situation": columns[12],
            "move": [moves[situation] for situation in columns[12]],
        }
    )


def documents_table(logs: Sequence[Log]) -> pd.DataFrame:
    """Every saved version of every paper, under a name that says whose and what it is."""
    versions = [version for log in logs for version in log.versions]
    deal, kind, number, day, side, editor, words = zip(*versions, strict=True)
    customer = {log.opportunity.key: log.opportunity.customer.name for log in logs}
    return pd.DataFrame(
        {
            "version_id": [f"V{place:05d}" for place in range(1, len(versions) + 1)],
            "opportunity_id": deal,
            "kind": kind,
            "name": [file_name(customer[d], d, k) for d, k in zip(deal, kind, strict=True)],
            "version": number,
            "editor": editor,
            "side": side,
            "saved_on": as_dates(day),
            "words_changed": words,
        }
    )


def file_name(customer: str, deal: str, kind: str) -> str:
    """Return the name that a paper of an opportunity should have."""
    return f"{deal}_{customer}_{kind}.docx".replace(" ", "-")


def stakeholders_table(logs: Sequence[Log], fate: Fate, dice: Dice) -> pd.DataFrame:
    """Everybody with a say, what they think, and since when the seller knows them."""
    rows = []
    signed = (fate.result.outcome == Outcome.SIGNED).tolist()
    for log, points, won in zip(logs, fate.points.tolist(), signed, strict=True):
        minds = attitudes(log, points, signed=won, dice=dice)
        for role, person in log.opportunity.people.items():
            rows.append(
                (
                    log.opportunity.key,
                    person.name,
                    role,
                    person.job,
                    minds[role],
                    log.met.get(role, 0),
                )
            )
    deal, names, roles, jobs, attitude, met = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            "stakeholder_id": [f"S{number:04d}" for number in range(1, len(rows) + 1)],
            "opportunity_id": deal,
            "name": names,
            "role": roles,
            "job": jobs,
            "attitude": attitude,
            "met_on": as_dates(met),
        }
    )


def windows_table(
    opportunities: Sequence[Opportunity], logs: Sequence[Log], dice: Dice
) -> pd.DataFrame:
    """The customers' budget windows; every approval lies in one."""
    windows = budget_windows(opportunities, [log.funded for log in logs], dice)
    customer, kind, year, opens, closes, ceiling = zip(*windows, strict=True)
    return pd.DataFrame(
        {
            "window_id": [f"W{number:03d}" for number in range(1, len(windows) + 1)],
            "customer": customer,
            "kind": kind,
            "fiscal_year": year,
            "opens_on": as_dates(opens),
            "closes_on": as_dates(closes),
            "ceiling": ceiling,
        }
    )


def weeks_table(opportunities: Sequence[Opportunity], fate: Fate) -> pd.DataFrame:
    """The engine of every opportunity, one row per week until its end; week 1 is the first."""
    result = fate.result
    live = np.arange(WEEKS)[:, None] < result.week
    deal, week = np.nonzero(live.T)
    keys = np.array([each.key for each in opportunities])
    return pd.DataFrame(
        {
            "opportunity_id": keys[deal],
            "week": week + 1,
            "step": result.step[week, deal],
            "satisfaction": result.satisfaction[week, deal].round(2),
            "investment": result.investment[week, deal].round(3),
            "rpm": result.rpm[week, deal].round(0),
            "edited": result.edited[week, deal],
        }
    )
