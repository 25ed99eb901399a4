"""What a learner is to find, over a dozen variants; and the trap, which changes the answer."""

from collections.abc import Callable

import pandas as pd
import pytest

from course.cases.case import Case
from course.cases.lead import dirt

SEEDS = range(12)
SNAPSHOT = pd.Timestamp("2026-06-28")

pytestmark = pytest.mark.parametrize("seed", SEEDS)


@pytest.fixture
def deals(case_of: Callable[[int], Case], seed: int) -> pd.DataFrame:
    """One row per deal: status and longest silence of the broker, days, from the dirty tables."""
    tables = case_of(seed).tables
    frame = tables["deals"].merge(dirt.with_bypasses(tables["outcomes"]), on="deal_id")
    frame = frame.set_index("deal_id")
    chat = dirt.without_second_exports(tables["group_messages"])
    spoken = chat[chat["role"] == "broker"]
    marks = pd.concat(
        [
            spoken.set_index("deal_id")["sent_at"].dt.normalize(),
            frame["chat_from"],
            frame["ended_on"].fillna(SNAPSHOT),
        ]
    ).sort_values()
    frame["silence"] = marks.groupby(level=0).agg(lambda days: days.diff().max().days)
    frame["lost"] = frame["status"].isin(["bypassed", "dead"])
    frame["ended"] = frame["status"] != "open"
    return frame


def test_long_silences_go_with_lost_deals(deals: pd.DataFrame) -> None:
    ended = deals[deals["ended"]]
    short, long = ended[ended["silence"] < 14], ended[ended["silence"] >= 21]
    assert len(short) > 30
    assert len(long) > 15
    assert long["lost"].mean() > short["lost"].mean() + 0.25
    paid = ended["status"] == "paid"
    assert ended.loc[ended["lost"], "silence"].median() > ended.loc[paid, "silence"].median() + 2


def test_counting_open_as_lost_changes_the_answer(deals: pd.DataFrame) -> None:
    deals["naive"] = deals["lost"] | ~deals["ended"]
    short, long = deals[deals["silence"] < 14], deals[deals["silence"] >= 21]
    right = short.loc[short["ended"], "lost"].mean()
    assert right < 0.4 < short["naive"].mean(), "well-led deals seem lost one time in two"
    assert short["naive"].mean() > 1.5 * right
    assert short["naive"].sum() > long["naive"].sum(), "most losses seem to be well-led deals"


def test_the_weekly_rule_seems_worthless_if_open_is_lost(deals: pd.DataFrame) -> None:
    after = deals["introduced_on"] >= "2026-04-01"
    paid, ended = deals["status"] == "paid", deals["ended"]
    right = paid[after & ended].mean() - paid[~after & ended].mean()
    naive = paid[after].mean() - paid[~after].mean()
    assert naive < right
    assert ended[~after].mean() > ended[after].mean() + 0.1, "young deals are the open ones"
    lost = deals["lost"]
    assert lost[after & ended].mean() < lost[~after & ended].mean() - 0.15


def test_some_open_deals_are_paid_later(
    case_of: Callable[[int], Case], seed: int, deals: pd.DataFrame
) -> None:
    later = case_of(seed).truth["outcomes"].set_index("deal_id")["status"]
    assert (later[~deals["ended"]] == "paid").mean() > 0.1


def test_every_way_to_end_occurs(deals: pd.DataFrame) -> None:
    counts = deals["status"].value_counts()
    assert counts.reindex(["paid", "bypassed", "dead", "dropped", "open"]).min() >= 7
    assert (deals["style"].value_counts() >= 6).all()
