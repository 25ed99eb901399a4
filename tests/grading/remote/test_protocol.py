"""A learner's side that does not keep to the rules of the conversation."""

import contextlib
import struct
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgpack
import pytest

from course.grading.remote.errors import LearnerGoneError, MalformedError, findings
from course.grading.remote.folders import Folders
from course.grading.wire import Channel
from tests.grading.remote.ends import Ends

Play = Callable[[Channel, int], None]


def body(value: Any = None, twins: Any = (), described: Any = None, notes: Any = None) -> bytes:
    return bytes(msgpack.packb([value, twins, described or {}, notes or {}]))


def played(ends: Ends, play: Play, what: str = "call", *operands: Any) -> Any:
    """Ask for something, which ``play(channel, number)`` answers; return the result."""
    channel = ends.servant.channel

    def run() -> None:
        number = channel.receive(10)[1]
        play(channel, number)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        return ends.examiner.ask(what, *operands)
    finally:
        thread.join(10)
        assert not thread.is_alive()


def test_an_answer_to_another_request_is_no_answer(ends: Ends) -> None:
    def play(channel: Channel, number: int) -> None:
        for other in (number - 1, number + 1, 0, -5, 10**30 % 2**60):
            channel.send(["answer", other, body(1)])
        channel.send(["answer", number, body(2)])

    assert played(ends, play) == 2
    assert played(ends, play) == 2


def test_what_comes_unasked_changes_nothing(ends: Ends) -> None:
    def play(channel: Channel, number: int) -> None:
        channel.send(["answer", number, body(1)])
        channel.send(["output", number, {"output_type": "stream", "name": "stdout", "text": "x"}])
        channel.send(["error", number, body(2)])
        channel.send(["stop", number])

    def late(channel: Channel, number: int) -> None:
        channel.send(["answer", number, body("late")])

    assert played(ends, play) == 1
    assert played(ends, late) == "late"
    assert len(ends.put_out) == 1


@pytest.mark.parametrize(
    "message",
    [
        None,
        "answer",
        {},
        [],
        ["answer"],
        ["answer", "1", b""],
        [1, 2, 3],
        ["answer", [1], b""],
    ],
)
def test_what_is_no_message_ends_the_conversation(ends: Ends, message: Any) -> None:
    with pytest.raises(LearnerGoneError):
        played(ends, lambda channel, number: channel.send(message))
    with pytest.raises(LearnerGoneError):
        ends.examiner.ask("name", "x")


def test_a_message_without_end_ends_the_conversation(ends: Ends) -> None:
    def play(channel: Channel, number: int) -> None:
        channel.socket.sendall(struct.pack("!Q", 1 << 50))

    with pytest.raises(LearnerGoneError):
        played(ends, play)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xc1",
        msgpack.packb(1),
        msgpack.packb([1, 2, 3]),
        msgpack.packb([["nothing", 1], [], {}, {}]),
        msgpack.packb([["mine", 7], [], {}, {}]),
        msgpack.packb([["yours", 7], [], {}, {}]),
        msgpack.packb([["twin", 7], [], {}, {}]),
        msgpack.packb([None, [[7, "list", [], None]], [], {}]),
        msgpack.packb([None, [[7, "nothing", [], None]], {}, {}]),
        msgpack.packb([None, [["x", "list", [], None]], {}, {}]),
        msgpack.packb([None, 5, {}, {}]),
        msgpack.packb([["library", "os", "system"], [], {}, {}]),
        msgpack.packb([["library", "builtins", "eval"], [], {}, {}]),
        msgpack.packb([["library", "unittest.mock", "_ANY"], [], {}, {}]),
        msgpack.packb([["module", "course.grading.job"], [], {}, {}]),
        msgpack.packb([["module", "__main__"], [], {}, {}]),
        msgpack.packb([["shared", "open"], [], {}, {}]),
        msgpack.packb([["bound", ["PosixPath", "x"], "unlink"], [], {}, {}]),
        msgpack.packb([["bound", "x", "__class__"], [], {}, {}]),
        msgpack.packb([["error", 1], [], {}, {}]),
        msgpack.packb([["mine", 1], [], {1: ["class", {"bases": []}]}, {}]),
        msgpack.packb([["mine", 1], [], {1: ["object", ["library", "builtins", "int"]]}, {}]),
        msgpack.packb([["mine", 1], [], {1: ["object", ["mine", 1]]}, {}]),
        msgpack.packb([None, [], {}, {"stale": [[1]]}]),
        msgpack.packb([None, [], {}, {"files": {"work/../../x": b""}}]),
        msgpack.packb([None, [], {}, {"done": 5}]),
        msgpack.packb([b"x" * 100, [], {}, {}])[:-1],
    ],
    ids=range(28),
)
def test_a_malformed_answer_is_an_error_of_that_call(
    ends: Ends, content: bytes, tmp_path: Path
) -> None:
    (tmp_path / "work").mkdir()
    ends.examiner.take_files = Folders(tmp_path / "work", largest=1 << 20).apply
    with pytest.raises(MalformedError):
        played(ends, lambda channel, number: channel.send(["answer", number, content]))
    assert played(ends, lambda channel, number: channel.send(["answer", number, body(1)])) == 1


def test_an_error_that_is_none(ends: Ends) -> None:
    with pytest.raises(MalformedError):
        played(ends, lambda channel, number: channel.send(["error", number, body(1)]))


@pytest.mark.parametrize(
    ("what", "operands"),
    [
        ("name", ["x"]),
        ("serve", []),
        ("__init__", []),
        ("call", [["library", "builtins", "int"], ["tuple", []], None]),
        ("call", [["yours", 99], ["tuple", []], None]),
        ("attribute", [1, "real"]),
        ("attribute", [["module", "numpy"], "random"]),
        ("special", [["tuple", []], "__len__", ["tuple", []], None]),
        ("special", [1, "__reduce_ex__", ["tuple", [2]], None]),
        ("step", [1, "gi_frame", None]),
        ("body", [["library", "builtins", "int"], "real"]),
        ("copy", [1, True]),
        ("code", [["library", "builtins", "int"]]),
        ("input", [1]),
        ("warn", ["x", "y", 1]),
        ("assign", [["library", "builtins", "int"], "x", 1]),
        ("remove", [["module", "numpy"], "random"]),
        (5, []),
    ],
)
def test_only_what_was_handed_over_can_be_asked_for(
    ends: Ends, what: Any, operands: list[Any]
) -> None:
    heard: list[Any] = []

    def play(channel: Channel, number: int) -> None:
        channel.send(["ask", 1, body(["tuple", [what, *operands]])])
        heard.append(channel.receive(10))
        channel.send(["answer", number, body("done")])

    assert played(ends, play) == "done"
    assert heard[0][:2] == ["error", 1]
    findings.clear()


def test_a_request_that_is_none_is_answered_by_an_error(ends: Ends) -> None:
    heard: list[Any] = []

    def play(channel: Channel, number: int) -> None:
        for content in (b"", b"\xc1", body(1), body(["tuple", []])):
            channel.send(["ask", 1, content])
            heard.append(channel.receive(10)[0])
        channel.send(["answer", number, body("done")])

    assert played(ends, play) == "done"
    assert heard == ["error"] * 4


def test_outputs_are_made_anew(ends: Ends) -> None:
    def play(channel: Channel, number: int) -> None:
        for output in (
            None,
            [],
            {"output_type": "stream", "name": "other", "text": 5},
            {"output_type": "execute_result", "data": {"text/plain": "100"}, "execution_count": 1},
            {"output_type": "nothing"},
            {"output_type": "display_data", "data": {"text/html": [1]}, "evil": b"x"},
        ):
            channel.send(["output", number, output])
        channel.send(["answer", number, body(1)])

    played(ends, play)
    for output in ends.put_out:
        assert set(output) <= {"output_type", "name", "text", "data", "metadata", "execution_count"}


def test_a_value_of_the_tests_keeps_its_kind(ends: Ends) -> None:
    mine = [1, 2]
    change = [[1, "list", [5], None]]

    def play(twins: Any) -> Play:
        return lambda channel, number: channel.send(["answer", number, body(1, twins)])

    played(ends, play(change), "call", mine)
    assert mine == [5]
    with pytest.raises(MalformedError):
        played(ends, play([[1, "dict", ["dict", [], []], None]]), "call", mine)
    assert mine == [5]


def test_nothing_changes_if_part_of_a_message_is_malformed(ends: Ends) -> None:
    mine, other = [1], [2]
    twins = [[1, "list", [5], None], [3, "list", [["nothing", 1]], None]]
    with pytest.raises(MalformedError):
        played(
            ends,
            lambda channel, number: channel.send(["answer", number, body(1, twins)]),
            "call",
            mine,
            other,
        )
    assert (mine, other) == ([1], [2])


@pytest.mark.parametrize(
    "name",
    [
        "/etc/x",
        "../x",
        "work/../../x",
        "work",
        "",
        "home/x",
        "work/\0",
        "work/link/x",
        5,
        "work/given.csv",
    ],
)
def test_files_stay_in_the_working_folders(tmp_path: Path, name: Any) -> None:
    work = tmp_path / "a" / "work"
    work.mkdir(parents=True)
    (work / "link").symlink_to(tmp_path)
    (work / "given.csv").write_text("given")
    before = sorted(tmp_path.rglob("*"))
    folders = Folders(work, largest=1000, kept=["given.csv"])
    with contextlib.suppress(MalformedError):
        folders.apply({name: b"evil"})
    assert sorted(tmp_path.rglob("*")) == before
    assert (work / "given.csv").read_text() == "given"


def test_a_refusal_is_found_even_if_nobody_hears_it(ends: Ends) -> None:
    import sqlite3

    findings.clear()
    connection = sqlite3.connect(":memory:")
    heard: list[Any] = []

    def play(channel: Channel, number: int) -> None:
        channel.send(["ask", 1, body(["tuple", ["attribute", ["yours", 1], "execute"]])])
        heard.append(channel.receive(10))
        channel.send(["answer", number, body(1)])

    played(ends, play, "call", connection)
    connection.close()
    assert "Connection" in findings[0]
    findings.clear()
