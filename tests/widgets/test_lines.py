"""The small line chart: a scale that holds what is shown, ticks one can read, a key that tells."""

import numpy as np
import pytest

from course.widgets.lines import Line, LineChart, nice_step
from course.widgets.page import close


@pytest.fixture
def chart(_no_leaked_widgets: None):  # type: ignore[no-untyped-def]
    made = LineChart(
        "Days",
        [Line("one", "#111111"), Line("<two>", "#222222")],
        x=np.arange(1, 5),
        ticks=[1, 4],
        say=lambda value: f"{value:.1f} d",
        height=100,
    )
    yield made
    made.close()
    close(made.box)


@pytest.mark.parametrize(
    ("top", "step"), [(1, 0.25), (4, 1), (8.5, 2.5), (14.2, 5), (21, 10), (41, 20), (400, 100)]
)
def test_steps_are_round_numbers(top: float, step: float) -> None:
    assert nice_step(top) == pytest.approx(step)


def test_the_scale_holds_lines_interval_and_reference(chart: LineChart) -> None:
    values = np.array([[1.0, 2, 3, 4], [2.0, 2, 2, 2]])
    chart.draw(values, figures=[2.5, 2], error=np.array([0, 0, 0, 3.0]))
    assert chart.lines.scales["y"].max >= 7
    assert chart.interval.y[1][3] == 7
    assert chart.interval.y.min() >= 0
    chart.draw(values, figures=[2.5, 2], reference=np.array([1.0, 1, 30, 1]))
    assert chart.reference.visible
    assert chart.lines.scales["y"].max >= 30
    ticks = chart.figure.axes[1].tick_values
    assert ticks[0] == 0
    assert ticks[-1] == pytest.approx(chart.lines.scales["y"].max)
    chart.draw(values, figures=[2.5, 2])
    assert not chart.reference.visible


def test_a_line_that_is_not_there_is_neither_drawn_nor_named(chart: LineChart) -> None:
    values = np.array([[1.0, 2, 3, 4], [np.nan] * 4])
    chart.draw(values, figures=[2.5, np.nan])
    assert chart.lines.opacities == [1.0, 0.0]
    assert np.isfinite(chart.lines.y).all()
    assert "one <b>2.5 d</b>" in chart.head.value
    assert "two" not in chart.head.value
    chart.draw(np.ones((2, 4)), figures=[1, 1])
    assert "&lt;two&gt;" in chart.head.value
