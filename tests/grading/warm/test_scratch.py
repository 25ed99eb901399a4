import os
from pathlib import Path

import pytest

from course.grading.warm.scratch import empty


def test_all_kinds_of_litter_are_removed(tmp_path: Path) -> None:
    scratch, outside = tmp_path / "scratch", tmp_path / "outside"
    (scratch / ".hidden/deep").mkdir(parents=True)
    (scratch / ".hidden/deep/file").write_text("1")
    (scratch / ".hidden").chmod(0o500)
    (scratch / "no entry").mkdir(0o000)
    outside.mkdir()
    (outside / "kept").write_text("1")
    (scratch / "link").symlink_to(outside)
    (scratch / "dangling").symlink_to("nowhere")
    os.mkfifo(scratch / "fifo")
    (scratch / os.fsdecode(b"\xff\n")).write_text("1")
    empty(scratch)
    assert list(scratch.iterdir()) == []
    assert (outside / "kept").exists()


def test_too_much_is_left_to_others(tmp_path: Path) -> None:
    for number in range(20_001):
        (tmp_path / str(number)).touch()
    with pytest.raises(OSError, match="too many files"):
        empty(tmp_path)


def test_too_deep_is_left_to_others(tmp_path: Path) -> None:
    (tmp_path / "/".join("x" * 150)).mkdir(parents=True)
    with pytest.raises(OSError, match="too many files or folders"):
        empty(tmp_path)
