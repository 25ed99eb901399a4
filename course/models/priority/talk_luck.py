"""What a seed decides in eight weeks with an expert. See :mod:`course.models.priority.talk`."""

import numpy as np

from course.models.priority.talk_state import Luck, Other, Persona
from course.models.priority.talk_terms import JOBS, RULES, TURNS, Kpi, Rules, Temper

__all__ = ["draw"]

_REQUESTERS = 12
_HALVES = JOBS[-1].last


def draw(seed: int, rules: Rules = RULES) -> Luck:
    """Return the luck of a seed: the expert, the others and what they want, chances."""
    rng = np.random.default_rng(seed)
    tempers, kpis = list(Temper), list(Kpi)
    expert = Persona(
        kpi=kpis[int(rng.integers(len(kpis)))],
        eye=float(rng.uniform(0.15, 1)),
        patience=float(rng.uniform(0, 1)),
        temper=tempers[int(rng.choice(len(tempers), p=rules.anger))],
        memory=float(rng.uniform(0.93, 0.995)),
        strict=bool(rng.random() < 0.55),
        credit=float(rng.uniform(-0.15, 0.2)),
        trust=float(rng.uniform(0.5, 0.8)),
    )
    load = float(rng.uniform(*rules.load))
    standing = rng.uniform(*rules.scores, _REQUESTERS)
    median, spread = rules.size
    per_half = load * rules.capacity / (median * np.exp(spread**2 / 2))
    arrivals = [0] * int(rng.integers(rules.backlog[0], rules.backlog[1] + 1))
    arrivals += [half for half in range(_HALVES) for _each in range(int(rng.poisson(per_half)))]
    others = []
    for half in arrivals:
        who = int(rng.integers(_REQUESTERS))
        hours = median * float(np.exp(spread * rng.standard_normal()))
        others.append(Other(who, half, hours, float(standing[who] + rng.normal(0, 0.1))))
    half, hours, high = rules.rival
    others.append(Other(int(rng.integers(_REQUESTERS)), half, hours, high))
    return Luck(
        expert,
        load,
        tuple(float(each) for each in standing),
        tuple(others),
        tuple(float(each) for each in rng.random(_HALVES)),
        tuple(float(each) for each in rng.random(len(TURNS))),
        tuple(float(each) for each in rng.random(len(TURNS))),
    )
