"""The line at the top of a homework: who is working, or the question who that is."""

import ipywidgets as w

from course.answers import CourseError, Work
from course.answers.learner import system_name
from course.text import _
from course.widgets.page import card, escape, named, show_once, show_text, text

__all__ = ["LearnerView", "learner_view"]


def learner_view() -> w.Widget:
    """Return the view for this folder's learner."""
    return show_once("learner", lambda: LearnerView(Work()).widget)


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
        named(self.field, _("your learner id"))
        self.save = w.Button(
            description=_("That is me"), button_style="primary", layout={"width": "auto"}
        )
        self.save.on_click(lambda button: self.on_save())
        self.ask = w.HBox([self.field, self.save]).add_class("ltd-buttons")
        self.widget = card([self.said, self.ask, self.problem], name="learner")
        known = work.learner_id
        self._say(*work.store.notices)  # such as: your answers could not be read
        if known and work.store.learner.get("id") != known:
            self._keep(known)  # the sidecar must carry it: grading sees nothing else
        self._draw()

    def on_save(self) -> None:
        """Keep what was typed, or say what is in the way."""
        self._keep(self.field.value)
        self._draw()
        if self.work.learner_id:
            self.said.value += "<p>{}</p>".format(
                _(
                    "Now press the double arrow at the top of the page once: it loads the data "
                    "that is yours alone."
                )
            )

    def _keep(self, typed: str) -> None:
        try:
            problem = self.work.identify(typed)
        except CourseError as error:
            problem = str(error)
        self._say(*dict.fromkeys([*self.work.store.notices, problem]))

    def _say(self, *sentences: str) -> None:
        show_text(self.problem, "<br>".join(escape(each) for each in sentences if each))

    def _draw(self) -> None:
        known = self.work.learner_id
        if known:
            said = [_("Working as <b>{id}</b>.").format(id=escape(known))]
            if not self.work.store.refusal:
                said.append(_("Your answers are saved as you go."))
            show_text(self.said, f"<p>{' '.join(said)}</p>")
        else:
            question = _(
                "<b>Who are you?</b> Enter the name or e-mail address your instructor knows you "
                "by. It is asked once, stays on this computer, and travels only with the homework "
                "you hand in."
            )
            show_text(self.said, f"<p>{question}</p>")
        self.ask.layout.display = "none" if known else None
