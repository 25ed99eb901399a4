"""What becomes of a cell's messages: the outputs that nbclient would store in the notebook.

nbclient's own client takes the messages, so that display ids, ``clear_output`` and ipywidgets'
Output widgets mean what they mean there. Around it are limits, so that a cell that never stops
printing costs no memory, and so that an error is never what had to be left out.
"""

import contextlib
import logging
import os
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

from jupyter_client.session import Session
from nbclient import NotebookClient
from nbformat import NotebookNode, ValidationError
from nbformat.v4 import new_notebook

from course.grading.sessions.allowance import Allowance, cut, size_of
from course.grading.sessions.streams import Buffers
from course.text import _

__all__ = ["Outputs", "Sink"]

Sink = Callable[[dict[str, Any]], None]

_SHORT = 2000  # characters kept of a result there is no room for
_SHOWN = ("execute_result", "display_data", "update_display_data", "clear_output", "error")


class Outputs:
    """A kernel's iopub socket, and the notebook at its other end.

    Between cells nothing is kept.
    """

    def __init__(self, session: Session) -> None:
        """Take the messages of ``session``."""
        self.buffers = Buffers(self._printed)
        self._session = session
        self._to_kernel: dict[str, dict[str, Any]] = {}
        quiet = logging.Logger("course.grading.sessions")
        quiet.addHandler(logging.NullHandler())
        self._client = NotebookClient(new_notebook(), log=quiet)
        # All that an Output widget wants of a client: to send its new state to the kernel.
        channel = SimpleNamespace(send=self._for_kernel)
        client: Any = SimpleNamespace(session=session, shell_channel=channel)
        self._client.kc = client
        self._cell = _new_cell()
        self._open = False
        self.parent = ""  # what the messages that are listened to belong to
        self._sinks: list[Sink] = []
        self._allowance = Allowance(0)
        self._streams: list[tuple[str, list[str]]] = []
        self._owner = os.getpid()

    def open(self, parent: str, limit: int) -> None:
        """Begin a cell, whose messages have this parent; it may put out ``limit`` characters."""
        self._owner = os.getpid()
        self.flush()
        self.parent = parent
        self._allowance = Allowance(limit)
        self._cell = _new_cell()
        self._open = True
        self._client.nb.cells.append(self._cell)
        self._client.clear_before_next_output = False

    def close(self) -> None:
        """End the cell: what comes now is not its own."""
        self.flush()
        self._open = False

    def fail(self, name: str, value: str, traceback: list[str]) -> None:
        """Say that the cell failed, unless its outputs do: nbgrader's rule.

        The outputs may lack the error: it was shown in a widget, cleared, or too much.
        """
        if not any(o.output_type == "error" and o.ename == name for o in self._cell.outputs):
            lines = traceback or ["ERROR: An error occurred while showtraceback was disabled"]
            content: dict[str, Any] = {
                "ename": _sendable(name),
                "evalue": _sendable(value),
                "traceback": [_sendable(line) for line in lines],
            }
            if size_of(content) > self._allowance.error:
                content = cut(content, self._allowance.error)
            self._cell.outputs.append(NotebookNode(output_type="error", **content))

    def collect(self) -> list[dict[str, Any]]:
        """Return the outputs of the cell that ended, adjacent text of one stream as one."""
        return _merged(self._cell.outputs)

    @contextlib.contextmanager
    def to(self, sink: Sink, limit: int) -> Iterator[None]:
        """Send every output to ``sink`` instead, ``limit`` characters at most."""
        self._owner = os.getpid()
        self.flush()
        before, self._allowance = self._allowance, Allowance(limit)
        self._sinks.append(sink)
        try:
            yield
        finally:
            try:
                self.flush()
            finally:
                self._sinks.pop()
                self._allowance = before

    def flush(self) -> None:
        """Let what was printed come before all that follows."""
        self.buffers.flush()
        self._pass_on()

    def answers(self) -> list[dict[str, Any]]:
        """Return what the notebook's Output widgets have to say to the kernel, once."""
        messages, self._to_kernel = list(self._to_kernel.values()), {}
        return messages

    def send_multipart(self, frames: list[Any], copy: bool = True, **options: Any) -> None:
        """Take a message, as a socket does."""
        if os.getpid() != self._owner:
            return  # from a process forked in a cell, which has no notebook
        with self.buffers.lock:
            _idents, rest = self._session.feed_identities(frames)
            self._take(self._session.deserialize(rest), len(rest[4]))

    def _pass_on(self) -> None:
        with self.buffers.lock:
            streams, self._streams = self._streams, []
            for name, parts in streams:
                self._deliver("stream", {"name": name, "text": _sendable("".join(parts))})

    def _for_kernel(self, message: dict[str, Any]) -> None:
        # Only the newest: each holds all that the widget shows.
        self._to_kernel[message["content"]["comm_id"]] = message

    def _printed(self, name: str, text: str) -> None:
        allowed = self._allowance.take("text", len(text)) if self._listening else 0
        if allowed:
            self._append(name, text[:allowed])
        if allowed < len(text):
            self._tell(name)
        if self._sinks:
            self._pass_on()  # somebody waits for it; a cell can as well join it first

    def _append(self, name: str, text: str) -> None:
        if self._streams and self._streams[-1][0] == name:
            self._streams[-1][1].append(text)
        else:
            self._allowance.count()
            self._streams.append((name, [text]))

    def _tell(self, name: str) -> None:
        if self._listening and not self._allowance.told:
            self._allowance.told = True
            note = _("\n[… the rest of this cell's output was too long and is left out.]\n")
            self._append(name, note)

    @property
    def _listening(self) -> bool:
        return self._open or bool(self._sinks)

    def _take(self, message: dict[str, Any], size: int) -> None:
        if message["parent_header"].get("msg_id") != self.parent or not self._listening:
            return  # from a task that an earlier cell started
        kind = message["msg_type"]
        if kind in _SHOWN and not self._allowed(message, size):
            self._tell("stdout")
            if kind != "execute_result" or self._sinks or not self._allowance.last_result():
                return
            # What a graded cell ends with decides, so that no flood may push it out.
            text = str(message["content"]["data"].get("text/plain", ""))[:_SHORT]
            message["content"].update(data={"text/plain": text}, metadata={})
        self.flush()
        self._deliver(kind, message["content"], message)

    def _allowed(self, message: dict[str, Any], size: int) -> bool:
        """Book what is to be shown, an error cut to what is left; False if it is too much."""
        kind, content = message["msg_type"], message["content"]
        if kind == "clear_output" and not self._sinks:
            if not self._client.output_hook_stack[self.parent]:  # nor is it a widget's to clear
                self._allowance.renew()
            return True
        wanted = size_of(content) if kind == "error" else size
        allowed = self._allowance.take("error" if kind == "error" else "rich", wanted)
        if kind == "error" and 0 < allowed < wanted:
            message["content"] = cut(content, allowed)
        elif allowed < wanted:
            return False
        self._allowance.count()
        return True

    def _deliver(self, kind: str, content: dict[str, Any], message: Any = None) -> None:
        if self._sinks:
            if kind == "stream" or kind in _SHOWN:
                self._sinks[-1]({"output_type": kind, **content})
        elif self._open:
            header = {"msg_type": kind}
            message = message or {
                "msg_type": kind,
                "header": header,
                "parent_header": {"msg_id": self.parent},
                "content": content,
            }
            index = len(self._client.nb.cells) - 1
            # What is no valid output (a picture that is a number, say) would end nbclient's run;
            # here it is left out.
            with contextlib.suppress(ValidationError):
                self._client.process_message(message, self._cell, index)


def _new_cell() -> NotebookNode:
    return NotebookNode(cell_type="code", execution_count=None, outputs=[])


def _sendable(text: str) -> str:
    """Return text without the halves of characters that no encoding has."""
    return text.encode("utf-8", "replace").decode()


def _merged(outputs: list[NotebookNode]) -> list[dict[str, Any]]:
    merged: list[dict[str, Any]] = []
    for output in outputs:
        last = merged[-1] if merged else {}
        if output.output_type == "stream" and last.get("name") == output.name:
            last["text"] += output.text
        else:
            merged.append(dict(output))
    return merged
