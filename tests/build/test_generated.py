"""The generated folders are exactly what the sources make, and hold nothing they must not."""

import json
import re
from pathlib import Path, PurePosixPath

import nbformat
import pytest

from course.build.errors import BuildError
from course.build.lessons import find_lessons
from course.build.tree import Tree, build_tree, differences, write_tree

ROOT = Path(__file__).parents[2]
LESSONS = find_lessons()


@pytest.fixture(scope="module")
def tree() -> Tree:
    return build_tree(LESSONS)


def test_generated_folders_are_up_to_date(tree: Tree) -> None:
    assert differences(tree, ROOT) == [], "run: make build"


def test_building_again_changes_no_byte(tree: Tree) -> None:
    assert build_tree(find_lessons()) == tree


def test_notebooks_are_valid_and_carry_no_outputs(tree: Tree) -> None:
    for path, content in tree.items():
        if path.suffix != ".ipynb":
            continue
        notebook = nbformat.reads(content.decode(), as_version=4)
        nbformat.validate(notebook)
        assert notebook.metadata.kernelspec.name == "python3"
        assert notebook.metadata.course.run_on_open is True
        for cell in notebook.cells:
            assert not cell.get("outputs")
            assert cell.get("execution_count") is None


def learners_files(tree: Tree) -> dict[PurePosixPath, str]:
    return {path: text.decode() for path, text in tree.items() if path.parts[0] != "solutions"}


def test_nothing_secret_reaches_a_learner(tree: Tree) -> None:
    """No marker, no hidden test, no solution, no reason of a graded key, in any learner's file."""
    secrets = {"BEGIN HIDDEN TESTS", "END HIDDEN TESTS", "BEGIN SOLUTION", "END SOLUTION"}
    for lesson in LESSONS:
        keys = json.dumps(lesson.keys, ensure_ascii=False)
        secrets.update(re.findall(r'"(?:say|right|otherwise)": "([^"]+)"', keys))
        for path in lesson.folder.glob("homework.py"):
            for region in ("SOLUTION", "HIDDEN TESTS"):
                pattern = rf"### BEGIN {region}\n(.*?)### END {region}"
                for block in re.findall(pattern, path.read_text(), flags=re.DOTALL):
                    secrets.update(s for s in map(str.strip, block.splitlines()) if len(s) > 12)
    assert len(secrets) > 30  # the search itself finds something
    for path, text in learners_files(tree).items():
        plain = (
            text
            if path.suffix != ".ipynb"
            else "\n".join(cell.source for cell in nbformat.reads(text, as_version=4).cells)
        )
        for secret in secrets:
            assert secret not in plain, f"{path} holds: {secret}"
        if path.parts[0] == "exercises" and path.name == "forms.json":
            assert all("key" not in form for form in json.loads(text)["forms"])


def test_every_cell_of_homework_is_locked_but_the_learners_own(tree: Tree) -> None:
    for path, content in tree.items():
        if path.parts[0] == "exercises" and path.suffix == ".ipynb":
            for cell in nbformat.reads(content.decode(), as_version=4).cells:
                facts = cell.metadata.nbgrader
                assert facts.locked or facts.solution
                if facts.grade or facts.solution:
                    assert "raises-exception" in cell.metadata.tags


def test_write_removes_what_is_no_longer_built(tree: Tree, tmp_path: Path) -> None:
    write_tree(tree, tmp_path)
    stale = tmp_path / "notebooks" / "99_gone" / "99_gone.ipynb"
    stale.parent.mkdir()
    stale.write_text("{}")
    assert differences(tree, tmp_path) == [
        "notebooks/99_gone/99_gone.ipynb is not built from any source"
    ]
    write_tree(tree, tmp_path)
    assert not stale.parent.exists()
    assert differences(tree, tmp_path) == []
    assert write_tree(tree, tmp_path) == []


@pytest.mark.parametrize(
    "name", ["answers.json", "answers.unreadable-1.json", "notes.csv", "my-work.ipynb", "notes.md"]
)
def test_write_stops_before_touching_what_no_build_made(
    name: str, tree: Tree, tmp_path: Path
) -> None:
    write_tree(tree, tmp_path)
    stranger = tmp_path / "solutions" / next(les.slug for les in LESSONS if les.homework) / name
    stranger.write_text("somebody's work")
    with pytest.raises(BuildError, match=re.escape(name)):
        write_tree({}, tmp_path)
    assert stranger.read_text() == "somebody's work"
    assert differences({**tree}, tmp_path) != []
    assert (tmp_path / "notebooks" / "START.md").exists()
