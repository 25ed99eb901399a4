"""Attacks on the file: notebooks and folders that are not what they should be.

Each changes a submission. ``EARNS`` says what it deserves: with the stubs in it, nothing; with
right answers in a broken wrapping, everything.
"""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.grading.hostile.vault import FULL, RIGHT, Desk

Change = Callable[[Desk], None]


def _tests(desk: Desk, **change: object) -> None:
    notebook, tests = desk.tests()
    for cell in tests:
        cell.update(change)
    desk.raw = notebook


def _meta(desk: Desk, **change: object) -> None:
    notebook, tests = desk.tests()
    for cell in tests:
        cell["metadata"]["nbgrader"].update(change)
    desk.raw = notebook


def _tag(desk: Desk, *tags: str) -> None:
    notebook, tests = desk.tests()
    for cell in tests:
        cell["metadata"]["tags"] = list(tags)
    desk.raw = notebook


def _drop_tests(desk: Desk) -> None:
    notebook, tests = desk.tests()
    notebook["cells"] = [cell for cell in notebook["cells"] if cell not in tests]
    desk.raw = notebook


def _double_tests(desk: Desk) -> None:
    notebook, tests = desk.tests()
    for cell in tests:
        copy = {**cell, "source": "1.0", "id": cell["id"] + "x"}
        notebook["cells"].insert(0, copy)
        notebook["cells"].append(copy)
    desk.raw = notebook


def _answers_named_as_tests(desk: Desk) -> None:
    notebook = desk.raw
    for cell in notebook["cells"]:
        found = cell["metadata"].get("nbgrader", {})
        if str(found.get("grade_id")).endswith("_answer"):
            found["grade_id"] = found["grade_id"].replace("_answer", "_test")
            cell["source"] = "1.0"
    desk.raw = notebook


def _setup_replaced(desk: Desk) -> None:
    notebook = desk.raw
    notebook["cells"][0]["source"] = (
        "class np:\n    allclose = staticmethod(lambda *a: True)\n"
        "class pd:\n    class testing:\n"
        "        assert_frame_equal = staticmethod(lambda *a: None)\n"
    )
    desk.raw = notebook


def _outputs_kept(desk: Desk) -> None:
    notebook, tests = desk.tests()
    result = {"output_type": "execute_result", "data": {"text/plain": "1.0"}, "metadata": {}}
    for cell in tests:
        cell["outputs"] = [{**result, "execution_count": 1}]
        cell["execution_count"] = 1
    desk.raw = notebook


def _other_kernel(desk: Desk) -> None:
    notebook = desk.raw
    notebook["metadata"]["kernelspec"] = {"name": "bash", "display_name": "B", "language": "bash"}
    notebook["metadata"]["language_info"] = {"name": "bash"}
    desk.raw = notebook


def _gradebook_of_its_own(desk: Desk) -> None:
    shutil.copy(desk.course / "gradebook.db", desk.folder / "gradebook.db")
    (desk.folder / "nbgrader_config.py").write_text(
        "c = get_config()\nc.ExecutePreprocessor.enabled = False\n"
    )


CHEATING: dict[str, Change] = {
    "tests-rewritten": lambda desk: _tests(desk, source="1.0"),
    "tests-made-text": lambda desk: _tests(desk, cell_type="markdown"),
    "tests-dropped": _drop_tests,
    "tests-doubled": _double_tests,
    "tests-worth-more": lambda desk: _meta(desk, points=100),
    "tests-called-answers": lambda desk: _meta(desk, solution=True, locked=False),
    "tests-not-graded": lambda desk: _meta(desk, grade=False),
    "tests-renamed": lambda desk: _meta(desk, grade_id="other"),
    "tests-of-an-old-schema": lambda desk: _meta(desk, schema_version=1),
    "tests-of-a-new-schema": lambda desk: _meta(desk, schema_version=99),
    "tests-skipped": lambda desk: _tag(desk, "skip-execution"),
    "tests-that-may-fail": lambda desk: _tag(desk, "raises-exception", "remove-cell"),
    "tests-with-results": _outputs_kept,
    "answers-named-as-tests": _answers_named_as_tests,
    "set-up-replaced": _setup_replaced,
    "another-kernel": _other_kernel,
    "settings-of-its-own": _gradebook_of_its_own,
}


def _encoded(encoding: str, mark: bytes = b"") -> Change:
    def change(desk: Desk) -> None:
        text = json.dumps(desk.raw, ensure_ascii=False)
        desk.path.write_bytes(mark + text.encode(encoding))

    return change


def _format_3(desk: Desk) -> None:
    notebook = desk.raw
    cells = []
    for cell in notebook["cells"]:
        cell = dict(cell)
        cell.pop("id", None)
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
            cell["prompt_number"] = cell.pop("execution_count")
            cell["language"] = "python"
        cells.append(cell)
    sheet = {"cells": cells, "metadata": {}}
    desk.raw = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [sheet]}


def _format_5(desk: Desk) -> None:
    desk.raw = {**desk.raw, "nbformat": 5, "nbformat_minor": 99}


def _stripped(desk: Desk) -> None:
    notebook = desk.raw
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    desk.raw = notebook


def _upside_down(desk: Desk) -> None:
    notebook = desk.raw
    notebook["cells"].reverse()
    desk.raw = notebook


def _nested(desk: Desk) -> None:
    inner = desk.folder / "vault"
    inner.mkdir()
    desk.path.rename(inner / "vault.ipynb")


def _rename(name: str) -> Change:
    return lambda desk: desk.path.rename(desk.folder / name) and None  # type: ignore[func-returns-value]


def _double_answers(desk: Desk) -> None:
    notebook = desk.raw
    notebook["cells"] = [copy for cell in notebook["cells"] for copy in (cell, dict(cell))]
    desk.raw = notebook


RIGHT_BUT_BROKEN: dict[str, Change] = {
    "byte-order-mark": _encoded("utf-8", b"\xef\xbb\xbf"),
    "utf-16": _encoded("utf-16"),
    "latin-1": _encoded("latin-1"),
    "windows-lines": lambda desk: _bytes(
        desk, json.dumps(desk.raw, indent=1).replace("\n", "\r\n").encode()
    ),
    "format-3": _format_3,
    "format-5": _format_5,
    "no-metadata": _stripped,
    "every-cell-twice": _double_answers,
    "renamed": _rename("vault (1).ipynb"),
    "another-case": _rename("Vault.ipynb"),
    "one-folder-too-deep": _nested,
    "tests-lost": _drop_tests,
    "upside-down": _upside_down,
    "text-after-the-end": lambda desk: _bytes(desk, desk.path.read_bytes() + b"\n\x00\x00garbage"),
}


def _bytes(desk: Desk, content: bytes) -> None:
    desk.path.write_bytes(content)


def _instead(make: Callable[[Path], object]) -> Change:
    def change(desk: Desk) -> None:
        desk.path.unlink()
        make(desk.path)

    return change


BROKEN: dict[str, Change] = {
    "empty": lambda desk: _bytes(desk, b""),
    "truncated": lambda desk: _bytes(desk, desk.path.read_bytes()[:300]),
    "not-json": lambda desk: _bytes(desk, b"\x00\x01\x02" * 999),
    "not-a-notebook": lambda desk: _bytes(desk, b"[1, 2, 3]"),
    "too-deep": lambda desk: _bytes(desk, b"[" * 100_000),
    "too-large": lambda desk: _bytes(desk, b'{"cells": [' + b" " * (70 << 20)),
    "a-folder": _instead(Path.mkdir),
    "a-fifo": _instead(os.mkfifo),
    "a-link-to-the-gradebook": lambda desk: _instead(
        lambda path: path.symlink_to(desk.course / "gradebook.db")
    )(desk),
    "a-link-to-itself": _instead(lambda path: path.symlink_to(path)),
    "a-device": _instead(lambda path: path.symlink_to("/dev/zero")),
    "nothing-at-all": lambda desk: desk.path.unlink(),
}


def right(desk: Desk) -> None:
    """Give the right answers."""
    desk.answer(**RIGHT)


EARNS = {
    **dict.fromkeys(CHEATING, 0.0),
    **dict.fromkeys(RIGHT_BUT_BROKEN, FULL),
    **dict.fromkeys(BROKEN, 0.0),
}
