"""Lay the course out in a learner's working folder, and never touch what the learner did there.

For each shipped file there are three versions: as it was shipped last time (the record), as it
is in the folder, and as it is shipped now. What only we changed is updated; what only the learner
changed is left; what both changed stays as it is, and our version is put beside it.
"""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from course.answers.files import write_atomically
from course.desk.content import PACKAGE, Content, find_content
from course.desk.errors import DeskError
from course.desk.record import Record, Shipped, digest_of_work
from course.text import _, ngettext

__all__ = ["Report", "lay_out"]

# Declarations of forms: no learner edits them, and their answers are kept in another file.
ALWAYS_OURS = frozenset({"forms.json"})
SOURCE_FOLDERS = ("course", "notebooks", "exercises", "solutions", "tests", "benchmarks", ".git")


@dataclass
class Report:
    """What :func:`lay_out` did: POSIX paths inside ``folder``."""

    folder: Path
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    beside: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether anything in the folder was written."""
        return bool(self.added or self.updated or self.restored or self.beside)

    def lines(self) -> list[str]:
        """Return what the learner should know, one sentence a line; nothing if nothing changed."""
        added, updated, restored = len(self.added), len(self.updated), len(self.restored)
        counted = (
            (added, ngettext("{n} file was added.", "{n} files were added.", added)),
            (updated, ngettext("{n} file was updated.", "{n} files were updated.", updated)),
            (
                restored,
                ngettext(
                    "{n} missing file was put back.", "{n} missing files were put back.", restored
                ),
            ),
        )
        lines = [sentence.format(n=n) for n, sentence in counted if n]
        for yours, ours in self.beside.items():
            lines.append(
                _(
                    "{yours} has your changes and was left as it is; the new version is beside "
                    "it: {ours}. Of a homework, only homework.ipynb is graded."
                ).format(yours=yours, ours=ours)
            )
        return lines + self.notes


def lay_out(folder: Path, *, content: Content | None = None) -> Report:
    """Make or update the working folder ``folder`` and report what was done.

    Doing it twice changes nothing the second time. Raises :class:`DeskError` if ``folder`` cannot
    be a working folder or ``content`` (default: what the package ships) is not there.
    """
    content = content or find_content()
    folder = _usable(folder)
    try:
        record = Record.read(folder)
        report = Report(folder, notes=list(record.notes))
        for place, source in content.files().items():
            _place(str(place), source.read_bytes(), record, report)
        record.write(folder)
    except OSError as error:
        raise DeskError(
            _(
                "The working folder could not be brought up to date: {file}: {reason}. Nothing "
                "of yours was changed. Close programs that use the folder, or choose another one."
            ).format(file=error.filename or folder, reason=error.strerror or error)
        ) from error
    return report


def _place(name: str, data: bytes, record: Record, report: Report) -> None:
    """Bring one file up to date; ``record`` and ``report`` are updated with it."""
    target = report.folder / name
    before, now = record.files.get(name), Shipped.of(name, data)
    record.files[name] = now
    present = _read(target)
    if present is None:
        (report.restored if before else report.added).append(name)
        _write(target, data)
    elif present == data:
        pass
    elif PurePosixPath(name).name in ALWAYS_OURS:
        report.updated.append(name)
        _write(target, data)
    elif before is not None and before.sha256 == now.sha256:
        pass  # we changed nothing, so whatever the learner has is the newest there is
    elif digest_of_work(name, present) in {now.work, before.work if before else None}:
        report.updated.append(name)
        _write(target, data)
    else:
        _place_beside(name, data, record, report)


def _place_beside(name: str, data: bytes, record: Record, report: Report) -> None:
    """Put our version beside the learner's, over no file but an untouched earlier one of ours."""
    path, number = PurePosixPath(name), 1
    while True:
        mark = ".new" if number == 1 else f".new{number}"
        beside = str(path.with_name(path.stem + mark + path.suffix))
        present, before = _read(report.folder / beside), record.files.get(beside)
        untouched = (
            before is not None
            and present is not None
            and (digest_of_work(beside, present) == before.work)
        )
        if present is None or present == data or untouched:
            break
        number += 1
    record.files[beside] = Shipped.of(beside, data)
    report.beside[name] = beside
    _write(report.folder / beside, data)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, data)


def _usable(folder: Path) -> Path:
    """Return ``folder`` as an absolute path that exists and can be written, or say why not."""
    folder = folder.expanduser().resolve()
    root = PACKAGE.parent
    sources = [PACKAGE, *(root / name for name in SOURCE_FOLDERS)]
    if folder == root or any(folder.is_relative_to(source) for source in sources):
        raise DeskError(
            _(
                "{folder} holds the course itself, so it cannot be your working folder. Choose "
                "another one, for example {example}."
            ).format(folder=folder, example=Path.home() / "my-course")
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (FileExistsError, NotADirectoryError) as error:
        raise DeskError(
            _(
                "{folder} cannot be your working folder: {file} is a file. Choose another name."
            ).format(folder=folder, file=error.filename or folder)
        ) from error
    except OSError as error:
        raise DeskError(
            _(
                "{folder} cannot be your working folder: it cannot be written to ({reason}). "
                "Choose a folder of your own, for example {example}."
            ).format(
                folder=folder,
                reason=error.strerror or error,
                example=Path.home() / "my-course",
            )
        ) from error
    return folder
