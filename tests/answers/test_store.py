"""The sidecar: nothing a learner gave is lost, whatever happens to the file."""

import errno
import json
import os
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from course.answers.store import ANSWERS_FILE, Entry, Store

FULL = OSError(errno.ENOSPC, "No space left on device")


def content(folder: Path) -> dict[str, Any]:
    return json.loads((folder / ANSWERS_FILE).read_text(encoding="utf-8"))


def files(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def write(folder: Path, data: object) -> Path:
    path = folder / ANSWERS_FILE
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


# --- the ordinary day ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        None,
        "a",
        0,
        1.5,
        False,
        [],
        ["a"],
        {"x": {"y": 1}},
        "周一 “ok” 😀",
        "\ud83d",
        "\0",
        "é" * 9999,
    ],
)
def test_what_is_put_is_read_again(tmp_path: Path, value: Any) -> None:
    assert Store(tmp_path).put("f", value) == ""
    entry = Store(tmp_path)["f"]
    assert entry.value == value
    assert type(entry.value) is type(value)
    assert entry.saved.endswith("Z")
    assert files(tmp_path) == [ANSWERS_FILE]


def test_an_empty_folder_holds_nothing_and_stays_empty(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store["f"] == Entry()
    assert (store.notices, store.refusal, store.unreadable, store.learner) == ([], "", "", {})
    assert files(tmp_path) == []


def test_checks_and_hints_are_counted_beside_the_answer(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("f", "a")
    for what in ("checks", "checks", "hints"):
        assert store.count("f", what) == ""
    store.put("f", "b")
    entry = Store(tmp_path)["f"]
    assert (entry.value, entry.checks, entry.hints) == ("b", 2, 1)


def test_who_the_learner_is(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.identify({"id": "anna", "given": "Anna "}, course="c", lesson="l") == ""
    assert Store(tmp_path).learner == {"id": "anna", "given": "Anna "}
    assert content(tmp_path)["course"] == "c"


def test_what_was_read_or_put_cannot_be_changed_from_outside(tmp_path: Path) -> None:
    store = Store(tmp_path)
    value = ["a"]
    store.put("f", value)
    value.append("b")
    store["f"].value.append("c")
    store.count("f", "checks")
    assert Store(tmp_path)["f"].value == ["a"]


@pytest.mark.parametrize("value", [{1, 2}, object(), {("a", "b"): 1}])
def test_what_is_no_json_is_refused_and_spoils_nothing(tmp_path: Path, value: Any) -> None:
    store = Store(tmp_path)
    store.put("f", "a")
    with pytest.raises(TypeError):
        store.put("f", value)
    assert store.put("g", "b") == ""
    assert Store(tmp_path)["f"].value == "a"


def test_unknown_names_stay_in_the_file(tmp_path: Path) -> None:
    odd = {"answers": {"f": {"value": "a", "mood": "good"}}, "extra": [1], "course": "c"}
    write(tmp_path, odd)
    store = Store(tmp_path)
    store.put("f", "b")
    store.count("g", "hints")
    kept = content(tmp_path)
    assert kept["extra"] == [1]
    assert kept["answers"]["f"]["mood"] == "good"


# --- set aside -----------------------------------------------------------------------------------


def test_an_answer_set_aside_stays_in_the_file_and_the_counts_with_the_form(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("f", {"old": 1})
    store.count("f", "hints")
    store.set_aside("f")
    store.put("f", "new")
    store.set_aside("f")
    store.set_aside("f")  # nothing left
    kept = content(tmp_path)
    assert [each["entry"]["value"] for each in kept["set_aside"]] == [{"old": 1}, "new"]
    assert {each["form"] for each in kept["set_aside"]} == {"f"}
    assert Store(tmp_path)["f"].hints == 1


def test_a_set_aside_of_another_shape_is_kept_too(tmp_path: Path) -> None:
    write(tmp_path, {"answers": {"f": "bare"}, "set_aside": "note"})
    Store(tmp_path).set_aside("f")
    kept = content(tmp_path)["set_aside"]
    assert kept[0] == "note"
    assert kept[1]["entry"] == {"value": "bare"}


def test_a_bare_value_survives_a_check(tmp_path: Path) -> None:
    write(tmp_path, {"answers": {"f": "by hand", "g": 7}})
    store = Store(tmp_path)
    assert store["f"].value == "by hand"
    store.count("f", "checks")
    again = Store(tmp_path)
    assert (again["f"].value, again["f"].checks, again["g"].value) == ("by hand", 1, 7)


@pytest.mark.parametrize("count", ["3", -1, True, None, 2.5])
def test_odd_counts_and_times_are_no_crash(tmp_path: Path, count: Any) -> None:
    write(tmp_path, {"answers": {"f": {"value": 1, "checks": count, "saved": 5}}, "learner": 3})
    store = Store(tmp_path)
    assert (store["f"].checks, store["f"].saved, store.learner) == (0, "5", {})


# --- files that cannot be read -------------------------------------------------------------------

BROKEN = [
    b"",
    b"{",
    b'{"schema": 1, "answers": {"f": {"val',
    b"null",
    b"[]",
    b'{"answers": []}',
    b'{"schema": "1"}',
    b'{"schema": 0}',
    b'{"schema": 1.5, "answers": {}}',
    "{“answers”: 1}".encode("latin-1", "replace") + b"\xe9",
    '{"answers": {}}'.encode("utf-16"),
    b'{"answers": ' + b"[" * 400 + b"]" * 400 + b"}",
    b'{"answers": {"f": ' + b"[" * 400 + b"]" * 400 + b"}}",
    b"[" * 100_000,
    b"\0" * 64,
]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda data: repr(data[:24]))
def test_a_broken_file_is_kept_aside_byte_for_byte_and_reported(
    tmp_path: Path, broken: bytes
) -> None:
    (tmp_path / ANSWERS_FILE).write_bytes(broken)
    store = Store(tmp_path)
    (kept,) = tmp_path.glob("answers.unreadable-*.json")
    assert kept.read_bytes() == broken
    (notice,) = store.notices
    assert str(tmp_path / ANSWERS_FILE) in notice
    assert f"It is kept as {kept.name}" in notice
    assert (store.put("f", "new"), Store(tmp_path)["f"].value) == ("", "new")
    assert kept.read_bytes() == broken


def test_two_broken_files_in_one_second_are_both_kept(tmp_path: Path) -> None:
    for broken in (b"{1", b"{2", b"{3"):
        (tmp_path / ANSWERS_FILE).write_bytes(broken)
        Store(tmp_path)
    kept = {path.read_bytes() for path in tmp_path.glob("answers.unreadable-*.json")}
    assert kept == {b"{1", b"{2", b"{3"}


def test_a_byte_order_mark_is_no_damage(tmp_path: Path) -> None:
    (tmp_path / ANSWERS_FILE).write_bytes(b'\xef\xbb\xbf{"answers": {"f": {"value": "a"}}}')
    store = Store(tmp_path)
    assert (store.notices, store["f"].value) == ([], "a")


@pytest.mark.parametrize(
    "newer",
    [
        {"schema": 2, "answers": {"f": {"value": "a"}}, "more": 1},
        {"schema": 7, "answers": [["f", "a"]]},
        {"schema": 2},
    ],
)
def test_a_newer_file_is_never_touched(tmp_path: Path, newer: dict[str, Any]) -> None:
    before = write(tmp_path, newer).read_bytes()
    store = Store(tmp_path)
    (notice,) = store.notices
    assert f"newer version of the course (format {newer['schema']}; this version knows 1)" in notice
    assert "Update the course" in notice
    assert store.put("f", "b") == store.count("f", "hints") == store.refusal == notice
    assert store["f"].value == "b"  # for this sitting
    assert (tmp_path / ANSWERS_FILE).read_bytes() == before
    assert files(tmp_path) == [ANSWERS_FILE]


def test_a_newer_version_that_comes_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("f", "a")
    before = write(tmp_path, {"schema": 2, "answers": {}}).read_bytes()
    assert "newer version" in store.put("f", "b")
    assert store.refusal in store.notices
    assert store["f"].value == "b"
    assert (tmp_path / ANSWERS_FILE).read_bytes() == before


def test_a_folder_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ANSWERS_FILE).mkdir()
    store = Store(tmp_path)
    assert "cannot be opened (Is a directory)" in store.refusal
    assert store.notices == [store.refusal]
    assert store.put("f", "a") == store.refusal
    assert store["f"].value == "a"
    assert (tmp_path / ANSWERS_FILE).is_dir()


def test_a_locked_file_is_not_overwritten_unread(tmp_path: Path) -> None:
    before = write(tmp_path, {"answers": {"f": {"value": "a"}}}).read_bytes()
    with mock.patch.object(Path, "read_bytes", side_effect=PermissionError(13, "denied")):
        store = Store(tmp_path)
    assert "denied" in store.put("f", "b")
    assert (tmp_path / ANSWERS_FILE).read_bytes() == before


def test_a_broken_file_that_cannot_be_renamed_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ANSWERS_FILE).write_bytes(b"{")
    with mock.patch.object(Path, "rename", side_effect=PermissionError(13, "denied")):
        store = Store(tmp_path)
    assert "cannot be renamed either (denied). Rename it yourself" in store.put("f", "b")
    assert (tmp_path / ANSWERS_FILE).read_bytes() == b"{"


# --- writing that fails --------------------------------------------------------------------------


@pytest.mark.parametrize("call", ["os.fsync", "os.replace", "pathlib.Path.open"])
def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path, call: str) -> None:
    store = Store(tmp_path)
    store.put("f", "old")
    before = (tmp_path / ANSWERS_FILE).read_bytes()
    with mock.patch(call, side_effect=FULL):
        problem = store.put("f", "new")
    assert "could not be saved" in problem
    assert "No space left on device" in problem or call == "pathlib.Path.open"
    assert store["f"].value == "new"  # it is still on the screen
    assert (tmp_path / ANSWERS_FILE).read_bytes() == before
    assert files(tmp_path) == [ANSWERS_FILE]


def test_a_crash_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("f", "old")
    with mock.patch("os.replace", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        store.put("f", "new")
    assert Store(tmp_path)["f"].value == "old"
    assert files(tmp_path) == [ANSWERS_FILE]


@pytest.mark.parametrize("first", [True, False], ids=["no file yet", "a file"])
def test_what_could_not_be_saved_is_saved_with_the_next_change(tmp_path: Path, first: bool) -> None:
    if not first:
        write(tmp_path, {"answers": {"f": {"value": "old"}, "k": {"value": "kept"}}})
    store = Store(tmp_path)
    with mock.patch("os.fsync", side_effect=FULL):
        store.set_aside("f")
        store.put("f", 1)
        store.count("f", "checks")
        store.identify({"id": "anna"})
        assert store["f"].checks == 1
    assert store.put("g", 2) == ""
    again = Store(tmp_path)
    assert (again["f"].value, again["f"].checks, again["g"].value) == (1, 1, 2)
    assert again.learner == {"id": "anna"}
    assert len(content(tmp_path).get("set_aside", [])) == (0 if first else 1)
    assert store.count("f", "checks") == ""
    assert Store(tmp_path)["f"].checks == 2  # nothing is done twice


def test_a_file_locked_for_a_moment_is_written_with_the_next_change(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("f", 1)
    with mock.patch.object(Path, "read_bytes", side_effect=PermissionError(13, "denied")):
        assert "could not be saved" in store.put("g", 2)
    assert (store.refusal, store.put("h", 3)) == ("", "")
    again = Store(tmp_path)
    assert [again[name].value for name in "fgh"] == [1, 2, 3]


def test_permissions_are_the_users_own(tmp_path: Path) -> None:
    old = os.umask(0o077)
    try:
        store = Store(tmp_path)
        store.put("f", 1)
    finally:
        os.umask(old)
    path = tmp_path / ANSWERS_FILE
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    store.put("f", 2)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_huge_file_is_only_a_large_one(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("mail", "x" * 5_000_000)
    store.put("f", 1)
    again = Store(tmp_path)
    assert (len(again["mail"].value), again["f"].value) == (5_000_000, 1)


# --- others at the same file ---------------------------------------------------------------------


def test_two_notebooks_of_one_folder_keep_each_others_answers(tmp_path: Path) -> None:
    one, two = Store(tmp_path), Store(tmp_path)
    one.put("f", 1)
    two.put("g", 2)
    one.count("g", "checks")
    two.set_aside("f")
    one.put("h", 3)
    last = Store(tmp_path)
    assert [last[name].value for name in "fgh"] == [None, 2, 3]
    assert last["g"].checks == 1
    assert content(tmp_path)["set_aside"][0]["entry"]["value"] == 1


@pytest.mark.parametrize("damage", [None, b"", b'{"answ'], ids=["deleted", "emptied", "cut off"])
def test_a_file_lost_meanwhile_is_written_again(tmp_path: Path, damage: bytes | None) -> None:
    write(tmp_path, {"answers": {"old": {"value": 0}}, "learner": {"id": "anna"}, "x": 1})
    store, other = Store(tmp_path), Store(tmp_path)
    store.put("f", 1)
    if damage is None:
        (tmp_path / ANSWERS_FILE).unlink()
    else:
        (tmp_path / ANSWERS_FILE).write_bytes(damage)
    assert other.put("g", 2) == ""  # knows nothing of f
    assert store.put("h", 3) == ""
    kept = content(tmp_path)
    assert {name: entry["value"] for name, entry in kept["answers"].items()} == {
        "old": 0,
        "f": 1,
        "g": 2,
        "h": 3,
    }
    assert (kept["learner"], kept["x"]) == ({"id": "anna"}, 1)
    assert bool(other.notices) == (damage is not None)


# --- where nothing may be written ----------------------------------------------------------------


@pytest.mark.parametrize("mode", ["autograde", "validate"])
@pytest.mark.parametrize(
    "before", [None, b'{"answers": {"f": {"value": 1}}}', b"{", b'{"schema":9}']
)
def test_nothing_is_written_while_nbgrader_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str, before: bytes | None
) -> None:
    if before is not None:
        (tmp_path / ANSWERS_FILE).write_bytes(before)
    monkeypatch.setenv("NBGRADER_EXECUTION", mode)
    store = Store(tmp_path)
    assert store.put("f", 2) == store.count("f", "hints") == store.set_aside("f")
    assert store.refusal == "Answers are read only while a homework is being graded."
    assert bool(store.unreadable) == (before in (b"{", b'{"schema":9}'))
    assert str(tmp_path) not in " ".join(store.notices)  # feedback names no server's folders
    assert files(tmp_path) == ([] if before is None else [ANSWERS_FILE])
    if before is not None:
        assert (tmp_path / ANSWERS_FILE).read_bytes() == before


@pytest.mark.parametrize("folder", ["solutions", "exercises", "notebooks", "source", "release"])
def test_nothing_is_written_into_the_courses_own_folders(tmp_path: Path, folder: str) -> None:
    lesson = tmp_path / folder / "01_lesson"
    lesson.mkdir(parents=True)
    assert Store(lesson).put("f", 1) == ""  # an ordinary folder of that name
    (lesson / ANSWERS_FILE).unlink()
    (tmp_path / "nbgrader_config.py").write_text("")
    store = Store(lesson)
    assert f"the course's own copy in “{folder}”" in store.put("f", 1)
    assert store["f"].value == 1
    assert files(lesson) == []


@pytest.mark.parametrize("folder", ["01_lesson", "my-course/homework/01_lesson", "team/01"])
def test_beside_the_courses_own_folders_learners_write(tmp_path: Path, folder: str) -> None:
    (tmp_path / "nbgrader_config.py").write_text("")
    lesson = tmp_path / folder
    lesson.mkdir(parents=True)
    assert Store(lesson).put("f", 1) == ""


@pytest.mark.parametrize("folder", ["submitted", "autograded", "downloaded"])
def test_somebodys_submission_is_only_looked_at(tmp_path: Path, folder: str) -> None:
    (tmp_path / "nbgrader_config.py").write_text("")
    lesson = tmp_path / folder / "anna" / "01"
    lesson.mkdir(parents=True)
    assert "somebody's submission" in Store(lesson).put("f", 1)
    assert files(lesson) == []


def test_a_link_into_the_courses_own_folders_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text("")
    (tmp_path / "solutions" / "01").mkdir(parents=True)
    (tmp_path / "mine").symlink_to(tmp_path / "solutions" / "01")
    assert "own copy" in Store(tmp_path / "mine").put("f", 1)
