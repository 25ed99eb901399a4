"""A lesson's simulator: controls, a live chart, this run and the last, and what it says in words.

What is common to all of them is here, whatever they draw; :mod:`course.widgets.simulator` is the
usual kind, whose chart is a whole in parts. Nothing is displayed at import.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, ClassVar, Generic, Protocol, TypeVar

import ipywidgets as widgets
import numpy as np

from course.widgets.ahead import Ahead, Picture, Rest
from course.widgets.controls import Control
from course.widgets.layout import lay_out
from course.widgets.page import close

__all__ = ["GESTURE", "PAUSE", "Bench", "Chart", "Frame"]

GESTURE = 1.0  # seconds: moves of one control closer than this are one change, as in a drag
PAUSE = 0.25  # seconds without a move after which words and tables follow the picture

S = TypeVar("S")


class _Run(Protocol):
    @property
    def settings(self) -> Any: ...


R = TypeVar("R", bound=_Run)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The fixed sentences around a simulator.

    Attributes:
        title: what it is about.
        task: what to do, in one or two sentences.
        chart: heading of the chart.
        x_label, y_label: what the chart's axes show.
        first: said below the chart while there is nothing to compare with.
        dashed: said below it when the dashed curve is there.
        remark: said below the table; what is assumed.
        show, hide: what the debrief's button says.
    """

    title: str
    task: str
    chart: str
    x_label: str
    y_label: str
    first: str
    dashed: str
    remark: str = ""
    show: str
    hide: str


class Chart(Protocol):
    """What a simulator shows its runs in."""

    @property
    def figure(self) -> widgets.Widget:
        """The widget to place."""
        ...

    def close(self) -> None:
        """Close every widget of the chart."""
        ...


class Bench(ABC, Generic[S, R]):
    """Controls, a chart of any kind, comparison and words around a model.

    All runs of a view use one seed, so "this run" and "last run" differ by the settings alone.

    Attributes:
        view: the widget to display.
        controls: the controls by name.
        chart: the live chart.
        now: the run on show.
        last: the run it is compared with, None at first.
    """

    made_ahead: ClassVar[tuple[str, ...]] = ()
    """The sliders on which the picture depends."""
    chart: Any

    def __init__(
        self,
        *,
        start: S,
        before: S | None = None,
        reveal: bool = True,
        kept: Callable[[S, S | None], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Build the view.

        Args:
            start: settings to begin with.
            before: settings of the run to compare with at first, if any.
            reveal: offer the button that shows what is hidden (the debrief).
            kept: called with the settings now and before after every change.
            clock: seconds, for telling a drag from two changes.
        """
        self._kept, self._clock = kept, clock
        self._moved: tuple[str, float] = ("", -np.inf)
        self.last = None if before is None else self.run(before)
        self.now = self.run(start)
        self.controls = self.make_controls(start)
        frame = self.frame()
        self.chart = self.make_chart(frame)
        self._caption, self._table, self._words, self._hidden = (
            widgets.HTML() for _each in range(4)
        )
        self._hidden.add_class("ltd-sim-hidden")
        self._button = widgets.Button()
        self._button.add_class("ltd-sim-button")
        self._button.on_click(self._toggle)
        self._revealed = False
        self.view = lay_out(
            {
                "side": [control.box for control in self.controls.values()],
                "chart": [self.chart.figure, self._caption],
                "words": [self._words],
                "table": [self._table],
                "debrief": [self._button, self._hidden] if reveal else [],
            },
            title=frame.title,
            task=frame.task,
            chart=frame.chart,
            remark=frame.remark,
        )
        self._rest = Rest(PAUSE, self._settle)
        labels = [self.controls[name].title for name in self.made_ahead]
        self._ahead = Ahead(
            [control.input for control in self.controls.values()],
            [*self.moving(), *(label for label in labels if label is not None)],
        )
        for name, control in self.controls.items():
            control.input.observe(self._on_change(name), "value")
        self._ahead.observe(lambda _change: self._look_ahead(), "ready")
        self._draw()
        self._tell()

    # --- what a lesson says ---

    @abstractmethod
    def frame(self) -> Frame:
        """Return the fixed sentences."""

    @abstractmethod
    def make_controls(self, start: S) -> dict[str, Control]:
        """Return the controls by name, set to ``start``, in the order in which they are shown."""

    @abstractmethod
    def read(self, otherwise: Mapping[str, float] | None = None) -> S:
        """Return what the controls say, or would say were some sliders moved elsewhere."""

    @abstractmethod
    def run(self, settings: S) -> R:
        """Return what comes of settings; asked for again and again, so it remembers."""

    @abstractmethod
    def make_chart(self, frame: Frame) -> Chart:
        """Return the chart, with nothing in it yet."""

    @abstractmethod
    def paint(self, *, shown: bool) -> None:
        """Show this run and the last, unless the browser has ``shown`` this one by itself."""

    def moving(self) -> Sequence[widgets.Widget]:
        """Return the parts of the chart that pictures made ahead move."""
        return ()

    def picture(self, run: R) -> Picture:
        """Return what those parts show for a run."""
        return {}

    @abstractmethod
    def what_happened(self, now: R, last: R | None) -> Sequence[str]:
        """Say in a few sentences what came of a run, compared with the last if there is one."""

    @abstractmethod
    def alternative(self, now: R) -> str:
        """Return the chart in one sentence, for those who do not see it."""

    @abstractmethod
    def comparison(self, now: R, last: R | None) -> str:
        """Return the table "this run against the last" as HTML."""

    @abstractmethod
    def debrief(self, now: R) -> str:
        """Return what is hidden as HTML."""

    def applies(self, settings: S) -> Mapping[str, bool]:
        """Tell of controls that do not always do something whether they do under ``settings``."""
        return {}

    # --- from controls to runs ---

    def _on_change(self, name: str) -> Callable[[Any], None]:
        def changed(_change: Any) -> None:
            moment = self._clock()
            control, before = self._moved
            if control != name or moment - before > GESTURE:
                self.last = self.now
            self._moved = (name, moment)
            self.now = self.run(self.read())
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
        for name in self.made_ahead:
            control = self.controls[name]
            if control.input.disabled:
                continue
            places = pictures[control.input] = {}
            for place in range(control.input.min, control.input.max + 1):
                run = self.run(self.read({name: place}))
                places[place] = {
                    **self.picture(run),
                    control.title: {"value": control.say(place)},
                }
        self._ahead.offer(pictures)

    # --- from runs to the page ---

    def _draw(self, *, shown: bool = False) -> None:
        for name, does in self.applies(self.now.settings).items():
            self.controls[name].enable(does)
        self.paint(shown=shown)

    def _tell(self) -> None:
        """Say in words, table and debrief what the chart shows."""
        now, last, frame = self.now, self.last, self.frame()
        below = frame.dashed if last is not None else frame.first
        self._caption.value = (
            f"<div class='ltd-sim-note' role='status' aria-live='polite'>"
            f"<span class='ltd-sim-sr'>{escape(self.alternative(now))}</span> "
            f"{escape(below)}</div>"
        )
        self._table.value = self.comparison(now, last)
        said = self.what_happened(now, last)
        self._words.value = (
            f"<div role='status' aria-live='polite'><p>{escape(' '.join(said))}</p></div>"
        )
        self._button.description = frame.hide if self._revealed else frame.show
        self._hidden.value = self.debrief(now) if self._revealed else ""

    def _toggle(self, _button: Any) -> None:
        self._revealed = not self._revealed
        shown = self._hidden.remove_class if self._revealed else self._hidden.add_class
        shown("ltd-sim-hidden")
        self._tell()

    def close(self) -> None:
        """Close every widget of the view; the settings stay where ``kept`` put them."""
        self._rest.cancel()
        self.chart.close()
        # The button and what it shows may not be on the view, and the album never is.
        for widget in (self.view, self._button, self._hidden, self._ahead):
            close(widget)
