"""The three weeks after "we are satisfied": nine decisions, a contact and a boss with hidden minds.

The law is that of :mod:`course.models.momentum`, told person by person. With ``S_i`` what is left
of the satisfaction of person ``i`` (0-10), ``I_i`` what that person has put in (0-1), ``u_i`` a
drive of their own, ``x`` the strain between you, and ``e`` the hours that the next step inside
their house leaves to the contact, the chance of that step in a model week is logistic::

    logit p  =  base + u_i + pull * S_i / 10 + belief * I_i - weight * e - strain_weight * x + dated

    i    the contact takes it up and settles the money; the boss stands behind it and brings it
         through the meeting
    S_i  falls by the factor exp(-1 / fade) a model week; presenting again lifts it, less each time
    I_i  gains a share of what is missing with each answer given, text taken on, draft changed,
         letter signed, step taken, and week of a small project
    e    is cut by texts written for that step (fully once somebody asked what is needed, or they
         changed the text themselves; else by the share ``aim`` of it) and by the meeting's paper

In ``d`` days pass ``pace * d / 7`` model weeks; at most one step is taken between two decisions.
Nothing is done in the room itself. A step is only taken if the contact has that many hours left.

**Money** is there this year, next year, or not at all. The last step cannot be taken without it;
money of next year counts once somebody has asked, for then the paper goes to the right year.

**A red light.** A straight answer comes with ``tells_i``, more often from people who have put
something in, or were offered work, less under strain. Otherwise: "let us study it, maybe set up a
project". Asking again may uncover what is behind it.

**Strain** comes from pushing, presents, and proposals to evade a tender; offering work relieves
some. At ``breaks`` they wish to hear no more.

All luck, the people and the money included, is drawn from the seed before any move: equal seeds
give different moves the same people and the same luck (common random numbers). Every number is
*assumed*: see :mod:`course.models.momentum.meeting_terms`; what goes on inside
their house is in :mod:`course.models.momentum.meeting_inside`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import exp

import numpy as np

from course.models.momentum.meeting_inside import LAST, PAPERED, advance, drive, put_in, spend
from course.models.momentum.meeting_state import Event, Luck, Persona, Play, State, Taken
from course.models.momentum.meeting_terms import (
    DAYS,
    EFFECTS,
    RULES,
    TURNS,
    Ending,
    Happening,
    Money,
    Move,
    Pair,
    Party,
    Reply,
    Rules,
)
from course.models.momentum.terms import Step

__all__ = ["draw", "follow", "offers", "over", "play", "start", "step"]


def draw(seed: int, rules: Rules = RULES) -> Luck:
    """Return the luck of a seed: people, money, answers."""
    rng = np.random.default_rng(seed)
    world, n = rules.world, len(TURNS)

    def person(hours: Pair) -> Persona:
        own = world.own_drive * float(rng.standard_normal())
        return Persona(own, float(rng.uniform(*hours)))

    people = person(rules.contact_hours), person(rules.boss_hours)  # this order is the seed's sense
    purse = rng.random()
    money = Money.NEXT_YEAR if purse < rules.this_year + rules.next_year else Money.NONE
    money = Money.THIS_YEAR if purse < rules.this_year else money
    spread = world.satisfaction_spread * rng.standard_normal(2)
    contact, boss = np.clip(world.satisfaction + spread, 0.0, 10.0)
    answers, accepts, edits, steps = (tuple(float(u) for u in row) for row in rng.random((4, n)))
    pleased = float(contact), float(boss)
    return Luck(people, money, pleased, answers, accepts, edits, steps, float(rng.random()))


def start(luck: Luck) -> State:
    """Return the state right after the presentation."""
    contact, boss = luck.people
    return State(0, luck.satisfaction, (contact.hours, boss.hours))


def over(state: State) -> bool:
    """Say whether it has ended."""
    return state.ending is not Ending.OPEN


def offers(state: State, luck: Luck) -> tuple[Move, ...]:
    """Return the moves of the coming turn, 3 to 5; none when it is over.

    What is known is not asked again, what is signed not offered again, and only what was drafted
    can be changed. Whoever has heard that there is no money at all may let go.
    """
    if over(state):
        return ()
    gone = {Move.BIG_ASK} if state.asked_all else set()
    gone |= {Move.MONEY} if state.money_known else set()
    gone |= {Move.PATH} if state.path_known else set()
    gone |= {Move.LETTER} if state.letter else set()
    gone |= {Move.PAPER} if state.papers else set()
    gone |= {Move.EDIT} if not state.helped else set()
    moves = [move for move in TURNS[state.turn].moves if move not in gone]
    if (len(moves) < 3 or not state.helped) and state.turn > 2 and Move.DRAFT not in moves:
        moves.append(Move.DRAFT)
    if state.money_known and luck.money is Money.NONE and state.turn > 1:
        moves = [*moves[:4], Move.PART]
    return tuple(moves[:5])


def step(
    state: State, move: Move, luck: Luck, rules: Rules = RULES
) -> tuple[State, tuple[Event, ...]]:
    """Play one turn, up to the next decision.

    Returns:
        The state after it, and what happened in the order in which it is seen.

    Raises:
        ValueError: the move is not among :func:`offers`.
    """
    if move not in offers(state, luck):
        raise ValueError(
            f"move {move!r} in turn {state.turn}: expected one of "
            f"{[m.value for m in offers(state, luck)]}; ask offers(state, luck) first"
        )
    turn, effect = TURNS[state.turn], EFFECTS[move]
    last = state.turn + 1 == len(TURNS)
    weeks = rules.pace * ((DAYS if last else TURNS[state.turn + 1].day) - turn.day) / 7
    later = replace(
        state,
        turn=state.turn + 1,
        hours=state.hours + effect.hours,
        strain=max(0.0, state.strain + effect.strain),
        left=spend(state.left, effect.theirs),
    )
    reply = _reply(state, later, move, luck, rules)
    events = [] if reply is None else [Event(Happening.SAYS, turn.who, reply)]
    if later.strain >= rules.breaks:
        return replace(later, ending=Ending.CLOSED), (*events, Event(Happening.ENDED))
    if move is Move.PART:
        return replace(later, ending=Ending.PARTED), (*events, Event(Happening.ENDED))

    later = _work(later, move, luck, reply, rules)
    later, done = _ask(later, move, luck, weeks, rules)
    events += done
    later, done = advance(later, move, luck, weeks, rules)
    events += done
    kept = exp(-weeks / rules.world.fade)
    contact, boss = (max(each * kept, _floor(later, rules)) for each in later.satisfaction)
    later = replace(later, satisfaction=(contact, boss))
    if last or later.at >= LAST:
        events.append(Event(Happening.ENDED))
        later = replace(later, ending=_ending(later, luck))
    return later, tuple(events)


def _floor(state: State, rules: Rules) -> float:
    """Return what satisfaction does not fall below: a small project keeps it up."""
    running = state.turn < len(TURNS) and TURNS[state.turn].day <= state.pilot_until
    return rules.world.pilot_level if running else 0.0


def _reply(state: State, later: State, move: Move, luck: Luck, rules: Rules) -> Reply | None:
    """Return what the answer is worth; None if nothing was said to anybody."""
    turn, effect = TURNS[state.turn], EFFECTS[move]
    who = turn.who
    if move is Move.WAIT:
        return None
    if move is Move.PART:
        return Reply.TELLS
    if effect.strain >= 0.8:
        return Reply.COLD
    if move in (Move.MONEY, Move.PATH):
        open_ = rules.tells[who] + rules.tells_invested * state.invested[who]
        open_ += rules.tells_offered * state.offered - rules.tells_strain * state.strain
        return Reply.TELLS if luck.answers[state.turn] < open_ else Reply.STALL
    if later.left[who] <= 0:
        return Reply.COLD
    if effect.asks:
        ready = 1 / (1 + exp(-drive(state, luck, who, rules) - effect.dated))
        if luck.accepts[state.turn] < 1 - (1 - ready) ** 2:  # they have a second thought
            return Reply.ADVANCE
    warmth = state.satisfaction[who] / 10 + state.invested[who]
    return Reply.CONTINUATION if warmth >= rules.warm else Reply.STALL


def _work(state: State, move: Move, luck: Luck, reply: Reply | None, rules: Rules) -> State:
    """Return the state once the move and its answer have done their work."""
    who = TURNS[state.turn - 1].who
    gains = [0.0, 0.0]
    if reply is Reply.TELLS:
        gains[who] = rules.answer_gain
        state = replace(
            state,
            money_known=state.money_known or move is Move.MONEY,
            path_known=state.path_known or move is Move.PATH,
        )
    if reply is Reply.ADVANCE:
        gains[who] = rules.accept_gain
    state = replace(state, invested=put_in(state.invested, *gains))
    if EFFECTS[move].help:
        fresh = {Step(state.at + 1)} if state.at < LAST else set()
        fresh |= PAPERED if move is Move.PAPER else set()
        papers = state.papers or move is Move.PAPER
        state = replace(state, helped=state.helped | fresh, papers=papers, offered=True)
    lift = 0.0
    heard = reply is not Reply.COLD  # whoever has no time left does not come, and does not read
    if move is Move.SHOW and heard:
        state = replace(state, shown=state.shown + 1)
        lift = rules.world.show_again**state.shown
    elif move is Move.PITCH and heard:
        lift = rules.pitch_again
    contact, boss = (
        max(now, lift * first)
        for now, first in zip(state.satisfaction, luck.satisfaction, strict=True)
    )
    return replace(state, satisfaction=(contact, boss))


def _ask(
    state: State, move: Move, luck: Luck, weeks: float, rules: Rules
) -> tuple[State, list[Event]]:
    """Let them edit, sign a letter of intent or begin a small project, if they were asked to."""
    world, lot = rules.world, luck.edits[state.turn - 1]
    chances = {
        Move.EDIT: world.edit_chance,
        Move.LETTER: world.letter_chance,
        Move.PILOT: world.pilot_chance,
    }
    if move not in chances or lot >= 1 - (1 - chances[move]) ** max(weeks, 1.0):
        return state, []
    if move is Move.EDIT:
        share = 1 - (1 - world.edit_gain) ** max(weeks, 1.0)
        invested = put_in(state.invested, share, share / 2)  # the boss hears of it
        state = replace(state, invested=invested, edited=True)
        return state, [Event(Happening.EDITED, Party.CONTACT)]
    if move is Move.LETTER:
        gain = world.letter_gain
        state = replace(state, letter=True, invested=put_in(state.invested, gain, gain))
        return state, [Event(Happening.LETTER, Party.BOSS)]
    days = round(7 * world.pilot_weeks / rules.pace)
    share = 1 - (1 - world.pilot_gain) ** world.pilot_weeks
    until = TURNS[state.turn - 1].day + days
    state = replace(state, pilot_until=until, invested=put_in(state.invested, share, share / 2))
    return state, [Event(Happening.PILOT, Party.BOSS)]


def _ending(state: State, luck: Luck) -> Ending:
    if state.at >= LAST:
        return Ending.FUNDED if luck.money is Money.THIS_YEAR else Ending.PLANNED
    if luck.money is Money.NONE:
        return Ending.EMPTY
    return Ending.MOVING if state.at >= Step.MEETING else Ending.STALLED


def play(moves: Iterable[Move], seed: int, rules: Rules = RULES) -> Play:
    """Play ``moves`` from the start with the luck of ``seed``.

    Raises:
        ValueError: a move is not offered when its turn comes.
    """
    luck = draw(seed, rules)
    state, taken = start(luck), []
    for move in moves:
        after, events = step(state, move, luck, rules)
        taken.append(Taken(state, move, events, after))
        state = after
    return Play(seed, luck, tuple(taken), state)


def follow(preference: Sequence[Move], seed: int, rules: Rules = RULES) -> Play:
    """Play to the end, taking in every turn the first preferred move that is offered, or any."""
    luck = draw(seed, rules)
    state, taken = start(luck), []
    while offered := offers(state, luck):
        move = next((each for each in preference if each in offered), offered[0])
        after, events = step(state, move, luck, rules)
        taken.append(Taken(state, move, events, after))
        state = after
    return Play(seed, luck, tuple(taken), state)
