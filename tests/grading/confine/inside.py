"""Code run inside of a jail, and the same tests run by an ordinary user."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from course.grading.confine import Jail, landlock, paths, seccomp
from course.grading.confine.bubblewrap import Bubblewrap
from course.grading.confine.landlocked import Landlocked
from course.grading.job import Limits

ROOT = Path(__file__).parents[3]
AGAIN = "COURSE_TESTS_AGAIN"  # set where tests are run once more by another user


def working(jail: Jail) -> Jail:
    """Return the jail; skip the test if it does not work here, but fail where it must."""
    if reason := jail.problem():
        again = bool(os.environ.get(AGAIN))  # prepared to work
        if isinstance(jail, Bubblewrap):
            must = again or os.environ.get("CI") == "true"
        else:
            must = again and not (landlock.problem() or seccomp.problem())
        if must:
            pytest.fail(f"{jail.name} must work here, but {reason}.")
        pytest.skip(f"{jail.name}: {reason}")
    return jail


def run(jail: Jail, code: str, limits: Limits | None = None) -> Any:
    """Run Python code inside; return what it gave to ``tell(...)``, as JSON can hold it."""
    prelude = (
        "import json, os, sys\n"
        "def tell(value): print(json.dumps(value)); sys.stdout.flush()\n"
        "def try_(call, *args):\n"
        "    try: call(*args)\n"
        "    except OSError as error: return type(error).__name__\n"
        "    return 'done'\n"
    )
    confined = jail.confine([sys.executable, "-I", "-c", prelude + code], limits or Limits())
    try:
        done = subprocess.run(
            confined.argv,
            env=dict(confined.env),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    finally:
        confined.close()
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def run_again(test_file: str, *, as_root: bool) -> None:
    """Run a file's tests of jails as an ordinary user, or as root where all may reach this Python.

    A root's home is usually closed to others: there, a view of the machine is made in which it is
    open, but has nothing in it except Python.
    """
    if os.environ.get(AGAIN):
        pytest.skip("these are the tests run again")
    if os.geteuid() != 0:
        pytest.skip("needs root, to become another user")
    working(Bubblewrap())
    command = [*_open_view(), *([] if as_root else _ORDINARY), sys.executable, "-m", "pytest"]
    select = "Landlock" if as_root else "Landlock or bubblewrap"  # the other was run before
    options = ["-q", "-p", "no:cacheprovider", "-rs", "-k", select, test_file]
    done = subprocess.run(
        [*command, *options],
        cwd=ROOT,
        env={**os.environ, AGAIN: "1", "PYTHONDONTWRITEBYTECODE": "1", "HOME": "/var/tmp"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert " passed" in done.stdout


_ORDINARY = ["setpriv", "--reuid=54321", "--regid=54321", "--clear-groups"]


def _open_view() -> Sequence[str]:
    view = ["bwrap", "--dev-bind", "/", "/", "--cap-add", "ALL"]
    shown = paths.outermost([*paths.interpreter(), ROOT])
    closed = paths.closed(shown)
    if closed is None:
        return view
    view += ["--perms", "0755", "--tmpfs", str(closed)]
    for path in shown:
        if closed in path.parents:
            for parent in reversed(path.parents):
                if closed in parent.parents:
                    view += ["--perms", "0755", "--dir", str(parent)]
            view += ["--bind", str(path), str(path)]
    return view


JAILS = [pytest.param(kind, id=kind.name) for kind in (Bubblewrap, Landlocked)]
