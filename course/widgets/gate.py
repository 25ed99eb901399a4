"""Predict before you play: a view that opens when its prediction was committed."""

from collections.abc import Callable

import ipywidgets as w

from course.answers import Store, Work
from course.text import _
from course.widgets.page import card, close, escape, show_once, text

__all__ = ["gate", "is_committed", "open_gate"]

# By form: what opens when it is committed. Filled and emptied in one kernel, one folder.
_waiting: dict[str, Callable[[], None]] = {}


def is_committed(store: Store, form_id: str) -> bool:
    """Tell whether a prediction was made and checked once."""
    entry = store[form_id]
    return entry.value is not None and entry.checks > 0


def gate(form_id: str, make: Callable[[], w.Widget]) -> w.Widget:
    """Return ``make()`` if the prediction is committed, else a note that ``make()`` replaces."""

    def box() -> w.Widget:
        work = Work()
        title = work.forms[form_id].title
        if is_committed(work.store, form_id):
            return make()
        note = _("Commit “{title}” above first; then this opens.").format(title=title)
        place = w.VBox([card([text(escape(note), kind="prompt")], name="gate")])

        def open_it() -> None:
            (shut,) = place.children
            place.children = (make(),)
            close(shut)

        _waiting[form_id] = open_it
        return place

    return show_once(("gate", form_id), box)


def open_gate(form_id: str) -> None:
    """Open what waits for this form, if anything does."""
    waiting = _waiting.pop(form_id, None)
    if waiting is not None:
        waiting()
