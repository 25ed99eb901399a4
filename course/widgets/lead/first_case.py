"""What to charge on the first case: a slider for the cases ahead, and what the model says."""

from html import escape

import ipywidgets as w

from course.models.lead.first_case import FirstCase, best_share, lifetime_income
from course.text import _, ngettext
from course.widgets.controls import look, slider
from course.widgets.page import card, show_once, show_text, text

__all__ = ["FirstCaseView", "say_first_case", "show_first_case"]


def show_first_case() -> w.Widget:
    """Return the view, to be a cell's last value."""
    return show_once("first-case", lambda: FirstCaseView().widget)


def say_first_case(prospects: FirstCase) -> str:
    """Return in words what a whole fee and none bring over all cases, in usual fees."""
    none, full = (float(x) for x in lifetime_income(prospects, [0.0, 1.0]))
    best = best_share(prospects)
    ahead = prospects.cases - 1
    lines = [
        ngettext(
            "One case after the first. Over both, asking the usual fee on the first brings about "
            "{full:.2f} usual fees, asking nothing {none:.2f}.",
            "{ahead} cases after the first. Over all of them, asking the usual fee on the first "
            "brings about {full:.2f} usual fees, asking nothing {none:.2f}.",
            ahead,
        ).format(ahead=ahead, full=full, none=none)
    ]
    if best >= 0.995:
        lines.append(_("Here the usual fee is best: there is too little ahead to learn for."))
    elif best <= 0.005:
        lines.append(
            _("Here asking nothing is best: closing the first one is worth more than its fee.")
        )
    else:
        lines.append(
            _("Here it is best to ask about {percent:.0f} % of the usual fee.").format(
                percent=100 * best
            )
        )
    return " ".join(lines)


class FirstCaseView:
    """Two sliders and a sentence."""

    def __init__(self) -> None:
        """Show the model's defaults."""
        start = FirstCase()
        self.cases = slider(
            _("Cases in sight, the first included"),
            value=start.cases,
            low=1,
            high=40,
            show=lambda value: f"{value:.0f}",
        )
        self.learning = slider(
            _("Closed cases it takes to learn most of it"),
            value=start.learning,
            low=1.0,
            high=8.0,
            step=0.5,
            show=lambda value: f"{value:g}",
        )
        self.said = text(kind="prompt")
        self.widget = card(
            [look(), self.cases.box, self.learning.box, self.said], name="first-case"
        )
        for control in (self.cases, self.learning):
            control.input.observe(lambda change: self._draw(), names="value")
        self._draw()

    def _draw(self) -> None:
        prospects = FirstCase(cases=int(self.cases.value), learning=float(self.learning.value))
        show_text(self.said, f"<p aria-live='polite'>{escape(say_first_case(prospects))}</p>")
