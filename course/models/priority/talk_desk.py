"""The expert's desk in a play: scores, the queue, and half-weeks of work. See ``talk``."""

from dataclasses import replace

from course.models.priority.talk_state import Event, Fate, Happening, Luck, Spot, State, Work
from course.models.priority.talk_terms import JOBS, TURNS, Rules

__all__ = ["ahead", "run", "score", "waiting"]


def score(state: State, luck: Luck, rules: Rules) -> float:
    """Return the score of the salesperson's request before any aging, in units of the queue."""
    expert, work = luck.expert, state.work
    return (
        rules.base
        + rules.why * work.clear * state.trust
        + rules.eye * expert.eye * state.seen
        + rules.points * state.points
        + rules.goodwill * state.credit
        + work.urgent
        + state.heat
        - rules.shield * state.shields
    )


def waiting(state: State, half: int, luck: Luck) -> list[int]:
    """Return which of the others' requests are on the desk."""
    left = zip(luck.others, state.left, strict=True)
    return [place for place, (other, hours) in enumerate(left) if other.half <= half and hours > 0]


def ahead(state: State, half: int, luck: Luck, rules: Rules) -> list[int]:
    """Return the others' requests that are done before the salesperson's, first come first."""
    mine = score(state, luck, rules) + rules.aging * (half - _asked(state))
    before = {
        place: luck.others[place].score + rules.aging * (half - luck.others[place].half)
        for place in waiting(state, half, luck)
    }
    order = sorted(before, key=lambda place: -before[place])
    return [place for place in order if before[place] >= mine]


def _asked(state: State) -> int:
    return TURNS[JOBS[state.work.job].asked].half


def run(
    state: State, begin: int, end: int, luck: Luck, rules: Rules
) -> tuple[State, tuple[Event, ...]]:
    """Let the expert work from half-week ``begin`` until before ``end``; return what was seen."""
    events: list[Event] = []
    for half in range(begin, end):
        state, seen = _half(state, half, luck, rules)
        events += seen
    return state, tuple(events)


def _half(state: State, half: int, luck: Luck, rules: Rules) -> tuple[State, list[Event]]:
    work, job, events = state.work, JOBS[state.work.job], list[Event]()
    mine = work.fate is Fate.OPEN and not work.refused
    desk = waiting(state, half, luck)
    first = ahead(state, half, luck, rules)
    forgotten = mine and not work.written and luck.forgets[half] < rules.forget
    if forgotten:
        events.append(Event(Happening.FORGOT))
    place = len(desk) + 1 if forgotten or not mine else len(first) + 1
    spot = Spot(half, place if work.fate is Fate.OPEN else 0, len(desk))

    hours, left = rules.capacity, list(state.left)
    rest = [place for place in desk if place not in first]
    for turn in [*first, None, *rest]:
        if turn is not None:
            spent = min(hours, left[turn])
            left[turn] -= spent
        elif mine and not forgotten:
            spent, state, work = _worked(state, hours, rules)
        else:
            spent = 0.0
        hours -= spent
    if work.fate is Fate.OPEN and work.done >= 1:
        work = replace(work, fate=Fate.ON_TIME if half < job.due else Fate.LATE)
        events.append(Event(Happening.DONE))
    elif work.fate is Fate.OPEN and half + 1 == job.last:
        left_at = Fate.REFUSED if work.refused else Fate.LEFT
        work = replace(work, fate=Fate.HALF if work.done >= rules.half else left_at)
    settled = work.fate is not Fate.OPEN and len(state.fates) == work.job
    memory = luck.expert.memory
    return (
        replace(
            state,
            work=replace(work, urgent=work.urgent * rules.heat_pace),
            left=tuple(left),
            fates=(*state.fates, work.fate) if settled else state.fates,
            spots=(*state.spots, spot),
            credit=state.credit * memory,
            seen=state.seen * rules.visible_pace,
            heat=state.heat * rules.heat_pace,
        ),
        events,
    )


def _worked(state: State, hours: float, rules: Rules) -> tuple[float, State, Work]:
    """Spend up to ``hours`` on the request; return the hours spent, the state, the request."""
    work = state.work
    useful = 1 - rules.waste * (1 - work.clear) - (rules.waste_stiff if work.stiff else 0.0)
    needed = JOBS[work.job].hours * (1 - work.taken)
    spent = min(hours, (1 - work.done) * needed / useful)
    done = work.done + spent * useful / needed
    work = replace(work, done=1.0 if done > 1 - 1e-9 else done)
    state = replace(
        state, well=state.well + spent * useful, wasted=state.wasted + spent * (1 - useful)
    )
    return spent, state, work
