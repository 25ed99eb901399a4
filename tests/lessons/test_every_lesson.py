"""Every lesson there is, found as the build finds them."""

from pathlib import Path

import pytest

from course.answers.outcomes import Correct
from course.build.lessons import Lesson, find_lessons
from tests.lessons import checks

LESSONS = find_lessons()
every_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
every_homework = pytest.mark.parametrize(
    "lesson", [les for les in LESSONS if les.homework], ids=lambda lesson: lesson.slug
)


@pytest.fixture
def root(lesson: Lesson, tmp_path: Path) -> Path:
    checks.write(lesson, tmp_path)
    return tmp_path


@pytest.mark.kernel
@every_lesson
def test_the_lesson_runs(lesson: Lesson, root: Path) -> None:
    checks.check_lesson_runs(lesson, root)


@pytest.mark.kernel
@every_homework
def test_the_model_answer_earns_every_point(lesson: Lesson, root: Path) -> None:
    checks.check_model_answer(lesson, root)


@pytest.mark.kernel
@every_homework
def test_untouched_work_earns_nothing_and_is_called_so(lesson: Lesson, root: Path) -> None:
    checks.check_untouched(lesson, root)


def forms_with_keys() -> list:
    found = []
    for lesson in LESSONS:
        found += [(form, form.key) for form in lesson.practice.values() if form.key]
        found += [(form, lesson.keys[name]) for name, form in lesson.graded.items()]
    return [pytest.param(form, key, id=form.id) for form, key in found]


@pytest.mark.parametrize(("form", "key"), forms_with_keys())
def test_the_keys_own_answer_is_complete_and_right(form, key) -> None:
    answer = checks.model_answer(form, key)
    assert list(form.open_items(form.read(answer))) == []
    assert isinstance(form.score(answer, key), Correct)


def listed_misconceptions() -> list:
    """Every wrong answer that a key gives a name to, as a whole answer that is else right."""
    found = []
    for param in forms_with_keys():
        form, key = param.values
        rules = key.get("cells", {form.id: key} if "accept" in key else {})
        for cell, rule in rules.items():
            for wrong in rule.get("wrong", ()) if form.kind != "multiple" else ():
                if "misconception" not in wrong:
                    continue
                slip = checks._value(wrong["if"][0])
                answer = checks.model_answer(form, key)
                if "cells" in key and form.kind != "table":
                    answer[cell] = slip
                elif "cells" in key:
                    row, column = cell.split(".")
                    answer[row][column] = slip
                else:
                    answer = slip
                found.append(
                    pytest.param(
                        form, key, answer, wrong, id=f"{form.id}-{cell}-{slip}".replace(" ", "_")
                    )
                )
    return found


@pytest.mark.parametrize(("form", "key", "answer", "wrong"), listed_misconceptions())
def test_each_listed_misconception_loses_points_and_is_named(form, key, answer, wrong) -> None:
    outcome = form.score(answer, key)
    assert outcome.share < 1
    assert wrong["misconception"] in outcome.misconceptions
    assert any(wrong["say"] in reason.text for reason in outcome.reasons)
