"""The sidecar: ``answers.json`` beside a notebook, which holds all a learner answered by widget.

Rules that every line here serves: nothing a learner gave is ever lost or overwritten unread; a
write is all or nothing; grading never writes; whatever cannot be read is kept aside and reported in
one sentence that names the file and the cure.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

from course.answers import sidecar
from course.answers.files import write_atomically
from course.answers.mode import grading
from course.answers.sidecar import SCHEMA_VERSION, Data
from course.text import _

__all__ = ["ANSWERS_FILE", "Entry", "Store"]

ANSWERS_FILE = "answers.json"

# Folders of the course itself. An answers.json there would be copied into the release, and over
# every learner's own at grading time.
_GENERATED_FOLDERS = {"solutions", "exercises", "notebooks", "source", "release"}
# Somebody's submission: who opens it to look must leave no trace in it.
_SUBMISSIONS = {"submitted", "autograded", "feedback", "downloaded", "inbound"}

Change = Callable[[Data], Data]


@dataclass(frozen=True)
class Entry:
    """What is stored for one form: the raw answer and how it came about.

    ``saved`` is UTC in ISO format; ``checks`` and ``hints`` count uses of the two buttons.
    """

    value: Any = None
    saved: str = ""
    checks: int = 0
    hints: int = 0


class Store:
    """The answers of one folder. Reading is tolerant, writing is careful.

    ``notices`` are sentences a learner should see: what could not be read or kept, and the cure.
    ``refusal`` says why nothing may be written here; ``unreadable`` why the file, left as it is,
    cannot tell what was answered. Both are empty when all is well.
    """

    def __init__(self, folder: Path) -> None:
        """Read the sidecar in ``folder``; a broken one is put aside, never dropped."""
        self.path = folder / ANSWERS_FILE
        self.notices: list[str] = []
        self.refusal = self._refusal_by_place()
        self.unreadable = ""
        self._unsaved: list[Change] = []
        self._kept: Data = {}  # what the file holds, as far as is known here
        try:
            self._kept = self._load()
        except OSError as error:
            self._give_up(
                _(
                    "{path} cannot be opened ({error}). Close other programs that use it, or "
                    "rename it if it is no file; then open this notebook again. Until then answers "
                    "are shown here but not kept."
                ).format(path=self._shown_path(), error=error.strerror or error)
            )
        self._data = self._kept  # with the changes that could not be saved
        if self.refusal and self.refusal not in self.notices:
            self.notices.append(self.refusal)

    # --- reading ---------------------------------------------------------------------------

    def __getitem__(self, form_id: str) -> Entry:
        """Return what is stored for a form; an empty entry if nothing is."""
        entry = sidecar.entry(self._data, form_id)
        return Entry(
            value=deepcopy(entry.get("value")),
            saved=str(entry.get("saved", "")),
            checks=sidecar.count(entry.get("checks")),
            hints=sidecar.count(entry.get("hints")),
        )

    @property
    def learner(self) -> Mapping[str, Any]:
        """Return what the sidecar says about its learner: ``id``, and ``given`` as typed."""
        learner = self._data.get("learner")
        return dict(learner) if isinstance(learner, Mapping) else {}

    def _load(self) -> Data:
        """Return the file's content, empty if there is none; raises OSError if it is locked."""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return {}
        try:
            data = sidecar.parse(content)
        except ValueError as error:
            self._put_aside(str(error))
            return {}
        version = data.get("schema", SCHEMA_VERSION)
        if version > SCHEMA_VERSION:
            self._give_up(
                _(
                    "{path} was written by a newer version of the course (format {found}; this "
                    "version knows {known}). Update the course, then open this notebook again. The "
                    "file was not touched, and nothing is written to it until then."
                ).format(path=self._shown_path(), found=version, known=SCHEMA_VERSION)
            )
        return data if isinstance(data.get("answers", {}), dict) else {}

    def _put_aside(self, problem: str) -> None:
        """Keep an unreadable sidecar under another name, so that a new one can be started."""
        if self.refusal:
            self._give_up(
                _(
                    "{path} could not be read ({problem}), so what it holds is not known. It was "
                    "left as it is: ask your instructor to look into it."
                ).format(path=self._shown_path(), problem=problem)
            )
            return
        kept = _free_name(self.path)
        try:
            self.path.rename(kept)
        except OSError as error:
            self._give_up(
                _(
                    "{path} cannot be read ({problem}) and cannot be renamed either ({error}). "
                    "Rename it yourself, then open this notebook again. Nothing is written until "
                    "then."
                ).format(path=self.path, problem=problem, error=error.strerror or error)
            )
            return
        self.notices.append(
            _(
                "{name} could not be read ({problem}). It is kept as {kept}, and a new file is "
                "started. If it held answers you need, send {kept} to your instructor, or answer "
                "again."
            ).format(name=self.path, problem=problem, kept=kept.name)
        )

    def _give_up(self, sentence: str) -> None:
        """Leave the file alone from now on."""
        self.unreadable = sentence
        self.refusal = self.refusal or sentence
        self.notices.append(sentence)

    def _shown_path(self) -> str:
        return self.path.name if grading() else str(self.path)  # feedback names no server's folders

    # --- writing ---------------------------------------------------------------------------

    def put(self, form_id: str, value: Any) -> str:
        """Keep an answer; return an empty string, or why it could not be kept (one sentence).

        Raises TypeError or ValueError for a value that is not JSON, before anything is changed.
        """
        value = json.loads(json.dumps(value))  # a copy of our own
        return self._write(
            lambda data: sidecar.changed(data, form_id, value=value, saved=sidecar.now())
        )

    def count(self, form_id: str, what: str) -> str:
        """Add one to ``checks`` or ``hints`` of a form; return why it failed, if it did."""

        def change(data: Data) -> Data:
            number = sidecar.count(sidecar.entry(data, form_id).get(what)) + 1
            return sidecar.changed(data, form_id, **{what: number})

        return self._write(change)

    def set_aside(self, form_id: str) -> str:
        """Move a stored answer out of the way, still in the file; the counts stay."""
        return self._write(lambda data: sidecar.set_aside(data, form_id))

    def identify(self, learner: Mapping[str, Any], **about: Any) -> str:
        """Keep who the learner is, and ``about`` (course, lesson); return why it failed."""
        return self._write(lambda data: {**data, **about, "learner": dict(learner)})

    def _write(self, change: Change) -> str:
        if self.refusal:
            self._data = change(self._data)  # for this sitting, so that the form goes on working
            return self.refusal
        self._unsaved.append(change)
        try:
            # Another notebook of the same folder may have written since: change its latest state.
            self._kept = sidecar.union(self._kept, self._load())
            self._data = self._with_unsaved()
            if self.refusal:
                return self.refusal
            write_atomically(self.path, sidecar.as_bytes(self._data))
        except OSError as error:
            self._data = self._with_unsaved()
            return _(
                "Your last answer could not be saved to {path} ({error}). It is still on the "
                "screen: make room or close programs that use the file, then change it once more."
            ).format(path=self.path, error=error.strerror or error)
        self._kept = self._data
        self._unsaved.clear()
        return ""

    def _with_unsaved(self) -> Data:
        return reduce(lambda data, change: change(data), self._unsaved, self._kept)

    def _refusal_by_place(self) -> str:
        if grading():
            return _("Answers are read only while a homework is being graded.")
        folder = self.path.parent.resolve()
        for above in folder.parents:
            if (above / "nbgrader_config.py").exists():
                first = folder.relative_to(above).parts[0]
                if first in _SUBMISSIONS:
                    return _(
                        "This is somebody's submission (in “{folder}”): it can be looked at, and "
                        "nothing is written to it."
                    ).format(folder=first)
                if first in _GENERATED_FOLDERS:
                    return _(
                        "This is the course's own copy in “{folder}”, so answers are not kept "
                        "here (they would be handed to every learner). To try it as a learner, run "
                        "“course start” and open it in the folder that makes."
                    ).format(folder=first)
        return ""


def _free_name(path: Path) -> Path:
    """Return a name beside ``path`` that nothing has yet."""
    stamp = dt.datetime.now().strftime("%Y%m%d-%H%M%S")
    number = 1
    while True:
        tail = "" if number == 1 else f"-{number}"
        free = path.with_name(f"{path.stem}.unreadable-{stamp}{tail}{path.suffix}")
        if not free.exists():
            return free
        number += 1
