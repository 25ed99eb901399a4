"""The sidecar: ``answers.json`` beside a notebook, which holds all a learner answered by widget.

Rules that every line here serves: nothing a learner gave is ever lost or overwritten unread; a
write is all or nothing; grading never writes; whatever cannot be read is kept aside and reported in
one sentence that names the file and the cure.
"""

import datetime as dt
import json
import os
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.answers.files import write_atomically
from course.text import _

__all__ = ["ANSWERS_FILE", "SCHEMA_VERSION", "Entry", "Store"]

ANSWERS_FILE = "answers.json"
SCHEMA_VERSION = 1

# Folders of the course itself. An answers.json there would be copied into the release, and over
# every learner's own at grading time.
_GENERATED_FOLDERS = {"solutions", "exercises", "notebooks", "source", "release"}


Change = Callable[[dict[str, Any]], None]


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
    """

    def __init__(self, folder: Path) -> None:
        """Read the sidecar in ``folder``; a broken one is put aside, never dropped."""
        self.path = folder / ANSWERS_FILE
        self.notices: list[str] = []
        self.refusal = self._refusal_by_place()
        """Why nothing may be written here, or an empty string."""
        self._unsaved: list[Change] = []
        self._data = self._read()
        if self.refusal:
            self.notices.append(self.refusal)

    # --- reading ---------------------------------------------------------------------------

    def __getitem__(self, form_id: str) -> Entry:
        """Return what is stored for a form; an empty entry if nothing is."""
        raw = self._data["answers"].get(form_id)
        if raw is None:
            return Entry()
        if not isinstance(raw, Mapping):  # hand-edited: the value itself may still be an answer
            return Entry(value=raw)
        return Entry(
            value=deepcopy(raw.get("value")),
            saved=str(raw.get("saved", "")),
            checks=_count(raw.get("checks")),
            hints=_count(raw.get("hints")),
        )

    @property
    def learner(self) -> Mapping[str, Any]:
        """Return what the sidecar says about its learner: ``id``, and ``given`` as typed."""
        learner = self._data.get("learner")
        return dict(learner) if isinstance(learner, Mapping) else {}

    def _read(self) -> dict[str, Any]:
        try:
            text = self.path.read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            return _empty()
        except OSError as error:
            self.refusal = self.refusal or _(
                "{path} cannot be opened ({error}). Close other programs that use it and open this "
                "notebook again. Until then answers are shown here but not kept."
            ).format(path=self.path, error=error.strerror)
            return _empty()
        except UnicodeDecodeError as error:
            return self._put_aside(str(error))
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            return self._put_aside(str(error))
        if not isinstance(data, dict) or not isinstance(data.get("answers", {}), dict):
            return self._put_aside(_("it does not look like a file of answers"))
        version = data.get("schema")
        if isinstance(version, int) and version > SCHEMA_VERSION:
            self.refusal = self.refusal or _(
                "{path} was written by a newer version of the course (format {found}; this version "
                "knows {known}). Update the course, then open this notebook again. The file was "
                "not touched, and nothing is written to it until then."
            ).format(path=self.path, found=version, known=SCHEMA_VERSION)
        return {**_empty(), **data}

    def _put_aside(self, problem: str) -> dict[str, Any]:
        """Keep an unreadable sidecar under another name and start with an empty one."""
        if not self.refusal:
            kept = _free_name(self.path)
            try:
                self.path.rename(kept)
            except OSError as error:
                problem = f"{problem}; {error.strerror}"
                self.refusal = _(
                    "{path} cannot be read ({problem}) and cannot be renamed either. Rename it "
                    "yourself, then open this notebook again. Nothing is written until then."
                ).format(path=self.path, problem=problem)
            else:
                self.notices.append(
                    _(
                        "{name} could not be read ({problem}). It is kept as {kept}, and a new "
                        "file is started. If it held answers you need, send {kept} to your "
                        "instructor, or answer again."
                    ).format(name=self.path, problem=problem, kept=kept.name)
                )
        else:
            self.notices.append(
                _("{path} could not be read ({problem}). It was left as it is.").format(
                    path=self.path, problem=problem
                )
            )
        return _empty()

    # --- writing ---------------------------------------------------------------------------

    def put(self, form_id: str, value: Any) -> str:
        """Keep an answer; return an empty string, or why it could not be kept (one sentence)."""

        def change(answers: dict[str, Any]) -> None:
            entry = _as_entry(answers.get(form_id))
            answers[form_id] = {**entry, "value": value, "saved": _now()}

        return self._write(change)

    def count(self, form_id: str, what: str) -> str:
        """Add one to ``checks`` or ``hints`` of a form; return why it failed, if it did."""

        def change(answers: dict[str, Any]) -> None:
            entry = _as_entry(answers.get(form_id))
            answers[form_id] = {**entry, what: _count(entry.get(what)) + 1}

        return self._write(change)

    def set_aside(self, form_id: str) -> str:
        """Move a stored answer that its form cannot read out of the way, still in the file."""

        def change(answers: dict[str, Any]) -> None:
            if form_id in answers:
                kept = {"form": form_id, "time": _now(), "entry": answers.pop(form_id)}
                aside = self._data.get("set_aside")
                self._data["set_aside"] = [*(aside if isinstance(aside, list) else []), kept]

        return self._write(change)

    def identify(self, learner: Mapping[str, Any], **about: Any) -> str:
        """Keep who the learner is, and ``about`` (course, lesson); return why it failed."""

        def change(answers: dict[str, Any]) -> None:
            self._data.update(about, learner=dict(learner))

        return self._write(change)

    def _write(self, change: Change) -> str:
        if self.refusal:
            change(self._data["answers"])  # kept for this sitting, so that the form goes on working
            return self.refusal
        # Another notebook of the same folder may have written since: change its latest state.
        latest = self._read()
        if latest["answers"] or not self._data["answers"]:
            self._data = latest  # else the file went missing or broke: write again all we know
        self._unsaved.append(change)
        for each in self._unsaved:  # with those that could not be saved before
            each(self._data["answers"])
        if self.refusal:
            return self.refusal
        self._data["schema"] = SCHEMA_VERSION
        text = json.dumps(self._data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        try:
            write_atomically(self.path, text.encode("utf-8"))
        except OSError as error:
            return _(
                "Your last answer could not be saved to {path} ({error}). It is still on the "
                "screen: make room or close programs that use the file, then change it once more."
            ).format(path=self.path, error=error.strerror)
        self._unsaved.clear()
        return ""

    def _refusal_by_place(self) -> str:
        if os.environ.get("NBGRADER_EXECUTION") in ("autograde", "validate"):
            return _("Answers are read only while a homework is being graded.")
        folder = self.path.parent.resolve()
        for above in folder.parents:
            if (above / "nbgrader_config.py").exists():
                first = folder.relative_to(above).parts[0]
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


def _as_entry(raw: Any) -> dict[str, Any]:
    return dict(raw) if isinstance(raw, Mapping) else {}


def _count(raw: Any) -> int:
    return raw if isinstance(raw, int) and raw > 0 else 0


def _empty() -> dict[str, Any]:
    return {"schema": SCHEMA_VERSION, "answers": {}}


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
