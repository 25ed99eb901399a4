"""A form as learners see it: the question, the controls, what is saved, *Check* and *Hint*."""

import datetime as dt
from pathlib import Path

import ipywidgets as w

from course.answers import Form, Work, WrongAnswer
from course.answers.outcomes import (
    Correct,
    Incorrect,
    NotAttempted,
    Outcome,
    Uncheckable,
    in_words,
)
from course.text import _, ngettext
from course.widgets.gate import is_committed, open_gate
from course.widgets.inputs import make_input
from course.widgets.page import card, close, disable, escape, prose, show_once, show_text, text

__all__ = ["FormView", "form_view"]


def form_view(form_id: str, *, folder: Path | None = None) -> w.Widget:
    """Return the view of a form, showing what was answered before."""

    def make() -> w.Widget:
        work = Work(folder)
        return FormView(work.forms[form_id], work).widget

    return show_once(("form", folder, form_id), make)


class FormView:
    """Joins one form, its input and the store: every change is saved at once."""

    def __init__(self, form: Form, work: Work) -> None:
        """Build the view and restore the stored answer."""
        self.form, self.store = form, work.store
        entry = self.store[form.id]
        self._unreadable = ""
        try:
            value, stale = form.read(entry.value), list(form.unreadable(entry.value))
        except WrongAnswer as error:
            value, stale = None, [str(error)]
        if stale:
            self._unreadable = _(
                "{problem} It stays in {file} under “set_aside” when you answer anew."
            ).format(problem=" ".join(stale), file=self.store.path.name)
        self._settled = False
        self._hints_seen = min(entry.hints, len(form.hints))

        self.input = make_input(form, value, self._on_change)
        # Stored, but not on the screen: it must not be overwritten by what is.
        self._unshown = entry.value is not None and self.input.raw() != entry.value
        self.preview = text(kind="preview")
        self.notice = text(kind="notice")
        self.status = text(kind="status")
        self.feedback = text(kind="feedback")
        self.hints = text(kind="hints")
        self.check = w.Button(
            description=_("Commit my prediction") if form.predict else _("Check"),
            button_style="primary",
            layout={"width": "auto"},
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
                self.preview,
                buttons,
                self.hints,
                self.feedback,
            ],
            name=form.kind,
        )
        self._show_hints()
        self._show_preview()
        self._show_notice()
        self._show_status()
        if form.predict and is_committed(self.store, form.id):
            self._settle()

    def close(self) -> None:
        """Close every widget of this view."""
        close(self.widget)

    # --- what the learner does --------------------------------------------------------------

    def _on_change(self) -> None:
        if self._unshown:
            self.store.set_aside(self.form.id)
            self._unshown, self._unreadable = False, ""
        problem = self.store.put(self.form.id, self.input.raw())
        self._show_notice(problem)
        self._show_preview()
        if not self._settled:  # else: typed before it was committed, but slower on its way
            show_text(self.feedback, "")  # it spoke of the answer as it was
        self._show_status(kept=not problem)

    def on_check(self) -> None:
        """Show the outcome: for practice with reasons, for graded tasks what is still open.

        The first *Check* of a prediction commits it: from then on it cannot be changed, and what
        waits for it opens. The outcome is shown when asked for again.
        """
        raw, troubles = self.input.raw(), self.input.troubles()
        open_items = troubles + list(self.form.open_items(self.form.read(raw)))
        if self.form.predict and not self._settled and not open_items:
            self.store.count(self.form.id, "checks")
            self._settle()
            open_gate(self.form.id)
            return
        if not self.form.predict:
            self.store.count(self.form.id, "checks")
        if self.form.key is not None and not troubles and (self._settled or not self.form.predict):
            outcome = self.form.score(raw, self.form.key)
            show_text(self.feedback, _outcome_html(outcome, final=self._settled))
            return
        if open_items:
            head = ngettext(
                "One thing is still open:", "{count} things are still open:", len(open_items)
            ).format(count=len(open_items))
            show_text(self.feedback, _panel("part", head, open_items))
        else:
            done = _("Complete. Whether it is right you learn after handing in.")
            show_text(self.feedback, _panel("good", done, []))

    def _settle(self) -> None:
        """Show a prediction as committed."""
        self._settled = True
        disable(self.input.widget)
        self.check.description = _("Compare with what happened")
        noted = _("Committed. Now play; then come back and compare.")
        show_text(self.feedback, _panel("part", noted, []))

    def on_hint(self) -> None:
        """Show one more hint and count it; hints cost nothing."""
        if self._hints_seen < len(self.form.hints):
            self._hints_seen += 1
            self.store.count(self.form.id, "hints")
            self._show_hints()

    # --- what the learner sees ---------------------------------------------------------------

    def _head(self) -> str:
        points = self.form.points
        if points:
            badge = ngettext("{points:g} point", "{points:g} points", 1 if points == 1 else 2)
            badge = badge.format(points=points)
        else:
            badge = _("prediction") if self.form.predict else _("practice")
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

    def _show_preview(self) -> None:
        composed = self.form.preview(self.form.read(self.input.raw()))
        show_text(self.preview, escape(composed))

    def _show_notice(self, problem: str = "") -> None:
        sentences = dict.fromkeys([*self.store.notices, self._unreadable, problem])
        show_text(self.notice, "<br>".join(escape(each) for each in sentences if each))

    def _show_status(self, kept: bool = True) -> None:
        raw, troubles = self.input.raw(), self.input.troubles()
        saved = self.store[self.form.id].saved
        if raw is None and not troubles and (not saved or self._unreadable):
            said = [_("Nothing answered yet.")]
            if not self.store.refusal:
                said.append(_("Your answers are saved as you go."))
            show_text(self.status, " ".join(said))
            return
        count = len(self.form.open_items(self.form.read(raw)))
        if troubles:
            state = f"<i>{escape(troubles[0])}</i>"
        elif count:
            still = ngettext("{count} open", "{count} open", count).format(count=count)
            state = f"<i>{still}</i>"
        else:
            done = _("complete")
            state = f"<b>{done}</b>"
        when = _("saved {time}").format(time=_clock(saved)).strip()
        fate = when if kept and not troubles and not self.store.refusal else _("not saved")
        show_text(self.status, f"<span role='status'>{state} · {escape(fate)}</span>")


def _outcome_html(outcome: Outcome, *, final: bool = False) -> str:
    """Return an outcome as a panel; ``final`` if the answer cannot be changed any more."""
    reasons = _reasons(outcome)
    if isinstance(outcome, Correct):
        return _panel("good", _("Right."), reasons)
    if isinstance(outcome, NotAttempted):
        return _panel("part", _("Nothing to check yet: answer first."), [])
    if isinstance(outcome, Uncheckable):
        return _panel("bad", _("This cannot be checked."), reasons)
    if isinstance(outcome, Incorrect):
        head = _("It came out differently.") if final else _("Not right yet.")
        return _panel("part" if final else "bad", head, reasons)
    percent = min(99, max(1, round(100 * outcome.share)))  # neither all nor nothing
    return _panel("part", _("Partly right: {percent} %.").format(percent=percent), reasons)


def _panel(mood: str, head: str, items: list[str]) -> str:
    listed = "".join(f"<li>{escape(item)}</li>" for item in items)
    body = f"<ul>{listed}</ul>" if listed else ""
    return f"<div class='ltd-{mood}' role='status'><strong>{escape(head)}</strong>{body}</div>"


def _clock(saved: str) -> str:
    """Return the learner's local time of a UTC time stamp; with the day if that is not today."""
    try:
        moment = dt.datetime.fromisoformat(saved).astimezone()
    except (ValueError, OverflowError):
        return saved
    today = dt.datetime.now().astimezone().date()
    return moment.strftime("%H:%M" if moment.date() == today else "%Y-%m-%d %H:%M")


def _reasons(outcome: Outcome) -> list[str]:
    """Return the reasons, with several misconceptions in one line."""
    names = outcome.misconceptions
    if len(names) < 2:
        return in_words(outcome)
    said = [str(reason) for reason in outcome.reasons if reason.text]
    return [*said, _("Common mistakes at work: {names}.").format(names="; ".join(names))]
