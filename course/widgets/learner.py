"""The line at the top of a homework: who is working, or the question who that is."""

import ipywidgets as w

from course.answers import CourseError, Work
from course.answers.learner import system_name
from course.text import _
from course.widgets.page import card, escape, show_text, text

__all__ = ["LearnerView", "learner_view"]


def learner_view() -> w.Widget:
    """Return the view for this folder's learner."""
    try:
        return LearnerView(Work()).widget
    except CourseError as error:
        return card([text(escape(str(error)), kind="notice")], name="learner")


class LearnerView:
    """Asks once, keeps the id in the sidecar, and says it from then on."""

    def __init__(self, work: Work) -> None:
        """Show the known id, or the field to enter one."""
        self.work = work
        self.said = text(kind="prompt")
        self.problem = text(kind="notice")
        self.field = w.Text(
            system_name(), placeholder="anna.lee@example.com", layout={"width": "300px"}
        )
        self.field.tooltip = _("your learner id")
        self.save = w.Button(
            description=_("That is me"), button_style="primary", layout={"width": "auto"}
        )
        self.save.on_click(lambda button: self.on_save())
        self.ask = w.HBox([self.field, self.save]).add_class("ltd-buttons")
        self.widget = card([self.said, self.ask, self.problem], name="learner")
        known = work.learner_id
        if known and not work.store.learner.get("id"):
            self._keep(known)  # the sidecar must carry it: grading sees nothing else
        self._draw()

    def on_save(self) -> None:
        """Keep what was typed, or say what is in the way."""
        self._keep(self.field.value)
        self._draw()

    def _keep(self, typed: str) -> None:
        try:
            show_text(self.problem, escape(self.work.identify(typed)))
        except CourseError as error:
            show_text(self.problem, escape(str(error)))

    def _draw(self) -> None:
        known = self.work.learner_id
        if known:
            said = _("Working as <b>{id}</b>. Your answers are saved as you go.")
            show_text(self.said, f"<p>{said.format(id=escape(known))}</p>")
        else:
            said = _(
                "<b>Who are you?</b> Enter the name or e-mail address your instructor knows you "
                "by. It is asked once, stays on this computer, and travels only with the homework "
                "you hand in."
            )
            show_text(self.said, f"<p>{said}</p>")
        self.ask.layout.display = "none" if known else None
