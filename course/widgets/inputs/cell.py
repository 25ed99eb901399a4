"""One cell: the control that fits a field's type."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import ipywidgets as w

from course.answers.fields import Field, Value
from course.answers.numbers import read_number, say_number
from course.text import _
from course.widgets.page import escape, named, text

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
        self._last = value  # what was readable last: a slip of the finger must not wipe it
        self.control = self._make(value, compact, lines)
        self.control.tooltip = field.label
        self.widget: w.Widget = self.control
        if field.unit and not compact:
            self.widget = w.HBox([self.control, text(escape(field.unit), kind="unit")])
        self.control.observe(lambda change: changed(), names="value")

    @property
    def value(self) -> Value:
        """What is entered, in the field's type."""
        raw = self.control.value
        if self.field.type == "number":
            if raw.strip() == "":
                self._last = None
            elif (number := read_number(raw, self.field.unit)) is not None:
                self._last = number
            return self._last
        if isinstance(raw, dt.date):
            return raw.isoformat()
        return raw if raw != "" else None

    @property
    def trouble(self) -> str:
        """What was typed that is no number, as a sentence; else an empty string."""
        if self.field.type != "number" or not self.control.value.strip():
            return ""
        if read_number(self.control.value, self.field.unit) is None:
            return _("{label}: “{typed}” is not a number.").format(
                label=self.field.label, typed=self.control.value
            )
        return ""

    def _make(self, value: Value, compact: bool, lines: int) -> Any:
        field = self.field
        if field.type == "choice" and not compact:
            return _radio([(option.label, option.id) for option in field.options], value)
        if field.type == "yesno":
            return _radio([(_("yes"), True), (_("no"), False)], value)
        if field.type == "choice":
            options = [(_("choose …"), None), *((o.label, o.id) for o in field.options)]
            control = w.Dropdown(options=options, value=value, layout={"width": "auto"})
            if value is None:
                control.index = 0  # else the list shows an empty line
        elif field.type == "number":
            shown = say_number(value) if isinstance(value, float) else ""
            control = w.Text(shown, layout={"width": "100%" if compact else "110px"})
        elif field.type == "date":
            day = dt.date.fromisoformat(str(value)) if value else None
            control = w.DatePicker(value=day, layout={"width": "100%" if compact else "170px"})
        elif lines > 1:
            control = w.Textarea(str(value or ""), rows=lines, layout={"width": "100%"})
        else:
            control = w.Text(str(value or ""), layout={"width": "100%"})
        return named(control, field.label)


def _radio(options: list[tuple[str, Any]], value: Value) -> w.RadioButtons:
    short = len(options) <= 5 and all(len(label) <= _LONG for label, _id in options)
    return w.RadioButtons(
        options=options, value=value, orientation="horizontal" if short else "vertical"
    )
