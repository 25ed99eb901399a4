"""Briefs drawn one by one, against the exact law; hours conserved; equal luck."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from course.models.homework import (
    LEADER,
    MUDDLER,
    PLAIN,
    Briefs,
    Field,
    Manner,
    Params,
    Question,
    best_questions,
    expected_versions,
    one_by_one,
    reveals,
    simulate_briefs,
    versions_cdf,
    wrong_chances,
)

MANNERS = (PLAIN, MUDDLER, LEADER, Manner(questions=tuple(Question)), Manner(specific=True))


def hand_over(
    manner: Manner = PLAIN,
    params: Params | None = None,
    *,
    n: int = 2000,
    seed: int = 3,
    known: tuple[Field, ...] = (),
) -> Briefs:
    rng = np.random.default_rng(seed)
    return simulate_briefs(params or Params(), manner, n=n, rng=rng, known=known)


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("known", [(), (Field.DATE, Field.CONCERN)])
def test_versions_follow_their_law(manner: Manner, known: tuple[Field, ...]) -> None:
    world, n = Params(), 40_000
    briefs = hand_over(manner, n=n, known=known)
    chances, reveal = wrong_chances(world, manner, known), reveals(world, manner)
    error = briefs.versions.std() / n**0.5
    assert abs(briefs.versions.mean() - expected_versions(chances, reveal)) < 4 * error
    still_open = 1 - versions_cdf(chances, reveal, 10)
    assert np.abs(briefs.open_after(10) - still_open).max() < 4 * 0.5 / n**0.5
    assert briefs.wrong.mean(axis=0) == pytest.approx(chances.mean(axis=0), abs=0.01)


@pytest.mark.parametrize("manner", MANNERS)
def test_no_guess_wrong_one_version(manner: Manner) -> None:
    briefs = hand_over(manner, Params(wrong=0))
    assert (briefs.versions == 1).all()
    assert (briefs.presales_hours == Params().draft_hours).all()


@pytest.mark.parametrize("manner", MANNERS)
def test_reviews_that_see_everything_leave_two_versions_at_most(manner: Manner) -> None:
    briefs = hand_over(manner, Params(blind=1, specific=1))
    assert np.array_equal(briefs.versions, 1 + briefs.wrong.any(axis=1))


@pytest.mark.parametrize("manner", MANNERS)
def test_hours_are_conserved(manner: Manner) -> None:
    world = Params()
    briefs = hand_over(manner)
    rework = world.draft_hours * world.round_share
    # Version by version: everybody makes the first, and the next while something is wrong.
    further = sum((briefs.versions > v).sum() for v in range(1, briefs.versions.max()))
    total = briefs.versions.size * world.draft_hours + further * rework
    assert briefs.presales_hours.sum() == pytest.approx(total)
    assert briefs.cost == pytest.approx(
        briefs.presales_hours + briefs.seller_hours + briefs.annoyance
    )
    assert np.array_equal(briefs.found > 0, briefs.wrong)
    assert np.array_equal(briefs.versions, 1 + briefs.found.max(axis=1))
    assert not (briefs.wrong & briefs.clear).any()
    assert np.array_equal(briefs.late, briefs.days > world.deadline)


def test_a_brief_by_hand() -> None:
    world = Params(
        draft_hours=10,
        round_share=0.5,
        review_hours=1,
        press_hours=2,
        ask_hours=0.5,
        annoy=3,
        patience=2,
        patience_spread=0,
        version_days=2,
        deadline=4,
    )
    briefs = hand_over(Manner(questions=tuple(Question)[:5], specific=True), world)
    more = briefs.versions - 1
    assert briefs.presales_hours == pytest.approx(10 + 5 * more)
    assert briefs.seller_hours == pytest.approx(2.5 + 3 * (1 + more))
    assert (briefs.annoyance == 9).all()
    assert briefs.days == pytest.approx(1.25 + 2 * more)
    assert np.array_equal(briefs.late, more >= 2)


def test_equal_seeds_meet_the_same_customers_and_guesses() -> None:
    first = hand_over(MUDDLER)
    for manner in MANNERS:
        other = hand_over(manner)
        assert np.array_equal(first.patience, other.patience)
        unclear = ~other.clear & ~first.clear
        assert np.array_equal(first.wrong[unclear], other.wrong[unclear])
    assert np.array_equal(first.cost, hand_over(MUDDLER).cost)
    assert not np.array_equal(first.versions, hand_over(MUDDLER, seed=4).versions)


def test_one_more_question_never_makes_a_brief_worse() -> None:
    for order in (one_by_one(Params()), tuple(Question)):
        versions = [hand_over(Manner(questions=order[:k])).versions for k in range(13)]
        assert (np.diff(versions, axis=0) <= 0).all()


@pytest.mark.parametrize("name", ["clear", "blind", "specific", "careless"])
def test_clearer_answers_and_sharper_reviews_never_make_a_brief_worse(name: str) -> None:
    manner = Manner(questions=tuple(Question), specific=name == "specific")
    versions = [
        hand_over(manner, Params(**{name: level})).versions  # type: ignore[arg-type]
        for level in (0.1, 0.4, 0.7, 1.0)
    ]
    assert (np.diff(versions, axis=0) <= 0).all()
    assert versions[0].mean() > versions[-1].mean()


def test_more_guesses_wrong_never_help() -> None:
    versions = [hand_over(PLAIN, Params(wrong=q)).versions for q in (0.0, 0.3, 0.6, 1.0)]
    assert (np.diff(versions, axis=0) >= 0).all()


def test_questions_about_nothing_only_tire() -> None:
    nothing = Manner(questions=(Question.PAGES, Question.FINE))
    idle, asked = hand_over(Manner()), hand_over(nothing)
    assert np.array_equal(idle.versions, asked.versions)
    assert (asked.cost > idle.cost).all()
    # … and what is asked after them may come too late.
    short = Params(patience=2, patience_spread=0)
    first = best_questions(short, 2)
    late = hand_over(Manner(questions=(*nothing.questions, *first)), short)
    assert late.versions.mean() > hand_over(Manner(questions=first), short).versions.mean()


def test_patience_is_even() -> None:
    patience = hand_over(n=20_000).patience
    assert np.bincount(patience, minlength=9)[4:] / 20_000 == pytest.approx(0.2, abs=0.02)
    assert patience.min() == 4


def test_one_brief_at_least() -> None:
    with pytest.raises(ValueError, match="n: expected at least 1 brief, got 0"):
        hand_over(n=0)


@pytest.mark.parametrize(
    ("kwargs", "message"),
    [
        ({"questions": ("which", "why")}, r"questions: expected some of .* got \['why'\]"),
        ({"questions": ("which", "which")}, "questions: expected each once"),
        ({"signals": "panic"}, "signals: expected one of .* got 'panic'"),
    ],
)
def test_manners_that_cannot_be_are_refused(kwargs: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Manner(**kwargs)


def test_manners_accept_names() -> None:
    manner = Manner(questions=["which", "when"], signals="verify")  # type: ignore[arg-type]
    assert manner == replace(
        LEADER, questions=PLAIN.questions, specific=False, view=False, credit=False
    )


@pytest.mark.parametrize(
    ("kwargs", "message"),
    [
        ({"wrong": 1.5}, "wrong: expected 0 to 1, got 1.5"),
        ({"blind": 0}, "blind: expected 0.02 to 1, got 0"),
        ({"alarm": float("nan")}, "alarm: expected 0 to 1000, got nan"),
        ({"miss": "much"}, "miss: expected a number, got 'much'"),
        ({"people": 1.5}, "people: expected a whole number"),
        ({"people": True}, "people: expected a whole number"),
        ({"patience": 1}, r"patience_spread: expected at most patience \(1\), got 2"),
    ],
)
def test_worlds_that_cannot_be_are_refused(kwargs: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Params(**kwargs)
