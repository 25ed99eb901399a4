"""Lesson 03 as a learner meets it: predict, play, check, and a first choice of eight weeks."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from course.desk import Server, lay_out, running_course
from tests.lessons.lesson03 import SLUG

pytestmark = pytest.mark.browser

PATH = f"lessons/{SLUG}/{SLUG}.ipynb"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real course in a fresh working folder."""
    folder = tmp_path_factory.mktemp("learner") / "my-course"
    lay_out(folder)
    with running_course(folder, port=18963) as running:
        yield running


@pytest.fixture
def lesson(page: Page, course: Server) -> Page:
    """The lesson, open, with all of its cells run."""
    page.goto(f"{course.address}lab/tree/{PATH}?reset&token={course.token}")
    expect(card(page, "Your prediction")).to_be_visible()
    expect(card(page, "What may you say?")).to_be_attached()
    return page


def card(page: Page, title: str) -> Locator:
    return page.locator(".ltd-card:visible").filter(
        has=page.get_by_role("heading", name=title, exact=True)
    )


def answers(course: Server) -> dict:
    path = course.folder / "lessons" / SLUG / "answers.json"
    return json.loads(path.read_text())["answers"]


def choose(form: Locator, label: str) -> None:
    form.get_by_role("radio", name=label, exact=True).check()


def commit(page: Page) -> Locator:
    """Commit the prediction of somebody who trusts in shouting, unless that was done before."""
    prediction = card(page, "Your prediction")
    button = prediction.get_by_role("button", name="Commit my prediction")
    if button.count():
        choose(prediction, "a small part of what it was")
        choose(prediction, "less: everybody is taken more seriously")
        expect(prediction.get_by_role("status").first).to_contain_text("complete · saved")
        button.click()
    expect(prediction).to_contain_text("Committed.")
    return prediction


def test_a_prediction_opens_the_desk_and_is_compared_afterwards(
    lesson: Page, course: Server
) -> None:
    expect(lesson.locator(".ltd-sim-title:visible")).to_have_count(0)
    prediction = commit(lesson)
    expect(lesson.locator(".ltd-sim-title:visible")).to_have_text("The expert's desk")
    prediction.get_by_role("button", name="Compare with what happened").click()
    expect(prediction).to_contain_text("served at once")
    expect(prediction).to_contain_text("Her hours have not grown.")
    kept = answers(course)["predict_shout"]["value"]
    assert kept == {"one": "fraction", "all": "shorter"}


def test_shouting_changes_the_words_beside_the_desk(lesson: Page) -> None:
    commit(lesson)
    lesson.locator("label:visible", has_text="Shout that it is urgent").click()
    expect(lesson.get_by_text("URGENT!!!").locator("visible=true").first).to_be_visible()


def test_ones_own_words_are_answered_with_reasons(lesson: Page, course: Server) -> None:
    form = card(lesson, "Request, minutes, thanks")
    why = form.get_by_role("textbox").first
    why.fill("because it is really urgent for us all")
    why.press("Tab")
    form.get_by_role("button", name="Check").click()
    expect(form).to_contain_text("still empty")
    for label in (
        "Could you change the Jiangjin drawing for Bishan's three floors? Two pages, about three "
        "hours, by Wednesday 18:00.",
        "nobody",
        "The drawing was presented and well received; some additional wishes could be met on the "
        "spot.",
        "Bill of materials and fire doors to follow soon.",
        "Please do it for me, you know I'd do the same for you; I'll owe you one.",
    ):
        choose(form, label)
    deed = form.get_by_role("textbox").last
    deed.fill("you redrew floor 3 while they were watching")
    deed.press("Tab")
    expect(form.get_by_role("status").first).to_contain_text("complete · saved")
    form.get_by_role("button", name="Check").click()
    expect(form).to_contain_text("you answered “because it is really urgent for us all”.")
    expect(form).to_contain_text("Whoever was not there can see it.")
    assert answers(course)["compose"]["value"]["copied"] == "none"


def test_the_first_choice_of_the_eight_weeks_is_answered_and_kept(
    lesson: Page, course: Server
) -> None:
    play = lesson.locator(".ltd-rp:visible")
    play.scroll_into_view_if_needed()
    first = play.locator(".ltd-rp-choice").first
    expect(first).to_be_visible()
    said = play.locator(".ltd-rp-log > *").count()
    first.focus()
    lesson.keyboard.press("1")
    lesson.wait_for_function(
        "said => document.querySelectorAll('.ltd-rp-log > *').length > said", arg=said
    )
    lesson.reload()
    log = lesson.locator(".ltd-rp:visible .ltd-rp-log > *")
    expect(log.nth(said)).to_be_attached()
    assert "roleplay_expert" in answers(course)
