"""The clean tables: who, what was asked, known, sent, claimed, checked, thanked and promised."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from course.cases.frames import as_dates, as_times
from course.cases.homework.claims import MATTERS
from course.cases.homework.fate import Course
from course.cases.homework.pen import Pen
from course.cases.homework.people import PRESALES, SELLERS
from course.cases.homework.world import Request

__all__ = [
    "audits_table",
    "claims_table",
    "credit_table",
    "fields_table",
    "people_table",
    "requests_table",
    "time_sheets_table",
    "versions_table",
    "week_of",
    "write",
]

HEAD_OF_PRESALES = "Qiu Hong 裘红"

Story = tuple[Request, Course]


def request_id(number: int) -> str:
    """Return ``Q001`` for 1."""
    return f"Q{number:03d}"


def write(stories: Sequence[Story], pen: Pen) -> dict[str, list[list[str]]]:
    """Write the texts of every request.

    Returns lists per request: ``told`` (one), ``feedback`` by version, ``claim``, ``passed`` and
    ``check`` by claim, ``credit`` by entry.
    """
    found: dict[str, list[list[str]]] = {
        name: [] for name in ("told", "feedback", "claim", "passed", "check", "credit")
    }
    for request, course in stories:
        pen.take(request)
        found["told"].append([pen.told()])
        found["feedback"].append([pen.feedback(each) for each in course.versions])
        said = [pen.claim(each) for each in course.claims]
        found["claim"].append(said)
        found["passed"].append(list(map(pen.passed, course.claims, said)))
        found["check"].append([pen.check(each) for each in course.claims])
        found["credit"].append([pen.credit(each, course) for each in course.credits])
    return found


def people_table() -> pd.DataFrame:
    """The ten who sell and the six who write; nicknames are separated by semicolons."""
    people = [*SELLERS, *PRESALES]
    return pd.DataFrame(
        {
            "person_id": [each.key for each in people],
            "name": [each.name for each in people],
            "also_called": ["; ".join(each.called) for each in people],
            "team": ["sales"] * len(SELLERS) + ["presales"] * len(PRESALES),
            "joined_on": as_dates([each.joined.toordinal() for each in people]),
        }
    )


def requests_table(stories: Sequence[Story], told: Sequence[Sequence[str]]) -> pd.DataFrame:
    """One row per request.

    Beside the columns of the dictionary: ``voice``, the character of who asks; ``trust`` of
    presales at that time, 0 to 1; ``wanted_on``, the day that the customer really meant.
    """
    requests, courses = zip(*stories, strict=True)
    return pd.DataFrame(
        {
            "request_id": [request_id(each.number) for each in requests],
            "asked_on": as_dates([each.day for each in requests]),
            "salesperson": [each.seller.name for each in requests],
            "presales": [each.presales.name for each in requests],
            "customer": [each.customer.name for each in requests],
            "contact": [each.customer.contact for each in requests],
            "kind": [each.kind for each in requests],
            "plan_named": [
                each.fields[0].assumed if each.fields[0].known else None for each in requests
            ],
            "told": [text for (text,) in told],
            "due_on": as_dates([each.told_due for each in requests]),
            "complexity": [each.complexity for each in requests],
            "started_on": as_dates([each.started for each in courses]),
            "done_on": as_dates([each.versions[-1].day for each in courses]),
            "outcome": [each.versions[-1].kind for each in courses],
            "voice": [each.seller.voice for each in requests],
            "trust": [round(each.trust, 2) for each in courses],
            "wanted_on": as_dates([each.due for each in requests]),
        }
    )


def fields_table(stories: Sequence[Story]) -> pd.DataFrame:
    """Seven rows per request."""
    rows = [(request.number, field) for request, _course in stories for field in request.fields]
    return pd.DataFrame(
        {
            "request_id": [request_id(number) for number, _field in rows],
            "field": [each.name for _number, each in rows],
            "asked": [each.asked for _number, each in rows],
            "known": [each.known for _number, each in rows],
            "worked_with": [each.assumed for _number, each in rows],
            "wanted": [each.wanted for _number, each in rows],
            "right": [each.right for _number, each in rows],
        }
    )


def versions_table(stories: Sequence[Story], feedback: Sequence[Sequence[str]]) -> pd.DataFrame:
    """One row per version, in order of time; ``to_light``: the wrong fields a review showed."""
    rows = sorted(
        (
            (version.day, version.minute, request.number, version.number, version, request, text)
            for (request, course), texts in zip(stories, feedback, strict=True)
            for version, text in zip(course.versions, texts, strict=True)
        ),
        key=lambda row: row[:4],
    )
    day, minute, number, version_number, version, request, text = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            "version_id": [f"V{place:04d}" for place in range(1, len(rows) + 1)],
            "request_id": [request_id(each) for each in number],
            "version": version_number,
            "sent_at": as_times(day, minute),
            "author": [each.presales.name for each in request],
            "hours": [each.hours for each in version],
            "reviewer": [each.reviewer for each in version],
            "feedback_kind": [each.kind for each in version],
            "feedback": text,
            "to_light": ["; ".join(each.revealed) for each in version],
        }
    )


def week_of(times: pd.Series) -> pd.Series:
    """Return the Monday of each time's week."""
    days = times.dt.normalize()
    monday: pd.Series = (days - pd.to_timedelta(days.dt.day_of_week, unit="D")).rename("week")
    return monday


def time_sheets_table(versions: pd.DataFrame) -> pd.DataFrame:
    """Hours per person and week (by its Monday) in which the versions were sent."""
    weeks = versions["hours"].groupby([versions["author"], week_of(versions["sent_at"])]).sum()
    sheets = weeks.reset_index().rename(columns={"author": "presales"})
    sheets = sheets.sort_values(["week", "presales"], ignore_index=True)
    return sheets[["presales", "week", "hours"]]


def claims_table(stories: Sequence[Story], texts: dict[str, list[list[str]]]) -> pd.DataFrame:
    """One row per statement of a customer; ``verified`` says of all whether it is so."""
    rows = [
        (claim.day, request, claim, said, passed, check)
        for place, (request, course) in enumerate(stories)
        for claim, said, passed, check in zip(
            course.claims,
            *(texts[name][place] for name in ("claim", "passed", "check")),
            strict=True,
        )
    ]
    rows.sort(key=lambda row: (row[0], row[1].number))
    day, request, claim, said, passed, check = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            "claim_id": [f"K{place:03d}" for place in range(1, len(rows) + 1)],
            "request_id": [request_id(each.number) for each in request],
            "said_on": as_dates(day),
            "salesperson": [each.seller.name for each in request],
            "contact": [each.customer.contact for each in request],
            "matter": [each.matter for each in claim],
            "said": said,
            "passed_on": [each.passed for each in claim],
            "told_presales": [text or None for text in passed],
            "hours": [each.hours for each in claim],
            "disputed": [each.disputed for each in claim],
            "verified": pd.array([each.true for each in claim], dtype="boolean"),
            "check": [text or None for text in check],
        }
    )


def audits_table(stories: Sequence[Story], audited: Collection[int]) -> pd.DataFrame:
    """Three rows, one per matter, for each of the audited requests."""
    rows = [
        (request.number, matter, matter in course.true)
        for request, course in stories
        if request.number in audited
        for matter in MATTERS
    ]
    number, matter, is_so = zip(*rows, strict=True)
    ids = [request_id(each) for each in number]
    return pd.DataFrame({"request_id": ids, "matter": matter, "is_so": is_so})


def credit_table(stories: Sequence[Story], texts: Sequence[Sequence[str]]) -> pd.DataFrame:
    """One row per word of thanks, name said aloud, credit taken, promise made."""
    rows = [
        (credit.day, request, credit, text)
        for (request, course), own in zip(stories, texts, strict=True)
        for credit, text in zip(course.credits, own, strict=True)
    ]
    rows.sort(key=lambda row: (row[0], row[1].number, row[2].kind))
    day, request, credit, text = zip(*rows, strict=True)
    before = {"thanked": None, "named before their leader": HEAD_OF_PRESALES}
    return pd.DataFrame(
        {
            "credit_id": [f"G{place:03d}" for place in range(1, len(rows) + 1)],
            "request_id": [request_id(each.number) for each in request],
            "on": as_dates(day),
            "salesperson": [each.seller.name for each in request],
            "presales": [each.presales.name for each in request],
            "kind": [each.kind for each in credit],
            "before": [
                before.get(one.kind, each.customer.contact)
                for each, one in zip(request, credit, strict=True)
            ],
            "hours_promised": [each.hours or np.nan for each in credit],
            "said": text,
        }
    )
