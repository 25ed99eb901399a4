"""Lesson 03: one expert, twelve who want something, and whose request is taken up next.

``simulate(Params(), habits, n=200, rng=rng)`` runs ``n`` years of 24 rounds (two weeks each) and
returns a :class:`Result`: every request of every year with who asked, when, what a day of delay
costs, how much work it is, how it looked to the expert, and when it was taken up.

* ``habits``: one :class:`Habit` for everybody, one for each requester, or for each round one for
  each requester; ``alone(Habit.SHOUT)`` is one against a crowd that asks plainly, in requester 0's
  seat.
* ``order``: :class:`Order`, what the expert goes by: ``FIFO``, ``PERCEIVED`` priority (the usual
  thing), or ``VALUE`` per effort, with the true figures or (``NOISY_VALUE``) as the background
  tells them.
* ``Result``: ``wait(requester=0)`` and ``cost_delay()`` are means over all; ``by_round(...)``
  gives the same round by round, ``memory`` what the expert keeps of everybody, ``perceived``
  what a request looked like, part by part (:class:`Part`).
* ``value_per_effort(cost, effort)`` is the index the homework's ``priority(ticket)`` computes.
* ``fifo_wait(params)`` is the Pollaczek-Khinchine formula.

Equal seeds face the same requests, whatever the habits, the order or the load.
"""

from course.models.priority.law import Order, fifo_wait, simulate, value_per_effort
from course.models.priority.memory import Memory, Part
from course.models.priority.result import Course, Result
from course.models.priority.terms import RANGE, Habit, Params, alone

__all__ = [
    "RANGE",
    "Course",
    "Habit",
    "Memory",
    "Order",
    "Params",
    "Part",
    "Result",
    "alone",
    "fifo_wait",
    "simulate",
    "value_per_effort",
]
