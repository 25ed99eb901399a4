"""What comes of taking in a submission."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from nbformat import NotebookNode

from course.grading.job import Job

__all__ = ["Intake", "Refusal", "RefusedError", "listed", "shown"]

_LISTED = 5
_SHOWN = 60  # characters of a learner's name for something, in a sentence of ours


@dataclass(frozen=True)
class Refusal:
    """Why something cannot be graded, and what the learner can do about it. Sentences."""

    reason: str
    cure: str

    def __str__(self) -> str:
        """Return both, as one text."""
        return f"{self.reason} {self.cure}".strip()


class RefusedError(Exception):
    """Raised inside this package where something has to be refused."""

    def __init__(self, reason: str, cure: str) -> None:
        """Say why, and what to do."""
        super().__init__(reason)
        self.refusal = Refusal(reason, cure)


@dataclass(frozen=True)
class Intake:
    """A submission, taken in.

    ``job`` is ready to run and ``notebooks`` (name → notebook) to be completed with the outputs:
    the ``index`` of a job's cell is that in its notebook. Both are empty if there is a ``refusal``,
    or a ``fault`` of the grader, which is for the instructor and nobody's grade.
    ``missing`` names notebooks that were not handed in, which score zero; ``refused`` those that
    cannot be read, with the reason. ``untouched`` tells the answers that were left as given, by
    notebook: grade ids. ``timestamp`` is when it was handed in (UTC, without a zone, as nbgrader
    has it), None if that is not known. ``digest`` is a hash of all that was read.
    """

    student: str
    job: Job | None = None
    notebooks: Mapping[str, NotebookNode] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    refused: Mapping[str, Refusal] = field(default_factory=dict)
    untouched: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    refusal: Refusal | None = None
    fault: str = ""
    timestamp: dt.datetime | None = None
    digest: str = ""


def shown(text: str) -> str:
    """Return a learner's text as it may stand in a sentence: short, and without control codes."""
    short = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return short if short.isprintable() else json.dumps(short)


def listed(names: Iterable[str]) -> str:
    """Return names as they may stand in a sentence: each once, and not too many."""
    once = list(dict.fromkeys(names))
    return ", ".join([*map(shown, once[:_LISTED]), *(["…"] if len(once) > _LISTED else [])])
