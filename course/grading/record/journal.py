"""The run's own record: one small JSON file for each submission, and a lock.

It says what the gradebook has no field for, and lets a second run skip what has not changed. It is
written after the gradebook, so that what it says is graded is graded.
"""

import contextlib
import fcntl
import json
import os
import socket
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from course.answers import CourseError
from course.grading.report import Entry

__all__ = ["Busy", "Journal", "Key", "Line"]

_VERSION = 1
_FOLDER = ".course-grade"


class Busy(CourseError):  # noqa: N818 (a state, not a fault)
    """Another run grades this assignment; the message says which."""


@dataclass(frozen=True)
class Key:
    """What a grade depends on: as long as all are the same, it need not be made anew.

    ``submission`` and ``assignment`` are hashes of their content, ``engine`` names what grades.
    """

    submission: str
    assignment: str
    engine: str


@dataclass(frozen=True)
class Line:
    """The record of one submission.

    ``tasks`` are its marks, as :class:`~course.grading.record.marks.Mark` has them and with the
    name of their notebook; ``graded_at`` is UTC in ISO 8601.
    """

    entry: Entry
    key: Key
    tasks: tuple[Mapping[str, Any], ...] = ()
    graded_at: str = ""

    @property
    def scores(self) -> dict[str, float | None]:
        """Return “notebook/cell” → automatic score."""
        return {f"{task['notebook']}/{task['cell']}": task["points"] for task in self.tasks}


class Journal:
    """The records of an assignment, in a hidden folder of the course folder."""

    def __init__(self, root: Path, assignment: str) -> None:
        """Use ``<root>/.course-grade/<assignment>``; it is made when something is written."""
        self.assignment = assignment
        self.folder = root / _FOLDER / assignment

    def path(self, student: str) -> Path:
        """Return where a student's record is kept."""
        return self.folder / f"{student}.json"

    def read(self, student: str) -> Line | None:
        """Return a record; None if there is none that can be read."""
        try:
            raw = json.loads(self.path(student).read_bytes())
            if raw["version"] != _VERSION:
                return None
            entry = {name: raw[name] for name in _ENTRY}
            for name in ("reasons", "notes"):
                entry[name] = tuple(entry[name])
            return Line(Entry(**entry), Key(**raw["key"]), tuple(raw["tasks"]), raw["graded_at"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, line: Line) -> None:
        """Keep a record."""
        document = {
            "version": _VERSION,
            "assignment": self.assignment,
            **asdict(line.entry),
            "key": asdict(line.key),
            "tasks": line.tasks,
            "graded_at": line.graded_at,
        }
        del document["unchanged"]  # it is about a run, not about the submission
        text = json.dumps(document, indent=1, ensure_ascii=False)
        self.folder.mkdir(parents=True, exist_ok=True)
        # Not forced to the disk: a record that a power cut spoils is as good as none.
        path = self.path(line.entry.student)
        temporary = path.with_name(f".{path.name}.new")
        temporary.write_bytes(text.encode("utf-8", "replace"))
        temporary.replace(path)

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other runs away from the assignment; Busy if one is there.

        The system takes the lock away from a process that ends, however it ends: no lock is stale.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("a+", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                file.seek(0)
                raise Busy(
                    f"{self.assignment} is being graded already, by {file.read() or 'another run'}."
                    " Wait for it to end, or stop it."
                ) from error
            file.truncate(0)
            file.write(f"process {os.getpid()} on {socket.gethostname()}")
            file.flush()
            yield


_ENTRY = [field.name for field in fields(Entry) if field.name != "unchanged"]
