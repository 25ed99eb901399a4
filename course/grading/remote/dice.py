"""Generators of random numbers, handed over with their state; who draws goes on with it."""

import random
from typing import Any

import numpy as np

from course.grading.remote.codec import Packer, Unpacker, expect, fields
from course.grading.remote.errors import MalformedError, NotSendableError
from course.grading.remote.kinds import Kind, register_kind

__all__: list[str] = []

_BITS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")


class _Dice(Kind):
    """A generator is its state."""

    def state(self, value: Any) -> Any:
        return _plain(self.read_state(value))

    def same(self, value: Any, state: Any) -> bool:
        return bool(self.state(value) == state)

    def read_state(self, value: Any) -> Any:
        raise NotImplementedError

    def pack(self, packer: Packer, value: Any) -> Any:
        return packer(self.state(value))

    def read(self, unpacker: Unpacker, packed: Any) -> Any:
        return _made(unpacker(packed))


@register_kind
class _Random(_Dice):
    tag, types = "Random", (random.Random,)

    def read_state(self, value: Any) -> Any:
        return value.getstate()

    def fill(self, value: Any, content: Any) -> None:
        value.setstate(content)


@register_kind
class _RandomState(_Dice):
    tag, types = "RandomState", (np.random.RandomState,)

    def read_state(self, value: Any) -> Any:
        return value.get_state(legacy=False)

    def make(self, cls: type | None, packed: Any) -> Any:
        return np.random.RandomState()

    def fill(self, value: Any, content: Any) -> None:
        value.set_state(content)


@register_kind
class _Generator(_Dice):
    tag, types = "Generator", (np.random.Generator,)

    def read_state(self, value: Any) -> Any:
        return value.bit_generator.state

    def pack(self, packer: Packer, value: Any) -> Any:
        name = type(value.bit_generator).__name__
        if name not in _BITS:
            raise NotSendableError(f"A random generator with {name} cannot be brought over.")
        return [name, super().pack(packer, value)]

    def make(self, cls: type | None, packed: Any) -> Any:
        name = fields(packed, 2)[0]
        if name not in _BITS:
            raise MalformedError("expected the name of a bit generator")
        return np.random.Generator(getattr(np.random, name)())

    def read(self, unpacker: Unpacker, packed: Any) -> Any:
        return super().read(unpacker, packed[1])

    def fill(self, value: Any, content: Any) -> None:
        value.bit_generator.state = content


def _plain(state: Any) -> Any:
    """Return a state made of tuples, numbers, texts and bytes."""
    if isinstance(state, dict):
        return ("dict", *((name, _plain(value)) for name, value in state.items()))
    if isinstance(state, np.ndarray):
        return ("array", state.dtype.str, state.tobytes())
    if isinstance(state, tuple):
        return ("tuple", *map(_plain, state))
    return state


def _made(plain: Any) -> Any:
    """Return the state that :func:`_plain` took apart."""
    if type(plain) is not tuple:
        return plain
    kind, *parts = plain
    if kind == "dict":
        return {expect(name, str): _made(value) for name, value in parts}
    if kind == "array":
        name, data = parts
        if name not in ("<u4", "<u8", ">u4", ">u8"):
            raise MalformedError("expected the state of a generator")
        return np.frombuffer(data, name).copy()
    return tuple(map(_made, parts))
