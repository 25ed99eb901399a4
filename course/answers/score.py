"""Graded cells: points with their reasons printed, for forms and for code.

A graded cell is an ordinary nbgrader test. Its last value is the number of points earned, and what
it prints is the feedback. In the learner's own copy the key and the hidden checks are cut out; what
is left then says whether the task is complete, nothing more.
"""

import io
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.answers.errors import Unfinished
from course.answers.outcomes import (
    Correct,
    NotAttempted,
    Outcome,
    Reason,
    Uncheckable,
    from_share,
)
from course.answers.work import Work, grading
from course.text import _

__all__ = ["Case", "Scorecard", "grade"]


def grade(
    form_id: str,
    key: Mapping[str, Any] | None = None,
    *,
    folder: Path | None = None,
) -> float | None:
    """Grade one form: print the answer, the points and the reasons; return the points.

    Without a key (the learner's copy) it returns None and says nothing, except under ``nbgrader
    validate``: there it raises :class:`Unfinished` naming what is open.
    """
    work = Work(folder)
    form = work.forms[form_id]
    raw = work.store[form_id].value
    if key is None:
        _say_open(work, form_id)
        return None
    for notice in work.store.notices:
        if notice != work.store.refusal:
            print(notice)
    outcome = form.score(raw, key)
    if not isinstance(outcome, NotAttempted | Uncheckable):
        print(_("Your answer:"))
        for line in form.describe(form.read(raw)):
            print(f"  {line}")
    return _report(outcome, form.points)


def _say_open(work: Work, form_id: str) -> None:
    form = work.forms[form_id]
    if not grading():
        return  # the form above shows the state of the answer; a line here would only go stale
    open_items = form.open_items(work[form_id])
    if open_items:
        raise Unfinished(
            _("“{title}” is not finished yet:").format(title=form.title)
            + "".join(f"\n  - {item}" for item in open_items)
        )
    print(_("“{title}” is complete.").format(title=form.title))


@dataclass(frozen=True)
class Case:
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
        card.rule("It doubles.", Case(6, (3,), "Twice 3 is 6."), points=2)
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
        self._same = same or _same
        self._reasons: list[Reason] = []
        self._attempted = False
        self._missing = ""
        self._function: Callable[..., Any] | None = None
        try:
            self._function = task()
        except NameError as error:
            self._missing = _(
                "{error}. Keep the line that begins with “def”, run its cell, then this one."
            ).format(error=_one_line(error))
        else:
            if not callable(self._function):
                self._missing = _("“{title}” should be a function, but it is {found}.").format(
                    title=title, found=_shown(self._function)
                )

    def rule(self, says: str, *cases: Case, points: float = 0.0) -> None:
        """Check one rule; ``says`` is the rule in the learner's words."""
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

    def _failure(self, case: Case) -> Reason | None:
        """Run one case; return None if it holds.

        The arguments are copied, so that a function that changes them spoils nothing; what it
        prints is not shown; an error it raises is a reason.
        """
        assert self._function is not None
        try:
            with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                result = self._function(*deepcopy(case.arguments))
                right = bool(self._same(result, case.expected))
        except NotImplementedError:
            return Reason(case.why)
        except Exception as error:
            self._attempted = True
            problem = _("your code stopped with {error}.").format(error=_one_line(error))
            return Reason(f"{self._call(case)}: {problem}")
        self._attempted = True
        if right:
            return None
        said = _("your result is {result}.").format(result=_shown(result))
        for value, text, misconception in case.wrong:
            if _same(result, value):
                return Reason(f"{self._call(case)}: {said} {text}", "", misconception)
        return Reason(f"{self._call(case)}: {said} {case.why}")

    def _call(self, case: Case) -> str:
        return f"{self.title}({', '.join(map(_shown, case.arguments))})"

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
            return _report(outcome, self.maximum)
        if isinstance(outcome, Correct):
            print(_("The examples come out right. More cases are tried when you hand in."))
        elif grading() == "validate":
            raise Unfinished("\n".join(_lines(outcome)))
        else:
            print(*_lines(outcome), sep="\n")
        return None


def _report(outcome: Outcome, maximum: float) -> float:
    points = outcome.points(maximum)
    print(_("{points:g} of {maximum:g} points.").format(points=points, maximum=maximum))
    for line in _lines(outcome):
        print(line)
    return points


def _lines(outcome: Outcome) -> list[str]:
    whole = isinstance(outcome, NotAttempted | Uncheckable)
    lines = [str(reason) if whole else f"  - {reason}" for reason in outcome.reasons]
    lines += [
        _("A common mistake is at work: {name}.").format(name=name)
        for name in outcome.misconceptions
    ]
    return lines


def _same(result: Any, expected: Any) -> bool:
    """Compare by kind of value and value; numpy's own numbers and truth values count as Python's.

    The expected value is on the left and the result is first brought to a plain type, so that an
    object that claims to equal everything does not pass.
    """
    plain = result
    if type(result).__module__ == "numpy" and hasattr(result, "item"):
        plain = result.item()
    if isinstance(expected, bool):
        return plain is expected
    if isinstance(expected, int | float):
        return type(plain) in (int, float) and abs(expected - plain) <= 1e-9 * max(1, abs(expected))
    return type(plain) is type(expected) and bool(expected == plain)


def _shown(result: Any) -> str:
    try:
        text = repr(result)
    except Exception:  # a learner's own class may not even print
        text = f"<{type(result).__name__}>"
    return text if len(text) <= 60 else text[:57] + "…"


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:120]}" if text else type(error).__name__
