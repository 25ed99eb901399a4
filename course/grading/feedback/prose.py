"""Markdown that somebody else wrote, as HTML that cannot act and fetches nothing.

mistune reads it, with HTML in it escaped; bleach then decides what may stay.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import mistune
from bleach.sanitizer import Cleaner
from markupsafe import Markup

from course.grading.feedback.text import clean
from course.text import _

__all__ = ["headings", "prose"]

_LONGEST = 10_000  # characters; what is longer is shown as it was typed
_LONGEST_HEADING = 300
_TAGS = [
    *("a", "blockquote", "br", "code", "del", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"),
    *("table", "tbody", "td", "th", "thead", "tr"),
]


class _Renderer(mistune.HTMLRenderer):
    def heading(self, text: str, level: int, **attrs: Any) -> str:
        """A learner's headings must not take part in the page's outline."""
        return f"<p><strong>{text}</strong></p>\n"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Nothing is fetched: a picture is named, not shown."""
        name = mistune.util.striptags(text).strip()
        return mistune.escape(_("[picture: {name}]").format(name=name) if name else _("[picture]"))


_markdown = mistune.create_markdown(
    renderer=_Renderer(escape=True), plugins=["table", "strikethrough"]
)
_outline = mistune.create_markdown(renderer="ast")
_cleaner = Cleaner(
    tags=_TAGS,
    attributes={"a": ["href"]},
    protocols=["http", "https", "mailto"],
    strip=True,
    strip_comments=True,
)


def prose(source: str) -> Markup:
    """Return Markdown as harmless HTML."""
    source = clean(source)
    if len(source) <= _LONGEST:
        try:
            html = _cleaner.clean(str(_markdown(source)))
        except (ValueError, RecursionError):  # nested too deep: then it is shown as it was typed
            pass
        else:
            return Markup(html)
    return Markup("<pre>{}</pre>").format(source)


def headings(source: str) -> Iterator[tuple[int, str]]:
    """Yield the headings in Markdown that are marked with #: level and plain text."""
    fenced = False
    for line in source.split("\n"):
        if line.lstrip(" ").startswith(("```", "~~~")):
            fenced = not fenced
        elif line.startswith("#") and not fenced:
            yield from _heading(line[:_LONGEST_HEADING])


@lru_cache(maxsize=4096)  # the instructor's headings are the same in every submission
def _heading(line: str) -> tuple[tuple[int, str], ...]:
    tokens = _outline(line)
    assert isinstance(tokens, list)
    return tuple(
        (token["attrs"]["level"], clean(" ".join("".join(_words(token["children"])).split())))
        for token in tokens
        if token["type"] == "heading"
    )


def _words(tokens: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for token in tokens:
        yield token.get("raw", "")
        yield from _words(token.get("children", ()))
