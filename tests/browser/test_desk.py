"""The expert's desk in a real browser: a queue one can watch reorder, and no mouse needed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from course.desk import Content, Server, lay_out, running_course
from tests.browser.conftest import notebook

pytestmark = pytest.mark.browser

SHOW = "from course.widgets.priority import show_desk\nshow_desk()"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root: Path = tmp_path_factory.mktemp("desk")
    lesson = root / "notebooks" / "desk" / "desk.ipynb"
    lesson.parent.mkdir(parents=True)
    lesson.write_bytes(notebook(SHOW, run_on_open=True))
    (root / "notebooks" / "START.md").write_text("# Desk\n")
    (root / "exercises").mkdir()
    lay_out(root / "my-course", content=Content(root / "notebooks", root / "exercises"))
    with running_course(root / "my-course", port=19288) as running:
        yield running


def open_desk(page: Page, course: Server) -> Locator:
    page.goto(f"{course.address}lab/tree/lessons/desk/desk.ipynb?reset&token={course.token}")
    card = page.locator(".ltd-sim-card:visible")
    expect(card.get_by_role("button", name="Play")).to_be_visible()
    return card


def queue(card: Locator) -> list[str]:
    """Whose requests wait, by where they stand on the screen."""
    rows = card.locator(".ltd-desk-row:not(.gone)")
    seen = [(row.bounding_box() or {"y": 0})["y"] for row in rows.all()]
    return [name for _y, name in sorted(zip(seen, rows.all_inner_texts(), strict=True))]


def test_shouting_moves_my_requests_up_before_ones_eyes(page: Page, course: Server) -> None:
    card = open_desk(page, course)
    before = queue(card)
    mine = [i for i, row in enumerate(before) if row.startswith("You")]
    assert mine
    assert mine[0] > 0
    card.get_by_role("radio", name="Ask plainly").focus()
    page.keyboard.press("ArrowDown")
    expect(card.locator(".ltd-desk-row.me .ltd-desk-chip").first).to_have_text("URGENT!!!")
    page.wait_for_timeout(600)  # the rows move
    yours = [row.startswith("You") for row in queue(card)]
    assert any(yours)
    assert yours == sorted(yours, reverse=True)  # mine before all others
    expect(card.locator(".ltd-sim-words")).to_contain_text("You went from “Ask plainly”")

    step = card.get_by_role("button", name="Next request")
    step.focus()
    page.keyboard.press("Enter")
    expect(card.locator(".ltd-desk-now")).to_contain_text("You")
    expect(card.locator(".ltd-desk-now")).to_contain_text("It was the loudest.")
    expect(card.locator(".ltd-desk-sr")).to_contain_text(re.compile(r"Round 1 of 24, day \d"))
    expect(card.locator(".ltd-desk-rank").first).to_be_empty()
    card.get_by_role("button", name="Show what she makes of everybody").press("Enter")
    expect(card.locator(".ltd-desk-rank").first).to_have_text(re.compile(r"#\d+ by value"))


def test_the_year_plays_and_stops_and_the_slider_goes_anywhere(page: Page, course: Server) -> None:
    card = open_desk(page, course)
    clock = card.locator(".ltd-desk-clock")
    card.get_by_role("button", name="Restart").press("Enter")
    expect(clock).to_have_text("Round 1 of 24, day 1")
    card.get_by_role("button", name="Play").press("Enter")
    expect(clock).to_have_text(re.compile(r"Round 1 of 24, day [3-9]"))
    card.get_by_role("button", name="Pause").press("Enter")
    card.get_by_role("slider", name="Day of the year").focus()
    page.keyboard.press("End")
    expect(clock).to_have_text("Round 24 of 24, day 10")


def test_who_wants_no_motion_goes_round_by_round(chromium: Browser, course: Server) -> None:
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    card = open_desk(page, course)
    card.get_by_role("button", name="Restart").click()
    card.get_by_role("button", name="Play").click()
    expect(card.locator(".ltd-desk-clock")).to_have_text("Round 2 of 24, day 1")
    row = card.locator(".ltd-desk-row").first
    assert row.evaluate("row => getComputedStyle(row).transitionDuration") == "0s"
    context.close()
