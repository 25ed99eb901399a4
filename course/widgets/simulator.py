"""A simulator whose chart is a whole in parts, by week; and the views that are open.

A lesson derives a class that says what its controls are, how settings become a run, and what a run
shows. :func:`reopen` gives a view that takes up where the last one under its key stood, and closes
that one.
"""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, TypeVar

import ipywidgets as widgets
import numpy as np
from numpy.typing import NDArray

from course.widgets.ahead import Picture
from course.widgets.bench import Bench, Frame, R, S
from course.widgets.charts import Band, BandChart

__all__ = ["Frame", "Simulator", "reopen"]


class Simulator(Bench[S, R]):
    """The bench whose chart is a whole in parts, by week."""

    compared: ClassVar[int] = 0
    """Which band the last run is compared in: the lowest, whose height is easy to read."""
    chart_height: ClassVar[int] = 320
    """Pixels."""

    def __init__(self, *, weeks: int, **options: Any) -> None:
        """Build the view.

        Args:
            weeks: how long a run is.
            options: those of :class:`Bench`.
        """
        self._weeks = weeks
        super().__init__(**options)

    @abstractmethod
    def bands(self) -> tuple[Band, ...]:
        """Return the bands of the chart, the lowest first."""

    @abstractmethod
    def curves(self, run: R) -> NDArray[np.float64]:
        """Return the shares by week and band: [weeks + 1, bands], rows summing to 1."""

    def make_chart(self, frame: Frame) -> BandChart:
        """Return the chart of the bands."""
        return BandChart(
            self.bands(),
            x=np.arange(self._weeks + 1),
            x_label=frame.x_label,
            y_label=frame.y_label,
            height=self.chart_height,
        )

    def moving(self) -> Sequence[widgets.Widget]:
        """Return the bands and their names."""
        return [self.chart.bands, self.chart.names]

    def picture(self, run: R) -> Picture:
        """Return what the bands show for a run."""
        drawn: Picture = self.chart.picture(self.curves(run))
        return drawn

    def paint(self, *, shown: bool) -> None:
        """Show this run as bands, and the last as the dashed curve."""
        self.chart.compare(None if self.last is None else self.curves(self.last)[:, self.compared])
        if not shown:
            self.chart.draw(self.curves(self.now))


# By key: the settings a re-run cell comes back to (now, last), and the view it replaces.
_kept: dict[str, tuple[Any, Any]] = {}
_views: dict[str, Any] = {}

V = TypeVar("V", bound=Bench[Any, Any])


def reopen(key: str, make: Callable[..., V], **options: Any) -> V:
    """Return a simulator that takes up the settings last used under ``key``.

    Args:
        key: whose settings to keep; one live view per key.
        make: the simulator's class.
        options: passed on to ``make``.
    """
    if key in _views:
        _views.pop(key).close()
    if key in _kept:
        start, before = _kept[key]
        options = {"start": start, "before": before} | options

    def keep(now: Any, last: Any) -> None:
        _kept[key] = (now, last)

    view = make(kept=keep, **options)
    _views[key] = view
    return view
