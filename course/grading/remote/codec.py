"""Values as data: a closed set of kinds, each known by its *exact* type.

A packed value is what msgpack holds: ``None``, truth values, numbers, text and bytes stand for
themselves, anything else is a list that begins with a tag. Values that can change are *twins*
(:mod:`course.grading.remote.twins`): in their place stands a number, and what they hold travels
beside, flat, so that shared and circular structures keep their shape. What is no data at all
(functions, classes, a learner's objects) is referred to by :class:`Referrer`.

Nothing received is run, imported or unpickled. Whatever bytes arrive, unpacking gives a value or
raises :class:`MalformedError`.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

import msgpack

from course.grading.remote.errors import MalformedError, NotSendableError

__all__ = ["DEEPEST", "Packer", "Referrer", "Unpacker", "register"]

DEEPEST = 100  # nested tuples; what can change is not nested when it travels
_NATIVE = frozenset({type(None), bool, int, float, str, bytes})
_INT64 = range(-(2**63), 2**64)

_packers: dict[type, Callable[["Packer", Any], Any]] = {}
_unpackers: dict[str, Callable[["Unpacker", Any], Any]] = {}


def register(
    tag: str,
    *types: type,
    pack: Callable[["Packer", Any], Any],
    unpack: Callable[["Unpacker", Any], Any],
) -> None:
    """Add a kind of value: how its one operand (anything msgpack holds) is made and read."""
    for one in types:
        _packers[one] = lambda packer, value: [tag, pack(packer, value)]
    _unpackers[tag] = unpack


class Referrer(Protocol):
    """What a side does with values that do not travel as data."""

    def refer(self, packer: "Packer", value: Any) -> Any:
        """Return what stands for ``value``: a list whose first item is a tag of its own."""

    def resolve(self, unpacker: "Unpacker", packed: list[Any]) -> Any:
        """Return the value that a packed reference stands for; MalformedError if none."""


class Packer:
    """Packs values for the other side; one for each message."""

    def __init__(self, referrer: Referrer) -> None:
        """Pack with ``referrer`` for what is no data."""
        self._referrer = referrer
        self._depth = 0
        self.keyed = False  # what is packed now has a place by its hash
        self.described: dict[int, Any] = {}  # objects that the other side has not heard of

    def __call__(self, value: Any) -> Any:
        """Return ``value`` packed; NotSendableError if it is nested too deep."""
        kind = type(value)
        if kind in _NATIVE:
            if kind is int and value not in _INT64:
                return ["int", value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True)]
            if kind is str and not value.isascii():
                return _text(value)
            return value
        packer = _packers.get(kind)
        if self._depth > DEEPEST:
            raise NotSendableError(f"A value is nested deeper than {DEEPEST} levels.")
        self._depth += 1
        try:
            return packer(self, value) if packer else self._referrer.refer(self, value)
        finally:
            self._depth -= 1

    def each(self, values: Iterable[Any]) -> Any:
        """Return a sequence packed: as one piece if all in it is native, which is fast."""
        values = list(values)
        if set(map(type, values)) <= _NATIVE:
            try:
                return msgpack.packb(values)
            except (OverflowError, UnicodeEncodeError):  # great numbers, half characters
                pass
        return [self(value) for value in values]

    def hashed(self, values: Iterable[Any]) -> Any:
        """Return the elements of a set or the keys of a dict packed: :attr:`keyed` is set."""
        before, self.keyed = self.keyed, True
        try:
            return self.each(values)
        finally:
            self.keyed = before


class Unpacker:
    """Unpacks what a packer of the other side made."""

    def __init__(self, referrer: Referrer, described: dict[Any, Any] | None = None) -> None:
        """Unpack with ``referrer`` for what is no data; ``described`` came with it."""
        self._referrer = referrer
        self.described = described or {}
        self._depth = 0

    def __call__(self, packed: Any) -> Any:
        """Return the value; MalformedError if there is none."""
        if type(packed) in _NATIVE:
            return packed
        if type(packed) is not list or not packed or type(packed[0]) is not str:
            raise MalformedError(f"expected a packed value, got {_shown(packed)}")
        if self._depth > DEEPEST:
            raise MalformedError(f"a value is nested deeper than {DEEPEST} levels")
        unpacker = _unpackers.get(packed[0])
        self._depth += 1
        try:
            if unpacker is None:
                return self._referrer.resolve(self, packed)
            if len(packed) != 2:
                raise MalformedError(f"expected a tag and its operand, got {_shown(packed)}")
            return unpacker(self, packed[1])
        except MalformedError:
            raise
        except Exception as error:  # what a constructor finds wrong with the data, whatever it is
            raise MalformedError(f"no {packed[0]}: {type(error).__name__}: {error}") from error
        finally:
            self._depth -= 1

    @staticmethod
    def count(packed: Any) -> int:
        """Return how many values a packed sequence has, or says it has."""
        if type(packed) is not bytes:
            return len(expect(packed, list))
        reader = msgpack.Unpacker()
        reader.feed(packed)
        return int(reader.read_array_header())

    def each(self, packed: Any) -> list[Any]:
        """Return a packed sequence."""
        if type(packed) is not bytes:
            return [self(item) for item in expect(packed, list)]
        try:
            values = msgpack.unpackb(packed)
        except Exception as error:  # msgpack has several
            raise MalformedError(f"no sequence: {error}") from error
        if type(values) is not list or not set(map(type, values)) <= _NATIVE:
            raise MalformedError("expected a sequence of plain values")
        return values


def expect(value: Any, *types: type) -> Any:
    """Return ``value`` if it is of one of these exact types; MalformedError if not."""
    if type(value) not in types:
        names = " or ".join(one.__name__ for one in types)
        raise MalformedError(f"expected {names}, got {_shown(value)}")
    return value


def fields(value: Any, count: int) -> Sequence[Any]:
    """Return a list of ``count`` items; MalformedError if it is none."""
    if type(value) is not list or len(value) != count:
        raise MalformedError(f"expected a list of {count}, got {_shown(value)}")
    return value


def _text(value: str) -> Any:
    try:
        value.encode()
    except UnicodeEncodeError:  # half of a surrogate pair: UTF-8 has no bytes for it
        return ["str", value.encode("utf-8", "surrogatepass")]
    return value


def _shown(value: Any) -> str:
    return repr(value)[:60]


register(
    "int",
    pack=lambda pack, value: value,
    unpack=lambda unpack, data: int.from_bytes(expect(data, bytes), "big", signed=True),
)
register(
    "str",
    pack=lambda pack, value: value,
    unpack=lambda unpack, data: expect(data, bytes).decode("utf-8", "surrogatepass"),
)
register(
    "tuple",
    tuple,
    pack=lambda pack, value: pack.each(value),
    unpack=lambda unpack, data: tuple(unpack.each(data)),
)
register(
    "frozenset",
    frozenset,
    pack=lambda pack, value: pack.hashed(value),
    unpack=lambda unpack, data: frozenset(unpack.each(data)),
)
