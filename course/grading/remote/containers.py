"""Lists, dicts, sets and deques, and what is made of them: by the built-in type's own methods.

A subclass may say something else of what it holds; what crosses is what it does hold.
"""

import collections
import types
from typing import Any, ClassVar

from course.grading.remote.codec import Packer, Unpacker, expect, fields
from course.grading.remote.errors import MalformedError
from course.grading.remote.kinds import (
    Kind,
    identical,
    name_of_type,
    register_kind,
    type_named,
)

__all__: list[str] = []


@register_kind
class _List(Kind):
    tag, types = "list", (list,)

    def state(self, value: Any) -> Any:
        return list.copy(value)

    def same(self, value: Any, state: Any) -> bool:
        return list.__len__(value) == len(state) and identical(list.__iter__(value), state)

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
            and identical(base.keys(value), keys)
            and identical(base.values(value), values)
        )

    def pack(self, packer: Packer, value: Any) -> Any:
        base = _ordering(type(value))
        keys, values = packer.hashed(base.keys(value)), packer.each(base.values(value))
        return [name_of_type(type(value), self.types), keys, values]

    def make(self, cls: type | None, packed: Any) -> Any:
        base = type_named(packed[0], self.types)
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
        return len(state) == collections.deque.__len__(value) and identical(
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
class _Namespace(Kind):
    tag, types = "namespace", (types.SimpleNamespace,)

    def state(self, value: Any) -> Any:
        return list(vars(value)), list(vars(value).values())

    def same(self, value: Any, state: Any) -> bool:
        names, values = state
        held = vars(value)
        return list(held) == names and identical(held.values(), values)

    def pack(self, packer: Packer, value: Any) -> Any:
        return [packer.each(part) for part in self.state(value)]

    def read(self, unpacker: Unpacker, packed: Any) -> Any:
        names, values = map(unpacker.each, fields(packed, 2))
        return {expect(name, str): value for name, value in zip(names, values, strict=True)}

    def fill(self, value: Any, content: Any) -> None:
        vars(value).clear()
        vars(value).update(content)


def _ordering(cls: type) -> Any:
    """Return the base whose own methods tell the order of a dict, whatever a subclass says."""
    return collections.OrderedDict if issubclass(cls, collections.OrderedDict) else dict
