"""Malformed sources fail with the file, the line and the cure."""

from pathlib import Path

import pytest

from course.build.errors import BuildError
from course.build.sources import read_source

MALFORMED = {
    "no cells": ("x = 1\n", 1, "has no cells"),
    "text before": ("x = 1\n# %%\ny = 2\n", 1, "text before the first cell"),
    "unknown option": ('# %% fom="a"\n', 1, "Did you mean “form”?"),
    "unknown word": ("# %%\nx\n# %% banana\n", 3, "unknown name “banana”"),
    "two roles": ('# %% form="a" show="b"\n', 1, "one role per cell"),
    "no name": ("# %%\n\n# %% solution\n", 3, "needs a name"),
    "id on a form": ('# %% form="a" id="b"\n', 1, "id is for plain and show cells"),
    "odd id": ('# %% [markdown] id="My Cell"\n', 1, "id is for plain and show cells"),
    "odd name": ('# %% grade="My Task" points=2\n', 1, "needs a name"),
    "no points": ('# %% grade="a"\nassert True\n', 1, "needs points"),
    "zero points": ('# %% grade="a" points=0\n', 1, "above 0"),
    "points elsewhere": ('# %% solution="a" points=2\n', 1, "takes no points"),
    "role on prose": ('# %% [markdown] form="a"\n# words\n', 1, "hold code"),
    "unclosed solution": (
        '# %% solution="a"\n### BEGIN SOLUTION\nx = 1\n',
        2,
        "BEGIN SOLUTION without its END",
    ),
    "unclosed tests": (
        '# %%\n1\n# %% grade="a" points=1\n2\n### BEGIN HIDDEN TESTS\n3\n',
        5,
        "BEGIN HIDDEN TESTS without its END",
    ),
    "end alone": ('# %% solution="a"\nx\n### END SOLUTION\n', 3, "without its BEGIN"),
    "nested": (
        '# %% solution="a"\n### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION\n',
        3,
        "inside another",
    ),
    "solution in a plain cell": (
        "# %%\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION\n",
        1,
        "would reach the learners",
    ),
    "tests in a solution cell": (
        '# %% solution="a"\n### BEGIN HIDDEN TESTS\n1\n### END HIDDEN TESTS\n',
        1,
        "would reach the learners",
    ),
    "tests in prose": (
        "# %% [markdown]\n# ### BEGIN HIDDEN TESTS\n# ### END HIDDEN TESTS\n",
        1,
        "would reach the learners",
    ),
    "no markers": ('# %% solution="a"\nx = 1\n', 1, "needs ### BEGIN SOLUTION"),
}


@pytest.mark.parametrize(("text", "line", "cure"), MALFORMED.values(), ids=MALFORMED.keys())
def test_malformed_source_names_file_line_and_cure(
    text: str, line: int, cure: str, tmp_path: Path
) -> None:
    path = tmp_path / "homework.py"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BuildError) as caught:
        read_source(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert cure in str(caught.value)


def test_missing_and_unreadable_sources(tmp_path: Path) -> None:
    path = tmp_path / "lesson.py"
    with pytest.raises(BuildError, match=r"lesson\.py: is missing"):
        read_source(path)
    path.write_bytes("# %%\n# é".encode("latin-1"))
    with pytest.raises(BuildError, match="Save it as UTF-8"):
        read_source(path)


def test_a_source_is_read_with_lines_and_roles(tmp_path: Path) -> None:
    path = tmp_path / "homework.py"
    path.write_text(
        '# %% setup\nimport math\n\n# %% [markdown]\n# # Title\n\n# %% form="a"\n\n'
        '# %% grade="b" points=2.5\nassert math\n'
    )
    cells = read_source(path)
    assert [(c.line, c.kind, c.role, c.name, c.points) for c in cells] == [
        (1, "code", "setup", "", None),
        (4, "markdown", "", "", None),
        (7, "code", "form", "a", None),
        (9, "code", "grade", "b", 2.5),
    ]
    assert cells[1].text == "# Title"
