"""What is rebuilt is what nbgrader's own sanitizing step makes of an ordinary submission.

Documented differences: notebooks are always of nbformat 4.5 with cell ids; the notebook's metadata
and that of all cells are the release's, so that a learner's own cells have none.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from course.grading.folder import CourseFolder
from course.grading.intake import take_in
from course.grading.spec import Assignment, read_assignment
from tests.grading.intake import courses
from tests.lessons.learner import Learner
from tests.lessons.lesson01 import LEARNERS, SLUG

pytestmark = pytest.mark.kernel

Raw = dict[str, Any]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    return courses.demo(tmp_path_factory.mktemp("demo") / "course")


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    return courses.ours(tmp_path_factory.mktemp("ours"))


def sanitized(folder: CourseFolder, assignment: str, path: Path) -> NotebookNode:
    """What nbgrader's own preprocessors make of a submitted notebook."""
    notebook = nbformat.read(path, as_version=4)
    resources = folder.resources(assignment, "anna", path.stem)
    for preprocessor in folder.autograde.sanitize_preprocessors:
        notebook, resources = preprocessor(parent=folder.autograde).preprocess(notebook, resources)
    return notebook


def compare(folder: CourseFolder, assignment: Assignment, submitted: Path) -> None:
    intake = take_in(assignment, submitted, "anna")
    assert intake.refusal is None
    assert intake.job is not None
    assert set(intake.notebooks) == {path.stem for path in submitted.glob("*.ipynb")}
    for name, node in intake.notebooks.items():
        wanted = sanitized(folder, assignment.name, submitted / f"{name}.ipynb")
        assert [(c.cell_type, c.source, c.get("outputs")) for c in node.cells] == [
            (c.cell_type, c.source, c.get("outputs")) for c in wanted.cells
        ]
        for cell, theirs in zip(node.cells, wanted.cells, strict=True):
            if "nbgrader" in theirs.metadata:
                assert cell.metadata == theirs.metadata
                assert cell.get("attachments") == theirs.get("attachments")
            else:
                assert cell.metadata in ({}, theirs.metadata)
        assert node.metadata.kernelspec == wanted.metadata.kernelspec


def work_in(release: Path, target: Path, change: Callable[[Raw], None]) -> Path:
    """Copy a release and work in its notebooks as JupyterLab leaves them."""
    shutil.copytree(release, target)
    for path in target.glob("*.ipynb"):
        notebook = json.loads(path.read_text())
        for number, cell in enumerate(notebook["cells"]):
            if cell["cell_type"] == "code":
                cell["execution_count"] = number
                cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "hello"}]
        change(notebook)
        path.write_text(json.dumps(notebook))
    return target


def grade_id(cell: Raw) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def answered(notebook: Raw) -> None:
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = f"# my answer to {grade_id(cell)}\nx = 1"


def with_own_cells(notebook: Raw) -> None:
    answered(notebook)
    for at in (0, 4, len(notebook["cells"])):
        own: Raw = {"cell_type": "markdown", "metadata": {"slideshow": {}}, "source": f"mine {at}"}
        code: Raw = {"cell_type": "code", "metadata": {}, "source": "y = 2"}
        code |= {"outputs": [], "execution_count": 1}
        for number, cell in enumerate((code, own)):
            if notebook["nbformat_minor"] >= 5:
                cell["id"] = f"own-{at}-{number}"
            notebook["cells"].insert(at + number, cell)


def with_ordinary_cells_edited_moved_and_deleted(notebook: Raw) -> None:
    answered(notebook)
    ordinary = [cell for cell in notebook["cells"] if not grade_id(cell)]
    if not ordinary:
        return
    ordinary[0]["source"] = "all new"
    notebook["cells"].remove(ordinary[-1])
    notebook["cells"].append(ordinary[-1])
    notebook["cells"].remove(ordinary[-2])


def with_locked_cells_changed(notebook: Raw) -> None:
    answered(notebook)
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            cell["metadata"]["nbgrader"]["points"] = 99
        if grade_id(cell) and not cell["metadata"]["nbgrader"]["solution"]:
            cell["source"] = "assert True"


def with_cell_types_changed(notebook: Raw) -> None:
    answered(notebook)
    for cell in notebook["cells"]:
        if grade_id(cell) and cell["cell_type"] == "markdown":
            cell |= {"cell_type": "code", "outputs": [], "execution_count": 1}
        elif grade_id(cell):
            cell["cell_type"] = "markdown"
            del cell["outputs"], cell["execution_count"]


CHANGES = (
    lambda notebook: None,
    answered,
    with_own_cells,
    with_ordinary_cells_edited_moved_and_deleted,
    with_locked_cells_changed,
)


@pytest.mark.parametrize("change", CHANGES)
def test_nbgraders_example(
    change: Callable[[Raw], None], demo: CourseFolder, tmp_path: Path
) -> None:
    submitted = work_in(demo.root / "release" / "ps1", tmp_path / "ps1", change)
    compare(demo, read_assignment(demo, "ps1"), submitted)


@pytest.mark.parametrize("learner", ["bitdiddle", "hacker"])
def test_the_learners_of_nbgraders_guide(learner: str, demo: CourseFolder, tmp_path: Path) -> None:
    submitted = courses.GUIDE / "submitted" / learner / "ps1"
    assignment = read_assignment(demo, "ps1")
    for notebook in assignment.notebooks:
        node = take_in(assignment, submitted, learner).notebooks[notebook.name]
        wanted = sanitized(demo, "ps1", submitted / f"{notebook.name}.ipynb")
        assert [(c.cell_type, c.source) for c in node.cells] == [
            (c.cell_type, c.source) for c in wanted.cells
        ]


@pytest.mark.parametrize("learner", LEARNERS, ids=lambda learner: learner.name)
def test_the_learners_of_our_homework(learner: Learner, ours: CourseFolder, tmp_path: Path) -> None:
    submitted = tmp_path / SLUG
    shutil.copytree(ours.root / "exercises" / SLUG, submitted)
    learner.work(submitted)
    assignment = read_assignment(ours, SLUG)
    compare(ours, assignment, submitted)
    job = take_in(assignment, submitted, learner.name).job
    assert job is not None
    answers = submitted / "answers.json"
    assert job.pinned == (("answers.json",) if answers.exists() else ())
    assert job.files.get("answers.json") == (answers.read_bytes() if answers.exists() else None)


@pytest.mark.parametrize("change", [*CHANGES, with_cell_types_changed])
def test_our_homework(change: Callable[[Raw], None], ours: CourseFolder, tmp_path: Path) -> None:
    submitted = work_in(ours.root / "exercises" / SLUG, tmp_path / SLUG, change)
    compare(ours, read_assignment(ours, SLUG), submitted)
