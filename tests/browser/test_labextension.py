"""The labextension in a real Lab: widgets keep their keys, lessons run when they are opened."""

import json
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from course.desk import Server

pytestmark = pytest.mark.browser

EXTENSION = "lead-the-deal"
# Each of these inserts, cuts, deletes, moves or runs cells when Lab gets it.
KEYS = ["b", "a", "x", "d", "d", "m", "ArrowDown", "ArrowUp", "Enter", "z", "Shift+Enter"]
FOCUSABLE = {
    "Dropdown": "select",
    "RadioButtons": "input[type=radio] >> nth=0",
    "ToggleButtons": ".widget-toggle-button >> nth=0",
    "Text": "input[type=text]",
    "slider": ".noUi-handle",
    "anywidget": ".pad",
}
RUNS = ".jp-OutputArea .widget-label:visible"


def address(lab: Server, path: str, app: str = "lab/tree") -> str:
    # reset: without the tabs that an earlier test left open
    return f"{lab.address}{app}/{path}?reset&token={lab.token}"


def cells(page: Page) -> list[str]:
    """The sources of the open notebook's cells."""
    return page.locator(".jp-Notebook .jp-Cell .cm-content").all_text_contents()


def active_cell(page: Page) -> int:
    marks = page.locator(".jp-Notebook .jp-Cell").evaluate_all(
        "cells => cells.map(cell => cell.classList.contains('jp-mod-active'))"
    )
    return marks.index(True)


@pytest.fixture
def widgets(page: Page, lab: Server) -> Page:
    """A page on the notebook with one widget of each kind, alive."""
    page.goto(address(lab, "lessons/keys/keys.ipynb"))
    expect(page.locator(".jp-OutputArea .pad")).to_be_visible()
    expect(page.locator(".jp-InputPrompt", has_text="*")).to_have_count(0)
    return page


def test_the_extension_is_the_packages_own_file(page: Page, lab: Server):
    served = page.request.get(
        f"{lab.address}lab/extensions/{EXTENSION}/static/remoteEntry.js?token={lab.token}"
    )
    own = Path(__file__).parents[2] / "course" / "labextension" / "static" / "remoteEntry.js"
    assert served.text() == own.read_text(encoding="utf-8")


def test_without_labs_tokens_it_warns_and_keys_are_still_kept(page: Page):
    own = Path(__file__).parents[2] / "course" / "labextension" / "static" / "remoteEntry.js"
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.add_script_tag(content=own.read_text(encoding="utf-8"))
    plugins = page.evaluate(
        f"""async () => {{
            const container = _JUPYTERLAB['{EXTENSION}'];
            await container.init({{}});
            return (await container.get('./extension'))().default.map(plugin => plugin.id);
        }}"""
    )
    assert plugins == [f"{EXTENSION}:keys"]
    assert [line for line in said if line.startswith("warning: [lead-the-deal]")]


def test_keys_typed_into_a_widget_touch_no_cell(widgets: Page):
    before = cells(widgets)
    for kind, focusable in FOCUSABLE.items():
        target = widgets.locator(".jp-OutputArea").locator(focusable)
        target.focus()
        active = active_cell(widgets)
        for key in KEYS:
            target.press(key)
            assert cells(widgets) == before, f"{key} in a {kind}"
            assert active_cell(widgets) == active, f"{key} in a {kind}"


def test_widgets_understand_their_keys(widgets: Page):
    area = widgets.locator(".jp-OutputArea")
    area.locator("select").press("ArrowDown")
    expect(area.locator("select")).to_have_value("bravo")
    area.locator("select").press("x")
    expect(area.locator("select")).to_have_value("xray")
    area.locator("input[type=radio] >> nth=0").press("ArrowDown")
    expect(area.locator("input[type=radio] >> nth=1")).to_be_checked()
    area.locator("input[type=text]").press_sequentially("bxdd")
    expect(area.locator("input[type=text]")).to_have_value("bxdd")
    area.locator(".noUi-handle").press("ArrowRight")
    expect(area.locator(".widget-readout")).to_have_text("6")
    area.locator(".pad").press("b")
    expect(area.locator(".pad")).to_have_attribute("data-keys", "b")


def test_outside_widgets_shortcuts_work_as_ever(widgets: Page):
    count = len(cells(widgets))
    widgets.locator(".jp-OutputArea select").press("b")
    widgets.locator(".jp-InputPrompt").first.click()
    widgets.keyboard.press("b")
    expect(widgets.locator(".jp-Notebook .jp-Cell")).to_have_count(count + 1)


def test_escape_leaves_a_widget_for_its_cell(widgets: Page):
    count = len(cells(widgets))
    widgets.locator(".jp-OutputArea input[type=text]").press("Escape")
    expect(widgets.locator(".jp-Notebook .jp-Cell:focus")).to_have_count(1)
    widgets.keyboard.press("b")
    expect(widgets.locator(".jp-Notebook .jp-Cell")).to_have_count(count + 1)


def test_tab_goes_on_to_the_next_widget(widgets: Page):
    widgets.locator(".jp-OutputArea select").press("Tab")
    assert widgets.evaluate("() => document.activeElement.matches('input[type=radio]')")


def test_saving_still_saves_while_a_widget_has_the_focus(widgets: Page, workspace: Path):
    lesson = workspace / "lessons" / "keys" / "keys.ipynb"
    before = lesson.stat().st_mtime_ns
    widgets.locator(".jp-OutputArea input[type=text]").press("Control+s")
    deadline = time.monotonic() + 8  # less than the autosave interval
    while lesson.stat().st_mtime_ns == before:
        assert time.monotonic() < deadline, "Ctrl-S did not reach Lab"
        time.sleep(0.1)


def test_a_lesson_runs_once_when_opened_and_again_after_a_reload(
    page: Page, lab: Server, workspace: Path
):
    page.goto(address(lab, "lessons/opens/opens.ipynb"))
    expect(page.locator(RUNS)).to_have_text("runs: 1")
    assert active_cell(page) == 0, "the reader is still at the top"
    expect(page.locator(".lm-TabBar-tab.lm-mod-current.jp-mod-dirty")).to_have_count(0)
    page.reload()
    expect(page.locator(RUNS)).to_have_text("runs: 2")  # same kernel, cells ran again: not dead
    time.sleep(2)
    expect(page.locator(RUNS)).to_have_text("runs: 2")
    saved = json.loads((workspace / "lessons" / "opens" / "opens.ipynb").read_text())
    assert saved["cells"][-1]["outputs"]


def test_a_lesson_runs_when_opened_from_the_start_page(page: Page, lab: Server):
    page.goto(address(lab, "START.md"))
    page.get_by_role("link", name="Opens by itself").click()
    expect(page.locator(RUNS)).to_have_text(re.compile(r"runs: \d"))


def test_a_second_view_does_not_run_it_again(page: Page, lab: Server):
    page.goto(address(lab, "lessons/opens/opens.ipynb"))
    expect(page.locator(RUNS)).to_have_text(re.compile(r"runs: \d"))
    text = page.locator(RUNS).text_content()
    page.locator(".lm-MenuBar-itemLabel", has_text="File").click()
    page.locator(".lm-Menu-itemLabel", has_text="New View for Notebook").click()
    expect(page.locator(".jp-NotebookPanel")).to_have_count(2)
    time.sleep(2)
    assert set(page.locator(RUNS).all_text_contents()) == {text}


def test_a_notebook_that_does_not_ask_is_not_run(page: Page, lab: Server):
    page.goto(address(lab, "lessons/waits/waits.ipynb"))
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(1)
    time.sleep(3)
    assert page.locator(RUNS).count() == 0


def test_homework_runs_in_notebook_7_too(page: Page, lab: Server):
    page.goto(address(lab, "homework/opens/homework.ipynb", app="notebooks"))
    expect(page.locator(RUNS)).to_have_text("runs: 1")
    page.reload()
    expect(page.locator(RUNS)).to_have_text("runs: 2")


def test_the_start_page_is_what_is_seen_first(page: Page, lab: Server):
    page.goto(address(lab, "START.md"))
    expect(page.get_by_role("heading", name="Lead the deal")).to_be_visible()
    expect(page.locator(".jp-Dialog, .Toastify__toast, .jp-Launcher")).to_have_count(0)
    expect(page.locator(".jp-DirListing-item")).to_have_text(["homework", "lessons", "START.md"])
