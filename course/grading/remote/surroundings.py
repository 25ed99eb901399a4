"""What learners' code finds around it, as the test has made it: brought over before it runs.

Seeds of random numbers, filters of warnings, environment, working folder, files, and what a test
has put in the place of a library's functions. It goes one way only, but for files.
"""

import builtins
import contextlib
import ctypes
import os
import random
import sys
import types
import unittest.mock
import warnings
from collections.abc import Callable, Iterator
from operator import is_
from typing import Any

import numpy as np
from numpy.random.mtrand import get_bit_generator

from course.grading.remote.folders import Folders
from course.grading.remote.mirror import ref_of

__all__ = ["Patches", "Surroundings", "restore_random", "set_filters"]

Ask = Callable[..., Any]
_OWN = {("sys", "stdout"), ("sys", "stderr"), ("sys", "stdin"), ("builtins", "input")}


class Surroundings:
    """What the referee knows to be the same on both sides."""

    def __init__(self, ask: Ask, folders: Folders) -> None:
        """Bring over by ``ask(what, *operands)``."""
        self._ask = ask
        self._folders = folders
        self._patches = Patches()
        self._filters = list(warnings.filters)
        self._told_filters = self._filters
        self._environment = dict(os.environ)
        self._environment_touched = False
        self._place = os.getcwd()  # noqa: PTH109  # before every call, and a Path takes long
        self._random = _Random()
        sys.addaudithook(self._heard)

    def begin(self) -> None:
        """Begin a cell: the learner's code goes on with its own random numbers."""
        self._random.changes()

    def end(self) -> None:
        """End a cell: what the test put into its place is taken out again."""
        self._patches.clear()
        self.bring_over()

    def bring_over(self) -> None:
        """Let the learner's side know what has changed."""
        if changed := self._random.changes():
            self._ask("random", changed)
        if warnings.filters != self._told_filters:
            self._told_filters = list(warnings.filters)
            told = None if self._told_filters == self._filters else self._told_filters
            self._ask("filters", told)
        if self._environment_touched:
            self._bring_environment()
        if files := self._folders.changes():
            self._ask("files", files)
        place = os.getcwd()  # noqa: PTH109
        if place != self._place:
            self._place = place
            self._ask("chdir", self._folders.name_of(place))
        for what, *operands in self._patches.news():
            self._ask(what, *operands)

    def _heard(self, event: str, details: object) -> None:
        if event in ("os.putenv", "os.unsetenv"):
            self._environment_touched = True

    def _bring_environment(self) -> None:
        self._environment_touched = False
        now, before = dict(os.environ), self._environment
        if now != before:
            self._environment = now
            self._ask("environment", now, [name for name in before if name not in now])


class _Random:
    """The states of the two generators of random numbers that everybody shares."""

    def __init__(self) -> None:
        self._python: Any = None
        self._numpy: Any = None

    def changes(self) -> dict[str, Any]:
        """Return the states that are not what they were the last time."""
        changed: dict[str, Any] = {}
        python, numpy = random.getstate(), self._of_numpy()
        if python != self._python:
            self._python = changed["random"] = python
        if numpy != self._numpy:
            self._numpy = numpy
            changed["numpy"] = np.random.get_state()
        return changed

    @staticmethod
    def _of_numpy() -> bytes:
        """Return what changes with the state: that of the usual generator, as it is in memory."""
        bits = get_bit_generator()
        if type(bits) is np.random.MT19937:  # 624 numbers and a place among them
            return ctypes.string_at(bits.ctypes.state_address, 625 * 4)
        return repr(bits.state).encode()


class Patches:
    """What tests put in the place of a library's functions, by mock.patch or in builtins."""

    def __init__(self) -> None:
        """Watch :mod:`unittest.mock` from now on."""
        self._active: dict[tuple[str, str, str], Any] = {}
        self._told: dict[tuple[str, str, str], Any] = {}
        self._builtins = dict(vars(builtins))
        self._looked_at: list[Any] = []
        self._replaced: dict[tuple[str, str, str], Any] = {}
        patch: Any = unittest.mock._patch
        enter, leave = patch.__enter__, patch.__exit__

        def entered(patcher: Any) -> Any:
            result = enter(patcher)
            place = _place_of(patcher.target, patcher.attribute)
            if place is not None:
                self._active[place] = getattr(patcher.target, patcher.attribute)
            return result

        def left(patcher: Any, *error: Any) -> Any:
            place = _place_of(patcher.target, patcher.attribute)
            self._active.pop(place, None)  # type: ignore[arg-type]
            return leave(patcher, *error)

        patch.__enter__, patch.__exit__ = entered, left

    def clear(self) -> None:
        """Forget patches that nobody has ended."""
        self._active.clear()

    def news(self) -> Iterator[tuple[Any, ...]]:
        """Yield what to tell the learner's side."""
        active = {**self._active, **self._of_builtins()}
        for place in [place for place in self._told if place not in active]:
            del self._told[place]
            yield ("unpatch", *place)
        for place, value in active.items():
            if place not in self._told or self._told[place] is not value:
                self._told[place] = value
                yield ("patch", *place, value)

    def _of_builtins(self) -> dict[tuple[str, str, str], Any]:
        now = list(vars(builtins).values())
        if len(now) != len(self._looked_at) or not all(map(is_, now, self._looked_at)):
            self._looked_at = now
            self._replaced = {
                ("builtins", "", name): vars(builtins)[name]
                for name, value in self._builtins.items()
                if vars(builtins).get(name, value) is not value and name not in ("input", "_")
            }
        return self._replaced


def _place_of(target: Any, name: str) -> tuple[str, str, str] | None:
    """Return the module, the class in it, and the name that a patch is of; None if not ours."""
    if ref_of(target) is not None:
        return None
    if isinstance(target, types.ModuleType):
        place = (target.__name__, "", name)
    elif isinstance(target, type) and target.__module__ in sys.modules:
        place = (target.__module__, target.__qualname__, name)
    else:
        return None
    known = place[0] in ("__main__", "builtins") or (place[0], name) in _OWN
    return None if known else place


def restore_random(told: dict[str, Any]) -> None:
    """Go on from states of the other side's."""
    if "random" in told:
        random.setstate(told["random"])
    if "numpy" in told:
        np.random.set_state(told["numpy"])


def set_filters(filters: Any) -> None:
    """Replace the filters of warnings."""
    warnings.resetwarnings()
    for action, message, category, module, line in filters:
        with contextlib.suppress(AssertionError, TypeError):  # a category that is none here
            warnings.filterwarnings(
                action, _text(message), category, _text(module), line, append=True
            )


def _text(pattern: Any) -> str:
    return getattr(pattern, "pattern", pattern) or ""
