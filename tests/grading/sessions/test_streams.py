"""Text on its way from the streams to a cell."""

import pytest

from course.grading.sessions import streams
from course.grading.sessions.streams import Buffers


@pytest.fixture
def passed() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def buffers(passed: list[tuple[str, str]]) -> Buffers:
    return Buffers(lambda name, text: passed.append((name, text)))


def test_what_waits_on_both_streams_leaves_stdout_first(
    buffers: Buffers, passed: list[tuple[str, str]]
) -> None:
    for name, text in (("stderr", "e"), ("stdout", "o"), ("stderr", "E"), ("stdout", "O")):
        buffers.write(name, text)
    assert passed == []
    buffers.flush()
    buffers.flush()
    assert passed == [("stdout", "oO"), ("stderr", "eE")]


def test_what_has_waited_for_long_leaves_before_what_comes(
    buffers: Buffers, passed: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr(streams.time, "monotonic", lambda: now[0])
    buffers.write("stderr", "first")
    now[0] = 0.1
    buffers.write("stdout", "second")
    now[0] = 0.25
    buffers.write("stdout", "third")
    assert passed == [("stderr", "first")]
    buffers.flush()
    assert passed == [("stderr", "first"), ("stdout", "secondthird")]


def test_little_is_held_back(buffers: Buffers, passed: list[tuple[str, str]]) -> None:
    buffers.write("stdout", "x" * 100_000)
    assert passed == [("stdout", "x" * 100_000)]
