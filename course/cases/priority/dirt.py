"""What is wrong with the data, one function per flaw, each with the way back.

All take frames and return new ones. Only the words of calls that nobody wrote down cannot be
brought back.
"""

import numpy as np
import pandas as pd

from course.cases.days import is_workday
from course.cases.frames import as_dates, sample
from course.cases.priority.world import DAYS, URGENT_FROM

__all__ = [
    "OFFICE_HOURS",
    "calls_from_tickets",
    "calls_not_written_down",
    "closed_at_the_weekend",
    "closed_on_workdays",
    "joined_again",
    "labels_by_cost",
    "local_times",
    "nanjing_times",
    "reopened_as_new",
    "urgent_as_ticked",
]

OFFICE_HOURS = {"Nanjing": 0, "Almaty": 3}
"""How many hours the clocks of an office are behind those of Nanjing."""

_SECOND = ["first_done", "reopened_on"]


def urgent_as_ticked(tickets: pd.DataFrame) -> pd.DataFrame:
    """Label a ticket as its requester ticked it: some 70 % are "urgent"."""
    return tickets.assign(label=tickets["ticked"])


def labels_by_cost(tickets: pd.DataFrame) -> pd.DataFrame:
    """Undo :func:`urgent_as_ticked`: urgent is what costs ``URGENT_FROM`` a working day or more."""
    urgent = tickets["cost_per_day"] >= URGENT_FROM
    label = urgent.map({True: "urgent", False: "normal"}).astype("str")
    return tickets.assign(label=label)


def _behind(tickets: pd.DataFrame, requesters: pd.DataFrame) -> pd.Series:
    office = tickets["requester_id"].map(requesters.set_index("requester_id")["office"])
    return pd.to_timedelta(office.map(OFFICE_HOURS), unit="h").dt.as_unit("s")


def local_times(tickets: pd.DataFrame, requesters: pd.DataFrame) -> pd.DataFrame:
    """Write ``opened_at`` as the clock stood in the requester's office."""
    return tickets.assign(opened_at=tickets["opened_at"] - _behind(tickets, requesters))


def nanjing_times(tickets: pd.DataFrame, requesters: pd.DataFrame) -> pd.DataFrame:
    """Undo :func:`local_times`: every ``opened_at`` in Nanjing time."""
    return tickets.assign(opened_at=tickets["opened_at"] + _behind(tickets, requesters))


def closed_at_the_weekend(
    tickets: pd.DataFrame, rng: np.random.Generator, share: float = 0.5
) -> pd.DataFrame:
    """Date ``share`` of what was handed over on the day before a weekend a day or two later.

    A job that runs at the weekend closes what was forgotten. Nobody worked on those days.
    """
    done = tickets["done_on"]
    days = [0 if pd.isna(day) else day.toordinal() for day in done]
    # Both days after it are free: a Friday, or the day before a long holiday.
    fridays = np.array([bool(d) and not is_workday(d + 1) and not is_workday(d + 2) for d in days])
    rows = sample(tickets.index[fridays], share, rng)
    late = pd.Series(rng.integers(1, 3, len(rows)), index=rows)
    moved = done.copy()
    moved[rows] = done[rows] + pd.to_timedelta(late, unit="D")
    return tickets.assign(done_on=moved)


def closed_on_workdays(tickets: pd.DataFrame) -> pd.DataFrame:
    """Undo :func:`closed_at_the_weekend`: nothing is handed over but on a working day."""
    workdays = pd.to_datetime(as_dates(DAYS)).as_unit("s")
    done = tickets["done_on"]
    place = np.searchsorted(workdays, done.fillna(workdays[0]), side="right") - 1
    return tickets.assign(done_on=pd.Series(workdays[place], tickets.index).where(done.notna()))


def reopened_as_new(tickets: pd.DataFrame, work: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give a ticket that came back a second row, as if it were a new one.

    The first row is closed on the day it seemed done; the second has a number of its own and the
    hours of the second time. It is opened in the morning of the day on which the ticket came back.
    """
    back = tickets[tickets["reopened_on"].notna()].sort_values(["reopened_on", "ticket_id"])
    numbers = range(len(tickets) + 1, len(tickets) + len(back) + 1)
    new_id = pd.Series([f"T{number:03d}" for number in numbers], index=back.index)
    second = work.loc[work["second"], ["ticket_id", "on"]].drop_duplicates("ticket_id")
    again = back.assign(
        reopens=back["ticket_id"],
        ticket_id=new_id,
        opened_at=(back["reopened_on"] + pd.Timedelta(hours=9)).dt.as_unit("s"),
        started_on=back["ticket_id"].map(second.set_index("ticket_id")["on"]),
        title=back["title"] + " (again)",
    )
    first = tickets.assign(reopens=None, done_on=tickets["first_done"])
    rows = pd.concat([first.astype({"reopens": "str"}), again], ignore_index=True)
    rows["reopens"] = rows["reopens"].where(rows["reopens"].isin(set(back["ticket_id"])))
    ids = dict(zip(back["ticket_id"], new_id, strict=True))
    moved = work["ticket_id"].map(ids).where(work["second"]).fillna(work["ticket_id"])
    return (
        rows.sort_values(["opened_at", "ticket_id"], ignore_index=True).drop(columns=_SECOND),
        work.assign(ticket_id=moved).drop(columns="second"),
    )


def joined_again(tickets: pd.DataFrame, work: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Undo :func:`reopened_as_new`: one row per ticket, from first request to last hand-over."""
    second = tickets[tickets["reopens"].notna()]
    ends = second.set_index("reopens")["done_on"]
    first = tickets[tickets["reopens"].isna()]
    done = first["ticket_id"].map(ends).fillna(first["done_on"])
    joined = first.assign(done_on=done).sort_values("ticket_id", ignore_index=True)
    first_id = dict(zip(second["ticket_id"], second["reopens"], strict=True))
    own = work["ticket_id"].map(first_id).fillna(work["ticket_id"])
    return joined.drop(columns="reopens"), work.assign(ticket_id=own)


def calls_not_written_down(
    comms: pd.DataFrame, rng: np.random.Generator, share: float = 0.8
) -> pd.DataFrame:
    """Leave out ``share`` of the calls with which tickets were asked for: nobody noted them."""
    first = ~comms["ticket_id"].duplicated() & (comms["channel"] == "phone")
    return comms.drop(sample(comms.index[first], share, rng)).reset_index(drop=True)


def calls_from_tickets(
    comms: pd.DataFrame,
    tickets: pd.DataFrame,
    requesters: pd.DataFrame,
    experts: pd.DataFrame,
) -> pd.DataFrame:
    """Undo :func:`calls_not_written_down` as far as one can: who called whom, and when.

    Needs clean tickets. What was said, and in what tone, stays blank.
    """
    called = tickets[tickets["channel"] == "phone"]
    noted = comms[comms["channel"] == "phone"].merge(
        called[["ticket_id", "opened_at"]],
        left_on=["ticket_id", "at"],
        right_on=["ticket_id", "opened_at"],
    )
    missing = called[~called["ticket_id"].isin(noted["ticket_id"])]
    names = requesters.set_index("requester_id")["name"]
    others = experts.set_index("expert_id")["name"]
    calls = pd.DataFrame(
        {
            "ticket_id": missing["ticket_id"],
            "at": missing["opened_at"],
            "channel": "phone",
            "sender": missing["requester_id"].map(names),
            "receiver": missing["expert_id"].map(others),
        }
    )
    whole = pd.concat([comms, calls]).sort_values("at", kind="stable", ignore_index=True)
    return whole.assign(comm_id=[f"C{place:05d}" for place in range(1, len(whole) + 1)])
