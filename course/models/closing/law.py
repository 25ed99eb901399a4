"""Asking a hundred times: what becomes of customers who do not sign at once (S3).

A customer is *ready* to sign, or not; nobody throws dice on a question. With ``want`` the wish for
it on a calm day and ``R`` reactance (0-1, the wish not to be pushed), in logits::

    want   =  base + need + worth (product - .5) + person (seller - .5) + faith (trust - .5)
              + pull * discount - weight * (1 - solvable * solved)
    ready  =  want - inertia - unripe * missing steps + mood of the day + press(k) - sour * R

    weight   of the hidden reason, the larger the deal the heavier; ``solvable`` of it
             can be dealt with at all, ``solved`` of that has been
    inertia  the habitual no; being asked wears it off, a visit without a next step brings it back
    missing  steps inside the customer's house which a large deal needs before anybody can sign
    press    saying no for the k-th time in a visit costs more and more, up to ``press``

Asked to sign, the customer signs if ``ready >= 0``. **The same question gets the same answer until
something has changed**: asking again changes inertia, ``press`` and reactance, and draws out a
little of the truth, each time less than before; a reply to the true reason changes ``solved`` (less
if the customer has not given it); a reply to another one, or to one dealt with, is a push.

**The truth.** Whoever is asked why tells the reason if ``guard < openness + confide * (trust - .5)
- hush * R``. Otherwise: those who want it haggle (price), some give the price as an excuse, those
who are annoyed are curt, and the rest think about it.

**Afterwards** a customer cancels who, thinking it over, misses the line by more than the bother of
cancelling: ``want - sour * R + second thoughts < -bother``. What ``press`` and a good day brought
about is gone by then. *Regret* is how far below 0 that is. Where it comes to undoing a signature,
or to the door, the customer complains with chance ``complain * R``.

Everything is worked out for many customers at once; one of them is a role-play
(:mod:`course.models.closing.visit`). Equal seeds are the same people with the same luck.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from course.models.closing.moves import RIGHT, TABLE, TRUTH, Move, Reply, fit
from course.models.closing.people import People
from course.models.closing.pick import pick
from course.models.closing.state import NO_MOVE, State
from course.models.closing.terms import Outcome, Params, Reason

__all__ = ["act", "arrive", "end", "ready", "want"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_TRUTH = np.array([TRUTH[reason] for reason in Reason])
_REMEDIES = np.isin(np.arange(len(Move)), (Move.CASH_DATE, Move.BOSS, Move.VALUE, Move.DERISK))
_ANSWERS = _REMEDIES | (np.arange(len(Move)) == Move.ADVANCE)
_DEALT = 0.85  # so much of a concern dealt with, more of the same is beside the point (assumed)


def want(params: Params, people: People, state: State) -> Floats:
    """Return how much they want it on a calm day, logits [n]."""
    return (
        params.base
        + people.need
        + params.worth * (state.product - 0.5)
        + params.person * (state.seller - 0.5)
        + params.faith * (state.trust - 0.5)
        + params.pull * state.discount
        - people.weight * (1 - people.solvable * state.solved)
    )


def ready(params: Params, people: People, state: State) -> Floats:
    """Return how ready they are to sign if asked now, logits [n]; from 0 they do."""
    pressed = params.press * (1 - (1 - params.press_pace) ** np.maximum(state.asked - 1, 0))
    mood = people.mood[np.maximum(state.visit, 0), np.arange(people.n)]
    missing = np.maximum(0.0, people.ripe - state.steps)
    return (
        want(params, people, state)
        - state.inertia
        - params.unripe * missing
        + mood
        + pressed
        - params.sour * state.reactance
    )


def arrive(params: Params, people: People, state: State) -> State:
    """Let the time to the next visit pass for all who are still open, and the visit begin."""
    here = state.outcome == Outcome.OPEN
    again = here & (state.visit >= 0)
    visit = state.visit + here
    back = again & ~state.agreed
    with_money = again & (people.reason == Reason.CASH) & (visit + 1 > people.cash_in)
    paid = np.where(state.dated, params.dated, params.undated)
    steps = np.where(state.agreed, 1.0, params.drift)
    return replace(
        state,
        visit=visit,
        turn=np.where(here, 0, state.turn),
        inside=here,
        product=state.product * (1 - params.fade * back),
        reactance=state.reactance * (1 - params.forgive * again),
        inertia=state.inertia + params.regain * back * (people.inertia - state.inertia),
        solved=np.where(with_money, np.maximum(state.solved, paid), state.solved),
        steps=state.steps + again * steps,
        asked=np.where(here, 0, state.asked),
        streak=np.where(here, 0, state.streak),
        last=np.where(here, NO_MOVE, state.last),
        reply=np.where(here, Reply.NOTHING, state.reply),
        answered=np.where(here, Reply.NOTHING, state.answered),
        agreed=state.agreed & ~here,
        hours=state.hours + params.visit_hours * here,
    )


def act(params: Params, people: People, state: State, moves: Ints) -> State:
    """Make a move in front of everybody where the seller is ``inside``; the rest stay as they are.

    Args:
        params: the world.
        people: the customers.
        state: where they stand.
        moves: [n] :class:`Move` codes.

    Returns:
        The state after the answer.
    """
    now = state.inside

    def of(name: str) -> Floats:
        return now * TABLE[name][moves]

    identical = now & (moves == state.last)
    streak = np.where(now, np.where(identical, state.streak + 1, 0), state.streak)
    # An answer to a question which nobody has raised does less, even if it is the right one.
    told = (state.heard == _TRUTH[people.reason]) | ~_ANSWERS[moves]
    share = now * fit(params)[moves, people.reason]
    helps = RIGHT[moves, people.reason] & (state.solved < _DEALT)
    remedy = now & _REMEDIES[moves]
    landed, missed = remedy & helps, remedy & ~helps
    share *= np.where(told, 1.0, params.guess)

    stung = of("sting") * (1 + params.repeat * streak) + params.miss * missed
    stung *= params.sting * people.temper
    reactance = 1 - (1 - state.reactance) * (1 - np.minimum(stung, 1.0))
    reactance = reactance * (1 - of("relief"))

    discounted = now & (moves == Move.DISCOUNT) & (state.discount < params.deepest)
    product = state.product + params.lift * (now & (moves == Move.VALUE)) * (1 - state.product)
    asks_to_sign = now & (moves == Move.ASK)
    after = replace(
        state,
        turn=state.turn + now,
        product=np.maximum(0.0, product - params.cheapens * discounted),
        seller=np.clip(state.seller + of("seller") + params.earns * landed, 0.0, 1.0),
        trust=np.clip(state.trust + of("trust") + params.earns * (landed * 1.0 - missed), 0.0, 1.0),
        reactance=reactance,
        inertia=state.inertia * (1 - of("wear")),
        solved=1 - (1 - state.solved) * (1 - share),
        openness=1 - (1 - state.openness) * (1 - of("opens")),
        asked=state.asked + asks_to_sign,
        streak=streak,
        last=np.where(now, moves, state.last),
        answered=np.where(remedy | discounted, state.heard, state.answered),
        discount=np.minimum(state.discount + params.discount * discounted, params.deepest),
        dated=state.dated | (now & (moves == Move.CASH_DATE) & (people.reason == Reason.CASH)),
        hours=state.hours + of("hours"),
    )
    signs = asks_to_sign & (ready(params, people, after) >= 0)
    out = now & ~signs & (reactance >= people.patience)
    useful = landed | (discounted & (share > 0))
    reply = _reply(params, people, after, moves, signs=signs, out=out, useful=useful)
    given = now & (TABLE["asks"][moves] > 0) & (reply >= Reply.NOT_TODAY) & (reply <= Reply.FEAR)
    after = replace(
        after,
        reply=reply,
        heard=np.where(missed, Reply.NOTHING, np.where(given, reply, state.heard)),
        agreed=state.agreed | (now & (reply == Reply.AGREES)),
    )
    leaves = signs | out | (TABLE["ends"][moves] > 0) | (after.turn >= params.turns)
    return _settle(params, people, after, moves, signs=signs, out=out, leaves=now & leaves)


def _reply(
    params: Params,
    people: People,
    state: State,
    moves: Ints,
    *,
    signs: Bools,
    out: Bools,
    useful: Bools,
) -> Ints:
    """Return what they say, :class:`Reply` codes; those whom nobody is with say what they said."""
    wish = want(params, people, state)
    sore = params.sour * state.reactance
    asks = TABLE["asks"][moves] > 0
    open_ = state.openness + params.confide * (state.trust - 0.5) - params.hush * state.reactance
    haggles = (wish > params.haggle_line) | people.excuses
    advance = moves == Move.ADVANCE
    return pick(
        [
            (~state.inside, state.reply),
            (signs, Reply.SIGNS),
            (out, Reply.OUT),
            (asks & (people.guard < open_), _TRUTH[people.reason]),
            (asks & (state.reactance >= params.cold), Reply.COLD),
            (asks & haggles, Reply.PRICE),
            (asks, Reply.THINK),
            (useful, Reply.LANDS),
            (advance & (wish - sore >= params.advance_line), Reply.AGREES),
            (advance, Reply.PUTS_OFF),
            (TABLE["ends"][moves] > 0, Reply.PARTS),
        ],
        Reply.SHRUGS,
    )


def _settle(
    params: Params,
    people: People,
    state: State,
    moves: Ints,
    *,
    signs: Bools,
    out: Bools,
    leaves: Bools,
) -> State:
    """Return the state once it is seen who has left, and what became of those who are done with."""
    if not leaves.any():
        return state
    wish = want(params, people, state) + people.second_thoughts - params.sour * state.reactance
    cancels = signs & (wish < -params.bother)
    complains = (cancels | out) & (people.complains < params.complain * state.reactance)
    door = leaves & (moves == Move.DOOR) & ~out
    missing = np.maximum(0.0, people.ripe - state.steps)
    calls = door & (wish - state.inertia - params.unripe * missing >= params.call_line)
    outcome = pick(
        [
            (complains, Outcome.COMPLAINT),
            (cancels, Outcome.CANCELLED),
            (signs | calls, Outcome.SIGNED),
            (out | door, Outcome.NO_DECISION),
            (leaves & (moves == Move.DROP), Outcome.DROPPED),
        ],
        state.outcome,
    )
    return replace(
        state,
        inside=state.inside & ~leaves,
        outcome=outcome,
        regret=np.where(signs, np.maximum(0.0, -wish), state.regret),
        signed=np.where(signs | calls, state.visit + 1, state.signed),
    )


def end(state: State) -> State:
    """Return the state when nobody will be visited any more."""
    left = np.where(state.outcome == Outcome.OPEN, int(Outcome.NO_DECISION), state.outcome)
    return replace(state, inside=np.zeros_like(state.inside), outcome=left)
