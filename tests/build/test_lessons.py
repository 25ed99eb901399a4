"""Lesson folders: malformed ones fail with the file and the cure; a new one needs no list."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from course.answers.errors import CourseError
from course.build.errors import BuildError
from course.build.lessons import find_lessons, load_lesson
from course.build.scaffold import scaffold
from course.build.tree import build_tree
from tests.lessons import checks

Change = Callable[[Path], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A lesson fresh from the scaffold."""
    return scaffold("07_renewals", tmp_path / "lessons")


def text(name: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        path = folder / name
        before = path.read_text()
        assert old in before
        path.write_text(before.replace(old, new, 1))

    return change


def data(name: str, edit: Callable[[dict], object]) -> Change:
    def change(folder: Path) -> None:
        content = json.loads((folder / name).read_text())
        edit(content)
        (folder / name).write_text(json.dumps(content))

    return change


def sidecar(folder: Path) -> None:
    (folder / "answers.json").write_text("{}")


def no_table(folder: Path) -> None:
    path = folder / "lesson.toml"
    path.write_text(path.read_text().partition("[homework]")[0] + "[claims]\n")


def no_homework(folder: Path) -> None:
    (folder / "homework.py").unlink()


FAULTS: dict[str, tuple[Change, str, str]] = {
    "unknown key": (text("lesson.toml", "minutes", "minuts"), "lesson.toml", "mean “minutes”"),
    "unknown key in homework": (
        text("lesson.toml", "points = 3", "points = 3\npoint = 4"),
        "lesson.toml",
        "unknown name “homework.point”. Did you mean “points”?",
    ),
    "missing key": (
        text("lesson.toml", "term = ", "# "),
        "lesson.toml",
        "must contain ['term'] properties",
    ),
    "wrong type": (text("lesson.toml", "minutes = 20", 'minutes = "20"'), "lesson.toml", "minutes"),
    "not toml": (text("lesson.toml", "title = ", "title "), "lesson.toml", "not valid TOML"),
    "no such claim": (
        text("lesson.toml", "[claims]", '[claims]\n"S9.1" = "setup"'),
        "lesson.toml",
        "claims",
    ),
    "claim taught nowhere": (
        text("lesson.toml", "[claims]", '[claims]\n"S1.1" = "setpu"'),
        "lesson.toml",
        "Did you mean “setup”?",
    ),
    "points do not add up": (
        text("lesson.toml", "points = 3", "points = 4"),
        "lesson.toml",
        "add up to 3",
    ),
    "not json": (text("forms.json", "[", "("), "forms.json:2", "not valid JSON"),
    "unknown group": (text("forms.json", "practice", "practise"), "forms.json", "“practice”?"),
    "unknown kind": (
        text("forms.json", '"single"', '"singel"'),
        "forms.json",
        "unknown kind “singel”",
    ),
    "unknown form key": (
        data("forms.json", lambda d: d["graded"][0].update(colour="red")),
        "forms.json",
        "colour",
    ),
    "key beside a graded form": (
        data("forms.json", lambda d: d["graded"][0].update(key={"accept": ["ask"]})),
        "forms.json",
        "belongs in keys.json",
    ),
    "graded without points": (
        data("forms.json", lambda d: d["graded"][0].pop("points")),
        "forms.json",
        "needs “points”",
    ),
    "practice with points": (
        data("forms.json", lambda d: d["practice"][0].update(points=1)),
        "forms.json",
        "leave them out",
    ),
    "one id twice": (
        data("forms.json", lambda d: d["graded"].append(d["graded"][0])),
        "forms.json",
        "used by more than one form",
    ),
    "one id in both": (
        data("forms.json", lambda d: d["practice"].append({**d["practice"][0], "id": "choose"})),
        "forms.json",
        "both practice and graded",
    ),
    "key of nothing": (
        data("keys.json", lambda d: d["keys"].update(chose={"accept": ["ask"]})),
        "keys.json",
        "no graded form",
    ),
    "keys are a list": (data("keys.json", lambda d: d.update(keys=[])), "keys.json", "form id"),
    "key for keys": (
        data("keys.json", lambda d: d.update(key=d.pop("keys"))),
        "keys.json",
        "Did you mean “keys”?",
    ),
    "key names no choice": (
        data("keys.json", lambda d: d["keys"]["choose"].update(accept=["aks"])),
        "keys.json",
        "one of the offered choices",
    ),
    "right and wrong at once": (
        data("keys.json", lambda d: d["keys"]["choose"]["wrong"][0].update({"if": ["ask"]})),
        "keys.json",
        "is accepted already",
    ),
    "no key": (data("keys.json", lambda d: d["keys"].clear()), "keys.json", "no key for “choose”"),
    "form not shown": (
        text("homework.py", '# %% form="choose"', "# %%"),
        "homework.py",
        "is not shown",
    ),
    "form shown twice": (
        text("lesson.py", '# %% form="predict"', '# %% form="predict"\n\n# %% form="predict"'),
        "lesson.py",
        "shown twice",
    ),
    "no such form": (
        text("homework.py", 'form="choose"', 'form="chose"'),
        "homework.py:16",
        "no graded form “chose”",
    ),
    "graded cell in a lesson": (
        text("lesson.py", '# %% form="predict"', '# %% form="predict"\n\n# %% grade="x" points=1'),
        "lesson.py",
        "belong in homework.py",
    ),
    "a second solution": (
        text(
            "homework.py",
            '# %% grade="margin"',
            '# %% solution="margin"\n### BEGIN SOLUTION\n### END SOLUTION\n\n# %% grade="margin"',
        ),
        "homework.py",
        "a second solution",
    ),
    "no such task to leave out": (
        text("lesson.toml", "points = 3", 'points = 3\nleave_out = ["margins"]'),
        "lesson.toml",
        "Did you mean “margin”?",
    ),
    "part of no task": (
        text("homework.py", "# %% [markdown]", '# %% [markdown] part="magrin"'),
        "homework.py",
        "Did you mean “margin”?",
    ),
    "a sidecar among the sources": (sidecar, "answers.json", "Move the file away"),
    "homework without a table": (no_table, "homework.py", "no [homework] table"),
    "a table without homework": (no_homework, "homework.py", "is missing"),
}


@pytest.mark.parametrize(("change", "where", "cure"), FAULTS.values(), ids=FAULTS.keys())
def test_a_malformed_lesson_names_the_file_and_the_cure(
    change: Change, where: str, cure: str, folder: Path
) -> None:
    change(folder)
    with pytest.raises(BuildError) as caught:
        build_tree([load_lesson(folder)])
    assert where in str(caught.value)
    assert cure in str(caught.value)


def test_two_lessons_cannot_share_a_place(folder: Path) -> None:
    shutil.copytree(folder, folder.with_name("08_other"))
    with pytest.raises(BuildError, match="already taken by 07_renewals"):
        find_lessons(folder.parent)


@pytest.mark.parametrize(
    "slug", ["renewals", "7_renewals", "07_Renewals", "07_", "07/x", "../07_x"]
)
def test_a_name_that_cannot_be_a_lesson_is_refused(slug: str, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="two digits, then small words"):
        scaffold(slug, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_scaffold_never_overwrites(folder: Path) -> None:
    (folder / "lesson.py").write_text("my work")
    with pytest.raises(CourseError, match="exists already"):
        scaffold("07_renewals", folder.parent)
    assert (folder / "lesson.py").read_text() == "my work"


def test_scaffolds_take_the_next_free_place(folder: Path) -> None:
    scaffold("07_another", folder.parent)
    assert [lesson.order for lesson in find_lessons(folder.parent)] == [7, 8]


@pytest.mark.kernel
def test_a_scaffolded_lesson_builds_and_passes_every_lessons_tests(
    folder: Path, tmp_path: Path
) -> None:
    (lesson,) = find_lessons(folder.parent)
    checks.write(lesson, tmp_path)
    checks.check_lesson_runs(lesson, tmp_path)
    checks.check_model_answer(lesson, tmp_path)
    shutil.rmtree(tmp_path / "solutions")
    checks.write(lesson, tmp_path)
    checks.check_untouched(lesson, tmp_path)


def test_a_task_can_be_left_out(folder: Path) -> None:
    text("lesson.toml", "points = 3", 'points = 3\nleave_out = ["margin"]')(folder)
    text(
        "homework.py",
        "# %% [markdown]\n# ## Task 2",
        '# %% [markdown] part="margin"\n# @points@ ## Task 2',
    )(folder)
    (lesson,) = find_lessons(folder.parent)
    files = build_tree([lesson])
    released = files[PurePosixPath("exercises/07_renewals/homework.ipynb")].decode()
    assert "margin(" not in released
    assert "Task 2" not in released
    assert '"choose"' in released
    assert "1 points" in files[PurePosixPath("notebooks/START.md")].decode()


def test_a_form_can_be_left_out(folder: Path) -> None:
    text("lesson.toml", "points = 3", 'points = 3\nleave_out = ["choose"]')(folder)
    (lesson,) = find_lessons(folder.parent)
    files = build_tree([lesson])
    forms = json.loads(files[PurePosixPath("exercises/07_renewals/forms.json")])["forms"]
    assert forms == []
    assert "margin" in files[PurePosixPath("exercises/07_renewals/homework.ipynb")].decode()
