"""A forked interpreter, from the fork to its session."""

import contextlib
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

if sys.platform == "linux":
    from course.grading.confine import landlock, prctl

__all__ = ["Task"]

Main = Callable[[socket.socket, socket.socket, Any], None]


class Task:
    """What a child is forked for: run ``main`` with its two sockets and the prepared shell."""

    def __init__(
        self, main: Main, shell: Any, *, folder: Path, cpu_seconds: int, own_world: bool
    ) -> None:
        """``folder`` is where it works, ``cpu_seconds`` the processor time it may use (0: any).

        ``own_world`` tells that all there is ends with the server, and that no process of others
        is there; else the kernel is asked for as much of it as it can do.
        """
        self._main = main
        self._shell = shell
        self._folder = folder
        self._cpu_seconds = cpu_seconds
        self._own_world = own_world

    def run(self, control: socket.socket, peer: socket.socket) -> None:
        """Turn a copy of the server into a fresh interpreter, then be the session."""
        os.setsid()  # its group gets its signals, and nobody else does
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in range(3):
            os.dup2(nothing, standard)
        os.close(nothing)
        if most := self._cpu_seconds:
            # One second between the polite signal and the end, for who ignores the first.
            resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))
        if sys.platform == "linux":
            self._settle_in()
        os.chdir(self._folder)
        if "numpy" in sys.modules:  # random seeds itself anew after a fork, numpy does not
            sys.modules["numpy"].random.seed()
        self._main(control, peer, self._shell)

    def _settle_in(self) -> None:
        prctl.show_memory()
        if not self._own_world:
            prctl.end_with_parent()
            landlock.keep_signals_in()
        with contextlib.suppress(OSError):  # Landlock hides it
            # Where memory runs out, a submission goes first, and its server last.
            Path("/proc/self/oom_score_adj").write_text("1000")
