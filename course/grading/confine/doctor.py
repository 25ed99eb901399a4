"""What this machine can do for grading, in plain sentences, and the cure for what it cannot."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # ships no types

from course.grading.confine import landlock, seccomp
from course.grading.confine.bubblewrap import Bubblewrap
from course.grading.confine.landlocked import Landlocked

__all__ = ["Finding", "examine"]

_LANE_MB = 500  # two warm interpreters and what a submission usually adds


@dataclass(frozen=True)
class Finding:
    """One thing about this machine; ``cure`` is what to do about it, empty if it is well."""

    subject: str
    sentence: str
    cure: str = ""

    @property
    def well(self) -> bool:
        """Whether nothing needs to be done."""
        return not self.cure


def examine() -> list[Finding]:
    """Return what this machine can do for grading; it starts a few short commands."""
    if sys.platform != "linux":
        cure = "Grade on Linux (a container or a virtual machine will do), or use --unconfined."
        sentence = f"This is {sys.platform}: submissions can be confined on Linux only."
        return [Finding("system", sentence, cure), *_machine()]
    checks: tuple[Callable[[], Finding], ...] = (
        _bubblewrap,
        _user_namespaces,
        _landlock,
        _libseccomp,
        _proc,
        _temporary,
    )
    return [*(check() for check in checks), *_machine()]


def _bubblewrap() -> Finding:
    problem = Bubblewrap().problem()
    if not problem:
        return Finding("bubblewrap", f"{_version()} works: submissions are well confined.")
    if shutil.which("bwrap") is None:
        cure = "Install it: `apt-get install bubblewrap`, or `dnf install bubblewrap`."
    elif "Unknown option" in problem:
        cure = f"Version 0.7 or newer is needed; this is {_version()}. Install a newer one."
    elif "Permission denied" in problem or "No module named" in problem:
        cure = (
            f"Jailed programs cannot read this Python ({sys.prefix}). Install the course into a"
            " virtual environment whose files everybody may read (`chmod -R go+rX` on it)."
        )
    else:
        cure = _permit_namespaces()
    return Finding("bubblewrap", f"It does not work here: {problem}.", cure)


def _version() -> str:
    done = subprocess.run(["bwrap", "--version"], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "bubblewrap"


def _permit_namespaces() -> str:
    if _setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1":
        return (
            "Ubuntu's AppArmor refuses it namespaces until a profile is loaded:"
            " `apt-get install apparmor-profiles`, then link"
            " /usr/share/apparmor/extra-profiles/bwrap-userns-restrict into /etc/apparmor.d/"
            " and `systemctl reload apparmor`."
        )
    return (
        "Namespaces are refused. In a container that is usual: start it with"
        " `--security-opt seccomp=unconfined --security-opt systempaths=unconfined`"
        " (as root also `--cap-add SYS_ADMIN`), or do with Landlock, if that works here."
    )


def _user_namespaces() -> Finding:
    subject = "user namespaces"
    off = _setting("/proc/sys/user/max_user_namespaces") == "0"
    if off or _setting("/proc/sys/kernel/unprivileged_userns_clone") == "0":
        name = "user.max_user_namespaces=10000" if off else "kernel.unprivileged_userns_clone=1"
        return Finding(subject, "They are switched off.", f"`sysctl -w {name}`, as root.")
    if os.geteuid() == 0:
        return Finding(subject, "They are not needed: you are root.")
    command = ["unshare", "--user", "true"]
    if shutil.which("unshare") is None:
        return Finding(subject, "Not tested: the program unshare was not found.")
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        return Finding(subject, "They are refused to ordinary users here.", _permit_namespaces())
    return Finding(subject, "Ordinary users may make them.")


def _landlock() -> Finding:
    problem = Landlocked().problem()
    if problem:
        cure = "None is needed where bubblewrap works. Else use Linux 6.12 or newer, with Landlock."
        return Finding("Landlock", f"It does not work here: {problem}.", cure)
    sentence = f"It works (ABI {landlock.abi()}), for where bubblewrap does not."
    return Finding("Landlock", " ".join([sentence, *Landlocked().notes]))


def _libseccomp() -> Finding:
    problem = seccomp.problem()
    if problem:
        cure = "`apt-get install libseccomp2`, or `dnf install libseccomp`."
        return Finding("libseccomp", f"System calls cannot be filtered: {problem}.", cure)
    return Finding("libseccomp", "System calls can be filtered.")


def _proc() -> Finding:
    if not Path("/proc/self/status").exists():
        cure = "Mount it: `mount -t proc proc /proc`, or start the container with one."
        return Finding("/proc", "It is not mounted; grading needs it.", cure)
    return Finding("/proc", "It is there.")


def _temporary() -> Finding:
    folder = Path(tempfile.gettempdir())
    free = shutil.disk_usage(folder).free >> 20
    if free < 1024:
        cure = "Free some space, or set TMPDIR to a folder that has more."
        return Finding("temporary files", f"{folder} has only {free} MB left.", cure)
    return Finding("temporary files", f"{folder} has {free:,} MB left.")


def _machine() -> Iterator[Finding]:
    usable = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    yield Finding("processors", f"{usable}: as many submissions can be graded at once.")
    free = psutil.virtual_memory().available >> 20
    limit = _setting("/sys/fs/cgroup/memory.max")
    if re.fullmatch(r"\d+", limit):
        used = int(_setting("/sys/fs/cgroup/memory.current") or 0)
        free = min(free, (int(limit) - used) >> 20)
    sentence = f"{free:,} MB are free, and one submission at a time takes about {_LANE_MB}."
    cure = "" if free > 2 * _LANE_MB else "Close other programs, or use a larger machine."
    yield Finding("memory", sentence, cure)


def _setting(path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except OSError:
        return ""
