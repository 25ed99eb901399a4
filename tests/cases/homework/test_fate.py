"""How a request goes on: reviews, trust, claims."""

import numpy as np
import pytest

from course.cases.dice import Dice
from course.cases.homework.claims import MATTERS, draw_claims, truths
from course.cases.homework.fate import MOST, run_once
from course.cases.homework.fields import FIELDS
from course.cases.homework.people import CHARACTERS, SELLERS
from course.cases.homework.world import COMPLEXITIES, draw_requests

SEEDS = (1, 2, 3)


@pytest.fixture(scope="module", params=SEEDS)
def year(request: pytest.FixtureRequest):
    return run_once(np.random.default_rng(request.param))


def test_everybody_meets_every_complexity_equally_often(year) -> None:
    requests, _courses = year
    for seller in SELLERS:
        for complexity in COMPLEXITIES:
            own = [r for r in requests if r.seller is seller and r.complexity == complexity]
            assert len(own) == 10


def test_nothing_is_accepted_while_a_field_that_matters_is_wrong(year) -> None:
    for request, course in zip(*year, strict=True):
        shown = [name for version in course.versions for name in version.revealed]
        assert len(shown) == len(set(shown))
        assert set(shown) <= request.wrong
        if course.accepted:
            assert request.wrong - set(shown) <= {"date", "success"}
        else:
            assert len(course.versions) == MOST


def test_specific_feedback_always_says_something(year) -> None:
    _requests, courses = year
    for course in courses:
        for version in course.versions:
            if version.kind == "specific":
                assert version.revealed or version.polish
            if version.kind in ("accepted", "dropped"):
                assert not version.revealed


def test_specific_feedback_shows_more_than_just_change_it(year) -> None:
    _requests, courses = year
    shown: dict[str, list[int]] = {"specific": [], "just change it": []}
    for course in courses:
        for version in course.versions:
            if version.kind in shown:
                shown[version.kind].append(len(version.revealed))
    assert np.mean(shown["specific"]) > 1.15 * np.mean(shown["just change it"])


def test_presales_remembers(year) -> None:
    requests, courses = year
    last = {r.seller.key: c.trust for r, c in zip(requests, courses, strict=True)}
    for seller in SELLERS:
        if seller.voice == "clear":
            assert last[seller.key] > 0.75
        else:
            assert last[seller.key] < 0.6
    assert all(0 <= course.trust <= 1 for course in courses)
    first = {}
    for request, course in zip(requests, courses, strict=True):
        first.setdefault(request.seller.key, course.trust)
    assert set(first.values()) == {0.6}


def test_who_is_trusted_less_waits_longer(year) -> None:
    _requests, courses = year
    trust, wait = zip(*[(each.trust, each.wait) for each in courses], strict=True)
    assert np.corrcoef(trust, wait)[0, 1] < -0.6


def test_known_fields_by_character_and_by_complexity_alone() -> None:
    requests = [r for seed in range(4) for r in draw_requests(np.random.default_rng(seed))]

    def share(name: str, voice: str) -> float:
        own = [name in r.known for r in requests if r.seller.voice == voice]
        return sum(own) / len(own)

    for name in FIELDS:
        shares = {voice: share(name, voice) for voice in CHARACTERS}
        spread = max(shares.values()) - min(shares.values())
        if name in ("date", "success"):
            assert spread < 0.12
        else:
            assert min(shares, key=lambda voice: shares[voice]) == "muddler"
            assert max(shares, key=lambda voice: shares[voice]) == "clear"


def test_a_wrong_value_is_another_of_the_same_field() -> None:
    for request in draw_requests(np.random.default_rng(5)):
        assert tuple(each.name for each in request.fields) == FIELDS
        for each in request.fields:
            assert each.assumed
            assert (each.name in request.wrong) == (each.assumed != each.wanted)
        assert (request.told_due == request.due) == ("date" not in request.wrong)


def test_statements_come_in_fixed_numbers() -> None:
    dice = Dice(np.random.default_rng(6))
    requests = draw_requests(np.random.default_rng(5))
    so = truths(requests, dice)
    claims = [claim for own in draw_claims(requests, so, dice).values() for claim in own]
    for matter, (true, said_true, said_false) in MATTERS.items():
        own = [each for each in claims if each.matter == matter]
        assert len(so[matter]) == true
        assert sum(each.true for each in own) == said_true
        assert sum(not each.true for each in own) == said_false
    assert not any(each.disputed for each in claims if each.passed == "not at all")
