"""The longest silence: both ends count, open deals are not endings."""

import pandas as pd
import pytest

from course.cases.case import Case
from course.cases.lead import load
from course.cases.lead.silence import BANDS, ENDS, broker_silence, ending_shares


def small(status: str, ended: str | None, *written: str) -> Case:
    day = pd.Timestamp
    messages = [("D1", "broker", day(moment)) for moment in written]
    messages.append(("D1", "customer", day("2026-03-30")))
    return Case(
        tables={
            "deals": pd.DataFrame({"deal_id": ["D1"], "chat_from": [day("2026-03-01")]}),
            "group_messages": pd.DataFrame(messages, columns=["deal_id", "role", "sent_at"]),
            "outcomes": pd.DataFrame(
                {
                    "deal_id": ["D1"],
                    "status": [status],
                    "ended_on": [pd.NaT if ended is None else day(ended)],
                }
            ),
        },
        dictionary=pd.DataFrame(),
        story="",
        truth={},
    )


@pytest.mark.parametrize(
    ("case", "days"),
    [
        (small("paid", "2026-03-20", "2026-03-02", "2026-03-05"), 15),  # after the last
        (small("paid", "2026-03-20", "2026-03-15"), 14),  # before the first
        (small("dead", "2026-03-20"), 19),  # not one word
        (small("open", None, "2026-03-20"), 19),  # until the archive ends
        (small("paid", "2026-03-10", "2026-03-05", "2026-03-25"), 5),  # after the end is no matter
    ],
)
def test_both_ends_count(case: Case, days: int) -> None:
    assert broker_silence(case).loc["D1", "silence"] == days


def test_shares_are_of_ended_deals_only() -> None:
    silence = pd.DataFrame(
        {"silence": [3, 3, 3, 30, 30], "status": ["paid", "dead", "open", "open", None]}
    )
    shares = ending_shares(silence)
    assert shares["deals"].tolist() == [2, 0, 0]
    assert shares.loc["0-13", list(ENDS)].tolist() == [0.5, 0.0, 0.5, 0.0]


@pytest.mark.parametrize("seed", range(4))
def test_every_variant_has_all_deals_and_whole_shares(seed: int) -> None:
    case = load(seed)
    silence = broker_silence(case)
    assert len(silence) == 160
    assert (silence["silence"] >= 0).all()
    shares = ending_shares(silence)
    assert len(shares) == len(BANDS)
    filled = shares[shares["deals"] > 0]
    assert (filled[list(ENDS)].sum(axis=1) - 1).abs().max() < 1e-9
    assert shares["deals"].sum() == silence["status"].isin(ENDS).sum()
