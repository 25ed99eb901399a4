"""What the referee may have done in a learner's interpreter. Each ``do_…`` answers one request."""

import asyncio
import copy
import importlib
import os
import sys
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from course.grading.remote import library
from course.grading.remote.codes import code_facts, signature_of
from course.grading.remote.folders import Folders
from course.grading.remote.learners import Learners
from course.grading.remote.specials import special_of
from course.grading.remote.surroundings import restore_random, set_filters

__all__ = ["QUIET", "Actions"]

_MISSING = object()
# What runs no learner's code.
QUIET = frozenset(
    "name names bind seal rebound unbind random filters environment files chdir patch"
    " unpatch".split()
)


class Actions:
    """Acts on a learner's names, on objects that were lent, and on what is around them."""

    def __init__(
        self,
        names: dict[str, Any],
        hidden: Mapping[str, Any],
        references: Learners,
        folders: Folders,
        show_figures: Callable[[], None],
    ) -> None:
        """Act on ``names``; ``hidden`` ones are IPython's own."""
        self._names = names
        self._hidden = hidden
        self._references = references
        self._folders = folders
        self._show_figures = show_figures
        self._folder = Path.cwd()
        self._watched: dict[str, Any] = {}
        self._sealed: dict[str, Any] = {}
        self._before: dict[str, Any] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._filters: list[Any] | None = None
        self._patched: dict[tuple[str, str, str], Any] = {}

    def stale(self) -> list[str]:
        """Return names that the referee asked for and that mean something else by now."""
        stale = [
            name
            for name, value in self._watched.items()
            if self._names.get(name, _MISSING) is not value
        ]
        for name in stale:
            del self._watched[name]
        return stale

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
        hidden = self._hidden
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

    def do_rebound(self, shared: list[str], modules: list[str]) -> list[str]:
        """Return the sealed names that mean something else by now; note what both sides have."""
        self._references.shared_names = set(shared)
        self._references.shared_modules = set(modules)
        return [
            name
            for name, value in self._sealed.items()
            if self._names.get(name, _MISSING) is not value
        ]

    def do_import(self, name: str, folder: str) -> Any:
        """Import a module of the submission's, from a folder of its own."""
        place = str(self._folder / folder)
        if folder != "." and place not in sys.path:
            sys.path.insert(0, place)
        return importlib.import_module(name)

    def do_find(self, module: str, qualname: str) -> Any:
        """Return what a library has under a name."""
        return self._references.look_up(module, qualname)

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

    def do_finish(self) -> None:
        """Do what is done at the end of a cell: show what was drawn."""
        self._show_figures()

    def do_signature(self, function: Any) -> Any:
        """Return a signature."""
        return signature_of(function)

    def do_code(self, function: Any) -> dict[str, Any]:
        """Return what may be known of a function's code."""
        return code_facts(function.__code__, self._references.label)

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
