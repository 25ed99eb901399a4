"""What became of every submission, and of the whole run.

A submission is

- ``graded`` if all its tests ran to an end, right or wrong;
- ``not attempted`` if it was handed in as it was handed out;
- ``crashed`` if the learner's code ended its interpreter or was stopped for using too much, and
  ``timed out`` if it used all its time: tests that did not run earn nothing and are flagged;
- ``refused`` if it could not be read: nothing earned, all flagged;
- ``failed`` if the grader itself could not run it: nobody's fault but ours. It is flagged like a
  refused one, so that no older grade stands, and the next run tries again.

All of them are recorded; a student who handed in nothing is in none of these lists.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

__all__ = ["STATUSES", "UNGRADED", "Entry", "Report", "Status"]

Status = Literal["graded", "not attempted", "crashed", "timed out", "refused", "failed"]
STATUSES: tuple[Status, ...] = get_args(Status)
UNGRADED: frozenset[Status] = frozenset({"crashed", "timed out", "refused", "failed"})


@dataclass(frozen=True)
class Entry:
    """What became of one submission.

    ``score`` is the gradebook's, manual scores included, before ``penalty``; ``manual`` says that
    a person has to look. ``reasons`` say what kept it from a full grade, ``notes`` what was mended
    or found odd; ``problem`` is for instructors only, and says what failed in the grader.
    ``seconds`` are wall clock. ``unchanged`` says that an earlier run graded it.
    """

    student: str
    status: Status
    score: float = 0.0
    maximum: float = 0.0
    penalty: float = 0.0
    seconds_late: float = 0.0
    manual: bool = False
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    unchanged: bool = False


@dataclass
class Report:
    """What became of a run; ``left`` counts the submissions it did not get to."""

    assignment: str
    executor: str = ""
    entries: list[Entry] = field(default_factory=list)
    seconds: float = 0.0
    interrupted: bool = False
    left: int = 0

    @property
    def totals(self) -> Mapping[str, int]:
        """How many submissions there are, and how many of each kind.

        ``unchanged`` and ``for a person`` count across the kinds.
        """
        kinds = Counter(entry.status for entry in self.entries)
        return {
            "submissions": len(self.entries) + self.left,
            **{status: kinds[status] for status in STATUSES},
            "unchanged": sum(entry.unchanged for entry in self.entries),
            "for a person": sum(entry.manual for entry in self.entries),
            "left": self.left,
        }

    @property
    def exit_code(self) -> int:
        """Return what the command exits with.

        0: every submission is graded. 2: some are recorded, but are not graded in full, or not at
        all: their reasons are in the report. 130: it was interrupted. (1 is no report at all.)
        """
        if self.interrupted:
            return 130
        return 2 if any(entry.status in UNGRADED for entry in self.entries) else 0

    def to_json(self) -> str:
        """Return the report as one JSON document."""
        document: dict[str, Any] = {
            "version": 1,
            "assignment": self.assignment,
            "executor": self.executor,
            "seconds": round(self.seconds, 3),
            "interrupted": self.interrupted,
            "totals": self.totals,
            "submissions": [asdict(entry) for entry in self.entries],
        }
        return json.dumps(document, indent=1, ensure_ascii=False)
