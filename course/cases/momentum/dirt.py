"""What is wrong with the data, one function per flaw, each with the way back.

All take frames and return new ones.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from course.cases.frames import sample
from course.cases.momentum.log import STAGES
from course.cases.momentum.people import PRESALES
from course.cases.momentum.tables import file_name

__all__ = [
    "WORDS",
    "next_years_dates",
    "own_names",
    "owners_by_assignee",
    "reused_names",
    "satisfaction_in_points",
    "satisfaction_in_words",
    "sellers_work_as_customers",
    "stage_regressions",
    "stages_that_only_rise",
    "years_put_right",
]

WORDS: Mapping[str, int] = MappingProxyType(
    {
        "delighted": 10,
        "赞不绝口": 10,
        "very satisfied": 9,
        "Very satisfied!": 9,
        "非常满意": 9,
        "satisfied": 8,
        "Satisfied": 8,
        "满意": 8,
        "fairly satisfied": 7,
        "比较满意": 7,
        "quite ok": 6,
        "还行": 6,
        "so-so": 5,
        "一般": 5,
        "lukewarm": 4,
        "not satisfied": 3,
        "不满意": 3,
    }
)
"""What people wrote instead of points, and the points that the form's guide gives it."""


def satisfaction_in_words(
    opportunities: pd.DataFrame,
    rng: np.random.Generator,
    share: float = 0.4,
    out_of_ten: float = 0.12,
) -> pd.DataFrame:
    """Make satisfaction free text: ``share`` in words, ``out_of_ten`` as 8/10, the rest as 8."""
    points = opportunities["satisfaction"].tolist()
    words = {number: [word for word, own in WORDS.items() if own == number] for number in range(11)}
    luck = rng.random((2, len(points))).tolist()
    text = []
    for number, which, how in zip(points, *luck, strict=True):
        if which < share:
            text.append(words[number][int(how * len(words[number]))])
        else:
            text.append(f"{number}/10" if which < share + out_of_ten else f"{number}")
    return opportunities.assign(
        satisfaction=pd.Series(text, index=opportunities.index, dtype="str")
    )


def satisfaction_in_points(opportunities: pd.DataFrame) -> pd.DataFrame:
    """Undo :func:`satisfaction_in_words`: points 3 to 10 as whole numbers."""
    text = opportunities["satisfaction"].astype("str")
    points = text.map(dict(WORDS)).fillna(
        pd.to_numeric(text.str.removesuffix("/10"), errors="coerce")
    )
    return opportunities.assign(satisfaction=points.astype("int64"))


def next_years_dates(
    events: pd.DataFrame, snapshot: pd.Timestamp, rng: np.random.Generator, share: float = 0.04
) -> pd.DataFrame:
    """Write the year after for ``share`` of the dates of what was done, so that they lie ahead."""
    dirty = events.copy()
    later = dirty["done"] + pd.DateOffset(years=1)
    rows = sample(dirty.index[later > snapshot], share, rng)
    dirty.loc[rows, "done"] = later[rows]
    return dirty


def years_put_right(events: pd.DataFrame, snapshot: pd.Timestamp) -> pd.DataFrame:
    """Undo :func:`next_years_dates`: nothing can be done after the day of the copy."""
    done = events["done"]
    earlier = done - pd.DateOffset(years=1)
    return events.assign(done=done.where(~(done > snapshot), earlier))


def stage_regressions(
    events: pd.DataFrame, rng: np.random.Generator, share: float = 0.15
) -> pd.DataFrame:
    """Let the stage fall back in one to three entries of ``share`` of the opportunities.

    Somebody kept an old form open. Only entries change whose stage an earlier entry already had.
    """
    rank = events["stage"].map({stage: place for place, stage in enumerate(STAGES)}).to_numpy()
    deal = events["opportunity_id"].to_numpy()
    again = np.zeros(len(events), dtype=bool)
    again[1:] = (deal[1:] == deal[:-1]) & (rank[1:] == rank[:-1]) & (rank[1:] > 0)
    places = np.flatnonzero(again)
    by_deal = {str(k): own for k, own in pd.Series(places).groupby(deal[places]).indices.items()}
    stage = events["stage"].tolist()
    count = round(share * events["opportunity_id"].nunique())
    for name in rng.permutation(sorted(by_deal))[:count].tolist():
        own = places[by_deal[name]]
        for place in rng.permutation(own)[: int(rng.integers(1, 4))].tolist():
            stage[place] = STAGES[int(rng.integers(rank[place]))]
    return events.assign(stage=pd.Series(stage, index=events.index, dtype="str"))


def stages_that_only_rise(events: pd.DataFrame) -> pd.DataFrame:
    """Undo :func:`stage_regressions`: a step once taken stays taken.

    Needs entries in order of time.
    """
    rank = events["stage"].map({stage: place for place, stage in enumerate(STAGES)})
    highest = rank.groupby(events["opportunity_id"]).cummax()
    return events.assign(stage=highest.map(dict(enumerate(STAGES))).astype("str"))


def sellers_work_as_customers(
    events: pd.DataFrame, rng: np.random.Generator, share: float = 0.25
) -> pd.DataFrame:
    """Log ``share`` of the seller's tasks as the customer's; the assignee remains who it was."""
    dirty = events.copy()
    dirty.loc[sample(dirty.index[dirty["owner"] == "seller"], share, rng), "owner"] = "customer"
    return dirty


def owners_by_assignee(events: pd.DataFrame, sellers: pd.Series) -> pd.DataFrame:
    """Undo :func:`sellers_work_as_customers`: a task is the seller's if one of their people has it.

    ``sellers`` are the account managers, as in the table of opportunities.
    """
    ours = events["assignee"].isin([*sellers.unique(), *PRESALES])
    return events.assign(owner=events["owner"].mask(ours, "seller"))


def reused_names(
    documents: pd.DataFrame, rng: np.random.Generator, share: float = 0.12
) -> pd.DataFrame:
    """Save ``share`` of the papers under the name of another opportunity's paper of the same kind.

    Somebody took the last one as a template and forgot to rename it.
    """
    kind_of = dict(zip(documents["name"].tolist(), documents["kind"].tolist(), strict=True))
    of_kind: dict[str, list[str]] = {}
    for name, kind in kind_of.items():
        of_kind.setdefault(kind, []).append(name)
    new = {}
    for name in sample(pd.Index(kind_of), share, rng):
        others = [other for other in of_kind[kind_of[name]] if other != name]
        if others:
            new[name] = others[int(rng.integers(len(others)))]
    names = [new.get(name, name) for name in documents["name"].tolist()]
    return documents.assign(name=pd.Series(names, index=documents.index, dtype="str"))


def own_names(documents: pd.DataFrame, opportunities: pd.DataFrame) -> pd.DataFrame:
    """Undo :func:`reused_names`: a paper is told by its opportunity and kind, not by its name."""
    customer = opportunities.set_index("opportunity_id")["customer"]
    names = [
        file_name(str(customer[deal]), deal, kind)
        for deal, kind in zip(documents["opportunity_id"], documents["kind"], strict=True)
    ]
    return documents.assign(name=pd.Series(names, index=documents.index, dtype="str"))
