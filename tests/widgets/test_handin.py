"""Handing in: what the zip holds, and the sentence when it cannot be made."""

import datetime as dt
import json
import os
import zipfile
from pathlib import Path

import pytest

from course.answers.errors import CourseError
from course.answers.handin import MAX_MEGABYTES, find_homework, hand_in, workspace
from course.answers.learner import WORKSPACE_MARK
from course.answers.store import Store
from course.answers.work import Work
from course.widgets.handin import HandInView, hand_in_view
from course.widgets.page import close
from tests.answers.samples import raw

NOON = dt.datetime(2026, 3, 2, 12, 30, 5, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A homework in a working folder, begun by nobody."""
    (tmp_path / WORKSPACE_MARK).write_text("{}")
    folder = tmp_path / "homework" / "01_lesson"
    folder.mkdir(parents=True)
    forms = [raw("single", id="one", title="First", points=1), raw("text", id="two", points=1)]
    whole = {"schema": 1, "course": "c", "lesson": "01_lesson", "forms": forms}
    (folder / "forms.json").write_text(json.dumps(whole))
    (folder / "homework.ipynb").write_text('{"cells": []}')
    return folder


def held(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return sorted(archive.namelist())


# --- the zip -------------------------------------------------------------------------------------


def test_a_homework_becomes_one_zip_named_for_zip_collect(folder: Path) -> None:
    Store(folder).put("one", "a")
    done = hand_in(folder, learner_id="李雷", now=NOON)
    assert done.path == folder.parents[1] / "handed-in" / "01_lesson__李雷__20260302T043005Z.zip"
    assert held(done.path) == ["answers.json", "forms.json", "homework.ipynb"]
    assert done.open_items == {"Title": ["Title: still empty"]}
    assert (done.lesson, done.learner_id) == ("01_lesson", "李雷")
    assert Work(folder).learner_id == "李雷"  # kept in the sidecar, which is in the zip
    with zipfile.ZipFile(done.path) as archive:
        assert json.loads(archive.read("answers.json"))["learner"]["id"] == "李雷"


def test_handing_in_again_makes_another_zip(folder: Path) -> None:
    first = hand_in(folder, learner_id="anna", now=NOON).path
    second = hand_in(folder, now=NOON + dt.timedelta(seconds=1)).path
    assert sorted(first.parent.iterdir()) == [first, second]


def test_what_tools_hide_and_links_stay_out(folder: Path) -> None:
    for name in (".git/config", "__pycache__/x.pyc", ".ipynb_checkpoints/h.ipynb", "a/.secret"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("")
    (folder / "answers.unreadable-1.json").write_text("{")
    (folder / "data").mkdir()
    (folder / "data" / "notes.csv").write_text("1")
    outside = folder.parents[1] / "outside"
    outside.mkdir()
    (outside / "private.txt").write_text("")
    (folder / "link.txt").symlink_to(outside / "private.txt")
    (folder / "linked").symlink_to(outside)
    os.mkfifo(folder / "pipe.ipynb")
    assert held(hand_in(folder, learner_id="anna").path) == [
        "answers.json",
        "answers.unreadable-1.json",
        "data/notes.csv",
        "forms.json",
        "homework.ipynb",
    ]


def test_outside_of_a_working_folder_the_zip_lies_beside(folder: Path) -> None:
    (folder.parents[1] / WORKSPACE_MARK).unlink()
    assert workspace(folder) is None
    assert hand_in(folder, learner_id="anna").path.parent == folder.parent / "handed-in"


def test_a_file_from_before_1980_is_packed(folder: Path) -> None:
    os.utime(folder / "homework.ipynb", (0, 0))
    assert "homework.ipynb" in held(hand_in(folder, learner_id="anna").path)


# --- why not -------------------------------------------------------------------------------------


def refused(folder: Path, learner_id: str = "anna") -> str:
    before = {path: path.is_file() and path.read_bytes() for path in folder.rglob("*")}
    with pytest.raises(CourseError) as caught:
        hand_in(folder, learner_id=learner_id)
    assert not list(folder.parents[1].rglob("*.zip"))
    assert not list(folder.parents[1].rglob("*.part"))
    after = {path: path.is_file() and path.read_bytes() for path in folder.rglob("*")}
    assert {p: b for p, b in before.items() if p.name != "answers.json"}.items() <= after.items()
    return str(caught.value)


def test_somebody_must_hand_in(folder: Path) -> None:
    assert "Who is handing in? Open the homework and fill in “Who are you?”" in refused(folder, "")


@pytest.mark.parametrize("odd", ["../x", "a b", "con"])
def test_an_odd_id_is_refused_with_a_proposal(folder: Path, odd: str) -> None:
    assert "Try “" in refused(folder, odd)


def test_somebody_elses_homework_is_refused(folder: Path) -> None:
    Work(folder).identify("anna")
    assert "was done as “anna”, not “bert”. Leave --learner out" in refused(folder, "bert")


def test_two_spellings_of_one_name_are_no_other_learner(folder: Path) -> None:
    Work(folder).identify("Zo\u00eb")
    assert hand_in(folder, learner_id="Zoe\u0308").learner_id == "zo\u00eb"


def test_an_id_spoilt_by_hand_is_replaced(folder: Path) -> None:
    (folder / "answers.json").write_text('{"answers": {}, "learner": {"id": "a/b"}}')
    done = hand_in(folder, learner_id="anna")
    assert "__anna__" in done.path.name
    assert Work(folder).learner_id == "anna"


def test_an_unreadable_sidecar_is_reported_before_anything_is_packed(folder: Path) -> None:
    (folder / "answers.json").write_text('{"answers": {"one": {"va')
    said = refused(folder)
    assert "could not be read" in said
    assert "It is kept as answers.unreadable-" in said


def test_a_newer_sidecar_is_reported(folder: Path) -> None:
    (folder / "answers.json").write_text('{"schema": 2, "answers": {}}')
    assert "newer version" in refused(folder)


@pytest.mark.parametrize("broken", ["", "{", "[]", "5", '{"nodes": []}', "[" * 100_000])
def test_a_broken_notebook_is_named(folder: Path, broken: str) -> None:
    (folder / "homework.ipynb").write_text(broken)
    said = refused(folder)
    assert "homework.ipynb cannot be read (" in said
    assert "check that it shows, save it, and hand in again" in said


def test_a_renamed_notebook_is_missed(folder: Path) -> None:
    (folder / "homework.ipynb").rename(folder / "homework-Copy1.ipynb")
    assert "homework.ipynb is missing. If you renamed it" in refused(folder)


@pytest.mark.parametrize("name", ["homework.ipynb", "answers.json"])
def test_a_link_in_place_of_the_work_is_no_silent_gap(folder: Path, name: str) -> None:
    real = folder.parents[1] / "elsewhere.json"
    real.write_text('{"cells": [], "answers": {}, "learner": {"id": "anna"}}')
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(real)
    assert f"{name} is a link" in refused(folder)


def test_too_much_is_refused_naming_the_largest(folder: Path) -> None:
    with (folder / "meeting.mp4").open("wb") as file:
        file.truncate((MAX_MEGABYTES + 3) * 1_000_000)
    said = refused(folder)
    assert f"holds {MAX_MEGABYTES + 3} MB; up to {MAX_MEGABYTES} MB" in said
    assert "The largest file is meeting.mp4" in said


def test_a_place_that_takes_no_file_is_a_sentence(folder: Path) -> None:
    (folder.parents[1] / "handed-in").write_text("a file of that name")
    assert "could not be packed (" in refused(folder)


def test_a_full_disk_leaves_no_half_zip(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Work(folder).identify("anna")

    def full(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "write", full)
    assert "No space left on device" in refused(folder)


# --- finding the homework ------------------------------------------------------------------------


def test_the_homework_is_found_from_anywhere(folder: Path) -> None:
    deep = folder / "data"
    deep.mkdir()
    (folder.parent / ".ipynb_checkpoints").mkdir()
    for start in (folder.parents[1], folder.parent, folder, deep):
        assert find_homework(start) == folder
    (folder.parent / "02_lesson").mkdir()
    assert find_homework(deep) == folder
    assert find_homework(deep, "02_lesson").name == "02_lesson"
    with pytest.raises(CourseError, match=r"Which homework\? Name one of: 01_lesson, 02_lesson$"):
        find_homework(folder.parents[1])
    with pytest.raises(CourseError, match=r"no homework “\.\./03” in .*There: 01_lesson, 02"):
        find_homework(folder, "../03")


def test_outside_of_a_course_folder(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"is not inside a course folder\. Go to the folder that"):
        find_homework(tmp_path)
    (tmp_path / WORKSPACE_MARK).write_text("{}")
    with pytest.raises(CourseError, match="Name one of: none"):
        find_homework(tmp_path)


# --- the button ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("_no_leaked_widgets")
class TestButton:
    def press(self, folder: Path) -> str:
        view = HandInView(Work(folder))
        view.button.click()
        said = str(view.said.value)
        close(view.widget)
        return said

    def test_it_packs_and_gives_the_file(self, folder: Path) -> None:
        Work(folder).identify("o-brien")
        Store(folder).put("one", "a")
        said = self.press(folder)
        assert "Packed for o-brien" in said
        assert "One thing is still open" in said
        (made,) = (folder.parents[1] / "handed-in").iterdir()
        assert f"download='{made.name}'" in said
        assert f"handed-in/{made.name}" in said

    def test_a_large_file_is_found_in_the_list_instead(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("course.widgets.handin._LINK_BYTES", 10)
        Work(folder).identify("anna")
        assert "href=" not in self.press(folder)

    def test_it_says_why_not(self, folder: Path) -> None:
        said = self.press(folder)
        assert said.startswith("<div class='ltd-bad'")
        assert "Who is handing in?" in said

    def test_without_forms_it_is_a_sentence(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("course.answers.work._folder", None)
        view = hand_in_view()
        assert "There is no forms.json in" in view.children[1].value


def test_packing_again_after_a_broken_sidecar_says_where_the_answers_may_be(folder: Path) -> None:
    (folder / "answers.json").write_text('{"answers": {"one": {"va')
    refused(folder)  # says so once, and puts the file aside
    done = hand_in(folder, learner_id="anna")
    assert "could not be read earlier" in done.notes[0]
    with zipfile.ZipFile(done.path) as archive:
        assert any("unreadable" in name for name in archive.namelist())
    assert Store(folder).put("one", "a") == ""
    assert hand_in(folder).notes == ()
