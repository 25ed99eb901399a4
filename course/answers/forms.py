"""Forms: questions declared as data, whatever shows them and whatever scores them.

A form is one question or task: an id, a prompt, points, hints, and the fields that its *kind* adds.
Each kind is one module in ``course/answers/kinds``; nothing else lists them. A form reads a stored
answer, says what is still open in it, puts it into words, and scores it against a key. All four are
pure functions of their arguments, so that a notebook, a grader and a test get the same result.
"""

import importlib
import json
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Self, cast

import fastjsonschema

from course.answers.errors import CourseError, WrongAnswer
from course.answers.outcomes import NotAttempted, Outcome, Reason, Uncheckable, from_share
from course.text import _

__all__ = ["FORMS_FILE", "Form", "FormSet", "form_from_json", "form_schema", "kinds"]

FORMS_FILE = "forms.json"
SCHEMA_VERSION = 1

_COMMON: dict[str, Any] = {
    "id": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
    "kind": {"type": "string"},
    "title": {"type": "string", "minLength": 1},
    "prompt": {"type": "string", "minLength": 1},
    "points": {"type": "number", "exclusiveMinimum": 0},
    "hints": {
        "type": "array",
        "minItems": 1,
        "maxItems": 3,
        "items": {"type": "string", "minLength": 1},
    },
    "key": {"type": "object"},
    "predict": {"const": True},
}


@dataclass(frozen=True, kw_only=True)
class Form(ABC):
    """One question or task; see the kinds for what each adds.

    ``points`` is 0 for practice; ``key`` is there for practice questions only: the key of a graded
    question never travels with the form.
    """

    id: str
    title: str
    prompt: str
    points: float = 0.0
    hints: tuple[str, ...] = ()
    key: Mapping[str, Any] | None = None
    predict: bool = False
    """A prediction: it is committed once, and judged only when the learner asks, after playing."""

    kind: ClassVar[str]
    fields_schema: ClassVar[dict[str, Any]]
    """JSON Schema of the properties this kind adds to a form (all of ``required_fields`` must be
    there)."""
    required_fields: ClassVar[tuple[str, ...]] = ()
    key_schema: ClassVar[dict[str, Any]]
    """JSON Schema of a key for this kind."""

    @classmethod
    @abstractmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Make the form from JSON that fits :func:`form_schema`."""

    @abstractmethod
    def read(self, raw: object) -> Any:
        """Return a stored answer in this kind's type, None if nothing was answered.

        Raises :class:`WrongAnswer` with one sentence when the stored value cannot be an answer.
        """

    @abstractmethod
    def open_items(self, value: Any) -> Sequence[str]:
        """Return what is still missing, infeasible or inconsistent, one short line each."""

    @abstractmethod
    def describe(self, value: Any) -> Sequence[str]:
        """Return the answer in words, a line for each part: the learner's receipt."""

    def preview(self, value: Any) -> str:
        """Return the text that the answer makes up (a message, a page), if the kind makes one."""
        return ""

    @abstractmethod
    def judge(self, value: Any, key: Mapping[str, Any]) -> Outcome:
        """Score an answer that was read and is not None against a key."""

    @abstractmethod
    def key_problems(self, key: Mapping[str, Any]) -> Sequence[str]:
        """Return what a schema cannot see in a key: ids that do not exist, parts without a rule."""

    def score(self, raw: object, key: Mapping[str, Any]) -> Outcome:
        """Score a stored answer: never raises on anything a sidecar can hold."""
        try:
            value = self.read(raw)
        except WrongAnswer as error:
            return Uncheckable(str(error))
        if value is None:
            return NotAttempted(_("Not attempted: “{title}” is empty.").format(title=self.title))
        outcome = self.judge(value, key)
        stale = [Reason(problem) for problem in self.unreadable(raw)]
        return from_share(outcome.share, [*outcome.reasons, *stale]) if stale else outcome

    def unreadable(self, raw: object) -> Sequence[str]:
        """Return a sentence for each part of a stored answer that cannot be read by itself."""
        return []


@cache
def kinds() -> Mapping[str, type[Form]]:
    """Return the form kinds by name, found in ``course.answers.kinds``."""
    from course.answers import kinds as package

    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    found: dict[str, type[Form]] = {}
    waiting = list(Form.__subclasses__())
    while waiting:
        cls = waiting.pop()
        waiting += cls.__subclasses__()
        if "kind" in vars(cls):
            found[cls.kind] = cls
    return dict(sorted(found.items()))


@cache
def form_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a form of this kind."""
    cls = kinds()[kind]
    return {
        "type": "object",
        "required": ["id", "kind", "title", "prompt", *cls.required_fields],
        "additionalProperties": False,
        "properties": {**_COMMON, "key": cls.key_schema, **cls.fields_schema},
    }


def form_from_json(raw: object) -> Form:
    """Make a form from JSON; raises :class:`CourseError` naming the form and the place."""
    if not isinstance(raw, dict) or not isinstance(raw.get("kind"), str):
        raise CourseError(f"a form must be an object with a “kind”, not {raw!r:.60}")
    name, kind = raw.get("id", "?"), raw["kind"]
    if kind not in kinds():
        known = ", ".join(kinds())
        raise CourseError(f"form “{name}”: unknown kind “{kind}”. Known kinds: {known}")
    check_schema(raw, form_schema(kind), f"form “{name}” ({kind})")
    _check_unique(raw, f"form “{name}” ({kind})")
    common = {**raw, "hints": tuple(raw.get("hints", ()))}
    del common["kind"]
    try:
        form = kinds()[kind].from_json(common)
    except CourseError as error:
        raise CourseError(f"form “{name}” ({kind}): {error}") from None
    if form.key is not None:
        problems = form.key_problems(form.key)
        if problems:
            raise CourseError(f"form “{name}” ({kind}): key: " + "; ".join(problems))
    return form


def _check_unique(raw: Mapping[str, Any], what: str) -> None:
    """Raise when two entries of one list (choices, items, fields, rows …) share an id."""
    for part, entries in raw.items():
        if isinstance(entries, list):
            ids = [entry["id"] for entry in entries if isinstance(entry, dict) and "id" in entry]
            twice = sorted({i for i in ids if ids.count(i) > 1})
            if twice:
                raise CourseError(f"{what}: {part}: the id “{twice[0]}” is used more than once")


def check_schema(raw: object, schema: dict[str, Any], what: str) -> None:
    """Raise :class:`CourseError` with the place of the first misfit between JSON and a schema."""
    try:
        _checker(json.dumps(schema))(raw)
    except fastjsonschema.JsonSchemaValueException as error:
        name = error.name or "data"
        place = name.removeprefix("data").lstrip(".") or "top level"
        problem = error.message.removeprefix(name).strip()
        raise CourseError(f"{what}: at {place}: {problem}") from None


@cache
def _checker(schema: str) -> Callable[[object], object]:
    # fastjsonschema, because importing jsonschema takes a second that every notebook would wait.
    return cast(Callable[[object], object], fastjsonschema.compile(json.loads(schema)))


def warm_up() -> None:
    """Do now what is done once in a process: find the kinds, and compile their schemas."""
    for kind in kinds():
        _checker(json.dumps(form_schema(kind)))


@dataclass(frozen=True)
class FormSet:
    """The forms of one notebook, with the course and lesson they belong to."""

    course: str
    lesson: str
    forms: Mapping[str, Form]

    @classmethod
    def load(cls, folder: Path) -> "FormSet":
        """Read ``forms.json`` in ``folder``; raises :class:`CourseError` with the cure."""
        path = folder / FORMS_FILE
        try:
            raw = json.loads(path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            raise CourseError(
                _(
                    "There is no {name} in {folder}, so the questions cannot be shown. Open the "
                    "lesson from its own folder, or run “course start” again: it puts the file "
                    "back and keeps your answers."
                ).format(name=FORMS_FILE, folder=folder)
            ) from None
        except (OSError, ValueError, RecursionError) as error:
            raise CourseError(
                _(
                    "{path} cannot be read ({error}). Run “course start” again: it puts the file "
                    "back and keeps your answers."
                ).format(path=path, error=error)
            ) from None
        check_schema(raw, _SET_SCHEMA, str(path))
        _check_unique(raw, str(path))
        forms = [form_from_json(item) for item in raw["forms"]]
        return cls(raw["course"], raw["lesson"], {form.id: form for form in forms})

    def __getitem__(self, form_id: str) -> Form:
        """Return a form by id; raises :class:`CourseError` listing the ids there are."""
        try:
            return self.forms[form_id]
        except KeyError:
            known = ", ".join(self.forms)
            raise CourseError(
                _("There is no question “{id}” here. There are: {known}").format(
                    id=form_id, known=known
                )
            ) from None


_SET_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["schema", "course", "lesson", "forms"],
    "additionalProperties": False,
    "properties": {
        "schema": {"const": SCHEMA_VERSION},
        "course": {"type": "string"},
        "lesson": {"type": "string"},
        "forms": {"type": "array", "items": {"type": "object"}},
    },
}
