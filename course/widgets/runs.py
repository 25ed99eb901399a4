"""Two runs with the same luck, compared: what differs clearly, and tables of what differs.

Runs share their luck deal by deal, hence a difference is called clear only if it exceeds twice its
*paired* standard error.
"""

from collections.abc import Mapping, Sequence
from html import escape
from math import isnan

import numpy as np
from numpy.typing import NDArray

from course.text import _
from course.widgets.charts import Band

__all__ = ["Metric", "change_in_words", "clear_difference", "comparison_table", "groups_table"]

Bools = NDArray[np.bool_]
Metric = tuple[str, float, float | None, str, int, int]
"""A row to compare: name, now, last if there is one, unit, digits, and +1 or -1 for which way is
better, 0 for neither."""


def clear_difference(now: Bools, last: Bools) -> int:
    """Return how many more deals it is true of, or 0 if that could as well be luck.

    Args:
        now: [n] is it true of the deal in this run?
        last: [n] was it true of the same deal in the last run?
    """
    paired = now.astype(float) - last
    difference = float(paired.sum())
    luck = 2 * float(paired.std()) * np.sqrt(paired.size)
    return round(difference) if abs(difference) > luck else 0


def change_in_words(changes: Sequence[str]) -> str:
    """Return what was changed, given a sentence for each thing that was."""
    if not changes:
        return _("You are back at the settings of your last run, and so are the results.")
    if len(changes) > 1:
        return _("You changed {count} things at once, so no single one explains it.").format(
            count=len(changes)
        )
    return changes[0]


def _row(name: str, now: float, last: float | None, unit: str, digits: int, good: int) -> str:
    def number(value: float) -> str:
        return "–" if isnan(value) else f"{value:,.{digits}f}{unit}"

    values = [value for value in (now, last) if value is not None and not isnan(value)]
    top = max([*values, 1e-9])
    bars = "".join(
        f"<span class='ltd-sim-bar' style='width:{100 * value / top:.0f}%'></span>"
        for value in values
    )
    if last is None:
        bars = ""  # nothing to measure against yet
    badge = ""
    if len(values) == 2:
        change = round(values[0], digits) - round(values[1], digits)
        better = change * good > 0
        tone = "" if change * good == 0 else "ltd-sim-better" if better else "ltd-sim-worse"
        points = " " + _("pts") if unit == "%" else unit
        words = f"{change:+,.{digits}f}{points}".replace("-", "−") if change else "="
        badge = f"<span class='{tone}'>{words}</span>"
    cells = [f"<td style='width:22%' aria-hidden='true'>{bars}</td>"]
    cells += [f"<td class='ltd-sim-num'>{number(now)}</td>"]
    if last is not None:
        cells += [f"<td class='ltd-sim-num ltd-sim-note'>{number(last)}</td>"]
        cells += [f"<td class='ltd-sim-num'>{badge}</td>"]
    return f"<tr><th scope='row'>{escape(name)}</th>{''.join(cells)}</tr>"


def comparison_table(rows: Sequence[Metric], *, compared: bool) -> str:
    """Return the table "this run against the last" as HTML; a first run stands alone."""
    heads = [_("This run"), *([_("Last run"), _("Change")] if compared else [])]
    head = "".join(f"<th class='ltd-sim-num' scope='col'>{escape(text)}</th>" for text in heads)
    body = "".join(_row(*row) for row in rows)
    return (
        f"<table class='ltd-sim-table'><thead><tr><td></td><td></td>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def groups_table(groups: Mapping[str, Bools], endings: Mapping[Band, Bools], *, what: str) -> str:
    """Return what became of hidden groups as an HTML table.

    Args:
        groups: by name, [n] which deals belong.
        endings: by band, [n] which deals ended so; every deal in exactly one way.
        what: what is counted, for example "Deals".
    """
    rows = []
    for name, group in groups.items():
        size = int(group.sum())
        counts = {band: int((group & ended).sum()) for band, ended in endings.items()}
        strip = "".join(
            f"<i style='width:{100 * count / max(1, size):.1f}%;background:{band.fill}'></i>"
            for band, count in counts.items()
        )
        shares = "".join(
            f"<td class='ltd-sim-num'>{f'{count / size:.0%}' if size else '–'}</td>"
            for count in counts.values()
        )
        rows.append(
            f"<tr><th scope='row'>{escape(name)}</th><td class='ltd-sim-num'>{size:,}</td>"
            f"<td style='width:24%' aria-hidden='true'><div class='ltd-sim-strip'>{strip}</div>"
            f"</td>{shares}</tr>"
        )
    heads = "".join(
        f"<th class='ltd-sim-num' scope='col' style='color:{band.ink}'>{escape(band.name)}</th>"
        for band in endings
    )
    return (
        f"<table class='ltd-sim-table'><thead><tr><td></td><th class='ltd-sim-num' scope='col'>"
        f"{escape(what)}</th><td></td>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )
