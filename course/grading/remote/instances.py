"""Instances of classes that a locked cell defines: both sides have the class, so these are data."""

import inspect
import types
from operator import is_
from typing import Any

from course.grading.remote.codec import Packer, Unpacker, expect, fields
from course.grading.remote.errors import MalformedError
from course.grading.remote.kinds import Kind, kind_tagged, register_kind

__all__ = ["INSTANCE", "is_simple"]

_HEAP_TYPE = 1 << 9


def is_simple(cls: type) -> bool:
    """Whether all that instances of a class hold is their attributes: Python made its bases."""
    return all(base.__flags__ & _HEAP_TYPE for base in cls.__mro__[:-1])


@register_kind
class _Instance(Kind):
    """By its attributes. One that would take the place of a method or property is left out."""

    tag, types = "instance", ()

    def state(self, value: Any) -> Any:
        return _held(value)

    def same(self, value: Any, state: Any) -> bool:
        names, values = _held(value)
        return bool(names == state[0]) and all(map(is_, values, state[1]))

    def pack(self, packer: Packer, value: Any) -> Any:
        return [packer.each(held) for held in _held(value)]

    def make(self, cls: type | None, packed: Any) -> Any:
        if cls is None or not is_simple(cls):
            raise MalformedError("expected an instance of a class that both sides have")
        return object.__new__(cls)

    def read(self, unpacker: Unpacker, packed: Any) -> Any:
        names, values = map(unpacker.each, fields(packed, 2))
        return {expect(name, str): value for name, value in zip(names, values, strict=True)}

    def fill(self, value: Any, content: Any) -> None:
        held = getattr(value, "__dict__", {})
        held.clear()
        for name, item in content.items():
            found = inspect.getattr_static(type(value), name, None)
            if isinstance(found, types.MemberDescriptorType):  # a slot
                found.__set__(value, item)
            elif not callable(found) and not hasattr(type(found), "__get__"):
                held[name] = item


INSTANCE = kind_tagged(_Instance.tag)


def _held(value: Any) -> tuple[list[str], list[Any]]:
    """Return the names and values of an instance's attributes."""
    held = dict(getattr(value, "__dict__", {}))
    for base in type(value).__mro__:
        for name, found in vars(base).items():
            if isinstance(found, types.MemberDescriptorType) and hasattr(value, name):
                held[name] = getattr(value, name)
    return list(held), list(held.values())
