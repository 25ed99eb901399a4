"""The simulator of lesson 01: who leads the deal, and what that does to a thousand of them.

Nothing is displayed at import. ``show_lead()`` in a cell returns the view; running the cell again
gives a fresh view with the learner's last settings and closes the old one. The numbers come from
:mod:`course.models.lead`, the words and tables from pure functions of runs; this module only joins
them to controls.
"""

import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

import ipywidgets as widgets
import numpy as np

from course.models.lead import Params, Policy, Result, Style, simulate
from course.models.lead.pipeline import figures
from course.text import _
from course.widgets.ahead import Ahead, Picture, Rest
from course.widgets.charts import BandChart
from course.widgets.lead import view, words
from course.widgets.lead.controls import make_controls, read_controls
from course.widgets.lead.layout import lay_out
from course.widgets.lead.words import Run, Settings
from course.widgets.page import close

__all__ = ["LeadSimulator", "lead_simulator", "show_lead"]

GESTURE = 1.0  # seconds: moves of one control closer than this are one change, as in a drag
PAUSE = 0.25  # seconds without a move after which words and tables follow the picture
MADE_AHEAD = ("fee", "drop_after")  # the sliders on which the picture depends
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
        runs: how many runs were computed: one per new policy, and those made ahead.
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
        self._result = lru_cache(maxsize=64)(self._simulate)  # more than are made ahead
        self.last = None if before is None else self._run(before)
        self.now = self._run(start)
        self.controls = make_controls(start)
        self.chart = BandChart(
            view.bands(),
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
        self.view = lay_out(
            {
                "side": [control.box for control in self.controls.values()],
                "chart": [self.chart.figure, self._caption],
                "words": [self._words],
                "table": [self._table],
                "debrief": [self._button, self._types] if reveal else [],
            },
            deals=self._deals,
            weeks=self._params.weeks,
        )
        self._rest = Rest(PAUSE, self._settle)
        labels = [self.controls[name].title for name in MADE_AHEAD]
        self._ahead = Ahead(
            [control.input for control in self.controls.values()],
            [self.chart.bands, self.chart.names, *labels],
        )
        for name, control in self.controls.items():
            control.input.observe(self._on_change(name), "value")
        self._ahead.observe(lambda _change: self._look_ahead(), "ready")
        self._draw()
        self._tell()

    # --- from controls to runs ---

    def _simulate(self, policy: Policy) -> Result:
        self.runs += 1
        luck = np.random.default_rng(self._seed)  # the same for every run of this view
        return simulate(self._params, policy, n=self._deals, rng=luck)

    def _run(self, settings: Settings) -> Run:
        result = self._result(settings.policy)
        return Run(settings, result, figures(result, settings.pipeline))

    def _read(self, otherwise: Mapping[str, float] | None = None) -> Settings:
        return read_controls(self.controls, self.now.settings.pipeline, otherwise)

    def _on_change(self, name: str) -> Callable[[Any], None]:
        def changed(_change: Any) -> None:
            moment = self._clock()
            control, before = self._moved
            if control != name or moment - before > GESTURE:
                self.last = self.now
            self._moved = (name, moment)
            self.now = self._run(self._read())
            if self._kept is not None:
                self._kept(self.now.settings, self.last.settings if self.last else None)
            self._draw(shown=self._ahead.shows(self.controls[name].input))
            if not self._rest.moved():
                self._tell()

        return changed

    def _settle(self) -> None:
        """The hand rests: have the last word on the picture, say what happened, look ahead."""
        self._draw()
        self._tell()
        if self._ahead.ready:
            self._look_ahead()

    def _look_ahead(self) -> None:
        """Make the pictures of all places that the sliders can take from here."""
        pictures: dict[widgets.Widget, dict[float, Picture]] = {}
        for name in MADE_AHEAD:
            control = self.controls[name]
            if control.input.disabled:
                continue
            places = pictures[control.input] = {}
            for place in range(control.input.min, control.input.max + 1):
                run = self._run(self._read({name: place}))
                places[place] = {
                    **self.chart.picture(view.curves(run)),
                    control.title: {"value": control.say(place)},
                }
        self._ahead.offer(pictures)

    # --- from runs to the page ---

    def _draw(self, *, shown: bool = False) -> None:
        """Show the run in the chart, unless the browser has ``shown`` it by itself."""
        chasing = self._params.habits[self.now.settings.policy.style].chases
        for name in ("drop_after", "bad_cop"):
            self.controls[name].enable(chasing)
        self.chart.compare(view.paid_curve(self.last))
        if not shown:
            self.chart.draw(view.curves(self.now))

    def _tell(self) -> None:
        """Say in words, table and debrief what the chart shows."""
        now, last = self.now, self.last
        dashed = (
            _("Dashed: the share that paid you in your last run.")
            if last
            else _("Change one thing and compare; the same deals come back every time.")
        )
        self._caption.value = (
            f"<div class='ltd-sim-note' role='status' aria-live='polite'>"
            f"<span class='ltd-sim-sr'>{escape(words.alternative(now))}</span> "
            f"{escape(dashed)}</div>"
        )
        self._table.value = view.comparison(now, last)
        said = words.what_happened(now, last)
        self._words.value = (
            f"<div role='status' aria-live='polite'><p>{escape(' '.join(said))}</p></div>"
        )
        self._button.description = (
            _("Hide the types again") if self._revealed else _("Show the hidden types")
        )
        self._types.value = view.hidden_types(now, self._params) if self._revealed else ""

    def _toggle_types(self, _button: Any) -> None:
        self._revealed = not self._revealed
        shown = self._types.remove_class if self._revealed else self._types.add_class
        shown("ltd-sim-hidden")
        self._tell()

    def close(self) -> None:
        """Close every widget of the view; the settings stay where ``kept`` put them."""
        self._rest.cancel()
        self.chart.close()
        # The button and what it shows may not be on the view, and the album never is.
        for widget in (self.view, self._button, self._types, self._ahead):
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
