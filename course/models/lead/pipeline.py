"""The broker's week around the deals: leads that arrive, hours that run out (S0.5, S0.28, S0.29).

A fluid limit: if ``L`` leads arrive per week, a lead costs ``h`` hours and brings ``y`` income on
average (:mod:`course.models.lead`), and the broker has ``H`` hours a week, then::

    carried per week  =  min(L, H / h)
    income per hour   =  carried * y / H

With *plentiful* leads hours are the limit and income per hour tends to ``y / h`` (renewal reward);
with *scarce* leads it is ``L y / H``: hours saved on a deal stay idle. So dropping silent deals,
which lowers both ``h`` and, a little, ``y``, pays in the first case and costs in the second.
"""

from dataclasses import dataclass
from math import isfinite, nan

from course.models.lead import Outcome, Result

__all__ = ["Figures", "Pipeline", "figures"]

CNY_PER_UNIT = 10_000  # income is counted in 10,000 CNY


@dataclass(frozen=True, kw_only=True)
class Pipeline:
    """What comes in and what there is to spend (both assumed).

    Raises:
        ValueError: a field is not a positive number.
    """

    leads: float = 2.0  # new leads per week
    hours: float = 40.0  # the broker's working hours per week

    def __post_init__(self) -> None:
        """Check that both are positive."""
        for name, value in (("leads", self.leads), ("hours", self.hours)):
            if not (isfinite(value) and value > 0):
                raise ValueError(f"{name}: expected a number above 0 per week, got {value!r}")


@dataclass(frozen=True, kw_only=True)
class Figures:
    """A run in nine numbers; shares are 0-1 of all deals at the horizon."""

    paid: float
    bypassed: float
    dead: float
    dropped: float
    open: float
    hours_per_deal: float  # hours
    hours_per_paid: float  # hours per paid deal, NaN if none was paid
    carried: float  # leads per week that the hours allow
    income_per_hour: float  # CNY per working hour, idle hours included


def figures(result: Result, pipeline: Pipeline) -> Figures:
    """Sum up a run inside a pipeline."""
    hours = float(result.hours.mean())
    income = float(result.income.mean())
    paid = result.share(Outcome.PAID)
    carried = min(pipeline.leads, pipeline.hours / hours) if hours > 0 else pipeline.leads
    return Figures(
        paid=paid,
        bypassed=result.share(Outcome.BYPASSED),
        dead=result.share(Outcome.DEAD),
        dropped=result.share(Outcome.DROPPED),
        open=result.share(Outcome.OPEN),
        hours_per_deal=hours,
        hours_per_paid=hours / paid if paid > 0 else nan,
        carried=carried,
        income_per_hour=CNY_PER_UNIT * carried * income / pipeline.hours,
    )
