"""Reads a notebook of any shape: its cells' texts, and what they say they are.

Nothing else of it is kept: no outputs, no tags, no widget state. So what nbformat would convert or
validate need not be understood, and a notebook in a broken wrapping is still a notebook.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from course.grading.intake.allowance import Allowance
from course.grading.intake.model import RefusedError, shown
from course.grading.spec.model import CellType
from course.text import _

__all__ = ["FoundCell", "read_notebook"]

# A text that never ends is matched as well: looking for its end again and again would take forever.
_TRAILING_COMMA = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z))|,(?=\s*+[}\]])', re.DOTALL)
_ATTACHED = re.compile(r"attachment:([^\s()\"'<>]++)")
_IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp")  # not SVG, which may hold scripts
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*+")


@dataclass(frozen=True, slots=True)
class FoundCell:
    """A cell as handed in. ``grade_id`` and ``cell_id`` are what it says of itself."""

    cell_type: CellType
    text: str
    grade_id: str = ""
    cell_id: str = ""
    attachments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_notebook(data: bytes, allowance: Allowance) -> tuple[list[FoundCell], list[str]]:
    """Return a notebook's cells and notes on what had to be mended; RefusedError if it is none."""
    if not data.strip(b"\0 \t\r\n"):
        raise RefusedError(_("The file is empty."), _again())
    brackets = 0 if len(data) <= allowance.brackets else data.count(b"{") + data.count(b"[")
    if brackets > allowance.brackets:
        raise RefusedError(
            _("The notebook is too large to be read safely."),
            _("Clear all outputs (menu Kernel or Edit), save it, and hand in again."),
        )
    notes: list[str] = []
    notebook = _load(data, notes)
    raw = _raw_cells(notebook, notes)
    if len(raw) > allowance.cells:
        raise RefusedError(
            _("The notebook has {count} cells; up to {limit} are taken.").format(
                count=len(raw), limit=allowance.cells
            ),
            _("Remove the cells that are not needed, and hand in again."),
        )
    cells = [_cell(one) for one in raw if isinstance(one, dict)]
    if len(cells) < len(raw):
        notes.append(_("Some things in the notebook were no cells, and were left out."))
    return cells, notes


def _load(data: bytes, notes: list[str]) -> Any:
    """Parse JSON; mend what programs and people commonly break."""
    try:
        encoding = json.detect_encoding(data)
        if encoding != "utf-8":
            notes.append(_("The notebook was not saved as plain UTF-8; it was read all the same."))
        return json.loads(data)
    except RecursionError:
        raise _nested() from None
    except ValueError:
        text = _decode(data, encoding, notes)
    decoder = json.JSONDecoder(strict=False)  # raw line breaks inside a text are taken
    start = text.lstrip("\ufeff\0 \t\r\n")
    try:
        try:
            found, end = decoder.raw_decode(start)
        except ValueError:
            mended = _TRAILING_COMMA.sub(lambda match: match[1] or "", start)
            found, end = decoder.raw_decode(mended)
            start = mended
    except RecursionError:
        raise _nested() from None
    except ValueError as error:
        raise _no_json(start, error) from None
    if start[end:].strip("\0 \t\r\n"):
        notes.append(_("Something followed the end of the notebook; it was left out."))
    elif not notes:
        notes.append(_("The notebook's file was slightly damaged, and was mended."))
    return found


def _decode(data: bytes, encoding: str, notes: list[str]) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        pass
    if encoding != "utf-8":
        return data.decode(encoding, "replace")
    notes.append(
        _("The notebook was not saved as UTF-8: letters with accents may have changed in it.")
    )
    try:
        return data.decode("cp1252")  # what Windows programs of western countries write
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _again() -> str:
    return _("Open it in Jupyter, check that it shows your work, save it, and hand in again.")


def _nested() -> RefusedError:
    return RefusedError(_("The notebook is nested too deeply to be read."), _again())


def _no_json(text: str, error: ValueError) -> RefusedError:
    if text.startswith("<"):
        return RefusedError(
            _("The file is a web page, not a notebook."),
            _("Download the notebook itself (on GitHub: “Download raw file”), and hand in again."),
        )
    if "\n<<<<<<< " in text:
        return RefusedError(
            _("The notebook holds two versions at once, left by a merge that was not finished."),
            _("Decide on one of them, check that it opens in Jupyter, and hand in again."),
        )
    if isinstance(error, json.JSONDecodeError) and (
        error.msg.startswith("Unterminated") or error.pos >= len(text.rstrip()) - 1
    ):
        return RefusedError(_("The notebook ends in the middle: part of it is missing."), _again())
    return RefusedError(_("The file is damaged, or no notebook at all."), _again())


def _raw_cells(notebook: Any, notes: list[str]) -> list[Any]:
    """Return the cells of a notebook of any format since version 2."""
    if isinstance(notebook, dict):
        version = notebook.get("nbformat")
        cells = notebook.get("cells")
        if isinstance(cells, list):
            if version != 4:
                said = _("The notebook says it is of format {version}; it was read as format 4.")
                known = isinstance(version, int | str)
                notes.append(said.format(version=shown(str(version)) if known else "?"))
            return cells
        sheets = notebook.get("worksheets")
        if isinstance(sheets, list):
            notes.append(_("The notebook is of an old format; its cells were taken over."))
            inside = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
            return [cell for cells in inside if isinstance(cells, list) for cell in cells]
    raise RefusedError(_("The file is no notebook: it has no cells."), _again())


def _cell(raw: dict[str, Any]) -> FoundCell:
    metadata = raw.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    cell_id = raw.get("id")
    text = _text(raw.get("source", raw.get("input")))
    kind = raw.get("cell_type")
    cell_type: CellType
    if kind in ("code", "raw", "markdown"):
        cell_type = kind
    else:  # "heading" and "html" of old formats, or nonsense
        cell_type = "code" if "outputs" in raw else "markdown"
        if kind == "heading":
            level = raw.get("level")
            text = "#" * (level if type(level) is int and 0 < level < 7 else 1) + " " + text
    return FoundCell(
        cell_type,
        text,
        grade_id if isinstance(grade_id, str) else "",
        cell_id if isinstance(cell_id, str) else "",
        _pictures(raw.get("attachments"), text) if cell_type == "markdown" else {},
    )


def _text(source: Any) -> str:
    """Return a cell's text as Python can run it and UTF-8 can hold it."""
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        return ""
    if "\r" in source:
        source = source.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in source:
        source = source.replace("\0", "")
    try:
        source.encode()
    except UnicodeEncodeError:  # halves of characters; two that fit together make one
        source = source.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return str(source)


def _pictures(attachments: Any, text: str) -> dict[str, dict[str, str]]:
    """Return the pictures that the text shows."""
    found: dict[str, dict[str, str]] = {}
    if not isinstance(attachments, dict):
        return found
    for written in dict.fromkeys(_ATTACHED.findall(text)):
        for name in (written, unquote(written)):
            bundle = attachments.get(name)
            if name not in found and isinstance(bundle, dict):
                pictures = {mime: _text(bundle[mime]) for mime in _IMAGES if mime in bundle}
                whole = {m: data for m, data in pictures.items() if _BASE64.fullmatch(data)}
                if whole:
                    found[name] = whole
    return found
