"""Messages over a socket: a length, then msgpack. Data only; nothing received is ever run."""

import select
import socket
import struct
import time
from typing import Any

import msgpack

__all__ = ["Channel", "ChannelClosedError", "WireError"]

_LENGTH = struct.Struct("!Q")


class WireError(Exception):
    """What arrived is no message, or a larger one than is allowed."""


class ChannelClosedError(WireError):
    """The other side is gone."""


class Channel:
    """Both ends send and receive whole messages: what msgpack holds.

    ``largest`` is the most bytes one received message may have; more is a :class:`WireError`, and
    the channel is of no use afterwards.
    """

    def __init__(self, sock: socket.socket, *, largest: int = 64 << 20) -> None:
        """Speak over ``sock``, a connected stream socket, which the channel then owns."""
        self.socket = sock
        self.largest = largest
        self._buffer = bytearray()

    def fileno(self) -> int:
        """Return the socket's descriptor, for ``select``."""
        return self.socket.fileno()

    def send(self, message: Any) -> None:
        """Send plain data; ChannelClosedError if nobody is there, TypeError if it is none."""
        body = msgpack.packb(message)
        try:
            self.socket.sendall(_LENGTH.pack(len(body)) + body)
        except OSError as error:
            raise ChannelClosedError(str(error)) from error

    def receive(self, timeout: float | None = None) -> Any:
        """Return the next message; TimeoutError after ``timeout`` seconds (None waits forever).

        After a timeout nothing is lost: the next call goes on where this one stopped.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        head = self._take(_LENGTH.size, deadline)
        (length,) = _LENGTH.unpack(head)
        if length > self.largest:
            raise WireError(f"a message of {length} bytes; {self.largest} are allowed")
        body = self._take(_LENGTH.size + length, deadline)[_LENGTH.size :]
        del self._buffer[: _LENGTH.size + length]
        try:
            return msgpack.unpackb(body, strict_map_key=False)
        except (ValueError, TypeError, RecursionError, OverflowError) as error:
            raise WireError(f"not a message: {error}") from error

    def _take(self, size: int, deadline: float | None) -> bytes:
        """Return the buffer's first ``size`` bytes, waiting for them; they stay in the buffer."""
        while len(self._buffer) < size:
            if deadline is not None:
                left = deadline - time.monotonic()
                if left <= 0 or not select.select([self.socket], [], [], left)[0]:
                    raise TimeoutError
            try:
                chunk = self.socket.recv(max(65536, min(size - len(self._buffer), 1 << 20)))
            except OSError as error:
                raise ChannelClosedError(str(error)) from error
            if not chunk:
                raise ChannelClosedError("the other side is gone")
            self._buffer += chunk
        return bytes(self._buffer[:size])

    @property
    def pending(self) -> bool:
        """Whether bytes were received that no message took yet."""
        return bool(self._buffer)

    def close(self) -> None:
        """Close the socket."""
        self.socket.close()
