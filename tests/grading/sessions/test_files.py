"""The files of a session's folder."""

import os
from pathlib import Path

import pytest

from course.grading.job import Limits
from course.grading.sessions.files import Changes, write


def test_files_are_written_in_their_folders(tmp_path: Path) -> None:
    write(tmp_path, {"a.csv": b"1", "data/deep/b.csv": b"2", "data/c.csv": b""})
    assert (tmp_path / "a.csv").read_bytes() == b"1"
    assert (tmp_path / "data/deep/b.csv").read_bytes() == b"2"
    assert (tmp_path / "data/c.csv").read_bytes() == b""


@pytest.mark.parametrize("name", ["/etc/passwd", "../out", "a/../../out", "", ".", "a\0b", "a/.."])
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(ValueError, match="inside the folder"):
        write(folder, {name: b"x"})
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (outside / "kept").write_text("kept")
    (folder / "link").symlink_to(outside / "kept")
    (folder / "linked").symlink_to(outside)
    write(folder, {"link": b"new"})
    assert (outside / "kept").read_text() == "kept"
    assert (folder / "link").read_bytes() == b"new"
    assert not (folder / "link").is_symlink()
    with pytest.raises(ValueError, match="a link"):
        write(folder, {"linked/file": b"new"})
    assert not (outside / "file").exists()


@pytest.fixture
def changes(tmp_path: Path) -> Changes:
    (tmp_path / "given.csv").write_text("given")
    return Changes(tmp_path, Limits(file_mb=1, message_mb=4))


def test_only_what_is_new_or_changed_is_reported_and_only_once(
    changes: Changes, tmp_path: Path
) -> None:
    assert changes.take() == ({}, [])
    (tmp_path / "new.csv").write_text("new")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "deep.csv").write_text("deep")
    assert changes.take() == ({"new.csv": b"new", "folder/deep.csv": b"deep"}, [])
    assert changes.take() == ({}, [])
    (tmp_path / "given.csv").write_text("now longer")
    assert changes.take() == ({"given.csv": b"now longer"}, [])
    os.utime(tmp_path / "given.csv", (1, 1))
    (tmp_path / "replacement").write_text("other text")
    (tmp_path / "replacement").replace(tmp_path / "new.csv")
    assert changes.take()[0]["new.csv"] == b"other text"


def test_links_and_what_is_no_file_are_left_alone(changes: Changes, tmp_path: Path) -> None:
    outside = tmp_path.parent / "outside"
    outside.mkdir(exist_ok=True)
    (outside / "secret").write_text("secret")
    (tmp_path / "link").symlink_to(outside / "secret")
    (tmp_path / "folder").symlink_to(outside)
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    for cache in ("__pycache__", ".ipynb_checkpoints"):
        (tmp_path / cache).mkdir()
        (tmp_path / cache / "file").write_text("cached")
    assert changes.take() == ({}, [])


def test_a_name_that_is_no_text_is_left_out(changes: Changes, tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff")).write_text("x")
    (tmp_path / "é.csv").write_text("x")
    assert changes.take() == ({"é.csv": b"x"}, [])


def test_what_is_too_large_is_named_once(changes: Changes, tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * ((1 << 20) + 1))
    (tmp_path / "small").write_bytes(b"x")
    files, notes = changes.take()
    assert list(files) == ["small"]
    assert notes == ["The file large is too large to be looked at."]
    assert changes.take() == ({}, [])


def test_what_is_too_much_in_all_is_left_out(changes: Changes, tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_bytes(b"x" * (1 << 20))
    files, notes = changes.take()
    assert list(files) == ["a", "b"]
    assert notes == ["The file c is too large to be looked at."]


def test_too_many_files_come_a_part_at_a_time(changes: Changes, tmp_path: Path) -> None:
    for number in range(250):
        (tmp_path / f"{number:03}").write_text("x")
    files, notes = changes.take()
    assert len(files) == 200
    assert len(notes) == 1
    files, notes = changes.take()
    assert (len(files), notes) == (50, [])


def test_endless_files_are_not_all_looked_at(tmp_path: Path) -> None:
    for number in range(10_001):
        (tmp_path / f"{number}").touch()
    assert Changes(tmp_path, Limits()).take() == ({}, ["There are more files than 10000."])


def test_a_folder_that_may_not_be_read_is_passed_over(changes: Changes, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o000)
    (tmp_path / "open").write_text("x")
    assert changes.take() == ({"open": b"x"}, [])
