"""What a side tells the other of an object when it first refers to it: all plain values."""

import enum
import types
from collections.abc import Iterator
from typing import Any

from course.grading.remote.codec import Packer
from course.grading.remote.failures import base_of
from course.grading.remote.kinds import base_kind
from course.grading.remote.library import name_of
from course.grading.remote.specials import SPECIALS

__all__ = ["IMMUTABLE", "describe_class", "describe_function", "value_type"]

# Built-in types whose subclasses are made anew on the other side, with the value they hold.
IMMUTABLE = (int, float, complex, str, bytes, tuple, frozenset)

_mro = vars(type)["__mro__"].__get__


def value_type(cls: type) -> type | None:
    """Return the built-in type whose value instances of a class hold, or None."""
    for base in _mro(cls):
        if base in IMMUTABLE:
            return base  # type: ignore[no-any-return]
    return None


def describe_class(packer: Packer, cls: type, library: tuple[str, str] | None) -> dict[str, Any]:
    """Return what a stand-in for a class must know; ``library`` is the name it is known by."""
    valued = (
        value_type(cls) is not None or base_kind(cls) is not None or issubclass(cls, BaseException)
    )
    listed = valued or issubclass(cls, enum.Enum)
    made_here = list(_made_here(cls)) if listed else _mro(cls)[:-1]
    own = {name for base in made_here for name in vars(base)}
    specials = {name for name in own & SPECIALS if _of_class(cls, name) is not None}
    about = {
        "name": str(cls.__name__),
        "qualname": str(cls.__qualname__),
        "module": str(cls.__module__),
        "library": list(library) if library else None,
        "bases": [packer(base) for base in cls.__bases__],
        "valued": valued,
        "specials": sorted(specials),
        "own": sorted(own - {"__dict__", "__weakref__"}),
        "methods": sorted(_methods(cls)),
        "body": [name for name in vars(cls) if type(name) is str],
        "compares": _compares(cls),
        "still_abstract": sorted(getattr(cls, "__abstractmethods__", ())),
        "members": None,
    }
    if issubclass(cls, enum.Enum) and len(cls):
        about["members"] = [
            [str(name), packer(one._value_)] for name, one in cls.__members__.items()
        ]
    return about


def describe_function(function: Any) -> dict[str, Any]:
    """Return what a stand-in for a function must know."""
    doc = getattr(function, "__doc__", None)
    return {
        "type": type(function).__name__,
        "name": str(getattr(function, "__name__", "")),
        "qualname": str(getattr(function, "__qualname__", "")),
        "module": str(getattr(function, "__module__", "")),
        "doc": doc if type(doc) is str else None,
        "library": name_of(function),
    }


def _made_here(cls: type) -> Iterator[type]:
    """Yield the classes, of a class's line, above the built-in one that holds the value."""
    for base in _mro(cls):
        if base in IMMUTABLE or base.__module__ in ("builtins", "collections", "enum"):
            return
        if issubclass(base, BaseException) and base is base_of(base):
            return
        yield base


def _methods(cls: type) -> Iterator[str]:
    seen: set[str] = set()
    for base in _mro(cls)[:-1]:
        for name, value in vars(base).items():
            if name not in seen and type(value) is types.FunctionType:
                yield name
            seen.add(name)


def _of_class(cls: type, name: str) -> Any:
    return next((vars(base)[name] for base in _mro(cls) if name in vars(base)), None)


def _compares(cls: type) -> bool:
    """Whether somebody wrote an ``__eq__``; a dataclass's knows only its own kind."""
    equal = _of_class(cls, "__eq__")
    return isinstance(equal, types.FunctionType) and equal.__code__.co_filename != "<string>"
