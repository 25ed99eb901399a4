"""Special methods of stand-ins: each asks for that of the object."""

from collections.abc import Callable, Mapping
from typing import Any

from course.grading.remote.mirror import Remote, RemoteType, line_of, ref_of, the_ref
from course.grading.remote.specials import BINARY, COMPARISONS, SPECIALS

__all__ = ["ALWAYS", "forward"]


def forward(name: str, *, valued: bool) -> Any:
    """Return a special method for a stand-in; ``valued`` ones hold a value of their own."""
    return _FORWARD[name](valued)


def _ask(self: Any, name: str, *args: Any, **kwargs: Any) -> Any:
    __tracebackhide__ = True
    ref = the_ref(self)
    return ref.asker.special(self, ref, name, args, kwargs)


def _missing(self: Any, name: str) -> Any:
    raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")


def _copy(self: Any) -> Any:
    __tracebackhide__ = True
    return the_ref(self).asker.ask("copy", self, False)


def _deepcopy(self: Any, memo: Any) -> Any:
    __tracebackhide__ = True
    return the_ref(self).asker.ask("copy", self, True)


# Always there: what stands for an object cannot be copied, ended or asked for more on this side.
ALWAYS: Mapping[str, Any] = {
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
        ref = the_ref(self)
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
        base
        for base in line_of(cls)
        if RemoteType not in line_of(type(base)) and base is not Remote
    )


_FORWARD: Mapping[str, Callable[[bool], Any]] = {
    **{name: _plain(name) for name in SPECIALS},
    **{name: _judging(name) for name in (*COMPARISONS, "__eq__", "__ne__")},
    "__hash__": _hash,
    "__bool__": _truth,
}
assert _FORWARD.keys() >= BINARY
