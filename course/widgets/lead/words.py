"""What a run of the lead simulator says in words: pure functions of one or two runs.

Nothing here repeats a lesson's conclusion: each sentence is written from the numbers at hand, so
it says the opposite when the numbers do. Two runs share their luck deal by deal
(:mod:`course.models.lead`), hence a difference is called clear only if it exceeds twice its
*paired* standard error. Hidden types are never mentioned before they are shown.
"""

from dataclasses import dataclass, field

import numpy as np

from course.models.lead import Outcome, Policy, Result, Style
from course.models.lead.pipeline import Figures, Pipeline
from course.text import _
from course.widgets import runs

__all__ = ["Run", "Settings", "alternative", "clear_difference", "style_name", "what_happened"]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything the learner can set."""

    policy: Policy = field(default_factory=Policy)
    pipeline: Pipeline = field(default_factory=Pipeline)


@dataclass(frozen=True, eq=False)
class Run:
    """Settings with what came of them."""

    settings: Settings
    result: Result
    figures: Figures

    @property
    def deals(self) -> int:
        """Number of deals in the run."""
        return int(self.result.outcome.size)


def style_name(style: Style) -> str:
    """Return a style in the learner's words."""
    return {
        Style.SILENT: _("Introduce, then silence"),
        Style.BEGGING: _("Ask to come along"),
        Style.ATTENDING: _("Attend everything"),
        Style.RULE: _("Weekly rule and chases"),
    }[style]


def clear_difference(now: Run, last: Run, outcome: Outcome) -> int:
    """Return how many more deals ended so, or 0 if that could as well be luck."""
    return runs.clear_difference(now.result.outcome == outcome, last.result.outcome == outcome)


def _changes(now: Settings, last: Settings) -> list[str]:
    before, after = last.policy, now.policy
    said = []
    if after.style != before.style:
        said.append(
            _("You changed how you lead, from “{before}” to “{after}”.").format(
                before=style_name(before.style), after=style_name(after.style)
            )
        )
    if after.fee != before.fee:
        said.append(
            _("You moved your fee from {before:g}% to {after:g}% of the deal.").format(
                before=before.fee, after=after.fee
            )
        )
    if after.agreement != before.agreement:
        said.append(
            _("You put the fee in writing before the introduction.")
            if after.agreement
            else _("You went without a written fee agreement.")
        )
    if after.drop_after != before.drop_after:
        said.append(
            _("You never drop a deal for silence now.")
            if after.drop_after is None
            else _("You now drop a deal after {count} unanswered chases in a row.").format(
                count=after.drop_after
            )
        )
    if after.bad_cop != before.bad_cop:
        said.append(
            _("Your chases now give both sides a neutral reason.")
            if after.bad_cop
            else _("Your chases no longer give a neutral reason.")
        )
    if now.pipeline != last.pipeline:
        said.append(
            _("New leads went from {before:g} to {after:g} a week.").format(
                before=last.pipeline.leads, after=now.pipeline.leads
            )
        )
    return said


def _endings(now: Run, last: Run) -> list[str]:
    if np.array_equal(now.result.outcome, last.result.outcome):
        return [_("The deals ended exactly as before.")]
    counts = {
        outcome: int((now.result.outcome == outcome).sum())
        for outcome in (Outcome.PAID, Outcome.BYPASSED, Outcome.DEAD, Outcome.DROPPED)
    }
    more_of = {
        Outcome.PAID: (
            _("{count} more of the {deals:,} deals paid you ({now} in all)."),
            _("{count} fewer of the {deals:,} deals paid you ({now} in all)."),
        ),
        Outcome.BYPASSED: (
            _("{count} more went around you ({now} in all)."),
            _("{count} fewer went around you ({now} in all)."),
        ),
        Outcome.DEAD: (
            _("{count} more died on the way ({now} in all)."),
            _("{count} fewer died on the way ({now} in all)."),
        ),
        Outcome.DROPPED: (
            _("{count} more you dropped for silence ({now} in all)."),
            _("{count} fewer you dropped for silence ({now} in all)."),
        ),
    }
    moved = {outcome: clear_difference(now, last, outcome) for outcome in counts}
    said = []
    if moved[Outcome.PAID] == 0:
        said.append(
            _("How many deals pay you hardly changes: {now} of {deals:,}.").format(
                now=counts[Outcome.PAID], deals=now.deals
            )
        )
    # Payment first, then the largest of the other movements: more numbers are too many.
    other = max(list(counts)[1:], key=lambda outcome: abs(moved[outcome]))
    for outcome in (Outcome.PAID, other):
        if moved[outcome]:
            said.append(
                more_of[outcome][moved[outcome] < 0].format(
                    count=abs(moved[outcome]), deals=now.deals, now=counts[outcome]
                )
            )
    return said


def _money(now: Run, last: Run | None) -> str:
    f, pipeline = now.figures, now.settings.pipeline
    words = {
        "income": f"{f.income_per_hour:,.0f}",
        "hours": f"{pipeline.hours:g}",
        "carried": f"{f.carried:.1f}",
        "leads": f"{pipeline.leads:g}",
        "each": f"{f.hours_per_deal:.0f}",
        "before": f"{last.figures.income_per_hour:,.0f}" if last else "",
        "each_before": f"{last.figures.hours_per_deal:.0f}" if last else "",
    }
    full = f.carried < pipeline.leads
    compared = last is not None and words["before"] != words["income"]
    if full and compared:
        sentence = _(
            "At {each} hours a deal (before: {each_before}) you carry only {carried} of the "
            "{leads} new leads a week; an hour brings {income} CNY, before it was {before}."
        )
    elif full:
        sentence = _(
            "At {each} hours a deal, your {hours}-hour week carries only {carried} of the "
            "{leads} new leads; an hour of it brings {income} CNY."
        )
    elif compared:
        sentence = _(
            "At {each} hours a deal (before: {each_before}) you can serve every lead; an hour of "
            "your week brings {income} CNY, before it was {before}."
        )
    else:
        sentence = _(
            "At {each} hours a deal you can serve every lead; an hour of your "
            "{hours}-hour week brings {income} CNY."
        )
    return sentence.format(**words)


def what_happened(now: Run, last: Run | None) -> tuple[str, ...]:
    """Say in two to four sentences what came of a run, compared with the last if there is one."""
    if last is not None:
        said = [runs.change_in_words(_changes(now.settings, last.settings))]
        if now.settings != last.settings:
            said += [*_endings(now, last), _money(now, last)]
        else:
            said.append(_money(now, None))
        return tuple(said)
    share = {outcome: int((now.result.outcome == outcome).sum()) for outcome in Outcome}
    said = [
        _(
            "Of {deals:,} deals, {paid} paid you, {bypassed} closed without you, "
            "and {dead} died on the way."
        ).format(
            deals=now.deals,
            paid=share[Outcome.PAID],
            bypassed=share[Outcome.BYPASSED],
            dead=share[Outcome.DEAD],
        )
    ]
    if share[Outcome.DROPPED]:
        said.append(_("You dropped {count} for silence.").format(count=share[Outcome.DROPPED]))
    return (*said, _money(now, None))


def alternative(now: Run) -> str:
    """Return the chart in one sentence, for those who do not see it."""
    f = now.figures
    return _(
        "After {weeks} weeks: {paid:.0%} paid, {bypassed:.0%} bypassed, {dead:.0%} dead, "
        "{dropped:.0%} dropped, {open:.0%} still open."
    ).format(
        weeks=now.result.counts.shape[0] - 1,
        paid=f.paid,
        bypassed=f.bypassed,
        dead=f.dead,
        dropped=f.dropped,
        open=f.open,
    )
