"""Handing in by file: one homework folder becomes one zip that ``nbgrader zip_collect`` takes."""

import datetime as dt
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

from course.answers.errors import CourseError
from course.answers.learner import WORKSPACE_MARK, clean_id
from course.answers.store import ANSWERS_FILE
from course.answers.work import Work
from course.text import _

__all__ = ["MAX_MEGABYTES", "HandedIn", "find_homework", "hand_in", "open_items", "workspace"]

HOMEWORK = "homework"
HANDED_IN = "handed-in"
MAX_MEGABYTES = 20
"""More than this is no homework: a stray recording, say, that no mailbox would take."""


@dataclass(frozen=True)
class HandedIn:
    """What was handed in: the zip, whose it is, and what is still open, form title → lines.

    ``notes`` say what else the learner should know before sending it.
    """

    path: Path
    lesson: str
    learner_id: str
    open_items: dict[str, list[str]]
    notes: tuple[str, ...] = ()


def workspace(start: Path) -> Path | None:
    """Return the working folder that ``start`` is or lies in, None outside of one."""
    start = start.resolve()
    return next((p for p in (start, *start.parents) if (p / WORKSPACE_MARK).is_file()), None)


def find_homework(start: Path, lesson: str = "") -> Path:
    """Return the folder of a homework, looking from anywhere inside a working folder.

    Without a name it is the one that ``start`` lies in, or the only one there is. Raises
    :class:`CourseError` listing what there is.
    """
    start = start.resolve()
    root = workspace(start)
    if root is None:
        raise CourseError(
            _(
                "{folder} is not inside a course folder. Go to the folder that “course start” "
                "made (my-course by default), or name it: course submit --folder my-course"
            ).format(folder=start)
        )
    base = root / HOMEWORK
    folders = [p for p in base.iterdir() if p.is_dir()] if base.is_dir() else []
    found = sorted(p.name for p in folders if not p.name.startswith("."))
    if not lesson and base in start.parents:
        lesson = start.relative_to(base).parts[0]
    if not lesson and len(found) == 1:
        lesson = found[0]
    if lesson in found:
        return base / lesson
    listed = ", ".join(found) or _("none")
    if lesson:
        raise CourseError(
            _("There is no homework “{name}” in {base}. There: {listed}").format(
                name=lesson, base=base, listed=listed
            )
        )
    raise CourseError(_("Which homework? Name one of: {listed}").format(listed=listed))


def hand_in(folder: Path, *, learner_id: str = "", now: dt.datetime | None = None) -> HandedIn:
    """Pack a homework folder into ``handed-in/`` of the working folder; change nothing else.

    ``learner_id`` is kept in the sidecar if none is there yet. Raises :class:`CourseError` with
    the cure when the id is unknown or a file would not arrive.
    """
    work = Work(folder)
    for notice in work.store.notices:
        # A sidecar that cannot be read would be handed in as if nothing had been answered.
        raise CourseError(notice)
    learner_id = clean_id(learner_id) if learner_id else ""
    if learner_id and work.learner_id not in ("", learner_id):
        raise CourseError(
            _(
                "This homework was done as “{known}”, not “{given}”. Leave --learner out, or ask "
                "your instructor which id is yours."
            ).format(known=work.learner_id, given=learner_id)
        )
    known = work.learner_id or learner_id
    if not known:
        raise CourseError(
            _(
                "Who is handing in? Open the homework and fill in “Who are you?”, or add "
                "--learner with the name or e-mail address your instructor knows you by."
            )
        )
    if work.store.learner.get("id") != known:
        problem = work.identify(known)
        if problem:
            raise CourseError(problem)
    files = _files(folder)
    stamp = (now or dt.datetime.now(dt.UTC)).astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    # Folders of an exchange have no working folder around them: the zip goes beside them.
    root = workspace(folder) or folder.parent
    target = root / HANDED_IN / f"{work.forms.lesson}__{known}__{stamp}.zip"
    try:
        _pack(files, folder, target)
    except (OSError, ValueError) as error:  # ValueError: a file name that is no text
        raise CourseError(
            _(
                "The homework could not be packed ({error}). Close programs that use its files, "
                "make room on the disk, and try again."
            ).format(error=error)
        ) from None
    return HandedIn(target, work.forms.lesson, known, open_items(work), _notes(work))


def _notes(work: Work) -> tuple[str, ...]:
    """Say that answers may lie in a file that was put aside, where none are left otherwise."""
    aside = sorted(path.name for path in work.folder.glob("*.unreadable-*.json"))
    if not aside or any(work.store[name].value is not None for name in work.forms.forms):
        return ()
    said = _(
        "No answers are in this homework, but {files} could not be read earlier and may hold them. "
        "It is packed as well: tell your instructor, or answer again."
    )
    return (said.format(files=", ".join(aside)),)


def _pack(files: list[Path], folder: Path, target: Path) -> None:
    """Write the zip whole or not at all."""
    target.parent.mkdir(exist_ok=True)
    partial = target.with_suffix(".part")
    try:
        # A zip knows no time before 1980, which some tools give to the files they unpack.
        with zipfile.ZipFile(
            partial, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False
        ) as archive:
            for path in files:
                archive.write(path, path.relative_to(folder).as_posix())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    """Return what is handed in: neither links, which may lead anywhere, nor what tools hide."""
    for name in (f"{HOMEWORK}.ipynb", ANSWERS_FILE):
        if (folder / name).is_symlink():
            raise CourseError(
                _("{path} is a link, which cannot be handed in. Put the file itself there.").format(
                    path=folder / name
                )
            )
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not path.is_symlink()
        and not any(
            part.startswith(".") or part == "__pycache__" for part in path.relative_to(folder).parts
        )
    ]
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    if megabytes > MAX_MEGABYTES:
        largest = max(files, key=lambda path: path.stat().st_size)
        raise CourseError(
            _(
                "The homework folder holds {size:.0f} MB; up to {limit} MB can be handed in. The "
                "largest file is {name}: move it elsewhere if it does not belong to the homework."
            ).format(size=megabytes, limit=MAX_MEGABYTES, name=largest.relative_to(folder))
        )
    notebook = folder / f"{HOMEWORK}.ipynb"
    try:
        if "cells" not in json.loads(notebook.read_text(encoding="utf-8")):
            raise ValueError(_("it is no notebook"))
    except FileNotFoundError:
        raise CourseError(
            _(
                "{path} is missing. If you renamed it, give it its name back; else “course start” "
                "puts a fresh one there and keeps your answers."
            ).format(path=notebook)
        ) from None
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise CourseError(
            _(
                "{path} cannot be read ({error}). Open it in JupyterLab, check that it shows, save "
                "it, and hand in again."
            ).format(path=notebook, error=error)
        ) from None
    return files


def open_items(work: Work) -> dict[str, list[str]]:
    """Return what is still open in a homework's forms: form title → lines."""
    found = {}
    for form in work.forms.forms.values():
        try:
            items = list(form.open_items(work[form.id]))
        except CourseError as error:
            items = [str(error)]
        if items:
            found[form.title] = items
    return found
