"""One customer, sentence by sentence: the negotiation proper, for the role-play.

The law is that of whole policies (:mod:`course.models.closing.law`) with one row: who says what a
policy would say has what the policy gets, number by number (:func:`follow`). What is said is coded
as acts, a :class:`Move` from the seller and a :class:`Reply` from the customer; words are for
others. A signature counts once the 30 days after it are over.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from course.models.closing.law import act, arrive, end
from course.models.closing.moves import REMEDY, TRUTH, Move, Reply
from course.models.closing.persona import PLAY, Persona, persona
from course.models.closing.policy import Policy, choose
from course.models.closing.run import earned
from course.models.closing.state import State, begin
from course.models.closing.terms import Outcome, Params

__all__ = ["Play", "Step", "follow", "found", "offers", "over", "play", "start", "step", "value"]


def _moves(names: str) -> tuple[Move, ...]:
    return tuple(Move[name] for name in names.upper().split())


_OFFERS: Mapping[Reply, tuple[Move, ...]] = MappingProxyType(
    {
        Reply.NOTHING: _moves("ask value concern discount"),
        Reply.THINK: _moves("wait ask concern interrogate discount"),
        Reply.NOT_TODAY: _moves("wait ask value advance interrogate"),
        Reply.PRICE: _moves("discount value ask concern advance"),
        Reply.BOSS: _moves("ask boss advance wait discount"),
        Reply.CASH: _moves("wait discount cash_date ask advance"),
        Reply.NO_FIT: _moves("ask value concern door drop"),
        Reply.FEAR: _moves("ask discount derisk wait advance"),
        Reply.COLD: _moves("ask interrogate concern door drop"),
        Reply.LANDS: _moves("wait ask discount advance concern"),
        Reply.SHRUGS: _moves("ask discount concern advance drop"),
    }
)
_AGAIN = _moves("ask concern discount drop")  # how a later visit may begin


@dataclass(frozen=True, eq=False)
class Step:
    """One move and what came of it.

    Attributes:
        before: where it stood, one row.
        move: what the seller did.
        reply: what the customer said to it.
        after: where it stands; if ``left``, at the beginning of the next visit, or at the end.
        left: is the visit over?
        called_away: … because time ran out, not because of what was said.
    """

    before: State
    move: Move
    reply: Reply
    after: State
    left: bool
    called_away: bool


@dataclass(frozen=True, eq=False)
class Play:
    """A play: who it was (the reveal), its steps, and where it stands."""

    persona: Persona
    steps: tuple[Step, ...]
    state: State

    @property
    def outcome(self) -> Outcome:
        """How it stands; OPEN while it goes on."""
        return Outcome(int(self.state.outcome[0]))

    @property
    def moves(self) -> tuple[Move, ...]:
        """What the seller did."""
        return tuple(each.move for each in self.steps)


def start(person: Persona, params: Params = PLAY) -> State:
    """Return the state at the beginning of the first visit."""
    return arrive(params, person.people, begin(person.people))


def over(state: State) -> bool:
    """Say whether it has ended."""
    return bool(state.outcome[0] != Outcome.OPEN)


def offers(state: State) -> tuple[Move, ...]:
    """Return the moves offered now, 4 or 5; none when it is over."""
    if over(state):
        return ()
    reply, heard = Reply(int(state.reply[0])), Reply(int(state.heard[0]))
    if reply is not Reply.NOTHING or state.visit[0] == 0:
        return _OFFERS[reply]
    answer = REMEDY.get(heard, Move.VALUE)
    return (answer, *_AGAIN) if answer not in _AGAIN else (Move.VALUE, *_AGAIN)


def step(state: State, move: Move, person: Persona, params: Params = PLAY) -> Step:
    """Make a move.

    Raises:
        ValueError: the move is not among :func:`offers`.
    """
    if move not in offers(state):
        raise ValueError(
            f"move {move.name}: expected one of {[each.name for each in offers(state)]}; "
            "ask offers(state) first"
        )
    return _step(state, move, person, params)


def _step(state: State, move: Move, person: Persona, params: Params) -> Step:
    met = act(params, person.people, state, np.array([move]))
    left = not met.inside[0]
    away = left and met.turn[0] >= params.turns and not over(met)
    away = away and move not in (Move.WAIT, Move.ADVANCE)
    after = met
    if left and not over(met):
        last = met.visit[0] + 1 >= params.visits
        after = end(met) if last else arrive(params, person.people, met)
    return Step(state, move, Reply(int(met.reply[0])), after, left, away)


def play(moves: Iterable[Move], seed: int, params: Params = PLAY) -> Play:
    """Play ``moves`` in front of the customer of ``seed``.

    Raises:
        ValueError: a move is not offered when its turn comes.
    """
    person = persona(seed, params)
    state, steps = start(person, params), []
    for move in moves:
        steps.append(step(state, move, person, params))
        state = steps[-1].after
    return Play(person, tuple(steps), state)


def follow(policy: Policy, seed: int, params: Params = PLAY) -> Play:
    """Let a policy play in front of the customer of ``seed``: what the hammer would have got.

    It may say what :func:`offers` would not have offered.
    """
    person = persona(seed, params)
    state, steps = start(person, params), []
    while not over(state):
        move = Move(int(choose(params, policy, state)[0]))
        steps.append(_step(state, move, person, params))
        state = steps[-1].after
    return Play(person, tuple(steps), state)


def found(played: Play) -> bool:
    """Say whether the customer ever told the true reason."""
    return any(each.reply is TRUTH[played.persona.reason] for each in played.steps)


def value(played: Play, params: Params = PLAY) -> float:
    """Return the margin less the cost of hours so far, 10,000 CNY."""
    margin = earned(params, played.persona.people, played.state)
    return float(margin[0] - params.hour_cost * played.state.hours[0])
