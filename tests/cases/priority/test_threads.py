"""What was said: varied, in order, in character, and true to what became of the ticket."""

import re
from collections.abc import Callable

import pandas as pd
import pytest

from course.cases.case import Case
from course.cases.days import is_workday

SEEDS = (1, 2, 3)
TOLD = ["background", "reviewers", "dates", "why"]

pytestmark = pytest.mark.parametrize("seed", SEEDS)


@pytest.fixture
def truth(case_of: Callable[[int], Case], seed: int) -> dict[str, pd.DataFrame]:
    return dict(case_of(seed).truth)


@pytest.fixture
def comms(truth: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return truth["comms"]


def of_ticket(truth: dict[str, pd.DataFrame], column: str) -> pd.Series:
    """A column of the tickets, for every message."""
    tickets = truth["tickets"].set_index("ticket_id")[column]
    return truth["comms"]["ticket_id"].map(tickets)


def test_messages_are_varied(comms: pd.DataFrame) -> None:
    assert comms["text"].nunique() > 2_700
    sentences = {s for text in comms["text"] for s in re.split(r"(?<=[.!?])\s+|\n", text)}
    assert len(sentences) > 5_200
    long = comms.loc[comms["text"].str.len() > 60, "text"].value_counts()
    assert long.iloc[0] <= 16


def test_nothing_is_left_unfilled_or_badly_joined(comms: pd.DataFrame) -> None:
    text = comms["text"]
    joins = r"\b(?:a a|the the|on on|on tomorrow|on next|by by|is are) "
    for flaw in (r"[{}\[\]|¶]", "  ", " ,", r" \.(?!\.)", "'s's", joins):
        assert not text.str.contains(flaw).any(), flaw
    assert not text.str.contains(r"[.!?] [a-z]{3,}").any()
    assert (text.str.strip() == text).all()


def test_a_thread_begins_with_its_request_at_the_minute_of_the_ticket(
    truth: dict[str, pd.DataFrame],
) -> None:
    first = truth["comms"].drop_duplicates("ticket_id").set_index("ticket_id")
    tickets = truth["tickets"].set_index("ticket_id")
    assert set(first.index) == set(tickets.index)
    assert (first["situation"] == "request").all()
    assert (first["at"] == tickets["opened_at"].reindex(first.index)).all()
    assert (first["channel"] == tickets["channel"].reindex(first.index)).all()
    assert (truth["comms"]["situation"] == "request").sum() == len(tickets)


def test_experts_and_leaders_speak_on_working_days_only(
    truth: dict[str, pd.DataFrame],
) -> None:
    comms, requesters = truth["comms"], set(truth["requesters"]["name"])
    replies = comms[~comms["sender"].isin(requesters)]
    assert replies["at"].map(lambda at: is_workday(at.toordinal())).all()
    assert replies["at"].dt.hour.between(8, 20).all()


def test_the_hand_over_is_said_when_it_is_done(truth: dict[str, pd.DataFrame]) -> None:
    comms = truth["comms"]
    done = comms[comms["situation"] == "done"].set_index("ticket_id")["at"].dt.normalize()
    first = truth["tickets"].set_index("ticket_id")["first_done"].dropna()
    assert set(done.index) <= set(first.index)
    assert len(done) >= len(first) - 2  # what was handed over on the last evening was not said
    late = (done - first.reindex(done.index)).dt.days
    assert late.between(0, 9).all()  # over a long holiday
    assert (late == 0).mean() > 0.9


def test_what_was_not_told_is_asked_about_and_nothing_else(
    truth: dict[str, pd.DataFrame],
) -> None:
    comms = truth["comms"]
    for name in TOLD:
        asked = comms["situation"] == f"back.{name}"
        assert asked.sum() > 20
        assert not of_ticket(truth, name)[asked].any()


def test_requests_hold_what_the_ticket_says_they_hold(truth: dict[str, pd.DataFrame]) -> None:
    comms = truth["comms"]
    requests = comms[comms["situation"] == "request"]
    length = requests["text"].str.len()
    own = requests["ticket_id"].map(truth["tickets"].set_index("ticket_id")[TOLD].sum(axis=1))
    means = length.groupby(own).mean()
    assert means.is_monotonic_increasing
    why = of_ticket(truth, "why")[requests.index]
    assert requests.loc[why, "text"].str.contains(r"\d").all()


def test_only_those_who_shout_are_loud_and_only_from_their_day(
    truth: dict[str, pd.DataFrame],
) -> None:
    comms = truth["comms"]
    loud = comms[comms["tone"] == "loud"]
    assert set(loud["sender"].str.split().str[0]) == {"Rex", "Dora"}
    dora = loud[loud["sender"].str.startswith("Dora")]
    assert dora["at"].min() >= pd.Timestamp("2025-07-01")
    assert len(loud) > 100


def test_leaders_are_in_copy_of_those_who_record(truth: dict[str, pd.DataFrame]) -> None:
    comms = truth["comms"]
    requests = comms[comms["situation"] == "request"]
    copied = requests[requests["cc"].notna()]
    assert set(copied["sender"].str.split().str[0]) == {"Iris", "Sam"}
    leaders = truth["experts"].set_index("name")["leader"]
    assert (copied["cc"] == copied["receiver"].map(leaders)).all()
    sam = copied[copied["sender"].str.startswith("Sam")]
    assert sam["at"].min() >= pd.Timestamp("2025-07-01")


def test_praise_is_said_after_the_hand_over(truth: dict[str, pd.DataFrame]) -> None:
    done = truth["tickets"].set_index("ticket_id")["first_done"]
    praise = truth["recognition"]
    days = (praise["on"] - praise["ticket_id"].map(done)).dt.days
    assert days.between(0, 10).all()
    said = set(truth["comms"]["text"])
    assert set(praise["text"]) <= said


def test_a_ticket_that_came_back_was_spoken_of(truth: dict[str, pd.DataFrame]) -> None:
    comms, tickets = truth["comms"], truth["tickets"]
    back = set(tickets.loc[tickets["reopened_on"].notna(), "ticket_id"])
    assert set(comms.loc[comms["situation"].str.startswith("reopen."), "ticket_id"]) == back
    assert set(comms.loc[comms["situation"] == "again", "ticket_id"]) == back
