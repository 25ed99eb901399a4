"""Multiple choice: a tick box for each choice."""

from typing import Any

import ipywidgets as w

from course.answers.kinds.multiple import MultipleChoice
from course.widgets.inputs import Changed
from course.widgets.page import untypeset

__all__ = ["Input"]


class Input:
    """Tick boxes below each other."""

    def __init__(self, form: MultipleChoice, value: Any, changed: Changed) -> None:
        """Show the ticked ids in ``value``."""
        self._boxes = {
            choice.id: w.Checkbox(
                choice.id in (value or ()),
                description=untypeset(choice.label),
                description_allow_html=True,
                tooltip=choice.label,
                indent=False,
            )
            for choice in form.choices
        }
        for box in self._boxes.values():
            box.observe(lambda change: changed(), names="value")
        self.widget = w.VBox(list(self._boxes.values())).add_class("ltd-row")

    def raw(self) -> list[str] | None:
        """Return the ticked ids."""
        return [name for name, box in self._boxes.items() if box.value] or None

    def troubles(self) -> list[str]:
        """Return nothing: a tick is always readable."""
        return []
