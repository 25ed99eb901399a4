"""The learner's end: does what the referee asks for, in the learner's own interpreter.

Nothing here is safe from the learner's code, and nothing need be: whatever it makes of this, all it
can do is to answer the referee, which believes no answer. What matters here is to go on working
after anything that ordinary code does.
"""

import asyncio
import builtins
import contextlib
import copy
import fcntl
import importlib
import os
import signal
import sys
import types
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.grading.remote import library
from course.grading.remote.errors import MalformedError, NotSendableError
from course.grading.remote.folders import Folders
from course.grading.remote.functions import code_facts, signature_of
from course.grading.remote.link import Link, Uninterrupted
from course.grading.remote.mirror import Asker, Ref
from course.grading.remote.references import References
from course.grading.remote.specials import special_of
from course.grading.remote.surroundings import restore_random, set_filters
from course.grading.wire import Channel

__all__ = ["Servant"]

_MISSING = object()


class Servant(Link):
    """Lends what is in ``namespace``. ``shell`` redirects what is put out meanwhile."""

    def __init__(self, namespace: dict[str, Any], channel: Channel, shell: Any) -> None:
        """Listen to ``channel``, once :meth:`handle` is called."""
        super().__init__(channel)
        self.references = _Learners(self, namespace, shell)
        self._names = namespace
        self._shell = shell
        self._watched: dict[str, Any] = {}
        self._sealed: dict[str, Any] = {}
        self._before: dict[str, Any] = {}
        self._serving: list[int] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._running = False
        self._interrupted = False
        self._folder = Path.cwd()
        self._folders = Folders(self._folder, largest=channel.largest // 4)
        self._ran = False
        self._filters: list[Any] | None = None
        self._patched: dict[tuple[str, str, str], Any] = {}
        fcntl.fcntl(channel, fcntl.F_SETOWN, os.getpid())

    def handle(self) -> None:
        """Answer one request; WireError if nobody asks any more."""
        kind, number, *rest = self.receive()
        if kind != "ask":
            return  # it is about a request that has an answer already
        self._interrupted = False
        for number_ in (signal.SIGINT, signal.SIGIO):
            signal.signal(number_, self._interrupt)
        self.reply(number, rest)

    def _interrupt(self, number: int, frame: Any) -> None:
        """End the learner's code: it is told to stop, or the referee has something to say."""
        if self._running:
            raise KeyboardInterrupt
        self._interrupted = self._interrupted or number == signal.SIGINT

    @contextlib.contextmanager
    def _learners_code(self) -> Iterator[None]:
        """Let what may be interrupted run, and send what it puts out to the referee."""
        number = self._serving[-1]

        def sink(output: dict[str, Any]) -> None:
            was, self._running = self._running, False
            try:
                with Uninterrupted():
                    self.channel.send(["output", number, output])
            except (TypeError, ValueError, OverflowError):
                pass  # no output that could be in a notebook
            finally:
                self._running = was

        flags = fcntl.fcntl(self.channel, fcntl.F_GETFL)
        before: tuple[Any, Any] = builtins.input, warnings.showwarning
        with self._shell.redirect(sink):
            builtins.input, warnings.showwarning = self._input, self._warn  # type: ignore[assignment]
            try:
                # A message that arrives while the learner's code runs says that it is to stop.
                fcntl.fcntl(self.channel, fcntl.F_SETFL, flags | os.O_ASYNC)
                self._running = True
                if self._interrupted:
                    raise KeyboardInterrupt
                yield
            finally:
                self._running = False
                fcntl.fcntl(self.channel, fcntl.F_SETFL, flags & ~os.O_ASYNC)
                builtins.input, warnings.showwarning = before

    def _warn(
        self, message: Any, category: Any, file: str, line: int, out: Any = None, text: Any = None
    ) -> None:
        self.ask("warn", message, self.references.label(file), line)

    def _input(self, prompt: object = "") -> Any:
        return self.ask("input", str(prompt))

    def ask(self, what: str, *operands: Any) -> Any:
        """Ask the referee for something that the test handed over."""
        was, self._running = self._running, False
        try:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()  # what was printed comes before what the test does now
            return super().ask(what, *operands)
        finally:
            self._running = was
            if was and self._interrupted:
                self._interrupted = False
                raise KeyboardInterrupt

    def stop(self, number: int) -> None:
        """End what waits here for the referee: it does not wait itself any more."""
        if number in self._serving:
            raise KeyboardInterrupt

    def output(self, output: Any) -> None:
        """Ignore it: the referee puts out for itself."""

    def note(self, notes: dict[str, Any]) -> None:
        """Take what the referee told beside the value."""

    def notes(self) -> dict[str, Any]:
        """Tell which of the names that the referee asked for mean something else by now."""
        stale = [
            name
            for name, value in self._watched.items()
            if self._names.get(name, _MISSING) is not value
        ]
        for name in stale:
            del self._watched[name]
        return {"stale": stale, "files": self._folders.changes() if self._ran else {}}

    def reply(self, number: Any, packed: list[Any]) -> None:
        """Answer a request."""
        self._serving.append(number)
        try:
            super().reply(number, packed)
        finally:
            self._serving.pop()

    def serve(self, what: str, operands: list[Any]) -> Any:
        """Do what is asked for."""
        action = getattr(self, f"do_{what}")
        self._ran = what not in _QUIET
        if not self._ran:
            return action(*operands)
        with self._learners_code():
            return action(*operands)

    # --- names -----------------------------------------------------------------------------------

    def do_name(self, name: str) -> Any:
        """Return what a name means."""
        value = self._names.get(name, _MISSING)
        if value is _MISSING:
            raise NameError(f"name {name!r} is not defined", name=name)
        self._watched[name] = value
        return value

    def do_names(self) -> list[str]:
        """Return all names that are not IPython's."""
        hidden = self._shell.ip.user_ns_hidden
        return [
            name
            for name, value in self._names.items()
            if type(name) is str
            and not (name.startswith("_") or hidden.get(name, _MISSING) is value)
        ]

    def do_bind(self, values: dict[str, Any], gone: list[str]) -> None:
        """Give names the meaning they have for the test; or give back the one they had before."""
        for name, value in values.items():
            self._before.setdefault(name, self._names.get(name, _MISSING))
            self._names[name] = self._watched[name] = value
        for name in gone:
            before = self._before.pop(name, _MISSING)
            if before is _MISSING:
                self._names.pop(name, None)
            else:
                self._names[name] = before

    def do_unbind(self, name: str) -> None:
        """Delete a name."""
        if name not in self._names:
            raise NameError(f"name {name!r} is not defined", name=name)
        del self._names[name]

    def do_seal(self, names: list[str]) -> None:
        """Remember what these names mean now."""
        self._sealed = {name: self._names.get(name, _MISSING) for name in names}
        self._before.clear()

    def do_rebound(self, shared: list[str]) -> list[str]:
        """Return the sealed names that mean something else by now; take what is shared."""
        self.references.shared_names = set(shared)  # type: ignore[attr-defined]
        return [
            name
            for name, value in self._sealed.items()
            if self._names.get(name, _MISSING) is not value
        ]

    def do_import(self, name: str) -> Any:
        """Import a module of the submission's."""
        return importlib.import_module(name)

    def do_find(self, module: str, qualname: str) -> Any:
        """Return what a library has under a name."""
        return self.references.look_up(module, qualname)

    # --- objects ---------------------------------------------------------------------------------

    def do_call(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call something."""
        return function(*args, **kwargs)

    def do_method(
        self, owner: Any, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Call a method."""
        return getattr(owner, name)(*args, **kwargs)

    def do_special(
        self, owner: Any, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Call a special method, as the interpreter does: the class's."""
        return special_of(owner, name)(*args, **kwargs)

    def do_attribute(self, owner: Any, name: str) -> Any:
        """Return an attribute."""
        return getattr(owner, name)

    def do_assign(self, owner: Any, name: str, value: Any) -> None:
        """Set an attribute."""
        setattr(owner, name, value)

    def do_remove(self, owner: Any, name: str) -> None:
        """Delete an attribute."""
        delattr(owner, name)

    def do_body(self, cls: type, name: str) -> Any:
        """Return what a class itself has under a name."""
        return vars(cls)[name]

    def do_dir(self, owner: Any) -> list[str]:
        """Return the names of attributes."""
        return dir(owner)

    def do_copy(self, owner: Any, deep: bool) -> Any:
        """Return a copy."""
        return copy.deepcopy(owner) if deep else copy.copy(owner)

    def do_step(self, generator: Any, way: str, value: Any) -> Any:
        """Go on with a generator."""
        if way == "close":
            return generator.close()
        return getattr(generator, way)(value)

    def do_await(self, coroutine: Any) -> Any:
        """Run a coroutine to its end."""
        return self._complete(coroutine)

    def do_anext(self, generator: Any) -> Any:
        """Go on with an asynchronous generator."""

        async def step() -> Any:
            return await anext(generator)

        return self._complete(step())

    def _complete(self, coroutine: Any) -> Any:
        # Not asyncio.run(): at its end that closes generators which are not at theirs.
        if self._loop is None or self._loop.is_running() or self._loop.is_closed():
            self._loop = asyncio.new_event_loop()
        return self._loop.run_until_complete(coroutine)

    def do_signature(self, function: Any) -> Any:
        """Return a signature."""
        return signature_of(function)

    def do_code(self, function: Any) -> dict[str, Any]:
        """Return what may be known of a function's code."""
        return code_facts(function.__code__, self.references.label)

    # --- the world around ------------------------------------------------------------------------

    def do_random(self, states: dict[str, Any]) -> None:
        """Go on with the test's random numbers."""
        restore_random(states)

    def do_filters(self, filters: Any) -> None:
        """Have the test's filters of warnings; without any, one's own."""
        if self._filters is None:
            self._filters = list(warnings.filters)
        set_filters(self._filters if filters is None else filters)
        if filters is None:
            self._filters = None

    def do_environment(self, values: dict[str, str], gone: list[str]) -> None:
        """Have the test's environment."""
        os.environ.update(values)
        for name in gone:
            os.environ.pop(name, None)

    def do_files(self, files: dict[str, Any]) -> None:
        """Have the test's files."""
        self._folders.apply(files)

    def do_chdir(self, name: str) -> None:
        """Be in the folder that the test is in."""
        os.chdir(self._folder.parent / name)

    def do_patch(self, module: str, owner: str, name: str, value: Any) -> None:
        """Replace something in a library."""
        target = self._target(module, owner)
        self._patched.setdefault((module, owner, name), vars(target).get(name, _MISSING))
        setattr(target, name, value)

    def do_unpatch(self, module: str, owner: str, name: str) -> None:
        """Put back what was replaced."""
        target = self._target(module, owner)
        before = self._patched.pop((module, owner, name), _MISSING)
        if before is _MISSING:
            delattr(target, name)
        else:
            setattr(target, name, before)

    @staticmethod
    def _target(module: str, owner: str) -> Any:
        importlib.import_module(module)
        return library.found(module, owner) if owner else sys.modules[module]


_QUIET = frozenset(
    "name names bind seal rebound unbind random filters environment files chdir patch"
    " unpatch".split()
)


class _Learners(References):
    """What the learner's side lends and looks up: anything."""

    def __init__(self, asker: Asker, namespace: dict[str, Any], shell: Any) -> None:
        super().__init__(asker, first_twin=2)
        self._names = namespace
        self._shell = shell
        self._folder = str(Path.cwd())
        self.shared_names: set[str] = set()

    def shared_name(self, thing: Any) -> str | None:
        name = getattr(thing, "__name__", None)
        if type(name) is not str:
            return None
        if name in self.shared_names and self._names.get(name) is thing:
            return name
        module = getattr(thing, "__module__", None)
        whole = f"{module}:{name}"
        return (
            whole if whole in self.shared_names and library.found(module, name) is thing else None
        )

    def shared(self, name: str) -> Any:
        module, colon, attribute = name.rpartition(":")
        return getattr(importlib.import_module(module), attribute) if colon else self._names[name]

    def by_name(self, thing: Any) -> tuple[str, str] | None:
        return library.name_of(thing) if library.is_given(thing) else None

    def look_up(self, module: Any, qualname: Any) -> Any:
        importlib.import_module(module)
        thing = library.found(module, qualname)
        if thing is None:
            raise NotSendableError(f"The learner's side has no {module}.{qualname}.")
        return thing

    def method_of(self, owner: Any, name: str) -> Any:
        return getattr(owner, name)

    def module_by_name(self, name: str) -> types.ModuleType:
        return importlib.import_module(name)

    def is_own_module(self, module: types.ModuleType) -> bool:
        file = getattr(module, "__file__", None)
        if file is None:
            return module.__name__ == "__main__"
        return str(file).startswith(self._folder)

    def own_class(self, name: Any) -> type | None:
        found = library.found(*name) if name else None
        return found if isinstance(found, type) else None

    def real_base(self, base: type) -> type | None:
        return base if library.may_be_base(base) else None

    def claimed(self, cls: type) -> type | None:
        return cls

    def remote_module(self, ref: Ref, name: str) -> Any:
        raise MalformedError("a test's module cannot be lent")

    def label(self, file: str) -> str:
        known = self._shell.ip.compile.format_code_name(file)
        return " ".join(known) if known else Path(file).name
