"""What must hold for every homework: answers that are right, wrong, missing or cannot be right."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from course.answers import Scorecard
from course.build.lessons import load_lesson
from tests.lessons import lesson01, lesson02, lesson03
from tests.lessons.checks import run_task

LESSONS = (lesson01, lesson02, lesson03)
TASKS = [(lesson, task) for lesson in LESSONS for task in lesson.RIGHT_CODE]
FORMS = [(lesson, form) for lesson in LESSONS for form in lesson.FORM_POINTS]
NO_POINTS = {
    "always true": "def TASK(*given): return True",
    "always false": "def TASK(*given): return False",
    "always zero": "def TASK(*given): return 0",
    "always one": "def TASK(*given): return 1.0",
    "nothing": "def TASK(*given): pass",
    "text": "def TASK(*given): return 'urgent'",
    "crash": "def TASK(*given): return given[0]['nothing like it']",
    "no argument": "def TASK(): return 1",
    "not a function": "TASK = 1",
    "deleted": "other = None",
    "equal to all": """
class Yes:
    def __eq__(self, other): return True
    def __hash__(self): return 0
def TASK(*given): return Yes()
""",
}
Grade = Callable[[ModuleType, str, str], tuple[float, Scorecard]]


def named(pair: tuple[ModuleType, str]) -> str:
    return pair[1]


each_task = pytest.mark.parametrize("asked", TASKS, ids=named)
each_form = pytest.mark.parametrize("asked", FORMS, ids=named)


@pytest.fixture
def grade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Grade:
    return lambda lesson, task, code: run_task(lesson.LESSON, task, code, tmp_path, monkeypatch)


@each_task
def test_the_code_of_the_chain_earns_all_or_nothing(
    asked: tuple[ModuleType, str], grade: Grade
) -> None:
    lesson, task = asked
    earned, card = grade(lesson, task, lesson.RIGHT_CODE[task])
    assert earned == card.maximum > 0
    assert grade(lesson, task, lesson.WRONG_CODE[task])[0] == 0.0


@each_task
@pytest.mark.parametrize("code", NO_POINTS.values(), ids=NO_POINTS.keys())
def test_code_that_cannot_be_right_earns_nothing_and_gets_a_reason(
    asked: tuple[ModuleType, str], code: str, grade: Grade, capsys: pytest.CaptureFixture[str]
) -> None:
    lesson, task = asked
    assert grade(lesson, task, code.replace("TASK", task))[0] == 0.0
    out = capsys.readouterr().out
    assert len(out.splitlines()) > 1
    assert "Traceback" not in out


@each_task
def test_an_untouched_function_is_called_so(
    asked: tuple[ModuleType, str], grade: Grade, capsys: pytest.CaptureFixture[str]
) -> None:
    lesson, task = asked
    code = f"def {task}(*given): raise NotImplementedError()"
    assert grade(lesson, task, code)[0] == 0.0
    assert "Not attempted:" in capsys.readouterr().out


@each_form
def test_the_answers_of_the_chain_earn_all_or_nothing(asked: tuple[ModuleType, str]) -> None:
    lesson, name = asked
    form = load_lesson(lesson.LESSON).graded[name]
    right, wrong = (
        form.score(answers[name], lesson.KEYS[name]).points(form.points)
        for answers in (lesson.RIGHT, lesson.WRONG)
    )
    assert (right, wrong) == (lesson.FORM_POINTS[name], 0.0)
