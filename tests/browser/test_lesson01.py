"""Lesson 01 and its homework as a learner meets them: opened by a click, answered by keyboard."""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from course.desk import Server, lay_out, running_course
from tests.browser import steps
from tests.browser.steps import card, commit, tab_to
from tests.lessons.lesson01 import RIGHT_SORT, SLUG

pytestmark = pytest.mark.browser

CLASSES = ["leading", "begging", "drifting", "bossing"]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real course in a fresh working folder."""
    folder = tmp_path_factory.mktemp("learner") / "my-course"
    lay_out(folder)
    with running_course(folder, port=18988) as running:
        yield running


@pytest.fixture
def start_page(page: Page, course: Server) -> Page:
    page.goto(f"{course.address}lab/tree/START.md?reset&token={course.token}")
    expect(page.get_by_role("heading", name="Lead the Deal", exact=True)).to_be_visible()
    return page


def open_lesson(page: Page) -> Locator:
    return steps.open_lesson(page, SLUG, "Your prediction")


def open_homework(page: Page) -> Locator:
    page.locator(f"a[href*='{SLUG}/homework.ipynb']").first.click()
    messages = card(page, "Twelve messages")
    expect(messages).to_be_visible()
    return messages


def sidecar(course: Server, kind: str) -> dict:
    return json.loads((course.folder / kind / SLUG / "answers.json").read_text())


def commit_prediction(page: Page, prediction: Locator) -> None:
    commit(page, prediction, 3)


def test_a_prediction_by_keyboard_opens_the_simulator_and_survives_a_reload(
    start_page: Page, course: Server
) -> None:
    page = start_page
    prediction = open_lesson(page)
    expect(page.locator(".ltd-sim-title:visible")).to_have_count(0)
    commit_prediction(page, prediction)
    expect(page.locator(".ltd-sim-title:visible")).to_have_text("Who leads the deal?")
    expect(prediction.get_by_role("button", name="Compare with what happened")).to_be_focused()
    page.keyboard.press("Enter")
    expect(prediction.locator(".ltd-good")).to_contain_text("Right.")
    assert sidecar(course, "lessons")["answers"]["predict_paid"]["value"] == "weekly"

    page.reload()
    again = card(page, "Your prediction").get_by_role("radio")
    expect(again.nth(3)).to_be_checked()
    expect(again.first).to_be_disabled()
    expect(page.locator(".ltd-sim-title:visible")).to_have_text("Who leads the deal?")


def test_moving_a_control_shows_another_picture_and_other_words(start_page: Page) -> None:
    page = start_page
    commit_prediction(page, open_lesson(page))
    curves = page.locator(".bqplot path:visible")
    expect(curves.first).to_be_visible()
    before = curves.evaluate_all("paths => paths.map(path => path.getAttribute('d')).join()")
    page.locator(".ltd-sim-slider .noUi-handle:visible").first.focus()
    for _step in range(4):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_text(re.compile("You moved your fee from")).first).to_be_visible()
    page.wait_for_function(
        "before => [...document.querySelectorAll('.bqplot path')]"
        ".filter(path => path.checkVisibility())"
        ".map(path => path.getAttribute('d')).join() !== before",
        arg=before,
    )


def play_to_the_end(page: Page, choice: str) -> str:
    """Play the role-play by number keys, always taking ``choice``; return the ending's title."""
    play = page.locator(".ltd-rp:visible")
    title = play.locator(".ltd-rp-reveal h4")
    for _turn in range(12):
        ready = play.locator(".ltd-rp-choice, .ltd-rp-skip, .ltd-rp-reveal h4").first
        expect(ready).to_be_visible()
        if title.count():
            break
        skip = play.locator(".ltd-rp-skip")
        if skip.count():
            skip.press("Enter")
            continue
        made = play.locator(".ltd-rp-steps").get_attribute("aria-label")
        said = play.locator(".ltd-rp-log > *").count()
        choices = play.locator(".ltd-rp-choice")
        choices.first.focus()
        wanted = play.locator(f".ltd-rp-choice.ltd-rp-{choice}")
        key = wanted.first.locator("kbd").inner_text() if wanted.count() else "1"
        page.keyboard.press(key)
        page.wait_for_function(
            "([made, said]) => {"
            " const weeks = document.querySelector('.ltd-rp-steps').getAttribute('aria-label');"
            " const log = document.querySelectorAll('.ltd-rp-log > *').length;"
            " return weeks !== made || log > said ||"
            " document.querySelector('.ltd-rp-reveal'); }",
            arg=[made, said],
        )
    expect(title).to_be_visible()
    return title.inner_text()


def test_the_role_play_is_played_replayed_and_kept(start_page: Page, course: Server) -> None:
    page = start_page
    open_lesson(page)
    play = page.locator(".ltd-rp:visible")
    play.scroll_into_view_if_needed()
    play_to_the_end(page, "silent")
    expect(play).to_contain_text("What was really going on")
    replay = play.get_by_role("button", name="Replay: same people, same luck")
    replay.focus()
    page.keyboard.press("Enter")
    expect(play.locator(".ltd-rp-choice").first).to_be_visible()
    last = play_to_the_end(page, "lead")
    expect(play.locator(".ltd-rp-compare")).to_contain_text("play 1")
    page.reload()
    expect(page.locator(".ltd-rp:visible .ltd-rp-reveal h4")).to_have_text(last)
    assert len(sidecar(course, "lessons")["answers"]["roleplay_lead"]["value"]["finished"]) >= 1


def test_a_homework_by_keyboard_alone_from_name_to_zip(start_page: Page, course: Server) -> None:
    page = start_page
    messages = open_homework(page)
    page.get_by_placeholder("anna.lee@example.com").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("李雷")
    expect(page.get_by_placeholder("anna.lee@example.com")).to_have_value("李雷")
    tab_to(page, page.get_by_role("button", name="That is me"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Working as 李雷")).to_be_visible()

    rows = messages.locator(".ltd-row")
    expect(rows).to_have_count(12)
    for number, label in enumerate(RIGHT_SORT.values()):
        radios = rows.nth(number).get_by_role("radio")
        tab_to(page, radios.first)
        page.keyboard.press("Space")
        for _step in range(CLASSES.index(label)):
            page.keyboard.press("ArrowRight")
        expect(radios.nth(CLASSES.index(label))).to_be_checked()
    expect(messages.get_by_role("status").first).to_contain_text("complete · saved")
    tab_to(page, messages.get_by_role("button", name="Check"))
    page.keyboard.press("Space")
    expect(messages.locator(".ltd-good")).to_contain_text("Complete.")

    page.reload()
    for number, label in enumerate(RIGHT_SORT.values()):
        radio = card(page, "Twelve messages").locator(".ltd-row").nth(number).get_by_role("radio")
        expect(radio.nth(CLASSES.index(label))).to_be_checked()
    assert sidecar(course, "homework")["answers"]["sort_messages"]["value"] == RIGHT_SORT

    charter = card(page, "The project charter")
    charter.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    expect(charter.get_by_role("status").first).to_contain_text("9 open · saved")

    pack = page.get_by_role("button", name="Pack my homework")
    pack.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Packed for 李雷.")).to_be_visible()
    (made,) = (course.folder / "handed-in").iterdir()
    with zipfile.ZipFile(made) as archive:
        assert {"homework.ipynb", "answers.json"} <= set(archive.namelist())
    with page.expect_download() as download:
        page.get_by_role("link", name=made.name).click()
    assert Path(download.value.path()).read_bytes() == made.read_bytes()


def test_code_is_folded_away_but_can_be_brought_back(start_page: Page) -> None:
    page = start_page
    open_homework(page)
    expect(page.locator(".jp-Placeholder:visible")).to_have_count(0)
    expect(page.get_by_text("show_form(").locator("visible=true")).to_have_count(0)
    expect(page.get_by_text("def should_drop(history):").first).to_be_visible()
    page.get_by_role("menuitem", name="View", exact=True).click()
    page.get_by_role("menuitem", name="Expand All Code").click()
    expect(page.locator(".cm-content:visible", has_text="show_form").first).to_be_visible()
