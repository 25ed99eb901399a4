"""Grading side by side: nbgrader autograde, course grade, and the least that cells can cost.

    .venv/bin/python benchmarks/grading.py [--submissions 50] [--large 1000] [--least]

For homework 01 and for a plain pandas and matplotlib assignment, in one run: `nbgrader autograde`,
`course grade` with one and two jobs (jail and referee on), and the in-process limit: all cells of a
submission, tests included, in one IPython shell in a fork of a warm process, trusting everybody.
Then `course grade` on many submissions, for the driver's time and memory.

What is compared is the time *per submission*: a run with one submission is subtracted from the
whole run, so that what happens once (starting Python, imports, the gradebook) stands apart.
Seconds of CPU count every process that a command started. Numbers are of this machine, on this day,
with whatever else it does: read the ratios.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course.answers.store import ANSWERS_FILE
from tests.lessons.lesson01 import LEARNERS, SLUG

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
PLAIN = "plain"

TASKS = (
    ("load", "sales = pd.DataFrame({'month': range(1, 13), 'won': np.arange(12) % 5 + 1})"),
    ("total", "def total(table):\n    return int(table['won'].sum())"),
    ("best", "def best(table):\n    return int(table.loc[table['won'].idxmax(), 'month'])"),
    ("share", "by_won = sales.groupby('won')['month'].count() / len(sales)\nby_won"),
    ("line", "ax = sales.plot(x='month', y='won', title='Deals won')"),
    ("bars", "fig, bars = plt.subplots()\nbars.bar(sales['month'], sales['won'].cumsum());"),
)
TESTS = {
    "load": "assert len(sales) == 12 and sales['won'].max() == 5",
    "total": "assert total(sales) == 34\nassert total(pd.DataFrame({'won': [3]})) == 3",
    "best": "assert best(sales) == 5",
    "share": "assert abs(by_won.sum() - 1) < 1e-9",
    "line": "assert ax.get_title() == 'Deals won'\nassert len(ax.lines) == 1",
    "bars": "assert len(bars.patches) == 12",
}


@dataclass(frozen=True)
class Cost:
    """What a command cost: seconds on the wall, seconds of CPU of it and its children, memory."""

    wall: float
    cpu: float
    peak_mb: float = 0.0

    def per(self, least: "Cost", count: int) -> "Cost":
        """Return the cost of one submission, what happens once taken away."""
        return Cost((self.wall - least.wall) / count, (self.cpu - least.cpu) / count)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--submissions", type=int, default=50, help="of each assignment")
    parser.add_argument("--large", type=int, default=1000, help="for memory; 0 leaves it out")
    parser.add_argument("--least", action="store_true", help="smoke test: everything tiny")
    parser.add_argument("--only", choices=(SLUG, PLAIN), help="one assignment")
    options = parser.parse_args()
    number, large = (2, 4) if options.least else (options.submissions, options.large)
    with tempfile.TemporaryDirectory() as folder:
        for assignment in (SLUG, PLAIN):
            if options.only in (None, assignment):
                course = Path(folder) / assignment
                make_course(course, assignment)
                side_by_side(course, assignment, number)
        if large:
            many(course, assignment, large)


# --- the two assignments, and who hands in ------------------------------------------------------


def make_course(course: Path, assignment: str) -> None:
    """Make an instructor's folder with a released assignment."""
    course.mkdir(parents=True)
    if assignment == SLUG:
        shutil.copytree(ROOT / "solutions" / SLUG, course / "solutions" / SLUG)
        shutil.copy(ROOT / "nbgrader_config.py", course)
    else:
        source = course / "source" / PLAIN
        source.mkdir(parents=True)
        nbformat.write(plain_notebook(), source / "homework.ipynb")
        (course / "nbgrader_config.py").write_text(
            "c = get_config()\nc.CourseDirectory.course_id = 'plain'\n"
        )
    nbgrader(course, "generate_assignment", assignment)


def plain_notebook() -> nbformat.NotebookNode:
    """Return six tasks and their tests, nothing of this project in them."""

    def meta(name: str, **more: object) -> dict[str, object]:
        fixed = {"grade": False, "solution": False, "locked": False, "schema_version": 3}
        return {"nbgrader": {**fixed, "task": False, "grade_id": name, **more}}

    setup = "import matplotlib.pyplot as plt\nimport numpy as np\nimport pandas as pd"
    cells = [new_code_cell(setup, metadata=meta("setup", locked=True))]
    for name, code in TASKS:
        cells.append(new_markdown_cell(f"## {name}"))
        solution = f"### BEGIN SOLUTION\n{code}\n### END SOLUTION"
        cells.append(new_code_cell(solution, metadata=meta(f"{name}-answer", solution=True)))
        test = meta(name, grade=True, locked=True, points=1)
        cells.append(new_code_cell(TESTS[name], metadata=test))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def hand_in(course: Path, assignment: str, count: int) -> None:
    """Replace what is submitted by ``count`` submissions."""
    shutil.rmtree(course / "submitted", ignore_errors=True)
    release = course / ("exercises" if assignment == SLUG else "release") / assignment
    with tempfile.TemporaryDirectory() as folder:
        kinds = list(worked(release, assignment, Path(folder)))
        for number in range(count):
            name = f"learner{number:04}"
            target = course / "submitted" / name / assignment
            shutil.copytree(kinds[number % len(kinds)], target)
            sidecar = target / ANSWERS_FILE
            if sidecar.exists():  # each learner has a variant of the case
                answers = json.loads(sidecar.read_text())
                answers["learner"] = {"id": name, "given": name}
                sidecar.write_text(json.dumps(answers))


def worked(release: Path, assignment: str, folder: Path) -> Iterator[Path]:
    """Make a few different pieces of work: what learners do is not all the same."""
    if assignment == SLUG:
        for learner in LEARNERS:
            desk = folder / learner.name
            shutil.copytree(release, desk)
            learner.work(desk)
            yield desk
        return
    for wrong in range(3):
        desk = folder / str(wrong)
        shutil.copytree(release, desk)
        notebook = nbformat.read(desk / "homework.ipynb", as_version=4)
        answers = {f"{name}-answer": code for name, code in TASKS}
        answers.update({"total-answer": "def total(table):\n    return 0"} if wrong else {})
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = answers.get(name, cell.source)
        nbformat.write(notebook, desk / "homework.ipynb")
        yield desk


# --- running and measuring ----------------------------------------------------------------------


def forget(course: Path) -> None:
    """Leave no trace of an earlier run."""
    for name in ("autograded", "feedback", ".course-grade"):
        shutil.rmtree(course / name, ignore_errors=True)


def run(course: Path, *command: str) -> Cost:
    """Run a command and return what it cost."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=course, env=env, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - began
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, after.ru_maxrss / 1024)


def nbgrader(course: Path, *arguments: str) -> Cost:
    """Run an nbgrader command."""
    return run(course, sys.executable, "-m", "nbgrader", *arguments)


def side_by_side(course: Path, assignment: str, number: int) -> None:
    """Print the table of one assignment."""
    ways: dict[str, Callable[[], Cost]] = {
        "nbgrader autograde": lambda: nbgrader(course, "autograde", assignment),
        "course grade --jobs 1": lambda: grade(course, assignment, 1),
        "course grade --jobs 2": lambda: grade(course, assignment, 2),
    }
    print(f"\n{assignment}: {number} submissions", flush=True)
    print(f"{'':28}{'once, s':>10}{'each, s':>10}{'CPU, s':>10}{'times':>8}", flush=True)
    base = 0.0
    for name, way in ways.items():
        costs = []
        for count in (1, number + 1):
            hand_in(course, assignment, count)
            forget(course)
            costs.append(way())
        each = costs[1].per(costs[0], number)
        base = base or each.wall
        print(
            f"{name:28}{costs[0].wall - each.wall:10.2f}{each.wall:10.3f}{each.cpu:10.3f}"
            f"{base / each.wall:8.1f}",
            flush=True,
        )
    each = in_process(course, assignment, number)
    print(
        f"{'in-process limit (1 fork)':28}{'':10}{each.wall:10.3f}{each.cpu:10.3f}"
        f"{base / each.wall:8.1f}",
        flush=True,
    )


def grade(course: Path, assignment: str, jobs: int) -> Cost:
    """Run course grade with everything on."""
    return run(course, str(BIN / "course"), "grade", assignment, f"--jobs={jobs}")


def in_process(course: Path, assignment: str, number: int) -> Cost:
    """Return what one submission costs in a fork of a warm IPython: no jail, no wire, no grades."""
    script = Path(__file__).with_name("in_process.py")
    done = subprocess.run(
        [sys.executable, str(script), str(course / "autograded"), assignment, str(number)],
        capture_output=True,
        text=True,
        check=True,
    )
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def many(course: Path, assignment: str, number: int) -> None:
    """Print the driver's time and memory for many submissions, and for a tenth of them."""
    print(f"\n{assignment}: the driver", flush=True)
    for count in (max(number // 10, 1), number):
        hand_in(course, assignment, count)
        forget(course)
        script = (
            "import resource, sys; from course.cli import main\n"
            "try: main()\n"
            "finally:\n"
            "  used = resource.getrusage(resource.RUSAGE_SELF)\n"
            "  print('driver', used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, "grade", assignment, "--jobs=2"],
            cwd=course,
            capture_output=True,
            text=True,
            check=False,
        )
        line = next(line for line in done.stdout.splitlines() if line.startswith("driver"))
        cpu, memory = map(float, line.split()[1:])
        print(
            f"{count:6} submissions: {cpu:8.2f} s of CPU, {cpu / count * 1000:6.1f} ms each, "
            f"{memory:6.0f} MB at most",
            flush=True,
        )


if __name__ == "__main__":
    main()
