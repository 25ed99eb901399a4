"""Notebooks as they lie in the course folder: a graded one, and the released one beside it."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from course.grading.feedback.prose import headings
from course.grading.outputs import sane
from course.text import _

__all__ = ["Cell", "Outline", "outline", "read_cells"]

_LARGEST = 100 << 20  # bytes; nbgrader itself collects no larger file
_MOST = 1 << 20  # characters that one cell may have put out


@dataclass(frozen=True)
class Cell:
    """A cell of a graded notebook; ``name`` is nbgrader's grade_id, empty if it has none."""

    kind: Literal["code", "markdown"]
    source: str
    name: str = ""
    grade: bool = False
    solution: bool = False
    task: bool = False
    locked: bool = False
    count: int | None = None
    seconds: float | None = None
    outputs: Sequence[Mapping[str, Any]] = ()
    attachments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def tested(self) -> bool:
        """Whether it is a test, as opposed to an answer that a person grades."""
        return self.grade and not self.solution


def read_cells(path: Path) -> list[Cell]:
    """Read a notebook's code and Markdown cells; OSError or ValueError if it is none.

    Its outputs were made by a learner's code: what is no output is left out.
    """
    if not path.is_file() or path.stat().st_size > _LARGEST:
        raise ValueError(f"{path} is no notebook, or too large for one")
    raw = json.loads(path.read_bytes())
    found = raw.get("cells") if isinstance(raw, dict) else None
    if not isinstance(found, list):
        raise ValueError(f"{path} has no cells")
    return [_cell(each) for each in found if isinstance(each, dict) and _kind(each)]


def _kind(raw: Mapping[str, Any]) -> bool:
    return raw.get("cell_type") in ("code", "markdown")


def _cell(raw: Mapping[str, Any]) -> Cell:
    source = raw.get("source", "")
    metadata = _mapping(raw.get("metadata"))
    roles = _mapping(metadata.get("nbgrader"))
    outputs = raw.get("outputs")
    count = raw.get("execution_count")
    return Cell(
        kind=raw["cell_type"],
        source="".join(map(str, source)) if isinstance(source, list) else str(source),
        name=str(roles.get("grade_id") or ""),
        grade=bool(roles.get("grade")),
        solution=bool(roles.get("solution")),
        task=bool(roles.get("task")),
        locked=bool(roles.get("locked")),
        count=count if isinstance(count, int) else None,
        seconds=_seconds(_mapping(metadata.get("execution"))),
        outputs=sane(list(map(_joined, outputs)) if isinstance(outputs, list) else [], _MOST),
        attachments=_mapping(raw.get("attachments")),
    )


def _joined(output: object) -> object:
    """Return an output with its text in one piece: files keep it in lines."""
    if isinstance(output, dict) and isinstance(text := output.get("text"), list):
        return {**output, "text": "".join(line for line in text if isinstance(line, str))}
    return output


def _seconds(times: Mapping[str, Any]) -> float | None:
    """Return how long a cell ran, as nbclient keeps it in a cell's metadata."""
    moments = [times.get("iopub.execute_input"), times.get("shell.execute_reply")]
    try:
        began, ended = (datetime.fromisoformat(str(moment)) for moment in moments)
        return max(0.0, (ended - began).total_seconds())
    except (ValueError, TypeError):  # none was kept, or one with a time zone and one without
        return None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


@dataclass(frozen=True)
class Outline:
    """A notebook's own title, its graded cells in order (name → title), and all that it says.

    ``sources`` are its cells, by kind and text; ``lines`` those of each graded cell, without the
    blanks around them.
    """

    title: str = ""
    tasks: Mapping[str, str] = field(default_factory=dict)
    sources: frozenset[tuple[str, str]] = frozenset()
    lines: Mapping[str, frozenset[str]] = field(default_factory=dict)


def outline(cells: Sequence[Cell]) -> Outline:
    """Return the outline: a task's title is the nearest heading above it.

    What learners write has no say in it. Several tasks under one heading are numbered.
    """
    title = heading = ""
    titles: dict[str, str] = {}
    for cell in cells:
        if cell.kind == "markdown" and not cell.solution:
            for level, text in headings(cell.source):
                heading = text or heading
                title = title or (text if level == 1 else "")
        if cell.name and (cell.grade or cell.task):
            titles[cell.name] = heading or cell.name
    same = Counter(titles.values())
    seen: Counter[str] = Counter()
    for name, text in titles.items():
        seen[text] += 1
        if same[text] > 1:
            titles[name] = _("{title} · {number} of {count}").format(
                title=text, number=seen[text], count=same[text]
            )
    return Outline(
        title,
        titles,
        frozenset((cell.kind, cell.source) for cell in cells),
        {
            cell.name: frozenset(line.strip() for line in cell.source.split("\n"))
            for cell in cells
            if cell.grade
        },
    )
