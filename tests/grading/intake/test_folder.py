"""Reading a hostile folder: nothing is followed, waited for, or read beyond its limits."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.grading.intake import Allowance, take_in
from course.grading.intake.folder import Contents, ignored, odd_name, read_folder
from course.grading.intake.model import RefusedError
from tests.grading.intake import samples

NOBODY = 65534


def read(folder: Path, ignore: tuple[str, ...] = (), **allowed: int) -> Contents:
    return read_folder(folder, ignore, Allowance(**allowed))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return samples.hand_in(tmp_path / "ps1", samples.submission())


def test_everything_is_read_by_its_path(folder: Path) -> None:
    (folder / "data" / "deep").mkdir(parents=True)
    (folder / "data" / "deep" / "a.csv").write_bytes(b"1")
    (folder / ".hidden").write_bytes(b"2")
    (folder / "数据.csv").write_bytes(b"3")
    contents = read(folder)
    assert set(contents.files) == {"sums.ipynb", "data/deep/a.csv", ".hidden", "数据.csv"}
    assert contents.files["data/deep/a.csv"] == b"1"
    assert contents.problems == {}


def test_what_tools_leave_behind_is_not_taken(folder: Path) -> None:
    for path in (".git/objects/1", ".ipynb_checkpoints/sums-checkpoint.ipynb", "env/pyvenv.cfg"):
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_bytes(b"x")
    (folder / "env" / "lib.py").write_bytes(b"x")
    (folder / "a.pyc").write_bytes(b"x")
    contents = read(folder, ("*.pyc",))
    assert (set(contents.files), contents.problems) == ({"sums.ipynb"}, {})


def test_patterns_mean_what_they_mean_to_nbgrader() -> None:
    assert ignored("a.pyc", ["*.pyc"])
    assert ignored("feedback", ["feedback"])
    assert ignored(".tmp", [".*"])
    assert not ignored(".a.pyc", ["*.pyc"])  # as with glob
    assert not ignored("a.pyc", ["data/*.pyc"])
    assert not ignored("A.PYC", ["*.pyc"])


@pytest.mark.parametrize("name", ["a\nb", "a\x1b[31m", "a\u202eipynb.exe", "a\\b", "\udcff", ".."])
def test_odd_names_are_odd(name: str) -> None:
    assert odd_name(name)


@pytest.mark.parametrize("name", ["homework (1).ipynb", "数据.csv", "naïve é.txt", "...", "a b"])
def test_ordinary_names_are_not(name: str) -> None:
    assert not odd_name(name)


def test_files_with_odd_names_are_not_taken(folder: Path) -> None:
    for name in (b"line\nbreak", b"\xff\xfe", "\u202ereversed".encode()):
        (folder / os.fsdecode(name)).write_bytes(b"x")
    contents = read(folder)
    assert set(contents.files) == {"sums.ipynb"}
    assert len(contents.problems) == 3


def test_links_lead_nowhere(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "solutions"
    secret.mkdir()
    (secret / "key.json").write_bytes(b"secret")
    (folder / "file").symlink_to(secret / "key.json")
    (folder / "folder").symlink_to(secret)
    (folder / "hard").hardlink_to(secret / "key.json")
    (folder / "loop").symlink_to(folder)
    (folder / "dangling").symlink_to("nowhere")
    contents = read(folder)
    assert set(contents.files) == {"sums.ipynb"}
    assert set(contents.problems) == {"file", "folder", "hard", "loop", "dangling"}
    intake = samples.taken(folder)
    assert intake.job is not None
    assert b"secret" not in intake.job.to_bytes()
    assert "hard was not taken" in "\n".join(intake.notes)


def test_a_submission_that_is_a_link_is_refused(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder)
    assert take_in(samples.spec(), link, "anna").refusal is not None
    assert take_in(samples.spec(), tmp_path / "nothing", "anna").refusal is not None


@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "folder", "link", "hard link"])
def test_nothing_but_a_file_is_opened_as_the_notebook(kind: str, tmp_path: Path) -> None:
    """A pipe would hold a reader forever."""
    folder = tmp_path / "ps1"
    folder.mkdir()
    path = folder / "sums.ipynb"
    elsewhere = samples.hand_in(tmp_path / "other", samples.submission()) / "sums.ipynb"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as server, pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)  # the whole path may be too long for a socket
            server.bind(path.name)
    elif kind == "device":
        if os.geteuid() != 0:
            pytest.skip("needs root")
        os.mknod(path, 0o20666, os.makedev(1, 5))  # /dev/zero, endless
    elif kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to(elsewhere)
    else:
        path.hardlink_to(elsewhere)
    intake = take_in(samples.spec(), folder, "anna")
    assert intake.refusal is not None
    assert "sums.ipynb cannot be read: it is" in intake.refusal.reason
    assert intake.job is None


@pytest.fixture
def as_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    if os.geteuid() != 0:
        yield
        return
    places = [tmp_path_factory.getbasetemp(), *tmp_path_factory.getbasetemp().parents]
    mine = [place for place in places if place.stat().st_mode & 0o777 == 0o700]
    for place in mine:
        place.chmod(0o755)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        for place in mine:
            place.chmod(0o700)


def test_what_may_not_be_read_is_told(
    folder: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    (folder / "closed.csv").write_bytes(b"x")
    (folder / "closed.csv").chmod(0)
    (folder / "closed").mkdir(mode=0)
    tmp_path.chmod(0o755)
    request.getfixturevalue("as_nobody")
    intake = samples.taken(folder)
    assert "closed.csv was not taken: Permission denied." in intake.notes
    assert "closed was not taken: Permission denied." in intake.notes


def test_a_notebook_or_folder_that_may_not_be_read_is_refused(
    folder: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    (folder / "sums.ipynb").chmod(0)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    tmp_path.chmod(0o755)
    request.getfixturevalue("as_nobody")
    for place in (folder, closed):
        refusal = take_in(samples.spec(), place, "anna").refusal
        assert refusal is not None
        assert "Permission denied" in refusal.reason


def test_large_files_are_left_out_before_they_are_read(folder: Path) -> None:
    with (folder / "sparse.bin").open("wb") as file:
        file.truncate(1 << 40)
    for name in ("1.bin", "2.bin", "3.bin"):
        (folder / name).write_bytes(b"x" * (700 << 10))
    contents = read(folder, file_mb=1, total_mb=2)
    assert set(contents.files) == {"sums.ipynb", "1.bin", "2.bin"}
    assert set(contents.problems) == {"sparse.bin", "3.bin"}


def test_a_large_notebook_is_refused_before_it_is_read(folder: Path) -> None:
    with (folder / "sums.ipynb").open("r+b") as file:
        file.truncate(1 << 40)
    refusal = take_in(samples.spec(), folder, "anna").refusal
    assert refusal is not None
    assert "it has 1048576 MB" in refusal.reason


def test_too_many_files_are_refused(folder: Path) -> None:
    for number in range(30):
        (folder / f"{number}").write_bytes(b"")
    with pytest.raises(RefusedError):
        read(folder, files=20)
    assert len(read(folder, files=31).files) == 31


def test_folders_in_folders_in_folders_end(folder: Path) -> None:
    deep = folder.joinpath(*"abcdefghijklmnopqrstuvwxyz")
    deep.mkdir(parents=True)
    (deep / "file").write_bytes(b"")
    contents = read(folder)
    assert list(contents.problems) == ["/".join("abcdefghijklm")]
    assert set(contents.files) == {"sums.ipynb"}


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
def test_no_descriptor_stays_open(folder: Path) -> None:
    def count() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    (folder / "a" / "b").mkdir(parents=True)
    before = count()
    read(folder)
    with pytest.raises(RefusedError):
        read(folder, files=1)
    assert count() == before
