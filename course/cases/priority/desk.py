"""Summaries of the case: what was waited for how long, what was said, what lay on a desk."""

from typing import Any

import numpy as np
import pandas as pd

from course.cases.case import Case
from course.cases.frames import as_dates
from course.cases.priority import dirt
from course.cases.priority.world import DAYS

__all__ = [
    "BANDS",
    "claims",
    "clean",
    "label_and_cost",
    "queue_on",
    "wait_by_information",
    "wait_over_time",
    "waits",
]

BANDS = ("low", "middle", "high")
TOLD = ["background", "reviewers", "dates", "why"]
_INFORMATION = {0: "0 or 1 of 4", 1: "0 or 1 of 4", 2: "2 of 4", 3: "3 or 4 of 4", 4: "3 or 4 of 4"}


def clean(case: Case) -> dict[str, pd.DataFrame]:
    """Return the case's tables with every kind of dirt undone.

    ``tickets`` has one row per ticket, times of Nanjing, closings on working days, and a label that
    says what is urgent by cost; ``comms`` a row for every call that was not written down.
    """
    tables = case.tables
    requesters, experts = tables["requesters"], tables["experts"]
    tickets = dirt.nanjing_times(tables["tickets"], requesters)
    tickets = dirt.closed_on_workdays(tickets)
    tickets, work = dirt.joined_again(tickets, tables["work_log"])
    tickets = dirt.labels_by_cost(tickets)
    comms = dirt.calls_from_tickets(tables["comms"], tickets, requesters, experts)
    return {**tables, "tickets": tickets, "comms": comms, "work_log": work}


def _working_days(first: Any, last: Any) -> Any:
    """Working days from one day, or the next working day, to another."""
    days: Any = pd.to_datetime(as_dates(DAYS)).as_unit("s")
    return np.searchsorted(days, last) - np.searchsorted(days, first)


def waits(case: Case) -> pd.DataFrame:
    """Return a row per ticket that was done, from the cleaned tables, by ``ticket_id``.

    Columns: ``requester`` and ``expert``, names; ``kind``; ``opened_on``; ``quarter``, such as
    2025Q3; ``label`` as ticked; ``urgent``, by cost; ``complete``, 0 to 4 pieces of information;
    ``recorded``, the expert's leader in copy of the first request; ``loud``, missing where the call
    was not written down; ``cost_per_day``, CNY per working day; ``hours`` of work; ``wait``,
    working days from the request to the first hour of work; ``cost_band``, thirds by cost.
    """
    tables = clean(case)
    tickets: Any = tables["tickets"].dropna(subset="done_on").set_index("ticket_id")
    raw: Any = case.tables["tickets"].set_index("ticket_id")
    first: Any = tables["comms"].drop_duplicates("ticket_id").set_index("ticket_id")
    first = first.reindex(tickets.index)
    hours: Any = tables["work_log"].groupby("ticket_id")["hours"].sum()
    opened = tickets["opened_at"].dt.normalize()
    names = tables["requesters"].set_index("requester_id")["name"]
    experts = tables["experts"].set_index("expert_id")["name"]
    third = pd.qcut(tickets["cost_per_day"].rank(method="first"), 3, labels=list(BANDS))
    return pd.DataFrame(
        {
            "requester": tickets["requester_id"].map(names),
            "expert": tickets["expert_id"].map(experts),
            "kind": tickets["kind"],
            "opened_on": opened,
            "quarter": "2025Q" + opened.dt.quarter.astype("str"),
            "label": raw["label"].reindex(tickets.index),
            "urgent": tickets["label"] == "urgent",
            "complete": tickets[TOLD].sum(axis=1),
            "recorded": first["cc"].notna(),
            "loud": (first["tone"] == "loud").astype("boolean").mask(first["tone"].isna()),
            "cost_per_day": tickets["cost_per_day"],
            "hours": hours.reindex(tickets.index).round(1),
            "wait": _working_days(opened, tickets["started_on"]),
            "cost_band": third.astype("str"),
        }
    )


def label_and_cost(waits: pd.DataFrame) -> pd.DataFrame:
    """Return what the label tells, a row per label of :func:`waits`.

    Columns: ``tickets``; ``median_cost``, CNY per working day; ``really_urgent``, share 0-1;
    ``mean_wait``, working days.
    """
    groups: Any = waits.groupby("label")
    return pd.DataFrame(
        {
            "tickets": groups.size(),
            "median_cost": groups["cost_per_day"].median(),
            "really_urgent": groups["urgent"].mean(),
            "mean_wait": groups["wait"].mean(),
        }
    )


def wait_by_information(waits: pd.DataFrame) -> pd.DataFrame:
    """Return mean waits of :func:`waits`, working days: information given by band of cost.

    Rows: "0 or 1 of 4", "2 of 4", "3 or 4 of 4"; columns: low, middle, high cost of delay.
    """
    given: Any = waits["complete"].map(_INFORMATION)
    table: Any = waits.groupby([given, "cost_band"])["wait"].mean().unstack()
    bands: pd.DataFrame = table[list(BANDS)]
    return bands.rename_axis(index="information", columns="cost of delay")


def wait_over_time(waits: pd.DataFrame, *, periods: int = 6) -> pd.DataFrame:
    """Return everybody's mean wait against that of all, period by period; 1 is the average.

    The nine months are divided into ``periods`` of equal length, numbered from 1 by the day of the
    request. Rows: requesters; a cell is missing where nobody asked.
    """
    first, last = DAYS[0], DAYS[-1]
    day = waits["opened_on"].map(pd.Timestamp.toordinal)
    period = ((day - first).clip(0) * periods // (last - first + 1) + 1).rename("period")
    own: Any = waits.groupby(["requester", period])["wait"].mean().unstack()
    against: pd.DataFrame = own / waits.groupby(period)["wait"].mean()
    return against


def queue_on(case: Case, expert_id: str, day: pd.Timestamp | str) -> pd.DataFrame:
    """Return what waited for an expert when a day began, in the order in which it was asked for.

    From the cleaned tables. Columns: ``ticket_id``, ``requester_id``, ``kind``, ``title``,
    ``waited`` (working days), ``complete``, ``label`` (as ticked), ``said_cost``, ``said_hours``,
    and what was found out later: ``cost_per_day``, ``hours`` (missing if never done).

    Raises:
        ValueError: there is no such expert.
    """
    if expert_id not in set(case.tables["experts"]["expert_id"]):
        raise ValueError(f"expert_id: expected X1, X2 or X3, got {expert_id!r}")
    morning = pd.Timestamp(day).normalize()
    tables = clean(case)
    tickets: Any = tables["tickets"]
    asked = (tickets["expert_id"] == expert_id) & (tickets["opened_at"] < morning)
    desk = tickets[asked & ~(tickets["started_on"] < morning)]
    hours: Any = tables["work_log"].groupby("ticket_id")["hours"].sum()
    label = case.tables["tickets"].set_index("ticket_id")["label"]
    found = pd.DataFrame(
        {
            **{name: desk[name] for name in ("ticket_id", "requester_id", "kind", "title")},
            "waited": _working_days(desk["opened_at"].dt.normalize(), morning),
            "complete": desk[TOLD].sum(axis=1),
            "label": desk["ticket_id"].map(label),
            "said_cost": desk["said_cost"],
            "said_hours": desk["said_hours"],
            "cost_per_day": desk["cost_per_day"],
            "hours": desk["ticket_id"].map(hours).where(desk["done_on"].notna()).round(1),
        }
    )
    return found.reset_index(drop=True)


def claims(case: Case) -> pd.DataFrame:
    """Return what each requester said against what was found, from the cleaned tables, by name.

    Columns: ``tickets``; ``urgent_ticked``, share 0-1; ``cost_said``, median of the stated cost of
    delay over the real one where one was stated; ``hours_said``, the same for the hours of work;
    ``priority_said``, median of the stated value per effort over the real one where both were
    stated: how far ahead of its due place a ticket would stand in a queue that believes everybody.
    """
    tables = clean(case)
    tickets: Any = tables["tickets"].set_index("ticket_id")
    hours = tables["work_log"].groupby("ticket_id")["hours"].sum().reindex(tickets.index)
    ticked = case.tables["tickets"].set_index("ticket_id")["label"].reindex(tickets.index)
    done = tickets["done_on"].notna()
    cost = tickets["said_cost"].astype("float") / tickets["cost_per_day"]
    effort = (tickets["said_hours"] / hours).where(done)
    names = tables["requesters"].set_index("requester_id")["name"]
    each: Any = pd.DataFrame(
        {
            "urgent_ticked": ticked == "urgent",
            "cost_said": cost,
            "hours_said": effort,
            "priority_said": cost / effort,
        }
    ).groupby(tickets["requester_id"].map(names).rename("requester"))
    return pd.DataFrame(
        {
            "tickets": each.size(),
            "urgent_ticked": each["urgent_ticked"].mean(),
            **{name: each[name].median() for name in ("cost_said", "hours_said", "priority_said")},
        }
    )
