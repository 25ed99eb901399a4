"""What Linux lets a process say about itself; no library in use here has these few calls."""

import ctypes
import os
import signal

__all__ = ["adopt_orphans", "end_with_parent", "hide_memory", "no_new_privileges", "show_memory"]

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38

_libc = ctypes.CDLL(None, use_errno=True)


def _prctl(option: int, value: int) -> None:
    nothing = ctypes.c_ulong(0)
    if _libc.prctl(option, ctypes.c_ulong(value), nothing, nothing, nothing) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def no_new_privileges() -> None:
    """Give up for good what set-user-id programs and file capabilities would add."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def hide_memory() -> None:
    """Keep others of the same user from tracing this process, or reading its memory and files."""
    _prctl(_PR_SET_DUMPABLE, 0)


def show_memory() -> None:
    """Undo :func:`hide_memory`: a program may read its own ``/proc/self`` again."""
    _prctl(_PR_SET_DUMPABLE, 1)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends, instead of process 1."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def end_with_parent() -> None:
    """Have the kernel kill this process when the thread that started it ends."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
