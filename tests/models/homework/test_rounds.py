"""The law of versions against three other ways to get it, and its limits."""

from itertools import combinations, product
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from course.models.homework import (
    CLEARS,
    LEADER,
    Field,
    Manner,
    Params,
    Question,
    best_questions,
    expected_versions,
    one_by_one,
    reveals,
    versions_cdf,
    wrong_chances,
)
from course.models.homework.rounds import patiences

Floats = NDArray[np.float64]
CASES = (([0.5], 0.3), ([0.4, 0.4, 0.4], 0.5), ([0.1, 0.9, 0.5, 0.2], 0.35), ([0.45] * 7, 0.4))


def absorbing_chain(wrong: list[float], reveal: float) -> float:
    """Expected versions by the fundamental matrix: states are sets of fields still wrong."""
    states = list(product((False, True), repeat=len(wrong)))
    begin = np.array(
        [
            prod(w if is_wrong else 1 - w for w, is_wrong in zip(wrong, s, strict=True))
            for s in states
        ]
    )
    step = np.array(
        [
            [
                prod(
                    ((1 - reveal) if b else reveal) if a else float(not b)
                    for a, b in zip(here, there, strict=True)
                )
                for there in states
            ]
            for here in states
        ]
    )
    left = step[1:, 1:]  # state 0 is "nothing wrong": absorbing
    reviews = np.linalg.solve(np.eye(len(left)) - left, np.ones(len(left)))
    return 1 + float(begin[1:] @ reviews)


def inclusion_exclusion(wrong: list[float], reveal: float) -> float:
    """Expected largest of geometric numbers, each there with its own chance."""
    total = 1.0
    for size in range(1, len(wrong) + 1):
        for some in combinations(wrong, size):
            total += (-1) ** (size + 1) * prod(some) / (1 - (1 - reveal) ** size)
    return total


@pytest.mark.parametrize(("wrong", "reveal"), CASES)
def test_expected_versions_are_those_of_the_absorbing_chain(
    wrong: list[float], reveal: float
) -> None:
    expected = expected_versions(np.array(wrong), reveal)
    assert expected == pytest.approx(absorbing_chain(wrong, reveal))
    assert expected == pytest.approx(inclusion_exclusion(wrong, reveal))


@pytest.mark.parametrize(("wrong", "reveal"), CASES[:2])
def test_the_law_is_that_of_every_way_it_can_go(wrong: list[float], reveal: float) -> None:
    upto = 4  # versions; a wrong field comes to light in review 1, 2, 3, or later
    late = (1 - reveal) ** (upto - 1)
    at_most = np.zeros(upto + 2)
    chances = [
        [1 - w, *[w * reveal * (1 - reveal) ** (g - 1) for g in range(1, upto)], w * late]
        for w in wrong
    ]
    for found in product(range(upto + 1), repeat=len(wrong)):
        chance = prod(chances[f][g] for f, g in enumerate(found))
        at_most[1 + max(found)] += chance
    law = np.cumsum(at_most)[1 : upto + 1]
    assert versions_cdf(np.array(wrong), reveal, upto) == pytest.approx(law)


def test_one_field_alone_is_geometric() -> None:
    assert expected_versions(np.array([0.3]), 0.25) == pytest.approx(1 + 0.3 / 0.25)
    cdf = versions_cdf(np.array([1.0]), 0.25, 5)
    assert cdf == pytest.approx(1 - 0.75 ** np.arange(5))


def test_nothing_wrong_is_one_version_and_a_sharp_review_leaves_two_at_most() -> None:
    assert expected_versions(np.zeros(7), 0.4) == 1
    all_seen = np.array([0.3, 0.6])
    assert expected_versions(all_seen, 1) == pytest.approx(1 + 1 - 0.7 * 0.4)
    assert versions_cdf(all_seen, 1, 3) == pytest.approx([0.7 * 0.4, 1, 1])


@given(
    wrong=st.lists(st.floats(0, 1), min_size=1, max_size=7),
    more=st.floats(0, 1),
    reveal=st.floats(0.05, 1),
)
def test_more_wrong_or_less_seen_is_never_fewer_versions(
    wrong: list[float], more: float, reveal: float
) -> None:
    least = expected_versions(np.array(wrong), reveal)
    raised = np.array([w + more * (1 - w) for w in wrong])
    assert expected_versions(raised, reveal) >= least - 1e-9
    assert expected_versions(np.array(wrong), max(0.05, reveal * more)) >= least - 1e-9
    cdf = versions_cdf(np.array(wrong), reveal)
    assert (np.diff(cdf) >= -1e-12).all()
    assert cdf[-1] == pytest.approx(1)


def test_the_law_over_patience_is_the_mean_of_its_cases() -> None:
    cases = np.array([[0.1, 0.5], [0.4, 0.2]])
    each = [expected_versions(case, 0.4) for case in cases]
    assert expected_versions(cases, 0.4) == pytest.approx(np.mean(each))


@pytest.mark.parametrize("reveal", [0, -0.1, 1.5, float("nan")])
def test_without_reviews_that_see_there_is_no_last_version(reveal: float) -> None:
    with pytest.raises(ValueError, match="reveal: expected above 0"):
        expected_versions(np.array([0.5]), reveal)


# --- questions ---------------------------------------------------------------------------------


def test_a_question_in_time_clears_up_its_fields_and_a_late_one_less() -> None:
    world = Params(patience=1, patience_spread=0, careless=0.5, clear=0.8, wrong=0.5)
    asked = Manner(questions=(Question.CHAIN, Question.WORRY))
    (chances,) = wrong_chances(world, asked)
    expected = np.full(7, 0.5)
    expected[Field.AUDIENCE] *= 1 - 0.8
    expected[Field.DATE] *= 1 - 0.8 * 0.5
    expected[Field.CONCERN] *= 1 - 0.8 * 0.5  # one question too late
    assert chances == pytest.approx(expected)


def test_two_questions_about_one_field_clear_it_up_between_them() -> None:
    world = Params(clear=0.8, wrong=0.5)
    chances = wrong_chances(world, Manner(questions=(Question.READER, Question.CHAIN)))
    assert chances[:, Field.AUDIENCE] == pytest.approx(0.5 * 0.2 * 0.2)


def test_what_the_customer_has_said_is_not_wrong() -> None:
    chances = wrong_chances(Params(), Manner(), known=(Field.DATE, Field.PLAN))
    assert (chances[:, [Field.DATE, Field.PLAN]] == 0).all()
    others = [field for field in Field if field not in (Field.DATE, Field.PLAN)]
    assert (chances[:, others] == Params().wrong).all()
    assert expected_versions(wrong_chances(Params(), Manner(), known=Field), 0.4) == 1


def test_patience_is_even_around_its_mean() -> None:
    assert list(patiences(Params(patience=6, patience_spread=2))) == [4, 5, 6, 7, 8]
    assert wrong_chances(Params(), LEADER).shape == (5, 7)


def test_some_questions_are_redundant_and_some_about_nothing() -> None:
    assert len(Question) == 12
    assert sum(not fields for fields in CLEARS.values()) == 2
    covered = [field for fields in CLEARS.values() for field in fields]
    assert set(covered) == set(Field)
    assert len(covered) > len(Field)


def by_brute_force(world: Params, many: int, known: frozenset[Field], reveal: float) -> float:
    return min(
        expected_versions(wrong_chances(world, Manner(questions=asked), known), reveal)
        for asked in combinations(one_by_one(world, known), many)
    )


@pytest.mark.parametrize("known", [frozenset[Field](), frozenset({Field.AUDIENCE, Field.DATE})])
def test_the_best_questions_are_the_best_of_all_sets(known: frozenset[Field]) -> None:
    world = Params()
    for many in (1, 2, 4):
        best = best_questions(world, many, known)
        assert len(set(best)) == many
        mine = expected_versions(
            wrong_chances(world, Manner(questions=best), known), world.specific
        )
        assert mine == pytest.approx(by_brute_force(world, many, known, world.specific))


def test_the_right_questions_depend_on_what_is_known() -> None:
    vague = best_questions(Params(), 4)
    assert set(vague) == set(LEADER.questions)
    told = best_questions(Params(), 4, frozenset({Field.AUDIENCE, Field.DATE, Field.PLAN}))
    assert not {Question.CHAIN, Question.WHICH} & set(told)
    assert {Question.DEEP, Question.YES} < set(told)


@pytest.mark.parametrize("specific", [True, False])
def test_one_by_one_is_nearly_as_good_as_the_best_set(specific: bool) -> None:
    world = Params()
    order = one_by_one(world, specific=specific)
    assert sorted(order) == sorted(Question)
    assert set(order[-2:]) == {Question.PAGES, Question.FINE}
    reveal = reveals(world, Manner(specific=specific))
    for many in (0, 3, 4, 6):
        greedy, best = (
            expected_versions(wrong_chances(world, Manner(questions=asked)), reveal)
            for asked in (order[:many], best_questions(world, many, specific=specific))
        )
        assert best <= greedy + 1e-9
        assert greedy < best + 0.1


def test_there_are_no_thirteen_questions() -> None:
    for many in (-1, 13):
        with pytest.raises(ValueError, match="many: expected 0 to 12"):
            best_questions(Params(), many)
