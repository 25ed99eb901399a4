"""Real course folders with real gradebooks, made by nbgrader in this process."""

import logging
import os
import shutil
import sys
from pathlib import Path

import nbgrader
import pytest
from nbgrader.converters import GenerateAssignment

from course.grading.folder import CourseFolder
from tests.grading.conftest import ROOT

GUIDE = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"


def open_folder(root: Path) -> CourseFolder:
    """Open a course folder as `course grade` run in it does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)  # nbgrader reads the settings of the current folder, too
        return CourseFolder.open()


def generate(root: Path, assignment: str) -> CourseFolder:
    """Run `nbgrader generate_assignment`, without starting it anew."""
    folder = open_folder(root)
    folder.coursedir.assignment_id = assignment
    with pytest.MonkeyPatch.context() as patch:
        # nbgrader calls alembic by name
        patch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        converter = GenerateAssignment(coursedir=folder.coursedir, parent=folder.app, force=True)
        converter.log.setLevel(logging.ERROR)
        converter.start()
    return folder


def demo(root: Path) -> CourseFolder:
    """nbgrader's own example course, as `nbgrader quickstart` lays it out."""
    (root / "source").mkdir(parents=True)
    shutil.copytree(GUIDE / "source" / "ps1", root / "source" / "ps1")
    shutil.copy(GUIDE / "source" / "header.ipynb", root / "source")
    (root / "nbgrader_config.py").write_text(
        "c = get_config()\n"
        'c.CourseDirectory.course_id = "demo"\n'
        'c.IncludeHeaderFooter.header = "source/header.ipynb"\n'
    )
    return generate(root, "ps1")


def ours(root: Path) -> CourseFolder:
    """Our own course: sources, releases, settings."""
    for name in ("solutions", "exercises"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    return generate(root, "01_leading_the_deal")
