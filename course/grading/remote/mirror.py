"""Stand-ins for objects of the other side: real classes here, whose instances ask over there.

A class of the other side becomes a class of this one with the same name and bases, so that
``isinstance``, ``issubclass``, ``except`` and ``type(x) is C`` need no answer from there. What its
instances do is asked for, special methods included, as far as :mod:`.specials` names them.
"""

import abc
import enum
import types
import weakref
from collections.abc import Iterator, Mapping
from typing import Any

from course.grading.remote.errors import Unsupported
from course.grading.remote.refs import Ref
from course.grading.remote.specials import ATTRIBUTES

__all__ = [
    "KEPT",
    "Remote",
    "RemoteABC",
    "RemoteType",
    "attach",
    "line_of",
    "note_stand_in",
    "own_dict",
    "ref_of",
    "the_ref",
]

# What a class is, whatever its own class makes of these names.
line_of = vars(type)["__mro__"].__get__
own_dict = vars(type)["__dict__"].__get__
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
        ref = the_ref(cls)
        return ref.asker.construct(cls, ref, args, kwargs)

    def __getattribute__(cls, name: str) -> Any:
        """Ask for what is not about the class itself."""
        __tracebackhide__ = True
        ref = own_dict(cls).get("_ref")
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
            ref = the_ref(cls)
            ref.asker.ask("assign", cls, name, value)
            if name not in ref.about["body"]:
                ref.about["body"].append(name)

    def __delattr__(cls, name: str) -> None:
        """Delete an attribute, over there."""
        __tracebackhide__ = True
        ref = the_ref(cls)
        ref.asker.ask("remove", cls, name)
        if name in ref.about["body"]:
            ref.about["body"].remove(name)

    def __dir__(cls) -> list[str]:
        """Return the names of attributes."""
        return list(the_ref(cls).asker.ask("dir", cls))

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


class RemoteABC(RemoteType, abc.ABCMeta):
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
        body = own_dict(cls)
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
            the_ref(self).asker.ask("assign", self, name, value)

    def __delattr__(self, name: str) -> None:
        """Delete an attribute, over there."""
        __tracebackhide__ = True
        the_ref(self).asker.ask("remove", self, name)


# Stand-ins that have no room for a Ref: generators and the like, and enumerations.
_others: weakref.WeakKeyDictionary[Any, Ref] = weakref.WeakKeyDictionary()
_OTHERS = (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType, enum.EnumType)


def ref_of(value: Any) -> Ref | None:
    """Return what a value stands for; None if it is an ordinary one."""
    cls = type(value)
    if Remote in line_of(cls):
        found = object.__getattribute__(value, "__dict__").get("_ref")
    elif RemoteType in line_of(cls):
        found = own_dict(value).get("_ref")
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


def the_ref(stand_in: Any) -> Ref:
    """Return what a stand-in stands for."""
    ref = ref_of(stand_in)
    assert ref is not None
    return ref


# Names that a library's class may have without saying more than that it is a class.
KEPT = _KEPT | _KEPT_BY_INSTANCES
