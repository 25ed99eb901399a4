"""The messages: varied, in order, consistent with the deal and with each other."""

import re
from collections.abc import Callable

import pandas as pd
import pytest

from course.cases.case import Case
from course.cases.lead.steps import ORDER

SEEDS = (1, 2, 3)
ANSWERS = ("promise.", "stall.", "evade.", "confirm", "ack", "accept.", "reply.", "boss.reply")

pytestmark = pytest.mark.parametrize("seed", SEEDS)


@pytest.fixture
def chat(case_of: Callable[[int], Case], seed: int) -> pd.DataFrame:
    return case_of(seed).truth["group_messages"]


def test_messages_are_varied(chat: pd.DataFrame) -> None:
    assert chat["text"].nunique() > 3_000
    sentences = {s for text in chat["text"] for s in re.split(r"(?<=[.!?]) +", text)}
    assert len(sentences) > 3_500
    long = chat.loc[(chat["type"] == "text") & (chat["text"].str.len() > 40), "text"]
    assert long.value_counts().max() <= 20, "no sentence is the habit of the whole town"


def test_nobody_repeats_himself_in_a_group(chat: pd.DataFrame) -> None:
    words = chat[chat["type"] == "text"]
    before = words.groupby("deal_id")["text"].shift()
    assert not (words["text"] == before).any()
    long = words[words["text"].str.len() > 30]
    assert not long.duplicated(["deal_id", "text"]).any()


def test_nothing_is_left_unfilled(chat: pd.DataFrame) -> None:
    text = chat["text"]
    assert not text.str.contains(r"[{}|\x00]|  |None|NaT|\bnan\b").any()
    assert not text.str.contains(r"\bon (?:today|tomorrow|yesterday|on)\b|\bthe the\b").any()
    assert (text.str.strip() == text).all()
    assert (text != "").all()
    words = text[chat["type"] == "text"]
    assert not words.str.contains(r"(?:^|[^.][.!?] )(?!v\d)[a-z]").any(), "capitals"


def test_time_runs_forward_in_waking_hours(chat: pd.DataFrame) -> None:
    steps = chat.groupby("deal_id")["sent_at"].diff().dropna()
    assert (steps > pd.Timedelta(0)).all()
    assert chat["sent_at"].dt.hour.between(7, 21).all()
    rest = chat["sent_at"].between("2026-02-16", "2026-02-22 23:59")
    assert not rest.any(), "nobody writes in the week of the Spring Festival"


def test_a_group_begins_with_its_broker_and_ends_with_its_deal(
    case_of: Callable[[int], Case], seed: int, chat: pd.DataFrame
) -> None:
    case = case_of(seed)
    deals = case.truth["deals"].set_index("deal_id")
    first = chat.groupby("deal_id").first()
    assert (first["role"] == "broker").all()
    assert (first["sent_at"].dt.normalize() == deals["introduced_on"]).all()
    ended = case.tables["outcomes"].set_index("deal_id")["ended_on"].dropna()
    last = chat.groupby("deal_id")["sent_at"].max().dt.normalize().reindex(ended.index)
    assert (last <= ended).all()


def test_a_silent_broker_is_silent(
    case_of: Callable[[int], Case], seed: int, chat: pd.DataFrame
) -> None:
    weeks = case_of(seed).truth["weeks"]
    silent = weeks[~weeks["speaks"]]
    assert len(silent) > 200
    broker = chat[chat["role"] == "broker"]
    monday = broker["sent_at"].dt.normalize() - pd.to_timedelta(
        broker["sent_at"].dt.day_of_week, unit="D"
    )
    spoken = set(zip(broker["deal_id"], monday, strict=True))
    assert not spoken & set(zip(silent["deal_id"], silent["monday"], strict=True))


def test_replies_answer_something_earlier_by_somebody_else(chat: pd.DataFrame) -> None:
    by_id = chat.set_index("message_id")
    replies = chat[chat["reply_to"] != ""]
    assert len(replies) > 0.4 * len(chat)
    parents = by_id.loc[replies["reply_to"]].reset_index(drop=True)
    replies = replies.reset_index(drop=True)
    assert (parents["deal_id"] == replies["deal_id"]).all()
    assert (parents["sent_at"] < replies["sent_at"]).all()
    assert (parents["role"] != replies["role"]).all()
    answers = chat["situation"].str.startswith(ANSWERS)
    assert answers.sum() > 300
    assert (chat.loc[answers, "reply_to"] != "").all()


def test_senders_belong_to_the_deal(
    case_of: Callable[[int], Case], seed: int, chat: pd.DataFrame
) -> None:
    deals = case_of(seed).truth["deals"].set_index("deal_id")
    for role, column in (
        ("broker", "broker"),
        ("customer", "customer_contact"),
        ("vendor", "vendor_contact"),
    ):
        own = chat[chat["role"] == role]
        assert (own["sender"] == own["deal_id"].map(deals[column])).all()


def test_steps_are_done_once_in_order_and_paid_deals_are_sealed(
    case_of: Callable[[int], Case], seed: int, chat: pd.DataFrame
) -> None:
    status = case_of(seed).tables["outcomes"].set_index("deal_id")["status"]
    done = chat[chat["situation"].str.startswith("done.")]
    for deal, rows in done.groupby("deal_id"):
        keys = rows["situation"].str.removeprefix("done.")
        order = [ORDER.index(key) for key in keys[keys != keys.shift()]]
        assert order == sorted(set(order)), f"{deal}: {list(keys)}"
        assert ("seal" in set(keys)) == (status[deal] == "paid"), deal
    assert set(status.index[status == "paid"]) <= set(done["deal_id"])


def test_amounts_fit_the_deal(
    case_of: Callable[[int], Case], seed: int, chat: pd.DataFrame
) -> None:
    deals = case_of(seed).truth["deals"].set_index("deal_id")
    value = deals["value"] * 10_000
    fee = value * deals["fee"] / 100
    named = 0
    for row in chat.itertuples():
        for amount in re.findall(r"CNY ([\d,]+)", str(row.text)):
            cny, deal = float(amount.replace(",", "")), str(row.deal_id)
            named += 1
            if str(row.situation).startswith("end."):
                assert cny == pytest.approx(fee[deal], abs=1)
            else:
                assert 0.85 * value[deal] < cny < 1.2 * value[deal]
    assert named > 100


def test_every_style_sounds_like_itself(
    case_of: Callable[[int], Case], seed: int, chat: pd.DataFrame
) -> None:
    style = chat["deal_id"].map(case_of(seed).truth["deals"].set_index("deal_id")["style"])
    for start, own in (
        ("rule.", "rule"),
        ("beg.", "begging"),
        ("silent.", "silent"),
        ("attend.", "attending"),
        ("boss.", "attending"),
    ):
        found = style[chat["situation"].str.startswith(start)]
        assert len(found) > 10
        assert set(found) == {own}
