"""pandas: scalars, dtypes, what columns are made of, and indexes. All by public constructors."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from course.grading.remote.arrays import pack_array, unpack_array
from course.grading.remote.codec import Packer, Unpacker, expect, fields, register
from course.grading.remote.errors import MalformedError, NotSendableError

__all__ = ["pack_column", "unpack_column"]

_MASKED: dict[str, Any] = {
    **dict.fromkeys(
        ("Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64"),
        pd.arrays.IntegerArray,
    ),
    **dict.fromkeys(("Float32", "Float64"), pd.arrays.FloatingArray),
    "boolean": pd.arrays.BooleanArray,
}
_MASKED_DTYPES = tuple({type(pd.api.types.pandas_dtype(name)) for name in _MASKED})
_OFFSETS: dict[str, type] = {
    name: kind
    for name, kind in vars(pd.offsets).items()
    if isinstance(kind, type) and issubclass(kind, pd.offsets.BaseOffset)
}
_UNITS = ("s", "ms", "us", "ns")
_READABLE: dict[str, Callable[[Unpacker, Any], Any]] = {}


# --- scalars -------------------------------------------------------------------------------------


def _pack_moment(packer: Packer, value: Any) -> list[Any]:
    return [int(value.asm8.view("i8")), value.unit, packer(value.tz), value.fold]


def _unpack_moment(unpacker: Unpacker, packed: Any) -> pd.Timestamp:
    number, unit, zone, fold = fields(packed, 4)
    moment = pd.Timestamp(np.datetime64(expect(number, int), _unit(unit)))
    zone = unpacker(zone)
    if zone is None:
        return moment.replace(fold=expect(fold, int)) if fold else moment
    return moment.tz_localize("UTC").tz_convert(_zone(zone))


def _unit(name: Any) -> Any:
    if name not in _UNITS:
        raise MalformedError("expected a unit of time")
    return name


def _zone(value: Any) -> Any:
    if not isinstance(value, dt.tzinfo):
        raise MalformedError("expected a time zone")
    return value


def _unpack_span(unpacker: Unpacker, packed: Any) -> pd.Timedelta:
    number, unit = fields(packed, 2)
    return pd.Timedelta(np.timedelta64(expect(number, int), _unit(unit)))


def _pack_offset(packer: Packer, value: Any) -> list[Any]:
    return [type(value).__name__, value.n, value.normalize, packer(tuple(value.kwds.items()))]


def _unpack_offset(unpacker: Unpacker, packed: Any) -> Any:
    name, count, normalize, given = fields(packed, 4)
    words = {expect(word, str): value for word, value in unpacker(given)}
    return _OFFSETS[name](expect(count, int), normalize=expect(normalize, bool), **words)


register(
    "timestamp",
    pd.Timestamp,
    pack=_pack_moment,
    unpack=_unpack_moment,
)
register(
    "span",
    pd.Timedelta,
    pack=lambda packer, value: [int(value.asm8.view("i8")), value.unit],
    unpack=_unpack_span,
)
register(
    "period",
    pd.Period,
    pack=lambda packer, value: [value.ordinal, value.freqstr],
    unpack=lambda unpacker, packed: pd.Period(
        ordinal=expect(fields(packed, 2)[0], int), freq=expect(packed[1], str)
    ),
)
register(
    "interval",
    pd.Interval,
    pack=lambda packer, value: [packer(value.left), packer(value.right), value.closed],
    unpack=lambda unpacker, packed: pd.Interval(
        *map(unpacker, fields(packed, 3)[:2]),  # type: ignore[misc]  # two of them
        closed=packed[2],
    ),
)
register("NaT", type(pd.NaT), pack=lambda p, value: None, unpack=lambda u, packed: pd.NaT)
register("NA", type(pd.NA), pack=lambda p, value: None, unpack=lambda u, packed: pd.NA)
register("offset", *_OFFSETS.values(), pack=_pack_offset, unpack=_unpack_offset)


# --- dtypes --------------------------------------------------------------------------------------


def _dtype(tag: str, kind: type, *names: str) -> None:
    def unpack(unpacker: Unpacker, packed: Any) -> Any:
        values = map(unpacker, fields(packed, len(names)))
        return kind(**dict(zip(names, values, strict=True)))

    register(
        tag,
        kind,
        pack=lambda packer, value: [packer(getattr(value, name)) for name in names],
        unpack=unpack,
    )


def _unpack_masked_dtype(unpacker: Unpacker, packed: Any) -> Any:
    if packed not in _MASKED:
        raise MalformedError("expected the name of a dtype")
    return pd.api.types.pandas_dtype(packed)


_dtype("category", pd.CategoricalDtype, "categories", "ordered")
_dtype("zoned", pd.DatetimeTZDtype, "unit", "tz")
_dtype("intervals", pd.IntervalDtype, "subtype", "closed")
_dtype("string", pd.StringDtype, "storage", "na_value")
register(
    "periods",
    pd.PeriodDtype,
    pack=lambda packer, value: packer(value.freq),
    unpack=lambda unpacker, packed: pd.PeriodDtype(unpacker(packed)),
)
register(
    "masked",
    *_MASKED_DTYPES,
    pack=lambda packer, value: value.name,
    unpack=_unpack_masked_dtype,
)
register(
    "sparse",
    pd.SparseDtype,
    pack=lambda packer, value: [packer(value.subtype), packer(value.fill_value)],
    unpack=lambda unpacker, packed: pd.SparseDtype(*map(unpacker, fields(packed, 2))),
)


# --- columns: what a Series or an Index holds ----------------------------------------------------


def pack_column(packer: Packer, values: Any) -> list[Any]:
    """Return the array of a Series or Index, packed; NotSendableError for a kind not known."""
    dtype = values.dtype
    if isinstance(dtype, np.dtype) or type(values) is pd.arrays.NumpyExtensionArray:
        return ["numpy", pack_array(packer, np.asarray(values))]
    head = packer(dtype)
    if isinstance(dtype, pd.CategoricalDtype):
        return ["category", head, pack_array(packer, np.asarray(values.codes))]
    if isinstance(dtype, pd.DatetimeTZDtype):
        moments = values.tz_convert("UTC").tz_localize(None)
        return ["zoned", head, pack_array(packer, np.asarray(moments))]
    if isinstance(dtype, pd.PeriodDtype):
        return ["periods", head, pack_array(packer, values.asi8)]
    if isinstance(dtype, pd.IntervalDtype):
        ends = [pack_column(packer, pd.Index(end).array) for end in (values.left, values.right)]
        return ["intervals", head, ends]
    if isinstance(dtype, pd.StringDtype):
        return ["string", head, packer.each(values.to_numpy(object, na_value=None))]
    if isinstance(dtype, _MASKED_DTYPES):
        numbers = values.to_numpy(getattr(dtype, "numpy_dtype"), na_value=0)  # noqa: B009  # of masked ones
        return ["masked", head, [pack_array(packer, a) for a in (numbers, values.isna())]]
    if isinstance(dtype, pd.SparseDtype):
        return ["sparse", head, pack_array(packer, np.asarray(values))]
    raise NotSendableError(f"A column of dtype {dtype} cannot be brought over.")


def unpack_column(unpacker: Unpacker, packed: Any) -> Any:
    """Return the array of a column."""
    if type(packed) is not list or not packed or packed[0] not in ("numpy", *_READABLE):
        raise MalformedError("expected a column")
    if packed[0] == "numpy":
        return unpack_array(unpacker, fields(packed, 2)[1])
    tag, head, data = fields(packed, 3)
    return _READABLE[tag](unpacker, (unpacker(head), data))


def _column(tag: str) -> Callable[[Any], Any]:
    def take(read: Callable[[Unpacker, Any, Any], Any]) -> Any:
        _READABLE[tag] = lambda unpacker, packed: read(unpacker, *packed)
        return read

    return take


@_column("category")
def _categories(unpacker: Unpacker, dtype: Any, data: Any) -> Any:
    return pd.Categorical.from_codes(unpack_array(unpacker, data), dtype=dtype)


@_column("zoned")
def _zoned(unpacker: Unpacker, dtype: Any, data: Any) -> Any:
    moments = pd.DatetimeIndex(unpack_array(unpacker, data), copy=False)
    return moments.tz_localize("UTC").tz_convert(_zone(dtype.tz)).array


@_column("periods")
def _periods(unpacker: Unpacker, dtype: Any, data: Any) -> Any:
    ordinals = unpack_array(unpacker, data)
    from_ordinals: Any = getattr(pd.PeriodIndex, "from_ordinals")  # noqa: B009  # not in the stubs
    return from_ordinals(ordinals, freq=dtype.freq).array


@_column("intervals")
def _intervals(unpacker: Unpacker, dtype: Any, data: Any) -> Any:
    left, right = (unpack_column(unpacker, end) for end in fields(data, 2))
    return pd.arrays.IntervalArray.from_arrays(left, right, closed=dtype.closed, dtype=dtype)


@_column("string")
def _strings(unpacker: Unpacker, dtype: Any, data: Any) -> Any:
    return pd.array(unpacker.each(data), dtype=expect(dtype, pd.StringDtype))


@_column("masked")
def _masked(unpacker: Unpacker, dtype: Any, data: Any) -> Any:
    numbers, missing = (unpack_array(unpacker, part) for part in fields(data, 2))
    return _MASKED[dtype.name](numbers.astype(dtype.numpy_dtype, copy=False), missing)


@_column("sparse")
def _sparse(unpacker: Unpacker, dtype: Any, data: Any) -> Any:
    return pd.arrays.SparseArray(unpack_array(unpacker, data), dtype=expect(dtype, pd.SparseDtype))


def _extension_array(unpacker: Unpacker, packed: Any) -> Any:
    values = unpack_column(unpacker, packed)
    return values if isinstance(values, ExtensionArray) else pd.array(values)


register(
    "column",
    *(
        kind
        for kind in vars(pd.arrays).values()
        if isinstance(kind, type) and issubclass(kind, ExtensionArray)
    ),
    pd.Categorical,
    pack=pack_column,
    unpack=_extension_array,
)


# --- indexes -------------------------------------------------------------------------------------


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
