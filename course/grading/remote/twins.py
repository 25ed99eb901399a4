"""Twins: a value that can change, once on each side, kept alike at every message.

Whoever sends a message looks at all twins there are; what changed travels along, and what the
message mentions for the first time becomes a twin. So a function that sorts its argument sorts the
test's own list, a test that appends to a learner's list is seen by the learner's functions, and
what was shared or circular stays so.
"""

import sys
from collections.abc import Callable, Iterator
from typing import Any

from course.grading.remote.codec import Packer, Unpacker, expect, fields
from course.grading.remote.errors import MalformedError
from course.grading.remote.kinds import Kind, kind_tagged

__all__ = ["Twins"]

Packed = list[Any]


class _Twin:
    __slots__ = ("kind", "number", "state", "value")

    def __init__(self, number: int, value: Any, kind: Kind) -> None:
        self.number = number
        self.value = value
        self.kind = kind
        self.state: Any = None

    def fill(self, content: Any) -> None:
        """Replace what the value holds by what the other side's holds."""
        self.kind.fill(self.value, content)
        self.state = (self.kind.state(self.value),)

    def is_changed(self) -> bool:
        """Whether the value is not what the other side takes it for."""
        return self.state is not None and not self.kind.same(self.value, self.state[0])

    def is_alone(self) -> bool:
        """Whether nobody but us has the value any more."""
        return _references(self) <= _ALONE


def _references(twin: _Twin) -> int:
    return sys.getrefcount(twin.value)


_ALONE = _references(_Twin(0, [], Kind()))


class Twins:
    """One side's table of twins.

    ``first`` is 1 on one side and 2 on the other: so both can number new twins.
    """

    def __init__(self, first: int) -> None:
        """Start without twins."""
        self._next = first
        self._by_number: dict[int, _Twin] = {}
        self._by_id: dict[int, _Twin] = {}
        self._fresh: list[_Twin] = []

    def clear(self) -> None:
        """Forget all: from now on the two sides change apart."""
        self._by_number.clear()
        self._by_id.clear()
        self._fresh.clear()

    def number(self, value: Any, kind: Kind) -> int:
        """Return the number that stands for a value; it becomes a twin if it is none."""
        twin = self._by_id.get(id(value))
        if twin is None:
            twin = self._add(self._next, value, kind)
            self._next += 2
            self._fresh.append(twin)
        return twin.number

    def value(self, number: Any) -> Any:
        """Return the value that a number stands for; MalformedError if none."""
        twin = self._by_number.get(number) if type(number) is int else None
        if twin is None:
            raise MalformedError("expected a value that both sides know")
        return twin.value

    def forget(self, numbers: Any) -> None:
        """Forget twins that the other side has no use for."""
        for number in numbers:
            twin = self._by_number.pop(number, None)
            if twin is not None:
                del self._by_id[id(twin.value)]

    def drop_unused(self) -> list[int]:
        """Forget those that nobody has any more, unless they have news; return their numbers."""
        unused = [
            twin.number
            for twin in self._by_number.values()
            if twin.is_alone() and not twin.is_changed()
        ]
        self.forget(unused)
        return unused

    def changes(self, packer: Packer, describe: Callable[[Any], Any]) -> list[Packed]:
        """Return what to tell the other side: all new twins, and all that changed.

        ``describe`` packs what a twin is besides its kind, or returns None.
        """
        changed = [twin for twin in self._by_number.values() if twin.is_changed()]
        told: list[Packed] = []
        for twin in self._all(changed):
            new = twin.state is None
            twin.state = (twin.kind.state(twin.value),)
            packed = twin.kind.pack(packer, twin.value)
            about = describe(twin.value) if new else None
            told.append([twin.number, twin.kind.tag, packed, about])
        return told

    def apply(self, unpacker: Unpacker, told: Any, make: Callable[[Kind, Any, Any], Any]) -> None:
        """Do what the other side told: make its new twins, change known ones.

        Nothing known is changed unless all that came can be read. ``make(kind, packed, about)``
        returns an empty value.
        """
        records = [fields(record, 4) for record in expect(told, list)]
        for number, tag, packed, about in records:
            if expect(number, int) not in self._by_number:
                kind = kind_tagged(tag)
                self._add(number, make(kind, packed, about), kind)
        told_twins = [(self._by_number[number], tag, packed) for number, tag, packed, _ in records]
        # What is looked up by its hash comes last: the hash may depend on the others' contents.
        told_twins.sort(key=lambda one: one[0].kind.hashes)
        changes = []
        for twin, tag, packed in told_twins:
            if twin.kind.tag != tag:
                raise MalformedError("a value that became one of another kind")
            content = twin.kind.read(unpacker, packed)
            if twin.state is None:  # new, so nobody has seen it
                twin.fill(content)
            else:
                changes.append((twin, content))
        for twin, content in changes:
            twin.fill(content)

    def _add(self, number: int, value: Any, kind: Kind) -> _Twin:
        twin = _Twin(number, value, kind)
        self._by_number[number] = self._by_id[id(value)] = twin
        return twin

    def _all(self, changed: list[_Twin]) -> Iterator[_Twin]:
        """Yield the changed and all new ones, those included that turn up on the way."""
        yield from changed
        while self._fresh:
            yield self._fresh.pop()
