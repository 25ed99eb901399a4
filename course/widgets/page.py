"""Small pieces of a page: styled text as widgets, and prose from Markdown."""

import html
from functools import cache
from pathlib import Path

import ipywidgets as w
import mistune

__all__ = ["card", "escape", "prose", "show_text", "text"]

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


def prose(markdown: str) -> str:
    """Return Markdown as HTML; raw HTML in it is shown as text."""
    return str(
        mistune.html(markdown) if "<" not in markdown else mistune.create_markdown()(markdown)
    )
