"""Lesson 02 and its plan as a learner meets them: predict, play, read, rehearse, write, plan."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from course.desk import Server, lay_out, running_course
from tests.browser.steps import card, commit, open_lesson, tab_to
from tests.lessons.lesson02 import LESSON, RIGHT, SLUG

pytestmark = pytest.mark.browser

FORMS = json.loads((LESSON / "forms.json").read_text())["graded"]
(PLAN,) = (form for form in FORMS if form["id"] == "action_plan")
COLUMNS = {"step": "what happens", "owner": "whose task it is"}
LABELS = {
    column: {option["id"]: option["label"] for option in PLAN[f"{column}s"]} for column in COLUMNS
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real course in a fresh working folder."""
    folder = tmp_path_factory.mktemp("learner") / "my-course"
    lay_out(folder)
    with running_course(folder, port=18990) as running:
        yield running


@pytest.fixture
def start_page(page: Page, course: Server) -> Page:
    page.goto(f"{course.address}lab/tree/START.md?reset&token={course.token}")
    expect(page.get_by_role("heading", name="Lead the Deal", exact=True)).to_be_visible()
    return page


def sidecar(course: Server, kind: str) -> dict:
    return json.loads((course.folder / kind / SLUG / "answers.json").read_text())["answers"]


def test_predictions_open_the_engine_and_it_can_be_started(
    start_page: Page, course: Server
) -> None:
    page = start_page
    number = open_lesson(page, SLUG, "How many sign by themselves?")
    expect(page.get_by_role("button", name=re.compile("Pull the cord"))).to_have_count(0)
    field = number.get_by_role("textbox")
    field.focus()
    page.keyboard.type("40")
    expect(number.get_by_role("status").first).to_contain_text("complete · saved")
    tab_to(page, number.get_by_role("button", name="Commit my prediction"))
    page.keyboard.press("Enter")
    expect(number).to_contain_text("Committed.")
    page.keyboard.press("Enter")  # the same button now compares
    expect(number).to_contain_text("satisfaction taken for momentum")

    commit(page, card(page, "Your lever"), 3)
    pull = page.get_by_role("button", name=re.compile("Pull the cord")).first
    expect(pull).to_be_visible()
    pull.press("Enter")
    expect(page.get_by_text(re.compile("Week [1-9][0-9]? of 26")).first).to_be_visible()
    assert sidecar(course, "lessons")["predict_lever"]["value"] == "edit"


def test_the_trap_opens_by_quarters_once_one_has_said_what_one_expects(start_page: Page) -> None:
    page = start_page
    open_lesson(page, SLUG, "How many sign by themselves?")
    expect(page.locator(".ltd-cohorts:visible")).to_have_count(0)
    commit(page, card(page, "Two customers of the same quarter"), 0)
    expect(page.locator(".ltd-cohorts:visible")).to_contain_text("within the quarters, on average")
    logs = page.locator(".ltd-logs:visible")
    logs.get_by_role("button", name="How did it end?").press("Enter")
    expect(logs.get_by_role("status")).to_contain_text(re.compile("Signed|money|Nobody"))


def test_a_brief_is_checked_and_the_meeting_answers_a_first_choice(
    start_page: Page, course: Server
) -> None:
    page = start_page
    open_lesson(page, SLUG, "How many sign by themselves?")
    brief = card(page, "Three lines for VP Kong")
    written = (
        "Please put it on Tuesday's list.",
        "The application is written, two pages.",
        "What do you think of it?",
    )
    for place, line in enumerate(written):
        brief.get_by_role("textbox").nth(place).fill(line)
    tab_to(page, brief.get_by_role("button", name="Check"))
    page.keyboard.press("Enter")
    expect(brief).to_contain_text("you answered “What do you think of it?” To")
    expect(brief).to_contain_text("an open question at the end")

    play = page.locator(".ltd-rp:visible")
    play.scroll_into_view_if_needed()
    said = play.locator(".ltd-rp-log > *")
    expect(play.locator(".ltd-rp-choice").first).to_be_visible()
    before = said.count()
    play.locator(".ltd-rp-choice").first.focus()
    page.keyboard.press("1")
    expect(said.nth(before)).to_be_visible()
    assert "roleplay_meeting" in sidecar(course, "lessons")


def test_a_plan_of_dated_steps_is_filled_in_and_kept(start_page: Page, course: Server) -> None:
    page = start_page
    page.locator(f"a[href*='{SLUG}/homework.ipynb']").first.click()
    plan = card(page, "A plan that both sides work on")
    expect(plan).to_be_visible()
    for line, cells in list(RIGHT["action_plan"].items())[:6]:
        number = line.removeprefix("l")
        for column in ("step", "owner"):
            field = plan.get_by_label(f"Line {number}, {COLUMNS[column]}", exact=True)
            field.select_option(label=LABELS[column][cells[column]])
        plan.get_by_label(f"Line {number}, by", exact=True).fill(cells["by"])
    expect(plan.get_by_role("status").first).to_contain_text("complete · saved")
    kept = sidecar(course, "homework")["action_plan"]["value"]
    assert kept == dict(list(RIGHT["action_plan"].items())[:6])
