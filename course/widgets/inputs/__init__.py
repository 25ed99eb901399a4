"""The part of a form that is filled in: one module per form kind that needs its own layout.

A module here is named after the kind and has a class ``Input``; every other kind made of cells is
shown by ``cells``. Nothing lists the modules.
"""

import importlib
import importlib.util
from collections.abc import Callable
from typing import Any, Protocol, cast

import ipywidgets as w

from course.answers import Form

__all__ = ["Changed", "Input", "make_input"]

Changed = Callable[[], None]
"""Called after every change that the learner makes."""


class Input(Protocol):
    """What a form view needs of an input."""

    widget: w.Widget

    def raw(self) -> Any:
        """Return the answer as it is stored (JSON)."""

    def troubles(self) -> list[str]:
        """Return what was typed that cannot be read at all, one line each."""


def make_input(form: Form, value: Any, changed: Changed) -> Input:
    """Return the input for a form, showing ``value`` (as the form read it; None if empty)."""
    name = f"{__name__}.{form.kind}"
    if importlib.util.find_spec(name) is None:
        name = f"{__name__}.cells"
    return cast(Input, importlib.import_module(name).Input(form, value, changed))
