"""Percent sources: a notebook as text, one ``# %%`` marker per cell, read by jupytext.

Besides jupytext's own ``[markdown]`` a marker carries one *role* and its options::

    # %% setup                       the notebook's first cell, locked, source folded away
    # %% form="sort_messages"        shows a form; in homework also the cell that grades it
    # %% show                        a view: source folded away
    # %% solution="should_drop"      the learner's cell, with ### BEGIN SOLUTION … ### END SOLUTION
    # %% grade="should_drop" points=6    a test cell, may hold ### BEGIN HIDDEN TESTS … END

A cell without a role may have an ``id``: a name that stays when other cells come and go, so that
``lesson.toml`` can say which claim is taught where. In homework any cell may say which task it is
``part`` of, so that an instructor can leave the task out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext

from course.build.errors import BuildError
from course.build.lessons import unknown_name

__all__ = ["Cell", "read_source"]

ROLES = ("setup", "form", "show", "solution", "grade")
OPTIONS = ("id", "part", "points", *ROLES)
_MARKER = re.compile(r"^# ?%%(?!%)")
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_REGIONS = ("SOLUTION", "HIDDEN TESTS")


@dataclass(frozen=True)
class Cell:
    """One cell of a source.

    ``role`` is empty for plain cells; ``name`` is the role's value, or a plain cell's ``id``;
    ``part`` is the task that the cell belongs to, empty for what belongs to all.
    """

    line: int
    kind: str
    role: str
    name: str
    points: float | None
    text: str
    part: str = ""


def read_source(path: Path) -> list[Cell]:
    """Return the cells of a percent source; raises :class:`BuildError` with file and line."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BuildError(path, "is missing. “course new” shows what a lesson needs.") from None
    except UnicodeDecodeError as error:
        raise BuildError(path, f"not UTF-8: {error}. Save it as UTF-8.") from None
    lines = [i for i, line in enumerate(text.splitlines(), 1) if _MARKER.match(line)]
    if not lines:
        raise BuildError(path, "has no cells. Begin each cell with a line “# %%”.", line=1)
    before = "\n".join(text.splitlines()[: lines[0] - 1]).strip()
    if before:
        raise BuildError(path, "text before the first cell: begin with “# %% [markdown]”", line=1)
    notebook = jupytext.reads(text, fmt="py:percent")
    if len(notebook.cells) != len(lines):
        raise BuildError(
            path, "a line that begins with “# %%” stands inside a text: indent or reword it"
        )
    return [_cell(raw, line, path) for raw, line in zip(notebook.cells, lines, strict=True)]


def _cell(raw: Mapping[str, Any], line: int, path: Path) -> Cell:
    options = {k: v for k, v in raw["metadata"].items() if k != "lines_to_next_cell"}
    title = options.pop("title", "")
    if title:  # a bare word in the marker: a role without a value
        options[title] = ""
    for option in options:
        if option not in OPTIONS:
            raise BuildError(path, unknown_name(option, option, list(OPTIONS)), line=line)
    roles = [option for option in options if option in ROLES]
    if len(roles) > 1:
        raise BuildError(path, f"one role per cell, not {' and '.join(roles)}", line=line)
    role = roles[0] if roles else ""
    name = str(options[role] if role and options[role] else options.get("id", ""))
    if "id" in options and (role not in ("", "show") or not _NAME.fullmatch(name)):
        raise BuildError(
            path, "id is for plain and show cells: small letters, digits, _ and -", line=line
        )
    points = options.get("points")
    if role in ("form", "solution", "grade") and not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise BuildError(
            path, f"{role} needs a name of small letters, digits and _: {role}=“my_task”", line=line
        )
    if (points is not None) != (role == "grade"):
        cure = "needs points, such as points=4" if role == "grade" else "takes no points"
        raise BuildError(path, f"a {role or 'plain'} cell {cure}", line=line)
    if points is not None and (not isinstance(points, int | float) or points <= 0):
        raise BuildError(path, f"points must be a number above 0, not {points!r}", line=line)
    if raw["cell_type"] != "code" and role:
        raise BuildError(path, f"{role} cells hold code: remove [{raw['cell_type']}]", line=line)
    source = raw["source"].strip("\n")
    _check_regions(source, role, path, line)
    part = str(options.get("part", name if role in ("form", "solution", "grade") else ""))
    return Cell(line, raw["cell_type"], role, name, points, source, part)


def _check_regions(source: str, role: str, path: Path, line: int) -> None:
    """Refuse markers that nbgrader would cut wrongly, or that would leak what they mark."""
    homes = {"SOLUTION": "solution", "HIDDEN TESTS": "grade"}
    for region in _REGIONS:
        is_open, seen = 0, False
        for offset, text in enumerate(source.splitlines(), 1):
            # nbgrader looks for these words anywhere in a line; so do we.
            if f"BEGIN {region}" in text:
                if is_open:
                    raise BuildError(
                        path, f"BEGIN {region} inside another: close it first", line=line + offset
                    )
                is_open, seen = line + offset, True
            elif f"END {region}" in text:
                if not is_open:
                    raise BuildError(
                        path, f"END {region} without its BEGIN {region}", line=line + offset
                    )
                is_open = 0
        if is_open:
            raise BuildError(path, f"BEGIN {region} without its END {region}", line=is_open)
        if seen and role != homes[region]:
            raise BuildError(
                path,
                f"{region} markers belong in a cell with {homes[region]}=…: elsewhere they "
                "would reach the learners",
                line=line,
            )
    if role == "solution" and "BEGIN SOLUTION" not in source:
        raise BuildError(
            path,
            "a solution cell needs ### BEGIN SOLUTION and ### END SOLUTION around what to hide",
            line=line,
        )
