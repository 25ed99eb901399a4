"""The instructor's nbgrader course folder: its settings, as nbgrader itself reads them, its paths.

nbgrader logs an error in ``nbgrader_config.py`` and goes on with its defaults. Here such an error
ends the command: settings decide grades.
"""

import glob
import logging
import os
import re
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from nbconvert.exporters import Exporter
from nbgrader import preprocessors
from nbgrader.apps.autogradeapp import AutogradeApp
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import Exchange
from traitlets import default
from traitlets.utils.importstring import import_item

from course.answers import CourseError
from course.grading.job import Limits

__all__ = ["CourseFolder", "FolderError", "Rules"]

_STUDENT = "\0"  # stands for the student in a path: no path has it
# What the intake does for every notebook, in a safer way.
_SANITIZE = frozenset(
    (
        preprocessors.ClearOutput,
        preprocessors.DeduplicateIds,
        preprocessors.OverwriteKernelspec,
        preprocessors.OverwriteCells,
        preprocessors.CheckCellMetadata,
    )
)


class FolderError(CourseError):
    """The course folder or its settings cannot be graded with; the message says what to do."""


class CourseGrade(AutogradeApp):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's own start-up, as of ``nbgrader autograde``, that says little and hides nothing."""

    name = "course-grade"

    @default("log_level")
    def _log_level_default(self) -> int:
        return logging.WARNING


@dataclass(frozen=True)
class Rules:
    """What nbgrader, as configured, does with a notebook that has run.

    ``before`` and ``after`` are the preprocessors around the saving of grades; ``late`` assigns the
    penalties for late work, if it is configured at all.
    """

    before: tuple[Any, ...]
    after: tuple[Any, ...]
    late: Any = None


class CourseFolder:
    """A course folder with its settings loaded; ``app`` is an initialised nbgrader application."""

    def __init__(self, app: Any) -> None:
        """Take the folder of an nbgrader application that has read its settings."""
        self.app = app
        self.coursedir: CourseDirectory = app.coursedir
        self.root = Path(self.coursedir.root)
        try:
            self.autograde = Autograde(coursedir=self.coursedir, parent=app)
            self.autograde.permissions  # noqa: B018 (a trait is only checked when it is used)
            self.rules = _read_rules(self.autograde)
            if self.coursedir.notebook_id != "*":
                raise FolderError(
                    "c.CourseDirectory.notebook_id names some notebooks, but `course grade` grades "
                    "whole submissions. Remove the setting."
                )
        except FolderError:
            raise
        except Exception as error:
            raise FolderError(f"A setting cannot be used: {error}") from error

    @classmethod
    def open(cls, root: Path | None = None) -> Self:
        """Load the settings nbgrader would load for ``nbgrader autograde`` run here.

        ``root`` is what nbgrader calls ``--course-dir``; by default the settings say, or it is the
        current directory. FolderError if a settings file cannot be loaded or does not fit.
        """
        arguments = [f"--CourseDirectory.root={root.absolute()}"] if root else []
        if root and not root.is_dir():
            raise FolderError(f"There is no course folder {root}.")
        app = CourseGrade(raise_config_file_errors=True)
        try:
            app.initialize(arguments)
        except SystemExit as error:  # what traitlets makes of an error in a setting
            raise FolderError(f"A setting cannot be used: {error.__context__}") from error
        except Exception as error:
            raise FolderError(_broken(error)) from error
        return cls(app)

    @property
    def private(self) -> list[Path]:
        """What no submission may see, wherever it lies: this folder and the exchange."""
        exchange = Exchange(coursedir=self.coursedir, parent=self.app)
        return [self.root, Path(exchange.root)]

    @cached_property
    def limits(self) -> Limits:
        """What a submission may use: nbgrader's ``Execute.timeout`` is the limit of a cell."""
        seconds = preprocessors.Execute(parent=self.autograde).timeout
        if not seconds or seconds < 0:  # nbclient's way of saying: no limit
            return Limits(cell_seconds=Limits.total_seconds)
        return Limits(
            cell_seconds=float(seconds),
            total_seconds=max(Limits.total_seconds, 10.0 * seconds),
        )

    def path(self, step: str, student: str, assignment: str) -> Path:
        """Return a student's folder of a step, such as ``coursedir.submitted_directory``."""
        return Path(self.coursedir.format_path(step, student, assignment))

    def submissions(self, assignment: str, students: Sequence[str] = ()) -> dict[str, Path]:
        """Return student → folder of what was handed in, by student.

        ``students`` limits them, else the settings may; FolderError if one of them has handed in
        nothing.
        """
        step = self.coursedir.submitted_directory
        pieces = str(self.coursedir.format_path(step, _STUDENT, assignment)).split(_STUDENT)
        wanted = self.coursedir.student_id.join(map(glob.escape, pieces))
        found = glob.glob(wanted)  # noqa: PTH207 (pathlib cannot: the pattern is absolute)
        first, *more = map(re.escape, pieces)
        pattern = re.compile(f"{first}(?P<student>[^{os.sep}]+){'(?P=student)'.join(more)}")
        excluded = set(filter(None, self.coursedir.student_id_exclude.split(",")))
        known = {
            match["student"]: Path(path)
            for path in found
            if (match := pattern.fullmatch(path)) and match["student"] not in excluded
        }
        missing = [student for student in students if student not in known]
        if missing:
            where = self.coursedir.format_path(step, missing[0], assignment)
            raise FolderError(f"{missing[0]} has not handed in {assignment}: there is no {where}.")
        return {student: known[student] for student in sorted(students or known)}

    def run_hook(self, moment: str, folder: Path) -> bool:
        """Run the hook configured for ``pre`` or ``post`` conversion, as nbgrader's own does.

        ``folder`` holds the notebooks it is about. Return whether there is a hook.
        """
        if getattr(self.autograde, f"{moment}_convert_hook") is None:
            return False
        self.autograde.notebooks = sorted(map(str, folder.glob("*.ipynb")))
        getattr(self.autograde, f"run_{moment}_convert_hook")()
        return True

    def resources(self, assignment: str, student: str, notebook: str) -> dict[str, Any]:
        """Return what nbgrader's preprocessors expect to be told about a notebook."""
        return {
            "unique_key": notebook,
            "output_files_dir": f"{notebook}_files",
            "nbgrader": {
                "student": student,
                "assignment": assignment,
                "notebook": notebook,
                "db_url": self.coursedir.db_url,
            },
        }


def _broken(error: Exception) -> str:
    """Say where a settings file is broken: the last line of it that ran."""
    frames = traceback.extract_tb(error.__traceback__)
    place = next((f"{f.filename}:{f.lineno}: " for f in reversed(frames) if _is_settings(f)), "")
    if isinstance(error, SyntaxError) and error.filename:
        place = f"{error.filename}:{error.lineno}: "
    return (
        f"The settings cannot be loaded, so nothing was graded: {place}"
        f"{type(error).__name__}: {error}"
    )


def _is_settings(frame: traceback.FrameSummary) -> bool:
    return Path(frame.filename).name in ("nbgrader_config.py", "jupyter_config.py")


def _read_rules(autograde: Autograde) -> Rules:
    """Return the configured treatment; FolderError if it is one that cannot be followed here."""
    for name, listed in _classes(autograde, "sanitize_preprocessors").items():
        if listed not in _SANITIZE:
            raise _unusable("sanitize_preprocessors", name, "notebooks are rebuilt instead")
    exporter = autograde.exporter_class(parent=autograde, config=autograde.config)
    around: dict[bool, list[Any]] = {False: [], True: []}
    saved, late = False, None
    for name, listed in _classes(autograde, "autograde_preprocessors").items():
        if listed is preprocessors.SaveAutoGrades:
            saved = True
        elif listed is preprocessors.AssignLatePenalties:
            late = _made(exporter, listed)
            late.init_plugin()
        elif listed is preprocessors.Execute:
            if not _made(exporter, listed).enabled:
                raise FolderError(
                    "c.Execute.enabled is False, but `course grade` runs what it grades. "
                    "Remove the setting, or use `nbgrader autograde --no-execute`."
                )
        elif listed is not preprocessors.CheckCellMetadata:  # the intake has checked
            if isinstance(listed, type) and issubclass(
                listed,
                preprocessors.Execute
                | preprocessors.SaveAutoGrades
                | preprocessors.AssignLatePenalties,
            ):
                raise _unusable("autograde_preprocessors", name, "this step is done in another way")
            around[saved].append(_made(exporter, listed))
    if not saved:
        raise FolderError("c.Autograde.autograde_preprocessors lacks SaveAutoGrades: no grades.")
    return Rules(
        before=tuple(around[False]),
        after=tuple(around[True]),
        late=late if late is not None and late.enabled else None,
    )


def _classes(autograde: Autograde, setting: str) -> Mapping[str, Any]:
    listed = (
        import_item(item) if isinstance(item, str) else item for item in getattr(autograde, setting)
    )
    return {getattr(item, "__qualname__", repr(item)): item for item in listed}


def _made(exporter: Exporter, listed: Any) -> Any:
    """Return the preprocessor as nbconvert makes it from its class, configured."""
    exporter._preprocessors = []  # as nbgrader does: it has no public way to start afresh
    exporter.register_preprocessor(listed)
    (made,) = exporter._preprocessors
    return made


def _unusable(setting: str, name: str, why: str) -> FolderError:
    return FolderError(
        f"c.Autograde.{setting} names {name}, which `course grade` cannot follow ({why}). "
        "Remove it, or grade with `nbgrader autograde`."
    )
