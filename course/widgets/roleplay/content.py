"""What is said in role-plays: sentences as data, one JSON file per role-play, checked when read."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import fastjsonschema

from course.answers import CourseError
from course.text import _

__all__ = ["TEXT", "TEXTS", "Content", "all_of", "read", "same"]

Content = Mapping[str, Any]

TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
"""Schema of a sentence."""
TEXTS: dict[str, Any] = {"type": "array", "items": TEXT, "minItems": 2, "uniqueItems": True}
"""Schema of a bank of sentences, of which one is said."""


def all_of(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with exactly these parts."""
    return {
        "type": "object",
        "properties": dict(parts),
        "required": list(parts),
        "additionalProperties": False,
    }


def same(names: Iterable[str], part: Any) -> dict[str, Any]:
    """Return the schema of an object with exactly these names, each holding the same."""
    return all_of(dict.fromkeys(names, part))


def read(path: Path, schema: dict[str, Any]) -> Content:
    """Return the content of a role-play's file.

    Raises:
        CourseError: the file is not as the schema says.
    """
    content: Content = json.loads(path.read_text(encoding="utf-8"))
    try:
        fastjsonschema.validate(schema, content)
    except fastjsonschema.JsonSchemaException as error:
        raise CourseError(
            _("The role-play {file} cannot be used: {problem}.").format(
                file=path.name, problem=error
            )
        ) from error
    return content
