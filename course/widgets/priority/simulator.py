"""The simulator of lesson 03: one expert's desk, twelve who ask, and what their habits do to it.

The numbers come from :mod:`course.models.priority`, the desk's year, words and tables from pure
functions of runs; this module only joins them to controls.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course.answers import grading
from course.models.priority import Habit, Order
from course.text import _
from course.widgets.bench import Bench, Frame
from course.widgets.controls import Control
from course.widgets.page import show_once
from course.widgets.priority import view, words
from course.widgets.priority.board import Board
from course.widgets.priority.cast import EXPERT
from course.widgets.priority.desk import Desk
from course.widgets.priority.run import SEED, YEARS, Run, run, yardstick
from course.widgets.priority.settings import Settings, make_controls, read_controls
from course.widgets.priority.story import desk_year
from course.widgets.simulator import reopen

__all__ = ["DeskSimulator", "desk_simulator", "show_desk"]


Floats = NDArray[np.float64]


class DeskSimulator(Bench[Settings, Run]):
    """Controls, a desk to watch, curves, comparison and words around the priority model.

    Attributes:
        controls: by name: habit, lasts, copied, load.
        chart: the :class:`Board`.
        runs: how many runs were computed.
    """

    chart: Board

    def __init__(
        self,
        *,
        start: Settings | None = None,
        before: Settings | None = None,
        day: float = 0.0,
        years: int = YEARS,
        seed: int = SEED,
        reveal: bool = True,
        kept: Callable[[Settings, Settings | None], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Build the view.

        Args:
            start: settings to begin with; everybody asking plainly if None.
            before: settings of the run to compare with at first, if any.
            day: where in the year the desk stands at first.
            years: number of years in a run.
            seed: the luck shared by all runs of this view.
            reveal: offer the button that shows what is hidden (the debrief).
            kept: called with the settings now and before after every change.
            clock: seconds, for telling a drag from two changes.
        """
        self._luck = {"years": years, "seed": seed}
        self._day, self.runs = day, 0
        self._run = lru_cache(maxsize=32)(self._simulate)
        self._yardstick = lru_cache(maxsize=32)(self._measure)
        self._measured: dict[int, Floats] = {}
        super().__init__(
            start=start or Settings(), before=before, reveal=reveal, kept=kept, clock=clock
        )

    def _simulate(self, settings: Settings) -> Run:
        self.runs += 1
        return run(settings, **self._luck)

    def _measure(self, load: int, order: Order) -> tuple[Floats, float]:
        return yardstick(load, order, **self._luck)

    def frame(self) -> Frame:
        """Return the fixed sentences."""
        return Frame(
            title=_("The expert's desk"),
            task=_(
                "{expert} works for twelve people. You sit in the first chair (blue): decide how "
                "you ask, and watch what she takes up next, for 24 rounds of two weeks."
            ).format(expert=EXPERT),
            chart=_("One year at the desk, and the mean of {years} such years").format(
                years=self._luck["years"]
            ),
            x_label=_("Round"),
            y_label="",
            first=_("Change one thing and compare; the very same requests come every time."),
            dashed=_("Dashed: your last run, with the very same requests."),
            remark=_(
                "All numbers are assumed, none was measured in a firm. Trust directions and rough "
                "proportions, never a day."
            ),
            show=_("Show what she makes of everybody"),
            hide=_("Hide it again"),
        )

    def make_controls(self, start: Settings) -> dict[str, Control]:
        """Return the controls by name, set to ``start``."""
        return make_controls(start)

    def read(self, otherwise: Mapping[str, float] | None = None) -> Settings:
        """Return what the controls say."""
        return read_controls(self.controls)

    def applies(self, settings: Settings) -> Mapping[str, bool]:
        """Who asks plainly has nothing to keep up, and nothing to be copied."""
        return dict.fromkeys(("lasts", "copied"), settings.habit is not Habit.ASK)

    def run(self, settings: Settings) -> Run:
        """Return what comes of settings; the same are simulated once."""
        return self._run(settings)

    def make_chart(self, frame: Frame) -> Board:
        """Return the desk beside its curves."""
        return Board(Desk(desk_year(self.now, revealed=False), day=self._day))

    def paint(self, *, shown: bool) -> None:
        """Show the curves; the desk follows once the hand rests."""
        measure = self._measured.get(self.now.settings.load) if self._revealed else None
        self.chart.draw(self.now, self.last, measure)

    def _tell(self) -> None:
        super()._tell()
        self.paint(shown=False)  # with the yardstick, which a dragging hand does not wait for
        self.chart.desk.scene = desk_year(self.now, revealed=self._revealed)

    def what_happened(self, now: Run, last: Run | None) -> Sequence[str]:
        """Say what came of a run."""
        return words.what_happened(now, last)

    def alternative(self, now: Run) -> str:
        """Return the curves in one sentence."""
        return words.alternative(now)

    def comparison(self, now: Run, last: Run | None) -> str:
        """Return the table "this run against the last"."""
        return view.comparison(now, last)

    def debrief(self, now: Run) -> str:
        """Return what the expert makes of everybody, and the yardstick."""
        load = now.settings.load
        self._measured[load], exact = self._yardstick(load, Order.VALUE)
        return view.perceived(now, (exact, self._yardstick(load, Order.NOISY_VALUE)[1]))


# By key: the day of the year at which the desk stood when the cell is run again.
_days: dict[str, float] = {}


def desk_simulator(key: str = "03_resource_priority", **options: Any) -> DeskSimulator:
    """Return a simulator that takes up the settings last used under ``key``."""
    simulator = reopen(key, DeskSimulator, **({"day": _days.get(key, 0.0)} | options))
    simulator.chart.desk.observe(lambda change: _days.__setitem__(key, change.new), "day")
    return simulator


def show_desk(key: str = "03_resource_priority", **options: Any) -> Any:
    """Return the view, to be a cell's last value; nothing while nbgrader runs.

    Args:
        key: whose settings to take up.
        options: passed on to :class:`DeskSimulator`.
    """
    if grading():
        return None
    return show_once(("desk", key), lambda: desk_simulator(key, **options).view)
