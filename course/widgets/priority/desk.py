"""The expert's desk: a queue to watch, day by day, as it is served and overtaken.

Python gives a whole year at once (:mod:`course.widgets.priority.story`); the front end moves
through it by itself, and when the learner sets something else, it shows the same day of the new
year: what stands elsewhere moves there before one's eyes.
"""

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from course.widgets.priority.cast import EXPERT
from course.widgets.priority.story import labels

__all__ = ["Desk"]

_HERE = Path(__file__)


class Desk(anywidget.AnyWidget):
    """The desk.

    Attributes:
        scene: the year on show.
        labels: the fixed words.
        day: where in the year the learner stopped, days; set by the front end.
    """

    _esm = _HERE.with_suffix(".js").read_text(encoding="utf-8")
    _css = _HERE.with_suffix(".css").read_text(encoding="utf-8")
    scene: Any = traitlets.Dict().tag(sync=True)
    labels: Any = traitlets.Dict().tag(sync=True)
    day: Any = traitlets.Float(0.0).tag(sync=True)

    def __init__(self, scene: dict[str, Any], *, day: float = 0.0) -> None:
        """Show a year from some day on."""
        super().__init__(scene=scene, labels=labels() | {"expert": EXPERT}, day=day)
