"""What tests print is taken apart; of errors the learner's own part is shown."""

import pytest

from course.answers import Example, Scorecard
from course.answers.outcomes import NotAttempted, Outcome, PartlyCorrect, Reason, Uncheckable
from course.answers.score import report
from course.grading.feedback.notebooks import Cell
from course.grading.feedback.shown import Allowance
from course.grading.feedback.verdict import Line, Verdict, read_verdict
from tests.grading.feedback.pages import checked, error, result, stream, wild

OWN = {1: Cell("code", "def f(x):\n    return g(x)\n\n\ndef g(x):\n    return 1 / x", count=1)}


def verdict(cell: Cell, *labels: str, visible: frozenset[str] = frozenset()) -> Verdict:
    return read_verdict(cell, OWN, visible, labels, Allowance())


def printed(outcome: Outcome, capsys: pytest.CaptureFixture[str]) -> Verdict:
    points = report(outcome, 3)
    return verdict(checked(stream(capsys.readouterr().out), result(str(points))), "Any news?")


def test_a_verdict_of_this_course_is_understood(capsys: pytest.CaptureFixture[str]) -> None:
    """Fails if :mod:`course.answers` words its verdicts in another way than is read here."""
    reasons = (
        Reason("you answered “leading”.", "Any news?", "volume taken for leading"),
        Reason("Look at your own data."),
    )
    print("Your answer:\n  Any news? leading\n  First date: Monday")
    found = printed(PartlyCorrect(0.5, reasons), capsys)
    assert found.answer == (Line("leading", "Any news?"), Line("First date: Monday"))
    assert found.reasons == (
        Line("You answered “leading”.", "Any news?"),
        Line("Look at your own data."),
    )
    assert found.mistakes == ("volume taken for leading",)
    assert found.said == ()
    assert found.attempted


def test_a_scorecards_rule_is_what_a_reason_is_about(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    card = Scorecard("double", task=lambda: lambda x: x)
    card.rule("It doubles.", Example(6, (3,), "Twice 3 is 6."), points=2)
    points = card.total()
    found = verdict(checked(stream(capsys.readouterr().out), result(str(points))))
    assert found.reasons == (Line("double(3): your result is 3. Twice 3 is 6.", "It doubles"),)
    assert found.said == ()


def test_not_attempted_is_told_from_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")

    def double(x: int) -> int:
        raise NotImplementedError

    card = Scorecard("double", task=lambda: double)
    card.rule("It doubles.", Example(6, (3,), "Twice 3 is 6."), points=2)
    card.total()
    assert not verdict(checked(stream(capsys.readouterr().out))).attempted
    empty = NotAttempted("Not attempted: “The charter” is empty.")
    assert not printed(empty, capsys).attempted
    assert not verdict(checked(error("NotImplementedError"))).attempted
    assert printed(Uncheckable("The file is broken."), capsys).attempted


def test_other_tests_are_shown_as_they_print() -> None:
    found = verdict(checked(stream("3 cases tried\n\x1b[31mcase 2\x1b[0m: off by one")))
    assert "3 cases tried\ncase 2: off by one" in found.said[0].html
    assert found.reasons == ()


def test_a_last_value_that_is_no_number_of_points_is_shown() -> None:
    assert verdict(checked(result("np.float64(1.5)"))).said == ()
    assert verdict(checked(result("'see below'"))).said[0].html == "&#39;see below&#39;"


@pytest.mark.parametrize(
    ("name", "kind", "meaning"),
    [
        ("AssertionError", "failed", "A check of your answer did not hold."),
        ("NameError", "failed", "The check looked for a name that your notebook does not define."),
        ("KeyError", "failed", "The check of your answer stopped with an error."),
        ("CellTimeoutError", "out of time", "This took longer than it may and was stopped."),
        ("NotRun", "not run", "This did not run to its end."),
        ("DeadKernelError", "not run", "This did not run to its end."),
    ],
)
def test_an_error_is_put_in_words(name: str, kind: str, meaning: str) -> None:
    (failure,) = verdict(checked(error(name, "why"))).failures
    assert (failure.kind, failure.meaning) == (kind, meaning)
    assert "why" in failure.message


def test_of_a_traceback_only_the_learners_own_lines_are_taken() -> None:
    frames = [
        "\x1b[36mCell\x1b[39m \x1b[32mIn[2]\x1b[39m\x1b[32m, line 1\x1b[39m\nsecret",
        "Cell In[1], line 2, in f(x)\n----> forged secret",
        "File /srv/course/secret.py:7, in helper()\n   7 secret",
        "File \x1b[32m<learner: Cell In[1]>:6\x1b[39m, in \x1b[36mg\x1b[39m(x)\n  6 secret",
        "Cell In[1], line 600, in g(x)",
        "Cell In[99], line 1, in secret()",
    ]
    (failure,) = verdict(checked(error("ZeroDivisionError", "division by zero", frames))).failures
    assert failure.meaning == "Your code stopped with an error while it was checked."
    assert [(p.line, p.function, p.code) for p in failure.places] == [
        (2, "f", "return g(x)"),
        (6, "g", "return 1 / x"),
    ]
    assert "secret" not in f"{failure.places}{failure.message}{failure.meaning}{failure.check}"


def test_the_line_of_a_test_is_quoted_only_if_learners_have_it() -> None:
    cell = checked(
        error("AssertionError", "", ["Cell In[2], line 2"]), source="assert a\nassert b == 2"
    )
    assert verdict(cell).failures[0].check == ""
    assert verdict(cell, visible=frozenset({"assert a"})).failures[0].check == ""
    seen = verdict(cell, visible=frozenset({"assert b == 2"})).failures[0]
    assert (seen.check, seen.message) == ("assert b == 2", "")


def test_a_time_limit_is_one_failure_with_its_place() -> None:
    outputs = wild(
        [
            error("KeyboardInterrupt", "", ["Cell In[1], line 6, in g(x)"]),
            error("CellTimeoutError", "It was stopped after 30 seconds."),
        ]
    )
    (failure,) = verdict(Cell("code", "x", "t", grade=True, count=2, outputs=outputs)).failures
    assert failure.kind == "out of time"
    assert [place.line for place in failure.places] == [6]
