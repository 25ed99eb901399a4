"""When something was handed in, as nbgrader reads it, and when that cannot be believed."""

import datetime as dt
from pathlib import Path

import pytest
from nbgrader.coursedir import CourseDirectory

from course.grading.intake.arrival import arrival

NOW = dt.datetime(2026, 5, 1, 12)


@pytest.mark.parametrize(
    "text",
    [
        "2015-02-02 15:58:23.948203 America/Los_Angeles",
        "2015-02-02 15:58:23.948203 UTC",
        "2015-02-02 15:58:23.948203 +0000\n",
        "20150202T155823Z",
        "2015-02-02 15:58",
        "2015-02-02 15:58:23 Nowhere/Land",
    ],
)
def test_a_time_is_read_as_nbgrader_reads_it(text: str, tmp_path: Path) -> None:
    (tmp_path / "timestamp.txt").write_text(text)
    wanted = CourseDirectory(root=str(tmp_path)).get_existing_timestamp(str(tmp_path))
    assert arrival(text.encode(), NOW) == (wanted, "")
    assert wanted is not None


def test_no_file_no_time_no_note() -> None:
    assert arrival(None, NOW) == (None, "")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b"yesterday", "it is not a time"),
        (b"\xff\xfe\0", "it is not a time"),
        (b"2" * 100_000, "it is not a time"),
        (b"99999999999999999999", "it is not a time"),
        (b"0001-01-01 00:00:00 Asia/Shanghai", "it is not a time"),
        (b"2015-02-02 15:58:23 999999999999999", "it is not a time"),
        (b"2015-02-02 15:58:23 /etc/passwd", "it is not a time"),
        (b"2015-02-02 15:58:23 :/etc/passwd", "it is not a time"),
        (b"2015-02-02 15:58:23 UTC/../../../etc/passwd", "it is not a time"),
        (b"2026-05-03 00:00:00 UTC", "it is in the future"),
    ],
)
def test_what_cannot_be_believed_makes_nobody_late(content: bytes, problem: str) -> None:
    found, note = arrival(content, NOW)
    assert found is None
    assert problem in note


def test_another_time_zone_is_not_the_future() -> None:
    found, note = arrival(b"2026-05-02 02:00:00 UTC", NOW)
    assert (found, note) == (dt.datetime(2026, 5, 2, 2), "")
