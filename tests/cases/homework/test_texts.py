"""What is said follows what is so."""

import re
from collections import Counter
from collections.abc import Callable

import pandas as pd
import pytest

from course.cases.case import Case
from course.cases.homework import FIELDS

SEEDS = range(4)


@pytest.fixture(params=SEEDS)
def case(case_of: Callable[[int], Case], request: pytest.FixtureRequest) -> Case:
    return case_of(request.param)


def contains(text: str, value: str) -> bool:
    return value.lower() in text.lower()


def test_what_was_known_was_told_and_nothing_else(case: Case) -> None:
    told = case.tables["requests"].set_index("request_id")["told"]
    for row in case.tables["brief_fields"].itertuples():
        if row.field != "date":
            assert contains(told[row.request_id], row.worked_with) == row.known, row


def test_every_request_says_for_whom_it_is(case: Case) -> None:
    for row in case.tables["requests"].itertuples():
        short = row.customer.split()[0]
        assert short in row.told or row.contact in row.told, row.told


def test_a_contact_is_named_before_anybody_is_he_or_she(case: Case) -> None:
    for row in case.tables["requests"].itertuples():
        pronoun = re.search(r"\b(he|she|his|her|him)\b", row.told, re.IGNORECASE)
        if pronoun:
            assert row.contact in row.told[: pronoun.start()], row.told


def test_specific_feedback_names_what_is_wanted(case: Case) -> None:
    wanted = case.truth["brief_fields"].set_index(["request_id", "field"])["wanted"]
    versions = case.truth["versions"]
    for row in versions[versions["feedback_kind"] == "specific"].itertuples():
        for name in filter(None, row.to_light.split("; ")):
            assert contains(row.feedback, wanted[row.request_id, name]), row.feedback


def test_specific_feedback_often_names_what_was_sent_instead(case: Case) -> None:
    sent = case.truth["brief_fields"].set_index(["request_id", "field"])["worked_with"]
    versions = case.truth["versions"]
    shown = versions[versions["to_light"].str.contains("plan")]
    named = [contains(row.feedback, sent[row.request_id, "plan"]) for row in shown.itertuples()]
    assert 0.4 < sum(named) / len(named) < 0.95


def test_just_change_it_names_nothing(case: Case) -> None:
    versions = case.truth["versions"]
    values = case.truth["brief_fields"].groupby("request_id")["wanted"].agg(list)
    for row in versions[versions["feedback_kind"] == "just change it"].itertuples():
        assert not any(contains(row.feedback, value) for value in values[row.request_id])


def test_our_leaders_do_not_speak_for_the_customer(case: Case) -> None:
    versions = case.truth["versions"]
    inside = versions["reviewer"] == "our leaders"
    back = versions["feedback_kind"].isin(["specific", "just change it"])
    leaders = r"Mr Bo|Ms Qiu|leaders|round|Legal|address|general view|typing|last item|wrong one"
    named = versions.loc[inside & back, "feedback"].str.contains(leaders, case=False)
    assert named.mean() > 0.95
    outside = versions.loc[~inside & back, "feedback"]
    assert not outside.str.contains("Ms Qiu|both leaders").any()


def test_what_was_kept_was_not_told_and_what_nobody_checked_has_no_result(case: Case) -> None:
    claims = case.truth["customer_claims"]
    assert (claims["told_presales"].isna() == (claims["passed_on"] == "not at all")).all()
    assert (claims["check"].notna() == claims["disputed"]).all()
    assert (claims.loc[claims["passed_on"] == "not at all", "hours"] == 0).all()
    assert (claims.loc[claims["disputed"], "hours"] > 0).all()


def test_a_claim_is_passed_on_as_it_was_said(case: Case) -> None:
    claims = case.tables["customer_claims"]
    for row in claims[claims["passed_on"] == "as a claim"].itertuples():
        assert f'"{row.said}"' in row.told_presales


def test_hours_are_promised_in_promises_only(case: Case) -> None:
    log = case.tables["credit_log"]
    promise = log["kind"].isin(["gave hours away", "hours agreed"])
    assert (log["hours_promised"].notna() == promise).all()
    assert (log["before"].isna() == (log["kind"] == "thanked")).all()


def test_no_text_comes_too_often(case: Case) -> None:
    texts: Counter[str] = Counter()
    for table, column in (
        ("requests", "told"),
        ("versions", "feedback"),
        ("customer_claims", "said"),
        ("customer_claims", "told_presales"),
        ("credit_log", "said"),
    ):
        texts.update(case.truth[table][column].dropna())
    assert len(texts) > 1_550
    assert max(texts.values()) <= 8


def test_sentences_are_whole(case: Case) -> None:
    tables = case.tables
    every = pd.concat(
        [
            tables["requests"]["told"],
            tables["versions"]["feedback"],
            tables["customer_claims"]["said"],
            tables["customer_claims"]["told_presales"].dropna(),
            tables["customer_claims"]["check"].dropna(),
            tables["credit_log"]["said"],
        ]
    )
    assert every.str[0].str.contains(r'[A-Z0-9"]').all()
    assert every.str[-1].isin(list('.!?"')).all()
    broken = r"  |\bthe the\b|(?<!\.)\.\.(?!\.)|[{}\[\]|]|\bM[rs] \w+self\b|\w[.!?] [a-z]"
    found = every[every.str.contains(broken)]
    assert found.str.contains("more... more").all(), found.tolist()


def test_seven_fields_of_every_request(case: Case) -> None:
    fields = case.tables["brief_fields"]
    assert fields["field"].tolist() == list(FIELDS) * 300
    assert (fields["right"] == (fields["worked_with"] == fields["wanted"])).all()
    assert fields.loc[fields["known"], "right"].mean() > 0.9
    assert 0.25 < fields.loc[~fields["known"], "right"].mean() < 0.45
