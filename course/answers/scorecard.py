"""Graded code: the learner's function is called, and every case is worth a reason.

Whatever the function returns or raises, the cell ends with points and sentences, never with a
traceback. Only an interrupt passes: that is how a time limit ends a cell.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from course.answers import compare
from course.answers.errors import Unfinished
from course.answers.mode import grading
from course.answers.outcomes import Correct, NotAttempted, Outcome, Reason, Uncheckable, from_share
from course.answers.score import lines, report
from course.text import _

__all__ = ["Example", "Scorecard"]


@dataclass(frozen=True)
class Example:
    """One call of the learner's function: ``expected`` is what it should return for ``arguments``.

    ``why`` is the sentence for anyone who gets it wrong. ``wrong`` lists results that betray
    a known mistake, each with its sentence and the misconception's name.
    """

    expected: Any
    arguments: tuple[Any, ...]
    why: str
    wrong: tuple[tuple[Any, str, str], ...] = ()


class Scorecard:
    """The score of one code task: rules, each worth its points, each shown by several cases.

    A rule's points are earned when all of its cases hold, so that an answer which is always the
    same earns nothing by chance. All rules run, whatever the others do. ``task`` returns the
    learner's function; it is asked late, so that a deleted one is a reason, not a crash::

        card = Scorecard("double", task=lambda: double)
        card.rule("It doubles.", Example(6, (3,), "Twice 3 is 6."), points=2)
        card.total()

    A rule without points is an example: it runs, visibly, and decides nothing.
    """

    def __init__(
        self,
        title: str,
        *,
        task: Callable[[], Any],
        same: Callable[[Any, Any], bool] | None = None,
    ) -> None:
        """Start a scorecard.

        ``title`` is the task's name for the learner; ``same(result, expected)`` replaces the plain
        comparison of type and value.
        """
        self.title = title
        self.earned = self.maximum = 0.0
        self._equal = same or compare.same
        self._reasons: list[Reason] = []
        self._attempted = False
        self._missing = ""
        self._function: Callable[..., Any] | None = None
        try:
            self._function = task()
        except Exception as error:
            self._missing = _(
                "{error}. Keep the line that begins with “def”, run its cell, then this one."
            ).format(error=compare.one_line(error))
        else:
            if not callable(self._function):
                self._missing = _("“{title}” should be a function, but it is {found}.").format(
                    title=title, found=compare.shown(self._function)
                )

    def rule(self, says: str, *cases: Example, points: float = 0.0) -> None:
        """Check one rule; ``says`` is the rule in the learner's words."""
        if not cases or points < 0:
            raise ValueError(f"rule “{says}”: needs a case, and points of 0 or more, got {points}")
        self.maximum += points
        if self._missing:
            return
        failed: Reason | None = None
        for case in cases:
            reason = self._failure(case)
            failed = failed or reason
        if failed is None:
            self.earned += points
        else:
            self._reasons.append(Reason(failed.text, says.rstrip("."), failed.misconception))

    def _failure(self, case: Example) -> Reason | None:
        """Run one case; return None if it holds.

        The arguments are copied, so that a function that changes them spoils nothing; what it
        prints is not shown; an error it raises is a reason.
        """
        assert self._function is not None
        with _silence():
            try:
                result = self._function(*deepcopy(case.arguments))
            except KeyboardInterrupt:
                raise
            except NotImplementedError:
                return Reason(case.why)
            except BaseException as error:  # sys.exit() too
                self._attempted = True
                problem = _("your code stopped with {error}.").format(error=compare.one_line(error))
                return Reason(f"{self._call(case)}: {problem}")
            self._attempted = True
            if _holds(self._equal, result, case.expected):
                return None
            said = _("your result is {result}.").format(result=compare.shown(result))
            for value, text, misconception in case.wrong:
                if _holds(compare.same, result, value):
                    return Reason(f"{self._call(case)}: {said} {text}", "", misconception)
            return Reason(f"{self._call(case)}: {said} {case.why}")

    def _call(self, case: Example) -> str:
        return f"{self.title}({', '.join(map(compare.shown, case.arguments))})"

    def outcome(self) -> Outcome:
        """Return what the rules found so far."""
        if self._missing:
            return Uncheckable(self._missing)
        if not self._attempted:
            return NotAttempted(
                _("Not attempted: “{title}” still holds its placeholder.").format(title=self.title)
            )
        if not self._reasons:
            return Correct()
        return from_share(self.earned / self.maximum if self.maximum else 0.0, self._reasons)

    def total(self) -> float | None:
        """Print the points and the reasons, and return the points: a graded cell's last line.

        In the learner's own copy only the examples have run, so no points are named; under
        ``nbgrader validate`` a task that does not pass them raises :class:`Unfinished`.
        """
        outcome = self.outcome()
        if grading() == "autograde":
            return report(outcome, self.maximum)
        if isinstance(outcome, Correct):
            print(_("The examples come out right. More cases are tried when you hand in."))
        elif grading() == "validate":
            raise Unfinished("\n".join(lines(outcome)))
        else:
            print(*lines(outcome), sep="\n")
        return None


def _holds(equal: Callable[[Any, Any], bool], result: Any, expected: Any) -> bool:
    try:
        return bool(equal(result, expected))
    except KeyboardInterrupt:
        raise
    except BaseException:  # what cannot be compared is not what was expected
        return False


class _Nowhere(io.TextIOBase):
    """A stream that keeps nothing: an endless print must not fill the memory."""

    def write(self, text: str) -> int:
        return len(text)


@contextmanager
def _silence() -> Iterator[None]:
    with redirect_stdout(_Nowhere()), redirect_stderr(_Nowhere()):
        yield
