"""numpy: dtypes, scalars, and what is in an array. Raw bytes travel; no element is looked at.

Never read from bytes: objects and texts of variable length, whose bytes are addresses. Not among
the kinds at all: masked arrays, because a masked element passes for equal to anything.
"""

import re
from typing import Any

import numpy as np

from course.grading.remote.codec import Packer, Unpacker, expect, fields, register
from course.grading.remote.errors import MalformedError, NotSendableError

__all__ = ["pack_array", "pack_dtype", "unpack_array", "unpack_dtype"]

_RAW = re.compile(r"[<>|=][biufcSUVMm]\d{1,9}(\[\d{0,9}[a-zA-Z]{1,7}\])?")
_LARGEST_TEXT = 0x10FFFF
# How many these are is not limited by the size of a message.
_MOST_EMPTY = 1 << 24
_MOST_OBJECTS = 1 << 22


def pack_dtype(dtype: np.dtype[Any]) -> Any:
    """Return a dtype as text, or as numpy's own file format describes a structured one."""
    if isinstance(dtype, np.dtypes.StringDType):
        raise NotSendableError("numpy's StringDType cannot be brought over: use object or str.")
    return (
        dtype.str if dtype.names is None and dtype.subdtype is None else _listed(_described(dtype))
    )


def unpack_dtype(packed: Any) -> np.dtype[Any]:
    """Return the dtype; MalformedError if there is none."""
    try:
        dtype = np.lib.format.descr_to_dtype(_description(packed))
    except MalformedError:
        raise
    except Exception as error:
        raise MalformedError(f"no dtype: {error}") from error
    return dtype


def pack_array(packer: Packer, array: np.ndarray[Any, Any]) -> list[Any]:
    """Return an array's dtype, shape, order and elements."""
    array = np.asarray(array)
    order = "F" if array.flags.f_contiguous and not array.flags.c_contiguous else "C"
    head = [pack_dtype(array.dtype), list(array.shape), order]
    if array.dtype.hasobject:
        return [*head, _pack_objects(packer, array)]
    return [*head, array.tobytes(order)]  # type: ignore[arg-type]


def unpack_array(unpacker: Unpacker, packed: Any) -> np.ndarray[Any, Any]:
    """Return a new array of one's own; MalformedError if the pieces do not fit."""
    head, data = empty_array(packed)
    fill_array(unpacker, head, data)
    return head


def empty_array(packed: Any) -> tuple[np.ndarray[Any, Any], Any]:
    """Return an array without its objects, if it has any, and what these are packed as."""
    name, shape, order, data = fields(packed, 4)
    dtype = unpack_dtype(name)
    shape = tuple(expect(length, int) for length in expect(shape, list))
    if any(length < 0 for length in shape) or len(shape) > 32 or order not in ("C", "F"):
        raise MalformedError("an array of impossible shape")
    size = 1
    for length in shape:
        size *= length
    if dtype.hasobject:
        if dtype.kind == "O" and Unpacker.count(data) != size:
            raise MalformedError("an array whose elements do not fit its shape")
        if size > _MOST_OBJECTS:
            raise MalformedError("an array of too many objects")
        return np.empty(shape, dtype, order), data
    if len(expect(data, bytes)) != size * dtype.itemsize or (not data and size > _MOST_EMPTY):
        raise MalformedError("an array whose bytes do not fit its shape")
    if not data:
        return np.zeros(shape, dtype, order), None
    flat = np.frombuffer(data, dtype)
    _check_elements(flat)
    return np.array(flat.reshape(shape, order=order), order=order, copy=True), None


def fill_array(unpacker: Unpacker, array: np.ndarray[Any, Any], data: Any) -> None:
    """Put its objects into an array that :func:`empty_array` made."""
    if not array.dtype.hasobject:
        return
    if array.dtype.names is not None:
        parts = expect(data, list)
        if len(parts) != len(array.dtype.names):
            raise MalformedError("a structured array without all of its fields")
        for name, part in zip(array.dtype.names, parts, strict=True):
            array[name] = unpack_array(unpacker, part)
        return
    items = unpacker.each(data)
    if len(items) != array.size:
        raise MalformedError("an array whose elements do not fit its shape")
    flat = np.empty(len(items), object)
    for place, item in enumerate(items):  # at once, numpy would take lists for dimensions
        flat[place] = item
    array[...] = flat.reshape(array.shape)


def _pack_objects(packer: Packer, array: np.ndarray[Any, Any]) -> Any:
    if array.dtype.names is not None:
        return [pack_array(packer, array[name]) for name in array.dtype.names]
    if array.dtype != object:
        raise NotSendableError(f"An array of {array.dtype} cannot be brought over.")
    return packer.each(array.ravel("C").tolist())


def _check_elements(array: np.ndarray[Any, Any]) -> None:
    """Refuse bytes that are no element: text outside of Unicode, truth that is neither."""
    if array.dtype.names is not None:
        for name in array.dtype.names:
            _check_elements(array[name])
    elif array.dtype.kind == "U" and array.dtype.itemsize:
        codes = np.ascontiguousarray(array).view(f"{array.dtype.byteorder}u4")
        if codes.size and codes.max() > _LARGEST_TEXT:
            raise MalformedError("an array of text that is none")
    elif array.dtype.kind == "b":
        codes = np.ascontiguousarray(array).view("u1")
        if codes.size and codes.max() > 1:
            raise MalformedError("an array of truth values that are none")


def _described(dtype: np.dtype[Any]) -> Any:
    return np.lib.format.dtype_to_descr(dtype)


def _listed(description: Any) -> Any:
    """Return a description with lists for tuples, as msgpack has them."""
    if isinstance(description, list | tuple):
        return [_listed(item) for item in description]
    return description


def _description(packed: Any, depth: int = 0) -> Any:
    """Return a description as numpy wants it, from what arrived."""
    if type(packed) is str:
        if not (_RAW.fullmatch(packed) or packed == "|O"):
            raise MalformedError(f"expected the name of a dtype, got {packed[:60]!r}")
        return packed
    if depth > 5 or type(packed) is not list:
        raise MalformedError("expected the description of a dtype")
    return [_field(part, depth) for part in packed]


def _field(packed: Any, depth: int) -> tuple[Any, ...]:
    if type(packed) is not list or len(packed) not in (2, 3):
        raise MalformedError("expected the description of a field")
    name, kind, *shape = packed
    if type(name) is list:  # with a title
        name = tuple(expect(part, str) for part in fields(name, 2))
    else:
        expect(name, str)
    if shape:
        shape = [tuple(expect(length, int) for length in expect(shape[0], list))]
    return (name, _description(kind, depth + 1), *shape)


def _pack_scalar(packer: Packer, value: Any) -> Any:
    return pack_array(packer, np.asarray(value))


def _unpack_scalar(unpacker: Unpacker, packed: Any) -> Any:
    array = unpack_array(unpacker, packed)
    if array.shape or array.dtype == object:
        raise MalformedError("expected one number of numpy's")
    return array[()]


register(
    "scalar",
    *(set(np.sctypeDict.values()) - {np.object_}),
    pack=_pack_scalar,
    unpack=_unpack_scalar,
)
register(
    "dtype",
    *{type(np.dtype(kind)) for kind in set(np.sctypeDict.values())},
    pack=lambda packer, value: pack_dtype(value),
    unpack=lambda unpacker, packed: unpack_dtype(packed),
)
