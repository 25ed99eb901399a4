"""The folder of autograded notebooks, replaced as a whole.

A reader finds the old folder or the new one, never a mixture; a run that is killed between the two
leaves none for a moment, and the next run makes it anew.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import nbformat
from nbformat import NotebookNode

__all__ = ["Folder"]


class Folder:
    """A student's autograded folder in the making."""

    def __init__(self, target: Path) -> None:
        """Prepare to replace ``target``; nothing is written yet."""
        self.target = target
        # Hidden, so that no glob of nbgrader's takes them for submissions.
        self._new = target.with_name(f".{target.name}.new")
        self._old = target.with_name(f".{target.name}.old")

    def fill(self, files: Mapping[str, bytes], notebooks: Mapping[str, NotebookNode]) -> None:
        """Write the new folder beside the old one.

        ``files`` are named by their path in the folder, ``notebooks`` by name, without suffix.
        """
        _remove(self._new)
        self._new.mkdir(parents=True)
        for name, content in files.items():
            inside = PurePosixPath(name)
            if inside.is_absolute() or ".." in inside.parts:
                raise ValueError(f"a file outside the folder: {name!r}")
            path = self._new / inside
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for name, notebook in notebooks.items():
            text = nbformat.v4.writes(notebook) + "\n"
            # A lone surrogate, which JSON can hold and UTF-8 cannot, is no reason to stop.
            (self._new / f"{name}.ipynb").write_bytes(text.encode("utf-8", "replace"))

    def swap(self) -> None:
        """Put the new folder in the old one's place."""
        _remove(self._old)
        if self.target.exists():
            self.target.rename(self._old)
        self._new.rename(self.target)
        _remove(self._old)

    def drop(self) -> None:
        """Forget the new folder; the old one stays."""
        _remove(self._new)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
