"""Shared fixtures: a clean place, and no widget left open."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

# How long an example takes is the machine's affair, and no test's.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser's tests last: Playwright's event loop runs on, and others start their own."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine's own set-up decides a test."""
    for name in ("NBGRADER_EXECUTION", "JUPYTERHUB_USER", "COURSE_LEARNER", "COURSE_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture
def _no_leaked_widgets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves widgets open; widget tests ask for it by ``usefixtures``.

    What a cell still shows at the end of a test is closed first: that one view may stay.
    """
    from ipywidgets.widgets.widget import _instances

    from course.widgets import page

    monkeypatch.setattr(page, "_shown", {})
    before = set(_instances)
    yield
    for view in page._shown.values():
        page.close(view)
    left = [type(_instances[key]).__name__ for key in set(_instances) - before]
    assert not left, f"left open: {left}"
