"""Takes in one submission."""

import datetime as dt
import fnmatch
import hashlib
import logging
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from course.answers.store import ANSWERS_FILE
from course.grading.intake import files
from course.grading.intake.allowance import Allowance
from course.grading.intake.arrival import TIMESTAMP, arrival
from course.grading.intake.folder import Contents, ignored, read_folder
from course.grading.intake.locate import locate
from course.grading.intake.model import Intake, Refusal, RefusedError, shown
from course.grading.intake.parse import read_notebook
from course.grading.intake.rebuild import rebuild
from course.grading.job import Job, Notebook
from course.grading.spec.model import Assignment, NotebookSpec
from course.text import _

__all__ = ["take_in"]

_log = logging.getLogger(__name__)


def take_in(
    spec: Assignment, folder: Path, student: str, *, allowance: Allowance | None = None
) -> Intake:
    """Make what a learner handed in ready to be graded.

    ``folder`` is the submitted folder, which nothing is believed of and nothing is changed in. What
    goes wrong is told by the result: this never raises because of what was handed in. If the grader
    itself goes wrong on it, that is the result's ``fault``.
    """
    try:
        return _Taking(spec, student, allowance or Allowance()).run(folder)
    except Exception as error:  # whatever it is, it is one submission's: the others go on
        _log.exception("Taking in %s failed", folder)
        return Intake(student, fault=f"Taking it in failed: {type(error).__name__}: {error}")


@dataclass
class _Taking:
    spec: Assignment
    student: str
    allowance: Allowance
    notes: list[str] = field(default_factory=list)
    timestamp: dt.datetime | None = None
    digest: str = ""

    def run(self, folder: Path) -> Intake:
        try:
            contents = read_folder(folder, self.spec.ignore, self.allowance, always=[TIMESTAMP])
            self.digest = _digest(contents)
            now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
            self.timestamp, said = arrival(contents.files.get(TIMESTAMP), now)
            self.notes += filter(None, [said])
            if ignored(TIMESTAMP, self.spec.ignore):  # nbgrader reads it all the same
                contents.files.pop(TIMESTAMP, None)
            return self._take(contents)
        except RefusedError as error:
            return self._refused(error.refusal)

    def _take(self, contents: Contents) -> Intake:
        located = locate(contents, self.spec.notebooks, self.spec.ignore, self.allowance)
        contents = located.contents
        self.notes += located.notes
        nodes: dict[str, NotebookNode] = {}
        jobs: list[Notebook] = []
        refused: dict[str, Refusal] = {}
        untouched: dict[str, tuple[str, ...]] = {}
        for one in self.spec.notebooks:
            path = located.paths.get(one.name)
            if path is None or not fnmatch.fnmatchcase(one.name, self.spec.select):
                continue
            try:
                nodes[one.name], job, untouched[one.name] = self._notebook(one, path, contents)
                jobs.append(job)
            except RefusedError as error:
                refused[one.name] = error.refusal
        if refused and not jobs:
            return self._refused(next(iter(refused.values())))
        working, said = files.working_files(self.spec, contents.files, located.paths.values())
        self.notes += said
        self.notes += [
            _("{path} was not taken: {reason}.").format(path=shown(path), reason=reason)
            for path, reason in list(contents.problems.items())[:_NOTED]
            if path not in located.paths.values()
        ]
        pinned = files.pinned(self.spec, working)
        if pinned:
            said_by = files.answers_of_another(working[ANSWERS_FILE], self.student)
            self.notes += filter(None, [said_by])
        return Intake(
            student=self.student,
            job=Job(
                notebooks=tuple(jobs),
                files=working,
                given=self.spec.files,
                pinned=pinned,
                answers=self.spec.answers,
                limits=self.spec.limits,
            ),
            notebooks=nodes,
            missing=tuple(o.name for o in self.spec.notebooks if o.name not in located.paths),
            refused=refused,
            untouched=untouched,
            notes=tuple(self.notes),
            timestamp=self.timestamp,
            digest=self.digest,
        )

    def _notebook(
        self, spec: NotebookSpec, path: str, contents: Contents
    ) -> tuple[NotebookNode, Notebook, tuple[str, ...]]:
        if path in contents.problems:
            raise RefusedError(
                _("{path} cannot be read: {reason}.").format(
                    path=shown(path), reason=contents.problems[path]
                ),
                _("Hand in the notebook itself, as an ordinary file."),
            )
        found, said = read_notebook(contents.files[path], self.allowance)
        rebuilt = rebuild(spec, found)
        self.notes += said
        self.notes += rebuilt.notes
        return rebuilt.node, Notebook(spec.name, rebuilt.cells), rebuilt.untouched

    def _refused(self, refusal: Refusal) -> Intake:
        return Intake(
            self.student,
            refusal=refusal,
            notes=tuple(self.notes),
            timestamp=self.timestamp,
            digest=self.digest,
        )


_NOTED = 10  # files that were not taken, of which there may be thousands


def _digest(contents: Contents) -> str:
    digest = hashlib.sha256()
    for path, data in sorted(contents.files.items()):
        digest.update(f"{path}\0{len(data)}\0".encode("utf-8", "surrogatepass"))
        digest.update(data)
    for path, reason in sorted(contents.problems.items()):
        digest.update(f"{path}\0{reason}\0".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
