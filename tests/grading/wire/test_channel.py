"""Whole messages, whatever the other side sends."""

import socket
import struct
import threading
from collections.abc import Iterator

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.grading.wire import Channel, ChannelClosedError, WireError

Pair = tuple[Channel, Channel]


@pytest.fixture
def pair() -> Iterator[Pair]:
    left, right = map(Channel, socket.socketpair())
    yield left, right
    left.close()
    right.close()


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(0, 9), inner),
    max_leaves=20,
)


@given(st.lists(plain, min_size=1, max_size=4))
def test_messages_arrive_whole_and_in_order(messages: list[object]) -> None:
    left, right = map(Channel, socket.socketpair())
    for message in messages:
        left.send(message)
    assert [right.receive(1) for _ in messages] == messages
    left.close()
    right.close()


def test_a_large_message_needs_both_sides_at_once(pair: Pair) -> None:
    big = {"blob": b"x" * (5 << 20)}
    sender = threading.Thread(target=pair[0].send, args=(big,))
    sender.start()
    assert pair[1].receive(10) == big
    sender.join()


def test_a_timeout_loses_nothing(pair: Pair) -> None:
    body = msgpack.packb("slow")
    whole = struct.pack("!Q", len(body)) + body
    pair[0].socket.sendall(whole[:10])
    with pytest.raises(TimeoutError):
        pair[1].receive(0.01)
    assert pair[1].pending
    pair[0].socket.sendall(whole[10:])
    assert pair[1].receive(1) == "slow"
    assert not pair[1].pending


def test_too_long_a_message_is_refused_before_it_is_read(pair: Pair) -> None:
    pair[1].largest = 10
    pair[0].socket.sendall(struct.pack("!Q", 2**63))
    with pytest.raises(WireError, match="10 are allowed"):
        pair[1].receive(1)


@given(st.binary(min_size=1, max_size=40))
def test_nonsense_is_one_error(junk: bytes) -> None:
    left, right = map(Channel, socket.socketpair())
    left.socket.sendall(struct.pack("!Q", len(junk)) + junk)
    try:
        right.receive(1)
    except WireError:
        pass
    finally:
        left.close()
        right.close()


def test_a_closed_channel_says_so_on_both_sides(pair: Pair) -> None:
    pair[0].close()
    with pytest.raises(ChannelClosedError):
        pair[1].receive(1)
    with pytest.raises(ChannelClosedError):
        pair[1].send("anybody?")


def test_only_plain_data_is_sent(pair: Pair) -> None:
    with pytest.raises(TypeError):
        pair[0].send(object())
