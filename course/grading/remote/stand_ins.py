"""Classes that stand for the other side's, made from how they were described."""

import abc
import enum
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from course.grading.remote.codec import Unpacker, expect
from course.grading.remote.describe import IMMUTABLE
from course.grading.remote.enumerations import make_enumeration
from course.grading.remote.errors import MalformedError
from course.grading.remote.forwards import ALWAYS, forward
from course.grading.remote.kinds import base_kind
from course.grading.remote.mirror import (
    KEPT,
    Remote,
    RemoteABC,
    RemoteType,
    line_of,
    own_dict,
    ref_of,
)
from course.grading.remote.refs import Ref
from course.grading.remote.specials import SPECIALS

__all__ = ["make_class"]

_LONGEST_NAME = 200
_DATA: Any = (np.ndarray, pd.DataFrame, pd.Series, pd.Index, pd.api.extensions.ExtensionArray)
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
        return make_enumeration(ref, unpacker, name, bases, about.get("members") or [], names)
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
    return issubclass(base, _DATA)


def _name(value: Any) -> str:
    name: str = expect(value, str)
    if not name.isprintable() or len(name) > _LONGEST_NAME:
        raise MalformedError("expected the name of a class")
    return name


def _names(value: Any) -> list[str]:
    return [expect(name, str) for name in expect(value, list)]


def mirror_class(
    ref: Ref,
    *,
    name: str,
    module: str,
    qualname: str,
    bases: Iterable[type],
    specials: Iterable[str],
    own: Iterable[str],
    still_abstract: Iterable[str],
    valued: bool,
    claims: type | None,
) -> type:
    """Return a new class that stands for one of the other side's.

    ``specials`` are its special methods; ``own`` the names that are not simply a base's of this
    side; ``still_abstract`` those that keep it from having instances; ``valued`` tells that
    instances hold a value, as subclasses of ``int`` or ``list`` do; ``claims`` is the class that
    instances say they are of, where there can be no subclass of it.
    """
    body: dict[str, Any] = {
        "_stands_in": True,
        "_claims": claims,
        "__module__": module,
        "__qualname__": qualname,
    }
    bases = tuple(base for base in bases if base not in (object, Remote))
    real = tuple(base for base in bases if RemoteType not in line_of(type(base)))
    first = () if len(real) < len(bases) else (Remote,)
    own = frozenset(own)
    body["_native"] = _native(bases, own) if valued else frozenset()
    specials = set(specials) & SPECIALS
    if not valued:
        specials |= {"__repr__", "__str__", "__format__", "__dir__"}
        # What a base of this side would do must not happen here.
        body.update(dict.fromkeys(_specials_of(real) - specials))
        body.update(ALWAYS)
        body["__hash__"] = object.__hash__
        body["__eq__"], body["__ne__"] = object.__eq__, object.__ne__
    for special in specials:
        body[special] = forward(special, valued=valued)
    if "__eq__" in specials and "__hash__" not in specials and not valued:
        body["__hash__"] = None
    abstract = any(isinstance(base, abc.ABCMeta) for base in bases)
    metaclass = RemoteABC if abstract else RemoteType
    # Not by calling it: what an abstract base requires is not for a stand-in to have.
    made: type = metaclass.__new__(metaclass, name, (*first, *bases), body)
    type.__setattr__(made, "_ref", ref)  # until now it has told everything itself
    if abstract:
        type.__setattr__(made, "__abstractmethods__", frozenset(still_abstract))
    return made


def _native(bases: tuple[type, ...], own: frozenset[str]) -> frozenset[str]:
    """Return the attributes that a value itself has, on this side."""
    names: set[str] = set()
    for base in bases:
        for one in line_of(base):
            if RemoteType not in line_of(type(one)) and one is not Remote:
                names |= own_dict(one).keys()
    return frozenset(names - own - {"__dict__", "__doc__", "__module__", "__init__"})


def _specials_of(bases: tuple[type, ...]) -> set[str]:
    """Return the special methods that instances would inherit from bases of this side."""
    return {
        name
        for base in bases
        for one in line_of(base)
        if one is not object and RemoteType not in line_of(type(one))
        for name, value in own_dict(one).items()
        if name.startswith("__") and name.endswith("__") and callable(value) and name not in _BASIC
    }


_BASIC = KEPT | {"__init__", "__class_getitem__", "__setattr__"}
