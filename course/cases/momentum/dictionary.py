"""The data dictionary: every column of the five tables, as data."""

import pandas as pd

from course.cases.frames import Column, dictionary_of

__all__ = ["COLUMNS", "dictionary"]

_LINES = "archive | campus | heat | hospital | kitchen | park | parking | water"
_STAGES = "presented | contact | boss | meeting | budget | legal | signed"
_PAPERS = (
    "brief | report | meeting paper | budget sheet | contract draft | start plan | page of steps | "
    "letter of intent"
)
_REFERS = "the opportunity; refers to opportunities"

COLUMNS: tuple[Column, ...] = (
    ("opportunities", "opportunity_id", "", "the opportunity; key", "P001 to P220"),
    ("opportunities", "customer", "", "public body or firm that would buy", "text"),
    ("opportunities", "customer_zh", "", "its Chinese name", "text"),
    ("opportunities", "place", "", "where it is (invented)", "text"),
    ("opportunities", "line", "", "line of business", _LINES),
    ("opportunities", "product", "", "what would be bought", "text"),
    ("opportunities", "site", "", "where it would be used", "text"),
    ("opportunities", "seller", "", "account manager", "text"),
    ("opportunities", "contact", "", "the customer's person who was presented to first", "text"),
    (
        "opportunities",
        "cohort",
        "",
        "quarter of the presentation",
        "2025Q1 | 2025Q2 | 2025Q3 | 2025Q4",
    ),
    ("opportunities", "presented_on", "date", "day of the first presentation", "2025"),
    ("opportunities", "amount", "CNY", "sum the two sides talk about", "160,000 to 9,800,000"),
    (
        "opportunities",
        "satisfaction",
        "points, as text",
        "asked for within two days of the presentation: how satisfied were they, in points from 0 "
        "to 10. Typed in freely: points, points out of ten, or words; the form's guide says "
        "delighted (赞不绝口) 10, very satisfied (非常满意) 9, satisfied (满意) 8, fairly "
        "satisfied (比较满意) 7, quite ok (还行) 6, so-so (一般) 5, lukewarm 4, not satisfied "
        "(不满意) 3",
        "text",
    ),
    ("opportunities", "stage", "", "last internal step that the seller knows of", _STAGES),
    (
        "opportunities",
        "status",
        "",
        "how it ended. signed: a contract; lost: the money went elsewhere; no decision: nobody had "
        "said no after 26 weeks, and it was taken off the list",
        "signed | lost | no decision",
    ),
    (
        "opportunities",
        "ended_on",
        "date",
        "day of the signature, or of the last entry",
        "from 2025",
    ),
    (
        "opportunities",
        "seller_hours",
        "hours",
        "the seller's hours, the first visit included",
        "from 6",
    ),
    ("stakeholders", "stakeholder_id", "", "somebody in one opportunity; key", "S0001 and on"),
    ("stakeholders", "opportunity_id", "", _REFERS, "P001 to P220"),
    ("stakeholders", "name", "", "somebody with a say at the customer's", "text"),
    (
        "stakeholders",
        "role",
        "",
        "part in this matter; the leader heads the meeting that has to pass it",
        "contact | boss | leader | finance | legal | user",
    ),
    ("stakeholders", "job", "", "job in the house; blank for some users", "text"),
    (
        "stakeholders",
        "attitude",
        "points",
        "the seller's judgement, against to for; empty if the seller never met them",
        "-2 to 2",
    ),
    ("stakeholders", "met_on", "date", "first talk or mail with them; empty if never", "from 2025"),
    ("events", "event_id", "", "entry of the log; key", "E00001 and on"),
    ("events", "opportunity_id", "", _REFERS, "P001 to P220"),
    ("events", "at", "Beijing time", "when it was written or said", "2025 and 2026"),
    ("events", "channel", "", "kind of entry", "call | chat | mail | minutes | note"),
    ("events", "side", "", "side of the author", "customer | seller"),
    ("events", "author", "", "who wrote it", "text"),
    ("events", "text", "", "wording; mails and minutes may have several lines", "text"),
    (
        "events",
        "owner",
        "",
        "side whose task the entry holds, as logged; blank if it holds none. Some of the seller's "
        "tasks were logged as the customer's: the assignee tells",
        "customer | seller | (blank)",
    ),
    ("events", "assignee", "", "who has the task; blank if there is none", "text"),
    ("events", "due", "date", "day agreed for the task; empty if none was agreed", "from 2025"),
    (
        "events",
        "done",
        "date",
        "day on which it was done; empty if it was not. A few lie after the day of the copy, 30 "
        "June 2026: the year was typed wrong",
        "from 2025",
    ),
    ("events", "stage", "", "last internal step known then; may fall back by mistake", _STAGES),
    ("documents", "version_id", "", "a saved version; key", "V00001 and on"),
    ("documents", "opportunity_id", "", _REFERS, "P001 to P220"),
    ("documents", "kind", "", "what the paper is", _PAPERS),
    (
        "documents",
        "name",
        "",
        "name of the file; some were begun from another opportunity's paper and never renamed",
        "text",
    ),
    ("documents", "version", "number", "1, 2, … within opportunity and kind", "from 1"),
    ("documents", "editor", "", "who saved it", "text"),
    ("documents", "side", "", "side of the editor", "customer | seller"),
    ("documents", "saved_on", "date", "day on which it was saved", "from 2025"),
    (
        "documents",
        "words_changed",
        "words",
        "against the version before; the whole length in the first",
        "from 2",
    ),
    ("budget_windows", "window_id", "", "the window; key", "W001 and on"),
    ("budget_windows", "customer", "", "whose it is; refers to opportunities.customer", "text"),
    ("budget_windows", "kind", "", "regular or for once", "annual | mid-year | special"),
    ("budget_windows", "fiscal_year", "year", "year whose money is given out", "2025 or 2026"),
    ("budget_windows", "opens_on", "date", "first day on which one may ask", "from 2025"),
    ("budget_windows", "closes_on", "date", "last day on which one may ask", "from 2025"),
    ("budget_windows", "ceiling", "CNY", "largest single request", "from 500,000"),
)


def dictionary() -> pd.DataFrame:
    """Return the dictionary as a table: table, column, unit, meaning, allowed."""
    return dictionary_of(COLUMNS)
