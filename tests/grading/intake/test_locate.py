"""Notebooks under other names and in other places are found, where there is no doubt."""

import io
import json
import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from course.grading.intake import Allowance, Intake, take_in
from course.grading.intake.archive import unpack
from course.grading.intake.model import RefusedError
from tests.grading.intake import samples

NOTEBOOK = json.dumps(samples.submission()).encode()


def refused(folder: Path) -> str:
    intake = take_in(samples.spec(), folder, "anna")
    assert intake.refusal is not None
    assert intake.job is None
    return str(intake.refusal)


def right(intake: Intake) -> bool:
    cells = samples.by_grade_id(intake)
    return {name: cells[name].source for name in samples.ANSWERS} == samples.ANSWERS


@pytest.mark.parametrize(
    "name",
    [
        "sums (1).ipynb",
        "sums(2).ipynb",
        "sums-Copy1.ipynb",
        "Copy of sums.ipynb",
        "Copy of Copy of sums (1).ipynb",
        "sums - Copy.ipynb",
        "Kopie von sums.ipynb",
        "sums（1）.ipynb",
        "sums - 副本.ipynb",
        "SUMS.ipynb",
        "Sums.IPYNB",
        "sums.ipynb.txt",
        "sums.ipynb.json",
        "anna_lee.ipynb",  # known by the cells in it
    ],
)
def test_a_renamed_notebook_is_taken(name: str, tmp_path: Path) -> None:
    intake = samples.taken(samples.hand_in(tmp_path, NOTEBOOK, name))
    assert right(intake)
    assert any("was taken as sums.ipynb" in note for note in intake.notes)
    assert intake.job is not None
    assert not any("ipynb" in path.lower() for path in intake.job.files)


def test_the_right_name_comes_first_and_the_others_are_told(tmp_path: Path) -> None:
    samples.hand_in(tmp_path, b"not even a notebook", "sums (1).ipynb")
    intake = samples.taken(samples.hand_in(tmp_path, NOTEBOOK))
    assert right(intake)
    assert intake.notes == (
        "These notebooks are not part of the assignment, and were left out: sums (1).ipynb.",
    )


def test_of_two_that_it_may_be_none_is_taken(tmp_path: Path) -> None:
    samples.hand_in(tmp_path, NOTEBOOK, "sums (1).ipynb")
    samples.hand_in(tmp_path, NOTEBOOK, "sums (2).ipynb")
    said = refused(tmp_path)
    assert "sums.ipynb was not handed in" in said
    assert "sums (1).ipynb, sums (2).ipynb" in said


def test_another_notebook_is_not_mistaken_for_it(tmp_path: Path) -> None:
    samples.hand_in(tmp_path, {"cells": [], "nbformat": 4}, "lesson.ipynb")
    assert "Found instead: lesson.ipynb" in refused(tmp_path)


def test_a_python_file_is_not_it(tmp_path: Path) -> None:
    samples.hand_in(tmp_path, b"# %%\ntotal = sum", "sums.py")
    assert "not a Python file made from it" in refused(tmp_path)


def test_nothing_handed_in(tmp_path: Path) -> None:
    assert refused(tmp_path) == (
        "The notebook sums.ipynb was not handed in. Hand in the notebook under that name."
    )


def test_one_folder_further_in(tmp_path: Path) -> None:
    samples.hand_in(tmp_path / "ps1 (final)", NOTEBOOK)
    (tmp_path / "ps1 (final)" / "data.csv").write_bytes(b"1")
    (tmp_path / "timestamp.txt").write_text("2015-02-02 15:58:23 UTC")
    intake = samples.taken(tmp_path)
    assert right(intake)
    assert intake.notes == ("The work was found in the folder ps1 (final).",)
    assert intake.job is not None
    assert set(intake.job.files) == {"data.csv", "timestamp.txt"}
    assert intake.timestamp is not None


def test_the_time_is_read_though_the_settings_leave_the_file_out(tmp_path: Path) -> None:
    samples.hand_in(tmp_path, NOTEBOOK)
    (tmp_path / "timestamp.txt").write_text("2015-02-02 15:58:23 UTC")
    intake = samples.taken(tmp_path, samples.spec(ignore=("*.txt",)))
    assert intake.timestamp is not None
    assert intake.job is not None
    assert "timestamp.txt" not in intake.job.files


def test_not_in_one_of_two_folders(tmp_path: Path) -> None:
    samples.hand_in(tmp_path / "a", NOTEBOOK)
    samples.hand_in(tmp_path / "b", NOTEBOOK)
    assert "was not handed in" in refused(tmp_path)


def zipped(entries: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize("inside", ["", "ps1/"])
def test_in_a_zip(inside: str, tmp_path: Path) -> None:
    entries = {f"{inside}sums.ipynb": NOTEBOOK, f"{inside}data/a.csv": b"1"}
    samples.hand_in(tmp_path, zipped(entries), "anna.zip")
    intake = samples.taken(tmp_path)
    assert right(intake)
    assert intake.notes[0] == "The work was taken out of anna.zip."
    assert intake.job is not None
    assert intake.job.files == {"data/a.csv": b"1"}


def test_a_zip_beside_the_notebook_is_just_a_file(tmp_path: Path) -> None:
    samples.hand_in(tmp_path, zipped({"sums.ipynb": b"{}"}), "old.zip")
    intake = samples.taken(samples.hand_in(tmp_path, NOTEBOOK))
    assert right(intake)
    assert intake.job is not None
    assert set(intake.job.files) == {"old.zip"}


def test_nothing_in_a_zip_leaves_it(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("sums.ipynb", NOTEBOOK)
        archive.writestr(link, "/etc/passwd")
        for name in ("../up", "/etc/cron", "a/../../b", "c\\d", "e\nf", "a//b"):
            archive.writestr(name, b"x")
        archive.writestr("file", b"x")
        archive.writestr("file/below", b"x")
        archive.writestr("timestamp.txt", b"1999-01-01 00:00:00 UTC")
    samples.hand_in(tmp_path, buffer.getvalue(), "ps1.zip")
    intake = samples.taken(tmp_path)
    assert right(intake)
    assert intake.job is not None
    assert set(intake.job.files) == {"file", "timestamp.txt"}
    assert intake.timestamp is None  # only nbgrader's own is believed


def test_a_zip_in_a_zip_is_not_opened(tmp_path: Path) -> None:
    inner = zipped({"sums.ipynb": NOTEBOOK})
    samples.hand_in(tmp_path, zipped({"inner.zip": inner}), "outer.zip")
    assert "was not handed in" in refused(tmp_path)


def bomb() -> bytes:
    return zipped({"sums.ipynb": b"0" * (3 << 20)})


def lying_bomb() -> bytes:
    """Says that it holds little."""
    data = bytearray(bomb())
    start = data.index(b"PK\x01\x02")
    data[start + 24 : start + 28] = (10).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bomb(), "too large"),
        (lying_bomb(), "damaged"),
        (zipped({f"{n}": b"" for n in range(30)}), "more than 20 files"),
        (zipped({"sums.ipynb": NOTEBOOK})[:-40], "damaged"),
        (b"PK\x03\x04 and nothing else", "damaged"),
        (b"PK\x01\x02" * 1000, "more than 20 files"),
    ],
)
def test_a_bad_zip_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(RefusedError) as caught:
        unpack(data, (), Allowance(total_mb=1, files=20))
    assert reason in caught.value.refusal.reason


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_zips_that_may_explode_at_once_are_not_unpacked(compression: int) -> None:
    found = unpack(zipped({"a": b"0" * 999}, compression=compression), (), Allowance())
    assert (found.files, list(found.problems)) == ({}, ["a"])


def test_a_missing_notebook_among_several_is_told(tmp_path: Path) -> None:
    spec = samples.spec()
    (one,) = spec.notebooks
    spec = replace(spec, notebooks=(one, replace(one, name="more"), replace(one, name="last")))
    samples.hand_in(tmp_path, NOTEBOOK)
    samples.hand_in(tmp_path, b"not json", "last.ipynb")
    intake = samples.taken(tmp_path, spec)
    assert intake.missing == ("more",)
    assert set(intake.notebooks) == {"sums"}
    assert set(intake.refused) == {"last"}
    assert intake.job is not None
    assert [notebook.name for notebook in intake.job.notebooks] == ["sums"]


def test_only_the_selected_notebooks_are_taken_in(tmp_path: Path) -> None:
    spec = samples.spec()
    (one,) = spec.notebooks
    spec = replace(spec, notebooks=(one, replace(one, name="more")), select="m*")
    samples.hand_in(tmp_path, NOTEBOOK)
    intake = samples.taken(samples.hand_in(tmp_path, NOTEBOOK, "more.ipynb"), spec)
    assert set(intake.notebooks) == {"more"}
    assert intake.missing == ()


def test_with_several_notebooks_only_names_decide(tmp_path: Path) -> None:
    spec = samples.spec()
    (one,) = spec.notebooks
    spec = replace(spec, notebooks=(one, replace(one, name="more")))
    samples.hand_in(tmp_path, NOTEBOOK, "sums (1).ipynb")
    samples.hand_in(tmp_path, NOTEBOOK, "other.ipynb")
    intake = samples.taken(tmp_path, spec)
    assert set(intake.notebooks) == {"sums"}
    assert intake.missing == ("more",)
