"""Small pieces of a page: styled text as widgets, prose from Markdown, one view of a thing."""

import html
from collections.abc import Callable, Hashable
from functools import cache
from pathlib import Path

import ipywidgets as w
import mistune

from course.answers import CourseError

__all__ = [
    "card",
    "close",
    "disable",
    "escape",
    "named",
    "prose",
    "show_once",
    "show_text",
    "text",
    "untypeset",
]

escape = html.escape


@cache
def _markdown() -> mistune.Markdown:
    return mistune.create_markdown(escape=True)


@cache
def _style() -> str:
    css = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
    return f"<style>{css}</style>"


def card(children: list[w.Widget], *, name: str) -> w.VBox:
    """Return a framed block; it brings the style sheet along, so that it looks right anywhere."""
    box = w.VBox([w.HTML(_style(), layout=w.Layout(display="none")), *children])
    box.add_class("ltd-card").add_class(f"ltd-{name}")
    return box


def text(content: str = "", *, kind: str) -> w.HTML:
    """Return a piece of HTML in one of the style sheet's kinds, hidden while it is empty."""
    piece = w.HTML()
    piece.add_class(f"ltd-{kind}")
    show_text(piece, content)
    return piece


def show_text(piece: w.HTML, content: str) -> None:
    """Change what a piece says; an empty one takes no room."""
    piece.value = content
    piece.layout.display = None if content else "none"


def untypeset(plain: str) -> str:
    """Return text as HTML for a description, where Jupyter reads $5 … $10 as a formula."""
    return f'<span class="mathjax_ignore tex2jax_ignore">{escape(plain)}</span>'


def named(control: w.DOMWidget, name: str) -> w.DOMWidget:
    """Give a control a name for screen readers alone: the page shows it elsewhere."""
    control.description, control.description_allow_html = untypeset(name), True
    control.tooltip = name
    return control.add_class("ltd-named")


def prose(markdown: str) -> str:
    """Return Markdown as HTML; raw HTML in it is shown as text."""
    return str(_markdown()(markdown))


_shown: dict[Hashable, w.Widget] = {}


def show_once(key: Hashable, make: Callable[[], w.Widget]) -> w.Widget:
    """Return a new view of a thing, and close the one that an earlier run of its cell made.

    Otherwise views would pile up, and an old one could write over the new. What cannot be shown is
    said in one sentence instead.
    """
    old = _shown.pop(key, None)
    if old is not None:
        close(old)
    try:
        view = make()
    except CourseError as error:
        view = card([text(escape(str(error)), kind="notice")], name="notice")
    _shown[key] = view
    return view


def close(widget: w.Widget) -> None:
    """Close a widget with all that is inside it and all that only it uses."""
    for child in getattr(widget, "children", ()):
        close(child)
    widget.close()
    for part in (getattr(widget, name, None) for name in ("layout", "style")):
        if isinstance(part, w.Widget):
            part.close()


def disable(widget: w.Widget) -> None:
    """Let a widget and all in it be read but not changed."""
    for child in getattr(widget, "children", ()):
        disable(child)
    if widget.has_trait("disabled"):
        widget.disabled = True
