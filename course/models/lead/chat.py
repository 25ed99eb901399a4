"""The group chat of one brokered deal: ten decisions in six weeks, two people with hidden minds.

The law is that of :mod:`course.models.lead`, told person by person. With ``f`` the fee and ``V_i``
the process value that party ``i`` sees in the broker (both % of deal value), ``M`` the momentum
(0-1), ``p_i`` how much of anything party ``i`` sees, and ``r`` how ripe the week is::

    V_i  moves to p_i * worth(move), by the share ``seen_pace`` of the gap
    M    loses ``decay`` (half of it while a rule runs), then gains lift(move) of what is missing
    paid      stretch * r * close_rate * exp(-fee_drag * f) * M        if both want the deal
    bypassed  stretch * r * cut * mean of the two parties' pull        if both want the deal
              pull: honest 0, conditional b * max(0, f - V_i), always a * f
    dead      stretch * r * (death_rate + stall_rate * (1 - M))

``cut`` is ``1 - agreement_cut`` once a clause is agreed. The vendor pays the fee and decides on the
clause: honest takes it, conditional takes it from ``V`` of half the fee on, always puts it off.
Whoever wants the deal answers a clear message with ``reply_willing``, others with
``reply_unwilling``; unclear messages are answered less. A deal ends when a cumulative hazard first
passes its unit-exponential clock.

All luck, the people included, is drawn from the seed before any move: equal seeds give different
moves the same people, clocks and replies (common random numbers).

Every number is *assumed*: see :mod:`course.models.lead.chat_terms`.
"""

from collections.abc import Iterable
from dataclasses import replace
from math import exp, inf, sqrt

import numpy as np

from course.models.lead import Kind, Outcome
from course.models.lead.chat_terms import (
    EFFECTS,
    RULES,
    TURNS,
    Event,
    Happening,
    Luck,
    Mood,
    Move,
    Pair,
    Party,
    Persona,
    Play,
    Rules,
    State,
    Step,
)

__all__ = ["bypass_rate", "draw", "offers", "over", "play", "start", "step"]


def draw(seed: int, rules: Rules = RULES) -> Luck:
    """Return the luck of a seed: people, clocks, replies."""
    rng = np.random.default_rng(seed)
    world = rules.world

    def person() -> Persona:
        willing = bool(rng.random() < sqrt(world.willing))  # so that both are with P(willing)
        trust = rng.random()
        kind = Kind.ALWAYS if trust < world.always else Kind.CONDITIONAL
        kind = kind if trust < world.always + world.conditional else Kind.HONEST
        return Persona(willing, kind, 1 + world.seen_spread * float(rng.uniform(-1, 1)))

    people = person(), person()  # the order of these calls is the seed's meaning
    paid, bypassed, dead = (float(clock) for clock in rng.standard_exponential(3))
    replies = tuple((float(a), float(b)) for a, b in rng.random((len(TURNS), len(Party))))
    return Luck(people, (paid, bypassed, dead), replies, float(rng.random()))


def start(luck: Luck, rules: Rules = RULES) -> State:
    """Return the state right after the introduction."""
    customer, vendor = (rules.world.seen_start * each.perception for each in luck.people)
    return State(0, (customer, vendor), rules.world.momentum_start, hours=rules.world.setup_hours)


def over(state: State) -> bool:
    """Say whether the deal has ended or its six weeks have."""
    return state.outcome != Outcome.OPEN or state.turn >= len(TURNS)


def offers(state: State) -> tuple[Move, ...]:
    """Return the moves of the coming turn, 3 to 5; none when the play is over.

    A clause that stands is not proposed again; whoever met two silences in a row may drop the deal.
    """
    if over(state):
        return ()
    moves = [m for m in TURNS[state.turn].moves if not (m is Move.CLAUSE and state.agreed)]
    if max(state.unanswered) >= 2 and Move.DROP not in moves:
        moves = [*moves[:4], Move.DROP]
    return tuple(moves)


def bypass_rate(state: State, luck: Luck, rules: Rules = RULES) -> float:
    """Return the hazard of a side deal, per model week at ripeness 1; 0 if not both want a deal."""
    return sum(_pulls(state, luck, rules)) / len(Party)


def _pulls(state: State, luck: Luck, rules: Rules) -> Pair:
    world = rules.world
    cut = 1 - world.agreement_cut if state.agreed else 1.0

    def pull(party: Party) -> float:
        kind = luck.people[party].kind
        if kind == Kind.HONEST or not all(each.willing for each in luck.people):
            return 0.0
        if kind == Kind.ALWAYS:
            return cut * world.bypass_always * rules.fee
        return cut * world.bypass_conditional * max(0.0, rules.fee - state.seen[party])

    return pull(Party.CUSTOMER), pull(Party.VENDOR)


def step(
    state: State, move: Move, luck: Luck, rules: Rules = RULES
) -> tuple[State, tuple[Event, ...]]:
    """Play one turn.

    Returns:
        The state after it, and what happened in the order in which it is seen.

    Raises:
        ValueError: the move is not among :func:`offers`.
    """
    if move not in offers(state):
        raise ValueError(
            f"move {move!r} in turn {state.turn}: expected one of "
            f"{[m.value for m in offers(state)]}; ask offers(state) first"
        )
    turn, effect = TURNS[state.turn], EFFECTS[move]
    later = replace(state, turn=state.turn + 1, hours=state.hours + effect.hours)
    if move is Move.DROP:
        return replace(later, outcome=Outcome.DROPPED), (Event(Happening.ENDED),)

    events = [_answer(party, state, move, luck, rules) for party in Party]
    said = {event.who for event in events if event.what is Happening.SAYS}
    if move is Move.CLAUSE and events[Party.VENDOR].mood is Mood.TAKES:
        later = replace(later, agreed=True)
        events.append(Event(Happening.AGREED))
    vendor = luck.people[Party.VENDOR]
    honest = vendor.kind == Kind.HONEST and all(each.willing for each in luck.people)
    if turn.topic == "fee" and honest and not later.agreed and luck.volunteer < rules.volunteer:
        events.append(Event(Happening.VOLUNTEERS, Party.VENDOR))

    if effect.question:
        left = [0 if party in said else state.unanswered[party] + 1 for party in Party]
        later = replace(later, unanswered=(left[0], left[1]))
    rule_left = rules.rule_runs if move is Move.LEAD else max(0, state.rule_left - 1)
    lift = effect.lift + effect.answered * len(said) / len(Party)
    kept = state.momentum * (1 - rules.decay * (0.5 if rule_left else 1.0))
    seen = [
        old + rules.seen_pace * (effect.worth * person.perception - old)
        for old, person in zip(state.seen, luck.people, strict=True)
    ]
    later = replace(
        later,
        rule_left=rule_left,
        momentum=kept + lift * (1 - kept),
        seen=(seen[0], seen[1]),
    )
    later = _run_clocks(later, turn.week, luck, rules)
    if over(later):
        events.append(Event(Happening.ENDED, later.by))
    return later, tuple(events)


def _answer(party: Party, state: State, move: Move, luck: Luck, rules: Rules) -> Event:
    person, seen = luck.people[party], state.seen[party]
    world = rules.world
    chance = world.reply_willing if person.willing else world.reply_unwilling
    if luck.replies[state.turn][party] >= chance * EFFECTS[move].clear:
        return Event(Happening.QUIET, party)
    if move is Move.CLAUSE and party is Party.VENDOR:
        if not person.willing or person.kind == Kind.ALWAYS:
            mood = Mood.STALLS
        elif person.kind == Kind.HONEST or seen >= rules.fee / 2:
            mood = Mood.TAKES
        else:
            mood = Mood.HAGGLES
    elif not person.willing:
        mood = Mood.EVASIVE
    elif seen < rules.fee / 2:
        mood = Mood.COOL
    else:
        mood = Mood.EAGER if state.momentum >= rules.moving else Mood.BRISK
    return Event(Happening.SAYS, party, mood)


def _run_clocks(state: State, week: int, luck: Luck, rules: Rules) -> State:
    """Let the three hazards run for one turn; the clock that runs out first ends the deal."""
    world, close, death = rules.world, rules.ripe_close[week - 1], rules.ripe_death[week - 1]
    willing = all(each.willing for each in luck.people)
    paid = world.close_rate * exp(-world.fee_drag * rules.fee) * state.momentum * willing
    dying = world.death_rate + world.stall_rate * (1 - state.momentum)
    pulls = _pulls(state, luck, rules)
    rates = (close * paid, close * sum(pulls) / len(Party), death * dying)
    hazards = [rules.stretch * rate for rate in rates]
    moments = [
        (clock - before) / hazard if hazard > 0 else inf
        for clock, before, hazard in zip(luck.clocks, state.passed, hazards, strict=True)
    ]
    passed = [before + hazard for before, hazard in zip(state.passed, hazards, strict=True)]
    state = replace(state, passed=(passed[0], passed[1], passed[2]))
    if min(moments) >= 1:
        return state
    outcome = Outcome(moments.index(min(moments)) + Outcome.PAID)
    starter = Party.VENDOR if pulls[Party.VENDOR] >= pulls[Party.CUSTOMER] else Party.CUSTOMER
    return replace(state, outcome=outcome, by=starter if outcome is Outcome.BYPASSED else None)


def play(moves: Iterable[Move], seed: int, rules: Rules = RULES) -> Play:
    """Play ``moves`` from the start with the luck of ``seed``.

    Raises:
        ValueError: a move is not offered when its turn comes.
    """
    luck = draw(seed, rules)
    state, steps = start(luck, rules), []
    for move in moves:
        after, events = step(state, move, luck, rules)
        steps.append(Step(state, move, events, after))
        state = after
    return Play(seed, luck, tuple(steps), state)
