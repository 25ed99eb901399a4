"""What was known early about an opportunity, beside how it ended."""

from typing import Any

import pandas as pd

from course.cases.case import Case
from course.cases.momentum import dirt

__all__ = ["SNAPSHOT", "clean", "early_signals", "standing"]

SNAPSHOT = pd.Timestamp("2026-06-30")
"""The day of the copy."""


def clean(case: Case) -> dict[str, pd.DataFrame]:
    """Return the case's tables with every kind of dirt undone."""
    tables = case.tables
    opportunities = dirt.satisfaction_in_points(tables["opportunities"])
    events = dirt.years_put_right(tables["events"], SNAPSHOT)
    events = dirt.owners_by_assignee(events, opportunities["seller"])
    return {
        **tables,
        "opportunities": opportunities,
        "events": dirt.stages_that_only_rise(events),
        "documents": dirt.own_names(tables["documents"], opportunities),
    }


def early_signals(case: Case) -> pd.DataFrame:
    """Return a row per opportunity, from the cleaned tables.

    Columns: ``cohort``; ``satisfaction``, points; ``first_action``, days from the presentation to
    the first entry that holds a task of the customer's own with an agreed day, missing if there is
    none; ``signed``.
    """
    tables = clean(case)
    deals: Any = tables["opportunities"].set_index("opportunity_id")
    events: Any = tables["events"]
    owned = events[(events["owner"] == "customer") & events["due"].notna()]
    first = owned.groupby("opportunity_id")["at"].min().dt.normalize()
    return pd.DataFrame(
        {
            "cohort": deals["cohort"],
            "satisfaction": deals["satisfaction"],
            "first_action": (first - deals["presented_on"]).dt.days.reindex(deals.index),
            "signed": deals["status"] == "signed",
        }
    )


def standing(case: Case, day: int) -> pd.DataFrame:
    """Return how each opportunity that was still open stood so many days after its presentation.

    From the cleaned tables, and only from what was written by then. Columns: ``satisfaction``,
    points; ``seller_entries`` and ``customer_entries`` of the last 28 days; ``last_done``, days
    since the customer last did something that was theirs to do, missing if never;
    ``next_due``, days until the next day agreed for something the customer still owes, missing if
    there is none; ``signed``, in the end.
    """
    tables = clean(case)
    deals: Any = tables["opportunities"].set_index("opportunity_id")
    events: Any = tables["events"]
    today = deals["presented_on"] + pd.Timedelta(days=day)
    deals = deals[deals["ended_on"] > today]
    own_day = events["opportunity_id"].map(today)
    seen = events[
        (events["at"].dt.normalize() <= own_day) & events["opportunity_id"].isin(deals.index)
    ]
    day_of = seen["opportunity_id"].map(today)
    recent = seen[seen["at"] > day_of - pd.Timedelta(days=28)]
    counts = pd.crosstab(recent["opportunity_id"], recent["side"])
    counts = counts.reindex(index=deals.index, columns=["seller", "customer"], fill_value=0)
    owned = seen[seen["owner"] == "customer"]
    owned_day = day_of[owned.index]
    done = owned["done"].where(owned["done"] <= owned_day)
    waiting = owned["due"].where((owned["due"] > owned_day) & done.isna())
    ids = owned["opportunity_id"]
    last, coming = done.groupby(ids).max(), waiting.groupby(ids).min()
    return pd.DataFrame(
        {
            "satisfaction": deals["satisfaction"],
            "seller_entries": counts["seller"],
            "customer_entries": counts["customer"],
            "last_done": (today - last).dt.days.reindex(deals.index),
            "next_due": (coming - today).dt.days.reindex(deals.index),
            "signed": deals["status"] == "signed",
        }
    )
