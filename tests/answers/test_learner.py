"""Learner ids: what is taken, what is proposed instead, and which variant belongs to whom."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from course.answers.errors import CourseError
from course.answers.learner import (
    PROFILE_FILE,
    WORKSPACE_MARK,
    clean_id,
    known_id,
    remember,
    suggest_id,
    system_name,
    variant_seed,
)
from course.answers.store import Store
from course.answers.work import Work


@pytest.mark.parametrize(
    "typed",
    ["anna", "anna.lee@example.com", "李雷", "7-up", "_x_", "zoë", "a" * 64, "界" * 40, "jean-luc"],
)
def test_taken_as_typed(typed: str) -> None:
    assert clean_id(f"  {typed}\n") == typed


def test_two_ways_to_type_one_name_are_one_id() -> None:
    assert clean_id("Zoe\u0308") == clean_id("Zo\u00eb") == clean_id("ZOE\u0308")


@pytest.mark.parametrize(
    ("typed", "said", "proposal"),
    [
        ("Anna Lee", "cannot hold a space", "anna.lee"),
        ("../x", "cannot hold '/'", "x"),
        ("a/b\\c", "cannot hold '/', '\\\\'", "a-b-c"),
        ("a+*?[]", "cannot hold '*', '+', '?', '[', ']'", "a"),
        ("a\0b", "cannot hold '\\x00'", "a-b"),
        ("anna😀", "cannot hold '😀'", "anna"),
        ("😀", "cannot hold '😀'", ""),
        ("a\ud83d", "cannot hold '\\ud83d'", "a"),
        (".", "“.” cannot be one", ""),
        ("..", "“..” cannot be one", ""),
        ("a..b", "“a..b” cannot be one", "a.b"),
        (".hidden", "“.hidden” cannot be one", "hidden"),
        ("-rf", "“-rf” cannot be one", "rf"),
        ("con", "“con” cannot be one", "id-con"),
        ("NUL.txt", "“nul.txt” cannot be one", "id-nul.txt"),
        ("con." + "a" * 61, "too long", "id-con." + "a" * 57),
        ("x" * 65, "too long", "x" * 64),
        ("界" * 41, "too long", "界" * 40),
        ("", "Please enter a learner id", ""),
        (" \t ", "Please enter a learner id", ""),
    ],
)
def test_refused_with_a_proposal_that_works(typed: str, said: str, proposal: str) -> None:
    with pytest.raises(CourseError) as caught:
        clean_id(typed)
    assert said in str(caught.value)
    assert suggest_id(typed) == proposal
    assert (f"Try “{proposal}”." in str(caught.value)) == bool(proposal)


@given(st.text(max_size=90) | st.from_regex(r"(con|lpt1|nul)\.?.{0,70}"))
@example("İ" * 64)
@example("con." + "a." * 40)
def test_a_proposal_is_taken_as_it_is(typed: str) -> None:
    proposal = suggest_id(typed)
    assert proposal == "" or clean_id(proposal) == proposal


@given(st.text(max_size=90))
def test_an_id_is_a_plain_name_of_a_folder(typed: str) -> None:
    try:
        name = clean_id(typed)
    except CourseError:
        return
    assert clean_id(name) == name == Path(name).name
    assert not set(name) & set('/\\:*?"<>|+[]\0 \n')
    assert name not in (".", "..")
    assert len(name.encode()) <= 120


# --- who is known --------------------------------------------------------------------------------


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    """A homework folder in a working folder."""
    (tmp_path / WORKSPACE_MARK).write_text("{}")
    folder = tmp_path / "homework" / "01"
    folder.mkdir(parents=True)
    text = json.dumps({"schema": 1, "course": "c", "lesson": "01", "forms": []})
    (folder / "forms.json").write_text(text)
    return folder


def test_nobody_is_known_at_first(lesson: Path) -> None:
    assert known_id(lesson) == ("", "")
    assert Work(lesson).learner_id == ""


def test_the_id_is_asked_once_for_all_lessons(lesson: Path) -> None:
    assert Work(lesson).identify(" Zoë ") == ""
    assert Store(lesson).learner == {"id": "zoë", "given": " Zoë "}
    other = lesson.parent / "02"
    other.mkdir()
    assert known_id(other) == ("zoë", PROFILE_FILE)


def test_without_a_working_folder_no_profile_is_written(tmp_path: Path) -> None:
    remember(tmp_path / "homework", "anna")
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize(
    "broken", [b"", b"[]", b'{"id": 5}', b'{"id": "a/b"}', b'{"name": "x"}', b"\xff\xfe"]
)
def test_a_broken_profile_is_asked_again_and_written_anew(lesson: Path, broken: bytes) -> None:
    profile = lesson.parents[1] / PROFILE_FILE
    profile.write_bytes(broken)
    assert known_id(lesson) == ("", "")
    Work(lesson).identify("anna")
    assert known_id(lesson) == ("anna", PROFILE_FILE)


@pytest.mark.parametrize(
    ("variable", "value", "found"),
    [
        ("JUPYTERHUB_USER", "anna", "anna"),
        ("COURSE_LEARNER", "Anna Lee", "anna.lee"),
        ("JUPYTERHUB_USER", "a/b", "a-b"),
        ("JUPYTERHUB_USER", "///", ""),
    ],
)
def test_a_hub_knows_its_users(
    lesson: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, found: str
) -> None:
    monkeypatch.setenv(variable, value)
    assert known_id(lesson) == (found, variable if found else "")


def test_the_sidecar_comes_first(lesson: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Work(lesson).identify("anna")
    monkeypatch.setenv("JUPYTERHUB_USER", "bert")
    assert Work(lesson).learner_id == "anna"
    assert Work(lesson).seed == variant_seed("c", "anna")


def test_who_grades_is_not_taken_for_the_learner(
    lesson: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(lesson, "instructor")
    monkeypatch.setenv("JUPYTERHUB_USER", "instructor")
    assert Work(lesson).learner_id == "instructor"
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert Work(lesson).learner_id == ""


@pytest.mark.parametrize("stored", ["a/b", "", 5, None, ["x"]])
def test_an_id_spoilt_by_hand_is_asked_again(lesson: Path, stored: object) -> None:
    (lesson / "answers.json").write_text(json.dumps({"learner": {"id": stored}, "answers": {}}))
    assert Work(lesson).learner_id == ""


@pytest.mark.parametrize(
    ("user", "offered"), [("root", ""), ("jovyan", ""), ("Anna Lee", "anna.lee"), ("/", "")]
)
def test_the_systems_user_is_offered_if_it_names_a_person(
    monkeypatch: pytest.MonkeyPatch, user: str, offered: str
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: user)
    assert system_name() == offered


# --- variants ------------------------------------------------------------------------------------


def test_a_variant_is_the_same_for_ever() -> None:
    """Changing this value gives every learner of a running course other data: do not."""
    assert variant_seed("lead-the-deal", "anna") == 2419346844


def test_learners_get_different_variants() -> None:
    seeds = {variant_seed("c", f"learner-{number}") for number in range(2000)}
    assert len(seeds) == 2000
    assert sum(seed % 2 for seed in seeds) == pytest.approx(1000, abs=150)
    assert variant_seed("c", "anna") != variant_seed("d", "anna")
