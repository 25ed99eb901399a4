"""The engine and the curves, one below the other, in a lesson's cell."""

from typing import Any

import ipywidgets as widgets

from course.answers import grading
from course.widgets.momentum.engine import Engine, Progress
from course.widgets.momentum.simulator import curves_simulator
from course.widgets.page import show_once

__all__ = ["show_engine"]

# By key: where the learner stood with the engine when the cell is run again.
_kept: dict[str, Progress] = {}


def show_engine(key: str = "02_satisfaction_into_action", **options: Any) -> Any:
    """Return the view, to be a cell's last value; nothing while nbgrader runs.

    Args:
        key: whose play and settings to take up.
        options: passed on to the curves' simulator.
    """
    if grading():
        return None

    def make() -> widgets.VBox:
        engine = Engine(_kept.get(key))
        engine.observe(lambda _change: _kept.__setitem__(key, engine.progress), "scene")
        curves = curves_simulator(key, **options)
        return widgets.VBox([engine, curves.view])

    return show_once(("engine", key), make)
