"""What a run of many customers shows: pure functions from runs to curves and tables."""

from html import escape

import numpy as np
from numpy.typing import NDArray

from course.models.momentum import Outcome
from course.text import _
from course.widgets.charts import OKABE_ITO, Band
from course.widgets.momentum.settings import Run
from course.widgets.runs import Metric, comparison_table, groups_table

__all__ = ["bands", "comparison", "curves", "hidden_customers"]

Bools = NDArray[np.bool_]


def bands() -> tuple[Band, ...]:
    """Return the bands of the chart, the lowest first."""
    return (
        Band(_("Signed"), OKABE_ITO["green"], "#00694d"),
        Band(_("Running"), "#a9d5ef", "#0b6396"),
        Band(_("Stalled"), "#c3c9d0", "#4b5563"),
        Band(_("Money gone"), OKABE_ITO["vermillion"], "#a84900"),
    )


def curves(run: Run) -> NDArray[np.float64]:
    """Return the share of customers by week and band: [weeks + 1, 4], rows summing to 1."""
    result = run.result
    weeks = result.rpm.shape[0]
    line = run.settings.params().stall_line
    # An engine's last known rpm is that of the last week; only open deals have any.
    rpm = result.rpm[np.minimum(np.arange(weeks + 1), weeks - 1)]
    left = np.where(result.outcome == Outcome.OPEN, weeks + 1, result.week)
    is_open = np.arange(weeks + 1)[:, None] < left
    running = (is_open & (rpm >= line)).sum(axis=1)
    opened = result.counts[:, Outcome.OPEN]
    counts = [
        result.counts[:, Outcome.SIGNED],
        running,
        opened - running,
        result.counts[:, Outcome.LOST],
    ]
    return np.stack(counts, axis=1) / run.customers


def comparison(now: Run, last: Run | None) -> str:
    """Return the table "this run against the last" as HTML; a first run stands alone."""

    def share(run: Run | None, which: str) -> float | None:
        return None if run is None else 100 * float(getattr(run, which).mean())

    def figure(which: str, name: str, unit: str, digits: int, good: int) -> Metric:
        before = None if last is None else getattr(last, which)
        return (name, getattr(now, which), before, unit, digits, good)

    both_act = now.settings.acts and last is not None and last.settings.acts
    rows: tuple[Metric, ...] = (
        (_("Signed"), share(now, "signed") or 0.0, share(last, "signed"), "%", 1, 1),
        (_("Money gone elsewhere"), share(now, "lost") or 0.0, share(last, "lost"), "%", 1, -1),
        figure("weeks_to_sign", _("Weeks to a signature (median)"), "", 0, -1),
        figure("hours_per_customer", _("Your hours per customer"), " h", 1, 0),
        # Whoever does nothing pays nothing for the few who sign: no merit, hence no praise.
        figure("hours_per_signature", _("Your hours per signature"), " h", 1, -int(both_act)),
    )
    return comparison_table(rows, compared=last is not None)


def _groups(run: Run) -> dict[str, Bools]:
    """Return who had no money, and the others by thirds of their own drive."""
    lands, drive = run.result.lands, run.result.own_drive
    low, high = np.quantile(drive[lands], [1 / 3, 2 / 3]) if lands.any() else (0.0, 0.0)
    return {
        _("No money for it this year"): ~lands,
        _("Money, little drive of their own"): lands & (drive < low),
        _("Money, some drive"): lands & (drive >= low) & (drive < high),
        _("Money, a lot of drive"): lands & (drive >= high),
    }


def hidden_customers(run: Run) -> str:
    """Return who the customers really were and what became of them, as HTML: the debrief."""
    groups = _groups(run)
    still = ~run.signed & ~run.lost
    ended = (run.signed, still & ~run.stalled, run.stalled, run.lost)
    endings = dict(zip(bands(), ended, strict=True))
    return groups_table(groups, endings, what=_("Customers")) + "".join(
        f"<p class='ltd-sim-note'>{escape(said)}</p>" for said in _debrief(run, groups)
    )


def _debrief(run: Run, groups: dict[str, Bools]) -> list[str]:
    dry, *driven = groups.values()
    hours = run.result.hours
    said = []
    if dry.any():
        said.append(
            _(
                "{count} of the {customers:,} had no money for it this year; no throttle lands "
                "them. They took {hours:,.0f} of your hours, {each:.1f} each."
            ).format(
                count=int(dry.sum()),
                customers=run.customers,
                hours=float(hours[dry].sum()),
                each=float(hours[dry].mean()),
            )
        )
    each = [
        f"{hours[group].sum() / (group & run.signed).sum():.0f}"
        if (group & run.signed).any()
        else "–"
        for group in driven
    ]
    if run.settings.acts:
        said.append(
            _(
                "Your hours per signature: {little} with customers of little drive, {some} with "
                "some, {much} with a lot. Who they are shows in no satisfaction score."
            ).format(little=each[0], some=each[1], much=each[2])
        )
    return said
