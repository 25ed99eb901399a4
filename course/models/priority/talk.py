"""Eight weeks with one expert: ten decisions, three requests, a dozen other requesters.

The law is that of :mod:`course.models.priority`, told person by person: the expert works through
the desk in the order of perceived priority, ``capacity`` hours per half-week, whoever asked. The
score of the salesperson's request, with all shares 0-1 and ``credit`` from -1 to 1, is::

    base + why * clear * trust + eye * eye_i * seen + points * share + goodwill * credit
         + urgent + heat - shield * shields + aging * half-weeks waiting

    clear    what the expert understands of the request; an explanation lifts it, a date does not
    trust    credibility; "urgent" without a reason and changed orders cost a share of it
    seen     the leader's attention; fades by ``visible_pace``
    credit   goodwill; public thanks and minutes raise it, anger lowers it; kept by ``memory``
    heat     anger's push; each further time only ``habituation`` of it; cools by ``heat_pace``

Of each hour worked, ``waste * (1 - clear)`` is lost (more if they do the letter of it). What was
only phoned is forgotten for half a week with chance ``forget``. Work is conserved: what the
expert does for one, the others wait for.

All luck, the expert included, is drawn from the seed before any move: equal seeds give different
moves the same expert, the same other requests and the same chances (common random numbers).

Every number is *assumed*: see :mod:`course.models.priority.talk_terms`.
"""

from collections.abc import Iterable
from dataclasses import replace

from course.models.priority.talk_desk import run, score
from course.models.priority.talk_effects import on_people, on_request
from course.models.priority.talk_luck import draw
from course.models.priority.talk_state import (
    Event,
    Fate,
    Happening,
    Luck,
    Mood,
    Play,
    State,
    Step,
    Work,
)
from course.models.priority.talk_terms import (
    JOBS,
    RULES,
    TURNS,
    Move,
    Rules,
)

__all__ = ["draw", "mood", "next_place", "offers", "over", "play", "start", "step", "value"]

_HALVES = JOBS[-1].last
_VALUE = {Fate.ON_TIME: 1.0, Fate.LATE: 0.5, Fate.HALF: 0.35}
_ASKING = (Move.BARE, Move.FORWARD, Move.URGENT, Move.CC)  # what may stay unanswered


def start(luck: Luck) -> State:
    """Return the state before the first request."""
    expert = luck.expert
    left = tuple(other.hours for other in luck.others)
    return State(0, expert.credit, expert.trust, Work(0), left)


def over(state: State) -> bool:
    """Say whether the eight weeks are over."""
    return state.turn >= len(TURNS)


def offers(state: State) -> tuple[Move, ...]:
    """Return the moves of the coming turn, 4 or 5; none when the play is over."""
    if over(state):
        return ()
    turn = TURNS[state.turn]
    met = state.work.job == turn.job and state.work.fate in _VALUE
    return turn.moves if met or not turn.unmet else turn.unmet


def mood(state: State) -> Mood:
    """Return how the expert answers now."""
    if state.credit < -0.2:
        return Mood.COLD
    if state.trust < 0.4:
        return Mood.WEARY
    return Mood.WARM if state.credit > 0.25 else Mood.FAIR


def step(
    state: State, move: Move, luck: Luck, rules: Rules = RULES
) -> tuple[State, tuple[Event, ...]]:
    """Play one turn and the half-weeks up to the next.

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
    turn = TURNS[state.turn]
    asks = JOBS[turn.job].asked == state.turn
    if asks:
        state = replace(state, work=Work(turn.job))
    later, events = on_people(state, move, luck, rules)
    work = on_request(later, move, luck, rules)
    refuses = asks and state.credit < rules.refuse and move is not Move.DECIDE
    if refuses:
        work = replace(work, refused=True)
    elif move in (Move.DECIDE, Move.ESCALATE, Move.TRADE):
        work = replace(work, refused=False)
    if move is Move.CHANGE or (turn.topic == "change" and move is Move.SILENT):
        share = rules.redo if move is Move.CHANGE else rules.missed
        lost = share * work.done * JOBS[work.job].hours if work.fate is Fate.OPEN else 0.0
        later = replace(later, well=later.well - lost, wasted=later.wasted + lost)
    later = replace(later, work=work, turn=state.turn + 1)
    events = (*events, *_answer(state, later, move, luck, refuses=refuses))
    if later.shields > state.shields:
        events = (*events, Event(Happening.SHIELDS))
    until = _HALVES if over(later) else TURNS[later.turn].half
    later, seen = run(later, turn.half, until, luck, rules)
    return later, (*events, *seen)


def _answer(
    before: State, later: State, move: Move, luck: Luck, *, refuses: bool
) -> tuple[Event, ...]:
    feeling = mood(later)
    returned = move is Move.GIFT and later.credit < before.credit
    if refuses:
        return (Event(Happening.REFUSES, feeling),)
    if move in (Move.SILENT, Move.CLAIM) or returned:
        return ()
    if move is Move.LOOK:
        return (Event(Happening.DESK, feeling),)
    chance = 0.55 if feeling in (Mood.COLD, Mood.WEARY) else 0.9
    if move in _ASKING and luck.answers[before.turn] >= chance:
        return (Event(Happening.QUIET),)
    return (Event(Happening.SAYS, feeling),)


def play(moves: Iterable[Move], seed: int, rules: Rules = RULES) -> Play:
    """Play ``moves`` from the start with the luck of ``seed``.

    Raises:
        ValueError: a move is not offered when its turn comes.
    """
    luck = draw(seed, rules)
    state, steps = start(luck), []
    for move in moves:
        after, events = step(state, move, luck, rules)
        steps.append(Step(state, move, events, after))
        state = after
    return Play(seed, luck, tuple(steps), state)


def value(state: State) -> float:
    """Return how much of the project was served, 0-1: in time 1, late .5, half .35, else 0."""
    return sum(
        job.worth * _VALUE.get(fate, 0.0) for job, fate in zip(JOBS, state.fates, strict=False)
    )


def next_place(state: State, luck: Luck, rules: Rules = RULES) -> int:
    """Return the place, 1-13, that the next request would have among the twelve other requesters.

    A request half understood, no anger, no share in a measure: what is left is how one is known.
    """
    known = replace(state, work=Work(0, clear=0.5), points=0.0, heat=0.0)
    return 1 + sum(each > score(known, luck, rules) for each in luck.standing)
