"""Tables out of HTML that somebody else wrote: only their text is taken.

A data frame shows itself as HTML. Nothing of that HTML goes on the page: the text of its cells is
read, and the page makes a table of its own from it. So there is nothing to sanitise, and a pattern
will do where a parser would have to be right. (Python's own takes minutes for hostile input.)
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from course.grading.feedback.text import clean

__all__ = ["Table", "TableCell", "read_table"]

_MOST_CELLS = 1500
_MOST_SPAN = 50
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z]+)(?P<attributes>[^<>]*)>", re.IGNORECASE)
_SPAN = re.compile(r"\b(col|row)span=\W?(\d{1,3})\b", re.IGNORECASE)
_SILENT = frozenset({"style", "script"})


@dataclass(frozen=True)
class TableCell:
    """A cell's text; ``head`` if it heads a row or column; how many columns and rows it spans."""

    text: str
    head: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first ``head`` of them are column headings. ``cut``: there was more."""

    rows: tuple[tuple[TableCell, ...], ...]
    head: int
    cut: bool


def read_table(source: str) -> Table | None:
    """Return the only table in the HTML, None if there is none, or several."""
    rows: list[list[TableCell]] = []
    tables = head = cells = 0
    in_head = False
    for tag, attributes, text in _elements(source):
        if tag == "table":
            tables += 1
        elif tag in ("thead", "/thead"):
            in_head = tag == "thead"
        elif tag == "tr":
            rows.append([])
            head += in_head
        elif tag in ("td", "th") and rows:
            cells += 1
            if cells <= _MOST_CELLS:
                spans = {kind.lower(): min(int(n), _MOST_SPAN) for kind, n in attributes}
                cell = TableCell(text, tag == "th", spans.get("col", 1), spans.get("row", 1))
                rows[-1].append(cell)
    if tables != 1 or not cells:
        return None
    kept = [tuple(row) for row in rows if row]
    return Table(tuple(kept), min(head, len(kept)), cells > _MOST_CELLS)


def _elements(source: str) -> Iterator[tuple[str, list[tuple[str, str]], str]]:
    """Yield tags of tables in order, with the spans they name; cells with the text in them."""
    opened: tuple[str, list[tuple[str, str]]] | None = None
    words: list[str] = []
    silent = False
    end = 0
    for tag in _TAG.finditer(source):
        if not silent:
            words.append(source[end : tag.start()])
        end = tag.end()
        name = tag["name"].lower()
        if name in _SILENT:
            silent = not tag["end"]
        elif name == "br":
            words.append(" ")
        elif name in ("td", "th", "tr", "thead", "tbody", "table"):
            if opened:
                yield *opened, clean(" ".join(html.unescape("".join(words)).split()))
            words = []
            opened = None
            if name in ("td", "th"):
                opened = None if tag["end"] else (name, _SPAN.findall(tag["attributes"]))
            else:
                yield f"{tag['end']}{name}", [], ""
