"""The specification of an assignment, read from real course folders and real gradebooks."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.utils import compute_checksum

from course.grading.spec import Assignment, SpecError, read_assignment
from course.grading.spec.gradebook import Recorded, RecordedCell
from course.grading.spec.names import defined, imported
from course.grading.spec.release import Template, lay_out, read_template
from tests.grading.intake import courses, samples

SLUG = "01_leading_the_deal"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return courses.demo(tmp_path_factory.mktemp("demo") / "course").root


@pytest.fixture
def course(demo: Path, tmp_path: Path) -> Path:
    """A copy of nbgrader's example to spoil."""
    return shutil.copytree(demo, tmp_path / "course")


def read(root: Path, name: str = "ps1") -> Assignment:
    return read_assignment(courses.open_folder(root), name)


def refused(root: Path, name: str = "ps1") -> str:
    with pytest.raises(SpecError) as caught:
        read(root, name)
    return str(caught.value)


@pytest.mark.kernel
def test_nbgraders_example(demo: Path) -> None:
    spec = read(demo)
    assert [notebook.name for notebook in spec.notebooks] == ["problem1", "problem2"]
    first, second = spec.notebooks
    assert [(cell.grade_id, cell.kind, cell.points) for cell in first.nbgrader_cells] == [
        ("jupyter", "locked", 0.0),
        ("squares", "answer", 0.0),
        ("correct_squares", "test", 1.0),
        ("squares_invalid_input", "test", 1.0),
        ("sum_of_squares", "answer", 0.0),
        ("correct_sum_of_squares", "test", 0.5),
        ("sum_of_squares_uses_squares", "test", 0.5),
        ("sum_of_squares_equation", "manual", 1.0),
        ("sum_of_squares_application", "manual", 2.0),
        ("cell-938593c4a215c6cc", "task", 4.0),
    ]
    assert [cell.kind for cell in second.cells] == [
        *["ordinary"] * 5,
        "manual",
        "ordinary",
        "manual",
    ]
    assert set(spec.files) == {"jupyter.png"}
    assert spec.answers[:2] == ("squares", "sum_of_squares")
    assert "pyramidal_number" in spec.answers  # the solution says so, the release does not
    assert spec.notes == ()
    assert spec.limits.cell_seconds == 30


@pytest.mark.kernel
def test_our_homework(tmp_path: Path) -> None:
    root = courses.ours(tmp_path / "ours").root
    spec = read(root, SLUG)
    (notebook,) = spec.notebooks
    released = json.loads((root / "exercises" / SLUG / "homework.ipynb").read_text())["cells"]
    assert [cell.cell_id for cell in notebook.cells] == [cell["id"] for cell in released]
    assert [cell.shown for cell in notebook.cells] == ["".join(c["source"]) for c in released]
    tests = [cell for cell in notebook.cells if cell.kind == "test"]
    assert sum(cell.points for cell in tests) == 20
    assert all("HIDDEN TESTS" in cell.source for cell in tests)
    assert not any("HIDDEN TESTS" in cell.shown for cell in notebook.cells)
    assert set(spec.files) == {"forms.json"}
    assert spec.keeps == ("answers.json",)
    assert "pandas" in spec.modules
    assert spec.answers == ("long_silences", "unpaid_share", "should_drop")
    assert "keys.json" in spec.ignore


@pytest.mark.kernel
def test_the_digest_changes_with_what_a_grade_depends_on(course: Path) -> None:
    first = read(course)
    assert read(course).digest == first.digest
    assert replace(first, limits=replace(first.limits, cell_seconds=1)).digest != first.digest
    (course / "source" / "ps1" / "data.csv").write_bytes(b"new")
    assert read(course).digest != first.digest


@pytest.mark.kernel
def test_files_are_those_that_nbgrader_would_copy(course: Path) -> None:
    source = course / "source" / "ps1"
    for path in ("lib/help.py", "lib/help.pyc", "own.py", ".ipynb_checkpoints/x.txt", "more.ipynb"):
        (source / path).parent.mkdir(exist_ok=True)
        (source / path).write_bytes(b"import help")
    settings = course / "nbgrader_config.py"
    settings.write_text(
        settings.read_text() + "c.Autograde.exclude_overwriting = {'ps1': ['own.py']}\n"
        "c.Execute.timeout = 5\n"
    )
    spec = read(course)
    assert set(spec.files) == {"jupyter.png", "lib/help.py"}
    assert spec.keeps == ("own.py",)
    assert spec.limits.cell_seconds == 5


@pytest.mark.kernel
@pytest.mark.parametrize("gone", [(), ("release",), ("source",), ("source", "release")])
def test_cells_and_order_without_release_or_source(
    gone: tuple[str, ...], course: Path, demo: Path
) -> None:
    for name in gone:
        shutil.rmtree(course / name)
    cells = {cell.grade_id: cell for cell in read(course).notebooks[0].nbgrader_cells}
    whole = {cell.grade_id: cell for cell in read(demo).notebooks[0].nbgrader_cells}
    assert set(cells) == set(whole)
    if len(gone) < 2:
        assert list(cells) == list(whole)
    for name, cell in cells.items():
        other = whole[name]
        assert (cell.kind, cell.source, cell.points, cell.checksum) == (
            (other.kind, other.source, other.points, other.checksum)
        )
        assert cell.shown == other.shown
        if "release" not in gone:
            assert cell.metadata == other.metadata


@pytest.mark.kernel
def test_an_unknown_assignment(demo: Path) -> None:
    assert "Did you mean ps1?" in refused(demo, "ps2")
    assert "It knows: ps1." in refused(demo, "homework")
    assert "`nbgrader generate_assignment homework`" in refused(demo, "homework")


@pytest.mark.kernel
def test_an_assignment_without_notebooks(course: Path) -> None:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "demo") as gradebook:
        gradebook.add_assignment("empty")
    assert "has no notebooks" in refused(course, "empty")


def _no_gradebook(path: Path) -> None:
    path.unlink()


def _not_a_database(path: Path) -> None:
    path.write_bytes(b"this is no database, however long it is" * 99)


def _empty_file(path: Path) -> None:
    path.write_bytes(b"")


def _of_an_older_version(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("UPDATE alembic_version SET version_num = '50a4d84c131a'")


def _of_a_much_older_version(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("DROP TABLE alembic_version")
        database.execute("DROP TABLE base_cell")


@pytest.mark.kernel
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_no_gradebook, "There is no gradebook"),
        (_not_a_database, "cannot be read: file is not a database"),
        (_empty_file, "is empty"),
        (_of_an_older_version, "nbgrader db upgrade"),
        (_of_a_much_older_version, "nbgrader db upgrade"),
    ],
)
def test_a_gradebook_that_cannot_be_read_is_left_as_it_is(
    spoil: Callable[[Path], None], said: str, course: Path
) -> None:
    path = course / "gradebook.db"
    spoil(path)
    before = path.read_bytes() if path.exists() else None
    assert said in refused(course)
    assert (path.read_bytes() if path.exists() else None) == before


@pytest.mark.kernel
@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://anna:secret@localhost:1/x", "cannot be read"),
        ("nonsense://x", "cannot be read"),
        ("nonsense", "cannot be read"),
    ],
)
def test_other_databases(url: str, said: str, course: Path) -> None:
    settings = course / "nbgrader_config.py"
    settings.write_text(settings.read_text() + f"c.CourseDirectory.db_url = {url!r}\n")
    message = refused(course)
    assert said in message
    assert "secret" not in message


def change(course: Path, sql: str) -> None:
    with sqlite3.connect(course / "gradebook.db") as database:
        assert database.execute(sql).rowcount == 1


@pytest.mark.kernel
@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "UPDATE source_cell SET source = 'assert True' WHERE name = 'correct_squares'",
            "'correct_squares' of notebook 'problem1': its text in the gradebook does not fit",
        ),
        (
            "UPDATE source_cell SET cell_type = 'markdown' WHERE name = 'correct_squares'",
            "it holds tests, so it must be code",
        ),
        ("DELETE FROM source_cell WHERE name = 'squares'", "no text for cell 'squares'"),
        (
            'UPDATE notebook SET kernelspec = \'{"name": "ir", "language": "R"}\''
            " WHERE name = 'problem2'",
            "'problem2' is written for R (kernel 'ir')",
        ),
    ],
)
def test_contradictions_are_told(sql: str, said: str, course: Path) -> None:
    change(course, sql)
    assert said in refused(course)


@pytest.mark.kernel
def test_a_kernel_of_an_unknown_name_is_python_unless_something_says_otherwise(
    course: Path,
) -> None:
    sql = "UPDATE notebook SET kernelspec = '{}' WHERE name = 'problem2'"
    change(course, sql.replace("{}", '{"name": "my-env", "display_name": "My"}'))
    assert read(course).notebooks[1].metadata["kernelspec"]["name"] == "my-env"
    path = course / "release" / "ps1" / "problem2.ipynb"
    notebook = json.loads(path.read_text())
    notebook["metadata"]["language_info"] = {"name": "julia"}
    path.write_text(json.dumps(notebook))
    assert "written for julia" in refused(course)


@pytest.mark.kernel
def test_cells_that_neither_release_nor_source_has_are_told(course: Path) -> None:
    for where in ("release", "source"):
        path = course / where / "ps1" / "problem1.ipynb"
        notebook = json.loads(path.read_text())
        notebook["cells"] = [
            cell
            for cell in notebook["cells"]
            if cell["metadata"].get("nbgrader", {}).get("grade_id") != "squares"
        ]
        path.write_text(json.dumps(notebook))
    spec = read(course)
    assert spec.notebooks[0].cells[-1].grade_id == "squares"
    assert "graded at its end: squares" in spec.notes[0]


def recorded(**changes: object) -> Recorded:
    cell = RecordedCell("a", "code", "x = 1", "", locked=False, solution=True)
    return Recorded("n", {}, (replace(cell, **changes),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes", [{"solution": False}, {"solution": False, "task": True, "locked": True}]
)
def test_impossible_cells(changes: dict[str, bool]) -> None:
    with pytest.raises(SpecError, match="Cell 'a' of notebook 'n'"):
        lay_out(recorded(**changes), Template(), Template())


def test_a_checksum_that_is_not_recorded_is_computed() -> None:
    notebook, _notes = lay_out(recorded(solution=False, locked=True), Template(), Template())
    (cell,) = notebook.cells
    assert cell.checksum == cell.metadata["nbgrader"]["checksum"]
    from nbformat import from_dict

    node = from_dict({"cell_type": "code", "source": cell.source, "metadata": cell.metadata})
    assert cell.checksum == compute_checksum(node)


def test_ids_are_valid_and_different() -> None:
    cells = [{"cell_type": "code", "id": i, "source": "", "metadata": {}} for i in ("a", "a", "/")]
    cells.append({"cell_type": "markdown", "source": ["b"], "metadata": {"nbgrader": []}})
    notebook, _notes = lay_out(recorded(), Template(tuple(cells)), Template())
    assert [cell.cell_id for cell in notebook.cells] == [
        "a",
        "cell-1",
        "cell-2",
        "cell-3",
        "cell-4",
    ]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"cells": 1}', b'{"worksheets": []}'])
def test_a_broken_release_is_as_none(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_bytes(content)
    assert read_template(tmp_path / "a.ipynb") == Template()
    assert read_template(tmp_path / "none.ipynb") == Template()


def test_names_that_a_cell_defines() -> None:
    source = (
        "def f(a=1):\n    inner = 2\nasync def g(): pass\nclass A(B): pass\n"
        "a, b = 1, 2\nc: dict[str, int] = {}\nd == 1\ne += 1\n%time x = 1\nf(y=1)\nz.w = 2\nf = 3"
    )
    assert defined(source) == ("f", "g", "A", "a", "b", "c")


def test_modules_that_a_cell_imports() -> None:
    source = (
        "import pandas as pd, numpy\nfrom a.b import c\nif True:\n    import d.e  # f\n"
        "from . import g\nimportant = 1\n%matplotlib inline\nimport pandas"
    )
    assert imported(source) == ("pandas", "numpy", "a.b", "d.e")


def test_the_role_of_every_kind() -> None:
    (notebook,) = samples.spec().notebooks
    assert {cell.kind: cell.role for cell in notebook.cells if cell.cell_type == "code"} == {
        "locked": "setup",
        "ordinary": "learner",
        "answer": "learner",
        "test": "test",
        "manual": "learner",
    }
