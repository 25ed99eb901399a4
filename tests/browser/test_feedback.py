"""A feedback page full of hostile work, opened in a real browser: nothing runs, nothing leaves."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.grading.feedback.pages import answer, checked, display, error, page, stream, written
from tests.grading.feedback.test_hostile import MARKDOWN, MARKUP, picture

pytestmark = pytest.mark.browser

ACTS = '<script>alert(1)</script><img src="http://evil.example/x.png" onerror="alert(1)">'


@pytest.fixture
def seen(page: Page) -> list[str]:
    """What a page does that it must not: dialogs, requests, complaints of the browser."""
    found: list[str] = []
    page.on("dialog", lambda dialog: (found.append("dialog"), dialog.dismiss()))
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda problem: found.append(str(problem)))
    page.on("request", lambda request: found.append(request.url))
    # A request that the policy stops is announced, too, and fails by this name.
    page.on("requestfailed", lambda request: found.append(f"{request.failure} {request.url}"))
    return found


def hostile() -> str:
    cells = [
        answer(
            payload,
            stream(payload),
            display({"text/html": payload, "text/plain": payload}),
            display({"text/html": f"<table><tr><td>{payload}</table>"}),
            display({"text/markdown": payload}),
            display({"image/svg+xml": payload, payload: payload}),
            display(picture()),
            error(payload, payload, [payload]),
            name=f"answer{number}",
        )
        for number, payload in enumerate([*MARKUP.values(), *MARKDOWN.values()])
    ]
    everything = "\n\n".join([*MARKUP.values(), *MARKDOWN.values()])
    wide = stream("x" * 3000 + " " + "| column " * 100)
    return page(
        *cells,
        answer("x" * 500, wide, name="wide"),
        checked(stream(everything), stream("  - " + everything)),
        written(everything[:9000]),
        title=everything,
        submission={"name": everything},
        notes=(everything,),
    )


def test_no_script_runs_and_no_request_leaves(page: Page, seen: list[str], tmp_path: Path) -> None:
    path = tmp_path / "homework.html"
    path.write_bytes(hostile().encode())
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.mouse.move(300, 300)
    for _ in range(20):
        page.keyboard.press("Tab")
    page.wait_for_load_state("networkidle")
    assert [each for each in seen if not each.startswith("data:image/png")] == [path.as_uri()]
    # Its own style sheet is the one that the policy allows.
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "736px"
    # Nor does anything push the page apart, on a phone either.
    page.set_viewport_size({"width": 360, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_this_browser_would_run_it(page: Page, seen: list[str], tmp_path: Path) -> None:
    """The same payload, not escaped and without our policy, is noticed by the test above."""
    path = tmp_path / "plain.html"
    path.write_text(f"<!DOCTYPE html><title>x</title>{ACTS}")
    page.goto(path.as_uri())
    page.wait_for_load_state("networkidle")
    assert "dialog" in seen
    assert "http://evil.example/x.png" in seen


def test_even_what_slipped_through_would_not_run(
    page: Page, seen: list[str], tmp_path: Path
) -> None:
    """The policy is a second lock: put markup into a finished page, and it does nothing."""
    path = tmp_path / "homework.html"
    path.write_text(hostile().replace("</main>", f"{ACTS}</main>", 1), encoding="utf-8")
    page.goto(path.as_uri())
    page.wait_for_load_state("networkidle")
    assert "dialog" not in seen
    assert "csp http://evil.example/x.png" in seen
