"""What a process gives up on its last step into a jail."""

import json
import os
import resource
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

__all__ = ["Orders"]

_SHIM = "course.grading.confine.shim"  # a module that runs as a program is best not imported too


@dataclass(frozen=True)
class Orders:
    """What to give up. Nothing can be taken back afterwards, by whomever.

    ``uid`` is the user to become (None: stay); ``rlimits`` are limits by name, for good;
    ``seccomp`` names one of :data:`course.grading.confine.seccomp.FILTERS`, or nothing;
    ``landlock`` are the folders for :func:`course.grading.confine.landlock.restrict`, or None.
    """

    uid: int | None = None
    rlimits: Mapping[str, int] = field(default_factory=dict)
    seccomp: str = ""
    landlock: Mapping[str, Sequence[str]] | None = None

    def command(self, argv: Sequence[str]) -> list[str]:
        """Return the command that follows these orders and then becomes ``argv``."""
        return [sys.executable, "-I", "-m", _SHIM, json.dumps(asdict(self)), *argv]

    def follow(self) -> None:
        """Do it. The order matters: each step may forbid what an earlier one needs."""
        if self.seccomp:
            from course.grading.confine import seccomp

            seccomp.problem()  # imports what it needs, which starts a process to find a library
        for name, value in self.rlimits.items():
            number = getattr(resource, name)
            _, most = resource.getrlimit(number)
            if most != resource.RLIM_INFINITY:
                value = min(value, most)
            resource.setrlimit(number, (value, value))
        if self.uid is not None:
            os.setgroups([])
            os.setresgid(self.uid, self.uid, self.uid)
            os.setresuid(self.uid, self.uid, self.uid)
        if self.seccomp or self.landlock is not None:
            from course.grading.confine import prctl

            prctl.no_new_privileges()
        if self.landlock is not None:
            from course.grading.confine import landlock

            landlock.restrict(**self.landlock)
        if self.seccomp:
            seccomp.load(self.seccomp)
