"""A form as learners see it: the question, the controls, what is saved, *Check* and *Hint*."""

import datetime as dt
from pathlib import Path

import ipywidgets as w

from course.answers import CourseError, Form, Work, WrongAnswer
from course.answers.outcomes import Correct, Incorrect, NotAttempted, Outcome, Uncheckable
from course.text import _, ngettext
from course.widgets.inputs import make_input
from course.widgets.page import card, escape, prose, show_text, text

__all__ = ["FormView", "form_view"]

_shown: dict[tuple[Path, str], "FormView"] = {}


def form_view(form_id: str, *, folder: Path | None = None) -> w.Widget:
    """Return the view of a form, showing what was answered before.

    A view of the same form that an earlier run of the cell made is closed, so that none is left to
    write over the new one. What cannot be shown is said in one sentence instead.
    """
    try:
        work = Work(folder)
        form = work.forms[form_id]
    except CourseError as error:
        return card([text(escape(str(error)), kind="notice")], name="form")
    old = _shown.pop((work.folder, form_id), None)
    if old:
        old.close()
    view = _shown[work.folder, form_id] = FormView(form, work)
    return view.widget


class FormView:
    """Joins one form, its input and the store: every change is saved at once."""

    def __init__(self, form: Form, work: Work) -> None:
        """Build the view and restore the stored answer."""
        self.form, self.store = form, work.store
        entry = self.store[form.id]
        notices = list(self.store.notices)
        self._unreadable = False
        try:
            value = form.read(entry.value)
        except WrongAnswer as error:
            value, self._unreadable = None, True
            notices.append(
                _("{problem} It stays in {file} under “set_aside” when you answer anew.").format(
                    problem=error, file=self.store.path.name
                )
            )
        self._hints_seen = min(entry.hints, len(form.hints))

        self.input = make_input(form, value, self._on_change)
        self.notice = text("<br>".join(map(escape, notices)), kind="notice")
        self.status = text(kind="status")
        self.feedback = text(kind="feedback")
        self.hints = text(kind="hints")
        self.check = w.Button(
            description=_("Check"), button_style="primary", layout={"width": "auto"}
        )
        self.check.on_click(lambda button: self.on_check())
        self.hint = w.Button(layout={"width": "auto"})
        self.hint.on_click(lambda button: self.on_hint())
        buttons = w.HBox([self.check, self.hint, self.status]).add_class("ltd-buttons")
        self.widget = card(
            [
                text(self._head(), kind="head"),
                text(prose(form.prompt), kind="prompt"),
                self.notice,
                self.input.widget,
                buttons,
                self.hints,
                self.feedback,
            ],
            name=form.kind,
        )
        self._show_hints()
        self._show_status(entry.saved)

    def close(self) -> None:
        """Close every widget of this view."""
        _close(self.widget)

    # --- what the learner does --------------------------------------------------------------

    def _on_change(self) -> None:
        if self._unreadable:
            self.store.set_aside(self.form.id)
            self._unreadable = False
        problem = self.store.put(self.form.id, self.input.raw())
        if problem and not self.store.refusal:
            show_text(self.notice, escape(problem))
        elif not self.store.notices:
            show_text(self.notice, "")
        show_text(self.feedback, "")  # it spoke of the answer as it was
        self._show_status(self.store[self.form.id].saved if not problem else "")

    def on_check(self) -> None:
        """Show the outcome: for practice with reasons, for graded tasks what is still open."""
        self.store.count(self.form.id, "checks")
        raw, troubles = self.input.raw(), self.input.troubles()
        if self.form.key is not None and not troubles:
            show_text(self.feedback, _outcome_html(self.form.score(raw, self.form.key)))
            return
        open_items = troubles + list(self.form.open_items(self.form.read(raw)))
        if open_items:
            head = ngettext(
                "One thing is still open:", "{count} things are still open:", len(open_items)
            ).format(count=len(open_items))
            show_text(self.feedback, _panel("part", head, open_items))
        else:
            done = _("Complete. Whether it is right you learn after handing in.")
            show_text(self.feedback, _panel("good", done, []))

    def on_hint(self) -> None:
        """Show one more hint and count it; hints cost nothing."""
        if self._hints_seen < len(self.form.hints):
            self._hints_seen += 1
            self.store.count(self.form.id, "hints")
            self._show_hints()

    # --- what the learner sees ---------------------------------------------------------------

    def _head(self) -> str:
        points = self.form.points
        badge = (
            ngettext("{points:g} point", "{points:g} points", int(points)).format(points=points)
            if points
            else _("practice")
        )
        return f"<h4>{escape(self.form.title)}</h4><span class='ltd-badge'>{badge}</span>"

    def _show_hints(self) -> None:
        total = len(self.form.hints)
        shown = self.form.hints[: self._hints_seen]
        label = _("Hint {number} of {total}")
        pieces = [
            f"<div><b>{label.format(number=i, total=total)}.</b> {escape(hint)}</div>"
            for i, hint in enumerate(shown, 1)
        ]
        show_text(self.hints, "".join(pieces))
        left = total - len(shown)
        self.hint.description = _("Hint ({left} left)").format(left=left)
        self.hint.layout.display = "none" if total == 0 else None
        self.hint.disabled = left == 0

    def _show_status(self, saved: str) -> None:
        raw = self.input.raw()
        if raw is None and not saved:
            show_text(self.status, _("Nothing answered yet. Your answers are saved as you go."))
            return
        try:
            count = len(self.form.open_items(self.form.read(raw))) + len(self.input.troubles())
        except WrongAnswer:
            count = 1
        state = (
            "<i>" + ngettext("{count} open", "{count} open", count).format(count=count) + "</i>"
            if count
            else f"<b>{_('complete')}</b>"
        )
        kept = (
            _("saved {time}").format(time=_clock(saved))
            if saved and not self.store.refusal
            else _("not saved")
        )
        show_text(self.status, f"<span role='status'>{state} · {kept}</span>")


def _outcome_html(outcome: Outcome) -> str:
    reasons = [str(reason) for reason in outcome.reasons if reason.text]
    reasons += [
        _("A common mistake is at work: {name}.").format(name=name)
        for name in outcome.misconceptions
    ]
    if isinstance(outcome, Correct):
        return _panel("good", _("Right."), reasons)
    if isinstance(outcome, NotAttempted):
        return _panel("part", _("Nothing to check yet: answer first."), [])
    if isinstance(outcome, Uncheckable):
        return _panel("bad", _("This cannot be checked."), reasons)
    if isinstance(outcome, Incorrect):
        return _panel("bad", _("Not right yet."), reasons)
    share = _("Partly right: {share:.0%}.").format(share=outcome.share)
    return _panel("part", share, reasons)


def _panel(mood: str, head: str, items: list[str]) -> str:
    listed = "".join(f"<li>{escape(item)}</li>" for item in items)
    body = f"<ul>{listed}</ul>" if listed else ""
    return f"<div class='ltd-{mood}' role='status'><strong>{escape(head)}</strong>{body}</div>"


def _clock(saved: str) -> str:
    """Return the learner's local time of a UTC time stamp; with the day if that is not today."""
    try:
        moment = dt.datetime.fromisoformat(saved).astimezone()
    except ValueError:
        return saved
    today = dt.datetime.now().astimezone().date()
    return moment.strftime("%H:%M" if moment.date() == today else "%Y-%m-%d %H:%M")


def _close(widget: w.Widget) -> None:
    for child in getattr(widget, "children", ()):
        _close(child)
    widget.close()
