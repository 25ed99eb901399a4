"""The simulator of lesson 01: who leads the deal, and what that does to a thousand of them.

Nothing is displayed at import. ``show_lead()`` in a cell returns the view; running the cell again
gives a fresh view with the learner's last settings and closes the old one. The numbers come from
:mod:`course.models.lead`, the words and tables from pure functions of runs; this module only joins
them to controls.
"""

import time
from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as widgets
import numpy as np

from course.models.lead import Params, Policy, Style, simulate
from course.models.lead_pipeline import figures
from course.text import _
from course.widgets import lead_view, lead_words
from course.widgets.charts import BandChart
from course.widgets.controls import look
from course.widgets.lead_controls import make_controls, read_controls
from course.widgets.lead_words import Run, Settings
from course.widgets.page import close

__all__ = ["LeadSimulator", "lead_simulator", "show_lead"]

GESTURE = 1.0  # seconds: moves of one control closer than this are one change, as in a drag
FIRST = Settings(policy=Policy(style=Style.SILENT))

# By lesson: the settings a re-run cell comes back to (now, last), and the view it replaces.
_kept: dict[str, tuple[Settings, Settings | None]] = {}
_views: dict[str, "LeadSimulator"] = {}


class LeadSimulator:
    """Controls, chart, comparison and words around the lead model.

    All runs of a view use one seed, so "this run" and "last run" differ by the policy alone.

    Attributes:
        view: the widget to display.
        controls: the controls by name: style, fee, agreement, drop_after, bad_cop, leads.
        chart: the live chart.
        now: the run on show.
        last: the run it is compared with, None at first.
        runs: how many runs were computed; a drag computes only the newest value.
    """

    def __init__(
        self,
        *,
        start: Settings = FIRST,
        before: Settings | None = None,
        params: Params | None = None,
        deals: int = 1000,
        seed: int = 2024,
        reveal: bool = True,
        kept: Callable[[Settings, Settings | None], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Build the view.

        Args:
            start: settings to begin with.
            before: settings of the run to compare with at first, if any.
            params: the world; the model's defaults if None.
            deals: number of deals in a run.
            seed: the luck shared by all runs of this view.
            reveal: offer the button that shows the hidden types (the debrief).
            kept: called with the settings now and before after every change.
            clock: seconds, for telling a drag from two changes.
        """
        self._params, self._deals, self._seed = params or Params(), deals, seed
        self._kept, self._clock = kept, clock
        self._moved: tuple[str, float] = ("", -np.inf)
        self.runs = 0
        self.last = None if before is None else self._run(before)
        self.now = self._run(start)
        self.controls = make_controls(start)
        self.chart = BandChart(
            lead_view.bands(),
            x=np.arange(self._params.weeks + 1),
            x_label=_("Weeks since the introduction"),
            y_label=_("Share of all deals"),
            height=320,
        )
        self._caption, self._table, self._words, self._types = (widgets.HTML() for _i in range(4))
        self._types.add_class("ltd-sim-hidden")
        self._button = widgets.Button()
        self._button.add_class("ltd-sim-button")
        self._button.on_click(self._toggle_types)
        self._revealed = False
        self.view = self._lay_out(reveal)
        for name, control in self.controls.items():
            control.input.observe(self._on_change(name), "value")
        self._draw()

    def _lay_out(self, reveal: bool) -> widgets.VBox:
        def text(html: str) -> widgets.HTML:
            return widgets.HTML(html)

        def head(words: str) -> widgets.HTML:
            return text(f"<div class='ltd-sim-head'>{escape(words)}</div>")

        title = text(
            f"<div class='ltd-sim-title'>{escape(_('Who leads the deal?'))}</div>"
            "<div class='ltd-sim-note'>"
            + escape(
                _(
                    "You introduced two parties in each of {deals:,} deals. "
                    "Decide how you go on, and watch {weeks} weeks."
                ).format(deals=self._deals, weeks=self._params.weeks)
            )
            + "</div>"
        )
        side = widgets.VBox([control.box for control in self.controls.values()])
        main = widgets.VBox(
            [
                head(_("What became of the deals")),
                self.chart.figure,
                self._caption,
                head(_("What just happened")),
                self._words,
            ]
        )
        upper = widgets.HBox([side, main])
        lower = widgets.VBox([head(_("This run and the last")), self._table])
        boxes = {"side": side, "main": main, "upper": upper, "lower": lower, "words": self._words}
        for name, box in boxes.items():
            box.add_class(f"ltd-sim-{name}")
        rows = [look(), title, upper, lower]
        if reveal:
            debrief = widgets.VBox([self._button, self._types])
            debrief.add_class("ltd-sim-debrief")
            rows.append(debrief)
        card = widgets.VBox(rows)
        card.add_class("ltd-sim-card")
        return card

    # --- from controls to runs ---

    def _run(self, settings: Settings) -> Run:
        self.runs += 1
        luck = np.random.default_rng(self._seed)  # the same for every run of this view
        result = simulate(self._params, settings.policy, n=self._deals, rng=luck)
        return Run(settings, result, figures(result, settings.pipeline))

    def _on_change(self, name: str) -> Callable[[Any], None]:
        def changed(_change: Any) -> None:
            moment = self._clock()
            control, before = self._moved
            if control != name or moment - before > GESTURE:
                self.last = self.now
            self._moved = (name, moment)
            self.now = self._run(read_controls(self.controls, self.now.settings.pipeline))
            if self._kept is not None:
                self._kept(self.now.settings, self.last.settings if self.last else None)
            self._draw()

        return changed

    # --- from runs to the page ---

    def _draw(self) -> None:
        now, last = self.now, self.last
        chasing = self._params.habits[now.settings.policy.style].chases
        for name in ("drop_after", "bad_cop"):
            self.controls[name].enable(chasing)
        self.chart.draw(lead_view.curves(now), lead_view.paid_curve(last))
        dashed = (
            _("Dashed: the share that paid you in your last run.")
            if last
            else _("Change one thing and compare; the same deals come back every time.")
        )
        self._caption.value = (
            f"<div class='ltd-sim-note' role='status' aria-live='polite'>"
            f"<span class='ltd-sim-sr'>{escape(lead_words.alternative(now))}</span> "
            f"{escape(dashed)}</div>"
        )
        self._table.value = lead_view.comparison(now, last)
        said = lead_words.what_happened(now, last)
        self._words.value = (
            f"<div role='status' aria-live='polite'><p>{escape(' '.join(said))}</p></div>"
        )
        self._button.description = (
            _("Hide the types again") if self._revealed else _("Show the hidden types")
        )
        self._types.value = lead_view.hidden_types(now, self._params) if self._revealed else ""

    def _toggle_types(self, _button: Any) -> None:
        self._revealed = not self._revealed
        shown = self._types.remove_class if self._revealed else self._types.add_class
        shown("ltd-sim-hidden")
        self._draw()

    def close(self) -> None:
        """Close every widget of the view; the settings stay where ``kept`` put them."""
        self.chart.close()
        for widget in (self.view, self._button, self._types):  # the last two may not be on it
            close(widget)


def lead_simulator(key: str = "01_leading_the_deal", **options: Any) -> LeadSimulator:
    """Return a simulator that takes up the settings last used under ``key``.

    Args:
        key: whose settings to keep; one live view per key.
        options: passed on to :class:`LeadSimulator`.
    """
    if key in _views:
        _views.pop(key).close()
    if key in _kept:
        start, before = _kept[key]
        options = {"start": start, "before": before} | options

    def keep(now: Settings, last: Settings | None) -> None:
        _kept[key] = (now, last)

    _views[key] = LeadSimulator(kept=keep, **options)
    return _views[key]


def show_lead(key: str = "01_leading_the_deal", **options: Any) -> widgets.VBox:
    """Return the simulator's view, to be the last line of a cell."""
    return lead_simulator(key, **options).view
