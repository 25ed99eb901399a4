"""All that a submission can leave behind besides processes, removed for the next one."""

import os
from pathlib import Path

__all__ = ["empty", "refuse_shared_objects"]

# To remove more would take longer than to start a new server.
_MOST_ENTRIES = 20_000
_MOST_LEVELS = 100


def empty(folder: Path) -> None:
    """Remove all that is in a folder; OSError if something cannot be removed, or is too much."""
    left = _MOST_ENTRIES

    def remove(path: str, level: int) -> None:
        nonlocal left
        for entry in list(os.scandir(path)):
            left -= 1
            if left < 0 or level > _MOST_LEVELS:
                raise OSError("too many files or folders were left behind")
            if entry.is_dir(follow_symlinks=False):
                os.chmod(entry.path, 0o700)  # noqa: PTH101  # copies of read-only folders are so
                remove(entry.path, level + 1)
                os.rmdir(entry.path)  # noqa: PTH106
            else:
                os.unlink(entry.path)  # noqa: PTH108

    remove(str(folder), 0)


def refuse_shared_objects() -> None:
    """OSError if there is memory, a semaphore or a queue of System V: these need no process.

    seccomp refuses to make them; where that is missing, only a new world is without them.
    """
    for kind in ("shm", "sem", "msg"):
        table = Path("/proc/sysvipc", kind)
        if table.exists() and len(table.read_text().splitlines()) > 1:  # the first is a heading
            raise OSError(f"shared memory or the like ({kind}) was left behind")
