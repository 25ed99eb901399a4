"""The kernel's limits on what a process may use, as a submission gets them."""

import os
import platform
from collections.abc import Mapping

import psutil  # type: ignore[import-untyped]  # ships no types

from course.grading.job import Limits

__all__ = ["counts_per_namespace", "process_allowance", "process_limits"]


def process_limits(limits: Limits, *, processes: int | None) -> Mapping[str, int]:
    """Return the limits by their names in :mod:`resource`; ``processes`` None sets none.

    Processor time is missing: it is counted from a process's start, so every forked interpreter
    gets its own (course/grading/warm/child.py).
    """
    found = {
        "RLIMIT_AS": limits.memory_mb << 20,
        "RLIMIT_FSIZE": limits.file_mb << 20,
        "RLIMIT_NOFILE": limits.open_files,
        "RLIMIT_CORE": 0,
        "RLIMIT_MEMLOCK": 64 << 10,
        "RLIMIT_MSGQUEUE": 0,
    }
    if processes is not None:
        found["RLIMIT_NPROC"] = processes
    return found


def process_allowance(limits: Limits, *, own_user: bool) -> int:
    """Return the limit on processes that leaves a submission ``limits.processes`` of them.

    The kernel counts per user; what this user runs already must be let in unless the jail has a
    user (or since Linux 5.14 a user namespace: see :func:`counts_per_namespace`) of its own.
    """
    if own_user:
        return limits.processes
    uid = os.getuid()
    running = 0
    for process in psutil.process_iter(["uids", "num_threads"]):
        if process.info["uids"] is not None and process.info["uids"].real == uid:
            running += process.info["num_threads"] or 1
    return running + limits.processes


def counts_per_namespace() -> bool:
    """Return whether the kernel counts a user's processes in each user namespace apart."""
    major, minor = platform.release().split(".")[:2]
    return (int(major), int("".join(c for c in minor if c.isdigit()))) >= (5, 14)
