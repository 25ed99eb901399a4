"""The engine in a real browser: it runs, stalls, takes throttle, and needs no mouse."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from course.desk import Content, Server, lay_out, running_course
from tests.browser.conftest import notebook

pytestmark = pytest.mark.browser

SHOW = "from course.widgets.momentum import show_engine\nshow_engine(customers=50)"
MOVED = """needle => new Promise(resolve => {
    let count = 0;
    new MutationObserver(() => {
        count += 1;
        if (count === 20) resolve(true);
    }).observe(needle, { attributes: true });
})"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root: Path = tmp_path_factory.mktemp("engine")
    lesson = root / "notebooks" / "engine" / "engine.ipynb"
    lesson.parent.mkdir(parents=True)
    lesson.write_bytes(notebook(SHOW, run_on_open=True))
    (root / "notebooks" / "START.md").write_text("# Engine\n")
    (root / "exercises").mkdir()
    lay_out(root / "my-course", content=Content(root / "notebooks", root / "exercises"))
    with running_course(root / "my-course", port=19188) as running:
        yield running


def open_engine(page: Page, course: Server) -> Locator:
    page.goto(f"{course.address}lab/tree/lessons/engine/engine.ipynb?reset&token={course.token}")
    engine = page.locator(".ltd-en:visible")
    expect(engine.get_by_role("button", name="Pull the cord: present")).to_be_visible()
    return engine


def revolutions(engine: Locator) -> int:
    return int((engine.locator(".figure").text_content() or "").replace(",", ""))


def test_pull_stall_and_throttle_by_keyboard(page: Page, course: Server) -> None:
    engine = open_engine(page, course)
    assert revolutions(engine) == 0
    engine.get_by_role("radio", name="8 of 10").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    run = engine.get_by_role("button", name="Pause")
    expect(run).to_be_focused()  # the weeks pass by themselves
    expect(engine.locator(".state")).to_have_text("running")
    assert engine.locator(".needle").evaluate(MOVED), "frames advance"
    page.keyboard.press("p")
    expect(engine.get_by_role("button", name="Let it run")).to_be_focused()
    for _week in range(10):
        if engine.locator(".state").text_content() == "stalled":
            break
        week = engine.locator(".ltd-en-week").text_content()
        page.keyboard.press("w")
        expect(engine.locator(".ltd-en-week")).not_to_have_text(str(week))
    expect(engine.locator(".state")).to_have_text("stalled")
    expect(engine.get_by_role("log")).to_contain_text("The engine stalls")
    page.keyboard.press("2")
    draft = engine.get_by_role("button", name=re.compile("Draft the next step"))
    expect(draft).to_contain_text("in force")
    expect(engine.locator(".state")).to_have_text("running")
    expect(engine.get_by_role("log")).to_contain_text("The engine catches again")
    expect(engine).to_contain_text("Your hours: 4")

    engine.get_by_role("button", name="Let this one go").press("Enter")
    expect(engine.get_by_role("heading", name=re.compile("You let it go"))).to_be_focused()
    engine.get_by_role("button", name="Same customer, same luck").press("Enter")
    expect(engine.get_by_role("button", name="Pull the cord: present")).to_be_focused()


def test_who_wants_no_motion_gets_none(chromium: Browser, course: Server) -> None:
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    engine = open_engine(page, course)
    engine.get_by_role("button", name="Pull the cord: present").click()
    expect(
        engine.get_by_role("button", name="Let it run")
    ).to_be_visible()  # nothing runs by itself
    expect(engine.locator(".state")).to_have_text("running")
    wheel = engine.locator(".wheel").get_attribute("transform")
    engine.get_by_role("button", name="One week").click()
    expect(engine.locator(".ltd-en-week")).to_have_text("Week 1 of 26")
    assert engine.locator(".wheel").get_attribute("transform") == wheel
    context.close()
