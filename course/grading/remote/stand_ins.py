"""Classes that stand for the other side's, made from how they were described."""

import enum
from collections.abc import Mapping
from typing import Any

from course.grading.remote.codec import Unpacker, expect, fields
from course.grading.remote.describe import IMMUTABLE
from course.grading.remote.errors import MalformedError
from course.grading.remote.kinds import base_kind
from course.grading.remote.mirror import Ref, mirror_class, note_stand_in, ref_of
from course.grading.remote.specials import COMPARISONS

__all__ = ["make_class"]

_LONGEST_NAME = 200
_LISTS = ("specials", "own", "methods", "body", "still_abstract")


def make_class(side: Any, ref: Ref, unpacker: Unpacker, about: Any) -> type:
    """Return a class for what :func:`describe_class` told; MalformedError if it told nonsense."""
    expect(about, dict)
    bases = [unpacker(base) for base in expect(about.get("bases"), list)]
    if not bases or not all(isinstance(base, type) for base in bases):
        raise MalformedError("expected the bases of a class")
    names = {key: _names(about.get(key)) for key in _LISTS}
    ref.about = {
        "methods": frozenset(names["methods"]),
        "body": names["body"],
        "compares": about.get("compares") is True,
        "library": about.get("library"),
        "data": [base.__name__ for base in bases if _is_data(base)],
    }
    for base in bases:
        inherited = ref_of(base)
        if inherited is not None and inherited.about:
            ref.about["data"] += inherited.about["data"]
    name = _name(about.get("name"))
    if about.get("members") is not None or any(issubclass(base, enum.Enum) for base in bases):
        return _enumeration(ref, unpacker, name, bases, about.get("members") or [], names)
    own: type | None = side.own_class(about.get("library"))
    if own is not None and issubclass(own, BaseException):
        return own
    words: dict[str, Any] = {
        "name": name,
        "module": own.__module__ if own else "__main__",
        "qualname": _name(about.get("qualname")),
        "specials": names["specials"],
        "own": names["own"],
        "still_abstract": names["still_abstract"],
    }
    real = [base for base in bases if ref_of(base) or _holds_value(base) or side.real_base(base)]
    valued = about.get("valued") is True and any(map(_holds_value, real))
    claims = None
    if own is not None and not valued:
        if side.real_base(own):
            real = [own]
        else:
            claims = side.claimed(own)
    elif not valued:
        real = [base for base in real if not _holds_value(base)]
    try:
        return mirror_class(ref, bases=real, valued=valued, claims=claims, **words)
    except Exception:  # what a library's class asks of its subclasses
        real = [base for base in real if ref_of(base) or _holds_value(base)]
        return mirror_class(ref, bases=real, valued=valued, claims=claims, **words)


def _holds_value(base: type) -> bool:
    return (
        issubclass(base, IMMUTABLE)
        or base_kind(base) is not None
        or issubclass(base, BaseException)
    )


def _is_data(base: type) -> bool:
    """Whether values of a class are data, though no stand-in can be of it."""
    return base.__module__.partition(".")[0] in ("numpy", "pandas")


def _name(value: Any) -> str:
    name: str = expect(value, str)
    if not name.isprintable() or len(name) > _LONGEST_NAME:
        raise MalformedError("expected the name of a class")
    return name


def _names(value: Any) -> list[str]:
    return [expect(name, str) for name in expect(value, list)]


# --- enumerations: real ones, since their members are constants -----------------------------------


class _Forward:
    """A method or property of an enumeration, asked for over there."""

    def __init__(self, ref: Ref, name: str) -> None:
        self._ref = ref
        self._name = name

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        __tracebackhide__ = True
        asked = owner if instance is None else instance
        return self._ref.asker.ask("attribute", asked, self._name)


def _enumeration(
    ref: Ref,
    unpacker: Unpacker,
    name: str,
    bases: list[Any],
    members: Any,
    names: Mapping[str, list[str]],
) -> type:
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
