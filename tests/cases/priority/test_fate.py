"""The queue: one thing at a time, all the work done, nobody idle, memory as it is told."""

import numpy as np
import pytest

from course.cases.days import is_workday
from course.cases.priority.fate import clock, run, shows, waited
from course.cases.priority.people import EXPERTS
from course.cases.priority.world import DAYS, HOURS, LAST, draw_tickets

SEEDS = (1, 2, 3)


@pytest.fixture(scope="module", params=SEEDS)
def year(request: pytest.FixtureRequest):
    return run(np.random.default_rng(request.param))


def test_the_clock_counts_working_hours() -> None:
    first = DAYS[0]
    assert clock(first, 9 * 60) == 0
    assert clock(first, 8 * 60) == 0
    assert clock(first, 12 * 60) == 3
    assert clock(first, 12 * 60 + 45) == 3
    assert clock(first, 14 * 60 + 30) == 4
    assert clock(first, 18 * 60) == clock(first, 22 * 60) == HOURS
    saturday = next(day for day in range(first, LAST) if not is_workday(day))
    assert clock(saturday, 15 * 60) % HOURS == 0


def test_nobody_works_longer_than_a_day_and_all_of_it_is_booked(year) -> None:
    tickets, courses = year
    for expert in EXPERTS:
        hours: dict[int, float] = {}
        for ticket, course in zip(tickets, courses, strict=True):
            if ticket.expert is expert:
                for day, worked in course.work:
                    hours[day] = hours.get(day, 0.0) + worked
        assert max(hours.values()) <= HOURS + 1e-6
        assert all(is_workday(day) for day in hours)
        assert sum(hours.values()) > 0.8 * HOURS * len(DAYS)


def test_a_ticket_takes_the_hours_it_takes(year) -> None:
    tickets, courses = year
    for ticket, course in zip(tickets, courses, strict=True):
        if course.done:
            assert sum(hours for _day, hours in course.work) == pytest.approx(ticket.hours)
            assert course.started >= ticket.day
            assert course.done >= course.started
            assert waited(ticket, course) >= 0


def test_what_is_asked_back_waits_for_the_answer(year) -> None:
    tickets, courses = year
    asked = [course for course in courses if course.asked]
    assert len(asked) > 100
    for course in asked:
        assert course.answered >= course.asked
        assert not course.started or course.started >= course.answered
    assert all(
        ticket.complete < 4 for ticket, course in zip(tickets, courses, strict=True) if course.asked
    )


def test_what_does_not_show_is_drawn_again(year) -> None:
    tickets, courses = year
    assert shows(tickets, courses)
    rng = np.random.default_rng(9)
    mixed = [courses[place] for place in rng.permutation(len(courses)).tolist()]
    assert not shows(tickets, mixed)


def test_tickets_fill_the_experts_time() -> None:
    tickets = draw_tickets(np.random.default_rng(4))
    assert len(tickets) == 848
    for expert in EXPERTS:
        hours = sum(each.hours for each in tickets if each.expert is expert)
        assert 0.9 < hours / (HOURS * len(DAYS)) < 0.96
    times = [(each.day, each.minute) for each in tickets]
    assert times == sorted(set(times))
