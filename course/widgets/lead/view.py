"""What the lead simulator shows: pure functions from runs to curves and tables.

No widget is made or touched here; :mod:`course.widgets.lead` puts the pieces on the page.
"""

from html import escape
from math import isnan

import numpy as np
from numpy.typing import NDArray

from course.models.lead import Kind, Outcome, Params, Style, silence_posterior
from course.text import _
from course.widgets.charts import OKABE_ITO, Band
from course.widgets.lead.words import Run

__all__ = ["STACK", "bands", "comparison", "curves", "hidden_types", "paid_curve"]

# From the bottom up: what the broker earns stands on the axis, where its height is easy to read.
STACK = (Outcome.PAID, Outcome.OPEN, Outcome.DROPPED, Outcome.DEAD, Outcome.BYPASSED)


def bands() -> tuple[Band, ...]:
    """Return the bands of the chart in the order of :data:`STACK`."""
    return (
        Band(_("Paid you"), OKABE_ITO["green"], "#00694d"),
        Band(_("Still open"), "#e4e8ec", "#5f6b7a"),
        Band(_("You dropped"), OKABE_ITO["orange"], "#8a5f00"),
        Band(_("Died"), "#9aa3ad", "#4b5563"),
        Band(_("Around you"), OKABE_ITO["vermillion"], "#a84900"),
    )


def curves(run: Run) -> NDArray[np.float64]:
    """Return the share of deals by week and band: [weeks + 1, 5], rows summing to 1."""
    ordered = run.result.counts[:, [int(outcome) for outcome in STACK]]
    return np.asarray(ordered / run.deals, dtype=np.float64)


def paid_curve(run: Run | None) -> NDArray[np.float64] | None:
    """Return the share paid by week, [weeks + 1], of an earlier run if there is one."""
    return None if run is None else curves(run)[:, 0]


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
        tone = "" if change == 0 else "ltd-sim-better" if better else "ltd-sim-worse"
        points = " " + _("pts") if unit == "%" else ""
        words = f"{change:+,.{digits}f}{points}".replace("-", "−") if change else "="
        badge = f"<span class='{tone}'>{words}</span>"
    cells = [f"<td style='width:22%' aria-hidden='true'>{bars}</td>"]
    cells += [f"<td class='ltd-sim-num'>{number(now)}</td>"]
    if last is not None:
        cells += [f"<td class='ltd-sim-num ltd-sim-note'>{number(last)}</td>"]
        cells += [f"<td class='ltd-sim-num'>{badge}</td>"]
    return f"<tr><th scope='row'>{escape(name)}</th>{''.join(cells)}</tr>"


def comparison(now: Run, last: Run | None) -> str:
    """Return the table "this run against the last" as HTML; a first run stands alone."""
    new, old = now.figures, last.figures if last else None
    rows = (
        _row(_("Paid you"), 100 * new.paid, 100 * old.paid if old else None, "%", 1, 1),
        _row(
            _("Went around you"),
            100 * new.bypassed,
            100 * old.bypassed if old else None,
            "%",
            1,
            -1,
        ),
        _row(
            _("Your hours per paid deal"),
            new.hours_per_paid,
            old.hours_per_paid if old else None,
            " h",
            0,
            -1,
        ),
        _row(
            _("CNY per hour of your week"),
            new.income_per_hour,
            old.income_per_hour if old else None,
            "",
            0,
            1,
        ),
    )
    heads = [_("This run"), *([_("Last run"), _("Change")] if old else [])]
    head = "".join(f"<th class='ltd-sim-num' scope='col'>{escape(text)}</th>" for text in heads)
    return (
        f"<table class='ltd-sim-table'><thead><tr><td></td><td></td>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def hidden_types(run: Run, params: Params) -> str:
    """Return what became of each hidden group as an HTML table: the debrief."""
    result = run.result
    groups = {
        _("One side never wanted the deal"): ~result.willing,
        _("Honest: would pay in any case"): result.willing & (result.kind == Kind.HONEST),
        _("It depends: pay if you are worth it"): result.willing
        & (result.kind == Kind.CONDITIONAL),
        _("Always: would go around anybody"): result.willing & (result.kind == Kind.ALWAYS),
    }
    rows = []
    for name, group in groups.items():
        size = int(group.sum())
        counts = np.bincount(result.outcome[group], minlength=len(Outcome))
        strip = "".join(
            f"<i style='width:{100 * counts[outcome] / max(1, size):.1f}%;"
            f"background:{band.fill}'></i>"
            for outcome, band in zip(STACK, bands(), strict=True)
        )
        shares = "".join(
            f"<td class='ltd-sim-num'>{counts[outcome] / size:.0%}</td>"
            if size
            else "<td class='ltd-sim-num'>–</td>"
            for outcome in STACK
        )
        rows.append(
            f"<tr><th scope='row'>{escape(name)}</th><td class='ltd-sim-num'>{size:,}</td>"
            f"<td style='width:24%' aria-hidden='true'><div class='ltd-sim-strip'>{strip}</div>"
            f"</td>{shares}</tr>"
        )
    heads = "".join(
        f"<th class='ltd-sim-num' scope='col' style='color:{band.ink}'>{escape(band.name)}</th>"
        for band in bands()
    )
    table = (
        f"<table class='ltd-sim-table'><thead><tr><td></td><th class='ltd-sim-num' scope='col'>"
        f"{escape(_('Deals'))}</th><td></td>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )
    return table + f"<p class='ltd-sim-note'>{escape(_debrief(run, params))}</p>"


def _debrief(run: Run, params: Params) -> str:
    policy = run.settings.policy
    if policy.style is Style.RULE:
        k = policy.drop_after or 3

        def unwilling(silent: int) -> float:
            return silence_posterior(
                silent,
                willing=params.willing,
                reply_willing=params.reply_willing,
                reply_unwilling=params.reply_unwilling,
            )

        return _(
            "After {count} unanswered chases in a row at the start, the chance that one side never "
            "wanted the deal is {chance:.0%}; before the first chase it was {prior:.0%}."
        ).format(count=k, chance=unwilling(k), prior=unwilling(0))
    return _("Change how you lead and watch which of the four rows move, and which hardly do.")
