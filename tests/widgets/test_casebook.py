"""What the pages of all cases share: nothing a case holds is taken for HTML."""

from datetime import datetime

import ipywidgets as w
import pandas as pd
import pytest

from course.cases.case import Case
from course.widgets.casebook import Said, dialogue, show_dictionary, show_story
from tests.widgets.test_gate import texts

pytestmark = pytest.mark.usefixtures("_no_leaked_widgets")

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def case() -> Case:
    moment = pd.Timestamp("2026-03-02")
    return Case(
        tables={
            "deals": pd.DataFrame(
                {"sum": [1_250_000], "day": [moment], "at": [moment + pd.Timedelta(hours=9)]}
            ),
            "notes": pd.DataFrame({"text": [HOSTILE, None]}),
        },
        dictionary=pd.DataFrame(
            [("deals", "sum", "CNY", "what it costs"), ("notes", "text", "", "what was said")],
            columns=["table", "column", "unit", "meaning"],
        ),
        story=f"**Simulated** {HOSTILE}",
        truth={},
    )


def test_a_day_is_said_once_and_text_stays_text() -> None:
    first = datetime(2026, 3, 2, 9, 5)
    said = dialogue(
        [
            Said(first, "Ms Lin", "One\ntwo"),
            Said(first.replace(hour=17), HOSTILE, HOSTILE, own=True, note=HOSTILE),
            Said(first.replace(day=3), "Ms Lin", "Three"),
        ]
    )
    assert said.count("ltd-day") == 2
    assert "Mon 2 Mar" in said
    assert "One<br>two" in said
    assert said.count("ltd-own") == 1
    assert "<script>" not in said


def test_the_story_is_markdown_and_no_html(case: Case) -> None:
    said = texts(show_story(case))
    assert "<strong>Simulated</strong>" in said
    assert "<script>" not in said


def test_the_dictionary_shows_one_table_at_a_time_with_its_first_rows(case: Case) -> None:
    view = show_dictionary(case)
    said = texts(view)
    assert "what it costs" in said
    assert "what was said" not in said
    assert "<td>1,250,000</td><td>2026-03-02</td><td>2026-03-02 09:00:00</td>" in said
    (choice,) = [child for child in view.children if isinstance(child, w.Dropdown)]
    choice.value = "notes"
    said = texts(view)
    assert "what was said" in said
    assert "<script>" not in said
    assert "<td></td>" in said  # what is missing is left empty
