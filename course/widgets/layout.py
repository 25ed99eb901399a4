"""The card of a simulator: what stands where, under which heading."""

from collections.abc import Mapping, Sequence
from html import escape

import ipywidgets as widgets

from course.text import _
from course.widgets.controls import look

__all__ = ["lay_out"]


def _head(words: str) -> widgets.HTML:
    return widgets.HTML(f"<div class='ltd-sim-head'>{escape(words)}</div>")


def _note(words: str) -> widgets.HTML:
    return widgets.HTML(f"<div class='ltd-sim-note'>{escape(words)}</div>")


def _title(title: str, task: str) -> widgets.HTML:
    return widgets.HTML(
        f"<div class='ltd-sim-title'>{escape(title)}</div>"
        f"<div class='ltd-sim-note'>{escape(task)}</div>"
    )


def lay_out(
    parts: Mapping[str, Sequence[widgets.Widget]],
    *,
    title: str,
    task: str,
    chart: str,
    remark: str = "",
) -> widgets.VBox:
    """Return the card.

    Args:
        parts: its widgets by place: ``side`` (the controls), ``chart``, ``words``, ``table`` and
            ``debrief``, which is left out when it is empty.
        title: what the simulator is about.
        task: what to do with it.
        chart: the chart's heading.
        remark: stands below the table, if there is anything to remark.
    """
    side = widgets.VBox(parts["side"])
    main = widgets.VBox(
        [_head(chart), *parts["chart"], _head(_("What just happened")), *parts["words"]]
    )
    upper = widgets.HBox([side, main])
    below = [_note(remark)] if remark else []
    lower = widgets.VBox([_head(_("This run and the last")), *parts["table"], *below])
    boxes = {"side": side, "main": main, "upper": upper, "lower": lower}
    rows = [look(), _title(title, task), upper, lower]
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
