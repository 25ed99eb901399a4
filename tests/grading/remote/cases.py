"""Ordinary tests of ordinary homework: a right answer passes, a wrong one does not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from textwrap import dedent
from typing import Any

import pytest

from tests.grading.remote.pairs import Pair, Ran


@dataclass(frozen=True)
class Case:
    """One way to test. Without ``wrong`` there is nothing to be wrong with."""

    name: str
    right: str
    test: str
    wrong: str = ""
    setup: str = ""
    answers: tuple[str, ...] = ()
    files: dict[str, bytes] = field(default_factory=dict)
    given: dict[str, bytes] = field(default_factory=dict)


def params(*cases: Case) -> Any:
    """Return a mark that runs a test for each case, with the right and the wrong answer."""
    return pytest.mark.parametrize(
        ("case", "answer"),
        [
            pytest.param(case, answer, id=f"{case.name}-{which}")
            for case in cases
            for which, answer in (("right", case.right), ("wrong", case.wrong))
            if answer
        ],
    )


def check(case: Case, answer: str, new_pair: Callable[[], Pair]) -> Ran:
    """Run a case with one of its answers; fail unless it ends as it should."""
    pair = new_pair()
    pair.begin(answers=case.answers, files=case.files, given=case.given)
    if case.setup:
        ran = pair.setup(dedent(case.setup))
        assert ran.passed, ran.traceback
    ran = pair.learner(dedent(answer))
    assert ran.passed, ran.traceback
    ran = pair.test(dedent(case.test))
    if answer == case.right:
        assert ran.passed, f"{ran.traceback}\n{ran.reason}"
    else:
        assert ran.error, "passed"
        assert not ran.problem, ran.reason
    return ran
