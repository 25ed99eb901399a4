"""What learners' code put out, as it may stand on a page.

Text is escaped, pictures are embedded once they proved to be pictures, tables are made anew.
Everything else (scripts, drawings in SVG, pages, widgets) is dropped, and a note says so.
"""

import base64
import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from markupsafe import Markup
from PIL import Image

from course.grading.feedback.prose import prose
from course.grading.feedback.tables import Table, read_table
from course.grading.feedback.text import clean, coloured
from course.text import _

__all__ = ["FOLD", "Allowance", "Shown", "left_out", "picture", "show_outputs"]

FOLD = 15  # lines; what is longer is folded
_ONE_TEXT = 20_000  # characters
_MOST_LINES = 500
_MOST_PIXELS = 50_000_000
_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG"}
_UNREADABLE = (OSError, SyntaxError, ValueError, Warning, Image.DecompressionBombError)
# What else a data frame, a figure or a form says of itself; text stands beside it.
_WITH_TEXT = frozenset({"text/plain", "text/latex", "application/json", "text/html"})


@dataclass
class Allowance:
    """How much of what a learner made fits on one page, so that no submission makes a huge one.

    It shrinks by what is shown.
    """

    text: int = 100_000  # characters
    pictures: int = 6_000_000  # characters of base64
    outputs: int = 300

    def take(self, text: str, most: int = _ONE_TEXT) -> tuple[str, bool]:
        """Return as much of the text as may be shown, and whether that is not all of it."""
        kept = text[: max(0, min(most, self.text))]
        self.text -= len(kept)
        return kept, len(kept) < len(text)


@dataclass(frozen=True)
class Shown:
    """One thing on the page: ``html`` for text and prose, ``source`` for a picture, a table.

    ``lines`` says how long a text is, ``cut`` whether there was more of it.
    """

    kind: Literal["text", "prose", "picture", "table", "note"]
    html: Markup = field(default_factory=Markup)
    source: str = ""
    table: Table | None = None
    lines: int = 0
    cut: bool = False


def show_outputs(outputs: Sequence[Mapping[str, Any]], room: Allowance) -> Iterator[Shown]:
    """Yield what a cell put out, errors left out, as long as there is room."""
    for output in outputs:
        room.outputs -= 1
        if room.outputs <= 0:
            if room.outputs == 0:
                yield left_out()
            return
        kind = output.get("output_type")
        if kind == "stream":
            yield from _show_text(output["text"], room)
        elif kind in ("display_data", "execute_result"):
            yield from _show_data(output["data"], room)


def _show_text(text: str, room: Allowance) -> Iterator[Shown]:
    """Yield a terminal's text, if there is any, shortened to what fits."""
    if not text.strip():
        return
    lines = text.strip("\n").split("\n", _MOST_LINES)
    shown, cut = room.take("\n".join(lines[:_MOST_LINES]))
    cut = cut or len(lines) > _MOST_LINES
    yield Shown("text", coloured(shown), lines=shown.count("\n") + 1, cut=cut)


def _show_data(data: Mapping[str, Any], room: Allowance) -> Iterator[Shown]:
    """Yield the best harmless form of a displayed value, and a note if that is not its own."""
    for mime in _FORMATS:
        if mime in data:
            yield picture(mime, data[mime], room)
            return
    html = data.get("text/html", "")
    if html and len(html) <= min(_ONE_TEXT * 5, room.text):
        table = read_table(html)
        if table:
            room.text -= sum(len(cell.text) for row in table.rows for cell in row)
            yield Shown("table", table=table, lines=len(table.rows), cut=table.cut)
            return
    if "text/markdown" in data:
        text, cut = room.take(data["text/markdown"])
        yield Shown("prose", prose(text))
        if cut:
            yield left_out()
        return
    text = data.get("text/plain", "")
    yield from _show_text(text, room)
    dropped = sorted(clean(str(mime)) for mime in data if mime not in _WITH_TEXT)
    if html and not text.strip():
        dropped.append("text/html")
    for mime in dropped[:3]:
        yield _note(_("Not shown here: content of the type {kind}.").format(kind=mime[:60]))


def left_out() -> Shown:
    """Return the note that there was more."""
    return _note(_("There was more; the rest is left out here."))


def picture(mime: str, data: str, room: Allowance) -> Shown:
    """Return a picture in base64 as a data URI, or a note if it is none or does not fit."""
    data = "".join(data.split())
    if len(data) > room.pictures:
        return _note(_("A picture is left out: it is too large for this page."))
    if not _is_picture(mime, data):
        return _note(_("A picture is left out: it cannot be read."))
    room.pictures -= len(data)
    return Shown("picture", source=f"data:{mime};base64,{data}")


def _is_picture(mime: str, data: str) -> bool:
    try:
        raw = base64.b64decode(data, validate=True)
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow warns of pictures that unpack to a huge size
            with Image.open(io.BytesIO(raw), formats=[_FORMATS[mime]]) as found:
                width, height = found.size
                found.verify()
    except _UNREADABLE:
        return False
    return 0 < width * height <= _MOST_PIXELS


def _note(text: str) -> Shown:
    return Shown("note", Markup("{}").format(text))
