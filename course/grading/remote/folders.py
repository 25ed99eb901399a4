"""The two working folders, and those for temporary files: a call sees what the other side wrote.

Only regular files and folders, by their names below the folder that holds both. Links are neither
followed nor made.
"""

import contextlib
import os
import shutil
import stat
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from course.grading.remote.codec import expect
from course.grading.remote.errors import MalformedError

__all__ = ["Folders"]

_MOST_ENTRIES = 2000
_SKIPPED = {"__pycache__", ".ipynb_checkpoints", ".matplotlib"}
_State = tuple[int, int, int] | None  # of a file: inode, size, last change; None for a folder


class Folders:
    """One side's folders, and what the other side knows of them."""

    def __init__(self, work: Path, *, largest: int, kept: Collection[str] = ()) -> None:
        """Look at ``work`` and at ``tmp`` beside it.

        ``largest`` is the most bytes that cross at one time. What is ``kept`` (names in ``work``)
        is never written here, whatever the other side says.
        """
        self._base = work.parent
        self._roots = (work.name, "tmp")
        self._largest = largest
        self._kept = {f"{work.name}/{name}" for name in kept}
        self._known: dict[str, _State] = {}
        self.settle()

    def settle(self) -> None:
        """Take what there is now for known."""
        self._known = dict(self._walk())

    def name_of(self, path: str) -> str:
        """Return the name of a folder below the one that holds both sides' folders."""
        return os.path.relpath(path, self._base)

    def changes(self) -> dict[str, Any]:
        """Return what is new, by name: bytes, True for a folder, None for what is gone."""
        now = dict(self._walk())
        if now == self._known:
            return {}
        changes: dict[str, Any] = {name: None for name in self._known if name not in now}
        left = self._largest
        for name, state in now.items():
            if name in self._known and self._known[name] == state:
                continue
            if state is None:
                changes[name] = True
            elif state[1] <= left:
                with contextlib.suppress(OSError):
                    changes[name] = (self._base / name).read_bytes()
                    left -= state[1]
        self._known = now
        return changes

    def apply(self, changes: Any) -> None:
        """Make the other side's changes here."""
        for name, content in expect(changes, dict).items():
            path = self._path(name)
            if expect(name, str) in self._kept:
                continue
            with contextlib.suppress(OSError):
                if content is None:
                    _remove(path)
                elif content is True:
                    path.mkdir(parents=True, exist_ok=True)
                else:
                    _write(path, expect(content, bytes))
        self.settle()

    def _path(self, name: Any) -> Path:
        path = PurePosixPath(expect(name, str))
        if path.is_absolute() or ".." in path.parts or "\0" in name or len(path.parts) < 2:
            raise MalformedError("expected the name of a file")
        if path.parts[0] not in self._roots:
            raise MalformedError("expected the name of a file in a working folder")
        whole = self._base / path
        for parent in whole.parents:
            if parent == self._base:
                return whole
            if parent.is_symlink():
                break
        raise MalformedError("expected the name of a file, not through a link")

    def _walk(self) -> Iterator[tuple[str, _State]]:
        waiting = list(self._roots)
        looked = 0
        while waiting:
            folder = waiting.pop()
            try:
                entries = list(os.scandir(self._base / folder))
            except OSError:
                continue
            for entry in entries:
                looked += 1
                if looked > _MOST_ENTRIES:
                    return
                name = f"{folder}/{entry.name}"
                with contextlib.suppress(OSError, UnicodeError):
                    name.encode()
                    found = entry.stat(follow_symlinks=False)
                    if stat.S_ISDIR(found.st_mode) and entry.name not in _SKIPPED:
                        waiting.append(name)
                        yield name, None
                    elif stat.S_ISREG(found.st_mode) and not entry.name.endswith(".pyc"):
                        yield name, (found.st_ino, found.st_size, found.st_mtime_ns)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with path.open("xb") as file:
        file.write(content)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
