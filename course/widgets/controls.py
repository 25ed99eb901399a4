"""Labelled controls: one look for every simulator.

A control is an ipywidgets input under a label that carries its unit and its present value, with a
line of help. Only the input is a control; the rest is text. Callers observe ``control.input`` and
place ``control.box``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

__all__ = ["Control", "choice", "look", "slider", "switch"]


@cache
def _css() -> str:
    return Path(__file__).with_name("look.css").read_text(encoding="utf-8")


def look() -> widgets.HTML:
    """Return an invisible widget carrying the style sheet (classes ``ltd-sim-…``) of a view."""
    sheet = widgets.HTML(f"<style>{_css()}</style>")
    sheet.add_class("ltd-sim-hidden")
    return sheet


@dataclass(frozen=True, eq=False)
class Control:
    """An input and the box that shows it with its label and help.

    Attributes:
        input: the widget to observe and to set.
        box: the widget to place.
        title: the label above the input where it names the value, as a slider's does.
        say: what the title says of a value, HTML.
    """

    input: Any  # ipywidgets has no types
    box: widgets.VBox
    title: widgets.HTML | None = None
    say: Callable[[Any], str] = str

    @property
    def value(self) -> Any:
        """The input's present value."""
        return self.input.value

    def enable(self, enabled: bool) -> None:
        """Make the input answer, or show greyed that it does not apply."""
        self.input.disabled = not enabled
        (self.box.remove_class if enabled else self.box.add_class)("ltd-sim-off")


def _help(text: str) -> list[widgets.HTML]:
    return [widgets.HTML(f"<div class='ltd-sim-help'>{escape(text)}</div>")] if text else []


def _boxed(kind: str, parts: list[Any]) -> widgets.VBox:
    box = widgets.VBox(parts)
    box.add_class("ltd-sim-control")
    box.add_class(kind)
    return box


def slider(
    label: str,
    *,
    value: float,
    low: float,
    high: float,
    step: float = 1,
    show: Callable[[float], str],
    help: str = "",
) -> Control:
    """Return a slider; whole numbers throughout make an integer one.

    Args:
        label: what is set, in the learner's words.
        value: where it starts.
        low: least value.
        high: greatest value.
        step: distance between values.
        show: the value in words, with its unit, for example ``"10 %"``.
        help: one line on what it means.

    Raises:
        ValueError: the value lies outside the range.
    """
    if not low <= value <= high:
        raise ValueError(f"{label}: expected a value from {low} to {high}, got {value!r}")
    whole = all(isinstance(number, int) for number in (value, low, high, step))
    entry = (widgets.IntSlider if whole else widgets.FloatSlider)(
        value=value,
        min=low,
        max=high,
        step=step,
        readout=False,
        continuous_update=True,  # the front end sends only the newest value while we are busy
        tooltip=label,
        layout=widgets.Layout(width="auto"),
    )

    def say(value: float) -> str:
        return (
            f"<div class='ltd-sim-label'><span>{escape(label)}</span>"
            f"<b>{escape(show(value))}</b></div>"
        )

    title = widgets.HTML(say(value))
    entry.observe(lambda change: title.set_trait("value", say(change.new)), "value")
    return Control(entry, _boxed("ltd-sim-slider", [title, entry, *_help(help)]), title, say)


def choice(
    label: str,
    options: Mapping[str, Any],
    *,
    value: Any,
    horizontal: bool = False,
    help: str = "",
) -> Control:
    """Return a choice of one among few, all in sight.

    Args:
        label: what is chosen.
        options: from what is shown to what it stands for.
        value: what is chosen at first, one of the things stood for.
        horizontal: side by side; only for short names.
        help: one line on what it means.

    Raises:
        ValueError: ``value`` is not among the options.
    """
    if value not in options.values():
        raise ValueError(f"{label}: expected one of {list(options.values())}, got {value!r}")
    entry = widgets.RadioButtons(
        options=list(options.items()),
        value=value,
        orientation="horizontal" if horizontal else "vertical",
        tooltip=label,
        layout=widgets.Layout(width="auto"),
    )
    title = widgets.HTML(f"<div class='ltd-sim-label'><span>{escape(label)}</span></div>")
    return Control(entry, _boxed("ltd-sim-choice", [title, entry, *_help(help)]))


def switch(label: str, *, value: bool, help: str = "") -> Control:
    """Return an on/off switch that carries its own label."""
    entry = widgets.Checkbox(
        value=value, description=label, indent=False, layout=widgets.Layout(width="auto")
    )
    return Control(entry, _boxed("ltd-sim-switch", [entry, *_help(help)]))
