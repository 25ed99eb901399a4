"""The data dictionary: every column of the six tables, as data."""

import pandas as pd

from course.cases.frames import Column, dictionary_of

__all__ = ["COLUMNS", "dictionary"]

_KINDS = (
    "proposal | tender answer | demo environment | sizing | price sheet | site survey | "
    "data migration | installation | training | acceptance papers | bug fix | interface | "
    "custom report | slow system | security answers"
)
_TICKET = "the ticket; refers to tickets"
_EXPERT = "the expert; refers to experts"
_REQUESTER = "who asked; refers to requesters"
_GIVEN = "was it given with the first request?"

COLUMNS: tuple[Column, ...] = (
    (
        "tickets",
        "ticket_id",
        "",
        "the ticket; key. A reopened ticket stands in a second row, with a number of its own",
        "T001 to T900",
    ),
    (
        "tickets",
        "opened_at",
        "time",
        "when it was asked for, in the local time of the requester's office: Almaty is three hours "
        "behind Nanjing. May be a weekend",
        "April to December 2025",
    ),
    ("tickets", "requester_id", "", _REQUESTER, "R01 to R12"),
    ("tickets", "expert_id", "", _EXPERT, "X1 | X2 | X3"),
    ("tickets", "kind", "", "what is wanted", _KINDS),
    ("tickets", "customer", "", "for whom it is (invented)", "text"),
    ("tickets", "title", "", "as it stands in the system", "text"),
    ("tickets", "channel", "", "how it was asked for", "phone | mail | chat"),
    (
        "tickets",
        "label",
        "",
        "what the requester ticked. About 70 % are urgent: nobody asks what for",
        "urgent | normal",
    ),
    ("tickets", "background", "", f"how it came about: {_GIVEN}", "True | False"),
    ("tickets", "reviewers", "", f"who will read or accept it: {_GIVEN}", "True | False"),
    ("tickets", "dates", "", f"by when, and what happens that day: {_GIVEN}", "True | False"),
    ("tickets", "why", "", f"why it matters and what a delay costs: {_GIVEN}", "True | False"),
    ("tickets", "wanted_by", "date", "the day that was named; blank if none", "2025 or 2026"),
    (
        "tickets",
        "said_cost",
        "CNY per working day",
        "what the requester said a day of delay costs; blank where no reason was given",
        "from 100",
    ),
    (
        "tickets",
        "said_hours",
        "hours",
        "what the requester said it takes; blank if nothing",
        "0.5+",
    ),
    (
        "tickets",
        "cost_per_day",
        "CNY per working day",
        "what a day of delay really cost, as the controller worked it out for every ticket in "
        "January 2026. The experts did not know it at the time",
        "100 to 40,000",
    ),
    ("tickets", "started_on", "date", "first day of work; blank if not begun by the end", "2025"),
    (
        "tickets",
        "done_on",
        "date",
        "day on which it was handed over; blank if it was not. The system closes some only at the "
        "weekend, though nobody worked then",
        "2025",
    ),
    (
        "tickets",
        "reopens",
        "",
        "the ticket that this row goes on with; blank in the row of a first request",
        "T001 to T900",
    ),
    ("requesters", "requester_id", "", "who asks; key", "R01 to R12"),
    ("requesters", "name", "", "account manager (invented)", "text"),
    (
        "requesters",
        "office",
        "",
        "where they sit; Almaty is UTC+5, Nanjing UTC+8",
        "Nanjing | Almaty",
    ),
    ("requesters", "trade", "", "whom they sell to", "text"),
    ("requesters", "joined_on", "date", "first day in the firm", "2014 to 2025"),
    ("experts", "expert_id", "", "the expert; key", "X1 to X3"),
    ("experts", "name", "", "their name (invented)", "text"),
    ("experts", "role", "", "what they are expert in", "presales | delivery | R&D"),
    ("experts", "kpi", "", "what their year is measured by", "text"),
    ("experts", "leader", "", "who writes their appraisal", "text"),
    ("experts", "hours_per_day", "hours", "time for tickets on a working day", "7.5"),
    (
        "comms",
        "comm_id",
        "",
        "the message; key, in order of time. Some numbers are missing",
        "text",
    ),
    ("comms", "ticket_id", "", f"{_TICKET} (its first row)", "T001 to T900"),
    (
        "comms",
        "at",
        "time",
        "when, in Nanjing time. Of the calls with which a ticket was asked for most are missing: "
        "nobody wrote them down",
        "April to December 2025",
    ),
    (
        "comms",
        "channel",
        "",
        "how it was said; a call stands as the note that was made of it",
        "phone | mail | chat | minutes",
    ),
    ("comms", "sender", "", "who spoke or wrote", "text"),
    ("comms", "receiver", "", "to whom it went", "text"),
    ("comms", "cc", "", "who was in copy; blank if nobody", "text"),
    (
        "comms",
        "tone",
        "",
        "as two students coded it afterwards who did not know what came of it",
        "calm | pressing | loud",
    ),
    ("comms", "text", "", "what was said", "text"),
    ("work_log", "log_id", "", "the entry; key", "text"),
    (
        "work_log",
        "ticket_id",
        "",
        f"{_TICKET}; a reopened one has entries in both rows",
        "T001 to T900",
    ),
    ("work_log", "expert_id", "", _EXPERT, "X1 | X2 | X3"),
    ("work_log", "on", "date", "day of the work", "April to December 2025"),
    ("work_log", "hours", "hours", "time spent on the ticket that day", "0.1 to 7.5"),
    ("recognition", "recognition_id", "", "the word of thanks; key", "text"),
    ("recognition", "ticket_id", "", f"{_TICKET} (its first row)", "T001 to T900"),
    ("recognition", "requester_id", "", "who said it; refers to requesters", "R01 to R12"),
    ("recognition", "expert_id", "", "about whom; refers to experts", "X1 | X2 | X3"),
    ("recognition", "on", "date", "day on which it was said", "2025"),
    (
        "recognition",
        "kind",
        "",
        "thanks: to the expert alone; commendation: before the team; leader mention: to the "
        "expert's leader, by name and deed",
        "thanks | commendation | leader mention",
    ),
    ("recognition", "text", "", "what was said", "text"),
)


def dictionary() -> pd.DataFrame:
    """Return the dictionary as a table: table, column, unit, meaning, allowed."""
    return dictionary_of(COLUMNS)
