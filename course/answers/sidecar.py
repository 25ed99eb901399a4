"""The content of ``answers.json``: how it is read from bytes and changed. Pure functions.

::

    {"schema": 1, "course": "…", "lesson": "…", "learner": {"id": "…", "given": "…"},
     "answers": {"charter": {"value": …, "saved": "…Z", "checks": 2, "hints": 1}},
     "set_aside": [{"form": "charter", "time": "…Z", "entry": …}]}

Names that are not known here stay in the file.
"""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from course.text import _

__all__ = [
    "SCHEMA_VERSION",
    "Data",
    "as_bytes",
    "changed",
    "count",
    "entry",
    "now",
    "parse",
    "set_aside",
    "union",
]

SCHEMA_VERSION = 1

Data = Mapping[str, Any]
"""Never changed in place, so that an old state can be gone back to."""

_LEAF = (str, int, float, type(None))
_MAX_DEPTH = 60  # no answer nests deeper; far deeper ones would break Python's own JSON writer


def parse(content: bytes) -> dict[str, Any]:
    """Read a sidecar of any version; raises ValueError saying why it is none."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except RecursionError:
        data = None
    # A newer version may look otherwise inside; what is asked here is all that it must keep.
    version = data.get("schema", SCHEMA_VERSION) if isinstance(data, dict) else None
    if not isinstance(version, int) or version < 1 or _depth(data) > _MAX_DEPTH:
        raise ValueError(_("it does not look like a file of answers"))
    if version == SCHEMA_VERSION and not isinstance(data.get("answers", {}), dict):
        raise ValueError(_("it does not look like a file of answers"))
    return dict(data)


def as_bytes(data: Data) -> bytes:
    """Write a sidecar of this version."""
    full = {"answers": {}, **data, "schema": SCHEMA_VERSION}
    text = json.dumps(full, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    # Half an emoji (a lone surrogate) has no UTF-8, but this is just how JSON spells it.
    return text.encode("utf-8", "backslashreplace")


def entry(data: Data, form_id: str) -> dict[str, Any]:
    """Return what is stored for a form; a bare value, as a person may write it, counts as one."""
    raw = data.get("answers", {}).get(form_id)
    if isinstance(raw, Mapping):
        return dict(raw)
    return {} if raw is None else {"value": raw}


def changed(data: Data, form_id: str, **parts: Any) -> Data:
    """Return the data with parts of a form's entry changed."""
    answers = {**data.get("answers", {}), form_id: {**entry(data, form_id), **parts}}
    return {**data, "answers": answers}


def set_aside(data: Data, form_id: str) -> Data:
    """Return the data with a form's answer moved to ``set_aside``; its counts stay."""
    old = entry(data, form_id)
    if old.get("value") is None:
        return data
    aside = data.get("set_aside", [])
    aside = aside if isinstance(aside, list) else [aside]
    counts = {name: old[name] for name in ("checks", "hints") if name in old}
    return {
        **data,
        "set_aside": [*aside, {"form": form_id, "time": now(), "entry": old}],
        "answers": {**data["answers"], form_id: counts},
    }


def union(known: Data, latest: Data) -> Data:
    """Return the latest state of a file, completed from what was known of it before.

    Something is missing in it only if the file was deleted or damaged in between.
    """
    answers = {**known.get("answers", {}), **latest.get("answers", {})}
    return {**known, **latest, "answers": answers}


def count(raw: Any) -> int:
    """Return a stored count, 0 for anything that is none."""
    return raw if type(raw) is int and raw > 0 else 0


def now() -> str:
    """Return the time, UTC in ISO format."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _depth(data: Any) -> int:
    depth, level = 0, [data]
    while level:
        depth += 1
        inner = [value.values() if isinstance(value, dict) else value for value in level]
        level = [child for part in inner if not isinstance(part, _LEAF) for child in part]
    return depth
