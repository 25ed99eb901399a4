"""What a learner installs: the course, its lessons and exercises, and nothing of the author's."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_wheel_carries_what_learners_open(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    for folder in ("notebooks", "exercises"):
        shipped = [p for p in (ROOT / folder).rglob("*") if p.suffix in (".ipynb", ".json", ".md")]
        assert shipped
        for path in shipped:
            if ".ipynb_checkpoints" not in path.parts:
                assert f"course/content/{path.relative_to(ROOT).as_posix()}" in names
    extension = [n for n in names if "share/jupyter/labextensions/lead-the-deal/" in n]
    assert any(n.endswith("package.json") for n in extension)
    assert any(n.endswith("remoteEntry.js") for n in extension)
    assert "course/widgets/style.css" in names


def test_the_wheel_holds_no_solution_and_no_source(wheel: zipfile.ZipFile) -> None:
    for name in wheel.namelist():
        assert not name.startswith(("course/lessons/", "course/content/solutions", "solutions"))
        assert not name.endswith(("keys.json", "answers.json", "lesson.toml"))
        if name.startswith("course/content"):
            text = wheel.read(name).decode()
            assert "HIDDEN TESTS" not in text
            assert "BEGIN SOLUTION" not in text


def test_an_installed_course_finds_its_content(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path / "site")
    code = (
        "from course.desk import lay_out; from pathlib import Path;"
        "lay_out(Path('my-course')); import course; print(course.__file__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "site"), "PATH": ""},
        check=True,
        capture_output=True,
        text=True,
    )
    assert str(tmp_path / "site") in done.stdout
    desk = tmp_path / "my-course"
    made = {path.relative_to(desk).as_posix() for path in desk.rglob("*.ipynb")}
    assert "homework/01_leading_the_deal/homework.ipynb" in made
