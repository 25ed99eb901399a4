"""The desk beside its curves: what a run at the expert's desk is shown in."""

from typing import Any

import ipywidgets as widgets
import numpy as np
from numpy.typing import NDArray

from course.text import _
from course.widgets.lines import Line, LineChart
from course.widgets.page import close
from course.widgets.priority.desk import Desk
from course.widgets.priority.run import Run
from course.widgets.priority.settings import ROUNDS

__all__ = ["Board"]

Floats = NDArray[np.float64]
MINE, THEIRS, COST, YARDSTICK = "#2a87c0", "#8a949f", "#cc6a1e", "#16916b"


def _days(value: float) -> str:
    return _("{days:.1f} d").format(days=value)


def _money(value: float) -> str:
    return f"{value:.1f}"


def _share(value: float) -> str:
    return f"{value:.0%}"


class Board:
    """A desk and three charts.

    Attributes:
        figure: the widget to place.
        desk: the queue to watch.
        wait: my wait and the others', round by round.
        delay: what the delay of a request costs all twelve.
        belief: my credibility.
    """

    def __init__(self, desk: Desk) -> None:
        """Put the charts beside the desk."""
        x = np.arange(1, ROUNDS + 1)
        common: dict[str, Any] = {"x": x, "ticks": [1, 6, 12, 18, 24]}
        self.desk = desk
        self.wait = LineChart(
            _("Days waited, by round"),
            [Line(_("you"), MINE), Line(_("others"), THEIRS)],
            say=_days,
            height=200,
            **common,
        )
        self.delay = LineChart(
            _("Cost of its delay, 10k CNY"),
            [Line(_("all twelve"), COST), Line(_("by value"), YARDSTICK)],
            say=_money,
            height=150,
            **common,
        )
        self.belief = LineChart(
            _("She believes your “urgent”"),
            [Line(_("in the end"), MINE)],
            say=_share,
            height=110,
            top=1.0,
            tick_format=".0%",
            **common,
        )
        curves = widgets.VBox([chart.box for chart in self._charts])
        curves.add_class("ltd-desk-curves")
        self.figure = widgets.Box([desk, curves])
        self.figure.add_class("ltd-desk-board")

    @property
    def _charts(self) -> tuple[LineChart, LineChart, LineChart]:
        return self.wait, self.delay, self.belief

    def draw(self, now: Run, last: Run | None, yardstick: Floats | None = None) -> None:
        """Show a run's curves, the last run's dashed.

        Args:
            now: the run.
            last: the run to compare with, if any.
            yardstick: [rounds] what delay would cost in the order of value per effort, if shown.
        """
        filled = [_filled(each) for each in (now.wait.mean, now.other_wait.mean)]
        self.wait.draw(
            np.stack(filled),
            figures=[now.mean("wait"), now.mean("others")],
            error=2 * np.nan_to_num(now.wait.error),
            reference=_filled(last.wait.mean) if last else None,
        )
        other = np.full(ROUNDS, np.nan) if yardstick is None else yardstick
        self.delay.draw(
            np.stack([now.delay.mean, other]),
            figures=[now.mean("cost"), float(other.mean())],
            error=2 * now.delay.error,
            reference=last.delay.mean if last else None,
        )
        self.belief.draw(
            now.credibility[None],
            figures=[float(now.credibility[-1])],
            reference=last.credibility if last else None,
        )

    def close(self) -> None:
        """Close every widget of the board."""
        for chart in self._charts:
            chart.close()
        close(self.figure)


def _filled(mean: Floats) -> Floats:
    """A round in which nobody asked takes the value of its neighbours."""
    there = np.flatnonzero(np.isfinite(mean))
    return np.interp(np.arange(mean.size), there, mean[there])
