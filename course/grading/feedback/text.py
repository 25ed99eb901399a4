"""Text that somebody else wrote, made safe to show: escaped, and with nothing invisible in it."""

import re

from markupsafe import Markup, escape
from nbconvert.filters.ansi import ansi2html, strip_ansi
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

__all__ = ["clean", "coloured", "highlighted", "uncoloured", "visible"]

# Larger cells are shown without colours: the lexer takes 1 ms for 1,000 characters.
_HIGHLIGHTED = 6000

_BIDI = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_ESCAPE = 0x1B
_TABLE: dict[int, str] = {
    # What cannot be written as UTF-8, is no character, or acts on a terminal only.
    **dict.fromkeys([*range(0xD800, 0xE000), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF], "\ufffd"),
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"},
    # What turns the direction of the text around it is named, so that nobody is misled by it.
    **{code: f"[U+{code:04X}]" for code in _BIDI},
    **dict.fromkeys(range(0xE0000, 0xE0080), ""),  # tags: invisible, and of no use in text
    0x2028: "\n",
    0x2029: "\n",
}
_WITH_COLOURS = {code: to for code, to in _TABLE.items() if code != _ESCAPE}
_OVERWRITTEN = re.compile(r"[^\n]*\r")
_OWN_COLOUR = re.compile(r' style="[^"]*"')
_LEXER = PythonLexer(stripnl=False, ensurenl=False)
_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True)


def visible(text: str) -> str:
    """Return the text with what is invisible in it made visible."""
    return text.translate(_TABLE)


def clean(text: str) -> str:
    """Return the text with what is invisible in it made visible; lines end in ``\\n``.

    A line that was overwritten after a carriage return (a progress bar) keeps its last state.
    """
    return visible(_lines(text))


def coloured(text: str) -> Markup:
    """Return a terminal's text as HTML; the 16 colours become classes, others are dropped."""
    html = ansi2html(_lines(text).translate(_WITH_COLOURS))
    # In what comes from ansi2html every quotation mark of the text is escaped: these are its own.
    html = _OWN_COLOUR.sub("", str(html))
    return Markup(html.replace("\x1b", "\u241b"))


def uncoloured(text: str) -> str:
    """Return a terminal's text without its colours, clean."""
    return clean(strip_ansi(text))


def highlighted(code: str) -> Markup:
    """Return Python code as HTML with a class for each kind of token."""
    code = clean(code)
    if len(code) > _HIGHLIGHTED:
        return escape(code)
    return Markup(highlight(code, _LEXER, _FORMATTER).rstrip("\n"))


def _lines(text: str) -> str:
    text = text.replace("\r\n", "\n")
    return _OVERWRITTEN.sub("", text) if "\r" in text else text
