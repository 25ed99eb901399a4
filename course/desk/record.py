"""The record of what was shipped into a working folder: ``.course.json``.

For each file it keeps two digests of the version that was shipped: of its bytes (did *we* change
it since?) and of its work (did the *learner* change it since?).
"""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course import __version__
from course.answers.files import write_atomically
from course.answers.learner import WORKSPACE_MARK
from course.text import _

__all__ = ["RECORD", "Record", "Shipped", "digest_of_bytes", "digest_of_work"]

RECORD = WORKSPACE_MARK
SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Shipped:
    """One file as it was shipped: ``sha256`` of its bytes and of its ``work``."""

    sha256: str
    work: str

    @classmethod
    def of(cls, name: str, data: bytes) -> "Shipped":
        """Describe the file ``name`` that holds ``data``."""
        return cls(digest_of_bytes(data), digest_of_work(name, data))


@dataclass
class Record:
    """What was shipped where: POSIX paths inside the working folder."""

    files: dict[str, Shipped] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, folder: Path) -> "Record":
        """Read the record of ``folder``; one that cannot be used is kept aside and noted."""
        path = folder / RECORD
        try:
            return cls(_parse(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return cls()
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            aside = _free_name(path)
            path.replace(aside)
            note = _(
                "{record} could not be read (it is damaged, or a newer version of the course wrote "
                "it) and was kept as {aside}. Your work is untouched; files that differ from the "
                "course are treated as yours."
            ).format(record=RECORD, aside=aside.name)
            return cls(notes=[note])

    def write(self, folder: Path) -> None:
        """Write the record into ``folder`` if it says something new."""
        content = {
            "schema_version": SCHEMA_VERSION,
            "course_version": __version__,
            "files": {
                name: {"sha256": shipped.sha256, "work": shipped.work}
                for name, shipped in sorted(self.files.items())
            },
        }
        data = (json.dumps(content, indent=1) + "\n").encode()
        path = folder / RECORD
        if not path.exists() or path.read_bytes() != data:
            write_atomically(path, data)


def _parse(text: str) -> dict[str, Shipped]:
    content = json.loads(text)
    if content["schema_version"] != SCHEMA_VERSION:
        raise ValueError(f"schema version {content['schema_version']!r}, not {SCHEMA_VERSION}")
    return {
        str(name): Shipped(str(entry["sha256"]), str(entry["work"]))
        for name, entry in content["files"].items()
    }


def _free_name(path: Path) -> Path:
    number = 1
    while (free := path.with_name(f"{path.name}.{number}")).exists():
        number += 1
    return free


def digest_of_bytes(data: bytes) -> str:
    """Return the SHA-256 of ``data``."""
    return hashlib.sha256(data).hexdigest()


def digest_of_work(name: str, data: bytes) -> str:
    """Return a digest of what a person writes in a file.

    In a notebook that is what its cells say: running or saving it changes outputs, execution
    counts and metadata, and none of these is work. Anything else counts byte by byte.
    """
    if name.endswith(".ipynb"):
        try:
            cells = [_work_in_cell(cell) for cell in json.loads(data)["cells"]]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return digest_of_bytes(data)  # not a notebook any more: then every byte counts
        return digest_of_bytes(json.dumps(cells, sort_keys=True).encode())
    return digest_of_bytes(data)


def _work_in_cell(cell: dict[str, Any]) -> list[Any]:
    source = cell["source"]
    text = source if isinstance(source, str) else "".join(source)
    return [cell["cell_type"], text, cell.get("attachments") or {}]
