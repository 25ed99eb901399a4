"""Putting the case together: world, fate, logs, clean tables, dirt."""

from functools import lru_cache

import numpy as np
import pandas as pd

from course.cases.case import Case
from course.cases.decks import Decks
from course.cases.dice import Dice
from course.cases.momentum import dirt, tables
from course.cases.momentum.dictionary import dictionary
from course.cases.momentum.fate import run
from course.cases.momentum.plot import tell
from course.cases.momentum.script import scenes
from course.cases.momentum.signals import SNAPSHOT
from course.cases.momentum.story import STORY
from course.cases.momentum.world import draw_opportunities
from course.cases.seeds import checked, stream

__all__ = ["generate", "load"]

_HIDDEN_IN_OPPORTUNITIES = ["way", "moves", "throttle_from", "lands", "own_drive"]
_HIDDEN_IN_EVENTS = ["situation", "move"]


def generate(seed: int) -> Case:
    """Return the variant of a seed (from 0); the same seed gives the same case everywhere.

    ``tables``: ``opportunities`` (220 rows), ``stakeholders`` (about 1,130), ``events`` (about
    5,300), ``documents`` (about 1,700 versions), ``budget_windows`` (about 400). ``truth``: these
    without dirt; ``opportunities`` with the ``way`` they were worked on, the ``moves`` made, the
    week from which there was help (``throttle_from``) and the hidden ``lands`` and ``own_drive``;
    ``stakeholders`` with everybody's attitude; ``events`` with the ``situation`` they came from and
    the ``move`` (advance, stall or neither); ``weeks``, the engine of each opportunity.

    Raises:
        ValueError: the seed is not a whole number from 0.
    """
    opportunities = draw_opportunities(stream(checked(seed), 1))
    fate = run(opportunities, stream(seed, 2))
    dice = Dice(stream(seed, 3), block=8192)
    decks = Decks(scenes(), dice)
    logs = [
        tell(opportunity, course, dice, decks)
        for opportunity, course in zip(
            opportunities, tables.courses(opportunities, fate), strict=True
        )
    ]
    truth = {
        "opportunities": tables.opportunities_table(opportunities, fate, logs),
        "stakeholders": tables.stakeholders_table(logs, fate, Dice(stream(seed, 4), block=2048)),
        "events": tables.events_table(logs),
        "documents": tables.documents_table(logs),
        "budget_windows": tables.windows_table(opportunities, logs, Dice(stream(seed, 5))),
        "weeks": tables.weeks_table(opportunities, fate),
    }
    return Case(_archive(truth, stream(seed, 6)), dictionary(), STORY, truth)


def _archive(truth: dict[str, pd.DataFrame], rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """What was copied out: the truth as far as it was seen, with every kind of dirt."""
    opportunities = truth["opportunities"].drop(columns=_HIDDEN_IN_OPPORTUNITIES)
    people = truth["stakeholders"]
    events = truth["events"].drop(columns=_HIDDEN_IN_EVENTS)
    events = dirt.next_years_dates(events, SNAPSHOT, rng)
    events = dirt.stage_regressions(events, rng)
    met = people["met_on"].notna()
    return {
        "opportunities": dirt.satisfaction_in_words(opportunities, rng),
        "stakeholders": people.assign(attitude=people["attitude"].astype("Int64").where(met)),
        "events": dirt.sellers_work_as_customers(events, rng),
        "documents": dirt.reused_names(truth["documents"], rng),
        "budget_windows": truth["budget_windows"].copy(),
    }


@lru_cache(maxsize=2)
def _kept(seed: int) -> Case:
    return generate(seed)


def load(seed: int) -> Case:
    """Return :func:`generate` of the seed, at once if it was asked for lately; frames are yours."""
    return _kept(seed).copy()
