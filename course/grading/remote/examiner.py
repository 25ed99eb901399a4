"""The referee's end: asks the learner's side, and believes nothing it says."""

import contextlib
import select
import time
import warnings
from collections.abc import Callable
from typing import Any

from course.grading.outputs import sane
from course.grading.remote.codec import expect
from course.grading.remote.doubts import Doubts
from course.grading.remote.errors import LearnerGoneError, MalformedError, RemoteError
from course.grading.remote.functions import BoundMethod
from course.grading.remote.guard import Guard
from course.grading.remote.link import Link
from course.grading.remote.mirror import ref_of
from course.grading.remote.modules import RemoteModule
from course.grading.remote.referees import Referees
from course.grading.remote.refs import Ref
from course.grading.remote.signals import Uninterrupted
from course.grading.remote.specials import BINARY
from course.grading.remote.trust import COMPARING, judge, judge_call, know
from course.grading.wire import Channel, WireError

__all__ = ["Examiner"]

_PATIENCE = 1.5  # seconds for what was abandoned to stop
_REMINDER = 0.2  # seconds after which it is told again
_RUNS = frozenset({"call", "method", "special", "step", "await", "anext", "attribute", "import"})
_OUTPUT = 1 << 24  # characters of one output; the cell has a limit of its own


class Examiner(Link):
    """Asks for what tests need of the learner's work.

    Attributes:
        gone: why the learner's side does not answer any more; empty while it does.
        doubts: why the cell may have failed for no fault of the learner's.
        before: called before learner's code is asked to run, to bring over what it must know.
    """

    def __init__(self, channel: Channel, emit: Callable[[dict[str, Any]], None]) -> None:
        """Ask over ``channel``; ``emit`` puts out what the learner's side does."""
        super().__init__(channel)
        self.references: Referees = Referees(self)
        self.guard = Guard(self.references.is_tests)
        self.gone = ""
        self.doubts = Doubts()
        self.before: list[Callable[[], None]] = []
        self.expire: Callable[[list[str]], None] = lambda names: None
        self.take_files: Callable[[Any], None] = lambda files: None
        self.read_input: Callable[[str], Any] = input
        self._emit = emit
        self._settling = False
        self._stuck = False  # what was abandoned in this cell goes on
        self.missed = ""  # why something that this cell asked for could not be had
        self._called = False  # learners' code ran in this cell

    def begin(self) -> None:
        """Begin a cell: forget what was the same on both sides in the last one."""
        self.references.twins.clear()
        self._apart = True
        self.doubts.clear()
        self._stuck = self._called = False
        self.missed = ""

    def ask(self, what: str, *operands: Any) -> Any:
        """Have the learner's side do something; LearnerGoneError if it cannot."""
        __tracebackhide__ = True
        try:
            if self.gone:
                raise LearnerGoneError(self.gone)
            if what in _RUNS:
                self._called = True
                self._bring_over()
            return super().ask(what, *operands)
        except WireError as error:
            self._lose(error)
            self.missed = self.gone
            raise LearnerGoneError(self.gone) from None
        except LearnerGoneError as error:
            self.missed = str(error)  # a test may catch any exception
            raise

    def finish(self) -> None:
        """End a cell: what learners' code drew for the test is shown, as in any other."""
        if self._called and not self.gone:
            missed = self.missed
            with contextlib.suppress(RemoteError):
                self.ask("finish")
            self.missed = missed  # the test itself did without

    def _lose(self, error: WireError) -> None:
        self.gone = f"The learner's interpreter has ended, so this test cannot use it ({error})."

    def _bring_over(self) -> None:
        if self._settling or self.busy:
            return
        self._settling = True
        try:
            for bring in self.before:
                bring()
        finally:
            self._settling = False

    # --- what was abandoned ----------------------------------------------------------------------

    def abandon(self, number: int) -> None:
        """Tell the learner's side to stop."""
        with contextlib.suppress(WireError), Uninterrupted():
            self.channel.send(["stop", number])

    def settle(self) -> None:
        """Wait until what was abandoned has stopped; LearnerGoneError if it does not."""
        deadline = time.monotonic() + (0.0 if self._stuck else _PATIENCE)
        while self._abandoned:
            if not self.channel.pending and not self._heard(_REMINDER):
                if time.monotonic() > deadline:
                    self._stuck = True
                    raise LearnerGoneError(
                        "The learner's code did not stop when its time was over, so nothing else"
                        " can be asked of it."
                    )
                for number in self._abandoned:
                    self.abandon(number)
                continue
            kind, number, *_ = self.receive()
            if kind == "ask":  # what it calls back belongs to what was abandoned
                self._send_error(number, KeyboardInterrupt())

    def _heard(self, seconds: float) -> bool:
        return bool(select.select([self.channel], [], [], seconds)[0])

    def stop(self, number: int) -> None:
        """Ignore it: the learner's side has nothing to stop here."""

    # --- what comes along ------------------------------------------------------------------------

    def notes(self) -> dict[str, Any]:
        """Tell nothing."""
        return {}

    def note(self, notes: dict[str, Any]) -> None:
        """Take the names that mean something else by now, and files that were written."""
        if "stale" in notes:
            self.expire([expect(name, str) for name in expect(notes["stale"], list)])
        if "files" in notes:
            self.take_files(notes["files"])

    def unused_twins(self) -> list[int]:
        """Return the twins that no test has any more."""
        return self.references.twins.drop_unused()

    def output(self, output: Any) -> None:
        """Put it out here, if it is an output."""
        for one in sane([output], _OUTPUT):
            self._emit(one)

    def serve(self, what: str, operands: list[Any]) -> Any:
        """Do what the learner's side asks for, if it may be done."""
        if what == "input":
            return self.read_input(*(expect(prompt, str) for prompt in operands))
        if what == "warn":
            return _warn(*operands)
        action = getattr(self.guard, f"do_{what}", None)
        if action is None:
            raise MalformedError("expected something that can be done")
        return action(*operands)

    # --- what stand-ins ask for ------------------------------------------------------------------

    def special(
        self, thing: Any, ref: Ref, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Call a special method, if that keeps the learner's code and the test's values apart."""
        __tracebackhide__ = True
        verdict = judge(ref, type(thing), name, args, self.doubts.add)
        if verdict is not ...:
            return verdict
        result = super().special(thing, ref, name, args, kwargs)
        if name in BINARY and ref.made:
            self._made(result)
        return result

    @staticmethod
    def _made(thing: Any) -> None:
        """Note that the test made something, if it knows what it is."""
        ref, cls = ref_of(thing), ref_of(type(thing))
        if ref is not None and cls is not None and cls.known:
            ref.made = True

    def construct(self, cls: type, ref: Ref, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a class; the test made what comes of it, if it knows the class as one."""
        __tracebackhide__ = True
        made = super().construct(cls, ref, args, kwargs)
        if type(made) is cls:
            self._made(made)
        return made

    def call(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a function; a method, if it compares, only on objects that the test made."""
        __tracebackhide__ = True
        about = object.__getattribute__(function, "_about")
        if about["type"] == "method":
            judge_call(function.__self__, about["name"], args, kwargs)
        return super().call(function, args, kwargs)

    def call_method(
        self, owner: Any, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Call a method; one that compares only on objects that the test made."""
        __tracebackhide__ = True
        judge_call(owner, name, args, kwargs)
        return super().call_method(owner, name, args, kwargs)

    def attribute(self, thing: Any, ref: Ref, name: str) -> Any:
        """Return an attribute."""
        __tracebackhide__ = True
        found = super().attribute(thing, ref, name)
        if isinstance(thing, RemoteModule):
            know(found, name)
        elif name in COMPARING and callable(found) and not isinstance(thing, type):
            return BoundMethod(thing, name)  # however the learner's class came by it
        return found


def _warn(message: Any, file: Any, line: Any) -> None:
    """Show a warning of the learner's code, to whoever catches it in the test."""
    if not isinstance(message, Warning):
        raise MalformedError("expected a warning")
    name = f"<learner: {expect(file, str)[:80]}>"
    warnings.showwarning(message, type(message), name, expect(line, int))
