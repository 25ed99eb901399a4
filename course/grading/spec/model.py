"""What an assignment is made of. Plain data, the same for every submission."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from course.answers import CourseError
from course.grading.job import Limits, Role

__all__ = ["Assignment", "CellSpec", "CellType", "Kind", "NotebookSpec", "SpecError"]

Kind = Literal["test", "manual", "answer", "locked", "task", "ordinary"]
CellType = Literal["code", "markdown", "raw"]


class SpecError(CourseError):
    """The assignment cannot be graded as it is; the message says what the instructor can do."""


@dataclass(frozen=True)
class CellSpec:
    """A cell as the instructor made it.

    ``kind`` is ``test`` (graded by running), ``manual`` (an answer graded by hand), ``answer``
    (graded by tests), ``locked``, ``task`` or, for what nbgrader does not look after, ``ordinary``.
    ``source`` is what nbgrader recorded, hidden tests included; ``shown`` is what learners were
    given. A ``fixed`` cell keeps its source whatever a learner made of it. ``metadata`` is the
    whole cell's, nbgrader's part as the gradebook has it; ``defines`` are the names that the cell
    defines as given, or in the solution.
    """

    kind: Kind
    cell_type: CellType
    source: str
    cell_id: str
    shown: str = ""
    grade_id: str = ""
    points: float = 0.0
    checksum: str = ""
    fixed: bool = False
    metadata: Mapping[str, Any] = field(default_factory=dict)
    attachments: Mapping[str, Any] = field(default_factory=dict)
    defines: tuple[str, ...] = ()

    @property
    def role(self) -> Role:
        """Where its code runs; see :class:`course.grading.job.Cell`."""
        return "test" if self.kind == "test" else "setup" if self.fixed else "learner"

    @property
    def answered(self) -> bool:
        """Whether learners are to write here."""
        return self.kind in ("manual", "answer")


@dataclass(frozen=True)
class NotebookSpec:
    """A notebook of the assignment: its cells in order, ordinary ones among them."""

    name: str
    cells: tuple[CellSpec, ...]
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def nbgrader_cells(self) -> tuple[CellSpec, ...]:
        """The cells that the gradebook knows, in order."""
        return tuple(cell for cell in self.cells if cell.grade_id)


@dataclass(frozen=True)
class Assignment:
    """All that grading needs to know of an assignment.

    ``files`` are the instructor's, by path inside the assignment's folder; they replace a learner's
    of the same path. ``keeps`` are paths that learners hand in their own version of. ``ignore`` are
    patterns of file names that are not taken; ``select`` is the pattern of the notebooks to grade.
    ``modules`` are imported by the instructor's cells. ``notes`` are for the instructor.
    """

    name: str
    notebooks: tuple[NotebookSpec, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    keeps: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    select: str = "*"
    modules: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    notes: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """The names that answer cells define."""
        cells = [cell for notebook in self.notebooks for cell in notebook.cells if cell.answered]
        return tuple(dict.fromkeys(name for cell in cells for name in cell.defines))

    @cached_property
    def digest(self) -> str:
        """A hash of all that a grade depends on."""
        notebooks = [
            (one.name, one.metadata, [vars(c) for c in one.cells]) for one in self.notebooks
        ]
        files = {path: hashlib.sha256(data).hexdigest() for path, data in self.files.items()}
        rest = (self.name, self.keeps, self.ignore, vars(self.limits))
        text = json.dumps((notebooks, files, rest), sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
