"""The broker's longest silence in a deal, and how deals ended after short and long ones."""

from typing import Any

import pandas as pd

from course.cases.case import Case

__all__ = ["BANDS", "ENDS", "broker_silence", "ending_shares"]

BANDS = ((0, 13), (14, 20), (21, 365))
"""Longest broker silence in days, both ends included."""
ENDS = ("paid", "dropped", "dead", "bypassed")


def broker_silence(case: Case) -> pd.DataFrame:
    """Return a row per deal: ``silence``, the broker's longest, in days; ``status``, how it ended.

    Time before the first message and after the last one counts; an open deal is looked at until the
    archive ends, a deal with a lost beginning from where its chat begins.
    """
    messages: Any = case.tables["group_messages"]
    starts: Any = case.tables["deals"].groupby("deal_id")["chat_from"].min()
    outcomes: Any = case.tables["outcomes"].set_index("deal_id").loc[starts.index]
    ends = outcomes["ended_on"].fillna(messages["sent_at"].max())
    broker = messages[messages["role"] == "broker"].set_index("deal_id")["sent_at"].sort_values()
    inside = broker[broker.between(*(broker.index.map(edge) for edge in (starts, ends)))]
    gaps = pd.concat([starts, inside, ends]).groupby(level="deal_id").diff()
    longest = gaps.groupby(level="deal_id").max().dt.days
    return pd.DataFrame({"silence": longest, "status": outcomes["status"]})


def ending_shares(silence: pd.DataFrame) -> pd.DataFrame:
    """Return for each band of silence the share of each ending among *ended* deals.

    Open deals are left out, as are those whose ending nobody knows. Index: band as text; columns:
    ``ENDS`` (0 to 1, a row sums to 1) and ``deals``, the number of ended deals.
    """
    ended: Any = silence[silence["status"].isin(ENDS)]
    rows: dict[str, list[float]] = {}
    for low, high in BANDS:
        band: Any = ended[ended["silence"].between(low, high)]
        label = f"{low}-{high}" if high < 365 else f"{low}+"
        shares = band["status"].value_counts(normalize=True)
        rows[label] = [*(float(shares.get(end, 0.0)) for end in ENDS), len(band)]
    return pd.DataFrame.from_dict(rows, orient="index", columns=[*ENDS, "deals"])
