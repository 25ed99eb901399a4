"""The loop of a child."""

import signal
import socket
from collections.abc import Iterator

import pytest

from course.grading.job import Ran
from course.grading.sessions import agent
from course.grading.wire import Channel


@pytest.fixture(autouse=True)
def _own_interrupts() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def channels() -> Iterator[tuple[Channel, Channel]]:
    ours, theirs = map(Channel, socket.socketpair())
    yield ours, theirs
    ours.close()
    theirs.close()


def test_each_message_is_answered_until_the_end(channels: tuple[Channel, Channel]) -> None:
    lane, control = channels
    for message in ({"op": "double", "n": 2}, {"op": "double", "n": 3}, {"op": "end"}):
        lane.send(message)
    agent.serve(control, {"double": lambda message: {"n": 2 * message["n"]}})
    assert [lane.receive(), lane.receive()] == [{"n": 4}, {"n": 6}]


@pytest.mark.parametrize("message", [b"bytes", ["a", "list"], {"op": "unknown"}, {}, {"op": []}])
def test_what_is_no_message_ends_it(channels: tuple[Channel, Channel], message: object) -> None:
    lane, control = channels
    lane.send(message)
    agent.serve(control, {"run": lambda message: {}})


def test_what_cannot_be_read_ends_it(channels: tuple[Channel, Channel]) -> None:
    lane, control = channels
    lane.socket.sendall(b"\xff" * 64)
    agent.serve(control, {"run": lambda message: {}})


def test_without_the_lane_it_ends(channels: tuple[Channel, Channel]) -> None:
    lane, control = channels
    lane.close()
    agent.serve(control, {"run": lambda message: {}})


def test_an_operation_can_be_the_last(channels: tuple[Channel, Channel]) -> None:
    lane, control = channels
    operations: dict[str, agent.Operation] = {}

    def last(message: dict[str, object]) -> dict[str, object]:
        operations.clear()
        return {"answered": True}

    operations["last"] = last
    lane.send({"op": "last"})
    agent.serve(control, operations)
    assert lane.receive() == {"answered": True}


def test_another_channel_is_attended_to_until_its_other_side_is_gone(
    channels: tuple[Channel, Channel],
) -> None:
    lane, control = channels
    friend, peer = map(Channel, socket.socketpair())
    heard = []

    def attend() -> None:
        heard.append(peer.receive())
        if heard[-1] == "last":
            lane.send({"op": "end"})

    friend.send("first")
    friend.send("last")
    friend.close()
    agent.serve(control, {"run": lambda message: {}}, {peer: attend})
    peer.close()
    assert heard == ["first", "last"]


def test_only_what_attends_can_be_interrupted(channels: tuple[Channel, Channel]) -> None:
    lane, control = channels
    friend, peer = map(Channel, socket.socketpair())
    seen = []

    def attend() -> None:
        peer.receive()
        lane.send({"op": "between"})
        lane.send({"op": "end"})
        signal.raise_signal(signal.SIGINT)
        seen.append("not reached")

    def between(message: dict[str, object]) -> dict[str, object]:
        signal.raise_signal(signal.SIGINT)
        seen.append("reached")
        return {}

    friend.send("go")
    agent.serve(control, {"between": between}, {peer: attend})
    friend.close()
    peer.close()
    assert seen == ["reached"]


def test_an_answer_says_what_the_cell_did() -> None:
    output = {"output_type": "stream", "name": "stdout", "text": "a"}
    assert agent.answer(Ran(0, (output,), 3, 0.5), 7) == {
        "index": 7,
        "outputs": [output],
        "count": 3,
        "seconds": 0.5,
        "problem": "",
        "reason": "",
    }
