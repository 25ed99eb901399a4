"""The feedback page of one notebook, from what is known of it to HTML.

The page stands by itself: nothing is fetched, nothing runs. A content security policy says so to
the browser as well, and allows one style sheet only, by its hash.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from course.grading.feedback.marks import NotebookMarks, SubmissionMarks
from course.grading.feedback.prose import prose
from course.grading.feedback.shown import FOLD
from course.grading.feedback.tasks import Body
from course.grading.feedback.text import visible
from course.text import _, ngettext

__all__ = ["Page", "render"]

_HERE = Path(__file__).parent
_ENDS = tuple(".!?…。！？”\"')")


@dataclass(frozen=True)
class Page:
    """All that stands on a page.

    ``status`` is one of :data:`course.grading.report.STATUSES`, or empty where no run record says
    anything; ``reasons`` and ``notes`` go with it. ``title`` is the notebook's own.
    """

    submission: SubmissionMarks
    notebook: NotebookMarks
    body: Body
    title: str = ""
    status: str = ""
    reasons: Sequence[str] = ()
    notes: Sequence[str] = ()


def render(page: Page) -> str:
    """Return the page as HTML."""
    submission, notebook = page.submission, page.notebook
    waiting = sum(task.mark.waiting for task in page.body.tasks)
    unread = _unread(page)
    happened = _happened(_status(page, unread=unread))
    reasons = [_sentence(reason) for reason in page.reasons]
    template, style, policy = _parts()
    html = template.render(
        _=_,
        ngettext=ngettext,
        prose=prose,
        points=_points,
        duration=_duration,
        share=lambda part, whole: round(100 * max(0.0, min(1.0, part / whole))) if whole else 0,
        style=style,
        policy=policy,
        fold=FOLD,
        # Translators: the code of your language, such as “zh”.
        language=_("en"),
        page=page,
        submission=submission,
        notebook=notebook,
        body=page.body,
        title=page.title or notebook.name,
        who=submission.name or submission.student,
        handed_in=_moment(submission.handed_in),
        late=_late(submission),
        waiting=waiting,
        unread=unread,
        happened=happened,
        reasons=reasons if happened else [],
        notes=[*([] if happened else reasons), *page.notes],
        outcomes=_outcomes(),
        all_score=sum(each.score for each in submission.notebooks),
        all_maximum=sum(each.maximum for each in submission.notebooks),
    )
    return visible(html).lstrip()


@cache
def _parts() -> tuple[Template, Markup, str]:
    """Return the template, the style sheet and the policy that allows no other."""
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (_HERE / "style.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return environment.get_template("page.html.j2"), Markup(style), policy


def _unread(page: Page) -> bool:
    """Whether there is nothing to say of any task but its points."""
    return page.status in ("refused", "failed") and all(
        task.missing or not task.tested or any(f.kind == "not run" for f in task.verdict.failures)
        for task in page.body.tasks
    )


def _sentence(text: str) -> str:
    """Return a reason as a sentence: some are made to stand behind a name in a table."""
    text = text.strip()
    if text.partition(" ")[0].isalpha():  # not a file's name
        text = text[0].upper() + text[1:]
    return text if text.endswith(_ENDS) else f"{text}."


def _status(page: Page, *, unread: bool) -> str:
    """Return what became of the submission, for this page of it.

    Without a run record, the tasks tell whether it was attempted at all.
    """
    if page.status == "refused" and not unread:
        return "refused in part"  # another notebook of it is the one that could not be read
    untouched = all(task.outcome == "untouched" for task in page.body.tasks)
    return "not attempted" if untouched and page.status in ("", "graded") else page.status


def _outcomes() -> Mapping[str, str]:
    return {
        "full": _("All points"),
        "part": _("Part of the points"),
        "none": _("No points"),
        "untouched": _("Not attempted"),
        "waiting": _("Waiting for a person"),
        "unchecked": _("Could not be checked"),
    }


def _happened(status: str) -> tuple[str, str] | None:
    """Return what became of a submission, and what its author can do; None if all is well."""
    again = _("Then hand in again. If the deadline is over, ask your instructor.")
    run_all = _(
        "Open your homework in JupyterLab and choose “Kernel”, then “Restart Kernel and Run All "
        "Cells”."
    )
    told = {
        "not attempted": (
            _("Your homework came in as it was handed out"),
            _(
                "There is no answer in it yet. If you did work on it, another copy was handed in "
                "by mistake: look for yours, and hand that one in."
            ),
        ),
        "crashed": (
            _("Your notebook ended before it was through"),
            _("{run_all} Where it stops is the cell to put right. {again}").format(
                run_all=run_all, again=again
            ),
        ),
        "timed out": (
            _("Your notebook took too long and was stopped"),
            _(
                "{run_all} The cell that stays marked with [*] does not come to an end; most often "
                "it repeats something for ever. {again}"
            ).format(run_all=run_all, again=again),
        ),
        "refused": (
            _("Your homework could not be read"),
            _("So no task could be checked. Put right what is named here. {again}").format(
                again=again
            ),
        ),
        "refused in part": (
            _("A part of your homework could not be read"),
            _("The rest was checked. Put right what is named here. {again}").format(again=again),
        ),
        "failed": (
            _("Your homework could not be graded, and that is not your fault"),
            _("The grader failed, not you. Your instructor knows and will grade it again."),
        ),
    }
    return told.get(status)


def _late(submission: SubmissionMarks) -> str:
    """Say by how much a submission was late; empty if it was not."""
    if submission.handed_in is None or submission.due is None:
        return ""
    late = submission.handed_in - submission.due
    return _span(late) if late > timedelta() else ""


def _span(span: timedelta) -> str:
    hours, minutes = divmod(-(-int(span.total_seconds()) // 60), 60)
    if hours >= 48:
        days = round(hours / 24)
        return ngettext("{count} day", "{count} days", days).format(count=days)
    if hours:
        return ngettext("{count} hour", "{count} hours", hours).format(count=hours)
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else ""


def _points(value: float) -> str:
    """Return points as people write them: 2, 1.5, 0.33."""
    return f"{round(value, 2):g}"


def _duration(seconds: float) -> str:
    if seconds < 0.1:
        return _("less than 0.1 s")
    return _("{seconds} s").format(seconds=f"{seconds:.1f}")
