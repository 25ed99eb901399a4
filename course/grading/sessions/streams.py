"""What is printed: by Python through ``sys.stdout`` and ``sys.stderr``, by anything else through
the file descriptors 1 and 2. All of it ends as text in one place.

Like ipykernel's, the two streams are buffered on their own and leave the buffer together with
whatever is shown, at the end of a cell, or a fifth of a second after the first write.
"""

import codecs
import contextlib
import io
import os
import select
import signal
import threading
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

__all__ = ["Buffers", "Descriptors", "OutStream"]

_INTERVAL = 0.2  # seconds, as ipykernel's OutStream.flush_interval
_LARGEST = 1 << 16  # characters held back; more is passed on at once
_NUMBERS = {"stdout": 1, "stderr": 2}


class Buffers:
    """Text on its way from the streams to ``sink(name, text)``."""

    def __init__(self, sink: Callable[[str, str], None]) -> None:
        """Pass on to ``sink``, called from whatever thread writes, one at a time."""
        self.lock = threading.RLock()
        self._sink = sink
        self._text: dict[str, list[str]] = {"stdout": [], "stderr": []}
        self._size = dict.fromkeys(self._text, 0)
        self._since = dict.fromkeys(self._text, 0.0)

    def write(self, name: str, text: str) -> None:
        """Take text. What has waited too long on either stream goes first, as by a timer."""
        if not text:
            return
        with self.lock:
            now = time.monotonic()
            late = [n for n in self._text if self._text[n] and now - self._since[n] > _INTERVAL]
            for other in sorted(late, key=self._since.__getitem__):
                self.flush(other)
            if not self._text[name]:
                self._since[name] = now
            self._text[name].append(text)
            self._size[name] += len(text)
            if self._size[name] > _LARGEST:
                self.flush(name)

    def flush(self, *names: str) -> None:
        """Pass on what waits on one stream, or on both: stdout first."""
        with self.lock:
            for name in names or self._text:
                parts, self._text[name] = self._text[name], []
                self._size[name] = 0
                if parts:
                    self._sink(name, "".join(parts))


class Descriptors:
    """The file descriptors 1 and 2, which C code and subprocesses write to, read as they fill."""

    def __init__(self, buffers: Buffers) -> None:
        """Redirect both from now on, and read them in a thread, so that no writer has to wait."""
        self._buffers = buffers
        self._owner = os.getpid()
        self._poll = select.poll()
        self._ends: dict[int, tuple[str, codecs.IncrementalDecoder]] = {}
        for name, number in _NUMBERS.items():
            end, writable = os.pipe()
            os.dup2(writable, number)
            os.close(writable)
            os.set_blocking(end, False)
            self._ends[end] = name, codecs.getincrementaldecoder("utf-8")("replace")
            self._poll.register(end, select.POLLIN)
        threading.Thread(target=self._watch, name="descriptors", daemon=True).start()

    def take(self) -> None:
        """Pass on what has been written so far."""
        with self._buffers.lock:
            while ready := [end for end, event in self._poll.poll(0) if event & select.POLLIN]:
                for end in ready:
                    name, decoder = self._ends[end]
                    self._buffers.write(name, decoder.decode(os.read(end, _LARGEST)))

    def own(self) -> bool:
        """Whether this process is the one that reads, and not a fork of it."""
        return os.getpid() == self._owner

    def _watch(self) -> None:
        # A signal must reach the main thread, to end what that waits for.
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        poll = select.poll()
        for end in self._ends:
            poll.register(end, select.POLLIN)
        # A learner's code may close any descriptor. Then nothing more is read, and only its own
        # output is lost.
        with contextlib.suppress(OSError, ValueError):
            while any(event & select.POLLIN for _, event in poll.poll()):
                self.take()


class OutStream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` in a cell, with the manners of ipykernel's OutStream.

    What a task prints that an earlier cell started is dropped, as nbclient drops it: it belongs to
    a cell that is over. Threads print into the cell that runs.
    """

    encoding = "UTF-8"

    def __init__(self, name: str, buffers: Buffers, descriptors: Descriptors) -> None:
        """Write to the buffer ``name``: ``stdout`` or ``stderr``."""
        self.name = name
        self._buffers = buffers
        self._descriptors = descriptors
        self._parent: ContextVar[Any] = ContextVar("parent")
        self._latest: Any = None
        self._nowhere: int | None = None

    def set_parent(self, parent: Any) -> None:
        """Say what cell runs now, in this context and in every thread."""
        self._latest = parent
        self._parent.set(parent)

    def write(self, string: str) -> int:
        """Write text; TypeError if it is none."""
        if not isinstance(string, str):
            raise TypeError(f"write() argument must be str, not {type(string)}")
        if not self._descriptors.own():
            # A process forked in a cell: only the descriptor still leads to the notebook.
            os.write(_NUMBERS[self.name], string.encode("utf-8", "replace"))
        elif self._parent.get(self._latest) is self._latest:
            self._descriptors.take()  # what a subprocess printed before comes before
            self._buffers.write(self.name, string)
        return len(string)

    def flush(self) -> None:
        """Let what was written come before all that follows."""
        if self._descriptors.own():
            self._descriptors.take()
            self._buffers.flush(self.name)

    def close(self) -> None:
        """Flush; the streams of a notebook stay open."""
        self.flush()

    def writable(self) -> bool:
        """Return True."""
        return True

    def fileno(self) -> int:
        """Return a descriptor that leads nowhere, as a kernel's leads to its own terminal."""
        if self._nowhere is None:
            self._nowhere = os.open(os.devnull, os.O_WRONLY)
        return self._nowhere
