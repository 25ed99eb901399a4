"""Putting the case together: world, fate, chats, clean tables, dirt."""

from functools import lru_cache

import numpy as np
import pandas as pd

from course.cases.case import Case
from course.cases.decks import Decks
from course.cases.dice import Dice
from course.cases.lead import dirt, tables
from course.cases.lead.days import SNAPSHOT
from course.cases.lead.dictionary import dictionary
from course.cases.lead.fate import run
from course.cases.lead.plot import tell
from course.cases.lead.script import scenes
from course.cases.lead.story import STORY
from course.cases.lead.world import draw_deals
from course.cases.seeds import checked, stream

__all__ = ["generate", "load"]

_HIDDEN_IN_DEALS = ["willing", "kind"]
_HIDDEN_IN_MESSAGES = ["situation", "reply_to"]


def generate(seed: int) -> Case:
    """Return the variant of a seed (from 0); the same seed gives the same case everywhere.

    ``tables``: ``deals`` (160 rows), ``group_messages`` (about 6,000), ``agreements`` (about 100),
    ``outcomes`` (160). ``truth``: ``deals`` with ``fee`` in % and the hidden ``willing`` and
    ``kind``; all ``group_messages`` with the ``situation`` they came from and what they
    ``reply_to``; ``outcomes`` as they turned out within a year; ``weeks``, the course of each deal.

    Raises:
        ValueError: the seed is not a whole number from 0.
    """
    deals = draw_deals(stream(checked(seed), 1))
    fate = run(deals, stream(seed, 2))
    told = tables.courses(deals, fate)
    decks = Decks(scenes(), Dice(stream(seed, 3)))
    chats = [
        tell(deal, course, Dice(stream(seed, 4, deal.number)), decks)
        for deal, course in zip(deals, told, strict=True)
    ]
    truth = {
        "deals": tables.deals_table(deals, fate),
        "group_messages": tables.messages(deals, chats),
        "agreements": tables.agreements(deals, Dice(stream(seed, 5))),
        "outcomes": tables.outcomes(deals, fate, chats, Dice(stream(seed, 6))),
        "weeks": tables.weeks(deals, told),
    }
    return Case(_archive(truth, stream(seed, 7)), dictionary(), STORY, truth)


def _archive(truth: dict[str, pd.DataFrame], rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """What the intern found: the truth as far as it was seen, with every kind of dirt."""
    deals = truth["deals"].drop(columns=_HIDDEN_IN_DEALS)
    messages = truth["group_messages"].drop(columns=_HIDDEN_IN_MESSAGES)
    deals, messages = dirt.lost_history(deals, messages, rng)
    messages = dirt.renamed_groups(messages, rng)
    messages["message_id"] = [f"M{number:05d}" for number in range(1, len(messages) + 1)]
    outcomes = dirt.censor_open(truth["outcomes"], pd.Timestamp(SNAPSHOT))
    return {
        "deals": dirt.fees_as_amounts(deals, rng),
        "group_messages": messages,
        "agreements": truth["agreements"].copy(),
        "outcomes": dirt.unlabelled_bypasses(outcomes, rng),
    }


@lru_cache(maxsize=2)
def _kept(seed: int) -> Case:
    return generate(seed)


def load(seed: int) -> Case:
    """Return :func:`generate` of the seed, at once if it was asked for lately; frames are yours."""
    return _kept(seed).copy()
