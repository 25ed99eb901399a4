"""Small live charts of a few lines over time, with an earlier run dashed; the key is their head."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, log10
from typing import Any

import ipywidgets as widgets
import numpy as np
from numpy.typing import NDArray

from course.widgets.charts import bqplot

__all__ = ["Line", "LineChart", "nice_step"]

Floats = NDArray[np.float64]
QUIET = {"grid_lines": "none", "color": "#9aa5b1", "label_color": "#5f6b7a"}


@dataclass(frozen=True)
class Line:
    """A line: its name, and a colour that is seen on white and on black."""

    name: str
    ink: str


def nice_step(top: float, *, steps: int = 4) -> float:
    """Return the least of 1, 2, 2.5, 5 times a power of ten that reaches ``top`` in some steps."""
    least = top / steps
    power = 10.0 ** np.floor(log10(least))
    return float(next(each * power for each in (1, 2, 2.5, 5, 10) if each * power >= least))


class LineChart:
    """Lines over time.

    Attributes:
        box: the widget to place: the head with the key, and the figure.
        figure: the bqplot figure.
        lines: the lines, one row of ``y`` each.
        interval: the two edges of a shaded interval around the first line.
        reference: a dashed line from an earlier run, or hidden.
        head: title and key, with a figure for every line.
    """

    def __init__(
        self,
        title: str,
        lines: Sequence[Line],
        *,
        x: NDArray[Any],
        ticks: Sequence[float],
        say: Callable[[float], str],
        height: int,
        tick_format: str = "~g",
        top: float | None = None,
    ) -> None:
        """Build the marks.

        Args:
            title: what the values are.
            lines: what is drawn, the first with an interval.
            x: [x] positions.
            ticks: where the axis is marked.
            say: a value in words, for the key.
            height: of the figure, pixels.
            tick_format: of the values' axis, as d3 has it.
            top: greatest value shown; grows with what is shown if None.
        """
        self._title, self._lines, self._say, self._top = title, tuple(lines), say, top
        self._x = np.asarray(x, dtype=np.float64)
        nothing = np.zeros((len(lines), self._x.size))
        self._x_scale = bqplot.LinearScale(min=float(self._x[0]), max=float(self._x[-1]))
        self._y_scale = bqplot.LinearScale(min=0.0, max=1.0)
        scales = {"x": self._x_scale, "y": self._y_scale}
        first = self._lines[0].ink
        self.interval = bqplot.Lines(
            x=self._x,
            y=nothing[[0, 0]],
            scales=scales,
            colors=[first, first],
            opacities=[0.0, 0.0],
            fill="between",
            fill_colors=[first, first],
            fill_opacities=[0.18, 0.18],
            stroke_width=0,
        )
        self.lines = bqplot.Lines(
            x=self._x,
            y=nothing,
            scales=scales,
            colors=[line.ink for line in self._lines],
            stroke_width=2.2,
        )
        self.reference = bqplot.Lines(
            x=self._x,
            y=nothing[0],
            scales=scales,
            colors=[first],
            line_style="dashed",
            stroke_width=1.6,
            visible=False,
        )
        self._values = bqplot.Axis(
            scale=self._y_scale, side="left", tick_format=tick_format, **QUIET
        )
        across = bqplot.Axis(scale=self._x_scale, tick_values=ticks, tick_format="d", **QUIET)
        self.figure = bqplot.Figure(
            marks=[self.interval, self.reference, self.lines],
            axes=[across, self._values],
            fig_margin={"top": 8, "bottom": 24, "left": 38, "right": 10},
            display_toolbar=False,
            background_style={"fill": "transparent"},
            padding_x=0.0,
            padding_y=0.0,
            animation_duration=0,
            layout={"width": "100%", "height": f"{height}px"},
        )
        self.figure.add_class("ltd-sim-chart")
        self.head = widgets.HTML()
        self.box = widgets.VBox([self.head, self.figure])

    def draw(
        self,
        values: Floats,
        *,
        figures: Sequence[float],
        error: Floats | None = None,
        reference: Floats | None = None,
    ) -> None:
        """Show new lines.

        Args:
            values: [lines, x]; of a line that is not there now, NaN throughout.
            figures: [lines] what the key says of each.
            error: [x] half the width of the first line's interval; none if None.
            reference: [x] an earlier run's first line; none if None.
        """
        there = np.array([bool(np.isfinite(row).all()) for row in values])
        around = np.zeros(self._x.size) if error is None else error
        edges = np.clip(np.stack([values[0] - around, values[0] + around]), 0, None)
        everything = (
            [values[there], edges] if reference is None else [values[there], edges, reference]
        )
        top = self._top or max(1.0, *(float(each.max()) for each in everything))
        step = nice_step(top)
        with self._y_scale.hold_sync(), self._values.hold_sync():
            self._y_scale.max = step * ceil(round(top / step, 6))
            self._values.tick_values = np.arange(0, self._y_scale.max + step / 2, step)
        with self.lines.hold_sync(), self.interval.hold_sync():
            self.interval.y = edges
            # A line that is not there lies unseen on the first: bqplot draws no line of nothing.
            self.lines.y = np.where(there[:, None], values, values[0])
            self.lines.opacities = [1.0 if each else 0.0 for each in there]
        with self.reference.hold_sync():
            if reference is not None:
                self.reference.y = reference
            self.reference.visible = reference is not None
        key = "".join(
            f"<span><i style='background:{line.ink}'></i>{escape(line.name)} "
            f"<b>{escape(self._say(figure))}</b></span>"
            for line, figure, each in zip(self._lines, figures, there, strict=True)
            if each
        )
        self.head.value = (
            f"<div class='ltd-sim-linehead'>{escape(self._title)}</div>"
            f"<div class='ltd-sim-linekey'>{key}</div>"
        )

    def close(self) -> None:
        """Close every widget of the figure: marks, axes and scales; not the box."""
        for widget in (*self.figure.marks, *self.figure.axes, self._x_scale, self._y_scale):
            widget.close()
        for own in (self.figure.scale_x, self.figure.scale_y):
            own.close()
