"""Lesson 04: homework from customers, and the presales colleague one hands it on to.

Three parts that belong together, in one world, :class:`Params`:

* *What customers say under pressure.* ``posterior(params, said=2, heard=3)`` is what one should
  believe; ``band(params)`` the beliefs for which finding out pays, ``expected_cost`` what relaying,
  verifying and waiting come to; ``simulate_inbox(params, Action.RELAY, n=1000, rng=rng)`` reads a
  thousand customers. :data:`SIGNALS` are three claims of different worth.
* *Briefs.* ``simulate_briefs(params, manner, n=1000, rng=rng)`` hands over a thousand;
  ``wrong_chances``, ``versions_cdf`` and ``expected_versions`` are the exact law of versions,
  ``best_questions(params, 4, known)`` the best four of the twelve, ``one_by_one`` all of them in
  a good order (fast).
* *Trust.* ``simulate_year(params, manner, n=200, rng=rng)`` runs years of one expert and six
  salespeople, requester 0 in a :class:`Manner` of one's own (one, or one for each round), and
  returns a :class:`Year`: every request, and trust round by round.

Manners: :data:`PLAIN` and, each with one fault, :data:`WEATHERVANE`, :data:`MUDDLER`,
:data:`BIG_SPENDER`; :data:`LEADER` asks, verifies, brings a view, gives credit.

Equal seeds meet the same luck, whatever the manner.
"""

from course.models.homework.briefs import Briefs, simulate_briefs
from course.models.homework.inbox import Inbox, simulate_inbox
from course.models.homework.manners import (
    BIG_SPENDER,
    CLEARS,
    LEADER,
    MUDDLER,
    PLAIN,
    WEATHERVANE,
    Manner,
    Question,
)
from course.models.homework.result import Year
from course.models.homework.rounds import (
    best_questions,
    expected_versions,
    one_by_one,
    reveals,
    versions_cdf,
    wrong_chances,
)
from course.models.homework.signals import chance_said, posterior, strength
from course.models.homework.terms import DAY, PLANNED, RANGE, SIGNALS, Action, Claim, Field, Params
from course.models.homework.verify import band, cheapest, cost, expected_cost
from course.models.homework.year import mean_work, simulate_year

__all__ = [
    "BIG_SPENDER",
    "CLEARS",
    "DAY",
    "LEADER",
    "MUDDLER",
    "PLAIN",
    "PLANNED",
    "RANGE",
    "SIGNALS",
    "WEATHERVANE",
    "Action",
    "Briefs",
    "Claim",
    "Field",
    "Inbox",
    "Manner",
    "Params",
    "Question",
    "Year",
    "band",
    "best_questions",
    "chance_said",
    "cheapest",
    "cost",
    "expected_cost",
    "expected_versions",
    "mean_work",
    "one_by_one",
    "posterior",
    "reveals",
    "simulate_briefs",
    "simulate_inbox",
    "simulate_year",
    "strength",
    "versions_cdf",
    "wrong_chances",
]
