"""The simulator of lesson 01: who leads the deal, and what that does to a thousand of them.

``show_lead()`` in a cell returns the view; running the cell again gives a fresh view with the
learner's last settings and closes the old one. The numbers come from :mod:`course.models.lead`, the
words and tables from pure functions of runs; this module only joins them to controls.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import ipywidgets as widgets
import numpy as np
from numpy.typing import NDArray

from course.models.lead import Params, Policy, Result, Style, simulate
from course.models.lead.pipeline import figures
from course.text import _
from course.widgets.charts import Band
from course.widgets.controls import Control
from course.widgets.lead import view, words
from course.widgets.lead.controls import make_controls, read_controls
from course.widgets.lead.words import Run, Settings
from course.widgets.simulator import Frame, Simulator, reopen

__all__ = ["LeadSimulator", "lead_simulator", "show_lead"]

FIRST = Settings(policy=Policy(style=Style.SILENT))


class LeadSimulator(Simulator[Settings, Run]):
    """Controls, chart, comparison and words around the lead model.

    Attributes:
        controls: by name: style, fee, agreement, drop_after, bad_cop, leads.
        runs: how many runs were computed: one per new policy, and those made ahead.
    """

    made_ahead = ("fee", "drop_after")

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
        self.runs = 0
        self._result = lru_cache(maxsize=64)(self._simulate)  # more than are made ahead
        super().__init__(
            start=start,
            before=before,
            weeks=self._params.weeks,
            reveal=reveal,
            kept=kept,
            clock=clock,
        )

    def _simulate(self, policy: Policy) -> Result:
        self.runs += 1
        luck = np.random.default_rng(self._seed)  # the same for every run of this view
        return simulate(self._params, policy, n=self._deals, rng=luck)

    def frame(self) -> Frame:
        """Return the fixed sentences."""
        return Frame(
            title=_("Who leads the deal?"),
            task=_(
                "You introduced two parties in each of {deals:,} deals. "
                "Decide how you go on, and watch {weeks} weeks."
            ).format(deals=self._deals, weeks=self._params.weeks),
            chart=_("What became of the deals"),
            x_label=_("Weeks since the introduction"),
            y_label=_("Share of all deals"),
            first=_("Change one thing and compare; the same deals come back every time."),
            dashed=_("Dashed: the share that paid you in your last run."),
            show=_("Show the hidden types"),
            hide=_("Hide the types again"),
        )

    def make_controls(self, start: Settings) -> dict[str, Control]:
        """Return the controls by name, set to ``start``."""
        return make_controls(start)

    def read(self, otherwise: Mapping[str, float] | None = None) -> Settings:
        """Return what the controls say, or would say were some sliders moved elsewhere."""
        return read_controls(self.controls, self.now.settings.pipeline, otherwise)

    def applies(self, settings: Settings) -> Mapping[str, bool]:
        """Dropping and the bad cop need chases."""
        chases = self._params.habits[settings.policy.style].chases
        return {"drop_after": chases, "bad_cop": chases}

    def run(self, settings: Settings) -> Run:
        """Return what comes of settings; a policy is simulated once."""
        result = self._result(settings.policy)
        return Run(settings, result, figures(result, settings.pipeline))

    def bands(self) -> tuple[Band, ...]:
        """Return the bands of the chart, the lowest first."""
        return view.bands()

    def curves(self, run: Run) -> NDArray[np.float64]:
        """Return the share of deals by week and band."""
        return view.curves(run)

    def what_happened(self, now: Run, last: Run | None) -> Sequence[str]:
        """Say what came of a run."""
        return words.what_happened(now, last)

    def alternative(self, now: Run) -> str:
        """Return the chart in one sentence."""
        return words.alternative(now)

    def comparison(self, now: Run, last: Run | None) -> str:
        """Return the table "this run against the last"."""
        return view.comparison(now, last)

    def debrief(self, now: Run) -> str:
        """Return what became of each hidden type."""
        return view.hidden_types(now, self._params)


def lead_simulator(key: str = "01_leading_the_deal", **options: Any) -> LeadSimulator:
    """Return a simulator that takes up the settings last used under ``key``.

    Args:
        key: whose settings to keep; one live view per key.
        options: passed on to :class:`LeadSimulator`.
    """
    return reopen(key, LeadSimulator, **options)


def show_lead(key: str = "01_leading_the_deal", **options: Any) -> widgets.VBox:
    """Return the simulator's view, to be the last line of a cell."""
    return lead_simulator(key, **options).view
