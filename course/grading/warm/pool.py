"""Fork servers for kernels, as many as one process needs: one for all, and one per jail."""

import asyncio
import atexit
import math
import os
import threading
from collections.abc import Sequence
from pathlib import Path

from course.grading.confine import Confined, Jail, NoConfinementError, Unconfined
from course.grading.confine.bubblewrap import Bubblewrap
from course.grading.confine.jail import scratch_folder
from course.grading.job import Limits
from course.grading.warm.client import Warm, WarmError
from course.grading.warm.nursery import Nursery

__all__ = ["LIMITS", "Servers", "servers"]

LIMITS = Limits(total_seconds=math.inf)  # a kernel lives as long as its client wants
_SESSION = "course.grading.warm.kernel"


class _AsUsual(Unconfined):
    """No jail, no limits, and this program's environment: as other kernels have it."""

    def confine(
        self, argv: Sequence[str], limits: Limits, *, read_only: Sequence[Path] = ()
    ) -> Confined:
        scratch, close = scratch_folder(None)
        return Confined(argv, dict(os.environ), scratch, close=close)


class Servers:
    """The fork servers of this process: one that is shared, and idle ones in jails."""

    def __init__(self) -> None:
        """Start with none."""
        self._lock = threading.Lock()
        self._shared: Nursery | None = None
        self._idle: list[Nursery] = []

    async def take(self, *, confined: bool) -> Nursery:
        """Return a running server; WarmError if there is none to be had."""
        with self._lock:
            if confined:
                while self._idle:
                    if (nursery := self._idle.pop()).alive:
                        return nursery
                nursery = _start(confined=True)
            else:
                if self._shared is None or not self._shared.alive:
                    self._shared = _start(confined=False)
                nursery = self._shared
        await asyncio.wrap_future(nursery.started)
        return nursery

    async def give_back(self, nursery: Nursery) -> None:
        """Make a jail as good as new for the next kernel, or end it."""
        try:
            await asyncio.wrap_future(nursery.call(lambda warm: warm.clean()))
        except WarmError:
            await asyncio.to_thread(nursery.close)
            return
        with self._lock:
            self._idle.append(nursery)

    def close(self) -> None:
        """End those that no kernel has to itself; they are started again when needed."""
        with self._lock:
            left = [*self._idle, *([self._shared] if self._shared else [])]
            self._idle, self._shared = [], None
        for nursery in left:
            nursery.close()


servers = Servers()
atexit.register(servers.close)


def _start(*, confined: bool) -> Nursery:
    jail: Jail = _AsUsual()
    if confined:
        jail = Bubblewrap()  # ipykernel needs a network of its own, which Landlock cannot give
        if reason := jail.problem():
            raise NoConfinementError(f"A confined kernel needs bubblewrap: {reason}.")
    return Nursery(Warm("learner", jail=jail, limits=LIMITS, session=_SESSION))
