"""Shared fixtures: a clean place, and no widget left open."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine's own set-up decides a test."""
    for name in ("NBGRADER_EXECUTION", "JUPYTERHUB_USER", "COURSE_LEARNER", "COURSE_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture
def _no_leaked_widgets() -> Iterator[None]:
    """Fail a test that leaves widgets open; widget tests ask for it by ``usefixtures``."""
    from ipywidgets.widgets import widget

    before = set(widget._instances)
    yield
    left = [widget._instances[key] for key in set(widget._instances) - before]
    # Layouts and styles are closed with the front end's connection, not with their widget.
    left = [
        w for w in left if type(w).__name__ not in ("Layout",) and "Style" not in type(w).__name__
    ]
    assert not left, f"left open: {left}"
