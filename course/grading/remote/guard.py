"""What a learner's code may do with objects that the test handed over.

It may call functions that the test defines, and use public attributes, items and special methods of
instances of classes that the test defines, of mocks, iterators and open files. Everything else is
refused: modules, code, frames, what begins with an underscore, objects of libraries, whose methods
could do anything.
"""

import copy
import io
import types
import unittest.mock
from collections.abc import Callable, Iterator
from typing import Any

from course.grading.remote.codes import code_facts, signature_of
from course.grading.remote.errors import Unsupported
from course.grading.remote.specials import SPECIALS, special_of

__all__ = ["Guard"]

_FILES = (io.TextIOWrapper, io.BufferedReader, io.BufferedWriter, io.BufferedRandom, io.FileIO)
_FILE_METHODS = frozenset(
    "read readline readlines write writelines seek tell flush close closed name mode encoding"
    " readable writable seekable truncate isatty newlines".split()
)
_MOCKS = (unittest.mock.NonCallableMock,)
_MOCK_CONTROLS = frozenset({"attach_mock", "configure_mock", "mock_add_spec", "reset_mock"})
_FUNCTION_ATTRIBUTES = frozenset({"__name__", "__qualname__", "__doc__", "__module__"})


class Guard:
    """Does what the learner's side asks for, if it may be done."""

    def __init__(self, is_tests: Callable[[Any], bool]) -> None:
        """``is_tests`` tells of a function or class whether the test defines it."""
        self._is_tests = is_tests

    def do_call(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call something."""
        if not self._may_call(function):
            raise self._refusal(function, "called")
        return function(*args, **kwargs)

    def do_method(
        self, owner: Any, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Call a method."""
        return self.do_attribute(owner, name)(*args, **kwargs)

    def do_attribute(self, owner: Any, name: str) -> Any:
        """Return an attribute."""
        if isinstance(owner, types.FunctionType | types.MethodType):
            return self._of_function(owner, name)
        if name in SPECIALS and self._has_special(owner, name):
            return getattr(owner, name)
        if name.startswith("_"):
            raise AttributeError(f"{_kind(owner)!r} object has no attribute {name!r}")
        if not self._is_open(owner, name):
            raise self._refusal(owner, f"asked for its {name}")
        return getattr(owner, name)

    def do_assign(self, owner: Any, name: str, value: Any) -> None:
        """Set an attribute of an instance; not one that its class has a method for."""
        found = getattr(type(owner), name, None)
        # What a mock was called with is for the test to say.
        fixed = found is not None if isinstance(owner, _MOCKS) else callable(found)
        if name.startswith("_") or fixed or not self._is_instance(owner):
            raise self._refusal(owner, f"given another {name}")
        setattr(owner, name, value)

    def do_remove(self, owner: Any, name: str) -> None:
        """Delete an attribute of an instance."""
        if name.startswith("_") or not self._is_instance(owner):
            raise self._refusal(owner, f"rid of its {name}")
        delattr(owner, name)

    def do_special(
        self, owner: Any, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Call a special method."""
        if name in ("__repr__", "__str__", "__format__", "__dir__") and not self._is_instance(
            owner
        ):
            return f"<{_kind(owner)} of the test's>" if name != "__dir__" else []
        if not self._has_special(owner, name):
            raise self._refusal(owner, f"asked for its {name}")
        return special_of(owner, name)(*args, **kwargs)

    def do_step(self, generator: Any, way: str, value: Any) -> Any:
        """Go on with a generator."""
        if type(generator) is not types.GeneratorType or way not in ("send", "throw", "close"):
            raise self._refusal(generator, "gone on with")
        return generator.close() if way == "close" else getattr(generator, way)(value)

    def do_body(self, cls: type, name: str) -> Any:
        """Return what a class itself has under a public name."""
        if name.startswith("_") or not (isinstance(cls, type) and self._is_tests(cls)):
            raise self._refusal(cls, "looked into")
        return vars(cls)[name]

    def do_dir(self, owner: Any) -> list[str]:
        """Return the names of public attributes."""
        return [name for name in dir(owner) if not name.startswith("_")]

    def do_signature(self, function: Any) -> Any:
        """Return a signature."""
        if not (self._may_call(function) or isinstance(function, type)):
            raise self._refusal(function, "looked into")
        return signature_of(function)

    def do_code(self, function: Any) -> Any:
        """Return the names in a function's code, without its constants or its text."""
        if type(function) is not types.FunctionType:
            raise self._refusal(function, "looked into")
        facts = code_facts(function.__code__, lambda file: "the test")
        return {**facts, "co_consts": (), "lines": ""}

    def do_copy(self, owner: Any, deep: bool) -> Any:
        """Return a copy of an instance."""
        if not self._is_instance(owner):
            raise self._refusal(owner, "copied")
        return copy.deepcopy(owner) if deep else copy.copy(owner)

    def do_await(self, coroutine: Any) -> Any:
        """Run a coroutine that waits for nothing."""
        if type(coroutine) is types.CoroutineType:
            try:
                coroutine.send(None)
            except StopIteration as end:
                return end.value
        raise self._refusal(coroutine, "awaited")

    # --- what may be done ------------------------------------------------------------------------

    def _may_call(self, thing: Any) -> bool:
        if isinstance(thing, types.MethodType):
            return self._may_call(thing.__func__) or self._is_instance(thing.__self__)
        if isinstance(thing, types.BuiltinFunctionType):
            return isinstance(thing.__self__, _FILES) and thing.__name__ in _FILE_METHODS
        if isinstance(thing, type) or type(thing) is types.FunctionType:
            return self._is_tests(thing)
        wrapped = getattr(type(thing), "cache_info", None) and getattr(thing, "__wrapped__", None)
        if wrapped is not None:  # functools.cache
            return self._may_call(wrapped)
        return callable(thing) and self._is_instance(thing)

    def _is_instance(self, thing: Any) -> bool:
        """Whether something is an instance of a class that the test defines, or a mock."""
        if isinstance(thing, type | types.ModuleType):
            return False
        return isinstance(thing, _MOCKS) or self._is_tests(type(thing))

    def _is_open(self, owner: Any, name: str) -> bool:
        if type(owner) in _FILES:
            return name in _FILE_METHODS
        if isinstance(owner, _MOCKS) and name in _MOCK_CONTROLS:
            return False
        if isinstance(owner, type):
            return self._is_tests(owner)
        return self._is_instance(owner)

    def _has_special(self, owner: Any, name: str) -> bool:
        if name not in SPECIALS or getattr(type(owner), name, None) is None:
            return False
        if self._is_instance(owner):
            return True
        if type(owner) in _FILES:
            return name in ("__iter__", "__next__", "__enter__", "__exit__")
        if callable(owner) and name == "__call__":
            return self._may_call(owner)
        is_iterator = isinstance(owner, Iterator) and type(owner).__module__ in _ITERATORS
        return is_iterator and name in ("__iter__", "__next__")

    @staticmethod
    def _of_function(function: Any, name: str) -> Any:
        if name == "__dict__":
            return {}
        if name in _FUNCTION_ATTRIBUTES:
            return getattr(function, name)
        if name.startswith("_") or name not in getattr(function, "__dict__", {}):
            raise AttributeError(f"'function' object has no attribute {name!r}")
        return getattr(function, name)

    @staticmethod
    def _refusal(thing: Any, done: str) -> Unsupported:
        return Unsupported(
            f"The test hands {_kind(thing)!r} to the learner's code, where it is {done}. Objects of"
            " that kind cannot be used from another process."
        )


_ITERATORS = ("builtins", "itertools", "_io", "_csv", "collections", "more_itertools")


def _kind(thing: Any) -> str:
    return type(thing).__name__
