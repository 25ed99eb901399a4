"""Every test closes the widgets it opened, and starts with nothing kept from another."""

from collections.abc import Iterator

import pytest

from course.widgets import page, simulator
from course.widgets.priority import simulator as desk


@pytest.fixture(autouse=True)
def _afresh(_no_leaked_widgets: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for module, name in (
        (simulator, "_kept"), (simulator, "_views"), (desk, "_days"), (page, "_shown")
    ):  # fmt: skip
        monkeypatch.setattr(module, name, {})
    yield
    for view in simulator._views.values():
        view.close()
