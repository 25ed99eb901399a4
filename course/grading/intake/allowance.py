"""How much a learner may hand in."""

from dataclasses import dataclass

__all__ = ["Allowance"]


@dataclass(frozen=True)
class Allowance:
    """How much one submission may hold. All of it is checked before anything is parsed."""

    notebook_mb: int = 16  # one notebook; ordinary ones with pictures have 1 or 2
    brackets: int = 1_000_000  # opening ones in a notebook: parsed, each takes up to 200 bytes
    cells: int = 1000
    file_mb: int = 32  # one other file
    total_mb: int = 100  # all other files; what nbgrader's max_dir_size allows
    files: int = 2000
    depth: int = 12  # folders inside folders
