"""A mutual action plan: a good one passes, every rule is broken by itself, odd input is named."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.models.momentum.plan import Entry, Fault, Owner, faults
from course.models.momentum.terms import Step

TODAY, DEADLINE = date(2026, 3, 2), date(2026, 6, 30)
WINDOWS = ((date(2026, 4, 1), date(2026, 4, 30)),)
C, S = Owner.CUSTOMER, Owner.SELLER

GOOD = (
    Entry(S, date(2026, 3, 6)),
    Entry(C, date(2026, 3, 11), Step.CONTACT),
    Entry(C, date(2026, 3, 19), Step.BOSS),
    Entry(S, date(2026, 3, 25)),
    Entry(C, date(2026, 4, 2), Step.MEETING),
    Entry(C, date(2026, 4, 16), Step.BUDGET),
    Entry(S, date(2026, 5, 12), Step.LEGAL),
    Entry(C, date(2026, 6, 4), Step.SIGNED),
)


def found(plan: Sequence[Entry]) -> dict[Fault, tuple[int, ...]]:
    return dict(faults(plan, today=TODAY, deadline=DEADLINE, windows=WINDOWS))


def changed(place: int, **what: object) -> tuple[Entry, ...]:
    plan = list(GOOD)
    plan[place] = replace(plan[place], **what)  # type: ignore[arg-type]  # fields of Entry
    return tuple(plan)


def test_a_good_plan_has_no_faults_in_any_order() -> None:
    assert found(GOOD) == {}
    assert found(GOOD[::-1]) == {}
    assert faults(GOOD, today=TODAY, deadline=DEADLINE) == {}


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (GOOD[1:3] + GOOD[5:], {Fault.TOO_SHORT: ()}),
        (GOOD + (GOOD[0],) * 5, {Fault.TOO_LONG: (), Fault.SELLERS_LIST: ()}),
        (tuple(replace(entry, owner=S) for entry in GOOD), {Fault.SELLERS_LIST: ()}),
        (changed(5, step=None), {Fault.NO_BUDGET: ()}),
        (changed(7, step=None), {Fault.NO_SIGNATURE: ()}),
        (changed(2, due=date(2026, 4, 10)), {Fault.OUT_OF_ORDER: (4,)}),
        (changed(0, due=TODAY), {Fault.IN_THE_PAST: (0,)}),
        (changed(7, due=date(2026, 7, 1)), {Fault.TOO_LATE: (7,)}),
        (changed(3, due=date(2026, 3, 28)), {Fault.REST_DAY: (3,)}),
        (changed(5, due=date(2026, 5, 5)), {Fault.WINDOW_CLOSED: (5,)}),
        ((), dict.fromkeys((Fault.TOO_SHORT, Fault.NO_BUDGET, Fault.NO_SIGNATURE), ())),
    ],
)
def test_every_rule_is_named_with_the_entries_it_is_about(
    plan: tuple[Entry, ...], expected: dict[Fault, tuple[int, ...]]
) -> None:
    assert found(plan) == expected


def test_two_steps_may_share_a_day_and_holidays_may_be_told() -> None:
    assert found(changed(3, due=GOOD[2].due)) == {}
    assert found(changed(2, due=GOOD[4].due)) == {}
    rest = faults(GOOD, today=TODAY, deadline=DEADLINE, is_workday=lambda day: day.month != 6)
    assert rest == {Fault.REST_DAY: (7,)}


def test_exactly_four_in_ten_are_enough() -> None:
    plan = [*GOOD, Entry(S, date(2026, 3, 9)), Entry(S, date(2026, 3, 10))]
    plan[1] = replace(plan[1], owner=S)
    assert sum(entry.owner is C for entry in plan) == 4
    assert found(plan) == {}
    plan[2] = replace(plan[2], owner=S)
    assert found(plan) == {Fault.SELLERS_LIST: ()}


@given(
    st.lists(
        st.builds(
            Entry,
            st.sampled_from(Owner),
            st.dates(TODAY - timedelta(30), DEADLINE + timedelta(30)),
            st.none() | st.sampled_from(Step),
        ),
        max_size=15,
    )
)
def test_no_plan_at_all_crashes_it_and_places_exist(plan: list[Entry]) -> None:
    for places in found(plan).values():
        assert all(0 <= place < len(plan) for place in places)


def test_an_owner_may_be_named_and_nobody_else_owns() -> None:
    assert Entry("customer", TODAY).owner is C  # type: ignore[arg-type]  # by name
    with pytest.raises(ValueError, match="owner: expected customer or seller"):
        Entry("nobody", TODAY)  # type: ignore[arg-type]  # on purpose
