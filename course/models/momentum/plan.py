"""A mutual action plan: who does what by when, up to the signature, and whether it can work at all.

A list of what the *seller* will do is no plan for a purchase: most of the work happens inside the
customer's house. A plan is feasible if

* it has 6 to 12 entries, at least 40 % of them owned by the customer;
* it names the budget step and the signature, and the steps come in the order of
  :class:`~course.models.momentum.terms.Step` (two may share a day);
* every date is a working day after today and not after the deadline;
* the budget step falls into a window in which money can be asked for.

The numbers are house rules of the course (assumed); :func:`faults` says which rules are broken.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from course.models.momentum.terms import Step

__all__ = ["CUSTOMER_SHARE", "SIZE", "Entry", "Fault", "Owner", "faults"]

SIZE = (6, 12)
"""Fewest and most entries of a plan."""
CUSTOMER_SHARE = 0.4
"""Least share of entries that the customer owns."""


class Owner(StrEnum):
    """Whose task an entry is."""

    CUSTOMER = "customer"
    SELLER = "seller"


class Fault(StrEnum):
    """A rule that a plan breaks."""

    TOO_SHORT = "too short"
    TOO_LONG = "too long"
    SELLERS_LIST = "a seller's to-do list"
    NO_BUDGET = "no budget step"
    NO_SIGNATURE = "no signature"
    OUT_OF_ORDER = "out of order"
    IN_THE_PAST = "in the past"
    TOO_LATE = "after the deadline"
    REST_DAY = "not a working day"
    WINDOW_CLOSED = "no money can be asked for then"


@dataclass(frozen=True)
class Entry:
    """One line of a plan; ``step`` is the internal step it completes, None if it prepares one.

    Raises:
        ValueError: the owner is neither customer nor seller.
    """

    owner: Owner
    due: date
    step: Step | None = None

    def __post_init__(self) -> None:
        """Accept the owner by name."""
        if self.owner not in list(Owner):
            raise ValueError(f"owner: expected customer or seller, got {self.owner!r}")
        object.__setattr__(self, "owner", Owner(self.owner))


def _weekday(day: date) -> bool:
    return day.weekday() < 5


def faults(
    plan: Sequence[Entry],
    *,
    today: date,
    deadline: date,
    windows: Collection[tuple[date, date]] | None = None,
    is_workday: Callable[[date], bool] = _weekday,
) -> Mapping[Fault, tuple[int, ...]]:
    """Return the broken rules of a plan, each with the places (from 0) of the entries it is about.

    Args:
        plan: entries in any order.
        today: the day on which the plan is made.
        deadline: the last day on which the signature is of use.
        windows: first and last days of the times in which money can be asked for; None if any
            day will do.
        is_workday: which days people work on; Monday to Friday unless told otherwise.

    Returns:
        The faults in the order of :class:`Fault`; none for a feasible plan. Faults of the plan as
        a whole name no entry.
    """
    places = range(len(plan))
    steps = sorted((i for i in places if plan[i].step is not None), key=lambda i: plan[i].due)
    done = {plan[i].step for i in steps}
    theirs = sum(entry.owner is Owner.CUSTOMER for entry in plan)

    def early(i: int) -> bool:  # an earlier step of the ladder is planned for a later day
        own = plan[i]
        return any(
            other.step is not None and own.step is not None
            and other.step < own.step and other.due > own.due
            for other in plan
        )  # fmt: skip

    def shut(i: int) -> bool:
        if plan[i].step != Step.BUDGET or windows is None:
            return False
        return not any(first <= plan[i].due <= last for first, last in windows)

    whole = {
        Fault.TOO_SHORT: len(plan) < SIZE[0],
        Fault.TOO_LONG: len(plan) > SIZE[1],
        Fault.SELLERS_LIST: theirs < CUSTOMER_SHARE * len(plan),
        Fault.NO_BUDGET: Step.BUDGET not in done,
        Fault.NO_SIGNATURE: Step.SIGNED not in done,
    }
    single: dict[Fault, tuple[int, ...]] = {
        Fault.OUT_OF_ORDER: tuple(i for i in places if early(i)),
        Fault.IN_THE_PAST: tuple(i for i in places if plan[i].due <= today),
        Fault.TOO_LATE: tuple(i for i in places if plan[i].due > deadline),
        Fault.REST_DAY: tuple(i for i in places if not is_workday(plan[i].due)),
        Fault.WINDOW_CLOSED: tuple(i for i in places if shut(i)),
    }
    found: dict[Fault, tuple[int, ...]] = {fault: () for fault, broken in whole.items() if broken}
    return found | {fault: entries for fault, entries in single.items() if entries}
