"""What travels between the steps: a job goes out, a result comes back, both plain data.

Neither needs a database, a shared disk or any trust in who sent it: a job and a result are made of
text, numbers and bytes, and cross a wire as msgpack.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Self

import msgpack

__all__ = ["Cell", "Job", "Limits", "Notebook", "NotebookRun", "Ran", "Result"]

Role = Literal["learner", "setup", "test"]
Problem = Literal["", "timed out", "died", "not run", "unsupported"]


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Every limit ends that submission only."""

    cell_seconds: float = 30.0  # wall clock for one cell, as nbgrader's Execute.timeout
    total_seconds: float = 300.0  # wall clock for the whole submission
    memory_mb: int = 4096  # address space of one process; pandas and matplotlib need 1,000
    processes: int = 64
    open_files: int = 256
    file_mb: int = 64  # the largest file a submission may write
    scratch_mb: int = 256  # all it may write
    output_kb: int = 1024  # what one cell may print or show; the rest is cut
    message_mb: int = 64  # the largest value that may cross from the learner's side


@dataclass(frozen=True)
class Cell:
    """A code cell to run.

    ``role`` says where: ``learner`` cells (answers, cells the learner added, unlocked ones) and
    ``setup`` cells (locked ones of the instructor's that carry no points) run on the learner's
    side, ``test`` cells (locked and graded) in the referee. The referee also takes the imports,
    functions and classes of ``setup`` cells, so that learners cannot replace them.
    """

    index: int  # of the cell in its notebook
    role: Role
    source: str
    name: str = ""  # nbgrader's grade_id, if it has one


@dataclass(frozen=True)
class Notebook:
    """A notebook's code cells, in order. It gets a fresh interpreter on either side."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Job:
    """One submission, ready to run.

    Files are named by their path inside the submission's folder, with ``/`` and without ``..``.
    ``files`` is the folder the learner's code starts in; ``given`` are the instructor's files,
    which the referee sees as the instructor wrote them; ``pinned`` names submitted files whose
    submitted content stands for the referee, whatever the learner's code did to them.
    ``answers`` are names that the release's answer cells define: only these may hide a builtin.
    """

    notebooks: tuple[Notebook, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    given: Mapping[str, bytes] = field(default_factory=dict)
    pinned: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)

    def to_bytes(self) -> bytes:
        """Return the job as msgpack."""
        return bytes(msgpack.packb(asdict(self)))

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read a job; ValueError or TypeError if it is none."""
        raw = msgpack.unpackb(data, use_list=False)
        notebooks = tuple(
            Notebook(found["name"], tuple(Cell(**cell) for cell in found["cells"]))
            for found in raw.pop("notebooks")
        )
        return cls(notebooks=notebooks, limits=Limits(**raw.pop("limits")), **raw)


@dataclass(frozen=True)
class Ran:
    """What one cell did. ``outputs`` are notebook outputs (nbformat 4); ``problem`` says why a cell
    has no honest end, ``reason`` in a sentence."""

    index: int
    outputs: tuple[Mapping[str, Any], ...] = ()
    execution_count: int | None = None
    seconds: float = 0.0
    problem: Problem = ""
    reason: str = ""


@dataclass(frozen=True)
class NotebookRun:
    """What one notebook did; ``died`` is empty, or how the learner's interpreter ended."""

    name: str
    ran: tuple[Ran, ...]
    died: str = ""


@dataclass(frozen=True)
class Result:
    """What became of a job.

    ``status`` is ``done``; ``crashed`` if the learner's interpreter ended by itself or was stopped
    for using too much; ``timed out`` if the submission used all its time; ``failed`` if the grader
    itself could not run it, which is nobody's grade. ``executor`` names what ran it.
    """

    status: Literal["done", "crashed", "timed out", "failed"]
    notebooks: tuple[NotebookRun, ...] = ()
    reason: str = ""
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    executor: str = ""

    def to_bytes(self) -> bytes:
        """Return the result as msgpack."""
        return bytes(msgpack.packb(asdict(self)))

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read a result; ValueError or TypeError if it is none."""
        raw = msgpack.unpackb(data)
        notebooks = tuple(
            NotebookRun(
                found["name"],
                tuple(Ran(**{**r, "outputs": tuple(r["outputs"])}) for r in found["ran"]),
                found["died"],
            )
            for found in raw.pop("notebooks")
        )
        return cls(notebooks=notebooks, **raw)
