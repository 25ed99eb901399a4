"""The case of lesson 04: ten who sell, six who write for them, 300 pieces of homework. Simulated.

``load(seed)`` gives a learner's variant: ``tables`` (``people``, ``requests``, ``brief_fields``,
``versions``, ``time_sheets``, ``customer_claims``, ``audits``, ``credit_log``), ``dictionary``,
``story``, ``truth``. :mod:`course.cases.homework.dirt` says what is wrong with the data and how to
put it right:

* ``clean(case)``: the tables with every kind of dirt undone that can be undone.
* ``beliefs(case)``: by matter (price, plan, list) how often it is so, how often it is said if so
  and if not, what to believe once it was said; beside it the share among the claims that somebody
  happened to check.
* ``rework(case)``: a row per request: fields not known, versions, hours of rework, the first
  review.
* ``rework_by_field(rework)``: more hours of rework where a field was not known, pooled and within
  complexity.
* ``rounds(rework)``: mean versions by fields known and by whether the first review was specific.
* ``manners(case)``: what each of the ten asks, passes on, promises, gives credit for.
* ``waits_over_time(case)``: how long each of the ten waits for presales, third by third.

What every variant shows (chance that would hide it is drawn again, as the lesson may tell):
"too expensive" moves belief by less than 0.12 and upward; among the checked claims fewer are so
than among all, because only what was disputed was checked; pooled, not knowing ``success`` or
``date`` goes with more than six hours of rework, within complexity with less than 0.3 of that,
while ``plan`` and ``audience`` keep more than 2.5; the more fields are known the fewer versions,
and at equally many a specific first review saves 0.4 and more; those who give hours away wait
longer in the last third than in the first, the clear ones less long.

``FIELDS`` are the seven fields of a brief.
"""

from course.cases.homework.build import generate, load
from course.cases.homework.desk import (
    beliefs,
    clean,
    manners,
    rework,
    rework_by_field,
    rounds,
    waits_over_time,
)
from course.cases.homework.fields import FIELDS

__all__ = [
    "FIELDS",
    "beliefs",
    "clean",
    "generate",
    "load",
    "manners",
    "rework",
    "rework_by_field",
    "rounds",
    "waits_over_time",
]
