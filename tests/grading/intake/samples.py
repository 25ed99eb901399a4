"""An assignment as specified, as learners get it, and rightly done; without a gradebook."""

import copy
import json
from pathlib import Path
from typing import Any

from course.grading.intake import Intake, take_in
from course.grading.spec import Assignment
from course.grading.spec.gradebook import Recorded, RecordedCell
from course.grading.spec.release import Template, lay_out
from tests.grading.conftest import ROOT

Raw = dict[str, Any]
NAME = "sums"
HIDDEN = "### BEGIN HIDDEN TESTS\nassert total([5]) == 5\n### END HIDDEN TESTS"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
# grade id, type, text, solution, points, flags; an empty grade id makes an ordinary cell
TABLE: list[tuple[str, str, str, float, str]] = [
    ("", "markdown", "# Sums\nRead this first.", 0, ""),
    ("setup", "code", "import math\n\nDATA = [1, 2, 3]", 0, "locked"),
    ("", "code", "import statistics", 0, ""),
    (
        "total",
        "code",
        "def total(values):\n    # YOUR CODE HERE\n    raise NotImplementedError()",
        0,
        "solution",
    ),
    ("", "code", "total(DATA)", 0, ""),
    ("total_test", "code", f"assert total(DATA) == 6\n{HIDDEN}", 2, "grade locked"),
    ("mean", "code", "# YOUR CODE HERE\nraise NotImplementedError()", 0, "solution"),
    ("mean_test", "code", "assert mean == 2", 1, "grade locked"),
    ("explain", "markdown", "YOUR ANSWER HERE", 3, "grade solution"),
    ("plot", "code", "# YOUR CODE HERE\nraise NotImplementedError()", 2, "grade solution"),
    ("advice", "markdown", "Give some advice.", 4, "task locked"),
]
ANSWERS = {
    "total": "def total(values):\n    return sum(values)",
    "mean": "mean = total(DATA) / len(DATA)",
    "explain": "Because $1 + 2 = 3$.",
    "plot": "print('a plot')",
}


def _recorded() -> Recorded:
    import nbformat
    from nbgrader.utils import compute_checksum

    cells = []
    for grade_id, cell_type, text, points, flags in TABLE:
        if not grade_id:
            continue
        marks = {flag: flag in flags.split() for flag in ("grade", "solution", "task", "locked")}
        metadata = {"nbgrader": {**marks, "grade_id": grade_id, "points": points}}
        node = nbformat.from_dict({"cell_type": cell_type, "source": text, "metadata": metadata})
        checksum = compute_checksum(node)
        cells.append(
            RecordedCell(grade_id, cell_type, text, checksum, points=float(points), **marks)
        )
    return Recorded(NAME, KERNEL, tuple(cells))


def release() -> Raw:
    """The notebook as learners get it."""
    by_id = {cell.grade_id: cell for cell in _recorded().cells}
    cells = []
    for number, (grade_id, cell_type, text, points, _flags) in enumerate(TABLE):
        cell: Raw = {"cell_type": cell_type, "id": f"id-{number}", "metadata": {}}
        cell["source"] = text.replace(HIDDEN, "").strip()
        if cell_type == "code":
            cell |= {"execution_count": None, "outputs": []}
        if grade_id:
            known = by_id[grade_id]
            cell["metadata"] = {
                "tags": ["given"],
                "nbgrader": {
                    **{flag: getattr(known, flag) for flag in ("grade", "solution", "locked")},
                    "grade_id": grade_id,
                    "schema_version": 3,
                    "cell_type": cell_type,
                    "checksum": known.checksum,
                    **({"task": True} if known.task else {}),
                    **({"points": points} if known.grade or known.task else {}),
                },
            }
        cells.append(cell)
    return {"cells": cells, "metadata": {"kernelspec": KERNEL}, "nbformat": 4, "nbformat_minor": 5}


def spec(**changes: Any) -> Assignment:
    """The assignment as the gradebook and the release specify it."""
    template = Template(tuple(release()["cells"]), release()["metadata"])
    notebook, notes = lay_out(_recorded(), template, Template())
    assert not notes
    return Assignment(**{"name": "ps1", "notebooks": (notebook,), "ignore": ("*.pyc",), **changes})


def submission() -> Raw:
    """A right submission, as JupyterLab leaves it: outputs, counts, cells of the learner's own."""
    notebook = release()
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = ANSWERS.get(grade_id, cell["source"])
        if cell["cell_type"] == "code":
            cell["execution_count"] = 7
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["hello\n"]}]
    own = {"cell_type": "code", "id": "own", "metadata": {"tags": ["skip-execution"]}}
    own |= {"source": ["helper = 1\n", "helper"], "execution_count": 3, "outputs": []}
    notebook["cells"].insert(4, own)
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
    return notebook


def homework() -> tuple[Assignment, Raw]:
    """Our own homework: its specification, and the release as a notebook."""
    where = "01_leading_the_deal"
    files = [ROOT / step / where / "homework.ipynb" for step in ("solutions", "exercises")]
    solution, released = (json.loads(path.read_text(encoding="utf-8")) for path in files)
    tests = {
        cell["metadata"]["nbgrader"]["grade_id"]: "".join(cell["source"])
        for cell in solution["cells"]
        if cell["metadata"]["nbgrader"]["grade"]
    }
    cells = []
    for cell in released["cells"]:
        mark = cell["metadata"]["nbgrader"]
        cells.append(
            RecordedCell(
                mark["grade_id"],
                cell["cell_type"],
                tests.get(mark["grade_id"], "".join(cell["source"])),
                "",
                mark["locked"],
                mark["grade"],
                mark["solution"],
                points=float(mark.get("points", 0)),
            )
        )
    templates = [Template(tuple(raw["cells"]), raw["metadata"]) for raw in (released, solution)]
    notebook, _notes = lay_out(Recorded("homework", KERNEL, tuple(cells)), *templates)
    given = {"forms.json": files[1].with_name("forms.json").read_bytes()}
    return Assignment(where, (notebook,), given, keeps=("answers.json",)), copy.deepcopy(released)


def hand_in(folder: Path, notebook: Any, name: str = f"{NAME}.ipynb") -> Path:
    """Write a submission: a notebook (data or bytes) in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    data = notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode()
    (folder / name).write_bytes(data)
    return folder


def taken(folder: Path, assignment: Assignment | None = None, student: str = "anna") -> Intake:
    """Take in a submission that must not be refused."""
    intake = take_in(assignment or spec(), folder, student)
    assert intake.refusal is None, intake.refusal
    assert not intake.fault
    return intake


def by_grade_id(intake: Intake, name: str = NAME) -> dict[str, Any]:
    """Return the rebuilt notebook's cells by grade id."""
    return {
        cell.metadata.nbgrader.grade_id: cell
        for cell in intake.notebooks[name].cells
        if "nbgrader" in cell.metadata
    }


def sources(intake: Intake, name: str = NAME) -> list[str]:
    """Return the texts of the rebuilt notebook."""
    return [cell.source for cell in intake.notebooks[name].cells]
