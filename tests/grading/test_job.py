"""A job and a result survive the wire."""

import msgpack
import pytest

from course.grading.job import Cell, Job, Limits, Notebook, NotebookRun, Ran, Result

JOB = Job(
    notebooks=(Notebook("homework", (Cell(1, "learner", "x = 1"), Cell(2, "test", "x", "t"))),),
    files={"data/a.csv": b"\x00\xff"},
    given={"help.py": b""},
    pinned=("answers.json",),
    answers=("sum",),
    limits=Limits(cell_seconds=1.5),
)
OUTPUT = {"output_type": "stream", "name": "stdout", "text": "李雷"}
RESULT = Result(
    status="crashed",
    notebooks=(NotebookRun("homework", (Ran(1, (OUTPUT,), 1, 0.25), Ran(2)), "killed"),),
    reason="killed",
    seconds=1.0,
    cpu_seconds=0.5,
    executor="x",
)


def test_a_job_survives() -> None:
    assert Job.from_bytes(JOB.to_bytes()) == JOB


def test_a_result_survives() -> None:
    assert Result.from_bytes(RESULT.to_bytes()) == RESULT


@pytest.mark.parametrize("junk", [b"", b"\xc1", msgpack.packb(3), msgpack.packb({"a": 1})])
@pytest.mark.parametrize("kind", [Job, Result])
def test_what_is_no_job_says_so(kind: type[Job] | type[Result], junk: bytes) -> None:
    with pytest.raises((ValueError, TypeError, KeyError, AttributeError)):
        kind.from_bytes(junk)
