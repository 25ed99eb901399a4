"""What several cases do with frames: draw some rows, make columns of days, lay out a dictionary."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["Column", "as_dates", "as_times", "dictionary_of", "sample"]

Column = tuple[str, str, str, str, str]
"""A column in a dictionary: table, column, unit ("" if none), meaning, allowed values."""

_EPOCH = date(1970, 1, 1).toordinal()


def dictionary_of(columns: Sequence[Column]) -> pd.DataFrame:
    """Return the dictionary as a table: table, column, unit, meaning, allowed."""
    return pd.DataFrame(columns, columns=["table", "column", "unit", "meaning", "allowed"])


def sample(labels: pd.Index, share: float, rng: np.random.Generator) -> pd.Index:
    """Draw ``share`` of the labels, rounded, in their order."""
    count = round(share * len(labels))
    return labels[np.sort(rng.permutation(len(labels))[:count])]


def as_dates(ordinals: Sequence[int]) -> Any:
    """Turn ordinals into a column of days, 0 into NaT."""
    numbers = np.array(ordinals, dtype=np.int64)
    days = (numbers - _EPOCH).astype("datetime64[D]").astype("datetime64[s]")
    return np.where(numbers == 0, np.datetime64("NaT", "s"), days)


def as_times(
    ordinals: Sequence[int], minutes: Sequence[int], seconds: Sequence[int] | int = 0
) -> Any:
    """Turn ordinals, minutes of the day and seconds of the minute into a column of times."""
    days = np.array(ordinals, dtype=np.int64) - _EPOCH
    total = days * 86_400 + np.array(minutes) * 60 + np.array(seconds)
    return total.astype("datetime64[s]")
