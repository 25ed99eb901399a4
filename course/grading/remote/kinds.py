"""Values that can change, as they travel: what they hold, whether it changed, how it is put back.

A value is made empty first, so that others can refer to it, and filled afterwards; filling one that
exists already is how a change made on the other side arrives.
"""

import array
import collections
import io
from collections.abc import Iterable
from operator import is_
from typing import Any, ClassVar

import numpy as np

from course.grading.remote.arrays import empty_array, fill_array, pack_array
from course.grading.remote.codec import Packer, Unpacker, expect, fields
from course.grading.remote.errors import MalformedError

__all__ = ["Kind", "base_kind", "kind_of", "kind_tagged", "register_kind"]


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


def _identical(some: Iterable[Any], others: Iterable[Any]) -> bool:
    return all(map(is_, some, others))


@register_kind
class _List(Kind):
    tag, types = "list", (list,)

    def state(self, value: Any) -> Any:
        return list.copy(value)

    def same(self, value: Any, state: Any) -> bool:
        return list.__len__(value) == len(state) and _identical(list.__iter__(value), state)

    def pack(self, packer: Packer, value: Any) -> Any:
        return packer.each(list.__iter__(value))

    def read(self, unpacker: Unpacker, packed: Any) -> Any:
        return unpacker.each(packed)

    def fill(self, value: Any, content: Any) -> None:
        list.__setitem__(value, slice(None), content)


@register_kind
class _Dict(Kind):
    tag = "dict"
    types: ClassVar[tuple[type, ...]] = (dict, collections.OrderedDict, collections.Counter)
    hashes = True

    def state(self, value: Any) -> Any:
        base = _ordering(type(value))
        return list(base.keys(value)), list(base.values(value))

    def same(self, value: Any, state: Any) -> bool:
        keys, values = state
        base = _ordering(type(value))
        return (
            dict.__len__(value) == len(keys)
            and _identical(base.keys(value), keys)
            and _identical(base.values(value), values)
        )

    def pack(self, packer: Packer, value: Any) -> Any:
        base = _ordering(type(value))
        keys, values = packer.hashed(base.keys(value)), packer.each(base.values(value))
        return [_name(type(value), self.types), keys, values]

    def make(self, cls: type | None, packed: Any) -> Any:
        base = _named(packed[0], self.types)
        return base.__new__(cls or base)

    def read(self, unpacker: Unpacker, packed: Any) -> Any:
        _name, keys, values = fields(packed, 3)
        return dict(zip(unpacker.each(keys), unpacker.each(values), strict=True))

    def fill(self, value: Any, content: Any) -> None:
        base = _ordering(type(value))
        base.clear(value)
        for key, item in content.items():
            base.__setitem__(value, key, item)


@register_kind
class _DefaultDict(_Dict):
    tag = "defaultdict"
    types: ClassVar[tuple[type, ...]] = (collections.defaultdict,)

    def state(self, value: Any) -> Any:
        return value.default_factory, super().state(value)

    def same(self, value: Any, state: Any) -> bool:
        return value.default_factory is state[0] and super().same(value, state[1])

    def pack(self, packer: Packer, value: Any) -> Any:
        return [*super().pack(packer, value), packer(value.default_factory)]

    def read(self, unpacker: Unpacker, packed: Any) -> Any:
        *content, factory = fields(packed, 4)
        factory = unpacker(factory)
        if not (factory is None or callable(factory)):
            raise MalformedError("expected a function that makes defaults")
        return factory, super().read(unpacker, content)

    def fill(self, value: Any, content: Any) -> None:
        value.default_factory, items = content
        super().fill(value, items)


@register_kind
class _Set(Kind):
    tag, types = "set", (set,)
    hashes = True

    def state(self, value: Any) -> Any:
        items = list(set.__iter__(value))  # which keeps them, so that no other has their id
        return frozenset(map(id, items)), items

    def same(self, value: Any, state: Any) -> bool:
        return set.__len__(value) == len(state[0]) and all(
            id(item) in state[0] for item in set.__iter__(value)
        )

    def pack(self, packer: Packer, value: Any) -> Any:
        return packer.hashed(set.__iter__(value))

    def read(self, unpacker: Unpacker, packed: Any) -> Any:
        return set(unpacker.each(packed))

    def fill(self, value: Any, content: Any) -> None:
        set.clear(value)
        set.update(value, content)


@register_kind
class _Deque(Kind):
    tag, types = "deque", (collections.deque,)

    def state(self, value: Any) -> Any:
        return list(collections.deque.__iter__(value))

    def same(self, value: Any, state: Any) -> bool:
        return len(state) == collections.deque.__len__(value) and _identical(
            collections.deque.__iter__(value), state
        )

    def pack(self, packer: Packer, value: Any) -> Any:
        return [value.maxlen, packer.each(collections.deque.__iter__(value))]

    def make(self, cls: type | None, packed: Any) -> Any:
        maxlen = expect(fields(packed, 2)[0], int, type(None))
        made: Any = collections.deque.__new__(cls or collections.deque)
        collections.deque.__init__(made, (), maxlen)
        return made

    def read(self, unpacker: Unpacker, packed: Any) -> Any:
        return unpacker.each(fields(packed, 2)[1])

    def fill(self, value: Any, content: Any) -> None:
        collections.deque.clear(value)
        collections.deque.extend(value, content)


@register_kind
class _Bytes(Kind):
    tag, types = "bytearray", (bytearray,)

    def state(self, value: Any) -> Any:
        return bytes(value)

    def same(self, value: Any, state: Any) -> bool:
        return bool(value == state)

    def pack(self, packer: Packer, value: Any) -> Any:
        return bytes(value)

    def read(self, unpacker: Unpacker, packed: Any) -> Any:
        return expect(packed, bytes)

    def fill(self, value: Any, content: Any) -> None:
        value[:] = content


@register_kind
class _Numbers(Kind):
    tag, types = "array.array", (array.array,)

    def state(self, value: Any) -> Any:
        return value.tobytes()

    def same(self, value: Any, state: Any) -> bool:
        return bool(value.tobytes() == state)

    def pack(self, packer: Packer, value: Any) -> Any:
        return [value.typecode, packer.each(value.tolist())]

    def make(self, cls: type | None, packed: Any) -> Any:
        return array.array(expect(fields(packed, 2)[0], str))

    def read(self, unpacker: Unpacker, packed: Any) -> Any:
        return array.array(packed[0], unpacker.each(packed[1]))

    def fill(self, value: Any, content: Any) -> None:
        value[:] = content


@register_kind
class _Buffer(Kind):
    tag, types = "buffer", (io.StringIO, io.BytesIO)

    def state(self, value: Any) -> Any:
        return None if value.closed else (value.getvalue(), value.tell())

    def same(self, value: Any, state: Any) -> bool:
        return bool(self.state(value) == state)

    def pack(self, packer: Packer, value: Any) -> Any:
        return [_name(type(value), self.types), packer(self.state(value))]

    def make(self, cls: type | None, packed: Any) -> Any:
        return _named(fields(packed, 2)[0], self.types)()

    def read(self, unpacker: Unpacker, packed: Any) -> Any:
        content = unpacker(packed[1])
        if content is not None:
            text, place = expect(content, tuple)
            expect(text, str, bytes), expect(place, int)
        return content

    def fill(self, value: Any, content: Any) -> None:
        if content is None:
            value.close()
            return
        text, place = content
        value.seek(0)
        value.truncate()
        value.write(text)
        value.seek(place)


@register_kind
class _Array(Kind):
    tag, types = "array", (np.ndarray, np.memmap)

    def state(self, value: Any) -> Any:
        flat = value.ravel().tolist() if value.dtype == object else value.tobytes()
        return value.dtype, value.shape, flat

    def same(self, value: Any, state: Any) -> bool:
        dtype, shape, flat = state
        if value.dtype != dtype or value.shape != shape:
            return False
        if dtype.kind == "O":
            return _identical(value.ravel().tolist(), flat)
        return bool(value.tobytes() == flat)

    def pack(self, packer: Packer, value: Any) -> Any:
        return [value.flags.writeable, pack_array(packer, value)]

    def make(self, cls: type | None, packed: Any) -> Any:
        return empty_array(fields(packed, 2)[1])[0]

    def read(self, unpacker: Unpacker, packed: Any) -> Any:
        writeable, array = fields(packed, 2)
        content, objects = empty_array(array)
        fill_array(unpacker, content, objects)
        return expect(writeable, bool), content

    def fill(self, value: Any, content: Any) -> None:
        writeable, elements = content
        if value.shape != elements.shape or value.dtype != elements.dtype:
            if value.dtype != elements.dtype:
                raise MalformedError("an array that changed its dtype")
            value.resize(elements.shape, refcheck=False)
        if value.flags.writeable:  # else nobody can have changed it
            value[...] = elements
            value.flags.writeable = writeable


def _ordering(cls: type) -> Any:
    """Return the base whose own methods tell the order of a dict, whatever a subclass says."""
    return collections.OrderedDict if issubclass(cls, collections.OrderedDict) else dict


def _name(cls: type, types: tuple[type, ...]) -> str:
    """Return which of the types a class is, or is made of: the last that it inherits."""
    return next(base.__name__ for base in cls.__mro__ if base in types)


def _named(name: Any, types: tuple[type, ...]) -> Any:
    for one in types:
        if one.__name__ == name:
            return one
    raise MalformedError("expected the name of a type")
