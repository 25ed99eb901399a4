"""How an interpreter ended, in words that a learner and an instructor understand."""

import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from course.grading.job import Limits
from course.text import _

__all__ = ["FAILED", "Exit"]

_SHOWN = 200  # characters of what may be a submission's own words
FAILED = 70  # exit code of a child whose session raised: EX_SOFTWARE of sysexits.h


@dataclass(frozen=True)
class Exit:
    """How a forked interpreter ended; ``status`` is empty if it ended as it should.

    ``code`` is the exit code, negative for a signal.
    """

    status: str
    cpu_seconds: float
    code: int = 0

    @classmethod
    def of(cls, message: Mapping[str, Any], limits: Limits) -> "Exit":
        """Read a server's ``exit`` message. KeyError, TypeError, ValueError if it is none."""
        cpu = float(message["cpu"])
        code = os.waitstatus_to_exitcode(int(message["status"]))
        if code == FAILED and message["words"]:
            last = str(message["words"]).strip().splitlines()[-1][:_SHOWN]
            status = _("its session failed: {error}").format(error=last)
        elif code >= 0:
            status = _("it ended itself, with exit code {code}").format(code=code) if code else ""
        else:
            peak_mb = int(message["peak_kb"]) >> 10
            status = _killed(-code, cpu, peak_mb, bool(message["killed"]), limits)
        return cls(status, cpu, code)


def _killed(number: int, cpu: float, peak_mb: int, by_us: bool, limits: Limits) -> str:
    most = limits.total_seconds
    if number == signal.SIGXCPU or (number == signal.SIGKILL and cpu >= most):
        return _("killed: it used more than {seconds:g} seconds of processor time").format(
            seconds=most
        )
    if number == signal.SIGKILL and by_us:
        return _("stopped by the grader")
    if number == signal.SIGKILL and peak_mb > limits.memory_mb // 4:
        return _(
            "killed, by itself or more likely because the machine ran out of memory: it had used"
            " {peak:,} MB"
        ).format(peak=peak_mb)
    if number == signal.SIGKILL:
        return _("killed by signal SIGKILL, most likely by itself")
    if number in (signal.SIGSEGV, signal.SIGBUS):
        return _("it crashed: compiled code failed, or calls were nested too deep ({name})").format(
            name=signal.Signals(number).name
        )
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = str(number)
    return _("killed by signal {name}").format(name=name)
