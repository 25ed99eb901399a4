"""What a run at the expert's desk says in words: pure functions of one or two runs.

Nothing here repeats the lesson's conclusion: each sentence is written from the numbers at hand, so
it says the opposite when the numbers do. Runs share their luck year by year, hence a difference is
called one only if it exceeds twice its *paired* standard error, and a twentieth.
"""

import numpy as np

from course.models.priority import Habit
from course.text import _
from course.widgets.priority.run import Run
from course.widgets.priority.settings import ROUNDS, Settings, habit_name, rounds_in_words
from course.widgets.runs import change_in_words

__all__ = ["alternative", "clear_change", "money", "what_happened"]

WORTH_SAYING = 0.05  # share of the earlier figure that a difference must come to


def money(ten_thousands: float) -> str:
    """Return an amount given in 10k CNY, as CNY, to the thousand."""
    return _("CNY {amount:,.0f}").format(amount=round(10 * ten_thousands) * 1000)


def clear_change(now: Run, last: Run, name: str) -> float:
    """Return by how much a yearly figure rose, or 0 if that could as well be luck, or is little."""
    paired = now.yearly[name] - last.yearly[name]
    paired = paired[np.isfinite(paired)]
    change = float(paired.mean())
    luck = 2 * float(paired.std()) / np.sqrt(paired.size)
    return change if abs(change) > max(luck, WORTH_SAYING * last.mean(name)) else 0.0


def _changes(now: Settings, last: Settings) -> list[str]:
    said = []
    if now.habit != last.habit:
        said.append(
            _("You went from “{before}” to “{after}”.").format(
                before=habit_name(last.habit), after=habit_name(now.habit)
            )
        )
    if now.lasts != last.lasts:
        said.append(
            _("You keep it up for {now}, not for {last}.").format(
                now=rounds_in_words(now.lasts), last=rounds_in_words(last.lasts)
            )
        )
    if now.copied != last.copied:
        said.append(
            _("The eleven others now do as you do.")
            if now.copied
            else _("The eleven others ask plainly again.")
        )
    if now.load != last.load:
        said.append(
            _("Her days are filled to {now} %, before it was {last} %.").format(
                now=now.load, last=last.load
            )
        )
    return said


def _mine(now: Run, last: Run | None) -> str:
    early, late = now.mean("early"), now.mean("late")
    days = {"now": now.mean("wait"), "early": early, "late": late}
    if last is not None:
        days["last"] = last.mean("wait")
        change = clear_change(now, last, "wait")
        if change:
            said = (
                _("A request of yours waits {now:.1f} days, {last:.1f} before.")
                if change > 0
                else _("A request of yours now waits {now:.1f} days instead of {last:.1f}.")
            )
        else:
            said = _("Your wait hardly changes: {now:.1f} days.")
    else:
        said = _("A request of yours waits {now:.1f} days in the mean.")
    if late > 1.6 * early:
        said += " " + _("At first it is {early:.1f}; in the last eight rounds {late:.1f}.")
    elif early > 1.6 * late:
        said += " " + _("At first it is still {early:.1f}; in the last eight rounds {late:.1f}.")
    return said.format(**days)


def _others(now: Run, last: Run) -> str:
    days = {"now": now.mean("others"), "last": last.mean("others")}
    change = clear_change(now, last, "others")
    mine = clear_change(now, last, "wait")
    paired = now.yearly["others"] - last.yearly["others"]
    each = float(np.nanmean(paired))
    seen = abs(each) > 2 * float(np.nanstd(paired)) / np.sqrt(paired.size)
    if mine < 0 and each >= 0.1 and seen and now.settings.load == last.settings.load:
        said = _("Each of the eleven others waits {each:.1f} days longer.").format(each=each)
        if abs(11 * each + mine) < 0.25 * abs(mine):
            said += " " + _("Eleven times that is what you gained.")
        return said
    if change:
        return _("The others wait {now:.1f} days, {last:.1f} before.").format(**days)
    return _("For the others it makes next to no difference ({now:.1f} days).").format(**days)


def _cost(now: Run, last: Run | None) -> str:
    places = {"now": money(now.mean("cost"))}
    if last is None:
        return _("Over all twelve, the delay of a request costs {now}.").format(**places)
    places["last"] = money(last.mean("cost"))
    change = clear_change(now, last, "cost")
    if not change:
        return _("What the delay of a request costs all twelve hardly changes: {now}.").format(
            **places
        )
    said = (
        _("The delay of a request now costs all twelve {now} instead of {last}.")
        if change < 0
        else _("The delay of a request costs all twelve {now}, {last} before.")
    )
    return said.format(**places)


def _belief(now: Run) -> str:
    end = float(now.credibility[-1])
    if end > 0.5 or now.settings.habit is not Habit.SHOUT:
        return ""
    half = int(np.argmax(now.credibility < 0.5)) + 1
    return _(
        "By round {half} she believes less than half of what you call urgent; by round {last}, "
        "{share:.0%} of it."
    ).format(half=half, last=ROUNDS, share=end)


def what_happened(now: Run, last: Run | None) -> tuple[str, ...]:
    """Say in two to five sentences what came of a run, compared with the last if there is one."""
    if last is not None and now.settings == last.settings:
        return change_in_words([]), _mine(now, None)
    said = [change_in_words(_changes(now.settings, last.settings))] if last else []
    said += [_mine(now, last)]
    if last is not None:
        said.append(_others(now, last))
    else:
        said.append(_("The eleven others wait {days:.1f}.").format(days=now.mean("others")))
    said += [_cost(now, last), _belief(now)]
    return tuple(each for each in said if each)


def alternative(now: Run) -> str:
    """Return the curves in one sentence, for those who do not see them."""
    return _(
        "Over {rounds} rounds your wait goes from {early:.1f} to {late:.1f} days, the others' is "
        "{others:.1f}, and her belief in your “urgent” ends at {belief:.0%}."
    ).format(
        rounds=ROUNDS,
        early=now.mean("early"),
        late=now.mean("late"),
        others=now.mean("others"),
        belief=now.credibility[-1],
    )
