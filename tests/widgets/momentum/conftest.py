"""Every test closes the widgets it opened, and starts with nothing kept from another."""

from collections.abc import Iterator

import pytest

from course.widgets import simulator
from course.widgets.momentum import show


@pytest.fixture(autouse=True)
def _afresh(_no_leaked_widgets: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for module, name in ((simulator, "_kept"), (simulator, "_views"), (show, "_kept")):
        monkeypatch.setattr(module, name, {})
    yield
    for view in simulator._views.values():
        view.close()
