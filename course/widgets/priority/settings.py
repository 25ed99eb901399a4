"""What a learner sets at the expert's desk: how they ask, who does the same, how full it is."""

from dataclasses import dataclass

from course.models.priority import Habit, Params
from course.models.priority.terms import Habits
from course.text import _, ngettext
from course.widgets.controls import Control, choice, slider, switch

__all__ = ["ROUNDS", "Settings", "habit_name", "make_controls", "read_controls", "rounds_in_words"]

ROUNDS = 24
LOADS = (50, 96)
"""Least and greatest load on offer, per cent."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything the learner can set.

    Attributes:
        habit: how the learner asks.
        lasts: in how many rounds, from the first; then plainly.
        copied: do the eleven others do the same?
        load: share of the expert's days that the requests fill, per cent.
    """

    habit: Habit = Habit.ASK
    lasts: int = ROUNDS
    copied: bool = False
    load: int = 90

    def params(self) -> Params:
        """Return the world."""
        return Params(load=self.load / 100)

    def habits(self) -> Habits:
        """Return how everybody asks, round by round."""
        others = Params().requesters - 1

        def row(mine: Habit) -> tuple[Habit, ...]:
            return (mine, *[mine if self.copied else Habit.ASK] * others)

        rows = [self.habit] * self.lasts + [Habit.ASK] * (ROUNDS - self.lasts)
        return tuple(row(mine) for mine in rows)


def habit_name(habit: Habit) -> str:
    """Return a habit in the learner's words."""
    return {
        Habit.ASK: _("Ask plainly"),
        Habit.SHOUT: _("Shout that it is urgent"),
        Habit.GIFT: _("Dinners and small gifts"),
        Habit.EXPLAIN: _("Explain the background"),
        Habit.RECORD: _("Record, cc, thanks"),
    }[habit]


def rounds_in_words(rounds: float) -> str:
    """Return a number of rounds with its unit."""
    return ngettext("{count} round", "{count} rounds", int(rounds)).format(count=int(rounds))


def make_controls(start: Settings) -> dict[str, Control]:
    """Return the controls by name, set to ``start``, in the order in which they are shown."""
    return {
        "habit": choice(
            _("How you ask"), {habit_name(habit): habit for habit in Habit}, value=start.habit
        ),
        "lasts": slider(
            _("Kept up for"),
            value=start.lasts,
            low=1,
            high=ROUNDS,
            show=rounds_in_words,
            help=_("Of {count}; then you ask plainly again.").format(count=ROUNDS),
        ),
        "copied": switch(_("Everybody copies you"), value=start.copied),
        "load": slider(
            _("Her workload"),
            value=start.load,
            low=LOADS[0],
            high=LOADS[1],
            show=lambda load: f"{load:g} %",
            help=_("Share of her days that the twelve of you fill."),
        ),
    }


def read_controls(controls: dict[str, Control]) -> Settings:
    """Return what the controls say."""
    return Settings(**{name: control.value for name, control in controls.items()})
