"""Order: each row moves up and down; the keyboard's focus travels with it."""

from typing import Any

import ipywidgets as w

from course.answers.kinds.order import Order
from course.text import _
from course.widgets.inputs import Changed
from course.widgets.page import escape, text

__all__ = ["Input"]


class Input:
    """Numbered rows with two buttons each. Nothing is answered until the first move or *Keep*."""

    def __init__(self, form: Order, value: Any, changed: Changed) -> None:
        """Show the ids in ``value`` in order, or the form's own order, not yet an answer."""
        self._changed = changed
        self._answered = value is not None
        self._labels = {item.id: item.label for item in form.items}
        self._order = list(value or self._labels)
        count = len(self._order)
        self._texts = [text(kind="label") for _row in range(count)]
        self._up = [self._button("arrow-up", -1, i) for i in range(count)]
        self._down = [self._button("arrow-down", +1, i) for i in range(count)]
        self._up[0].disabled = self._down[-1].disabled = True
        rows = [
            w.HBox(
                [w.Label(f"{i + 1}.").add_class("ltd-place"), self._texts[i], up, down]
            ).add_class("ltd-row")
            for i, (up, down) in enumerate(zip(self._up, self._down, strict=True))
        ]
        self._keep = w.Button(description=_("This order is my answer"), layout={"width": "auto"})
        self._keep.add_class("ltd-keep")
        self._keep.on_click(lambda button: self._answer())
        self.widget = w.VBox([*rows, self._keep])
        self._draw()

    def _button(self, icon: str, step: int, place: int) -> w.Button:
        button = w.Button(icon=icon, layout={"width": "36px"}).add_class("ltd-icon")
        button.on_click(lambda clicked: self.move(place, step))
        return button

    def move(self, place: int, step: int) -> None:
        """Move the row at ``place`` (from 0) one up (-1) or down (+1)."""
        target = place + step
        order = self._order
        order[place], order[target] = order[target], order[place]
        self._answer()
        buttons = self._up if step < 0 else self._down
        if buttons[target].disabled:  # at the end: the other button keeps the focus
            buttons = self._down if step < 0 else self._up
        buttons[target].focus()

    def _answer(self) -> None:
        self._answered = True
        self._draw()
        self._changed()

    def _draw(self) -> None:
        for i, item in enumerate(self._order):
            label = self._labels[item]
            self._texts[i].value = escape(label)
            self._texts[i].layout.display = None
            # The style sheet shows the arrow alone; a screen reader says the words.
            up, down = _("Move “{label}” up"), _("Move “{label}” down")
            self._up[i].description = self._up[i].tooltip = up.format(label=label)
            self._down[i].description = self._down[i].tooltip = down.format(label=label)
        self._keep.layout.display = "none" if self._answered else None

    def raw(self) -> list[str] | None:
        """Return the ids in order, None before the learner ordered anything."""
        return list(self._order) if self._answered else None

    def troubles(self) -> list[str]:
        """Return nothing: an order is always readable."""
        return []
