"""Graded code: whatever a learner's function does, the cell ends with points and sentences."""

import math
import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from course.answers.compare import one_line, same, shown
from course.answers.errors import Unfinished
from course.answers.scorecard import Example, Scorecard


def card(function: Any, **options: Any) -> Scorecard:
    made = Scorecard("double", task=lambda: function, **options)
    made.rule("Examples.", Example(2, (1,), "Twice 1 is 2."))
    squared = (9, "That is 3².", "squared")
    made.rule("It doubles.", Example(6, (3,), "Twice 3 is 6.", (squared,)), points=2)
    made.rule("Nothing stays nothing.", Example(0, (0,), "Twice 0 is 0."), points=1)
    return made


@pytest.mark.parametrize(("rows", "words"), [(1, "<table of 1 row>"), (27, "<table of 27 rows>")])
def test_a_table_is_quoted_by_its_size(rows: int, words: str) -> None:
    assert shown(pd.DataFrame({"text": ["a long line of words"] * rows})) == words


@pytest.fixture
def graded(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[float | None, str]]:
    """Grade a function as autograding does: the points, and what is printed."""

    def run(function: Any, **options: Any) -> tuple[float | None, str]:
        monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
        points = card(function, **options).total()
        captured = capsys.readouterr()
        assert captured.err == ""  # a word on stderr costs all points
        captured.out.encode("utf-8")
        assert "Traceback" not in captured.out
        assert max(map(len, captured.out.splitlines())) < 300
        return points, captured.out

    return run


def double(x: float) -> float:
    return 2 * x


def placeholder(x: float) -> float:
    raise NotImplementedError


# --- outcomes ------------------------------------------------------------------------------------


def test_all_right(graded: Any) -> None:
    assert graded(double) == (3, "3 of 3 points.\n")


def test_partly_right_says_why_and_names_the_misconception(graded: Any) -> None:
    points, said = graded(lambda x: x * x if x == 3 else 2 * x)
    assert points == 1
    assert said == (
        "1 of 3 points.\n"
        "  - It doubles: double(3): your result is 9. That is 3².\n"
        "A common mistake is at work: squared.\n"
    )


def test_the_placeholder_is_not_attempted(graded: Any) -> None:
    said = "0 of 3 points.\nNot attempted: “double” still holds its placeholder.\n"
    assert graded(placeholder) == (0, said)


def test_a_deleted_function_is_a_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    made = Scorecard("double", task=lambda: undefined)  # type: ignore[name-defined]  # noqa: F821
    made.rule("It doubles.", Example(2, (1,), ""), points=2)
    assert made.total() == 0
    out = capsys.readouterr().out
    assert "0 of 2 points.\nNameError: name 'undefined' is not defined. Keep the line that" in out


@pytest.mark.parametrize("value", [None, 3, "double", [double]])
def test_what_is_no_function_is_a_reason(graded: Any, value: Any) -> None:
    points, said = graded(value)
    assert points == 0
    assert f"“double” should be a function, but it is {value!r}"[:60] in said


def test_the_learners_own_copy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert card(double).total() is None
    assert capsys.readouterr().out == (
        "The examples come out right. More cases are tried when you hand in.\n"
    )
    assert card(placeholder).total() is None
    assert "Not attempted" in capsys.readouterr().out
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    assert card(double).total() is None
    with pytest.raises(Unfinished, match=r"double\(1\): your result is 0\. Twice 1 is 2\."):
        card(lambda x: 0).total()


@pytest.mark.parametrize(("cases", "points"), [((), 1), ((Example(1, (), ""),), -1)])
def test_a_rule_that_would_give_points_away_is_refused(cases: Any, points: float) -> None:
    with pytest.raises(ValueError, match="needs a case, and points of 0 or more"):
        Scorecard("f", task=lambda: double).rule("Free.", *cases, points=points)


# --- functions that misbehave --------------------------------------------------------------------


class Agreeable:
    """Claims to equal everything."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash(6)


class Mute:
    """Cannot be printed, compared or asked for its truth."""

    def _refuse(self, *_: object) -> Any:
        raise RuntimeError("no")

    __repr__ = __eq__ = __bool__ = __len__ = __str__ = _refuse  # type: ignore[assignment]
    __hash__ = None  # type: ignore[assignment]


class Leaver:
    def __repr__(self) -> str:
        sys.exit(3)


class Numpyish:
    """Passes itself off as a number of numpy's."""

    __module__ = "numpy"
    shape = ()

    def item(self) -> Any:
        raise RuntimeError("no")


class BadError(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no")


class Root(BaseException):
    pass


def stop(error: BaseException) -> Callable[[Any], Any]:
    def function(x: Any) -> Any:
        raise error

    return function


def endless(x: Any) -> Any:
    return endless(x)


def chatty(x: Any) -> Any:
    for _ in range(1000):
        print("x" * 10_000)
        print("x" * 10_000, file=sys.stderr)
    return 2 * x


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (
            stop(ZeroDivisionError("division\nby zero")),
            "stopped with ZeroDivisionError: division by",
        ),
        (stop(SystemExit(1)), "your code stopped with SystemExit: 1."),
        (stop(Root("x")), "your code stopped with Root: x."),
        (stop(BadError()), "your code stopped with BadError."),
        (stop(ValueError("\ud83d" + "x" * 10**6)), "your code stopped with ValueError: ?xxx"),
        (endless, "your code stopped with RecursionError: maximum recursion"),
        (lambda: 1, "your code stopped with TypeError: "),
        (lambda x: Agreeable(), "your result is <"),
        (lambda x: [Agreeable()], "your result is [<"),
        (lambda x: Mute(), "your result is <"),
        (lambda x: Leaver(), "your result is <…>."),
        (lambda x: Numpyish(), "your result is <"),
        (lambda x: "y" * 10**7, "your result is 'yyy"),
        (lambda x: list(range(10**6)), "your result is [0, 1, 2"),
        (lambda x: 10**5000, "your result is <"),
        (lambda x: float("nan"), "your result is nan."),
        (lambda x: None, "your result is None."),
        (lambda x: str(2 * x), "your result is '6'."),
        (lambda x: np.array([1, 2]), "your result is array([1, 2])."),
        (lambda x: (y for y in ()), "your result is <generator"),
    ],
)
def test_nothing_a_function_does_ends_the_cell(graded: Any, function: Any, said: str) -> None:
    points, out = graded(function)
    assert points == 0
    assert said in out


def test_an_interrupt_passes_for_that_is_how_a_time_limit_ends_a_cell() -> None:
    with pytest.raises(KeyboardInterrupt):
        card(stop(KeyboardInterrupt()))


def test_what_a_function_prints_is_not_shown_and_costs_nothing(graded: Any) -> None:
    assert graded(chatty) == (3, "3 of 3 points.\n")


def test_a_function_cannot_change_the_cases() -> None:
    case = Example([1, 2], ([1, 2],), "As it was.")

    def spoil(items: list[int]) -> list[int]:
        result = list(items)
        items.clear()
        return result

    made = Scorecard("spoil", task=lambda: spoil)
    made.rule("Twice.", case, case, points=1)
    assert (made.earned, case.arguments) == (1, ([1, 2],))


def test_numbers_of_numpy_count(graded: Any) -> None:
    assert graded(lambda x: np.int64(2 * x))[0] == 3
    assert graded(lambda x: np.float32(2 * x))[0] == 3


def test_another_comparison_may_be_given_and_may_fail(graded: Any) -> None:
    assert graded(lambda x: 2 * x + 0.4, same=lambda r, e: abs(r - e) < 0.5)[0] == 3
    assert graded(lambda x: "six", same=lambda r, e: abs(r - e) < 0.5)[0] == 0
    assert graded(lambda x: np.float64(2 * x), same=lambda r, e: r == e)[0] == 3  # a numpy truth


# --- comparing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (True, True),
        (np.bool_(True), True),
        (3, 3.0),
        (0.1 + 0.2, 0.3),
        (np.float64(3), 3),
        ([0.1 + 0.2, np.int64(1)], [0.3, 1]),
        ((1, (2,)), (1, (2,))),
        ({"a": [np.float64(1)]}, {"a": [1]}),
        ({np.int64(1): 2}, {1: 2}),
        ({1, 2}, {2, 1}),
        (set(), set()),
        (math.nan, math.nan),
        (math.inf, math.inf),
        (10**400, 10**400),
        ("周一", "周一"),
        (None, None),
        (Decimal("1.0"), Decimal(1)),
    ],
)
def test_same(result: Any, expected: Any) -> None:
    assert same(result, expected)


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (1, True),
        (True, 1),
        ("3", 3),
        (2_000_000_001, 2_000_000_000),
        (10**400, 1.0),
        (1.000001, 1),
        ([True], [1]),
        ((1,), [1]),
        ([1, 2], [1]),
        ([Agreeable()], [6]),
        ({"a": Agreeable()}, {"a": 6}),
        ({Agreeable(): 1}, {6: 1}),
        ({Agreeable()}, {6}),
        ({True}, {1}),
        ({1: 2, 3: 4}, {1: 2}),
        (math.inf, 1.0),
        (math.nan, 1.0),
        (np.array([True]), True),
        (None, 0),
    ],
)
def test_not_same(result: Any, expected: Any) -> None:
    assert not same(result, expected)


def test_shown_is_one_short_line() -> None:
    assert shown(["reply", "no reply"]) == "['reply', 'no reply']"
    assert shown([np.float64(0.75), np.True_]) == "[0.75, True]"
    assert shown(np.arange(100).reshape(10, 10)).count("\n") == 0
    assert len(shown("x" * 1000)) <= 60
    assert one_line(ValueError()) == "ValueError"
