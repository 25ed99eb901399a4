"""Values that can change, as they travel: what they hold, whether it changed, how it is put back.

A value is made empty first, so that others can refer to it, and filled afterwards; filling one that
exists already is how a change made on the other side arrives.
"""

import collections
from collections.abc import Iterable
from operator import is_
from typing import Any, ClassVar

from course.grading.remote.codec import Packer, Unpacker
from course.grading.remote.errors import MalformedError

__all__ = [
    "Kind",
    "base_kind",
    "identical",
    "kind_of",
    "kind_tagged",
    "name_of_type",
    "register_kind",
    "type_named",
]


class Kind:
    """How one kind of changeable value travels."""

    tag: ClassVar[str]
    types: ClassVar[tuple[type, ...]]
    hashes: ClassVar[bool] = False  # whether its content is looked up by hash

    def state(self, value: Any) -> Any:
        """Return what :meth:`same` compares with later."""
        raise NotImplementedError

    def same(self, value: Any, state: Any) -> bool:
        """Whether ``value`` is as it was; what it contains is looked at by identity only."""
        raise NotImplementedError

    def pack(self, packer: Packer, value: Any) -> Any:
        """Return what ``value`` holds, packed."""
        raise NotImplementedError

    def make(self, cls: type | None, packed: Any) -> Any:
        """Return an empty value; of ``cls``, a subclass of one of :attr:`types`, if given."""
        base: Any = self.types[0]
        return base.__new__(cls or base)

    def read(self, unpacker: Unpacker, packed: Any) -> Any:
        """Return the content for :meth:`fill`; MalformedError if it is none."""
        raise NotImplementedError

    def fill(self, value: Any, content: Any) -> None:
        """Replace what ``value`` holds."""
        raise NotImplementedError


_by_type: dict[type, Kind] = {}
_by_tag: dict[str, Kind] = {}


def register_kind(kind: type[Kind]) -> type[Kind]:
    """Add a kind."""
    one = kind()
    _by_tag[one.tag] = one
    _by_type.update(dict.fromkeys(one.types, one))
    return kind


def kind_of(value: Any) -> Kind | None:
    """Return the kind of a value by its exact type."""
    return _by_type.get(type(value))


def base_kind(cls: type) -> Kind | None:
    """Return the kind that a subclass of a built-in container inherits."""
    for base in cls.__mro__:
        kind = _by_type.get(base)
        if kind is not None:
            return kind if base in _INHERITED else None
    return None


def kind_tagged(tag: Any) -> Kind:
    """Return a kind by its tag; MalformedError if there is none."""
    kind = _by_tag.get(tag) if type(tag) is str else None
    if kind is None:
        raise MalformedError("expected a kind of value")
    return kind


_INHERITED = (
    list,
    dict,
    set,
    collections.OrderedDict,
    collections.Counter,
    collections.defaultdict,
    collections.deque,
)


def identical(some: Iterable[Any], others: Iterable[Any]) -> bool:
    """Whether two sequences of one length have the very same items."""
    return all(map(is_, some, others))


def name_of_type(cls: type, types: tuple[type, ...]) -> str:
    """Return which of the types a class is, or is made of: the last that it inherits."""
    return next(base.__name__ for base in cls.__mro__ if base in types)


def type_named(name: Any, types: tuple[type, ...]) -> Any:
    """Return one of the types by its name; MalformedError if none has it."""
    for one in types:
        if one.__name__ == name:
            return one
    raise MalformedError("expected the name of a type")
