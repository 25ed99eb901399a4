"""Points for the graded cells of a notebook that has run: nbgrader's rules without its traps.

As nbgrader's ``determine_grade``: an answer that a person grades earns nothing if it is as it was
released, and waits for that person otherwise; a test earns nothing if it raised an error, its last
value if that is a number, and everything otherwise. Unlike it:

- what is written to stderr costs no points: a warning is no error;
- a test that did not run earns nothing, and says why, where nbgrader's rule gives all its points;
- a last value that is a number, but not one from 0 to the maximum, several numbers, NaN or
  ``False`` is for a person to judge; nbgrader gives all points or gives up on the submission;
- a NumPy number (``np.float64(1.5)``) is the number it shows; nbgrader gives all points.

A mark is *flagged* where a person should look: nbgrader's ``needs_manual_grade``. Like an error, a
test that is stopped because it takes too long is wrong, and not flagged, unless all the time of the
submission was used up.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from nbgrader.utils import compute_checksum, is_grade, is_solution, is_task

from course.grading.job import Ran
from course.grading.record.outputs import is_test, one_line, raised
from course.text import _

__all__ = ["Mark", "comments", "mark_notebook", "mark_unread"]

_NUMPY = re.compile(r"np\.(?:float|int|uint)\w*\((?P<number>[^()]*)\)")
_NO_GRADE = re.compile(
    r"(?:np\.)?False_?|(?:array\()?[\[(]+\s*(?:[-+.\d]|nan|inf|np\.).*", re.DOTALL
)


@dataclass(frozen=True)
class Mark:
    """What a graded cell earned: ``points`` of ``maximum``, or None if a person has to say.

    ``flag`` asks a person to look, and ``reason`` says why. ``seconds`` is how long a test ran.
    """

    cell: str
    points: float | None
    maximum: float
    flag: bool = False
    reason: str = ""
    seconds: float = 0.0


def mark_notebook(
    notebook: NotebookNode, ran: Mapping[str, Ran], *, stopped: bool = False
) -> Iterator[Mark]:
    """Yield a mark for every graded cell of a notebook that has its outputs.

    ``ran`` says of each test, by name, how it ended; ``stopped`` that the submission used up all
    its time.
    """
    for cell in notebook.cells:
        if not is_grade(cell):
            continue
        name, maximum = cell.metadata.nbgrader.grade_id, float(cell.metadata.nbgrader.points)
        if is_test(cell):
            one = ran[name]
            points, reason = _judge(cell, one, maximum)
            flag = bool(reason) and (one.problem != "timed out" or stopped)
            yield Mark(name, points, maximum, flag, one_line(reason), one.seconds)
        else:
            points = 0.0 if is_solution(cell) and _is_untouched(cell) else None
            yield Mark(name, points, maximum, flag=points is None)


def mark_unread(notebook: NotebookNode, reason: str) -> Iterator[Mark]:
    """Yield marks for what could not be read: nothing earned, and a person should look.

    ``notebook`` is the released one, which stands for what was not understood.
    """
    for cell in notebook.cells:
        if is_grade(cell):
            nbgrader = cell.metadata.nbgrader
            yield Mark(nbgrader.grade_id, 0.0, float(nbgrader.points), True, one_line(reason))


def comments(
    notebook: NotebookNode, marks: Mapping[str, Mark], *, unread: bool = False
) -> dict[str, str | None]:
    """Return the automatic comment of every cell that has one in nbgrader: answers and tasks.

    nbgrader's is “No response.” for an answer as released, unless it is ``unread``. The reason for
    a flagged mark joins it: at the answer itself, or, as tests have no comments in nbgrader, at the
    answer before the test (at the first one, if the test comes before all).
    """
    said: dict[str, list[str]] = {}
    waiting: list[str] = []
    last = ""
    for cell in notebook.cells:
        if is_solution(cell) or is_task(cell):
            last = cell.metadata.nbgrader.grade_id
            untouched = not unread and not is_task(cell) and _is_untouched(cell)
            said[last] = (["No response."] if untouched else []) + waiting
            waiting = []
        if is_grade(cell) and (mark := marks.get(cell.metadata.nbgrader.grade_id)):
            where = said[last] if last else waiting
            if mark.flag and mark.reason and mark.reason not in where:
                where.append(mark.reason)
    return {name: "\n\n".join(lines) or None for name, lines in said.items()}


def _judge(cell: NotebookNode, ran: Ran, maximum: float) -> tuple[float | None, str]:
    """Return a test's points, and the reason if it had no ordinary end."""
    if ran.problem == "unsupported":
        return None, ran.reason or _("This test cannot be graded automatically.")
    if ran.problem:
        return 0.0, ran.reason or ran.problem
    if raised(cell):
        return 0.0, ""
    for output in cell.outputs:
        if output.output_type == "execute_result":
            return _points(str(output.data.get("text/plain", "")), maximum)
    return maximum, ""


def _points(shown: str, maximum: float) -> tuple[float | None, str]:
    """Return the points that a test's last value stands for, or the reason why it stands for none.

    ``shown`` is the value as Python shows it. What is no attempt at a number is no verdict either:
    the test ended without an error, and earns all.
    """
    numpy = _NUMPY.fullmatch(shown)
    try:
        points = float(numpy["number"] if numpy else shown)
    except ValueError:
        if not _NO_GRADE.fullmatch(shown):
            return maximum, ""
    else:
        if not math.isnan(points) and 0.0 <= points <= maximum:
            return points, ""
    return None, _(
        "The last value of this test is {value}, not a number from 0 to {maximum:g}: "
        "a person has to grade it."
    ).format(value=one_line(shown)[:60], maximum=maximum)


def _is_untouched(cell: Any) -> bool:
    return bool(cell.metadata.nbgrader.get("checksum") == compute_checksum(cell))
