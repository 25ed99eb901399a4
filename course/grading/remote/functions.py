"""Functions of the other side: called over there, looked at here."""

import types
from typing import Any

from course.grading.remote.codes import CodeView
from course.grading.remote.errors import Unsupported
from course.grading.remote.mirror import ref_of
from course.grading.remote.refs import Ref
from course.grading.remote.specials import ATTRIBUTES

__all__ = [
    "BoundMethod",
    "RemoteFunction",
]

_CLAIMS = {
    "function": types.FunctionType,
    "method": types.MethodType,
    "builtin_function_or_method": types.BuiltinFunctionType,
}


class RemoteFunction:
    """Stands for a function or method. ``isinstance`` and :mod:`inspect` take it for one."""

    __slots__ = ("__weakref__", "_about", "_code", "_ref")
    _stand_in_ref = True  # for ref_of()
    _ref: Ref

    def __init__(self, ref: Ref, about: dict[str, Any]) -> None:
        """Stand for object ``ref``; ``about`` says its names and what kind of function it is."""
        set_ = object.__setattr__
        set_(self, "_ref", ref)
        set_(self, "_about", about)
        set_(self, "_code", None)

    def __call__(self, /, *args: Any, **kwargs: Any) -> Any:
        """Call it, over there."""
        __tracebackhide__ = True
        ref = object.__getattribute__(self, "_ref")
        return ref.asker.call(self, args, kwargs)

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        """Bind it, as a function in a class is bound."""
        if instance is None or object.__getattribute__(self, "_about")["type"] != "function":
            return self
        return types.MethodType(self, instance)

    def __getattribute__(self, name: str) -> Any:
        """Return what is known of it, else ask."""
        __tracebackhide__ = True
        about = object.__getattribute__(self, "_about")
        ref = object.__getattribute__(self, "_ref")
        match name:
            case "__class__":
                return _CLAIMS.get(about["type"], RemoteFunction)
            case "__name__" | "__qualname__" | "__module__" | "__doc__":
                return about[name.strip("_")]
            case "__signature__":
                return ref.asker.attribute(self, ref, name)
            case "__code__":
                return self._code_view()
            case "__globals__":
                raise Unsupported(
                    f"The test looks into the names around {about['name']}(), which are in another"
                    " process."
                )
            case _ if name in _KEPT or name in RemoteFunction.__slots__:
                return object.__getattribute__(self, name)
            case _ if name.startswith("__") and name.endswith("__") and name not in ATTRIBUTES:
                raise AttributeError(f"'{about['type']}' object has no attribute '{name}'")
        return ref.asker.attribute(self, ref, name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute, over there."""
        __tracebackhide__ = True
        object.__getattribute__(self, "_ref").asker.ask("assign", self, name, value)

    def __delattr__(self, name: str) -> None:
        """Delete an attribute, over there."""
        __tracebackhide__ = True
        object.__getattribute__(self, "_ref").asker.ask("remove", self, name)

    def __dir__(self) -> list[str]:
        """Return the names of attributes."""
        return list(object.__getattribute__(self, "_ref").asker.ask("dir", self))

    def __repr__(self) -> str:
        """Show it as it is shown over there."""
        return str(
            object.__getattribute__(self, "_ref").asker.ask("special", self, "__repr__", (), {})
        )

    def __copy__(self) -> "RemoteFunction":
        """Return itself, as for any function."""
        return self

    def __deepcopy__(self, memo: Any) -> "RemoteFunction":
        """Return itself, as for any function."""
        return self

    def _code_view(self) -> Any:
        code = object.__getattribute__(self, "_code")
        if code is None:
            ref = object.__getattribute__(self, "_ref")
            code = CodeView(ref.asker.ask("code", self))
            object.__setattr__(self, "_code", code)
        return code


_KEPT = frozenset(
    "__call__ __get__ __repr__ __copy__ __deepcopy__ __reduce_ex__ _code_view".split()
)


# What ``type(f).__name__`` is expected to be.
RemoteFunction.__name__ = RemoteFunction.__qualname__ = "function"


class BoundMethod:
    """A method of an object of the other side, as good as known: it is called in one step."""

    __slots__ = ("_name", "_owner")
    _name: str
    _owner: Any

    def __init__(self, owner: Any, name: str) -> None:
        """Be the method ``name`` of ``owner``."""
        object.__setattr__(self, "_owner", owner)
        object.__setattr__(self, "_name", name)

    def __call__(self, /, *args: Any, **kwargs: Any) -> Any:
        """Call it, over there."""
        __tracebackhide__ = True
        owner = object.__getattribute__(self, "_owner")
        return _asker(owner).call_method(
            owner, object.__getattribute__(self, "_name"), args, kwargs
        )

    def __getattribute__(self, name: str) -> Any:
        """Return what is known of it, else ask."""
        __tracebackhide__ = True
        if name == "__class__":
            return types.MethodType
        if name == "__self__":
            return object.__getattribute__(self, "_owner")
        if name in _KEPT or name in ("_name", "_owner", "__eq__", "__hash__"):
            return object.__getattribute__(self, name)
        return getattr(object.__getattribute__(self, "_fetch")(), name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse, as bound methods do."""
        raise AttributeError(f"'method' object has no attribute '{name}'")

    def __eq__(self, other: Any) -> bool:
        """Compare as bound methods do: same object, same name."""
        if type(other) is not BoundMethod:
            return NotImplemented
        return self._owner is other._owner and self._name == other._name

    def __hash__(self) -> int:
        """Return a hash that goes with equality."""
        return hash((id(self._owner), self._name))

    def __repr__(self) -> str:
        """Show it as it is shown over there."""
        return repr(object.__getattribute__(self, "_fetch")())

    def __copy__(self) -> "BoundMethod":
        """Return itself, as for any function."""
        return self

    def __deepcopy__(self, memo: Any) -> "BoundMethod":
        """Return itself, as for any function."""
        return self

    def _fetch(self) -> Any:
        return _asker(self._owner).ask("attribute", self._owner, self._name)


def _asker(owner: Any) -> Any:
    ref = ref_of(owner)
    assert ref is not None
    return ref.asker


BoundMethod.__name__ = BoundMethod.__qualname__ = "method"
