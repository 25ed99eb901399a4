"""What a move does to people and to the request. See :mod:`course.models.priority.talk`."""

from dataclasses import replace

from course.models.priority.talk_state import Event, Fate, Happening, Luck, State, Work
from course.models.priority.talk_terms import ANGRY, EFFECTS, TURNS, Kpi, Move, Rules, Temper

__all__ = ["on_people", "on_request"]

_PUSH = {Temper.YIELDS: 1.0, Temper.STIFFENS: 0.5, Temper.TELLS: 0.85}


def on_people(
    state: State, move: Move, luck: Luck, rules: Rules
) -> tuple[State, tuple[Event, ...]]:
    """Let the move work on what the expert and the leader think."""
    effect, expert = EFFECTS[move], luck.expert
    events: list[Event] = []
    credit, trust, shields = effect.credit, effect.trust, state.shields
    heat, angers, favours, points = state.heat, state.angers, state.favours, state.points
    found = luck.found[state.turn]
    if move in ANGRY:
        push = rules.heat * _PUSH[expert.temper] * rules.habituation**angers
        by_boss = rules.heat_boss + (1 - rules.heat_boss) * expert.eye
        heat += push * {Move.SHOUT: 1.0, Move.ESCALATE: 1.6 * by_boss, Move.CC: 0.4 * by_boss}[move]
        credit *= 1 + 0.1 * angers
        angers += 1
        loud = move is not Move.CC
        if shields < 2 and loud and (expert.temper is Temper.TELLS or angers >= 3):
            shields += 1
    elif move is Move.MEAL:
        credit *= 0.4**favours
        favours += 1
    elif move is Move.GIFT:
        favours += 1
        if expert.strict or found < 0.25:
            credit = -0.12
            events.append(Event(Happening.RETURNS))
    elif move is Move.CLAIM and found < rules.found:
        credit, trust = -0.4 * (0.6 + 0.4 * expert.eye), -0.15
        events.append(Event(Happening.FOUND))
    elif move in (Move.CREDIT, Move.MINUTES):
        credit *= 0.6 + 0.4 * expert.eye
        if move is Move.CREDIT:
            events.append(Event(Happening.PRAISED))
    elif move is Move.POINTS:
        share = 1.0 if state.asked or expert.kpi is Kpi.WINS else rules.points_wrong
        points, credit = max(points, share), credit * share
    elif move is Move.DECIDE:
        events.append(Event(Happening.DECIDED))
    elif move is Move.URGENT:
        trust *= 1.2 - 0.5 * expert.patience
    return (
        replace(
            state,
            credit=max(-1.0, state.credit + credit * (1 - state.credit if credit > 0 else 1)),
            trust=state.trust + trust * (1 - state.trust if trust > 0 else state.trust),
            seen=state.seen + effect.seen * (1 - state.seen),
            points=points,
            heat=heat,
            angers=angers,
            favours=favours,
            shields=shields,
            asked=state.asked or move is Move.LOOK,
            mine=state.mine + effect.mine,
        ),
        tuple(events),
    )


def on_request(state: State, move: Move, luck: Luck, rules: Rules) -> Work:
    """Let the move work on the request at hand."""
    work, effect = state.work, EFFECTS[move]
    change = TURNS[state.turn].topic == "change"
    clear = max(work.clear, effect.clear)
    if move is Move.FORWARD:
        clear = max(clear, effect.clear + 0.4 * luck.expert.patience)
    clear += effect.clearer * (1 - clear)
    done, taken = work.done, work.taken
    if work.fate is Fate.OPEN:
        if move is Move.CHANGE:
            clear, done = EFFECTS[move].clear, done * (1 - rules.redo)
        elif change and move is Move.SILENT:
            clear, done = 0.8 * clear, done * (1 - rules.missed)
        elif change and move is Move.URGENT:
            taken -= 0.25  # both, so there is more to do
        elif move is Move.TRADE:
            taken += rules.taken
    urgent = rules.urgent * state.trust if move is Move.URGENT else work.urgent
    stiff = work.stiff or (move in ANGRY and luck.expert.temper is Temper.STIFFENS)
    return replace(
        work,
        clear=clear,
        written=work.written or effect.written,
        done=done,
        taken=taken,
        urgent=urgent,
        stiff=stiff,
    )
