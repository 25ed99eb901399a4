"""What a table's columns are made of: pandas' dtypes and arrays, by their public constructors."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from course.grading.remote.arrays import pack_array, unpack_array
from course.grading.remote.codec import Packer, Unpacker, expect, fields, register
from course.grading.remote.errors import MalformedError, NotSendableError
from course.grading.remote.moments import expect_zone

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
_READERS: dict[str, Callable[[Unpacker, Any, Any], Any]] = {}


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


# --- arrays --------------------------------------------------------------------------------------


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
    if type(packed) is not list or not packed or packed[0] not in ("numpy", *_READERS):
        raise MalformedError("expected a column")
    if packed[0] == "numpy":
        return unpack_array(unpacker, fields(packed, 2)[1])
    tag, head, data = fields(packed, 3)
    return _READERS[tag](unpacker, unpacker(head), data)


def _column(tag: str) -> Callable[[Any], Any]:
    def take(read: Callable[[Unpacker, Any, Any], Any]) -> Any:
        _READERS[tag] = read
        return read

    return take


@_column("category")
def _categories(unpacker: Unpacker, dtype: Any, data: Any) -> Any:
    return pd.Categorical.from_codes(unpack_array(unpacker, data), dtype=dtype)


@_column("zoned")
def _zoned(unpacker: Unpacker, dtype: Any, data: Any) -> Any:
    moments = pd.DatetimeIndex(unpack_array(unpacker, data), copy=False)
    return moments.tz_localize("UTC").tz_convert(expect_zone(dtype.tz)).array


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
