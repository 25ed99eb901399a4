"""What every jail offers: a command made ready to run with little in reach."""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from course.grading.confine.limits import process_limits
from course.grading.confine.orders import Orders
from course.grading.job import Limits

__all__ = ["Confined", "Jail", "NoConfinementError", "Unconfined"]


class NoConfinementError(Exception):
    """No jail works on this machine; the message says why, and what to do about it."""


@dataclass(frozen=True)
class Confined:
    """A command made ready to run in a jail; call ``close`` when it has ended.

    ``scratch`` is the folder it may write to, by its name inside. ``own_processes`` tells that the
    command is process 1 of its own world, so that all it started ends with it. ``uid`` is the user
    it becomes, None for the user who starts it.
    """

    argv: Sequence[str]
    env: Mapping[str, str]
    scratch: Path
    own_processes: bool = False
    uid: int | None = None
    close: Callable[[], None] = field(default=lambda: None, repr=False)


class Jail(ABC):
    """A way to run a command with little in reach.

    ``read_only`` are files and folders to show besides the system and this Python; ``hidden`` are
    not shown even inside of what is; ``writable`` are shared with the outside.
    """

    name: ClassVar[str]

    def __init__(
        self,
        *,
        read_only: Sequence[Path] = (),
        hidden: Sequence[Path] = (),
        writable: Sequence[Path] = (),
    ) -> None:
        """Note what is to be seen inside."""
        self.read_only = tuple(read_only)
        self.hidden = tuple(hidden)
        self.writable = tuple(writable)

    @property
    def notes(self) -> tuple[str, ...]:
        """What this jail does not keep in on this machine, a sentence each."""
        return ()

    @abstractmethod
    def problem(self) -> str:
        """Return why this jail does not work here; empty if it does. It runs a command inside."""

    @abstractmethod
    def confine(
        self, argv: Sequence[str], limits: Limits, *, read_only: Sequence[Path] = ()
    ) -> Confined:
        """Return what to run so that ``argv`` runs inside, within ``limits``.

        ``read_only`` is shown besides, to this command only.
        """


class Unconfined(Jail):
    """No jail: for submissions that are trusted. Limits on a process's resources hold still."""

    name = "unconfined"

    @property
    def notes(self) -> tuple[str, ...]:
        """Everything."""
        return ("Submissions can read, write and send whatever you can: only run what you trust.",)

    def problem(self) -> str:
        """Return nothing: it always works."""
        return ""

    def confine(
        self, argv: Sequence[str], limits: Limits, *, read_only: Sequence[Path] = ()
    ) -> Confined:
        """Return the command with a scratch folder of its own."""
        if sys.platform == "linux":
            # No limit on processes: that one counts all that this user runs, trusted ones included.
            argv = Orders(rlimits=process_limits(limits, processes=None)).command(argv)
        scratch, close = scratch_folder(None)
        return Confined(argv, environment(scratch), scratch, close=close)


def environment(scratch: Path) -> dict[str, str]:
    """Return all the variables a jailed command gets: nothing of the grader's own."""
    folders = [str(Path(sys.executable).parent), "/usr/local/bin", "/usr/bin", "/bin"]
    return {
        "PATH": os.pathsep.join(folders),
        "HOME": str(scratch / "home"),
        "TMPDIR": str(scratch / "tmp"),
        "LANG": "C.UTF-8",
        "USER": "learner",
        "LOGNAME": "learner",
        "SHELL": "/bin/sh",
    }


def scratch_folder(uid: int | None) -> tuple[Path, Callable[[], None]]:
    """Return a new folder that only ``uid`` may enter, and what removes it."""
    # resolved: on some systems the folder for temporary files is behind a link
    folder = Path(tempfile.mkdtemp(prefix="grading-")).resolve()
    if uid is not None:
        os.chown(folder, uid, uid)
    return folder, lambda: _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder whatever its permissions, and folders in folders deeper than Python goes."""
    try:
        shutil.rmtree(folder)
    except (OSError, RecursionError):
        subprocess.run(["chmod", "-R", "u+rwX", str(folder)], capture_output=True, check=False)
        subprocess.run(["rm", "-rf", str(folder)], capture_output=True, check=False)


def unprivileged_user() -> int | None:
    """Return a user id that nobody else has, to become inside; None unless we are root.

    Root must not run submissions: the kernel holds root to no limit on processes. And every jail
    wants a user of its own, since that limit counts all processes of a user.
    """
    if os.geteuid() != 0:
        return None
    # 0x70000000-0x7fffffff is in nobody's use (https://systemd.io/UIDS-GIDS). A container may map
    # fewer ids: then one of those meant for passing services.
    uid = 0x70000000 + secrets.randbelow(1 << 28)
    for line in Path("/proc/self/uid_map").read_text().splitlines():
        first, _, count = map(int, line.split())
        if first <= uid < first + count:
            return uid
    return 61184 + uid % 4335
