"""The case of lesson 03: 900 tickets, twelve who ask, three who are asked. Simulated.

``load(seed)`` gives a learner's variant: ``tables`` (``tickets``, ``requesters``, ``experts``,
``comms``, ``work_log``, ``recognition``), ``dictionary``, ``story``, ``truth``.
:mod:`course.cases.priority.dirt` says what is wrong with the data and how to put it right:

* ``clean(case)``: the tables with every kind of dirt undone.
* ``waits(case)``: a row per ticket that was done: ``requester``, ``expert``, ``quarter``,
  ``label`` as ticked, ``urgent`` (is it really?), ``complete`` (0 to 4 of background, reviewers,
  dates, why), ``recorded`` (leader in copy), ``loud``, ``cost_per_day`` (CNY), ``hours`` of work,
  ``wait`` (working days from the request to the first hour of work), ``cost_band`` (low, middle,
  high: thirds by cost).
* ``label_and_cost(waits)``: the label "urgent" against the real cost of delay.
* ``wait_by_information(waits)``: mean wait by information given, within bands of equal cost.
* ``wait_over_time(waits)``: each requester's wait against everybody's, period by period: anger
  that pays for some weeks, a record that pays for good.
* ``queue_on(case, expert_id, day)``: what lay on an expert's desk on a morning, as it was described
  then (``said_cost``, ``said_hours``) and as it turned out (``cost_per_day``, ``hours``).
* ``claims(case)``: what each requester said a delay costs and the work takes, against what was
  found: how a priority that goes by what people say can be gamed.

What every variant shows (chance that would hide it is drawn again, as the lesson may tell):
"urgent" says almost nothing about the cost of delay; at equal cost a request that tells three or
four of the four waits less than 0.7 of one that tells none or one; the two who shout wait less than
average for six weeks, and more than average in the last quarter; the two who put on record and
thank wait less than 0.6 of the average by then.

``URGENT_FROM`` is the cost of delay, CNY per working day, from which the firm calls a ticket
urgent.
"""

from course.cases.priority.build import generate, load
from course.cases.priority.desk import (
    claims,
    clean,
    label_and_cost,
    queue_on,
    wait_by_information,
    wait_over_time,
    waits,
)
from course.cases.priority.world import URGENT_FROM

__all__ = [
    "URGENT_FROM",
    "claims",
    "clean",
    "generate",
    "label_and_cost",
    "load",
    "queue_on",
    "wait_by_information",
    "wait_over_time",
    "waits",
]
