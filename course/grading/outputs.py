"""Outputs that came from a learner's interpreter: only what a notebook may hold passes.

That interpreter may say anything. What is kept is well-formed (nbformat 4) and of bounded size;
whether it is *safe to show* is the business of whoever shows it.
"""

import re
from collections.abc import Mapping
from typing import Any

from course.text import _

__all__ = ["sane"]

_RICH = 8  # pictures and tables may be this many times as large as text
_JSON = re.compile(r"application/(.*\+)?json$")
_MOST = 1000  # outputs of one cell
_SHORT = 2000  # characters kept of what decides, when there is no room left


def sane(outputs: Any, limit: int) -> list[dict[str, Any]]:
    """Return the well-formed outputs in a list; ``limit`` is in characters of text per cell.

    What decides a grade, the last error and the last result, is kept whatever else is there: a
    flood of output must not wash away how a test ended.
    """
    if not isinstance(outputs, list | tuple):
        return []
    kept: list[dict[str, Any]] = []
    left = {"text": limit, "rich": limit * _RICH}
    whole = [output for output in map(_one, outputs) if output is not None]
    for number, output in enumerate(whole):
        kind = "rich" if "data" in output else "text"
        size = _size(output)
        if size > left[kind] or number == _MOST:
            note = _("\n[… the rest of this cell's output was too long and is left out.]\n")
            if output["output_type"] == "stream":
                note = output["text"][: left[kind]] + note
            kept.append({"output_type": "stream", "name": "stdout", "text": note})
            return kept + _deciding(whole[number:])
        left[kind] -= size
        kept.append(output)
    return kept


def _deciding(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the last error and the last result, shortened, in their order."""
    last = {output["output_type"]: output for output in outputs}
    kept = []
    for output in outputs:
        kind = output["output_type"]
        if output is not last[kind]:
            continue
        if kind == "error":
            traceback = [line[:_SHORT] for line in output["traceback"][-5:]]
            value = output["evalue"][:_SHORT]
            kept.append({**output, "evalue": value, "traceback": traceback})
        elif kind == "execute_result":
            text = str(output["data"].get("text/plain", ""))[:_SHORT]
            kept.append({**output, "data": {"text/plain": text}, "metadata": {}})
    return kept


def _one(raw: Any) -> dict[str, Any] | None:
    """Return one output made anew from what is well-formed in it; None if it is no output."""
    if not isinstance(raw, Mapping):
        return None
    kind = raw.get("output_type")
    if kind == "stream":
        name = "stderr" if raw.get("name") == "stderr" else "stdout"
        return {"output_type": kind, "name": name, "text": _text(raw.get("text"))}
    if kind == "error":
        traceback = raw.get("traceback")
        lines = traceback if isinstance(traceback, list | tuple) else []
        return {
            "output_type": kind,
            "ename": _text(raw.get("ename")),
            "evalue": _text(raw.get("evalue")),
            "traceback": [_text(line) for line in lines],
        }
    if kind not in ("display_data", "execute_result"):
        return None
    data, metadata = raw.get("data"), raw.get("metadata")
    if not isinstance(data, Mapping):
        return None
    output: dict[str, Any] = {
        "output_type": kind,
        "data": {_text(name): _shown(name, value) for name, value in data.items()},
        "metadata": _plain(metadata) if isinstance(metadata, Mapping) else {},
    }
    if kind == "execute_result":
        count = raw.get("execution_count")
        output["execution_count"] = count if type(count) is int else None
    return output


def _shown(mime: Any, value: Any) -> Any:
    """Return what is shown under a MIME type: JSON for the types that are JSON, else text."""
    if isinstance(mime, str) and _JSON.match(mime):
        return _plain(value)
    if isinstance(value, list | tuple):
        return "".join(map(_text, value))
    return _text(value)


def _text(value: Any) -> str:
    """Return text that can be written as UTF-8."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _plain(value: Any, depth: int = 20) -> Any:
    """Return a value as JSON holds it: bytes and what is nested too deep become empty text."""
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if value - value == 0.0 else str(value)  # JSON has no NaN
    if depth and isinstance(value, list | tuple):
        return [_plain(item, depth - 1) for item in value]
    if depth and isinstance(value, Mapping):
        return {_text(str(name)): _plain(item, depth - 1) for name, item in value.items()}
    return ""


def _size(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(len(name) + _size(item) for name, item in value.items())
    if isinstance(value, list):
        return sum(map(_size, value)) + len(value)
    return 8
