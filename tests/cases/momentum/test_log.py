"""The entries: varied, in order, consistent with the opportunity and with each other."""

import re
from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from course.cases.case import Case
from course.cases.days import is_workday
from course.cases.momentum.log import STAGES
from course.cases.momentum.people import PRESALES

SEEDS = (1, 2, 3)

pytestmark = pytest.mark.parametrize("seed", SEEDS)


@pytest.fixture
def truth(case_of: Callable[[int], Case], seed: int) -> dict[str, pd.DataFrame]:
    return dict(case_of(seed).truth)


@pytest.fixture
def log(truth: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return truth["events"]


def by_deal(truth: dict[str, pd.DataFrame], frame: pd.DataFrame, column: str) -> pd.Series:
    """A column of the opportunities, for every row of another table."""
    return frame["opportunity_id"].map(truth["opportunities"].set_index("opportunity_id")[column])


def test_entries_are_varied(log: pd.DataFrame) -> None:
    assert log["text"].nunique() > 3_500
    sentences = {s for text in log["text"] for s in re.split(r"(?<=[.!?])\s+|\n", text)}
    assert len(sentences) > 5_000
    long = log.loc[log["text"].str.len() > 40, "text"]
    assert long.value_counts().max() <= 15, "no sentence is the habit of the whole firm"


def test_nobody_repeats_anybody_in_an_opportunity(log: pd.DataFrame) -> None:
    long = log[log["text"].str.len() > 25]
    assert not long.duplicated(["opportunity_id", "text"]).any()


def test_nothing_is_left_unfilled(log: pd.DataFrame) -> None:
    text = log["text"]
    assert not text.str.contains(r"[{}|¶\[\]\x00]|  |None|NaT|\bnan\b").any()
    twice = r"\bon (?:today|tomorrow|yesterday|on|next|last)\b|\bthe the\b| [,.]|,,"
    assert not text.str.contains(twice).any()
    assert not text.str.contains(r"\b(?:her|him|their) (?:is|was|were|too)\b").any()
    assert (text.str.strip() == text).all()
    assert not text.str.contains(r"(?:^|[^.][.!?] )(?!v\d)[a-z]").any(), "capitals"


def test_time_runs_forward_on_working_days(log: pd.DataFrame) -> None:
    steps = log.groupby("opportunity_id")["at"].diff().dropna()
    assert (steps > pd.Timedelta(0)).all()
    assert log["at"].dt.hour.between(8, 23).all()
    for column in ("at", "due", "done"):
        days = log[column].dropna().dt.date.unique()
        assert all(is_workday(day.toordinal()) for day in days), column


def test_an_opportunity_begins_with_its_presentation_and_ends_with_it(
    truth: dict[str, pd.DataFrame], log: pd.DataFrame
) -> None:
    deals = truth["opportunities"].set_index("opportunity_id")
    first = log.groupby("opportunity_id").first()
    assert (first["situation"] == "first.minutes").all()
    assert (first["at"].dt.normalize() == deals["presented_on"]).all()
    last = log.groupby("opportunity_id")["at"].max().dt.normalize()
    unsigned = deals["status"] != "signed"
    assert (last[unsigned] == deals.loc[unsigned, "ended_on"]).all()
    assert ((last - deals["ended_on"]).dt.days[~unsigned].between(0, 14)).all()


def test_steps_are_taken_in_order_and_signed_ones_to_the_end(
    truth: dict[str, pd.DataFrame], log: pd.DataFrame
) -> None:
    rank = log["stage"].map({stage: place for place, stage in enumerate(STAGES)})
    assert (rank.groupby(log["opportunity_id"]).diff().dropna() >= 0).all()
    deals = truth["opportunities"].set_index("opportunity_id")
    last = log.groupby("opportunity_id")["stage"].last()
    assert ((last == "signed") == (deals["status"] == "signed")).all()
    told = log[log["situation"].str.startswith(("done.", "heard."))]
    assert (told["situation"].str.split(".").str[1] == told["stage"]).all()
    reached = truth["weeks"].groupby("opportunity_id")["step"].max()
    known = deals["stage"].map({stage: place for place, stage in enumerate(STAGES)})
    # The seller may know less than happened; the last week's step comes on top.
    assert (known <= reached + 1).all()
    assert (known < reached).mean() > 0.02


def test_tasks_are_whole(truth: dict[str, pd.DataFrame], log: pd.DataFrame) -> None:
    task = log["owner"].notna()
    assert (log["assignee"].notna() == task).all()
    assert log.loc[~task, ["due", "done"]].isna().all(axis=None)
    assert (log["due"].notna() | log["done"].notna())[task].all()
    day = log["at"].dt.normalize()
    assert (log["due"] >= day)[task & log["due"].notna()].all(), "one agrees on a day to come"
    sellers = {*truth["opportunities"]["seller"], *PRESALES}
    ours = log["assignee"].isin(sellers)
    assert (ours == (log["owner"] == "seller"))[task].all()
    assert (task & (log["owner"] == "customer")).sum() > 700
    empty = log["due"].notna() & log["done"].isna()
    assert 30 < empty.sum() < 300, "some promises come to nothing"


def test_what_is_promised_for_a_step_is_done_when_the_step_is_taken(log: pd.DataFrame) -> None:
    promised = log[log["situation"].str.startswith("promise.") & log["done"].notna()]
    promised = promised[promised["owner"] == "customer"]
    taken = log[log["situation"].str.startswith("done.")]
    key = [taken["opportunity_id"], taken["stage"]]
    day = taken.groupby(key)["at"].first().dt.normalize()
    names = promised["situation"].str.removeprefix("promise.")
    index = pd.MultiIndex.from_arrays([promised["opportunity_id"], names])
    found = day.reindex(index)
    both = found.notna().to_numpy()
    assert both.sum() > 100
    assert (found[both].to_numpy() == promised["done"][both].to_numpy()).mean() > 0.9


def test_days_that_are_named_are_the_days_that_are_meant(log: pd.DataFrame) -> None:
    # "on Thursday", said with a due date, is that date's weekday.
    weekday = log["text"].str.extract(r"\b(?:on|by|next) (Mon|Tues|Wednes|Thurs|Fri)day\b")[0]
    named = log[weekday.notna() & log["due"].notna() & (log["owner"] == "customer")]
    assert len(named) > 200
    said = weekday[named.index].str[:3]
    assert (said == named["due"].dt.day_name().str[:3]).all()


def test_authors_belong_to_the_opportunity(
    truth: dict[str, pd.DataFrame], log: pd.DataFrame
) -> None:
    people = truth["stakeholders"]
    known = set(zip(people["opportunity_id"], people["name"], strict=True))
    customer = log[log["side"] == "customer"]
    assert set(zip(customer["opportunity_id"], customer["author"], strict=True)) <= known
    seller = log[log["side"] == "seller"]
    own = by_deal(truth, seller, "seller")
    assert (seller["author"] == own).mean() > 0.98
    assert set(seller.loc[seller["author"] != own, "author"]) <= set(PRESALES)


def test_amounts_fit_the_opportunity(truth: dict[str, pd.DataFrame], log: pd.DataFrame) -> None:
    amount = by_deal(truth, log, "amount")
    cny = log["text"].str.extract(r"CNY ([\d,]+)")[0].str.replace(",", "").astype("float")
    wan = log["text"].str.extract(r"([\d.]+)万")[0].astype("float") * 10_000
    million = log["text"].str.extract(r"([\d.]+) million")[0].astype("float") * 1_000_000
    for named in (cny, wan, million):
        assert named.notna().sum() > 8
        assert (named.dropna() == amount[named.notna()]).all()


def test_papers_have_versions_in_order(truth: dict[str, pd.DataFrame]) -> None:
    papers = truth["documents"]
    for _key, own in papers.groupby(["opportunity_id", "kind"]):
        assert own["version"].tolist() == list(range(1, len(own) + 1))
        assert own["saved_on"].is_monotonic_increasing
    first = papers[papers["version"] == 1]
    assert (first["side"] == "seller").all(), "the seller drafts"
    ways = by_deal(truth, papers, "way")
    assert set(ways) == {"materials", "page", "late"}
    edited = papers["side"] == "customer"
    assert set(ways[edited]) == {"page", "late"}
    assert edited.sum() > 300


def test_sellers_know_few_people_where_they_only_wait(
    truth: dict[str, pd.DataFrame], case_of: Callable[[int], Case], seed: int
) -> None:
    people = case_of(seed).tables["stakeholders"]
    assert (people["attitude"].isna() == people["met_on"].isna()).all()
    met = people["met_on"].notna()
    assert met[people["role"].isin(["contact", "boss"])].all()
    others = ~people["role"].isin(["contact", "boss"])
    way = by_deal(truth, people, "way")
    assert met[others & (way == "wait")].mean() < 0.15 < met[others & (way == "page")].mean()
    presented = by_deal(truth, people, "presented_on")
    assert (people["met_on"] >= presented)[met].all()


def test_calendar_of_the_fixture_is_the_cases(log: pd.DataFrame) -> None:
    assert log["at"].min().date() >= date(2025, 1, 6)
    assert log["at"].max().date() <= date(2026, 6, 30)
