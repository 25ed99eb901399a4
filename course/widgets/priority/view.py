"""Tables of the expert's desk: this run and the last, and what she perceives of everybody."""

from html import escape

import numpy as np

from course.models.priority import Params, Part
from course.text import _
from course.widgets.priority.run import Run
from course.widgets.priority.words import money
from course.widgets.runs import comparison_table

__all__ = ["comparison", "perceived"]

COLOURS = ("#009e73", "#d55e00", "#cc79a7", "#0072b2", "#56b4e9")
"""Of the parts, as on the desk; chance has none, it is nil in the mean."""


def comparison(now: Run, last: Run | None) -> str:
    """Return the table "this run against the last" as HTML; a first run stands alone."""
    names = {
        "wait": (_("Your wait"), " d", 1, 1.0),
        "others": (_("The others' wait"), " d", 1, 1.0),
        "my cost": (_("Delay of a request of yours costs, CNY"), "k", 0, 10.0),
        "cost": (_("Delay of a request costs, all twelve, CNY"), "k", 0, 10.0),
    }
    return comparison_table(
        [
            (name, unit * now.mean(key), unit * last.mean(key) if last else None, mark, digits, -1)
            for key, (name, mark, digits, unit) in names.items()
        ],
        compared=last is not None,
    )


def perceived(now: Run, yardsticks: tuple[float, float]) -> str:
    """Return what the expert makes of everybody, as HTML: the debrief.

    Args:
        now: the run.
        yardsticks: what the delay of a request would cost if she went by value per effort, 10k
            CNY: with true figures, and with those that background gives.
    """
    days = 1 / Params().aging  # a point of perceived priority is worth so many days of waiting
    heads = (
        _("background"),
        _("loudness"),
        _("favours"),
        _("her leader sees it"),
        _("thanks given"),
    )
    rows = []
    who = (_("You"), _("The others, each"))
    when = (_("rounds 1-3"), _("rounds 17-24"))
    for person, looks, spreads in zip(who, now.looks, now.apart, strict=True):
        for time, parts, apart in zip(when, looks, spreads, strict=True):
            head_start = days * parts[: Part.GLANCE]
            strip = "".join(
                f"<i style='width:{max(0.0, 1.5 * each):.1f}%;background:{colour}'></i>"
                for each, colour in zip(head_start, COLOURS, strict=True)
            )
            said = [_days(each) for each in head_start]
            if apart * days >= 0.5:
                said[Part.STATED] += f" ±{apart * days:.0f}"
            cells = "".join(f"<td class='ltd-sim-num'>{each}</td>" for each in said)
            rows.append(
                f"<tr><th scope='row'>{escape(f'{person}, {time}')}</th>"
                f"<td style='width:22%' aria-hidden='true'><div class='ltd-sim-strip'>{strip}</div>"
                f"</td>{cells}<td class='ltd-sim-num'><b>{_days(float(head_start.sum()))}</b></td>"
                "</tr>"
            )
    columns = "".join(
        f"<th class='ltd-sim-num' scope='col'>{escape(head)}</th>" for head in (*heads, _("in all"))
    )
    told = _(
        "Head start in days of waiting: what she makes of a request, apart from how long it has "
        "waited. Below zero: it stands behind for want of a reason. Background lifts hardly "
        "anybody in the mean; it sets the costly and quick (+) apart from the rest (−). On the "
        "desk you now see it request by request, beside the place that value per effort would give."
    )
    exact, noisy = (money(each) for each in yardsticks)
    measure = _(
        "The yardstick: had she taken the very same requests by value per effort, the delay of one "
        "would have cost {exact}; with errors as in what people tell, {noisy}. In your run it cost "
        "{now}."
    ).format(exact=exact, noisy=noisy, now=money(now.mean("cost")))
    return (
        f"<p class='ltd-sim-note'>{escape(told)}</p><table class='ltd-sim-table ltd-desk-table'>"
        f"<thead><tr><td></td><td></td>{columns}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        f"<p>{escape(measure)}</p>"
    )


def _days(value: float) -> str:
    rounded = round(float(np.round(value)))
    return f"{rounded:+d}".replace("-", "−") if rounded else "0"
