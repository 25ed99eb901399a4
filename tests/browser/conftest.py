"""A real JupyterLab on fixture notebooks, and a page of a real Chromium looking at it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from course.desk import Content, Server, lay_out, running_course

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 30_000

START = """# Lead the deal

Welcome. Open the first lesson: [Keys](lessons/keys/keys.ipynb).

| lesson | homework |
|---|---|
| [Keys](lessons/keys/keys.ipynb) | [Opens by itself](lessons/opens/opens.ipynb) |
"""

WIDGETS = """\
import anywidget
import ipywidgets as w

class Pad(anywidget.AnyWidget):
    _esm = '''export default { render({ el }) {
        const pad = document.createElement("div");
        pad.tabIndex = 0; pad.className = "pad"; pad.textContent = "pad";
        pad.addEventListener("keydown", e => {
            pad.dataset.keys = (pad.dataset.keys ?? "") + e.key;
        });
        el.append(pad);
    } };'''

offers = ["alpha", "bravo", "xray"]
w.VBox([
    w.Dropdown(options=offers), w.RadioButtons(options=offers), w.ToggleButtons(options=offers),
    w.Text(), w.IntSlider(value=5, max=10), Pad(),
])"""

COUNTED = """\
runs = globals().get("runs", 0) + 1
import ipywidgets
ipywidgets.Label(f"runs: {runs}")"""


def notebook(*cells: str, run_on_open: bool = False) -> bytes:
    """Return a notebook of code ``cells``, as the course ships it: no outputs, no trust."""
    nb = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(source, id=f"cell-{number}")
            for number, source in enumerate(cells)
        ],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "course": {"run_on_open": run_on_open},
        },
    )
    return nbformat.writes(nb).encode()


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """What a build would have written: a start page, lessons and a homework."""
    root = tmp_path_factory.mktemp("built")
    files = {
        "notebooks/START.md": START.encode(),
        "notebooks/keys/keys.ipynb": notebook("'above'", WIDGETS, "'below'", run_on_open=True),
        "notebooks/opens/opens.ipynb": notebook(*["'a line'"] * 30, COUNTED, run_on_open=True),
        "notebooks/waits/waits.ipynb": notebook(COUNTED),
        "exercises/opens/homework.ipynb": notebook(COUNTED, run_on_open=True),
    }
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return Content(root / "notebooks", root / "exercises")


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Iterator[Server]:
    """JupyterLab, started as learners start it, on a fresh working folder."""
    folder = tmp_path_factory.mktemp("learner") / "my-course"
    lay_out(folder, content=content)
    with running_course(folder, port=18888) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; in CI its absence is a failure, not a reason to skip."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        reason = f"none of {', '.join(CHROMIUM)} is installed"
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI needs a browser, but {reason}.")
        pytest.skip(reason)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page (no cookies, no stored layout) at a laptop's size."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


@pytest.fixture
def workspace(lab: Server) -> Path:
    """The learner's working folder."""
    return lab.folder
