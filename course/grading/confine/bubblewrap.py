"""The jail of choice: bubblewrap, which gives a command its own world made of namespaces.

Inside there is no network but its own loopback, no process but its own, nothing to read but the
system and this Python, and nothing to write but a scratch folder in memory.
https://github.com/containers/bubblewrap
"""

import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from course.grading.confine import paths, seccomp
from course.grading.confine.jail import Confined, Jail, environment, unprivileged_user
from course.grading.confine.limits import (
    counts_per_namespace,
    process_allowance,
    process_limits,
)
from course.grading.confine.orders import Orders
from course.grading.job import Limits

__all__ = ["Bubblewrap"]

_SYSTEM = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")  # links into /usr, or folders
_STORES = ("/usr", "/nix/store", "/gnu/store")
_SHARED_MEMORY_MB = 8


class Bubblewrap(Jail):
    """Namespaces, by the program ``bwrap``; works for root and for ordinary users."""

    name = "bubblewrap"

    @property
    def notes(self) -> tuple[str, ...]:
        """What a missing libseccomp leaves open."""
        if not self._seccomp_problem:
            return ()
        return (
            f"System calls are not filtered: {self._seccomp_problem}. More of the kernel is open"
            " to attack, and keys a submission stores there outlive it. Install libseccomp2.",
        )

    @cached_property
    def _seccomp_problem(self) -> str:
        return seccomp.problem()

    def problem(self) -> str:
        """Return why bubblewrap does not work here; empty if it does."""
        program = shutil.which("bwrap")
        if program is None:
            return "the program bwrap was not found"
        confined = self.confine([sys.executable, "-I", "-c", "import course.grading"], Limits())
        return probe(confined)

    def confine(
        self, argv: Sequence[str], limits: Limits, *, read_only: Sequence[Path] = ()
    ) -> Confined:
        """Return the ``bwrap`` command."""
        uid = unprivileged_user()
        # An ordinary user gets a user namespace, where the kernel counts that user anew.
        own_user = uid is not None or counts_per_namespace()
        orders = Orders(
            uid=uid,
            rlimits=process_limits(limits, processes=process_allowance(limits, own_user=own_user)),
            seccomp="" if self._seccomp_problem else "namespaces",
        )
        shown = paths.outermost(
            [
                *map(Path, _STORES),
                *(path for path in map(Path, _SYSTEM) if not path.is_symlink()),
                *paths.SETTINGS,
                *paths.interpreter(),
                *self.read_only,
                *read_only,
            ]
        )
        # Where the course itself lies below /tmp, that cannot be the folder to wipe.
        below_tmp = any(Path("/tmp") in path.parents for path in (*shown, *self.writable))
        scratch = Path("/scratch" if below_tmp else "/tmp")
        command = [
            shutil.which("bwrap") or "bwrap",
            *_namespaces(root=uid is not None),
            *_system_links(),
            *self._folders(shown),
            *("--proc", "/proc", "--dev", "/dev"),
            *_memory(Path("/dev/shm"), _SHARED_MEMORY_MB),
            *_memory(scratch, limits.scratch_mb),
            *("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/"),
            *("--", *orders.command(argv)),
        ]
        return Confined(command, environment(scratch), scratch, own_processes=True, uid=uid)

    def _folders(self, shown: Sequence[Path]) -> Iterator[str]:
        """Yield the options that show folders read-only or to be written to, and hide others."""
        made: set[Path] = set()
        for path in sorted({*shown, *self.writable}):
            for parent in reversed(path.parents[:-1]):
                inside = any(parent.is_relative_to(outer) for outer in shown)
                if parent not in made and not inside:
                    # bwrap makes missing parents as well, but for root alone
                    yield from ("--perms", "0755", "--dir", str(parent))
                    made.add(parent)
            yield from ("--bind" if path in self.writable else "--ro-bind", str(path), str(path))
        for path in sorted({*paths.SECRET, *self.hidden}):
            if path.exists() and any(path.is_relative_to(outer) for outer in shown):
                if path.is_dir():
                    yield from ("--perms", "0555", "--tmpfs", str(path), "--remount-ro", str(path))
                else:
                    yield from ("--ro-bind", "/dev/null", str(path))


def probe(confined: Confined) -> str:
    """Run a command in its jail; return what it said if it failed."""
    try:
        done = subprocess.run(
            confined.argv,
            env=dict(confined.env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
            text=True,
            errors="replace",
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    finally:
        confined.close()
    if done.returncode == 0:
        return ""
    lines = done.stderr.strip().splitlines()
    return lines[-1] if lines else f"it ended with exit code {done.returncode}"


def _namespaces(*, root: bool) -> Iterable[str]:
    # Root needs no user namespace, and in one it could not become another user (see Orders.uid).
    if root:
        yield from ("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts")
        yield from ("--unshare-cgroup-try", "--cap-drop", "ALL")
        yield from ("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID")
    else:
        yield "--unshare-all"
    yield from ("--hostname", "course", "--new-session", "--die-with-parent")
    # Process 1 of a PID namespace cannot be killed from inside it, and when it ends all others do.
    yield "--as-pid-1"


def _system_links() -> Iterator[str]:
    for path in map(Path, _SYSTEM):
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), str(path))


def _memory(folder: Path, size_mb: int) -> Iterator[str]:
    yield from ("--size", str(size_mb << 20), "--perms", "1777", "--tmpfs", str(folder))
