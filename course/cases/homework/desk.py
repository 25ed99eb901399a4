"""Summaries of the case: what a claim is worth, what rework goes with, what promises cost."""

from typing import Any

import numpy as np
import pandas as pd

from course.cases.case import Case
from course.cases.frames import as_dates
from course.cases.homework import dirt
from course.cases.homework.fields import FIELDS
from course.cases.homework.world import COMPLEXITIES, DAYS

__all__ = ["beliefs", "clean", "manners", "rework", "rework_by_field", "rounds", "waits_over_time"]

_KNOWN = {0: "0 to 2", 1: "0 to 2", 2: "0 to 2", 3: "3 or 4", 4: "3 or 4"}


def clean(case: Case) -> dict[str, pd.DataFrame]:
    """Return the case's tables with every kind of dirt undone that can be undone.

    Names are full names, versions numbered by time, hours complete. ``customer_claims`` stays
    verified only where it was disputed.
    """
    found = dict(case.tables)
    for name, columns in dirt.NAMED.items():
        found[name] = dirt.full_names(found[name], columns, found["people"])
    versions = dirt.numbered_by_time(found["versions"])
    found["versions"] = dirt.hours_from_time_sheets(versions, found["time_sheets"])
    return found


def beliefs(case: Case) -> pd.DataFrame:
    """Return by matter what one may believe after a customer has said it.

    From the audit by lot: ``audited`` requests; ``before``, share 0-1 in which it is so;
    ``said_if_so`` and ``said_if_not``, shares of these and of the others in which it was said;
    ``after``, share of those in which it was said that it is so: Bayes' rule from the three.
    From all claims: ``claims``; ``checked``; ``checked_so``, share of the checked that are so.
    """
    tables = clean(case)
    claims, audits = tables["customer_claims"], tables["audits"]
    said = pd.MultiIndex.from_frame(claims[["request_id", "matter"]])
    own = audits.assign(said=pd.MultiIndex.from_frame(audits[["request_id", "matter"]]).isin(said))
    by_matter: Any = own.groupby("matter", sort=False)
    before = by_matter["is_so"].mean()
    if_so: Any = own[own["is_so"]].groupby("matter")["said"].mean()
    if_not: Any = own[~own["is_so"]].groupby("matter")["said"].mean()
    all_claims: Any = claims.groupby("matter")
    return pd.DataFrame(
        {
            "audited": by_matter.size(),
            "before": before,
            "said_if_so": if_so,
            "said_if_not": if_not,
            "after": before * if_so / (before * if_so + (1 - before) * if_not),
            "claims": all_claims.size(),
            "checked": all_claims["verified"].count(),
            "checked_so": all_claims["verified"].mean().astype("float"),
        }
    ).reindex(before.index)


def rework(case: Case) -> pd.DataFrame:
    """Return a row per request, from the cleaned tables, by ``request_id``.

    Columns: ``salesperson``; ``complexity``; ``known``, 0 to 7 fields known when work began; for
    each of the seven fields ``no_plan``, ``no_concern``, ...: was it not known; ``versions``;
    ``first_hours``, of the first version; ``rework_hours``, of all others; ``first_review``, kind
    of feedback on the first version.
    """
    tables = clean(case)
    requests: Any = tables["requests"].set_index("request_id")
    versions = tables["versions"]
    known: Any = tables["brief_fields"].pivot(index="request_id", columns="field", values="known")
    first: Any = versions[versions["version"] == 1].set_index("request_id")
    hours: Any = versions.groupby("request_id")["hours"]
    return pd.DataFrame(
        {
            "salesperson": requests["salesperson"],
            "complexity": requests["complexity"],
            "known": known.sum(axis=1),
            **{f"no_{name}": ~known[name] for name in FIELDS},
            "versions": hours.size(),
            "first_hours": first["hours"],
            "rework_hours": hours.sum() - first["hours"],
            "first_review": first["feedback_kind"],
        }
    )


def rework_by_field(rework: pd.DataFrame) -> pd.DataFrame:
    """Return how many more hours of rework there are where a field was not known.

    From :func:`rework`. Rows: the seven fields. Columns, hours: ``pooled``, all requests together;
    ``low``, ``middle``, ``high``, within a complexity; ``within``, mean of these three. What is in
    ``pooled`` and not in ``within`` is complexity's doing: of a complex request more is unknown,
    and it takes more rework anyway.
    """
    rows = {}
    for name in FIELDS:
        lacks = f"no_{name}"
        means: Any = rework.groupby(lacks)["rework_hours"].mean()
        each: Any = rework.groupby(["complexity", lacks])["rework_hours"].mean().unstack()
        gaps = (each[True] - each[False]).reindex(list(COMPLEXITIES))
        rows[name] = {"pooled": means[True] - means[False], **gaps, "within": gaps.mean()}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("field")


def rounds(rework: pd.DataFrame) -> pd.DataFrame:
    """Return mean versions of :func:`rework` by fields known and by the first review.

    Rows: "0 to 2", "3 or 4", "5 to 7" fields known. Columns: ``all``; ``specific`` and ``just
    change it``, of requests whose first version came back so.
    """
    known: Any = rework["known"].map(_KNOWN).fillna("5 to 7")
    table: Any = rework.groupby([known, "first_review"])["versions"].mean().unstack()
    every: Any = rework.groupby(known)["versions"].mean()
    found: pd.DataFrame = table[["specific", "just change it"]]
    found.insert(0, "all", every)
    return found


def manners(case: Case) -> pd.DataFrame:
    """Return how each of the ten deals with homework, from the cleaned tables, by name.

    Columns, shares 0-1: ``known``, of the fields when work began; ``specific``, of the reviews that
    asked for something, the specific ones; ``alarms``, of the claims, passed on as an alarm;
    ``gave_away``, ``credit``: requests for which hours were given away unasked, or presales was
    thanked or named.
    """
    tables = clean(case)
    who: Any = tables["requests"].set_index("request_id")["salesperson"]
    fields, versions = tables["brief_fields"], tables["versions"]
    claims, credit = tables["customer_claims"], tables["credit_log"]
    back = versions[versions["feedback_kind"].isin(["specific", "just change it"])]
    good = credit["kind"].isin(
        ["thanked", "named before the customer", "named before their leader"]
    )
    count: Any = who.value_counts()

    def share(ids: pd.Series, holds: pd.Series) -> Any:
        return holds.groupby(ids.map(who)).mean()

    def per_request(entries: pd.DataFrame) -> Any:
        return (entries["salesperson"].value_counts() / count).fillna(0.0)

    return pd.DataFrame(
        {
            "known": share(fields["request_id"], fields["known"]),
            "specific": share(back["request_id"], back["feedback_kind"] == "specific"),
            "alarms": share(claims["request_id"], claims["passed_on"] == "as an alarm"),
            "gave_away": per_request(credit[credit["kind"] == "gave hours away"]),
            "credit": per_request(credit[good]),
        }
    ).rename_axis("salesperson")


def waits_over_time(case: Case, *, periods: int = 3) -> pd.DataFrame:
    """Return everybody's mean wait, working days from the request to the first day of work.

    The 300 requests are divided in order of time into ``periods`` of equal size, numbered from 1.
    Rows: the ten who sell.
    """
    requests = clean(case)["requests"]
    days: Any = pd.to_datetime(as_dates(DAYS)).as_unit("s")
    wait = np.searchsorted(days, requests["started_on"]) - np.searchsorted(
        days, requests["asked_on"]
    )
    place = pd.Series(range(len(requests)), requests.index)
    period = (place * periods // len(requests) + 1).rename("period")
    table: Any = pd.Series(wait, requests.index).groupby([requests["salesperson"], period]).mean()
    found: pd.DataFrame = table.unstack()
    return found
