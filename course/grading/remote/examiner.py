"""The referee's end: asks the learner's side, and believes nothing it says."""

import contextlib
import select
import time
import types
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course.grading.outputs import sane
from course.grading.remote import library
from course.grading.remote.codec import expect
from course.grading.remote.doubts import Doubts
from course.grading.remote.errors import LearnerGoneError, MalformedError
from course.grading.remote.functions import BoundMethod
from course.grading.remote.guard import Guard
from course.grading.remote.link import Link, Uninterrupted
from course.grading.remote.mirror import Ref, ref_of
from course.grading.remote.modules import RemoteModule
from course.grading.remote.references import References
from course.grading.remote.specials import BINARY
from course.grading.remote.trust import COMPARING, judge, judge_call, know
from course.grading.wire import Channel, WireError

__all__ = ["Examiner"]

_PATIENCE = 3.0  # seconds for what was abandoned to stop
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
        self.references: _Tests = _Tests(self)
        self.guard = Guard(self.references.is_tests)
        self.gone = ""
        self.doubts = Doubts()
        self.before: list[Callable[[], None]] = []
        self.expire: Callable[[list[str]], None] = lambda names: None
        self.take_files: Callable[[Any], None] = lambda files: None
        self.read_input: Callable[[str], Any] = input
        self._emit = emit
        self._settling = False

    def begin(self) -> None:
        """Begin a cell: forget what was the same on both sides in the last one."""
        self.references.twins.clear()
        self._apart = True
        self.doubts.clear()

    def ask(self, what: str, *operands: Any) -> Any:
        """Have the learner's side do something; LearnerGoneError if it cannot."""
        __tracebackhide__ = True
        if self.gone:
            raise LearnerGoneError(self.gone)
        try:
            if what in _RUNS:
                self._bring_over()
            return super().ask(what, *operands)
        except WireError as error:
            self._lose(error)
            raise LearnerGoneError(self.gone) from None

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
        deadline = time.monotonic() + _PATIENCE
        while self._abandoned:
            if not self.channel.pending and not self._heard(_REMINDER):
                if time.monotonic() > deadline:
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


class _Tests(References):
    """What the referee lends, and what it takes the learner's side's word for: names it knows."""

    def __init__(self, asker: Examiner) -> None:
        super().__init__(asker, first_twin=1)
        self.pinned: dict[str, Any] = {}
        self.given: set[str] = set()  # modules of the instructor's

    def is_tests(self, thing: Any) -> bool:
        """Whether a function or class is defined by the test, or by the instructor's files."""
        if ref_of(thing) is not None:
            return False
        module = getattr(thing, "__module__", None)
        return module == "__main__" or (type(module) is str and module in self.given)

    def shared_name(self, thing: Any) -> str | None:
        name = getattr(thing, "__name__", None)
        if type(name) is not str:
            return None
        if self.pinned.get(name) is thing:
            return name
        module = getattr(thing, "__module__", None)
        is_given = type(module) is str and module in self.given
        return f"{module}:{name}" if is_given and library.found(module, name) is thing else None

    def shared(self, name: str) -> Any:
        module, colon, attribute = expect(name, str).rpartition(":")
        if colon and module in self.given:
            found = library.found(module, attribute)
        else:
            found = self.pinned.get(name)
        if found is None:
            raise MalformedError("expected a name that both sides have")
        return found

    def by_name(self, thing: Any) -> tuple[str, str] | None:
        return library.name_of(thing)

    def look_up(self, module: Any, qualname: Any) -> Any:
        found = library.found(module, qualname)
        if found is None or not library.is_given(found):
            raise MalformedError("expected the name of a type")
        return found

    def method_of(self, owner: Any, name: str) -> Any:
        if name.startswith("_"):
            raise MalformedError("expected a public method")
        if ref_of(owner) is None and type(owner).__module__ not in ("builtins", "collections"):
            return self.asker.guard.do_attribute(owner, name)  # type: ignore[attr-defined]
        return getattr(owner, name)

    def module_by_name(self, name: str) -> types.ModuleType:
        module: types.ModuleType | None = library.imported(name)
        if module is None:
            raise MalformedError("expected the name of a module")
        return module

    def is_own_module(self, module: types.ModuleType) -> bool:
        return False

    def own_class(self, name: Any) -> type | None:
        if type(name) is not list or len(name) != 2:
            return None
        found = library.found(*name)
        return found if isinstance(found, type) and not self.is_tests(found) else None

    def real_base(self, base: type) -> type | None:
        return base if self.is_tests(base) or library.may_be_base(base) else None

    def claimed(self, cls: type) -> type | None:
        return cls if library.may_be_claimed(cls) else None

    def remote_module(self, ref: Ref, name: str) -> Any:
        return RemoteModule(ref, name)

    def label(self, file: str) -> str:
        return Path(file).name


def _warn(message: Any, file: Any, line: Any) -> None:
    """Show a warning of the learner's code, to whoever catches it in the test."""
    if not isinstance(message, Warning):
        raise MalformedError("expected a warning")
    name = f"<learner: {expect(file, str)[:80]}>"
    warnings.showwarning(message, type(message), name, expect(line, int))
