"""The picture follows the hand by itself: a slider moves it with no word from Python."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from course.desk import Server, lay_out, running_course
from tests.browser.test_lesson01 import SLUG, card, commit_prediction

pytestmark = pytest.mark.browser

CURVES = "paths => paths.map(path => path.getAttribute('d')).join()"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("learner") / "my-course"
    lay_out(folder)
    with running_course(folder, port=19088) as running:
        yield running


def test_a_slider_moves_the_picture_while_python_hears_nothing(page: Page, course: Server) -> None:
    lesson = f"lab/tree/lessons/{SLUG}/{SLUG}.ipynb?reset&token={course.token}"
    page.goto(f"{course.address}{lesson}")
    prediction = card(page, "Your prediction")
    expect(prediction).to_be_visible()
    commit_prediction(page, prediction)
    curves = page.locator(".bqplot path:visible")
    expect(curves.first).to_be_visible()
    page.evaluate("() => { WebSocket.prototype.send = () => {}; }")
    before, words = curves.evaluate_all(CURVES), page.locator(".ltd-sim-words:visible").inner_text()
    page.locator(".ltd-sim-slider .noUi-handle:visible").first.focus()
    for _attempt in range(15):  # the pictures are made soon after the view has come
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(500)
        if curves.evaluate_all(CURVES) != before:
            break
    assert curves.evaluate_all(CURVES) != before
    assert page.locator(".ltd-sim-words:visible").inner_text() == words
