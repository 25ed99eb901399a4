"""The conversation of the two sides: one asks and waits, the other answers, perhaps asking back.

A message is a list: what it is (``ask``, ``answer``, ``error``, ``output``, ``stop``), the number
of the request that it belongs to, and, but for the last two, a body: a packed value, the twins
that changed, descriptions of objects that are new to the other side, and notes. Requests are
numbered by whoever makes them and answered in the reverse order, like calls. A request may be
abandoned, when something raises while it waits (a time limit of the test's, an interrupt): its
answer is thrown away when it comes.
"""

import select
import threading
from abc import abstractmethod
from typing import Any, Literal

import msgpack

from course.grading.remote.codec import Packer, Unpacker, expect, fields
from course.grading.remote.codes import signature_from
from course.grading.remote.errors import MalformedError, NotSendableError, RemoteError
from course.grading.remote.functions import BoundMethod
from course.grading.remote.kinds import Kind
from course.grading.remote.mirror import ref_of
from course.grading.remote.references import References
from course.grading.remote.refs import Ref
from course.grading.remote.signals import Uninterrupted
from course.grading.wire import Channel, WireError

__all__ = ["Link"]

_ENVELOPE = 64  # bytes around the body of a message
_SLICE = 0.05  # seconds for which a message that is coming in may keep signals waiting


class Link:
    """One end of the conversation."""

    references: References

    def __init__(self, channel: Channel) -> None:
        """Speak over ``channel``."""
        self.channel = channel
        self.busy = 0  # making or reading a message: what runs meanwhile may not ask
        self._numbers = 0
        self._open: set[int] = set()
        self._abandoned: set[int] = set()
        self._apart = False  # the twins are not known to be alike
        self._lock = threading.RLock()

    # --- what each side decides ------------------------------------------------------------------

    @abstractmethod
    def serve(self, what: str, operands: list[Any]) -> Any:
        """Do what the other side asks for."""

    @abstractmethod
    def notes(self) -> dict[str, Any]:
        """Return what to tell beside the value."""

    @abstractmethod
    def note(self, notes: dict[str, Any]) -> None:
        """Take what was told beside the value."""

    def settle(self) -> None:  # not every side has something to do
        """Prepare for a request: get what was abandoned out of the way."""

    def abandon(self, number: int) -> None:
        """Let the other side know that nobody waits for an answer any more."""

    @abstractmethod
    def stop(self, number: int) -> None:
        """Take the other side's word that it does not wait for the answer to a request."""

    @abstractmethod
    def output(self, output: Any) -> None:
        """Show what the other side put out."""

    # --- asking ----------------------------------------------------------------------------------

    def ask(self, what: str, *operands: Any) -> Any:
        """Have the other side do something; return the result, or raise what it raised."""
        __tracebackhide__ = True
        with self._lock:
            if self.busy:
                raise MalformedError("a value that asks for something while it is being read")
            self.settle()
            self._numbers += 1
            number = self._numbers
            self._send(number, "ask", (what, *operands))
            try:
                return self._wait(number)
            except BaseException:
                if number in self._open:
                    self._open.discard(number)
                    self._abandoned.add(number)
                    self._apart = True
                    self.abandon(number)
                raise

    def _wait(self, number: int) -> Any:
        __tracebackhide__ = True
        while True:
            kind, about, *rest = self.receive()
            if kind == "output":
                self.output(fields(rest, 1)[0])
            elif kind == "ask":
                self.reply(about, rest)
            elif kind == "stop":
                self.stop(about)
            elif about == number:
                value = self._read(rest)
                if kind == "answer":
                    return value
                if kind == "error" and isinstance(value, BaseException):
                    raise value
                raise MalformedError("expected an answer or an error")
            # else it is the late answer to a request that was abandoned

    def reply(self, number: Any, packed: list[Any]) -> None:
        """Answer a request of the other side's."""
        try:
            what, *operands = expect(self._read(packed), tuple)
            value = self.serve(expect(what, str), operands)
            self._send(number, "answer", value)
        except WireError:
            raise
        except BaseException as error:
            self._send_error(number, error)

    def _send_error(self, number: Any, error: BaseException) -> None:
        try:
            self._send(number, "error", error)
        except NotSendableError as refusal:  # the error itself is too much
            self._send(number, "error", refusal)

    # --- what stand-ins ask for ------------------------------------------------------------------

    def special(
        self, thing: Any, ref: Ref, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Call a special method of what a stand-in stands for."""
        __tracebackhide__ = True
        return self.ask("special", thing, name, args, kwargs)

    def attribute(self, thing: Any, ref: Ref, name: str) -> Any:
        """Return an attribute of what a stand-in stands for."""
        __tracebackhide__ = True
        if name == "__signature__":
            return signature_from(self.ask("signature", thing))
        known = ref_of(type(thing))
        if known is not None and known.about and name in known.about["methods"]:
            return BoundMethod(thing, name)
        return self.ask("attribute", thing, name)

    def construct(self, cls: type, ref: Ref, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a class."""
        __tracebackhide__ = True
        return self.ask("call", cls, args, kwargs)

    def call(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a function."""
        __tracebackhide__ = True
        return self.ask("call", function, args, kwargs)

    def call_method(
        self, owner: Any, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Call a method."""
        __tracebackhide__ = True
        return self.ask("method", owner, name, args, kwargs)

    def close(self, ref: Ref) -> None:
        """Close a generator; one that is thrown away now and then is closed by its own side."""
        if not self.busy:
            self.ask("step", ref, "close", None)

    # --- messages --------------------------------------------------------------------------------

    def _send(self, number: Any, kind: Literal["ask", "answer", "error"], value: Any) -> None:
        message = [kind, number, self._packed(value)]
        with Uninterrupted():
            if kind == "ask":
                self._open.add(number)
            self.channel.send(message)

    def _packed(self, value: Any) -> bytes:
        side = self.references
        self.busy += 1
        sent = False
        try:
            if self._apart:
                side.twins.clear()
            notes = {"apart": self._apart, "done": side.borrowed.done_with(), **self.notes()}
            notes["forget"] = self.unused_twins()
            packer = Packer(side)
            packed = packer(value)
            twins = side.twins.changes(packer, lambda twin: side.describe_twin(packer, twin))
            told = {key: value for key, value in notes.items() if value}
            body: bytes = msgpack.packb([packed, twins, packer.described, told])
            most = self.channel.largest - _ENVELOPE
            if len(body) > most:
                raise NotSendableError(
                    f"A value takes {len(body):,} bytes to send, and {most:,} are allowed."
                )
            sent = True
            return body
        except (OverflowError, ValueError) as error:
            raise NotSendableError(f"A value cannot be sent: {error}") from error
        finally:
            side.lent.settle(sent=sent)
            self._apart = not sent
            self.busy -= 1

    def _read(self, message: list[Any]) -> Any:
        side = self.references
        self.busy += 1
        read = False
        try:
            body = expect(fields(message, 1)[0], bytes)
            packed, twins, described, notes = fields(msgpack.unpackb(body, strict_map_key=False), 4)
            expect(notes, dict)
            if notes.get("apart") is True:
                side.twins.clear()
                self._apart = False
            side.twins.forget(notes.get("forget") or ())
            side.lent.take_back(notes.get("done") or ())
            unpacker = Unpacker(side, expect(described, dict))

            def make(kind: Kind, content: Any, about: Any) -> Any:
                return side.make_twin(unpacker, kind, content, about)

            side.twins.apply(unpacker, twins, make)
            value = unpacker(packed)
            self.note(notes)
            read = True
            return value
        except RemoteError:
            raise
        except Exception as error:
            raise MalformedError(f"no message: {type(error).__name__}: {error}") from error
        finally:
            self._apart = self._apart or not read
            self.busy -= 1

    def unused_twins(self) -> list[int]:
        """Return the twins that neither side needs to remember any more."""
        return []

    def receive(self) -> list[Any]:
        """Return the next message, with its first two fields checked."""
        while True:
            if not self.channel.pending:
                select.select([self.channel], [], [])  # where signals are welcome
            with Uninterrupted():
                try:
                    message = self.channel.receive(_SLICE)
                except TimeoutError:
                    continue
                if (
                    type(message) is not list
                    or len(message) < 2
                    or type(message[0]) is not str
                    or type(message[1]) is not int
                ):
                    raise WireError("expected a message of this conversation")
                if message[0] in ("answer", "error"):
                    self._open.discard(message[1])
                    self._abandoned.discard(message[1])
                return message
