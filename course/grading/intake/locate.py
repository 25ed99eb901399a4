"""Finds the assignment's notebooks in a submission, also where they are not quite as they should.

Browsers, mail programs and people rename files and wrap folders in folders. A notebook is taken
under another name only if it is the only one that it can be.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from course.grading.intake.allowance import Allowance
from course.grading.intake.archive import unpack
from course.grading.intake.folder import Contents, is_notebook
from course.grading.intake.model import RefusedError, listed, shown
from course.grading.spec.model import NotebookSpec
from course.text import _

__all__ = ["Located", "locate"]

T = TypeVar("T")
_EXTENSION = re.compile(r"\.ipynb(?:\.(?:txt|json))?$", re.IGNORECASE)
# "homework (1)", "homework-Copy2", "Copy of homework", "homework - Copy", "homework - 副本"
_COPY = re.compile(
    r"^(?:copy|kopie|copie|copia) (?:of|von|de|di) |[ _-]*(?:copy|kopie|copie|copia|副本) ?\d*$"
    r"|[ _-]*[(（]\d+[)）]$",
    re.IGNORECASE,
)
_LOOKED_INTO = 20  # files with other names: more are no oversight


@dataclass
class Located:
    """``contents`` as if everything lay where it should; ``paths`` maps notebooks to theirs."""

    contents: Contents
    paths: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def locate(
    contents: Contents,
    notebooks: Sequence[NotebookSpec],
    ignore: tuple[str, ...],
    allowance: Allowance,
) -> Located:
    """Find the notebooks: in the folder itself, else one folder further in, else in a zip in it.

    RefusedError if there is not one.
    """
    found = _in_folder(contents, notebooks) or _further_in(contents, notebooks)
    if found is None:
        found = _in_zip(contents, notebooks, ignore, allowance)
    if found is None:
        raise _nothing(contents, notebooks)
    unknown = [
        path
        for path in (*found.contents.files, *found.contents.problems)
        if is_notebook(path) and path not in found.paths.values()
    ]
    if unknown:
        found.notes.append(
            _("These notebooks are not part of the assignment, and were left out: {names}.").format(
                names=listed(unknown)
            )
        )
    return found


def _in_folder(contents: Contents, notebooks: Sequence[NotebookSpec]) -> Located | None:
    """Look in the folder itself; None if none of the notebooks is there."""
    top = [path for path in (*contents.files, *contents.problems) if "/" not in path]
    found = Located(contents)
    found.paths = {one.name: f"{one.name}.ipynb" for one in notebooks if f"{one.name}.ipynb" in top}
    missing = [one for one in notebooks if one.name not in found.paths]
    others = [p for p in top if _EXTENSION.search(p) and p not in found.paths.values()]
    for one in missing:
        candidates = _candidates(one, others, contents, alone=len(notebooks) == 1)
        if len(candidates) == 1:
            (path,) = candidates
            others.remove(path)
            found.paths[one.name] = path
            found.notes.append(
                _("{path} was taken as {name}.ipynb.").format(path=shown(path), name=one.name)
            )
        elif candidates:
            found.notes.append(
                _("It is not clear which of these is {name}.ipynb: {names}.").format(
                    name=one.name, names=listed(candidates)
                )
            )
    return found if found.paths else None


def _candidates(
    notebook: NotebookSpec, others: Sequence[str], contents: Contents, *, alone: bool
) -> list[str]:
    """Return the files that can be a notebook under another name, by the best sign there is."""
    wanted = _stem(notebook.name)
    named = [path for path in others if _stem(path) == wanted]
    if named or not alone:
        return named
    # With another name altogether, it must at least hold cells of the assignment.
    marks = [cell.grade_id.encode() for cell in notebook.nbgrader_cells if len(cell.grade_id) > 3]
    return [
        path
        for path in others[:_LOOKED_INTO]
        if any(b'"' + mark + b'"' in contents.files.get(path, b"") for mark in marks)
    ]


def _stem(path: str) -> str:
    stem = _EXTENSION.sub("", unicodedata.normalize("NFKC", path)).casefold()
    for _again in range(3):  # "Copy of homework (1) (2)"
        stem = _COPY.sub("", stem)
    return re.sub(r"[\s_-]+", "_", stem.strip())


def _further_in(contents: Contents, notebooks: Sequence[NotebookSpec]) -> Located | None:
    """Look in the folders inside the folder; None unless exactly one has a notebook."""
    everything = (*contents.files, *contents.problems)
    near = [path for path in everything if path.count("/") == 1 and _EXTENSION.search(path)]
    names = dict.fromkeys(path.split("/")[0] for path in near)
    moved = {name: _moved_up(contents, name) for name in names}
    found = {name: where for name in names if (where := _in_folder(moved[name], notebooks))}
    if len(found) != 1:
        return None
    ((name, located),) = found.items()
    located.notes.insert(0, _("The work was found in the folder {name}.").format(name=shown(name)))
    return located


def _moved_up(contents: Contents, name: str) -> Contents:
    """Return the contents as if what lies in a folder lay beside it."""
    return Contents(_up(contents.files, f"{name}/"), _up(contents.problems, f"{name}/"))


def _up(paths: Mapping[str, T], start: str) -> dict[str, T]:
    outside = {path: value for path, value in paths.items() if not path.startswith(start)}
    inside = {p.removeprefix(start): value for p, value in paths.items() if p.startswith(start)}
    return {**outside, **inside}


def _in_zip(
    contents: Contents,
    notebooks: Sequence[NotebookSpec],
    ignore: tuple[str, ...],
    allowance: Allowance,
) -> Located | None:
    """Look in a zip that lies in the folder; None unless there is exactly one, with a notebook."""
    zips = [path for path in contents.files if "/" not in path and path.lower().endswith(".zip")]
    if len(zips) != 1:
        return None
    inside = unpack(contents.files[zips[0]], ignore, allowance)
    inside.files = {**{p: d for p, d in contents.files.items() if p not in zips}, **inside.files}
    inside.problems = {**contents.problems, **inside.problems}
    found = _in_folder(inside, notebooks) or _further_in(inside, notebooks)
    if found is not None:
        said = _("The work was taken out of {name}.").format(name=shown(zips[0]))
        found.notes.insert(0, said)
    return found


def _nothing(contents: Contents, notebooks: Sequence[NotebookSpec]) -> RefusedError:
    wanted = listed(f"{one.name}.ipynb" for one in notebooks)
    reason = _("The notebook {names} was not handed in.").format(names=wanted)
    cure = _("Hand in the notebook under that name.")
    others = [path for path in contents.files if "/" not in path and _EXTENSION.search(path)]
    names = {_stem(one.name) for one in notebooks}
    scripts = [
        path
        for path in contents.files
        if path.endswith(".py") and _stem(path.removesuffix(".py")) in names
    ]
    if others:
        reason += " " + _("Found instead: {names}.").format(names=listed(others))
    elif scripts:
        reason += " " + _("Found instead: {names}.").format(names=listed(scripts))
        cure = _("Hand in the notebook itself, not a Python file made from it.")
    return RefusedError(reason, cure)
