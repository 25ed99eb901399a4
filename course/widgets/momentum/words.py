"""What a run of many customers says in words: pure functions of one or two runs.

Each sentence is written from the numbers at hand, so it says the opposite when the numbers do. What
is hidden, the money and the drive of single customers, is never mentioned here.
"""

from collections.abc import Sequence

import numpy as np

from course.text import _
from course.widgets.momentum.settings import Run, Settings, manner_name
from course.widgets.runs import change_in_words, clear_difference

__all__ = ["alternative", "what_happened"]

_WORTH_A_FACTOR = 1.25  # from here on "times as many" says more than points do


def _changes(now: Settings, last: Settings) -> list[str]:
    said = []
    if now.manner != last.manner:
        said.append(
            _("You went from “{before}” to “{after}”.").format(
                before=manner_name(last.manner), after=manner_name(now.manner)
            )
        )
    if now.start != last.start:
        said.append(
            _("You opened the throttle in week {after} instead of week {before}.").format(
                before=last.start, after=now.start
            )
        )
    if now.probe != last.probe:
        said.append(
            _("You asked first whether it can land this year.")
            if now.probe
            else _("You no longer asked whether it can land this year.")
        )
    if now.extras != last.extras:
        said.append(
            _("You added the meeting paper, the letter of intent and the pilot.")
            if now.extras
            else _("You left out the meeting paper, the letter of intent and the pilot.")
        )
    if now.satisfaction != last.satisfaction:
        said.append(
            _("Satisfaction after the presentation went from {before} to {after} of 10.").format(
                before=last.satisfaction, after=now.satisfaction
            )
        )
    if now.drive != last.drive:
        said.append(
            _("The customers' own drive went from {before} to {after} % a week.").format(
                before=last.drive, after=now.drive
            )
        )
    return said


def _endings(now: Run, last: Run) -> list[str]:
    if np.array_equal(now.result.outcome, last.result.outcome):
        return [_("Every customer ended exactly as before.")]
    signed, before = int(now.signed.sum()), int(last.signed.sum())
    more, gone = clear_difference(now.signed, last.signed), clear_difference(now.lost, last.lost)
    names = {
        "count": abs(more),
        "points": f"{100 * abs(more) / now.customers:.0f}",
        "now": signed,
        "customers": now.customers,
    }
    if more > 0:
        said = [
            _(
                "{count:,} more of the {customers:,} customers signed, {points} in a hundred "
                "({now:,} in all)."
            ).format(**names)
        ]
    elif more < 0:
        said = [
            _(
                "{count:,} fewer of the {customers:,} customers signed, {points} in a hundred "
                "({now:,} in all)."
            ).format(**names)
        ]
    else:
        said = [_("Hardly anything changes: {now:,} of {customers:,} sign.").format(**names)]
    if more and min(signed, before):
        factor = max(signed / before, before / signed)
        if more > 0 and factor >= _WORTH_A_FACTOR:
            said.append(_("That is {factor:.1f} times as many.").format(factor=factor))
        elif more < 0 and factor >= _WORTH_A_FACTOR:
            lost = 1 - signed / before
            said.append(_("That is {lost:.0%} of the signatures lost.").format(lost=lost))
    if gone:
        sentence = (
            _("The money of {count:,} more went elsewhere ({now:,} in all).")
            if gone > 0
            else _("The money of {count:,} fewer went elsewhere ({now:,} in all).")
        )
        said.append(sentence.format(count=abs(gone), now=int(now.lost.sum())))
    return said


def _hours(now: Run) -> str:
    if now.hours_per_customer == 0:
        return _("You spent no hour on any of it.")
    if not now.signed.any():
        return _("You spent {each:.1f} hours on each customer, for no signature.").format(
            each=now.hours_per_customer
        )
    return _("You spent {each:.1f} hours on each customer, {per:.0f} for each signature.").format(
        each=now.hours_per_customer, per=now.hours_per_signature
    )


def what_happened(now: Run, last: Run | None) -> Sequence[str]:
    """Say in two to five sentences what came of a run, compared with the last if there is one."""
    if last is not None:
        said = [change_in_words(_changes(now.settings, last.settings))]
        if now.settings != last.settings:
            said += _endings(now, last)
        return (*said, _hours(now))
    return (
        _(
            "{customers:,} customers were pleased. Within {weeks} weeks {signed:,} signed, and the "
            "money of {lost:,} went elsewhere."
        ).format(
            customers=now.customers,
            weeks=now.result.rpm.shape[0],
            signed=int(now.signed.sum()),
            lost=int(now.lost.sum()),
        ),
        _("Of the others, {stalled:,} stand still with a stalled engine.").format(
            stalled=int(now.stalled.sum())
        ),
        _hours(now),
    )


def alternative(now: Run) -> str:
    """Return the chart in one sentence, for those who do not see it."""
    still = ~now.signed & ~now.lost & ~now.stalled
    return _(
        "After {weeks} weeks: {signed:.0%} signed, {running:.0%} running, {stalled:.0%} stalled, "
        "{lost:.0%} lost their money to something else."
    ).format(
        weeks=now.result.rpm.shape[0],
        signed=now.signed.mean(),
        running=still.mean(),
        stalled=now.stalled.mean(),
        lost=now.lost.mean(),
    )
