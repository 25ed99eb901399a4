"""From a control to its picture: how long a learner waits, measured in a real browser.

    .venv/bin/python benchmarks/interaction.py [--lesson 02_satisfaction_into_action] [--keys 60]

Opens a lesson in JupyterLab in a headless Chromium, its predictions made; then, with the first
simulator that has a chart, (a) presses one arrow key at a time on its first slider, (b) drags the
slider's handle for two seconds, (c) turns a switch, and notes when the chart's paths change. A
slider's pictures are made ahead and shown by the browser; a switch goes through Python and back.
Also lesson 01's model alone, without a browser. Numbers are of this machine, on this day, with
whatever else it does: compare runs made side by side, not across machines.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright

from course.answers import Work
from course.desk import lay_out, running_course
from course.models.lead import simulate
from course.models.lead.terms import Params, Policy
from tests.browser.conftest import ARGUMENTS, CHROMIUM

SWEEPS = 2.0  # of the whole slider in a second: 40 values, twice the redraws that are wanted

# Notes the time of every change of a curve, and of every value the slider takes. A curve that is
# drawn again as it was is no new picture.
WATCH = """number => {
  window.redraws = []; window.moves = [];
  const chart = [...document.querySelectorAll('.bqplot')].find(e => e.checkVisibility());
  const differs = change => change.target.getAttribute('d') !== change.oldValue;
  new MutationObserver(changes => {
    if (changes.some(differs)) window.redraws.push(performance.now());
  }).observe(chart, {subtree: true, attributeFilter: ['d'], attributeOldValue: true});
  const handle = [...document.querySelectorAll('.ltd-sim-slider .noUi-handle')]
    .filter(e => e.checkVisibility())[number];
  new MutationObserver(() => window.moves.push(performance.now())).observe(
    handle, {attributes: true, attributeFilter: ['aria-valuenow']});
  document.querySelector('.ltd-sim-switch input:enabled')?.addEventListener(
    'change', () => window.moves.push(performance.now()));
}"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--lesson", default="01_leading_the_deal", help="the lesson's folder")
    parser.add_argument("--keys", type=int, default=60, help="single key presses")
    parser.add_argument("--drags", type=int, default=5, help="drags of two seconds")
    options = parser.parse_args()
    model()
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder) / "my-course"
        lay_out(desk)
        predict(desk / "lessons" / options.lesson)
        with running_course(desk) as course, sync_playwright() as playwright:
            found = next(filter(None, map(shutil.which, CHROMIUM)))
            browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
            page = browser.new_page(viewport={"width": 1366, "height": 900})
            begun = time.perf_counter()
            page.goto(
                f"{course.address}lab/tree/lessons/{options.lesson}/{options.lesson}.ipynb"
                f"?reset&token={course.token}"
            )
            card = page.locator(".ltd-card:visible").first
            card.wait_for()
            print(f"lesson opened, first form on the page: {time.perf_counter() - begun:.1f} s")
            page.locator(".bqplot path:visible").first.wait_for()
            page.locator(".bqplot:visible").first.scroll_into_view_if_needed()
            page.wait_for_timeout(3000)
            slider = movable(page)
            page.evaluate(WATCH, slider)
            keys(page, slider, options.keys)
            drags(page, slider, options.drags)
            switches(page, options.keys)
            browser.close()


def predict(lesson: Path) -> None:
    """Commit every prediction, whatever it is: simulators open for those who made one."""
    work = Work(lesson)
    for form in work.forms.forms.values():
        if form.predict:
            work.store.put(form.id, "")
            work.store.count(form.id, "checks")


def model() -> None:
    """Time the model alone: 1,000 deals over 26 weeks."""
    times = []
    for seed in range(200):
        begun = time.perf_counter()
        simulate(Params(), Policy(), n=1000, rng=np.random.default_rng(seed))
        times.append(1000 * (time.perf_counter() - begun))
    show("model alone, 1,000 deals × 26 weeks", times)


def movable(page: Page) -> int:
    """Return the number of the first slider that is not shut off, near the low end of its range."""
    handles = page.locator(".ltd-sim-slider .noUi-handle:visible")
    for number in range(handles.count()):
        before = handles.nth(number).get_attribute("aria-valuenow")
        handles.nth(number).focus()
        for key in ["ArrowLeft"] * 30 + ["ArrowRight"]:
            page.keyboard.press(key)
            page.wait_for_timeout(60)
        if handles.nth(number).get_attribute("aria-valuenow") != before:
            page.wait_for_timeout(3000)
            return number
    raise SystemExit("No slider of this lesson can be moved.")


def keys(page: Page, slider: int, count: int) -> None:
    """One key, one picture: the time from the key press to the changed curves."""
    page.locator(".ltd-sim-slider .noUi-handle:visible").nth(slider).focus()
    keys = ["ArrowRight" if number // 3 % 2 == 0 else "ArrowLeft" for number in range(count)]
    show("one key → new picture", presses(page, keys))


def switches(page: Page, count: int) -> None:
    """One turn of a switch, one picture: the way through Python and back."""
    switch = page.locator(".ltd-sim-switch input:enabled:visible")
    if not switch.count():
        return  # none that means anything as things stand
    switch.first.focus()
    show("one switch → new picture", presses(page, ["Space"] * count))


def presses(page: Page, keys: list[str]) -> list[float]:
    """Press the keys one by one; return how long each waited for its picture, ms."""
    waits = []
    for key in keys:
        page.evaluate("() => { window.redraws = []; window.moves = []; }")
        page.keyboard.press(key)
        page.wait_for_function("() => window.redraws.length > 0 && window.moves.length > 0")
        waits.append(page.evaluate("() => window.redraws[0] - window.moves[0]"))
        page.wait_for_timeout(120)
    return waits


def drags(page: Page, slider: int, count: int) -> None:
    """A drag: redraws a second, and how long after the last move the last picture comes."""
    rates, passed, lasts = [], [], []
    for _drag in range(count):
        box = page.locator(".ltd-sim-slider .noUi-handle:visible").nth(slider).bounding_box()
        track = page.locator(".ltd-sim-slider .noUi-target:visible").nth(slider).bounding_box()
        assert box
        assert track
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.evaluate("() => { window.redraws = []; window.moves = []; }")
        begun = time.perf_counter()
        while (elapsed := time.perf_counter() - begun) < 2:
            phase = abs((elapsed * SWEEPS) % 2 - 1)  # to and fro
            page.mouse.move(track["x"] + phase * track["width"], y)
        page.mouse.up()
        page.wait_for_timeout(700)
        redraws, moves = page.evaluate("() => [window.redraws, window.moves]")
        frames = sorted({round(moment / 4) for moment in redraws})  # one redraw touches many paths
        span = (redraws[-1] - redraws[0]) / 1000
        distinct = sum(b - a > 1 for a, b in pairwise(frames)) + 1
        rates.append(distinct / span)
        passed.append(len(moves) / span)
        lasts.append(redraws[-1] - moves[-1])
    print(
        f"{'drag: redraws a second':<42} {min(rates):.0f} to {max(rates):.0f}, "
        f"of {min(passed):.0f} to {max(passed):.0f} values passed"
    )
    show("drag: last move → last picture", lasts)


def show(what: str, milliseconds: list[float]) -> None:
    """Print the median and the 90th percentile."""
    high = float(np.percentile(milliseconds, 90))
    print(f"{what:<42} median {statistics.median(milliseconds):.1f} ms, p90 {high:.1f} ms")


if __name__ == "__main__":
    main()
