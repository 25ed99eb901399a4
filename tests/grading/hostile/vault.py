"""The assignment that is attacked: seven points, hidden tests, and secrets worth reading."""

import json
import shutil
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

NAME = "vault"
SECRET = "canary-7f3a"  # stands in hidden tests, the environment, other people's work
RIGHT = {
    "add": "def add(a, b):\n    return a + b",
    "table": "table = pd.DataFrame({'n': [1, 2, 3], 'square': [1, 4, 9]})",
    "share": "share = 1.0",
    "each": "def each(items, action):\n    for item in items:\n        action(item)",
}
FULL = 7.0
TESTS = {
    "add": "assert add(2, 3) == 5\n"
    "### BEGIN HIDDEN TESTS\n"
    f"assert add('{SECRET}', '!') == '{SECRET}!'\n"
    "assert add([1], [2]) == [1, 2]\n"
    "### END HIDDEN TESTS",
    "table": "### BEGIN HIDDEN TESTS\n"
    "import help\n"
    "pd.testing.assert_frame_equal(table, pd.DataFrame({'n': [1, 2, 3], 'square': [1, 4, 9]}))\n"
    "assert np.allclose(table['square'], table['n'] ** 2)\n"
    "assert help.total(table['square']) == 14\n"
    "### END HIDDEN TESTS",
    "share": "float(share)",
    "each": "### BEGIN HIDDEN TESTS\n"
    "seen = []\n"
    "each([1, 2], seen.append)\n"
    "assert seen == [1, 2]\n"
    "def note(item):\n"
    f"    secret = '{SECRET}'\n"
    "    seen.append(item)\n"
    "each([3], note)\n"
    "assert seen == [1, 2, 3]\n"
    "### END HIDDEN TESTS",
}
POINTS = {"add": 2.0, "table": 2.0, "share": 1.0, "each": 2.0}
STUB = {
    "add": "def add(a, b):\n    ...",
    "table": "table = None",
    "share": "share = 0.0",
    "each": "def each(items, action):\n    ...",
}
HELP = "def total(column):\n    return int(column.sum())\n"


def meta(name: str, **more: Any) -> dict[str, Any]:
    fixed = {"grade": False, "solution": False, "locked": False, "task": False}
    return {"nbgrader": {**fixed, "schema_version": 3, "grade_id": name, **more}}


def make_course(course: Path, settings: str = "") -> None:
    """Make the source of the assignment, to be released by nbgrader."""
    source = course / "source" / NAME
    source.mkdir(parents=True)
    setup = "import numpy as np\nimport pandas as pd"
    cells = [new_code_cell(setup, metadata=meta("setup", locked=True))]
    for name, right in RIGHT.items():
        stub = STUB[name].splitlines()
        if len(stub) > 1:  # keep the line with def
            right = f"{stub[0]}\n    ### BEGIN SOLUTION\n" + "\n".join(right.splitlines()[1:])
            right += "\n    ### END SOLUTION"
        else:
            right = f"### BEGIN SOLUTION\n{right}\n### END SOLUTION"
        cells.append(new_code_cell(right, metadata=meta(f"{name}_answer", solution=True)))
        test = meta(f"{name}_test", grade=True, locked=True, points=POINTS[name])
        cells.append(new_code_cell(TESTS[name], metadata=test))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, source / "vault.ipynb")
    (source / "help.py").write_text(HELP)
    (course / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.course_id = 'vault'\n{settings}"
    )


class Desk:
    """One submission, to be spoilt: the released files, and the learner's answers."""

    def __init__(self, course: Path, student: str) -> None:
        """Fetch the release into the student's submission."""
        self.course = course
        self.folder = course / "submitted" / student / NAME
        shutil.copytree(course / "release" / NAME, self.folder)
        self.path = self.folder / "vault.ipynb"

    @property
    def raw(self) -> dict[str, Any]:
        """The notebook as JSON."""
        found: dict[str, Any] = json.loads(self.path.read_text())
        return found

    @raw.setter
    def raw(self, notebook: dict[str, Any]) -> None:
        self.path.write_text(json.dumps(notebook))

    def answer(self, **answers: str) -> None:
        """Write into answer cells."""
        notebook = self.raw
        for cell in notebook["cells"]:
            name = str(cell["metadata"].get("nbgrader", {}).get("grade_id"))
            if name.endswith("_answer") and name.removesuffix("_answer") in answers:
                cell["source"] = answers[name.removesuffix("_answer")]
        self.raw = notebook

    def insert(self, source: str, at: int = 1) -> None:
        """Add a cell of the learner's own."""
        notebook = self.raw
        cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
        notebook["cells"].insert(at, {**cell, "id": "mine", "source": source})
        self.raw = notebook

    def tests(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Return the notebook and, out of it, its test cells."""
        notebook = self.raw
        cells = notebook["cells"]
        return notebook, [c for c in cells if c["metadata"].get("nbgrader", {}).get("grade")]
