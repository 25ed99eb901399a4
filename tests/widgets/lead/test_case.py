"""The case on the page, and the first-fee view: what they say is what the data and model say."""

import ipywidgets as w
import pytest

from course.cases.lead import load
from course.cases.lead.silence import broker_silence, ending_shares
from course.models.lead.first_case import FirstCase, best_share
from course.widgets.lead.case import show_chart, show_chats, show_story, telling_deals
from course.widgets.lead.first_case import FirstCaseView, say_first_case, show_first_case
from course.widgets.page import close
from tests.widgets.test_gate import texts

pytestmark = pytest.mark.usefixtures("_no_leaked_widgets")


@pytest.fixture(scope="module")
def case():
    return load(11)


def test_the_story_says_that_it_is_simulated(case) -> None:
    said = texts(show_story(case))
    assert "Heyi Introductions" in said
    assert "simulated" in said


def test_four_groups_led_in_four_ways_can_be_read(case) -> None:
    deals = telling_deals(case)
    styles = case.tables["deals"].drop_duplicates("deal_id").set_index("deal_id")["style"]
    assert sorted(styles[deal] for deal in deals) == ["attending", "begging", "rule", "silent"]
    view = show_chats(case)
    (choice,) = [child for child in view.children if isinstance(child, w.Dropdown)]
    first = texts(view)
    choice.value = deals[-1]
    assert texts(view) != first
    messages = case.tables["group_messages"]
    sender = messages[messages["deal_id"] == deals[-1]]["sender"].iloc[0]
    assert sender in texts(view)


def test_messages_are_shown_as_text_and_not_as_html(case) -> None:
    spoilt = case.copy()
    spoilt.tables["group_messages"]["text"] = "<script>alert(1)</script>"
    assert "<script>alert" not in texts(show_chats(spoilt))


def test_the_chart_says_its_figures(case) -> None:
    shares = ending_shares(broker_silence(case))
    view = show_chart(case)
    assert f"{shares['paid'].iloc[0]:.0%} paid" in texts(view)
    (picture,) = [child for child in view.children if isinstance(child, w.Image)]
    assert bytes(picture.value).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("prospects", "words"),
    [
        (FirstCase(cases=1), "the usual fee is best"),
        (FirstCase(cases=40), "asking nothing is best"),
    ],
)
def test_the_first_fee_is_said_as_the_model_has_it(prospects: FirstCase, words: str) -> None:
    assert words in say_first_case(prospects)


def test_a_fee_in_between_is_named(capsys) -> None:
    between = next(
        prospects
        for cases in range(2, 20)
        if 0.05 < best_share(prospects := FirstCase(cases=cases, learning=6.0)) < 0.95
    )
    assert f"{100 * best_share(between):.0f} %" in say_first_case(between)


def test_moving_a_slider_changes_the_sentence() -> None:
    view = FirstCaseView()
    before = view.said.value
    view.cases.input.value = 1
    assert view.said.value != before
    assert "the usual fee is best" in view.said.value
    close(view.widget)
    assert show_first_case() is not None
