"""The case of lesson 02 on the page: what the views say is what the data say."""

import ipywidgets as w
import pandas as pd
import pytest

from course.cases.momentum import load
from course.widgets.momentum.case import (
    gaps,
    show_cohorts,
    show_logs,
    show_pooled,
    signals,
    telling_opportunities,
)
from tests.widgets.test_gate import texts

pytestmark = pytest.mark.usefixtures("_no_leaked_widgets")


@pytest.fixture(scope="module")
def case():
    return load(11)


@pytest.mark.parametrize("seed", range(8))
def test_four_opportunities_were_worked_on_in_four_ways_and_their_order_tells_nothing(
    seed: int,
) -> None:
    case = load(seed)
    names = telling_opportunities(case)
    ways = case.truth["opportunities"].set_index("opportunity_id")["way"]
    assert sorted(ways[name] for name in names) == ["materials", "page", "show", "wait"]
    assert names == sorted(names)


def test_a_log_is_read_before_its_end_is_told(case) -> None:
    view = show_logs(case)
    (choice,) = [child for child in view.children if isinstance(child, w.Dropdown)]
    row = view.children[-1]
    tell, ending = row.children
    deals = case.tables["opportunities"].set_index("opportunity_id")
    words = {"signed": "Signed", "lost": "The money", "no decision": "Nobody"}
    seen = set()
    for _label, name in choice.options:
        choice.value = name
        assert ending.value == ""
        said = texts(view)
        assert deals["seller"][name] in said
        seen.add(said)
        tell.click()
        assert words[deals["status"][name]] in ending.value
    assert len(seen) == 4


def test_only_the_first_eight_weeks_are_shown_and_whose_task_it_is_as_logged(case) -> None:
    view = show_logs(case)
    (choice,) = [child for child in view.children if isinstance(child, w.Dropdown)]
    events = case.tables["events"]
    starts = case.tables["opportunities"].set_index("opportunity_id")["presented_on"]
    notes = 0
    for _label, name in choice.options:
        choice.value = name
        said = texts(view)
        own = events[events["opportunity_id"] == name]
        early = (own["at"] - starts[name]).dt.days < 56
        assert said.count("class='ltd-said") == early.sum() < len(own)
        notes += said.count("<br><i>task, ")
        assert said.count("<br><i>task, ") == own.loc[early, "assignee"].notna().sum()
    assert notes > 5


def test_messages_are_shown_as_text_and_not_as_html(case) -> None:
    spoilt = case.copy()
    spoilt.tables["events"]["text"] = "<script>alert(1)</script>"
    assert "<script>alert" not in texts(show_logs(spoilt))


def test_the_charts_say_their_figures(case) -> None:
    deals = signals(case)
    shares = deals.groupby("happy")["signed"].mean()
    said = texts(show_pooled(case))
    assert f"{shares[True]:.0%} of those with 8 points or more" in said
    view = show_cohorts(case)
    by_quarter = deals.groupby(["cohort", "early"])["signed"].mean()
    said = texts(view)
    assert f"Q3 2025: yes {by_quarter['2025Q3', True]:.0%}" in said
    assert f"an early task {gaps(deals, 'early')[1]:+.0f}" in said
    (picture,) = [child for child in view.children if isinstance(child, w.Image)]
    assert bytes(picture.value).startswith(b"\x89PNG")


def test_a_gap_in_one_pot_and_within_by_hand() -> None:
    rows = [("Q1", True, 1), ("Q1", False, 0), ("Q1", False, 1), ("Q2", True, 1), ("Q2", False, 1)]
    deals = pd.DataFrame(rows, columns=["cohort", "happy", "signed"])
    pot, within = gaps(deals, "happy")
    assert pot == pytest.approx(100 * (1 - 2 / 3))
    assert within == pytest.approx(50 * 3 / 5)


@pytest.mark.parametrize("seed", range(8))
def test_the_trap_is_there_in_every_variant(seed: int) -> None:
    deals = signals(load(seed))
    pot, within = gaps(deals, "happy")
    assert pot > 14
    assert abs(within) < 10
    assert gaps(deals, "early")[1] > 28
