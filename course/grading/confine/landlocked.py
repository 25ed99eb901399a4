"""The jail for where namespaces are refused, as in most containers: Landlock and seccomp.

Both are given up by the process itself, need no privilege, and hold for all it starts. They are
less than bubblewrap: see :attr:`Landlocked.notes`.
"""

import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from course.grading.confine import landlock, paths, seccomp
from course.grading.confine.bubblewrap import probe
from course.grading.confine.jail import (
    Confined,
    Jail,
    environment,
    scratch_folder,
    unprivileged_user,
)
from course.grading.confine.limits import process_allowance, process_limits
from course.grading.confine.orders import Orders
from course.grading.job import Limits

__all__ = ["Landlocked"]

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store")
_FACTS = ("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/sys/devices/system/cpu")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_SIGNALS_SINCE = 6


class Landlocked(Jail):
    """Landlock for files, seccomp for the network; works for root and for ordinary users."""

    name = "Landlock"

    @cached_property
    def _abi(self) -> int:
        return landlock.abi()

    @property
    def notes(self) -> tuple[str, ...]:
        """What bubblewrap would do besides."""
        found = [
            "All a submission writes together is not limited, only each file: it may fill the disk"
            " until it ends.",
            "Names of files, though not what is in them, can be seen in a few folders.",
        ]
        if self._abi < _SIGNALS_SINCE:
            found.append(
                f"This kernel's Landlock (ABI {self._abi}; {_SIGNALS_SINCE} is needed, Linux 6.12)"
                " lets a submission signal processes of its user: it can stop its own interpreter's"
                " server and so leave a process behind"
                + (
                    "."
                    if unprivileged_user() is not None
                    else ", and stop yours, this program included."
                )
            )
        return tuple(found)

    def problem(self) -> str:
        """Return why Landlock does not work here; empty if it does."""
        reason = landlock.problem() or seccomp.problem()
        if reason:
            return reason
        closed = paths.closed(paths.interpreter()) if unprivileged_user() is not None else None
        if closed is not None:
            return (
                f"root becomes another user to run submissions, and those may not enter {closed},"
                f" where this Python ({sys.prefix}) lies: install the course elsewhere, say in /opt"
            )
        return probe(self.confine([sys.executable, "-I", "-c", "import course.grading"], Limits()))

    def confine(
        self, argv: Sequence[str], limits: Limits, *, read_only: Sequence[Path] = ()
    ) -> Confined:
        """Return the command, which locks itself up first."""
        uid = unprivileged_user()
        scratch, close = scratch_folder(uid)
        processes = process_allowance(limits, own_user=uid is not None)
        shown = paths.outermost(
            [
                *map(Path, (*_SYSTEM, *_FACTS)),
                *paths.SETTINGS,
                *paths.interpreter(),
                *self.read_only,
                *read_only,
            ]
        )
        orders = Orders(
            uid=uid,
            rlimits=process_limits(limits, processes=processes),
            seccomp="landlock",
            landlock={
                "read": [str(path) for path in shown],
                "names": [str(path) for path in paths.import_folders(shown)],
                "write": [str(path) for path in (scratch, *map(Path, _DEVICES), *self.writable)],
                "hide": [str(path) for path in (*paths.SECRET, *self.hidden)],
            },
        )
        return Confined(orders.command(argv), environment(scratch), scratch, uid=uid, close=close)
