import json
import os
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.desk import Content, DeskError, find_content, lay_out
from course.desk.content import PACKAGE
from course.desk.record import RECORD

LESSON = "lessons/deal/deal.ipynb"
BESIDE = "lessons/deal/deal.new.ipynb"


def notebook(*sources: str) -> bytes:
    cells = [nbformat.v4.new_code_cell(s, id=f"cell-{n}") for n, s in enumerate(sources)]
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells)).encode()


def ran(data: bytes) -> bytes:
    """The notebook as Jupyter saves it after running: same sources, everything else different."""
    nb = nbformat.reads(data.decode(), as_version=4)
    for number, cell in enumerate(nb.cells):
        cell.execution_count = number + 1
        cell.metadata["trusted"] = True
        cell.outputs = [nbformat.v4.new_output("stream", text="hello\n")]
    nb.metadata["language_info"] = {"name": "python"}
    return nbformat.writes(nb).encode()


class Desk:
    """A course that can be rebuilt, and a learner's folder that it is laid out in."""

    def __init__(self, root: Path) -> None:
        self.content = Content(root / "built" / "notebooks", root / "built" / "exercises")
        self.folder = root / "my-course"

    def build(self, **files: bytes) -> None:
        """Keyword ``lesson``, ``forms``, ``homework`` or ``start``: what is built now."""
        places = {
            "start": self.content.notebooks / "START.md",
            "lesson": self.content.notebooks / "deal" / "deal.ipynb",
            "forms": self.content.notebooks / "deal" / "forms.json",
            "homework": self.content.exercises / "deal" / "homework.ipynb",
        }
        for name, data in files.items():
            places[name].parent.mkdir(parents=True, exist_ok=True)
            places[name].write_bytes(data)

    def lay_out(self):
        return lay_out(self.folder, content=self.content)

    def files(self) -> dict[str, bytes]:
        found = (path for path in sorted(self.folder.rglob("*")) if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    desk.build(start=b"# Start\n", lesson=notebook("1"), forms=b'{"v": 1}', homework=notebook("hw"))
    return desk


def test_a_fresh_folder_gets_everything_in_its_place(desk):
    report = desk.lay_out()
    assert set(desk.files()) == {
        RECORD,
        "START.md",
        LESSON,
        "lessons/deal/forms.json",
        "homework/deal/homework.ipynb",
    }
    assert len(report.added) == 4
    assert report.lines() == ["4 files were added."]


def test_a_second_time_changes_no_byte_and_says_nothing(desk):
    desk.lay_out()
    before = desk.files()
    report = desk.lay_out()
    assert desk.files() == before
    assert not report.changed
    assert report.lines() == []


def test_files_can_be_read_by_whoever_the_umask_lets(desk):
    desk.lay_out()
    umask = os.umask(0)
    os.umask(umask)
    assert (desk.folder / LESSON).stat().st_mode & 0o777 == 0o666 & ~umask


def test_an_unchanged_file_is_updated(desk):
    desk.lay_out()
    desk.build(lesson=notebook("2"), start=b"# Start again\n")
    assert sorted(desk.lay_out().updated) == ["START.md", LESSON]
    assert desk.files()[LESSON] == notebook("2")


def test_running_a_notebook_is_not_changing_it(desk):
    desk.lay_out()
    (desk.folder / LESSON).write_bytes(ran(notebook("1")))
    desk.lay_out()
    assert desk.files()[LESSON] == ran(notebook("1")), "nothing new: outputs stay"
    desk.build(lesson=notebook("2"))
    assert desk.lay_out().updated == [LESSON]
    assert desk.files()[LESSON] == notebook("2")


def test_what_the_learner_changed_stays(desk):
    desk.lay_out()
    (desk.folder / LESSON).write_bytes(notebook("mine"))
    assert not desk.lay_out().changed
    assert desk.files()[LESSON] == notebook("mine")


def test_what_both_changed_is_put_beside_once(desk):
    desk.lay_out()
    (desk.folder / LESSON).write_bytes(notebook("mine"))
    desk.build(lesson=notebook("2"))
    report = desk.lay_out()
    assert report.beside == {LESSON: BESIDE}
    assert BESIDE in report.lines()[0]
    assert desk.files()[LESSON] == notebook("mine")
    assert desk.files()[BESIDE] == notebook("2")
    assert not desk.lay_out().changed


def test_a_later_version_replaces_the_one_beside_unless_the_learner_worked_in_it(desk):
    desk.lay_out()
    (desk.folder / LESSON).write_bytes(notebook("mine"))
    desk.build(lesson=notebook("2"))
    desk.lay_out()
    desk.build(lesson=notebook("3"))
    desk.lay_out()
    assert desk.files()[BESIDE] == notebook("3")
    (desk.folder / BESIDE).write_bytes(notebook("mine too"))
    desk.build(lesson=notebook("4"))
    report = desk.lay_out()
    assert report.beside == {LESSON: "lessons/deal/deal.new2.ipynb"}
    assert desk.files()[BESIDE] == notebook("mine too")


def test_a_deleted_file_comes_back(desk):
    desk.lay_out()
    (desk.folder / LESSON).unlink()
    assert desk.lay_out().restored == [LESSON]
    assert desk.files()[LESSON] == notebook("1")


def test_a_file_we_no_longer_ship_stays(desk):
    desk.lay_out()
    (desk.content.notebooks / "deal" / "deal.ipynb").unlink()
    desk.lay_out()
    assert desk.files()[LESSON] == notebook("1")


def test_forms_are_always_ours(desk):
    desk.lay_out()
    (desk.folder / "lessons/deal/forms.json").write_bytes(b"broken")
    desk.lay_out()
    assert desk.files()["lessons/deal/forms.json"] == b'{"v": 1}'


def test_answers_beside_a_built_notebook_are_not_shipped(desk):
    (desk.content.exercises / "deal" / "answers.json").write_bytes(b"{}")
    desk.lay_out()
    assert "homework/deal/answers.json" not in desk.files()


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"schema_version": 99, "files": {}}',
        b'{"schema_version": 1, "files": {"START.md": 3}}',
        b"[" * 100_000,
    ],
)
def test_an_unusable_record_is_kept_aside_and_work_stays(desk, record):
    desk.lay_out()
    (desk.folder / LESSON).write_bytes(notebook("mine"))
    (desk.folder / RECORD).write_bytes(record)
    report = desk.lay_out()
    assert desk.files()[LESSON] == notebook("mine")
    assert desk.files()[f"{RECORD}.1"] == record
    assert RECORD in report.lines()[-1]
    assert json.loads(desk.files()[RECORD])["schema_version"] == 1
    assert not desk.lay_out().changed


def test_a_file_that_was_there_before_the_course_stays(desk):
    desk.folder.mkdir()
    (desk.folder / "START.md").write_bytes(b"my own notes")
    assert desk.lay_out().beside == {"START.md": "START.new.md"}
    assert desk.files()["START.md"] == b"my own notes"


@pytest.mark.parametrize("place", ["", "course", "solutions", "exercises/deal", "notebooks/x"])
def test_the_source_tree_is_refused(desk, place):
    with pytest.raises(DeskError, match="holds the course itself"):
        lay_out(PACKAGE.parent / place, content=desk.content)


def test_a_file_is_refused(desk, tmp_path):
    (tmp_path / "file").touch()
    for place in ("file", "file/inside"):
        with pytest.raises(DeskError, match="is a file"):
            lay_out(tmp_path / place, content=desk.content)


def test_a_folder_that_cannot_be_written_is_refused(desk):
    with pytest.raises(DeskError, match="cannot be"):
        lay_out(Path("/proc/my-course"), content=desk.content)


def test_a_folder_in_the_place_of_a_file_is_named(desk):
    (desk.folder / LESSON).mkdir(parents=True)
    with pytest.raises(DeskError, match=r"deal\.ipynb"):
        desk.lay_out()


def test_content_that_was_not_built_names_the_cure(tmp_path):
    with pytest.raises(DeskError, match="make build"):
        find_content(tmp_path / "course")


def test_content_in_the_package_is_found_first(tmp_path):
    for root in (tmp_path / "course" / "content", tmp_path):
        (root / "notebooks").mkdir(parents=True)
        (root / "notebooks" / "START.md").touch()
    found = find_content(tmp_path / "course")
    assert found.notebooks == tmp_path / "course" / "content" / "notebooks"


# --- no learner byte is ever lost, whatever happens in whatever order

SOURCES = st.sampled_from(["a", "b", "c"])
PLACES = st.sampled_from(
    ["START.md", LESSON, BESIDE, "homework/deal/homework.ipynb", "answers.json"]
)
STEPS = st.one_of(
    st.tuples(st.just("build"), st.sampled_from(["start", "lesson", "homework"]), SOURCES),
    st.tuples(st.just("work"), PLACES, st.sampled_from(["x", "y", "a", "b"])),
    st.tuples(st.just("run"), PLACES, st.just("")),
    st.tuples(st.just("delete"), PLACES, st.just("")),
    st.tuples(st.just("break the record"), st.just(RECORD), st.just("")),
    st.tuples(st.just("start"), st.just(""), st.just("")),
)


@settings(max_examples=150, deadline=None)
@given(steps=st.lists(STEPS, max_size=14))
def test_no_work_is_ever_lost(steps, tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("desk"))
    desk.build(start=b"a", lesson=notebook("a"), homework=notebook("a"))
    desk.lay_out()
    shipped = {b"a", notebook("a")}
    for action, where, what in [*steps, ("start", "", "")]:
        path = desk.folder / where
        if action == "build":
            data = what.encode() if where == "start" else notebook(what)
            shipped.add(data)
            desk.build(**{where: data})
        elif action == "work":
            path.write_bytes(notebook(what) if path.suffix == ".ipynb" else what.encode())
        elif action == "run" and path.suffix == ".ipynb" and path.exists():
            path.write_bytes(ran(path.read_bytes()))
        elif action == "delete":
            path.unlink(missing_ok=True)
        elif action == "break the record":
            path.write_bytes(b"?")
        elif action == "start":
            ours = shipped | {ran(data) for data in shipped if data.startswith(b"{")}
            theirs = {n: d for n, d in desk.files().items() if d not in ours and n != RECORD}
            desk.lay_out()
            after = desk.files()
            assert {name: after.get(name) for name in theirs} == theirs
            assert not desk.lay_out().changed
