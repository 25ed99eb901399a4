"""Bytes and numbers in memory: compared and sent as a whole."""

import array
import io
from typing import Any

import numpy as np

from course.grading.remote.arrays import empty_array, fill_array, pack_array
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
        return [name_of_type(type(value), self.types), packer(self.state(value))]

    def make(self, cls: type | None, packed: Any) -> Any:
        return type_named(fields(packed, 2)[0], self.types)()

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
            return identical(value.ravel().tolist(), flat)
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
