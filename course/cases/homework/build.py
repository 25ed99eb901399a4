"""Putting the case together: requests, fate, texts, clean tables, dirt."""

from functools import lru_cache

import pandas as pd

from course.cases.case import Case
from course.cases.decks import Decks
from course.cases.dice import Dice
from course.cases.homework import dirt, tables
from course.cases.homework.dictionary import COLUMNS, dictionary
from course.cases.homework.findings import run
from course.cases.homework.pen import Pen
from course.cases.homework.script import phrases
from course.cases.homework.story import STORY
from course.cases.seeds import checked, stream

__all__ = ["generate", "load"]


def generate(seed: int) -> Case:
    """Return the variant of a seed (from 0); the same seed gives the same case everywhere.

    ``tables``: ``people`` (16 rows), ``requests`` (300), ``brief_fields`` (2,100), ``versions``
    (about 900), ``time_sheets`` (about 260), ``customer_claims`` (463), ``audits`` (270: three
    matters of 90 requests drawn by lot), ``credit_log`` (about 260). ``truth``: these without dirt;
    ``requests`` with ``voice``, ``trust`` and ``wanted_on``; ``versions`` with ``to_light``;
    ``customer_claims`` with every claim ``verified``.

    Raises:
        ValueError: the seed is not a whole number from 0.
    """
    requests, courses, audited = run(stream(checked(seed), 1))
    dice = Dice(stream(seed, 2), block=8192)
    stories = list(zip(requests, courses, strict=True))
    texts = tables.write(stories, Pen(Decks(phrases(), dice), dice))
    versions = tables.versions_table(stories, texts["feedback"])
    truth = {
        "people": tables.people_table(),
        "requests": tables.requests_table(stories, texts["told"]),
        "brief_fields": tables.fields_table(stories),
        "versions": versions,
        "time_sheets": tables.time_sheets_table(versions),
        "customer_claims": tables.claims_table(stories, texts),
        "audits": tables.audits_table(stories, audited),
        "credit_log": tables.credit_table(stories, texts["credit"]),
    }
    return Case(_archive(truth, seed), dictionary(), STORY, truth)


def _archive(truth: dict[str, pd.DataFrame], seed: int) -> dict[str, pd.DataFrame]:
    """What was copied out: the truth as far as it was seen, with every kind of dirt."""
    people = truth["people"]
    versions = dirt.saved_over(truth["versions"], stream(seed, 3))
    claims = dirt.verified_only_if_disputed(truth["customer_claims"])
    found = {
        **truth,
        "versions": dirt.hours_left_out(versions, stream(seed, 4)),
        "customer_claims": claims,
    }
    for place, (name, columns) in enumerate(dirt.NAMED.items()):
        found[name] = dirt.nicknames(found[name], columns, people, stream(seed, 5, place))
    order = {name: [own[1] for own in COLUMNS if own[0] == name] for name in found}
    return {name: frame[order[name]].copy() for name, frame in found.items()}


@lru_cache(maxsize=2)
def _kept(seed: int) -> Case:
    return generate(seed)


def load(seed: int) -> Case:
    """Return :func:`generate` of the seed, at once if it was asked for lately; frames are yours."""
    return _kept(seed).copy()
