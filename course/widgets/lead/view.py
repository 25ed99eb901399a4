"""What the lead simulator shows: pure functions from runs to curves and tables.

No widget is made or touched here; :mod:`course.widgets.lead` puts the pieces on the page.
"""

from html import escape

import numpy as np
from numpy.typing import NDArray

from course.models.lead import Kind, Outcome, Params, Style, silence_posterior
from course.text import _
from course.widgets.charts import OKABE_ITO, Band
from course.widgets.lead.words import Run
from course.widgets.runs import Metric, comparison_table, groups_table

__all__ = ["STACK", "bands", "comparison", "curves", "hidden_types"]

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


def comparison(now: Run, last: Run | None) -> str:
    """Return the table "this run against the last" as HTML; a first run stands alone."""
    new, old = now.figures, last.figures if last else None
    rows: tuple[Metric, ...] = (
        (_("Paid you"), 100 * new.paid, 100 * old.paid if old else None, "%", 1, 1),
        (_("Went around you"), 100 * new.bypassed, 100 * old.bypassed if old else None, "%", 1, -1),
        (
            _("Your hours per paid deal"),
            new.hours_per_paid,
            old.hours_per_paid if old else None,
            " h",
            0,
            -1,
        ),
        (
            _("CNY per hour of your week"),
            new.income_per_hour,
            old.income_per_hour if old else None,
            "",
            0,
            1,
        ),
    )
    return comparison_table(rows, compared=last is not None)


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
    endings = {
        band: result.outcome == outcome for band, outcome in zip(bands(), STACK, strict=True)
    }
    table = groups_table(groups, endings, what=_("Deals"))
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
