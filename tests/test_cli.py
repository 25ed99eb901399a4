"""The command as people type it: what it says, where, and how it ends."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import drive
from tests.lessons.lesson01 import RIGHT_SORT, SLUG

ROOT = Path(__file__).parents[1]


def course(*arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", "from course.cli import main; main()", *arguments],
        cwd=cwd,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(cwd), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    from course.desk import lay_out

    lay_out(tmp_path / "my-course")
    return tmp_path / "my-course"


def test_version_and_help(tmp_path: Path) -> None:
    assert course("--version", cwd=tmp_path).stdout.startswith("Lead the Deal ")
    said = course("--help", cwd=tmp_path).stdout
    for verb in ("start", "submit", "build", "new"):
        assert verb in said


def test_build_check_agrees_with_what_is_committed(tmp_path: Path) -> None:
    done = course("build", "--check", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "generated files are up to date" in done.stdout


def test_build_check_fails_on_an_edited_notebook(tmp_path: Path) -> None:
    for name in ("course", "notebooks", "solutions", "exercises"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    notebook = tmp_path / "solutions" / SLUG / "homework.ipynb"
    notebook.write_text(notebook.read_text().replace("Twelve", "Eleven"))
    done = subprocess.run(
        [sys.executable, "-c", "from course.cli import main; main()", "build", "--check"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"solutions/{SLUG}/homework.ipynb is out of date" in done.stdout
    assert "make build" in done.stdout


def test_new_refuses_a_bad_name_in_one_sentence(tmp_path: Path) -> None:
    done = course("new", "Renewals!", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("“Renewals!” cannot name a lesson")
    assert "Traceback" not in done.stderr


def test_submit_packs_and_says_what_is_open(desk: Path) -> None:
    folder = desk / "homework" / SLUG
    drive.fill(folder, "sort_messages", {"m1": RIGHT_SORT["m1"]})
    done = course("submit", SLUG, "--learner", "李雷", cwd=desk)
    assert done.returncode == 0, done.stderr
    assert "“Twelve messages”: 11 things are still open" in done.stdout
    (made,) = (desk / "handed-in").iterdir()
    assert str(made) in done.stdout
    assert made.name.startswith(f"{SLUG}__李雷__")


def test_submit_asks_which_homework_if_there_are_several(desk: Path) -> None:
    done = course("submit", "--learner", "anna", cwd=desk)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Which homework? Name one of: {SLUG}, ")


def test_submit_asks_who_is_handing_in(desk: Path) -> None:
    done = course("submit", cwd=desk / "homework" / SLUG)
    assert done.returncode == 1
    assert "Who is handing in?" in done.stderr
    assert not (desk / "handed-in").exists()


def test_submit_refuses_an_odd_id_and_proposes_one(desk: Path) -> None:
    done = course("submit", SLUG, "--learner", "Anna Lee/Sales", cwd=desk)
    assert done.returncode == 1
    assert "Try “anna.lee-sales”." in done.stderr


def test_submit_outside_a_course_folder_says_where_to_go(tmp_path: Path) -> None:
    done = course("submit", cwd=tmp_path)
    assert done.returncode == 1
    assert "is not inside a course folder" in done.stderr
