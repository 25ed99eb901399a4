"""A lane from end to end: real jails, real interpreters, small notebooks."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from course.grading.confine import choose
from course.grading.job import Cell, Job, Limits, Notebook, Ran, Result
from course.grading.lane import EXECUTOR, Lane

pytestmark = pytest.mark.kernel

LIMITS = Limits(cell_seconds=20, total_seconds=60)
Text = tuple[str, str]  # role, source


@pytest.fixture(scope="module")
def lane() -> Iterator[Lane]:
    with Lane(jail=choose(), limits=LIMITS) as lane:
        yield lane


def notebook(*cells: Text, name: str = "homework") -> Notebook:
    return Notebook(
        name,
        tuple(Cell(i, role, source, f"cell{i}") for i, (role, source) in enumerate(cells)),  # type: ignore[arg-type]
    )


def job(*cells: Text, limits: Limits = LIMITS) -> Job:
    return Job((notebook(*cells),), limits=limits)


def only(result: Result) -> tuple[Ran, ...]:
    (run,) = result.notebooks
    return run.ran


def error(ran: Ran) -> str:
    """The name of the error a cell ended with; empty if it ended well."""
    found = [o["ename"] for o in ran.outputs if o["output_type"] == "error"]
    return str(found[-1]) if found else ""


def text(ran: Ran) -> str:
    return "".join(o["text"] for o in ran.outputs if o["output_type"] == "stream")


def test_answers_run_on_one_side_and_tests_on_the_other(lane: Lane) -> None:
    result = lane.run(
        job(
            ("setup", "import math\nhidden = 1"),
            ("learner", "def double(x):\n    print('doubling')\n    return 2 * x"),
            ("test", "assert double(4) == 8\nmath.floor(2.5)"),
            ("test", "assert double(4) == 9"),
            ("learner", "double(1)"),
        )
    )
    setup, answer, right, wrong, last = only(result)
    assert result.status == "done"
    assert result.executor == EXECUTOR
    assert [error(r) for r in (setup, answer, right, wrong, last)] == [
        "",
        "",
        "",
        "AssertionError",
        "",
    ]
    assert [r.execution_count for r in only(result)] == [1, 2, 3, 4, 5]
    assert text(right) == "doubling\n"
    assert right.outputs[-1]["data"]["text/plain"] == "2"
    assert result.cpu_seconds > 0


def test_a_blank_cell_does_nothing_and_is_not_counted(lane: Lane) -> None:
    first, blank, last = only(lane.run(job(("learner", "1"), ("learner", " \n"), ("learner", "2"))))
    assert blank == Ran(1)
    assert (first.execution_count, last.execution_count) == (1, 2)


def test_nothing_of_one_submission_is_left_for_the_next(lane: Lane) -> None:
    lane.run(
        job(
            ("learner", "import builtins, pathlib, os, numpy\nbuiltins.left = 1\nnumpy.left = 1"),
            ("learner", "pathlib.Path('left.txt').write_text('x')\nos.environ['LEFT'] = 'x'"),
            ("learner", "pathlib.Path('/tmp/left').write_text('x')\nleft = 1"),
        )
    )
    look = "import os, numpy\nfound = [os.listdir(), 'LEFT' in os.environ, hasattr(numpy, 'left')]"
    result = lane.run(
        job(
            ("learner", f"{look}\nfound.append(os.path.exists('/tmp/left'))"),
            ("test", "assert found == [[], False, False, False]"),
            ("test", "left"),
        )
    )
    assert [error(r) for r in only(result)] == ["", "", "NameError"]


def test_an_endless_answer_is_stopped_and_the_rest_goes_on(lane: Lane) -> None:
    limits = replace(LIMITS, cell_seconds=1)
    ran = only(
        lane.run(
            job(
                ("learner", "x = 1\nwhile True: pass"),
                ("learner", "y = 2"),
                ("test", "assert x + y == 3"),
                limits=limits,
            )
        )
    )
    assert (ran[0].problem, error(ran[0])) == ("timed out", "CellTimeoutError")
    assert [error(r) for r in ran[1:]] == ["", ""]


def test_an_endless_function_costs_its_test_and_no_other(lane: Lane) -> None:
    limits = replace(LIMITS, cell_seconds=1)
    ran = only(
        lane.run(
            job(
                ("learner", "def f():\n    while True: pass\ndef g(): return 1"),
                ("test", "f()"),
                ("test", "assert g() == 1"),
                limits=limits,
            )
        )
    )
    assert (ran[1].problem, error(ran[1])) == ("timed out", "CellTimeoutError")
    assert error(ran[2]) == ""


def test_who_does_not_stop_when_told_is_killed_and_the_referee_goes_on(lane: Lane) -> None:
    stubborn = (
        "def f():\n"
        "    while True:\n"
        "        try:\n"
        "            while True: pass\n"
        "        except BaseException: pass\n"
    )
    limits = replace(LIMITS, cell_seconds=1)
    result = lane.run(job(("learner", stubborn), ("test", "f()"), ("test", "1 + 1"), limits=limits))
    ran = only(result)
    assert ran[1].problem == "timed out"
    assert error(ran[2]) == ""
    assert result.status in (
        "done",
        "crashed",
    )


def test_a_dead_interpreter_costs_what_needs_it_and_says_how_it_died(lane: Lane) -> None:
    result = lane.run(
        job(
            ("learner", "x = 1"),
            ("learner", "import os\nos._exit(3)"),
            ("learner", "y = 2"),
            ("test", "assert x == 1"),
            ("test", "assert open('answers.json').read() == '{}'"),
        )
    )
    result_ran = only(result)
    assert result.status == "crashed"
    assert "3" in result.reason
    assert result_ran[1].problem == "died"
    assert result_ran[2].problem == "not run"
    assert error(result_ran[3]) == "LearnerGoneError"
    assert error(result_ran[4]) == "FileNotFoundError"  # it ran: there is just no such file


def test_a_form_earns_its_points_though_the_code_died(lane: Lane) -> None:
    work = replace(
        job(("learner", "import os\nos._exit(3)"), ("test", "open('answers.json').read()")),
        files={"answers.json": b"{}"},
        pinned=("answers.json",),
    )
    assert error(only(lane.run(work))[1]) == ""


def test_a_test_that_swallows_all_errors_does_not_hide_that_the_code_died(lane: Lane) -> None:
    swallows = (
        "try:\n    points = 2 if double(4) == 8 else 0\nexcept Exception:\n    points = 1\npoints"
    )
    before, inside = (
        only(lane.run(job(*cells)))[-1]
        for cells in (
            (("learner", "import os; os._exit(3)"), ("test", swallows)),
            (("learner", "def double(x):\n    import os; os._exit(3)"), ("test", swallows)),
        )
    )
    assert before.problem == inside.problem == "died"
    assert "exit code 3" in before.reason
    assert "exit code 3" in inside.reason


def test_the_whole_submission_has_a_time_limit(lane: Lane) -> None:
    limits = replace(LIMITS, cell_seconds=5, total_seconds=2)
    wait = ("learner", "import time\ntime.sleep(1.5)")
    result = lane.run(job(wait, wait, ("test", "1"), limits=limits))
    assert result.status == "timed out"
    assert [r.problem for r in only(result)] == ["", "timed out", "not run"]


def test_what_bad_code_does_to_the_fork_server_costs_nobody_else(lane: Lane) -> None:
    kill = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)"
    lane.run(job(("learner", kill), ("test", "1")))
    assert (
        lane.run(
            job(
                ("learner", "1"),
            )
        ).status
        == "done"
    )


def test_the_referee_sees_what_the_code_wrote_but_not_in_place_of_the_given(lane: Lane) -> None:
    work = replace(
        job(
            (
                "learner",
                "open('out.csv', 'w').write('a,b')\nopen('help.py', 'w').write('VALUE = 9')",
            ),
            ("learner", "open('answers.json', 'w').write('forged')"),
            ("test", "assert open('out.csv').read() == 'a,b'"),
            ("test", "import help\nassert help.VALUE == 1"),
            ("test", "assert open('answers.json').read() == '{}'"),
        ),
        files={"help.py": b"VALUE = 1", "answers.json": b"{}"},
        given={"help.py": b"VALUE = 1"},
        pinned=("answers.json",),
    )
    assert [error(r) for r in only(lane.run(work))] == [""] * 5


def test_notebooks_of_one_submission_share_the_folder_and_nothing_else(lane: Lane) -> None:
    first = notebook(("learner", "open('a.txt', 'w').write('1')\nx = 1"), name="one")
    second = notebook(
        ("learner", "a = open('a.txt').read()"),
        ("test", "assert a == '1'"),
        ("test", "x"),
        name="two",
    )
    result = lane.run(Job((first, second), limits=LIMITS))
    assert [run.name for run in result.notebooks] == ["one", "two"]
    assert [error(r) for r in result.notebooks[1].ran] == ["", "", "NameError"]


def test_a_flood_of_output_is_cut(lane: Lane) -> None:
    limits = replace(LIMITS, output_kb=10)
    flood = "for _ in range(100000): print('x' * 80)"
    (ran,) = only(lane.run(job(("learner", flood), limits=limits)))
    assert ran.problem == ""
    assert 1000 < len(text(ran)) < 12_000


def test_a_lane_that_is_closed_while_it_runs_starts_nothing_anew() -> None:
    lane = Lane(jail=choose(), limits=LIMITS)
    lane.start()
    closer = threading.Timer(0.5, lane.close)
    closer.start()
    result = lane.run(job(("learner", "import time; time.sleep(15)")))
    closer.join()
    assert (result.status, lane._servers) == ("failed", {})


def test_a_lane_can_be_closed_twice_and_used_again() -> None:
    lane = Lane(jail=choose(), limits=LIMITS)
    lane.close()
    assert (
        lane.run(
            job(
                ("learner", "1"),
            )
        ).status
        == "done"
    )
    lane.close()
    lane.close()
