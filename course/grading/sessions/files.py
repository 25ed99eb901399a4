"""Files of a working folder: those a session starts with, and those that its cells write."""

import contextlib
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from course.grading.job import Limits
from course.text import _

__all__ = ["Changes", "write"]

_MOST_FILES = 200  # carried back at one time
_MOST_ENTRIES = 10_000  # looked at
_SKIPPED = {"__pycache__", ".ipynb_checkpoints"}
_State = tuple[int, int, int]  # inode, size, and time of the last change


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below ``folder``; ValueError for a name that leads out of it or through a link.

    Nothing is written through a link: a file that is one is replaced.
    """
    for name, content in files.items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not path.parts or "\0" in name:
            raise ValueError(f"expected the name of a file inside the folder, not {name!r}")
        parent = folder
        for part in path.parts[:-1]:
            parent /= part
            if parent.is_symlink():
                raise ValueError(f"expected a folder, found a link: {parent}")
            parent.mkdir(exist_ok=True)
        target = parent / path.name
        with contextlib.suppress(FileNotFoundError):
            target.unlink()
        with target.open("xb") as file:
            file.write(content)


class Changes:
    """What has changed in a folder since the last look at it."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        """Look at ``folder``, given absolutely: what is there now is not news."""
        self._folder = os.fspath(folder)
        self._limits = limits
        self._seen = dict(self._walk([]))

    def take(self) -> tuple[dict[str, bytes], list[str]]:
        """Return the regular files that are new or changed, and a note on each that is left out.

        Links are never followed, and other things than files never opened. What is left out for its
        size is not offered again until it changes.
        """
        notes: list[str] = []
        files: dict[str, bytes] = {}
        left = self._limits.message_mb << 19  # half of what may cross at one time
        largest = self._limits.file_mb << 20
        for name, state in self._walk(notes):
            if self._seen.get(name) == state:
                continue
            size = state[1]
            if len(files) == _MOST_FILES:
                notes.append(_("There were more new files than {}.").format(_MOST_FILES))
                break
            self._seen[name] = state
            if size > min(left, largest):
                notes.append(_("The file {} is too large to be looked at.").format(name))
            elif (content := _read(f"{self._folder}/{name}", size)) is not None:
                files[name] = content
                left -= len(content)
        return files, notes

    def _walk(self, notes: list[str]) -> Iterator[tuple[str, _State]]:
        folders = [""]
        looked = 0
        while folders:
            prefix = folders.pop()
            try:
                entries = sorted(os.scandir(f"{self._folder}/{prefix}"), key=lambda e: e.name)
            except OSError:
                continue  # it has just gone, or may not be read
            for entry in entries:
                looked += 1
                if looked > _MOST_ENTRIES:
                    notes.append(_("There are more files than {}.").format(_MOST_ENTRIES))
                    return
                with contextlib.suppress(OSError):
                    found = entry.stat(follow_symlinks=False)
                    if stat.S_ISDIR(found.st_mode) and entry.name not in _SKIPPED:
                        folders.append(f"{prefix}{entry.name}/")
                    elif stat.S_ISREG(found.st_mode) and _sayable(entry.name):
                        state = found.st_ino, found.st_size, found.st_ctime_ns
                        yield prefix + entry.name, state


def _sayable(name: str) -> bool:
    """Whether a file's name is text that can be sent; on Linux it may be any bytes."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read(path: str, size: int) -> bytes | None:
    """Return the first ``size`` bytes of a file; None for what is, by now, no regular file."""
    try:
        # Opening must not wait for the other end of a pipe, nor follow a link.
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with open(number, "rb") as file:  # noqa: PTH123  # a descriptor has no path
        return file.read(size) if stat.S_ISREG(os.fstat(number).st_mode) else None
