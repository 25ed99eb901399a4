"""pandas' Series and DataFrame, which a function may change in place."""

from collections.abc import Collection
from operator import is_
from typing import Any

import numpy as np
import pandas as pd

from course.grading.remote.codec import Packer, Unpacker, expect, fields
from course.grading.remote.columns import pack_column, unpack_column
from course.grading.remote.errors import MalformedError
from course.grading.remote.indexes import expect_index
from course.grading.remote.kinds import Kind, register_kind

__all__: list[str] = []


class _Frame(Kind):
    """What both have in common.

    pandas copies on write: while a shallow copy lives, whoever changes a value in place gets other
    blocks. So nothing need be compared but which blocks there are, however large they be.
    """

    def state(self, value: Any) -> Any:
        return value.copy(deep=False), _parts(value), _names(value), dict(value.attrs)

    def same(self, value: Any, state: Any) -> bool:
        _keep, parts, names, attrs = state
        return (
            _identical(_parts(value), parts)
            and _identical(_names(value), names)
            and _identical(value.attrs, attrs)
            and _identical(value.attrs.values(), attrs.values())
        )

    def fill(self, value: Any, content: Any) -> None:
        made, attrs = content
        value.__init__(made, copy=False)
        value.attrs = attrs


@register_kind
class _DataFrame(_Frame):
    tag, types = "DataFrame", (pd.DataFrame,)

    def pack(self, packer: Packer, value: Any) -> Any:
        columns = [_column(packer, column) for _, column in value.items()]
        attrs = packer(tuple(value.attrs.items()))
        return [packer(value.index), packer(value.columns), columns, attrs]

    def read(self, unpacker: Unpacker, packed: Any) -> Any:
        index, columns, values, attrs = fields(packed, 4)
        index, columns = (expect_index(unpacker(part)) for part in (index, columns))
        if len(expect(values, list)) != len(columns):
            raise MalformedError("a table whose columns do not fit their names")
        arrays = [unpack_column(unpacker, column) for column in values]
        if any(array.ndim != 1 or len(array) != len(index) for array in arrays):
            raise MalformedError("a table whose columns do not fit its index")
        series = {
            place: pd.Series(array, index, dtype=array.dtype, copy=False)
            for place, array in enumerate(arrays)
        }
        frame = pd.DataFrame(series, index=index, columns=range(len(arrays)))
        frame.columns = columns
        return frame, dict(unpacker(attrs))


@register_kind
class _Series(_Frame):
    tag, types = "Series", (pd.Series,)

    def pack(self, packer: Packer, value: Any) -> Any:
        attrs = packer(tuple(value.attrs.items()))
        return [packer(value.index), packer(value.name), _column(packer, value), attrs]

    def read(self, unpacker: Unpacker, packed: Any) -> Any:
        index, name, values, attrs = fields(packed, 4)
        index, array = expect_index(unpacker(index)), unpack_column(unpacker, values)
        if array.ndim != 1 or len(array) != len(index):
            raise MalformedError("a series whose values do not fit its index")
        name = unpacker(name)
        made = pd.Series(array, index, dtype=array.dtype, name=name, copy=False)
        return made, dict(unpacker(attrs))

    def fill(self, value: Any, content: Any) -> None:
        super().fill(value, content)
        value.name = content[0].name


def _column(packer: Packer, values: Any) -> Any:
    plain = isinstance(values.dtype, np.dtype)
    return pack_column(packer, values.to_numpy() if plain else values.array)


def _parts(value: Any) -> list[Any]:
    """Return the objects that a table consists of: they are replaced when it is changed."""
    # pandas has no public name for its blocks; their order and identity is all that is used here.
    return [*value.axes, *(block.values for block in value._mgr.blocks)]


def _names(value: Any) -> list[Any]:
    own = [value.name] if isinstance(value, pd.Series) else []
    return [*own, *(name for axis in value.axes for name in axis.names)]


def _identical(some: Collection[Any], others: Collection[Any]) -> bool:
    return len(some) == len(others) and all(map(is_, some, others))
