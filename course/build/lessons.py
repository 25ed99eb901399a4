"""Discovery: a lesson is a folder with a ``lesson.toml``; nothing else lists lessons."""

import difflib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from course.answers.errors import CourseError
from course.answers.forms import Form, check_schema, form_from_json, kinds
from course.answers.store import ANSWERS_FILE
from course.build.errors import BuildError

__all__ = ["LESSONS", "Homework", "Lesson", "find_lessons", "load_lesson"]

LESSONS = Path(__file__).parents[1] / "lessons"

_NAMES = {"type": "array", "items": {"type": "string", "minLength": 1}}
_LESSON_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["order", "title", "term", "minutes", "objectives", "claims"],
    "additionalProperties": False,
    "properties": {
        "order": {"type": "integer", "minimum": 0},
        "title": {"type": "string", "minLength": 1},
        "term": {"type": "string", "minLength": 1},
        "minutes": {"type": "integer", "minimum": 1},
        "objectives": {**_NAMES, "minItems": 1},
        "claims": {
            "type": "object",
            "propertyNames": {"pattern": r"^S[0-4]\.[1-9][0-9]?$"},
            "additionalProperties": {"type": "string"},
        },
        "homework": {
            "type": "object",
            "required": ["title", "points", "minutes"],
            "additionalProperties": False,
            "properties": {
                "title": {"type": "string", "minLength": 1},
                "points": {"type": "number", "exclusiveMinimum": 0},
                "minutes": {"type": "integer", "minimum": 1},
                "leave_out": _NAMES,
            },
        },
    },
}


@dataclass(frozen=True)
class Homework:
    """The graded exercise of a lesson: its title, points in all, and minutes it should take.

    ``leave_out`` names tasks that the instructor does not want: they are not built, and their
    points do not count.
    """

    title: str
    points: float
    minutes: int
    leave_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lesson:
    """One lesson folder, read and checked.

    ``term`` is the Chinese key term; ``claims`` maps the number of each claim of the talks to the
    id of the cell that teaches, shows or rehearses it; ``practice`` and ``graded`` are the forms by
    id; ``raw`` holds their JSON as declared, ``keys`` the keys of graded forms.
    """

    folder: Path
    order: int
    title: str
    term: str
    minutes: int
    objectives: tuple[str, ...]
    claims: Mapping[str, str]
    homework: Homework | None
    practice: Mapping[str, Form]
    graded: Mapping[str, Form]
    raw: Mapping[str, Mapping[str, Any]]
    keys: Mapping[str, Mapping[str, Any]]

    @property
    def slug(self) -> str:
        """The folder's name: the lesson's and the assignment's id everywhere."""
        return self.folder.name


def find_lessons(root: Path = LESSONS) -> list[Lesson]:
    """Return all lessons below ``root`` in order; raises :class:`BuildError` on the first fault."""
    lessons = [load_lesson(path.parent) for path in sorted(root.glob("*/lesson.toml"))]
    lessons.sort(key=lambda lesson: (lesson.order, lesson.slug))
    for one, two in pairwise(lessons):
        if one.order == two.order:
            raise BuildError(
                two.folder / "lesson.toml",
                f"order {two.order} is already taken by {one.slug}. Give each lesson its own.",
            )
    return lessons


def load_lesson(folder: Path) -> Lesson:
    """Read one lesson folder; raises :class:`BuildError` naming the file and the cure."""
    _refuse_sidecars(folder)
    path = folder / "lesson.toml"
    raw = _read_toml(path)
    practice, graded = _read_forms(folder / "forms.json")
    forms = {**practice, **graded}
    homework = None
    if "homework" in raw:
        left_out = tuple(raw["homework"].get("leave_out", ()))
        homework = Homework(**{**raw["homework"], "leave_out": left_out})
    lesson = Lesson(
        folder=folder,
        order=raw["order"],
        title=raw["title"],
        term=raw["term"],
        minutes=raw["minutes"],
        objectives=tuple(raw["objectives"]),
        claims=raw["claims"],
        homework=homework,
        practice={name: _form(item, folder) for name, item in practice.items()},
        graded={name: _form(item, folder) for name, item in graded.items()},
        raw=forms,
        keys=_read_keys(folder / "keys.json"),
    )
    _check_forms(lesson)
    return lesson


def _refuse_sidecars(folder: Path) -> None:
    for found in folder.rglob(f"{Path(ANSWERS_FILE).stem}*.json"):
        raise BuildError(
            found,
            "answers must not lie among the sources: they would be released to every learner. "
            "Move the file away.",
        )


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BuildError(path, f"not valid TOML: {error}") from None
    for where, table, schema in (
        ("", raw, _LESSON_SCHEMA),
        ("homework.", raw.get("homework", {}), _LESSON_SCHEMA["properties"]["homework"]),
    ):
        for key in table if isinstance(table, dict) else ():
            if key not in schema["properties"]:
                raise BuildError(path, unknown_name(f"{where}{key}", key, schema["properties"]))
    try:
        check_schema(raw, _LESSON_SCHEMA, "lesson.toml")
    except CourseError as error:
        raise BuildError(path, str(error).removeprefix("lesson.toml: ")) from None
    return raw


def unknown_name(shown: str, name: str, known: Mapping[str, Any] | list[str]) -> str:
    """Return the sentence for an unknown key: the nearest known one, or all of them."""
    near = difflib.get_close_matches(name, list(known), n=1)
    cure = f"Did you mean “{near[0]}”?" if near else f"Known: {', '.join(sorted(known))}."
    return f"unknown name “{shown}”. {cure}"


def _read_json(path: Path) -> dict[str, Any]:
    """Return a JSON object, an empty one where there is no file."""
    if not path.exists():
        return {}
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise BuildError(path, f"not valid JSON: {error.msg}", line=error.lineno) from None
    except UnicodeDecodeError as error:
        raise BuildError(path, f"not UTF-8: {error}. Save it as UTF-8.") from None
    if not isinstance(raw, dict):
        raise BuildError(path, "must be an object, { … }")
    return raw


def _read_keys(path: Path) -> dict[str, Any]:
    raw = _read_json(path)
    for name in raw:
        if name != "keys":
            raise BuildError(path, unknown_name(name, name, ["keys"]))
    keys = raw.get("keys", {})
    if not isinstance(keys, dict) or not all(isinstance(key, dict) for key in keys.values()):
        raise BuildError(path, "“keys” must be an object: form id → key")
    return keys


def _read_forms(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    raw = _read_json(path)
    for key in raw:
        if key not in ("practice", "graded"):
            raise BuildError(path, unknown_name(key, key, ["practice", "graded"]))
    groups = []
    for group in ("practice", "graded"):
        items = raw.get(group, [])
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise BuildError(path, f"“{group}” must be a list of forms")
        names = [item.get("id") for item in items]
        groups.append(dict(zip(names, items, strict=True)))
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            raise BuildError(path, f"the id “{twice[0]}” is used by more than one form")
    both = groups[0].keys() & groups[1].keys()
    if both:
        raise BuildError(path, f"“{sorted(both)[0]}” is both practice and graded: choose one")
    return groups[0], groups[1]


def _form(raw: dict[str, Any], folder: Path) -> Form:
    try:
        return form_from_json(raw)
    except CourseError as error:
        raise BuildError(folder / "forms.json", str(error)) from None


def _check_forms(lesson: Lesson) -> None:
    forms_path, keys_path = lesson.folder / "forms.json", lesson.folder / "keys.json"
    for form in lesson.practice.values():
        if form.points:
            raise BuildError(forms_path, f"practice form “{form.id}” has points: leave them out")
    for form in lesson.graded.values():
        if not form.points:
            raise BuildError(forms_path, f"graded form “{form.id}” needs “points”")
        if form.key is not None:
            raise BuildError(
                forms_path, f"the key of graded form “{form.id}” belongs in keys.json: see there"
            )
    for name, key in lesson.keys.items():
        graded = lesson.graded.get(name)
        if graded is None:
            raise BuildError(keys_path, f"key for “{name}”, which is no graded form")
        try:
            check_schema(key, kinds()[graded.kind].key_schema, f"key of “{name}”")
        except CourseError as error:
            raise BuildError(keys_path, str(error)) from None
        problems = graded.key_problems(key)
        if problems:
            raise BuildError(keys_path, f"key of “{name}”: " + "; ".join(problems))
