"""Landlock, the kernel's way for any process to give up files for good: three system calls.

The bindings on PyPI are young (none has reached 1.0) and this is a lock: so, the kernel's stable
interface itself. https://docs.kernel.org/userspace-api/landlock.html
"""

import ctypes
import errno
import os
import stat
from collections.abc import Sequence
from pathlib import Path

from course.grading.confine import prctl

__all__ = ["abi", "keep_signals_in", "problem", "restrict"]

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_VERSION = 1  # flag of _CREATE_RULESET
_PATH_BENEATH = 1  # kind of rule

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = (1 << bit for bit in range(4))
_TRUNCATE, _IOCTL_DEV = 1 << 14, 1 << 15
_OF_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
_READ = _EXECUTE | _READ_FILE | _READ_DIR
# How many rights of files the kernel knows, from ABI 1 on; then of networks, then of scopes.
_FILE_RIGHTS = (13, 14, 15, 15, 16, 16, 16, 16, 17)
_NET_SINCE, _NET_RIGHTS = 4, 0b11  # TCP
_SCOPE_SINCE, _ABSTRACT_SOCKETS, _SIGNALS = 6, 0b01, 0b10

_libc = ctypes.CDLL(None, use_errno=True)


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"  # packed needs saying so since Python 3.14
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def _call(number: int, *arguments: object) -> int:
    found = int(_libc.syscall(ctypes.c_long(number), *arguments))
    if found < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return found


def abi() -> int:
    """Return the version of Landlock this kernel has; 0 if it has none."""
    try:
        return _call(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION))
    except OSError:
        return 0


def problem() -> str:
    """Return why Landlock cannot be used here; empty if it can."""
    try:
        _call(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION))
    except OSError as error:
        if error.errno == errno.EOPNOTSUPP:
            return "Landlock is switched off in this kernel (its boot parameter lsm= lacks it)"
        if error.errno == errno.ENOSYS:
            return "this kernel has no Landlock (it came with Linux 5.13)"
        return f"Landlock is refused here ({error})"
    return ""


def restrict(
    *, read: Sequence[str], write: Sequence[str], names: Sequence[str], hide: Sequence[str]
) -> None:
    """Give up all files but those below ``read`` (to read and run) and below ``write``.

    Folders below ``names`` can be listed. What is below ``hide`` is given up as well, except for
    its name. What the kernel knows of networks and of processes outside is given up, too. For this
    thread and all it starts.
    """
    version = abi()
    handled = (1 << _FILE_RIGHTS[min(version, len(_FILE_RIGHTS)) - 1]) - 1
    rules = _Ruleset(handled_access_fs=handled)
    if version >= _NET_SINCE:
        rules.handled_access_net = _NET_RIGHTS
    if version >= _SCOPE_SINCE:
        rules.scoped = _ABSTRACT_SOCKETS | _SIGNALS
    ruleset = _create(rules)
    for path in read:
        _allow_except(ruleset, Path(path), _READ, [Path(p) for p in hide])
    for path in names:
        _allow(ruleset, Path(path), _READ_DIR)
    for path in write:
        _allow(ruleset, Path(path), handled)
    _enforce(ruleset)


def keep_signals_in() -> None:
    """Let this process and its descendants signal only each other; nothing before ABI 6."""
    if abi() >= _SCOPE_SINCE:
        _enforce(_create(_Ruleset(scoped=_SIGNALS)))


def _create(rules: _Ruleset) -> int:
    return _call(
        _CREATE_RULESET,
        ctypes.byref(rules),
        ctypes.c_size_t(ctypes.sizeof(rules)),
        ctypes.c_uint32(0),
    )


def _allow_except(ruleset: int, path: Path, rights: int, hide: Sequence[Path]) -> None:
    """Allow a path, but for what is hidden in it: rules add up, none takes away."""
    if path in hide:
        return
    if not any(path in hidden.parents for hidden in hide):
        _allow(ruleset, path, rights)
        return
    _allow(ruleset, path, _READ_DIR)
    try:
        entries = list(path.iterdir())
    except OSError:  # not for us
        return
    for entry in entries:
        if not entry.is_symlink():  # a rule for a link would be one for what it points to
            _allow_except(ruleset, entry, rights, hide)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # not there, or not for us: nothing to allow
        return
    try:
        if not stat.S_ISDIR(os.fstat(parent).st_mode):
            rights &= _OF_A_FILE
        rule = _PathBeneath(rights, parent)
        _call(
            _ADD_RULE,
            ctypes.c_int(ruleset),
            ctypes.c_int(_PATH_BENEATH),
            ctypes.byref(rule),
            ctypes.c_uint32(0),
        )
    finally:
        os.close(parent)


def _enforce(ruleset: int) -> None:
    try:
        prctl.no_new_privileges()
        _call(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)
