"""Graded forms: points with their reasons printed.

A graded cell is an ordinary nbgrader test. Its last value is the number of points earned, and what
it prints is the feedback. In the learner's own copy the key and the hidden checks are cut out; what
is left then says whether the task is complete, nothing more.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from course.answers.errors import Unfinished
from course.answers.forms import Form
from course.answers.mode import grading
from course.answers.outcomes import NotAttempted, Outcome, Uncheckable, in_words
from course.answers.work import Work
from course.text import _

__all__ = ["grade", "lines", "report"]


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
    if key is None:
        if grading():  # else the form above shows its state; a line here would only go stale
            _say_open(work, form)
        return None
    if work.store.unreadable:
        return report(Uncheckable(work.store.unreadable), form.points)
    raw = work.store[form_id].value
    outcome = form.score(raw, key)
    if not isinstance(outcome, NotAttempted | Uncheckable):
        print(_("Your answer:"))
        for line in form.describe(form.read(raw)):
            print(f"  {line}")
    return report(outcome, form.points)


def _say_open(work: Work, form: Form) -> None:
    if work.store.unreadable:
        raise Unfinished(work.store.unreadable)
    open_items = form.open_items(work[form.id])
    if open_items:
        raise Unfinished(
            _("“{title}” is not finished yet:").format(title=form.title)
            + "".join(f"\n  - {item}" for item in open_items)
        )
    print(_("“{title}” is complete.").format(title=form.title))


def report(outcome: Outcome, maximum: float) -> float:
    """Print points and reasons; return the points."""
    points = outcome.points(maximum)
    print(_("{points:g} of {maximum:g} points.").format(points=points, maximum=maximum))
    for line in lines(outcome):
        print(line)
    return points


def lines(outcome: Outcome) -> list[str]:
    """Return an outcome as it is printed: what is about a part of the answer is indented."""
    whole = isinstance(outcome, NotAttempted | Uncheckable)
    parts = len([reason for reason in outcome.reasons if reason.text])
    said = in_words(outcome)
    return said if whole else [f"  - {line}" for line in said[:parts]] + said[parts:]
