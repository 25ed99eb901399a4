"""One cell: the control that fits a field's type."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import ipywidgets as w

from course.answers.fields import Field, Value
from course.text import _

__all__ = ["Cell"]

_LONG = 34  # characters; longer choices stand below each other


class Cell:
    """A control for one field. ``value`` is None while nothing (readable) is entered."""

    def __init__(
        self,
        field: Field,
        value: Value,
        changed: Callable[[], None],
        *,
        compact: bool = False,
        lines: int = 1,
    ) -> None:
        """Make the control; ``compact`` is for table cells, ``lines`` for longer texts."""
        self.field = field
        self.control, self.widget = self._make(value, compact, lines)
        self.control.observe(lambda change: changed(), names="value")

    @property
    def value(self) -> Value:
        """What is entered, in the field's type."""
        raw = self.control.value
        if self.field.type == "number":
            return _number(raw)
        if isinstance(raw, dt.date):
            return raw.isoformat()
        return raw if raw != "" else None

    @property
    def trouble(self) -> str:
        """What was typed that is no number, as a sentence; else an empty string."""
        if self.field.type == "number" and self.control.value.strip() and self.value is None:
            return _("{label}: “{typed}” is not a number.").format(
                label=self.field.label, typed=self.control.value
            )
        return ""

    def _make(self, value: Value, compact: bool, lines: int) -> tuple[Any, w.Widget]:
        field = self.field
        if field.type == "choice":
            options = [(option.label, option.id) for option in field.options]
            if compact:
                control = w.Dropdown(
                    options=[(_("choose …"), None), *options], value=value, layout={"width": "auto"}
                )
            else:
                control = _radio(options, value)
        elif field.type == "yesno":
            control = _radio([(_("yes"), True), (_("no"), False)], value)
        elif field.type == "number":
            shown = "" if value is None else f"{value:g}"
            control = w.Text(shown, layout={"width": "110px"}, continuous_update=True)
            return control, w.HBox([control, w.Label(field.unit).add_class("ltd-unit")])
        elif field.type == "date":
            day = dt.date.fromisoformat(str(value)) if value else None
            control = w.DatePicker(value=day, layout={"width": "170px"})
        else:
            box = w.Textarea if lines > 1 else w.Text
            control = box(
                str(value or ""),
                layout={"width": "auto" if compact else "96%"},
                continuous_update=True,
            )
            if lines > 1:
                control.rows = lines
        control.tooltip = field.label  # what a screen reader says in place of a label
        return control, control


def _radio(options: list[tuple[str, Any]], value: Value) -> w.RadioButtons:
    short = len(options) <= 5 and all(len(label) <= _LONG for label, _id in options)
    return w.RadioButtons(
        options=options, value=value, orientation="horizontal" if short else "vertical"
    )


def _number(typed: str) -> float | None:
    """Read a number as people type it: spaces between thousands, a decimal comma."""
    text = "".join(typed.split())
    if text.count(",") == 1 and "." not in text and len(text.split(",")[1]) != 3:
        text = text.replace(",", ".")
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None
