"""`course grade` gives what `nbgrader autograde` gives, wherever nbgrader is right.

Each assignment is graded twice, in two copies of one course folder: nbgrader's own demo with its
own submissions, each of our homeworks with a few learners, and one that mixes what nbgrader has:
several notebooks, manual and task cells, partial and extra credit, files, a late penalty.
"""

import json
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import nbgrader
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests.grading.conftest import ROOT, run_course, run_nbgrader
from tests.lessons import lesson01, lesson02, lesson03
from tests.lessons.learner import Learner

pytestmark = pytest.mark.kernel

DEMO = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"
LATE = """
from nbgrader.plugins import BasePlugin

class Minutes(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 0.5 if total_seconds_late > 60 else None
"""
MIXED = """
import sys; sys.path.insert(0, {folder!r})
c = get_config()
c.CourseDirectory.course_id = "mixed"
c.AssignLatePenalties.plugin_class = "late.Minutes"
c.Autograde.exclude_overwriting = {{"mixed": ["mine.py"]}}
c.LimitOutput.max_lines = 20
"""


def meta(name: str, **more: Any) -> dict[str, Any]:
    fixed = {"grade": False, "solution": False, "locked": False, "task": False}
    return {"nbgrader": {**fixed, "schema_version": 3, "grade_id": name, **more}}


def answer(name: str, stub: str = "raise NotImplementedError") -> Any:
    text = f"### BEGIN SOLUTION\n{stub}\n### END SOLUTION"
    return new_code_cell(text, metadata=meta(name, solution=True))


def check(name: str, source: str, points: float) -> Any:
    return new_code_cell(source, metadata=meta(name, grade=True, locked=True, points=points))


HIDDEN = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"


def mixed_notebooks() -> dict[str, Any]:
    one = [
        new_code_cell("import pandas as pd\nimport given", metadata=meta("setup", locked=True)),
        new_markdown_cell("Read this.", metadata=meta("text", locked=True)),
        answer("double", "def double(x): return 2 * x"),
        check(
            "test_double",
            f"assert double(2) == 4\n{HIDDEN.format('assert double(3) == 6')}",
            2,
        ),
        answer("share", "share = 1.0"),
        check("partial", "round(share * 3, 2)", 3),
        check("extra", "assert double(0) == 0\nprint('bonus')", 0),
        new_code_cell(
            "### BEGIN SOLUTION\nplot = 1\n### END SOLUTION",
            metadata=meta("manual_code", solution=True, grade=True, points=4),
        ),
        new_markdown_cell(
            "YOUR ANSWER HERE", metadata=meta("manual_text", solution=True, grade=True, points=1)
        ),
        new_markdown_cell(
            "Do something.", metadata=meta("a_task", task=True, locked=True, points=2)
        ),
        new_code_cell("free = 1"),
    ]
    two = [
        answer("reads", "text = open('data.txt').read()"),
        check("test_reads", "assert text.strip() == 'given'\nassert given_value() == 7", 1),
    ]
    two.insert(
        0, new_code_cell("def given_value():\n    return 7", metadata=meta("h", locked=True))
    )
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {
        name: new_notebook(cells=cells, metadata={"kernelspec": kernel})
        for name, cells in (("one", one), ("two", two))
    }


def make_mixed(course: Path) -> None:
    source = course / "source" / "mixed"
    source.mkdir(parents=True)
    for name, notebook in mixed_notebooks().items():
        nbformat.write(notebook, source / f"{name}.ipynb")
    (source / "given.py").write_text("VALUE = 7\n")
    (source / "mine.py").write_text("MINE = 0\n")
    (source / "data.txt").write_text("given\n")
    (course / "late.py").write_text(LATE)
    (course / "nbgrader_config.py").write_text(MIXED.format(folder=str(course)))


WORK: dict[str, dict[str, str]] = {
    "right": {
        "double": "def double(x):\n    return x + x",
        "share": "share = 1",
        "manual_code": "plot = pd.Series([1, 2, 3])\nplot",
        "manual_text": "Because *it* is so.",
        "reads": "text = open('data.txt').read()",
    },
    "half": {
        "double": "def double(x):\n    print('twice', x)\n    return 2 * int(x)",
        "share": "share = 0.25\nprint('a')\nprint('b')",
        "reads": "import mine\ntext = 'given' if mine.MINE == 5 else ''",
        "manual_text": "I do not know.",
    },
    "untouched": {},
    "loud": {
        "double": "def double(x):\n    return 2 * x\nfor n in range(40): print(n)\n1 / 0",
        "share": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nshare = 0.5",
        "reads": "text = open('data.txt').read()\nassert False, 'on purpose'",
    },
    "late": {"double": "def double(x):\n    return 2 * x", "share": "share = 1"},
}


def submit_mixed(course: Path) -> None:
    for name, answers in WORK.items():
        folder = course / "submitted" / name / "mixed"
        shutil.copytree(course / "release" / "mixed", folder)
        for path in folder.glob("*.ipynb"):
            notebook = nbformat.read(path, as_version=4)
            for cell in notebook.cells:
                cell.source = answers.get(
                    cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source
                )
            if name == "half":
                notebook.cells.insert(1, new_code_cell("print('my own cell')"))
                notebook.cells.append(new_markdown_cell("my own words"))
            nbformat.write(notebook, path)
        (folder / "data.txt").write_text("changed by the learner")
        (folder / "mine.py").write_text("MINE = 5\n")
        time = "2026-03-02 12:00:00 UTC" if name == "late" else "2026-03-01 08:00:00 UTC"
        (folder / "timestamp.txt").write_text(time)
    (course / "submitted" / "late" / "mixed" / "two.ipynb").unlink()


def make_demo(course: Path) -> None:
    shutil.copytree(DEMO / "source" / "ps1", course / "source" / "ps1")
    shutil.copytree(DEMO / "submitted", course / "submitted")
    (course / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'demo'\n"
    )


OURS = {lesson.SLUG: lesson.LEARNERS for lesson in (lesson01, lesson02, lesson03)}


def make_ours(slug: str, course: Path) -> None:
    shutil.copytree(ROOT / "solutions" / slug, course / "solutions" / slug)
    shutil.copy(ROOT / "nbgrader_config.py", course)


def submit_ours(slug: str, learners: Sequence[Learner], course: Path) -> None:
    for learner in learners:
        folder = course / "desk" / learner.name
        shutil.copytree(course / "exercises" / slug, folder)
        learner.work(folder)
        target = course / "submitted" / learner.name / slug
        target.parent.mkdir(parents=True)
        folder.rename(target)


MAKE: dict[str, tuple[Callable[[Path], None], Callable[[Path], None]]] = {
    "ps1": (make_demo, lambda course: None),
    "mixed": (make_mixed, submit_mixed),
    **{
        slug: (partial(make_ours, slug), partial(submit_ours, slug, learners))
        for slug, learners in OURS.items()
    },
}


@pytest.fixture(scope="module", params=list(MAKE))
def both(
    request: pytest.FixtureRequest, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path, Path]:
    """One course folder graded by nbgrader, and its copy graded by us."""
    name = request.param
    theirs = tmp_path_factory.mktemp("theirs") / "course"
    theirs.mkdir()
    make, submit = MAKE[name]
    make(theirs)
    run_nbgrader("generate_assignment", name, cwd=theirs, home=home)
    submit(theirs)
    if name == "mixed":
        run_nbgrader(
            "db", "assignment", "add", name, "--duedate=2026-03-01 12:00 UTC", cwd=theirs, home=home
        )
    ours = tmp_path_factory.mktemp("ours") / "course"
    shutil.copytree(theirs, ours)
    run_nbgrader("autograde", name, cwd=theirs, home=home)
    run_course("grade", name, cwd=ours, home=home)
    return name, theirs, ours


ROWS = """
select s.student_id, n.name, c.name, g.auto_score, g.manual_score, g.extra_credit,
       g.needs_manual_grade, sn.late_submission_penalty, sa.timestamp
from grade g
join submitted_notebook sn on sn.id = g.notebook_id
join notebook n on n.id = sn.notebook_id
join submitted_assignment sa on sa.id = sn.assignment_id
join student s on s.id = sa.student_id
join base_cell c on c.id = g.cell_id
order by 1, 2, 3
"""
COMMENTS = """
select sa.student_id, n.name, c.name, k.auto_comment, k.manual_comment
from comment k
join submitted_notebook sn on sn.id = k.notebook_id
join notebook n on n.id = sn.notebook_id
join submitted_assignment sa on sa.id = sn.assignment_id
join base_cell c on c.id = k.cell_id
order by 1, 2, 3
"""


def rows(course: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(course / "gradebook.db")) as gradebook:
        return gradebook.execute(query.replace("s.student_id", "s.id")).fetchall()


def test_scores_flags_and_penalties_are_the_same(both: tuple[str, Path, Path]) -> None:
    _, theirs, ours = both
    assert rows(theirs, ROWS)
    assert rows(ours, ROWS) == rows(theirs, ROWS)


def test_our_learners_earn_what_they_should(both: tuple[str, Path, Path]) -> None:
    name, _, ours = both
    if name in OURS:
        earned = Counter[str]()
        for student, _notebook, _cell, score, *_ in rows(ours, ROWS):
            earned[student] += score
        assert earned == {learner.name: learner.points for learner in OURS[name]}


def test_comments_are_the_same(both: tuple[str, Path, Path]) -> None:
    _, theirs, ours = both
    assert rows(theirs, COMMENTS)
    assert rows(ours, COMMENTS) == rows(theirs, COMMENTS)


def test_autograded_files_are_the_same(both: tuple[str, Path, Path]) -> None:
    _, theirs, ours = both
    listed = [
        sorted(str(p.relative_to(c)) for p in (c / "autograded").rglob("*") if p.is_file())
        for c in (theirs, ours)
    ]
    assert listed[0] == listed[1]
    for name in listed[0]:
        if not name.endswith(".ipynb"):
            assert (ours / name).read_bytes() == (theirs / name).read_bytes(), name


def test_autograded_notebooks_are_the_same(both: tuple[str, Path, Path]) -> None:
    _, theirs, ours = both
    for path in sorted((theirs / "autograded").rglob("*.ipynb")):
        name = path.relative_to(theirs)
        assert normal(ours / name) == normal(path), name


def normal(path: Path) -> list[dict[str, Any]]:
    """A notebook's cells without what may differ: how tracebacks look, addresses, times.

    Of the metadata, ours is the release's, whatever was submitted (see course.grading.intake); what
    nbgrader goes by is the same.
    """
    notebook = json.loads(path.read_text())
    cells = []
    for cell in notebook["cells"]:
        given = cell["metadata"].get("nbgrader", {})
        metadata = {key: given.get(key) for key in ("grade_id", "points", "grade", "solution")}
        kept = {
            "type": cell["cell_type"],
            "source": "".join(cell["source"]),
            "metadata": metadata,
            "count": cell.get("execution_count"),
            "outputs": merged([output(o) for o in cell.get("outputs", [])]),
        }
        cells.append(kept)
    return cells


def merged(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Outputs with neighbouring pieces of one stream put together."""
    done: list[dict[str, Any]] = []
    for each in outputs:
        if done and each["output_type"] == "stream" and done[-1].get("name") == each["name"]:
            done[-1]["text"] += each["text"]
        else:
            done.append(each)
    return done


def output(raw: dict[str, Any]) -> dict[str, Any]:
    raw = dict(raw)
    raw.pop("traceback", None)
    if "text" in raw:
        raw["text"] = "".join(raw["text"])
    if "data" in raw:
        raw["data"] = {
            kind: re.sub(r"0x[0-9a-f]+", "0x…", "".join(value))
            if isinstance(value, list | str)
            else value
            for kind, value in raw["data"].items()
        }
    return raw
