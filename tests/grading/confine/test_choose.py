import json
import subprocess
import sys
from pathlib import Path

import pytest

from course.grading.confine import Unconfined, choose
from course.grading.confine.bubblewrap import Bubblewrap
from tests.grading.confine.inside import working


@pytest.mark.kernel
def test_bubblewrap_is_the_best(tmp_path: Path) -> None:
    working(Bubblewrap())
    jail = choose(read_only=[tmp_path], hidden=[tmp_path / "secret"])
    assert jail.name == "bubblewrap"
    assert (jail.read_only, jail.hidden) == ((tmp_path,), (tmp_path / "secret",))


def test_trusted_submissions_need_no_jail() -> None:
    jail = choose(unconfined=True)
    assert isinstance(jail, Unconfined)
    assert jail.problem() == ""


LOCKED_DOWN = """
import errno, json
import pyseccomp
from course.grading.confine import NoConfinementError, choose, examine

rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
for call in ("landlock_create_ruleset", "unshare", "clone3"):
    rules.add_rule(pyseccomp.ERRNO(errno.EPERM), call)
rules.add_rule(pyseccomp.ERRNO(errno.EPERM), "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ,
    0x20000000, 0x20000000))
rules.load()
try:
    choose()
except NoConfinementError as error:
    found = [(f.subject, f.well, f.cure) for f in examine()]
    print(json.dumps([str(error), found]))
"""


@pytest.mark.kernel
def test_where_nothing_works_it_says_why_and_what_to_do() -> None:
    """As on a host, or in a container, whose own filter allows neither namespaces nor Landlock."""
    pytest.importorskip("pyseccomp", exc_type=(ImportError, RuntimeError))
    done = subprocess.run(
        [sys.executable, "-c", LOCKED_DOWN], capture_output=True, text=True, check=True
    )
    said, findings = json.loads(done.stdout)
    assert "  bubblewrap: " in said
    assert "  Landlock: Landlock is refused here" in said
    assert "a Linux machine or in a container that allows one of these" in said
    assert "--unconfined" in said
    cures = {subject: cure for subject, well, cure in findings if not well}
    assert "--security-opt" in cures["bubblewrap"] or "apt-get install" in cures["bubblewrap"]
    assert "Linux 6.12" in cures["Landlock"]


def test_a_missing_program_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Bubblewrap().problem() == "the program bwrap was not found"
