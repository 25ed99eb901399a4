"""System calls that no homework needs, refused.

They would outlive a submission (message queues, keys), reach into other processes (tracing,
priorities), undo the jail (mounts, namespaces) or open rarely used and often broken parts of the
kernel. Refused means an ordinary error (``PermissionError``), so that honest code can go on.
"""

import errno
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

__all__ = ["FILTERS", "load", "problem"]

FILTERS = ("namespaces", "landlock")

_REFUSED = {
    "what would outlive the process": """
        shmget shmat shmctl shmdt semget semop semtimedop semctl msgget msgsnd msgrcv msgctl
        mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr
        add_key request_key keyctl""",
    "other processes": """
        ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp pidfd_getfd
        migrate_pages move_pages""",
    "another world": """
        unshare setns mount umount umount2 pivot_root chroot move_mount open_tree open_tree_attr
        mount_setattr fsopen fsconfig fsmount fspick open_by_handle_at name_to_handle_at""",
    "another user": """
        setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups""",
    "large and young parts of the kernel": """
        io_uring_setup io_uring_enter io_uring_register
        bpf perf_event_open userfaultfd memfd_secret fanotify_init""",
    "the machine": """
        kexec_load kexec_file_load init_module finit_module delete_module create_module
        acct swapon swapoff reboot syslog quotactl quotactl_fd nfsservctl lookup_dcookie vhangup
        settimeofday clock_settime clock_adjtime adjtimex sethostname setdomainname
        iopl ioperm modify_ldt""",
}

# These do nothing, and say that they did: honest programs call them and fail if they do.
_IGNORED = {
    "other processes' priorities": """
        sched_setaffinity sched_setscheduler sched_setparam sched_setattr setpriority ioprio_set""",
}
_IGNORED_FOR_LANDLOCK = {  # it does not guard them
    "permissions": "chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat file_setattr",
    "times": "utime utimes futimesat utimensat",
    "attributes": """
        setxattr lsetxattr fsetxattr setxattrat removexattr lremovexattr fremovexattr
        removexattrat""",
}

# A kernel may be newer than its libseccomp. Since Linux 5.1 a new call has one number everywhere.
_NUMBERS = {
    "mount_setattr": 442,
    "quotactl_fd": 443,
    "memfd_secret": 447,
    "process_mrelease": 448,
    "fchmodat2": 452,
    "setxattrat": 463,
    "removexattrat": 466,
    "open_tree_attr": 467,
    "file_setattr": 469,
}

_CLONE_NEW = (  # a new namespace each, in the flags of clone()
    0x00000080,  # time
    0x00020000,  # mount
    0x02000000,  # cgroup
    0x04000000,  # UTS
    0x08000000,  # IPC
    0x10000000,  # user
    0x20000000,  # PID
    0x40000000,  # network
)
_TERMINAL_INPUT = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX: typing into the instructor's terminal
_AF_UNIX, _AF_INET, _AF_INET6, _AF_NETLINK = 1, 2, 10, 16
_NETLINK_ROUTE = 0
_SOCK_STREAM = 1
_32_BITS = 0xFFFFFFFF  # what the kernel looks at; a caller may set the bits above


def problem() -> str:
    """Return why no filter can be made here; empty if one can."""
    try:
        import pyseccomp
    except (ImportError, RuntimeError) as error:
        return f"the library libseccomp was not found ({error})"
    del pyseccomp
    return ""


def load(name: str) -> None:
    """Refuse these calls to this process and all it starts, for good.

    ``namespaces`` is for a jail that has a network of its own; ``landlock`` for one that has not,
    and so gets no network at all.
    """
    import pyseccomp as sc

    rules = sc.SyscallFilter(sc.ALLOW)
    for call in _names(_REFUSED):
        _add(rules, errno.EPERM, call)
    for call in _names(_IGNORED):
        _add(rules, 0, call)
    # What its flags are is in memory, where no filter looks: the C library then uses clone().
    _add(rules, errno.ENOSYS, "clone3")
    for flag in _CLONE_NEW:
        _add(rules, errno.EPERM, "clone", sc.Arg(0, sc.MASKED_EQ, flag, flag))
    for request in _TERMINAL_INPUT:
        _add(rules, errno.EPERM, "ioctl", sc.Arg(1, sc.MASKED_EQ, _32_BITS, request))
    _add(rules, errno.EPERM, "prlimit64", sc.Arg(0, sc.NE, 0))  # of other processes
    if name == "landlock":
        _allow_sockets(rules, sc, (_AF_UNIX,))
        _complete_landlock(rules, sc)
    else:
        _allow_sockets(rules, sc, (_AF_UNIX, _AF_INET, _AF_INET6, _AF_NETLINK))
        # Of netlink only what tells of the network's interfaces: libzmq ends the process without.
        elsewhere = sc.Arg(2, sc.NE, _NETLINK_ROUTE)
        _add(rules, errno.EAFNOSUPPORT, "socket", sc.Arg(0, sc.EQ, _AF_NETLINK), elsewhere)
    rules.load()


def _complete_landlock(rules: Any, sc: Any) -> None:
    """Refuse what Landlock does not, or did not in its first versions."""
    for call in _names(_IGNORED_FOR_LANDLOCK):
        _add(rules, 0, call)
    _add(rules, errno.EPERM, "truncate")
    _add(rules, errno.ENOSYS, "openat2")
    for call, flags in (("open", 1), ("openat", 2)):  # reading that empties what it reads
        for mode in (os.O_RDONLY, os.O_ACCMODE):
            both = sc.Arg(flags, sc.MASKED_EQ, os.O_ACCMODE | os.O_TRUNC, mode | os.O_TRUNC)
            _add(rules, errno.EPERM, call, both)
    # Pairs and listening remain, for asyncio and for kernels over ZMQ. What is left of unix sockets
    # must not reach those of the machine: streams cannot without connect(), datagrams name their
    # target in memory. EAFNOSUPPORT: libzmq aborts the process on other errors.
    _add(rules, errno.EAFNOSUPPORT, "connect")
    for kind in range(16):
        if kind != _SOCK_STREAM:
            for call in ("socket", "socketpair"):
                _add(rules, errno.EAFNOSUPPORT, call, sc.Arg(1, sc.MASKED_EQ, 0xF, kind))


def _allow_sockets(rules: Any, sc: Any, domains: Sequence[int]) -> None:
    """Refuse all other kinds of sockets (say, to a hypervisor)."""
    for domain in range(max(domains)):
        if domain not in domains:
            _add(rules, errno.EAFNOSUPPORT, "socket", sc.Arg(0, sc.EQ, domain))
    _add(rules, errno.EAFNOSUPPORT, "socket", sc.Arg(0, sc.GT, max(domains)))


def _names(groups: Mapping[str, str]) -> Iterator[str]:
    for names in groups.values():
        yield from names.split()


def _add(rules: Any, error: int, call: str, *arguments: Any) -> None:
    import pyseccomp as sc

    number = sc.resolve_syscall(sc.Arch.NATIVE, call)
    if number < 0:
        number = _NUMBERS.get(call, -1)
    if number >= 0:  # else this machine has no such call
        rules.add_rule(sc.ERRNO(error), number, *arguments)
