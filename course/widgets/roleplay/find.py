"""Where role-plays come from: each is a module ``course/widgets/*/plays/NAME.py``."""

from importlib import import_module
from pathlib import Path
from typing import Any, cast

from course.answers import CourseError
from course.text import _
from course.widgets.roleplay.drama import Drama

__all__ = ["find"]

_WIDGETS = Path(__file__).parent.parent


def find(name: str) -> Drama[Any]:
    """Return a role-play.

    Raises:
        CourseError: there is none of that name, or its content cannot be used.
    """
    files = {path.stem: path for path in _WIDGETS.glob("*/plays/[!_]*.py")}
    if name not in files:
        raise CourseError(
            _("There is no role-play “{name}”; this version has {known}.").format(
                name=name, known=", ".join(sorted(files))
            )
        )
    lesson = files[name].parent.parent.name
    module = import_module(f"course.widgets.{lesson}.plays.{name}")
    return cast(Drama[Any], module.drama())
