import shutil
from pathlib import Path

import pytest

from course.grading.confine import examine


@pytest.mark.kernel
def test_it_tells_of_everything_in_sentences() -> None:
    findings = {found.subject: found for found in examine()}
    assert list(findings) == [
        "bubblewrap",
        "user namespaces",
        "Landlock",
        "libseccomp",
        "/proc",
        "temporary files",
        "processors",
        "memory",
    ]
    for found in findings.values():
        assert found.sentence.endswith(".")
        assert found.well == (found.cure == "")


@pytest.mark.kernel
def test_what_is_missing_has_a_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "unshare").symlink_to(shutil.which("unshare") or "/bin/true")
    monkeypatch.setenv("PATH", str(tmp_path))
    findings = {found.subject: found for found in examine()}
    assert not findings["bubblewrap"].well
    assert "apt-get install bubblewrap" in findings["bubblewrap"].cure
