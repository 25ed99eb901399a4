"""What is wrong with the data, one function per flaw, each with the way back where there is one.

All take frames and return new ones. What cannot be brought back (lost history, how open deals will
end) is in the case's ``truth``.
"""

import numpy as np
import pandas as pd

from course.cases.frames import sample

__all__ = [
    "censor_open",
    "fees_as_amounts",
    "fees_in_percent",
    "lost_history",
    "renamed_groups",
    "unlabelled_bypasses",
    "with_bypasses",
    "without_second_exports",
]

CNY_PER_VALUE = 10_000  # the unit of a deal's value
SAME_MESSAGE = ["deal_id", "sent_at", "sender", "text"]


def fees_as_amounts(
    deals: pd.DataFrame, rng: np.random.Generator, share: float = 0.2
) -> pd.DataFrame:
    """Write ``share`` of the fees as amounts in CNY where the others are % of the value."""
    dirty = deals.copy()
    rows = sample(dirty.index, share, rng)
    value = dirty.loc[rows, "value"]
    dirty.loc[rows, "fee"] = value * CNY_PER_VALUE * dirty.loc[rows, "fee"] / 100
    return dirty


def fees_in_percent(deals: pd.DataFrame) -> pd.DataFrame:
    """Undo :func:`fees_as_amounts`: no fee exceeds 100 %, and no amount is below 100 CNY."""
    clean = deals.copy()
    amounts = clean["fee"] > 100
    percent = clean["fee"] / (clean["value"] * CNY_PER_VALUE) * 100
    clean["fee"] = clean["fee"].where(~amounts, percent.round(3))
    return clean


def renamed_groups(
    messages: pd.DataFrame, rng: np.random.Generator, share: float = 0.1, least: int = 15
) -> pd.DataFrame:
    """Export ``share`` of the groups twice, under an old and a new name.

    Somebody renamed the group halfway. The archive holds both exports: the old one runs on for a
    while after the new one begins, so messages in between appear twice. Only groups of ``least``
    messages or more are renamed; the share is of all groups.
    """
    chats = messages.groupby("deal_id", sort=True).indices  # of each deal, the rows of its chat
    long = pd.Index([deal for deal, rows in chats.items() if len(rows) >= least])
    chosen = set(sample(long, min(1.0, share * len(chats) / len(long)), rng))
    exports = []  # rows, and what the group's name ends in
    for deal, rows in chats.items():
        if deal not in chosen:
            exports.append((rows, ""))
            continue
        n = len(rows)
        new = int(n * rng.uniform(0.4, 0.6))
        old = min(n, new + max(2, int(n * rng.uniform(0.1, 0.25))))
        ending = (" (pilot)", " 2026", " 项目群", " – contract")[int(rng.integers(4))]
        exports += [(rows[:old], ""), (rows[new:], ending)]
    dirty = messages.iloc[np.concatenate([rows for rows, _ in exports])].reset_index(drop=True)
    endings = [ending for rows, ending in exports for _ in rows]
    return dirty.assign(group=dirty["group"] + endings)


def without_second_exports(messages: pd.DataFrame) -> pd.DataFrame:
    """Undo :func:`renamed_groups`: every message once, under its group's first name, by time."""
    clean = messages.drop_duplicates(SAME_MESSAGE).sort_values(["deal_id", "sent_at"])
    first = clean.groupby("deal_id")["group"].transform("first")
    return clean.assign(group=first).reset_index(drop=True)


def lost_history(
    deals: pd.DataFrame, messages: pd.DataFrame, rng: np.random.Generator, share: float = 0.12
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lose the first weeks of ``share`` of the chats; ``chat_from`` is the first day that is left.

    A silence can be read only from that day on.
    """
    deals = deals.copy()
    days = messages["sent_at"].dt.normalize().to_numpy()
    chats = messages.groupby("deal_id").indices
    keep = np.ones(len(messages), dtype=bool)
    for row in sample(deals.index, share, rng):
        own = chats[deals.at[row, "deal_id"]]
        first = days[own[int(len(own) * rng.uniform(0.2, 0.5))]]
        keep[own] = days[own] >= first
        deals.at[row, "chat_from"] = first
    return deals, messages[keep].reset_index(drop=True)


def unlabelled_bypasses(
    outcomes: pd.DataFrame, rng: np.random.Generator, share: float = 0.3
) -> pd.DataFrame:
    """Blank the status of ``share`` of the bypassed deals: nobody wrote down how they ended."""
    dirty = outcomes.copy()
    rows = sample(dirty.index[dirty["status"] == "bypassed"], share, rng)
    dirty.loc[rows, "status"] = None
    return dirty


def with_bypasses(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Undo :func:`unlabelled_bypasses`: a deal that ended, nobody wrote down how, was bypassed."""
    clean = outcomes.copy()
    ended = clean["status"].isna() & clean["ended_on"].notna()
    clean["status"] = clean["status"].where(~ended, "bypassed")
    return clean


def censor_open(outcomes: pd.DataFrame, snapshot: pd.Timestamp) -> pd.DataFrame:
    """Show outcomes as they stood on ``snapshot``: what ends later, or never, is ``open``.

    Needs ``hours_watched``, the broker's hours up to the snapshot, and puts them in their place.
    """
    seen = outcomes.drop(columns="hours_watched")
    seen["broker_hours"] = outcomes["hours_watched"]
    later = ~(seen["ended_on"] <= snapshot)
    seen.loc[later, "status"] = "open"
    seen.loc[later, "ended_on"] = pd.NaT
    seen.loc[later, "fee_received"] = 0.0
    return seen
