"""Enumerations of the other side: real ones here, since their members are constants."""

import enum
from collections.abc import Mapping
from typing import Any

from course.grading.remote.codec import Unpacker, expect, fields
from course.grading.remote.errors import MalformedError
from course.grading.remote.mirror import note_stand_in, ref_of
from course.grading.remote.refs import Ref
from course.grading.remote.specials import COMPARISONS

__all__ = ["make_enumeration"]


class _Forward:
    """A method or property of an enumeration, asked for over there."""

    def __init__(self, ref: Ref, name: str) -> None:
        self._ref = ref
        self._name = name

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        __tracebackhide__ = True
        asked = owner if instance is None else instance
        return self._ref.asker.ask("attribute", asked, self._name)


def make_enumeration(
    ref: Ref,
    unpacker: Unpacker,
    name: str,
    bases: list[Any],
    members: Any,
    names: Mapping[str, list[str]],
) -> type:
    """Return an enumeration; methods, and attributes that are no values, are asked for."""
    kind = type(bases[-1])
    if not issubclass(kind, enum.EnumType) or any(ref_of(b) and type(b) is not kind for b in bases):
        raise MalformedError("expected the bases of an enumeration")
    body = kind.__prepare__(name, tuple(bases))
    for member in expect(members, list):
        key, value = fields(member, 2)
        body[expect(key, str)] = unpacker(value)
    for own in names["own"]:
        if not own.startswith("_") and own not in body:
            body[own] = _Forward(ref, own)
    for special in names["specials"]:
        if special in _SHOWING:
            body[special] = _shown(ref, special)
        elif special in COMPARISONS:
            body[special] = _compared(ref, special)
    body["__getattr__"] = lambda self, attribute: _attribute(ref, self, attribute)
    body["__module__"] = "__main__"
    made: type = kind(name, tuple(bases), body)
    note_stand_in(made, ref)
    return made


_SHOWING = ("__str__", "__repr__", "__format__")


def _shown(ref: Ref, special: str) -> Any:
    def show(self: Any, *args: Any) -> Any:
        __tracebackhide__ = True
        return ref.asker.ask("special", self, special, args, {})

    return show


def _compared(ref: Ref, special: str) -> Any:
    def compare(self: Any, other: Any) -> Any:
        __tracebackhide__ = True
        if type(other) is not type(self):
            return NotImplemented
        return ref.asker.ask("special", self, special, (other,), {})

    return compare


def _attribute(ref: Ref, member: Any, name: str) -> Any:
    __tracebackhide__ = True
    if name.startswith("_"):
        raise AttributeError(name)
    return ref.asker.ask("attribute", member, name)
