"""pandas' indexes."""

from typing import Any

import numpy as np
import pandas as pd

from course.grading.remote.arrays import pack_array, unpack_array
from course.grading.remote.codec import Packer, Unpacker, expect, fields, register
from course.grading.remote.columns import pack_column, unpack_column
from course.grading.remote.errors import MalformedError

__all__ = ["expect_index"]


def _pack_index(packer: Packer, index: Any) -> list[Any]:
    freq = getattr(index, "freq", None) if index.dtype.kind in "mM" else None
    return [pack_column(packer, index.array), packer(index.name), packer(freq)]


def _unpack_index(unpacker: Unpacker, packed: Any) -> Any:
    column, name, freq = fields(packed, 3)
    values = unpack_column(unpacker, column)
    index = pd.Index(values, dtype=values.dtype, copy=False, name=unpacker(name))
    freq = unpacker(freq)
    if freq is not None:
        index.freq = freq  # which checks it
    return index


def _unpack_levels(unpacker: Unpacker, packed: Any) -> pd.MultiIndex:
    levels, codes, names = fields(packed, 3)
    made: Any = pd.MultiIndex  # whose stubs know no arrays of codes
    index: pd.MultiIndex = made(
        levels=[expect_index(unpacker(level)) for level in expect(levels, list)],
        codes=[unpack_array(unpacker, code) for code in expect(codes, list)],
        names=unpacker.each(names),
        verify_integrity=True,
    )
    return index


def expect_index(value: Any) -> Any:
    """Return an index; MalformedError if it is none."""
    if not isinstance(value, pd.Index):
        raise MalformedError("expected an index")
    return value


register(
    "index",
    *(pd.Index, pd.CategoricalIndex, pd.DatetimeIndex, pd.TimedeltaIndex, pd.PeriodIndex),
    pd.IntervalIndex,
    pack=_pack_index,
    unpack=_unpack_index,
)
register(
    "steps",
    pd.RangeIndex,
    pack=lambda packer, value: [value.start, value.stop, value.step, packer(value.name)],
    unpack=lambda unpacker, packed: pd.RangeIndex(
        *(expect(part, int) for part in fields(packed, 4)[:3]),  # type: ignore[misc]  # three
        name=unpacker(packed[3]),
    ),
)
register(
    "levels",
    pd.MultiIndex,
    pack=lambda packer, value: [
        [packer(level) for level in value.levels],
        [pack_array(packer, np.asarray(codes)) for codes in value.codes],
        packer.each(value.names),
    ],
    unpack=_unpack_levels,
)
