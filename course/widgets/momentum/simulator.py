"""Many customers at once: which share signs, by week, under what the learner sets.

The numbers come from :mod:`course.models.momentum`, words and tables from pure functions of runs;
this module only joins them to controls.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course.models.momentum import Params, Policy, Result, simulate
from course.text import _
from course.widgets.charts import Band
from course.widgets.controls import Control
from course.widgets.momentum import view, words
from course.widgets.momentum.settings import Run, Settings, make_controls, read_controls
from course.widgets.simulator import Frame, Simulator, reopen

__all__ = ["CurvesSimulator", "curves_simulator"]

CUSTOMERS = 2000


class CurvesSimulator(Simulator[Settings, Run]):
    """Controls, completion curves, comparison and words around the momentum model.

    Attributes:
        controls: by name: manner, start, probe, extras, satisfaction, drive.
        runs: how many runs were computed, those made ahead included.
    """

    made_ahead = ("start", "satisfaction", "drive")
    chart_height = 400

    def __init__(
        self,
        *,
        start: Settings | None = None,
        before: Settings | None = None,
        customers: int = CUSTOMERS,
        seed: int = 2026,
        reveal: bool = True,
        kept: Callable[[Settings, Settings | None], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Build the view.

        Args:
            start: settings to begin with; to celebrate and wait if None.
            before: settings of the run to compare with at first, if any.
            customers: number of customers in a run.
            seed: the luck shared by all runs of this view.
            reveal: offer the button that shows what is hidden (the debrief).
            kept: called with the settings now and before after every change.
            clock: seconds, for telling a drag from two changes.
        """
        self._customers, self._seed, self.runs = customers, seed, 0
        self._result = lru_cache(maxsize=64)(self._simulate)  # more than are made ahead
        super().__init__(
            start=start or Settings(),
            before=before,
            weeks=Params().weeks,
            reveal=reveal,
            kept=kept,
            clock=clock,
        )

    def _simulate(self, params: Params, policy: Policy) -> Result:
        self.runs += 1
        luck = np.random.default_rng(self._seed)  # the same for every run of this view
        return simulate(params, policy, n=self._customers, rng=luck)

    def frame(self) -> Frame:
        """Return the fixed sentences."""
        return Frame(
            title=_("Two thousand engines"),
            task=_(
                "Now {customers:,} customers who all said “we are satisfied”. Decide what you do "
                "with every one of them, and watch {weeks} weeks."
            ).format(customers=self._customers, weeks=Params().weeks),
            chart=_("Which share signs"),
            x_label=_("Weeks since the presentation"),
            y_label=_("Share of all customers"),
            first=_("Change one thing and compare; the same customers come back every time."),
            dashed=_("Dashed: the share signed in your last run, same customers, same luck."),
            remark=_(
                "All numbers are assumed, none was measured on real customers. Trust directions "
                "and rough proportions, never a percentage."
            ),
            show=_("Show who the customers really were"),
            hide=_("Hide it again"),
        )

    def make_controls(self, start: Settings) -> dict[str, Control]:
        """Return the controls by name, set to ``start``."""
        return make_controls(start)

    def read(self, otherwise: Mapping[str, float] | None = None) -> Settings:
        """Return what the controls say, or would say were some sliders moved elsewhere."""
        return read_controls(self.controls, otherwise)

    def applies(self, settings: Settings) -> Mapping[str, bool]:
        """Who waits opens no throttle."""
        return dict.fromkeys(("start", "probe", "extras"), settings.acts)

    def run(self, settings: Settings) -> Run:
        """Return what comes of settings; the same are simulated once."""
        return Run(settings, self._result(settings.params(), settings.policy()))

    def bands(self) -> tuple[Band, ...]:
        """Return the bands of the chart, the lowest first."""
        return view.bands()

    def curves(self, run: Run) -> NDArray[np.float64]:
        """Return the share of customers by week and band."""
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
        """Return who the customers really were."""
        return view.hidden_customers(now)


def curves_simulator(key: str = "02_satisfaction_into_action", **options: Any) -> CurvesSimulator:
    """Return a simulator that takes up the settings last used under ``key``."""
    return reopen(key, CurvesSimulator, **options)
