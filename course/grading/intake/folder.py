"""Reads a submitted folder, whatever lies in it, without ever following or waiting.

Everything is opened relative to the folder it lies in, never through a link, and only regular files
are: a pipe named like a notebook would hold a reader forever, a link may lead to the solutions.
"""

import fnmatch
import os
import stat
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from course.grading.intake.allowance import Allowance
from course.grading.intake.model import RefusedError
from course.text import _

__all__ = ["Contents", "ignored", "is_notebook", "odd_name", "read_folder"]

# What tools leave behind: nobody hands it in on purpose, and there can be thousands of files in it.
_NOISE = frozenset(
    (
        *(".git", ".hg", ".svn", ".ipynb_checkpoints", "__pycache__", "__MACOSX", "node_modules"),
        *(".venv", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".virtual_documents"),
        *(".DS_Store", "Thumbs.db", "desktop.ini"),
    )
)
_NOTEBOOK = ".ipynb"
_ENVIRONMENT = "pyvenv.cfg"  # marks a folder made by venv, whatever its name
_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
_FOLDER = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_DIRECTORY


@dataclass
class Contents:
    """The files of a submission by path, and what could not be taken: path → why."""

    files: dict[str, bytes] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


def is_notebook(path: str) -> bool:
    """Return whether a path is that of a notebook in the submission's own folder."""
    return "/" not in path and path.endswith(_NOTEBOOK)


def ignored(name: str, patterns: Sequence[str]) -> bool:
    """Return whether a file or folder name is not taken; patterns are nbgrader's ``ignore``."""
    if name in _NOISE:
        return True
    # nbgrader matches with glob, for which * does not stand for a leading dot.
    return any(
        fnmatch.fnmatchcase(name, pattern) and (pattern.startswith(".") or not name.startswith("."))
        for pattern in patterns
    )


def odd_name(name: str) -> bool:
    """Return whether a file name may be meant to deceive, or has no text: it is not taken."""
    return (
        name in ("", ".", "..")
        or "\\" in name
        or any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in name)
    )


def read_folder(
    folder: Path, ignore: Sequence[str], allowance: Allowance, *, always: Collection[str] = ()
) -> Contents:
    """Read all files of a submitted folder; RefusedError if it cannot be read or is too much.

    What ``ignore`` matches is left out, notebooks and the paths ``always`` excepted.
    """
    reader = _Reader(ignore, allowance, always)
    try:
        descriptor = os.open(folder, _FOLDER)
    except OSError as error:
        raise RefusedError(
            _("The submitted folder cannot be opened: {problem}.").format(problem=error.strerror),
            _("Hand in again, or ask your instructor to check the folder's permissions."),
        ) from error
    try:
        reader.read(descriptor, "", 0)
    finally:
        os.close(descriptor)
    return reader.contents


class _Reader:
    def __init__(
        self, ignore: Sequence[str], allowance: Allowance, always: Collection[str]
    ) -> None:
        self.contents = Contents()
        self._ignore = ignore
        self._always = always
        self._allowance = allowance
        self._seen = 0
        self._bytes_left = allowance.total_mb << 20

    def read(self, folder: int, prefix: str, depth: int) -> None:
        """Read what lies in an open folder: its files, smallest first, then its folders."""
        files, folders = [], []
        for name in self._names(folder):
            path = prefix + name
            if odd_name(name):
                self._problem(path, _("its name holds characters that no file name should"))
                continue
            try:
                found = os.stat(name, dir_fd=folder, follow_symlinks=False)
            except OSError as error:
                self._problem(path, error.strerror or str(error))
                continue
            if stat.S_ISDIR(found.st_mode) and not path.endswith(_NOTEBOOK):
                if not ignored(name, self._ignore):
                    folders.append(name)
            elif path in self._always or is_notebook(path) or not ignored(name, self._ignore):
                files.append((found.st_size, name, found))
        if any(name == _ENVIRONMENT for _size, name, _found in files) and prefix:
            return
        # Notebooks first: what else there is must not use up the room.
        files.sort(key=lambda entry: (not entry[1].endswith(_NOTEBOOK), entry[:2]))
        for _size, name, found in files:
            self._take(folder, name, prefix + name, found)
        for name in sorted(folders):
            path = prefix + name
            if depth >= self._allowance.depth:
                self._problem(path, _("it lies too deep inside other folders"))
                continue
            try:
                inner = os.open(name, _FOLDER, dir_fd=folder)
            except OSError as error:
                self._problem(path, error.strerror or str(error))
                continue
            try:
                self.read(inner, f"{path}/", depth + 1)
            finally:
                os.close(inner)

    def _names(self, folder: int) -> list[str]:
        names = []
        limit = self._allowance.files
        with os.scandir(folder) as entries:
            for entry in entries:
                self._seen += 1
                if self._seen > limit:
                    raise RefusedError(
                        _("More than {count} files were handed in.").format(count=limit),
                        _("Hand in only the files that belong to the assignment."),
                    )
                names.append(entry.name)
        return names

    def _take(self, folder: int, name: str, path: str, found: os.stat_result) -> None:
        allowance = self._allowance
        limit = allowance.notebook_mb if path.endswith(_NOTEBOOK) else allowance.file_mb
        problem = _kind(found)
        if not problem and found.st_size > limit << 20:
            problem = _("it has {size:.0f} MB, and up to {limit} MB are taken").format(
                size=found.st_size / (1 << 20), limit=limit
            )
        if not problem and found.st_size > self._bytes_left:
            problem = _("with it, the files would have more than {limit} MB").format(
                limit=allowance.total_mb
            )
        if problem:
            self._problem(path, problem)
            return
        try:
            data = _read(folder, name, limit << 20)
        except OSError as error:
            self._problem(path, error.strerror or str(error))
            return
        self._bytes_left -= len(data)
        self.contents.files[path] = data

    def _problem(self, path: str, reason: str) -> None:
        self.contents.problems[path] = reason


def _kind(found: os.stat_result) -> str:
    """Say what is wrong with a thing that is no ordinary file of this folder alone."""
    if stat.S_ISLNK(found.st_mode):
        return _("it is a link, not a file")
    if stat.S_ISDIR(found.st_mode):
        return _("it is a folder, not a file")
    if not stat.S_ISREG(found.st_mode):
        return _("it is not an ordinary file")
    if found.st_nlink > 1:
        return _("it is the same file as another one elsewhere (a hard link)")
    return ""


def _read(folder: int, name: str, limit: int) -> bytes:
    """Read a file that was an ordinary one a moment ago; OSError if it no longer is."""
    descriptor = os.open(name, _OPEN, dir_fd=folder)
    with open(descriptor, "rb", buffering=0) as file:  # noqa: PTH123 (a descriptor has no path)
        found = os.fstat(descriptor)
        data = b"" if _kind(found) or found.st_size > limit else file.read(found.st_size + 1)
        if len(data) != found.st_size:
            raise OSError(_("it changed while it was read"))
        return data
