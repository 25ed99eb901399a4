"""What a case is: tables to work on, what their columns mean, the story, and the clean truth."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

__all__ = ["Case"]


@dataclass(frozen=True, eq=False)
class Case:
    """One learner's variant of a simulated case.

    Attributes:
        tables: the data as a learner gets it, dirt included, by table name.
        dictionary: one row per column of ``tables``: table, column, unit, meaning, allowed.
        story: who these people are and how the data came about, Markdown.
        truth: the same without dirt, and what nobody in the case could see; for the debrief.
    """

    tables: Mapping[str, pd.DataFrame]
    dictionary: pd.DataFrame
    story: str
    truth: Mapping[str, pd.DataFrame]

    def copy(self) -> "Case":
        """Return a case whose frames can be changed without changing this one's."""
        return Case(
            {name: frame.copy() for name, frame in self.tables.items()},
            self.dictionary.copy(),
            self.story,
            {name: frame.copy() for name, frame in self.truth.items()},
        )
