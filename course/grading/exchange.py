"""nbgrader's exchange: what learners have handed in there, and the feedback that goes back.

Everything is copied by nbgrader's own classes, as they are configured; this only looks whether
there is something to copy.
"""

import glob
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory
from nbgrader.exchange.default import Exchange as SharedFolder

from course.grading.folder import CourseFolder

__all__ = ["Exchange", "look"]

Look = tuple[tuple[str, int, int], ...]


class Exchange:
    """The exchange of a course folder, for one assignment."""

    def __init__(self, folder: CourseFolder, assignment: str) -> None:
        """Find the exchange that the folder's settings name."""
        self._app = folder.app
        self._assignment = assignment
        self._factory = ExchangeFactory(parent=folder.app)
        self._authenticator = Authenticator(parent=folder.app)
        collector = self._made("Collect", "*")
        self.course = collector.coursedir.course_id
        # Other exchanges, such as one behind a web service, have no folder to look into.
        shared = isinstance(collector, SharedFolder)
        self.inbound = Path(collector.root, self.course, "inbound") if shared else None

    @property
    def problem(self) -> str:
        """Why nothing can be taken from it; "" if there is no reason."""
        if not self.course:
            return "c.CourseDirectory.course_id is not set"
        if self.inbound is None:
            return "it is not a shared folder"
        if not os.access(self.inbound, os.R_OK | os.X_OK):
            return f"there is no {self.inbound} that can be read"
        return ""

    def handed_in(self) -> Iterator[tuple[str, Path]]:
        """Yield all that was handed in, as (student, folder)."""
        if self.inbound is None:
            return
        pattern = f"*+{glob.escape(self._assignment)}+*"
        for found in glob.iglob(pattern, root_dir=self.inbound):  # noqa: PTH207 (names, not paths)
            yield found.rsplit("+", 3)[0], self.inbound / found  # as nbgrader takes it apart

    def collect(self, student: str) -> None:
        """Copy a student's newest submission, or everybody's (``*``); OSError if it cannot be."""
        collector = self._made("Collect", student)
        collector.update = True
        _start(collector)

    def release(self, student: str) -> None:
        """Give a student the feedback that was written; OSError if it cannot be given."""
        _start(self._made("ReleaseFeedback", student))

    def _made(self, name: str, student: str) -> Any:
        coursedir = CourseDirectory(
            parent=self._app, assignment_id=self._assignment, student_id=student
        )
        make = getattr(self._factory, name)
        return make(coursedir=coursedir, authenticator=self._authenticator, parent=self._app)


def look(folder: Path) -> Look:
    """Return what a folder looks like from outside; it changes when something in it does."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.stat(follow_symlinks=False)) for entry in entries]
            own = folder.stat()
    except OSError:
        return ()
    seen = sorted((name, stat.st_size, stat.st_mtime_ns) for name, stat in found)
    return (("", own.st_ctime_ns, own.st_mtime_ns), *seen)


def _start(exchange: Any) -> None:
    try:
        exchange.start()
    except (ExchangeError, RuntimeError) as error:  # the latter if a folder is too large
        raise OSError(str(error)) from error
