"""The card of the lead simulator: what stands where, under which heading."""

from collections.abc import Mapping, Sequence
from html import escape

import ipywidgets as widgets

from course.text import _
from course.widgets.controls import look

__all__ = ["lay_out"]


def _head(words: str) -> widgets.HTML:
    return widgets.HTML(f"<div class='ltd-sim-head'>{escape(words)}</div>")


def _title(deals: int, weeks: int) -> widgets.HTML:
    task = _(
        "You introduced two parties in each of {deals:,} deals. "
        "Decide how you go on, and watch {weeks} weeks."
    ).format(deals=deals, weeks=weeks)
    return widgets.HTML(
        f"<div class='ltd-sim-title'>{escape(_('Who leads the deal?'))}</div>"
        f"<div class='ltd-sim-note'>{escape(task)}</div>"
    )


def lay_out(
    parts: Mapping[str, Sequence[widgets.Widget]], *, deals: int, weeks: int
) -> widgets.VBox:
    """Return the card.

    Args:
        parts: its widgets by place: ``side`` (the controls), ``chart``, ``words``, ``table`` and
            ``debrief``, which is left out when it is empty.
        deals: deals in a run, for the title.
        weeks: weeks that are watched, for the title.
    """
    side = widgets.VBox(parts["side"])
    main = widgets.VBox(
        [
            _head(_("What became of the deals")),
            *parts["chart"],
            _head(_("What just happened")),
            *parts["words"],
        ]
    )
    upper = widgets.HBox([side, main])
    lower = widgets.VBox([_head(_("This run and the last")), *parts["table"]])
    boxes = {"side": side, "main": main, "upper": upper, "lower": lower}
    rows = [look(), _title(deals, weeks), upper, lower]
    if parts["debrief"]:
        boxes["debrief"] = widgets.VBox(parts["debrief"])
        rows.append(boxes["debrief"])
    for name, box in boxes.items():
        box.add_class(f"ltd-sim-{name}")
    for words in parts["words"]:
        words.add_class("ltd-sim-words")
    card = widgets.VBox(rows)
    card.add_class("ltd-sim-card")
    return card
