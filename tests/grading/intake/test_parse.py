"""Right notebooks in broken wrappings are read; what is no notebook is refused with the cure."""

import contextlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from course.grading.intake import Allowance
from course.grading.intake.model import RefusedError
from course.grading.intake.parse import FoundCell, read_notebook
from tests.grading.intake import samples

Raw = dict[str, Any]
TEXT = json.dumps(samples.submission(), ensure_ascii=False)
RIGHT = [(cell["cell_type"], "".join(cell["source"])) for cell in samples.submission()["cells"]]


def read(data: bytes, **allowed: int) -> tuple[list[FoundCell], list[str]]:
    return read_notebook(data, Allowance(**allowed))


def refused(data: bytes, **allowed: int) -> str:
    with pytest.raises(RefusedError) as caught:
        read(data, **allowed)
    assert caught.value.refusal.cure
    return caught.value.refusal.reason


def raw(**changes: Any) -> bytes:
    return json.dumps({**samples.submission(), **changes}).encode()


WRAPPINGS: dict[str, bytes] = {
    "a byte order mark": TEXT.encode("utf-8-sig"),
    "UTF-16": TEXT.encode("utf-16"),
    "UTF-16 without a mark": TEXT.encode("utf-16-be"),
    "UTF-32": TEXT.encode("utf-32"),
    "a comma at the end": TEXT.replace("}], ", "},  ], ", 1).encode(),
    "something after it": TEXT.encode() + b"\n{}",
    "blanks and nulls around it": b"\r\n \0" + TEXT.encode() + b"\0" * 9,
    "raw line breaks in a text": TEXT.replace("\\n", "\n").encode(),
    "format 5": raw(nbformat=5, nbformat_minor=0),
    "format '4'": raw(nbformat="4"),
    "no format": json.dumps({"cells": samples.submission()["cells"]}).encode(),
}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_a_broken_wrapping_costs_nothing_but_a_note(wrapping: str) -> None:
    cells, notes = read(WRAPPINGS[wrapping])
    assert [(cell.cell_type, cell.text) for cell in cells] == RIGHT
    assert notes


@pytest.mark.parametrize(
    "data", [TEXT.encode(), TEXT.replace("\n", "\r\n").encode(), raw(nbformat_minor=0)]
)
def test_an_ordinary_notebook_needs_no_note(data: bytes) -> None:
    cells, notes = read(data)
    assert [(cell.cell_type, cell.text) for cell in cells] == RIGHT
    assert notes == []


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_western_letters_survive_a_western_encoding(encoding: str) -> None:
    notebook = {"cells": [{"cell_type": "markdown", "source": "café"}], "nbformat": 4}
    cells, notes = read(json.dumps(notebook, ensure_ascii=False).encode(encoding))
    assert [cell.text for cell in cells] == ["café"]
    assert len(notes) == 1


def test_an_old_format_is_read() -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": "Sums"},
        {"cell_type": "heading", "level": 2.5, "source": "Odd"},
        {"cell_type": "code", "input": ["a = 1\n", "a"], "outputs": [], "language": "python"},
        {"cell_type": "html", "source": "<b>"},
        {"source": "no type"},
        {"input": "code without a type", "outputs": []},
    ]
    notebook = {"worksheets": [{"cells": cells}, "?"], "nbformat": 3, "metadata": {}}
    found, notes = read(json.dumps(notebook).encode())
    assert [(cell.cell_type, cell.text) for cell in found] == [
        ("markdown", "## Sums"),
        ("markdown", "# Odd"),
        ("code", "a = 1\na"),
        ("markdown", "<b>"),
        ("markdown", "no type"),
        ("code", "code without a type"),
    ]
    assert len(notes) == 1


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        (["a\n", "b"], "a\nb"),
        (["a", 1, None, ["b"]], "a"),
        ("a\0b", "ab"),
        ("\ud83d\ude00 \ud83d", "😀 \ufffd"),
        (None, ""),
        ({"a": 1}, ""),
        (7, ""),
    ],
)
def test_sources_become_text_that_python_can_run(source: Any, text: str) -> None:
    data = json.dumps({"cells": [{"cell_type": "code", "source": source}], "nbformat": 4})
    ((cell,), _notes) = read(data.encode())
    assert cell.text == text


def test_what_is_no_cell_is_left_out() -> None:
    cells, notes = read(b'{"nbformat": 4, "cells": [1, null, [], {"source": "a"}]}')
    assert [cell.text for cell in cells] == ["a"]
    assert notes


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\0" * 4096, "is empty"),
        (b"PK\x03\x04", "no notebook"),
        (b"not json", "no notebook"),
        (b'{"cells": [{"source": "a', "ends in the middle"),
        (TEXT.encode()[:-30], "ends in the middle"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b'{"cells": [\n<<<<<<< HEAD\n{},\n=======\n>>>>>>> b\n]}', "merge"),
        (b"[]", "no cells"),
        (b"null", "no cells"),
        (b'{"cells": {}}', "no cells"),
        (b'{"worksheets": 1}', "no cells"),
        (b'{"cells": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "too deeply"),
        (b'{"cells": [], "big": ' + b"9" * 5000 + b"}", "damaged"),
    ],
)
def test_what_is_no_notebook_is_refused(data: bytes, reason: str) -> None:
    assert reason in refused(data)


def test_limits_hold_before_anything_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "cells" in refused(raw(), cells=3)

    def no(*_: object, **__: object) -> None:
        raise AssertionError("was parsed")

    monkeypatch.setattr(json, "loads", no)
    monkeypatch.setattr(json.JSONDecoder, "raw_decode", no)
    assert "too large" in refused(raw(), brackets=10)


@pytest.mark.parametrize(
    "make",
    [
        lambda size: b'{"a": "' + b'\\"' * size,
        lambda size: b'{"a": "' + b'\\"' * size + b"\\",
        lambda size: b"[" + b", " * size,
        lambda size: b"[1," + b" " * size + b"x",
        lambda size: b'{"cells": [{"source": "' + b"attachment:a " * size + b'"}]}',
    ],
)
def test_hostile_texts_are_read_in_linear_time(make: Callable[[int], bytes]) -> None:
    """A quadratic search would take hours for these."""
    with contextlib.suppress(RefusedError):
        read(make(1_000_000))
