"""Stand-ins for objects of the other side: real classes here, whose instances ask over there.

A class of the other side becomes a class of this one with the same name and bases, so that
``isinstance``, ``issubclass``, ``except`` and ``type(x) is C`` need no answer from there. What its
instances do is asked for, special methods included, as far as :mod:`.specials` names them.
"""

import abc
import enum
import types
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol

from course.grading.remote.errors import Unsupported
from course.grading.remote.specials import ATTRIBUTES, BINARY, COMPARISONS, SPECIALS

__all__ = [
    "Asker",
    "Ref",
    "Remote",
    "RemoteType",
    "attach",
    "mirror_class",
    "note_stand_in",
    "ref_of",
]


class Asker(Protocol):
    """What a stand-in needs of its side."""

    def ask(self, what: str, *operands: Any) -> Any:
        """Have the other side do something; return the result, or raise what it raised."""

    def special(
        self, thing: Any, ref: "Ref", name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Call a special method."""

    def attribute(self, thing: Any, ref: "Ref", name: str) -> Any:
        """Return an attribute."""

    def construct(
        self, cls: type, ref: "Ref", args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Call a class."""

    def call(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a function."""

    def close(self, ref: "Ref") -> None:
        """Close a generator."""


class Ref:
    """Which object of the other side something stands for.

    ``hash`` is the object's, if it came along. ``made`` tells that the test itself made it, by
    calling a class that it knows as one (``known``, of classes).
    """

    __slots__ = ("__weakref__", "about", "asker", "hash", "known", "made", "number")

    def __init__(self, asker: Asker, number: int, about: Any = None) -> None:
        """Refer to object ``number``."""
        self.asker = asker
        self.number = number
        self.about = about
        self.hash: int | None = None
        self.made = self.known = False


_mro = vars(type)["__mro__"].__get__
_own_dict = vars(type)["__dict__"].__get__
_KEPT = frozenset(
    "__mro__ __bases__ __base__ __name__ __qualname__ __module__ __class__ __subclasses__ mro"
    " __subclasshook__ __instancecheck__ __subclasscheck__ __abstractmethods__ __flags__"
    " __basicsize__ __itemsize__ __dictoffset__ __weakrefoffset__ __prepare__ __new__"
    " __init_subclass__ __type_params__ __text_signature__ __mro_entries__ _abc_impl"
    " __sizeof__ __reduce__ __reduce_ex__ __getstate__ __getattribute__ __static_attributes__"
    " __firstlineno__ __copy__ __deepcopy__".split()
)
_KEPT_BY_INSTANCES = frozenset(
    "__class__ __weakref__ __reduce__ __reduce_ex__ __getstate__ __sizeof__ __subclasshook__"
    " __init_subclass__ __getattribute__ __traceback__ __cause__ __context__ __notes__"
    " __suppress_context__ __copy__ __deepcopy__".split()
)
# pandas takes an object for its own by this.
_DENIED = frozenset({"_typ", "_mgr"})


class RemoteType(type):
    """The class of classes that stand for the other side's."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any], **words: Any) -> Any:
        """Refuse to make a subclass here of what is elsewhere."""
        if not body.get("_stands_in"):
            raise Unsupported(
                f"The test makes a subclass, {name}, of a class of the learner's. Those live in"
                " another process, so that cannot be done here."
            )
        return super().__new__(cls, name, bases, body)

    def __init__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any], **_: Any) -> None:
        """Take what the body had to say."""
        super().__init__(name, bases, body)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Make an instance, over there."""
        __tracebackhide__ = True
        ref = _class_ref(cls)
        return ref.asker.construct(cls, ref, args, kwargs)

    def __getattribute__(cls, name: str) -> Any:
        """Ask for what is not about the class itself."""
        __tracebackhide__ = True
        ref = _own_dict(cls).get("_ref")
        if ref is None or name in _KEPT:
            return super().__getattribute__(name)
        if name == "__dict__":
            return ClassBody(cls, ref)
        if name.startswith("__") and name.endswith("__") and name not in ATTRIBUTES:
            if name == "__signature__":
                return ref.asker.attribute(cls, ref, name)
            raise AttributeError(f"type object '{cls.__name__}' has no attribute '{name}'")
        return ref.asker.attribute(cls, ref, name)

    def __setattr__(cls, name: str, value: Any) -> None:
        """Set an attribute, over there."""
        __tracebackhide__ = True
        if name == "__abstractmethods__" or name.startswith("_abc_"):
            super().__setattr__(name, value)
        else:
            ref = _class_ref(cls)
            ref.asker.ask("assign", cls, name, value)
            if name not in ref.about["body"]:
                ref.about["body"].append(name)

    def __delattr__(cls, name: str) -> None:
        """Delete an attribute, over there."""
        __tracebackhide__ = True
        ref = _class_ref(cls)
        ref.asker.ask("remove", cls, name)
        if name in ref.about["body"]:
            ref.about["body"].remove(name)

    def __dir__(cls) -> list[str]:
        """Return the names of attributes."""
        return list(_class_ref(cls).asker.ask("dir", cls))

    def __repr__(cls) -> str:
        """Show it as any class."""
        return f"<class '{cls.__module__}.{cls.__qualname__}'>"


class ClassBody(Mapping[str, Any]):
    """What a class defines itself: names as they were told, their meaning asked for.

    Libraries look here for special methods at any time, so names must not be asked for.
    """

    def __init__(self, cls: type, ref: Ref) -> None:
        """Be the ``__dict__`` of a class."""
        self._cls = cls
        self._ref = ref

    def __getitem__(self, name: str) -> Any:
        """Return what a name means in the class."""
        __tracebackhide__ = True
        if name not in self:
            raise KeyError(name)
        return self._ref.asker.ask("body", self._cls, name)

    def __contains__(self, name: object) -> bool:
        """Whether the class defines a name itself."""
        return name in self._ref.about["body"]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._ref.about["body"])

    def __len__(self) -> int:
        """Count the names."""
        return len(self._ref.about["body"])


class _RemoteABC(RemoteType, abc.ABCMeta):
    """For classes with an abstract base here."""


class Remote:
    """What instances that stand for the other side's have in common."""

    __slots__ = ()

    def __init_subclass__(cls, **_: Any) -> None:
        """Do nothing, and nothing that a library's class does to its subclasses."""

    def __getattribute__(self, name: str) -> Any:
        """Ask for an attribute."""
        __tracebackhide__ = True
        cls = type(self)
        body = _own_dict(cls)
        if name in _KEPT_BY_INSTANCES:
            if name == "__class__":
                return body.get("_claims") or cls
            return object.__getattribute__(self, name)
        if name in body["_native"]:
            return object.__getattribute__(self, name)
        if name in _DENIED or (
            name.startswith("__") and name.endswith("__") and name not in ATTRIBUTES
        ):
            raise AttributeError(f"'{cls.__name__}' object has no attribute '{name}'")
        ref = ref_of(self)
        assert ref is not None
        return ref.asker.attribute(self, ref, name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute, over there."""
        __tracebackhide__ = True
        if name in _KEPT_BY_INSTANCES:
            object.__setattr__(self, name, value)
        else:
            _ref(self).asker.ask("assign", self, name, value)

    def __delattr__(self, name: str) -> None:
        """Delete an attribute, over there."""
        __tracebackhide__ = True
        _ref(self).asker.ask("remove", self, name)


# Stand-ins that have no room for a Ref: generators and the like, and enumerations.
_others: weakref.WeakKeyDictionary[Any, Ref] = weakref.WeakKeyDictionary()
_OTHERS = (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType, enum.EnumType)


def ref_of(value: Any) -> Ref | None:
    """Return what a value stands for; None if it is an ordinary one."""
    cls = type(value)
    if Remote in _mro(cls):
        found = object.__getattribute__(value, "__dict__").get("_ref")
    elif RemoteType in _mro(cls):
        found = _own_dict(value).get("_ref")
    elif hasattr(cls, "_stand_in_ref"):
        found = object.__getattribute__(value, "_ref")
    elif cls in _OTHERS:
        found = _others.get(value)
    else:
        found = None
    return found if type(found) is Ref else None


def note_stand_in(value: Any, ref: Ref) -> None:
    """Let a generator, coroutine or enumeration stand for an object."""
    _others[value] = ref


def attach(instance: Any, ref: Ref) -> Any:
    """Let an instance of a mirror class stand for an object; return it."""
    object.__getattribute__(instance, "__dict__")["_ref"] = ref
    return instance


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
    real = tuple(base for base in bases if RemoteType not in _mro(type(base)))
    first = () if len(real) < len(bases) else (Remote,)
    own = frozenset(own)
    body["_native"] = _native(bases, own) if valued else frozenset()
    specials = set(specials) & SPECIALS
    if not valued:
        specials |= {"__repr__", "__str__", "__format__", "__dir__"}
        # What a base of this side would do must not happen here.
        body.update(dict.fromkeys(_specials_of(real) - specials))
        body.update(_DISARMED)
        body["__hash__"] = object.__hash__
        body["__eq__"], body["__ne__"] = object.__eq__, object.__ne__
    for special in specials:
        body[special] = _FORWARD[special](valued)
    if "__eq__" in specials and "__hash__" not in specials and not valued:
        body["__hash__"] = None
    abstract = any(isinstance(base, abc.ABCMeta) for base in bases)
    metaclass = _RemoteABC if abstract else RemoteType
    # Not by calling it: what an abstract base requires is not for a stand-in to have.
    made: type = metaclass.__new__(metaclass, name, (*first, *bases), body)
    type.__setattr__(made, "_ref", ref)  # until now it has told everything itself
    if abstract:
        type.__setattr__(made, "__abstractmethods__", frozenset(still_abstract))
    return made


def _class_ref(cls: type) -> Ref:
    ref: Ref = _own_dict(cls)["_ref"]
    return ref


def _ref(value: Any) -> Ref:
    ref = ref_of(value)
    assert ref is not None
    return ref


def _native(bases: tuple[type, ...], own: frozenset[str]) -> frozenset[str]:
    """Return the attributes that a value itself has, on this side."""
    names: set[str] = set()
    for base in bases:
        for one in _mro(base):
            if RemoteType not in _mro(type(one)) and one is not Remote:
                names |= _own_dict(one).keys()
    return frozenset(names - own - {"__dict__", "__doc__", "__module__", "__init__"})


def _specials_of(bases: tuple[type, ...]) -> set[str]:
    """Return the special methods that instances would inherit from bases of this side."""
    return {
        name
        for base in bases
        for one in _mro(base)
        if one is not object and RemoteType not in _mro(type(one))
        for name, value in _own_dict(one).items()
        if name.startswith("__") and name.endswith("__") and callable(value) and name not in _BASIC
    }


_BASIC = _KEPT | _KEPT_BY_INSTANCES | {"__init__", "__class_getitem__", "__setattr__"}


# --- special methods -----------------------------------------------------------------------------


def _ask(self: Any, name: str, *args: Any, **kwargs: Any) -> Any:
    __tracebackhide__ = True
    ref = _ref(self)
    return ref.asker.special(self, ref, name, args, kwargs)


def _missing(self: Any, name: str) -> Any:
    raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")


def _copy(self: Any) -> Any:
    __tracebackhide__ = True
    return _ref(self).asker.ask("copy", self, False)


def _deepcopy(self: Any, memo: Any) -> Any:
    __tracebackhide__ = True
    return _ref(self).asker.ask("copy", self, True)


# Always there: what stands for an object cannot be copied, ended or asked for more on this side.
_DISARMED: Mapping[str, Any] = {
    "__getattr__": _missing,
    "__del__": lambda self: None,
    "__copy__": _copy,
    "__deepcopy__": _deepcopy,
}


def _plain(name: str) -> Callable[[bool], Any]:
    def special(self: Any, *args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        return _ask(self, name, *args, **kwargs)

    special.__name__ = special.__qualname__ = name
    return lambda valued: special


def _judging(name: str) -> Callable[[bool], Any]:
    """Return a comparison: of two of the other side's; with anything else, by value or not at all.

    ``valued`` instances compare as what they hold, whatever their class says of it.
    """

    def asked(self: Any, other: Any) -> Any:
        __tracebackhide__ = True
        return _ask(self, name, other)

    def judged(self: Any, other: Any) -> Any:
        __tracebackhide__ = True
        if ref_of(other) is not None:
            return _ask(self, name, other)
        return getattr(_value_type(type(self)), name)(self, other)

    for function in (asked, judged):
        function.__name__ = function.__qualname__ = name
    return lambda valued: judged if valued else asked


def _hash(valued: bool) -> Any:
    def remembered(self: Any) -> int:
        __tracebackhide__ = True
        ref = _ref(self)
        if ref.hash is None:
            ref.hash = _ask(self, "__hash__")
        return ref.hash

    def by_value(self: Any) -> int:
        return int(getattr(_value_type(type(self)), "__hash__")(self))  # noqa: B009

    return by_value if valued else remembered


def _truth(valued: bool) -> Any:
    def by_value(self: Any) -> bool:
        held = _value_type(type(self))
        length = getattr(held, "__len__", None)
        return bool(length(self)) if length else bool(held.__bool__(self))

    return by_value if valued else _plain("__bool__")(False)


def _value_type(cls: type) -> Any:
    """Return the built-in type whose value instances of a mirror class hold."""
    return next(
        base for base in _mro(cls) if RemoteType not in _mro(type(base)) and base is not Remote
    )


_FORWARD: Mapping[str, Callable[[bool], Any]] = {
    **{name: _plain(name) for name in SPECIALS},
    **{name: _judging(name) for name in (*COMPARISONS, "__eq__", "__ne__")},
    "__hash__": _hash,
    "__bool__": _truth,
}
assert _FORWARD.keys() >= BINARY
