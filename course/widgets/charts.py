"""Live charts: bqplot marks that are built once and then only given new numbers.

Colours are Okabe and Ito's, told apart by people of every colour vision, with greys for what is not
news; every band is named where it ends, so that no legend has to be matched.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

with warnings.catch_warnings():
    # bqplot 0.13 declares some traits in the manner traitlets deprecated in 4.1.
    warnings.simplefilter("ignore", DeprecationWarning)
    import bqplot

from course.widgets.ahead import Picture

__all__ = ["OKABE_ITO", "Band", "BandChart", "bqplot", "spread"]

OKABE_ITO = {
    "black": "#000000",
    "orange": "#e69f00",
    "sky": "#56b4e9",
    "green": "#009e73",
    "yellow": "#f0e442",
    "blue": "#0072b2",
    "vermillion": "#d55e00",
    "purple": "#cc79a7",
}


@dataclass(frozen=True)
class Band:
    """A part of the whole: its name, its fill, and a darker ink readable as small text."""

    name: str
    fill: str
    ink: str


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move ascending positions as little as needed to lie ``gap`` apart within [low, high].

    If they cannot all fit, they overlap evenly rather than leave the range.
    """
    if not wanted:
        return []
    gap = min(gap, (high - low) / max(1, len(wanted) - 1))
    placed: list[float] = []
    for position in wanted:
        placed.append(max(position, placed[-1] + gap if placed else low))
    ceiling = high
    for i in reversed(range(len(placed))):
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - gap
    return placed


class BandChart:
    """Parts of a whole over time, stacked to 100 %, named at the right edge.

    Attributes:
        figure: the bqplot figure to place.
        bands: the filled curves, one row of ``y`` per band, the topmost first.
        names: the labels at the right edge.
        reference: a dashed curve from an earlier run, or hidden.
    """

    def __init__(
        self, bands: Sequence[Band], *, x: NDArray[Any], x_label: str, y_label: str, height: int
    ) -> None:
        """Build the marks over the given [x] positions; ``height`` is in pixels."""
        self._bands = tuple(bands)
        self._x = np.asarray(x, dtype=np.float64)
        end = float(self._x[-1])
        x_scale = bqplot.LinearScale(min=float(self._x[0]), max=end)
        y_scale = bqplot.LinearScale(min=0.0, max=1.0)
        scales = {"x": x_scale, "y": y_scale}
        nothing = np.zeros((len(bands), self._x.size))
        # Every curve is filled down to the axis and the higher sums are painted first, so what
        # remains visible of each is its own band.
        self.bands = bqplot.Lines(
            x=self._x,
            y=nothing,
            scales=scales,
            fill="bottom",
            fill_colors=[band.fill for band in reversed(self._bands)],
            fill_opacities=[1.0] * len(bands),
            colors=["white"],
            stroke_width=1.2,
        )
        self.reference = bqplot.Lines(
            x=self._x,
            y=nothing[0],
            scales=scales,
            colors=["#111111"],
            line_style="dashed",
            stroke_width=2,
            visible=False,
        )
        self.names = bqplot.Label(
            x=np.full(len(bands), end),
            y=nothing[:, 0],
            text=[""] * len(bands),
            scales=scales,
            colors=[band.ink for band in self._bands],
            default_size=13,
            font_weight="bold",
            align="start",
            x_offset=8,
            y_offset=4,
            apply_clip=False,
        )
        ticks = np.arange(0, end + 1, 4)
        quiet = {"grid_lines": "none", "color": "#9aa5b1", "label_color": "#5f6b7a"}
        self._axes = [
            bqplot.Axis(
                scale=x_scale,
                label=x_label,
                tick_values=ticks,
                tick_format="d",
                label_offset="2.6em",
                **quiet,
            ),
            bqplot.Axis(
                scale=y_scale,
                side="left",
                label=y_label,
                tick_values=np.linspace(0, 1, 5),
                tick_format=".0%",
                label_offset="3.6em",
                **quiet,
            ),
        ]
        self.figure = bqplot.Figure(
            marks=[self.bands, self.reference, self.names],
            axes=self._axes,
            fig_margin={"top": 12, "bottom": 52, "left": 62, "right": 128},
            display_toolbar=False,
            background_style={"fill": "transparent"},
            padding_x=0.0,
            padding_y=0.0,
            animation_duration=0,
            layout={"width": "100%", "height": f"{height}px"},
        )
        self.figure.add_class("ltd-sim-chart")

    def picture(self, shares: NDArray[np.float64]) -> Picture:
        """Return what the marks show for the given shares, without showing it.

        Args:
            shares: [x, bands], each row summing to 1, the lowest band first.
        """
        tops = np.cumsum(shares, axis=1).T.round(6)  # short numbers: many may travel at once
        last = shares[-1]
        shown = [i for i, share in enumerate(last) if share >= 0.005]
        places = spread([float(tops[i, -1] - last[i] / 2) for i in shown], 0.075, 0.02, 0.98)
        y = np.zeros(len(self._bands))
        y[shown] = np.round(places, 6)
        text = [
            f"{band.name} {share:.0%}" if i in shown else ""
            for i, (band, share) in enumerate(zip(self._bands, last, strict=True))
        ]
        return {self.bands: {"y": tops[::-1].tolist()}, self.names: {"y": y.tolist(), "text": text}}

    def draw(self, shares: NDArray[np.float64]) -> None:
        """Show new shares, as for :meth:`picture`, in the marks that are there."""
        for mark, state in self.picture(shares).items():
            with mark.hold_sync():
                for name, value in state.items():
                    setattr(mark, name, value)

    def compare(self, reference: NDArray[np.float64] | None) -> None:
        """Show a share to compare the lowest band with, [x], or none."""
        with self.reference.hold_sync():
            if reference is not None:
                self.reference.y = reference
            self.reference.visible = reference is not None

    def close(self) -> None:
        """Close every widget of the chart: figure, marks, axes and scales."""
        scales = self.bands.scales.values()
        for widget in (*self.figure.marks, *self._axes, *scales, self.figure):
            widget.close()
        for own in (self.figure.scale_x, self.figure.scale_y, self.figure.layout):
            own.close()
