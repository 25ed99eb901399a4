"""What is wrong with the data, one function per flaw, each with the way back.

All take frames and return new ones. One flaw has no way back: whether a customer's claim is so was
looked up only where somebody disputed it. The audit by lot shows how wrong one is to reckon with
these alone; it does not say what the others were.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd

from course.cases.frames import sample
from course.cases.homework.tables import week_of

__all__ = [
    "NAMED",
    "full_names",
    "hours_from_time_sheets",
    "hours_left_out",
    "nicknames",
    "numbered_by_time",
    "saved_over",
    "verified_only_if_disputed",
]

NAMED = {
    "requests": ("salesperson", "presales"),
    "versions": ("author",),
    "customer_claims": ("salesperson",),
    "credit_log": ("salesperson", "presales"),
}
"""Columns in which people write whom they mean, by table."""


def saved_over(
    versions: pd.DataFrame, rng: np.random.Generator, share: float = 0.2
) -> pd.DataFrame:
    """Save ``share`` of the later versions under the number of the one before.

    All that follow in the same request are then numbered one lower, too.
    """
    later = versions["version"] > 1
    over = pd.Series(0, versions.index)
    over[sample(versions.index[later], share, rng)] = 1
    lower = over.groupby(versions["request_id"]).cumsum()
    return versions.assign(version=versions["version"] - lower)


def numbered_by_time(versions: pd.DataFrame) -> pd.DataFrame:
    """Undo :func:`saved_over`: number the versions of a request by the time they were sent."""
    order = versions.groupby("request_id")["sent_at"].rank(method="first").astype("int64")
    return versions.assign(version=order)


def hours_left_out(
    versions: pd.DataFrame, rng: np.random.Generator, share: float = 0.4
) -> pd.DataFrame:
    """Leave the hours of one version blank in ``share`` of everybody's weeks.

    Time sheets, by which people are paid, have the total of each week.
    """
    shuffled = versions.loc[versions.index[rng.permutation(len(versions))]]
    ones = shuffled.index[~pd.DataFrame(
        {"author": shuffled["author"], "week": week_of(shuffled["sent_at"])}
    ).duplicated()].sort_values()  # fmt: skip
    blank = versions.index.isin(sample(ones, share, rng))
    return versions.assign(hours=versions["hours"].mask(blank))


def hours_from_time_sheets(versions: pd.DataFrame, sheets: pd.DataFrame) -> pd.DataFrame:
    """Undo :func:`hours_left_out`: what a week's total leaves for the version without hours.

    Needs full names.
    """
    totals = sheets.set_index(["presales", "week"])["hours"]
    weeks = pd.MultiIndex.from_arrays([versions["author"], week_of(versions["sent_at"])])
    written = versions["hours"].groupby([versions["author"], week_of(versions["sent_at"])])
    rest = pd.Series(totals.reindex(weeks).to_numpy(), versions.index) - written.transform("sum")
    return versions.assign(hours=versions["hours"].fillna(rest.round(1)))


def verified_only_if_disputed(claims: pd.DataFrame) -> pd.DataFrame:
    """Blank the truth of claims that nobody disputed: nobody looked. This cannot be undone."""
    return claims.assign(verified=claims["verified"].where(claims["disputed"]))


def _called(people: pd.DataFrame) -> dict[str, list[str]]:
    return {
        name: called.split("; ")
        for name, called in zip(people["name"], people["also_called"], strict=True)
    }


def nicknames(
    frame: pd.DataFrame,
    columns: Collection[str],
    people: pd.DataFrame,
    rng: np.random.Generator,
    share: float = 0.4,
) -> pd.DataFrame:
    """Write ``share`` of the names in ``columns`` as colleagues say them."""
    called, found = _called(people), frame.copy()
    for column in columns:
        rows = sample(frame.index, share, rng)
        rolls = rng.random(len(rows))
        found.loc[rows, column] = [
            called[name][int(roll * len(called[name]))]
            for name, roll in zip(frame.loc[rows, column], rolls, strict=True)
        ]
    return found


def full_names(frame: pd.DataFrame, columns: Collection[str], people: pd.DataFrame) -> pd.DataFrame:
    """Undo :func:`nicknames`: every name as in ``people``."""
    names = {nick: name for name, called in _called(people).items() for nick in called}
    return frame.assign(**{column: frame[column].replace(names) for column in columns})
