"""pandas' scalars: moments, spans, periods, intervals, what is missing, and offsets."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from course.grading.remote.codec import Packer, Unpacker, expect, fields, register
from course.grading.remote.errors import MalformedError

__all__ = ["expect_zone"]

_OFFSETS: dict[str, type] = {
    name: kind
    for name, kind in vars(pd.offsets).items()
    if isinstance(kind, type) and issubclass(kind, pd.offsets.BaseOffset)
}
_UNITS = ("s", "ms", "us", "ns")


def _pack_moment(packer: Packer, value: Any) -> list[Any]:
    return [int(value.asm8.view(np.int64)), value.unit, packer(value.tz), value.fold]


def _unpack_moment(unpacker: Unpacker, packed: Any) -> pd.Timestamp:
    number, unit, zone, fold = fields(packed, 4)
    moment = pd.Timestamp(expect(number, int), unit=_unit(unit))
    zone = unpacker(zone)
    if zone is None:
        return moment.replace(fold=expect(fold, int)) if fold else moment
    return moment.tz_localize("UTC").tz_convert(expect_zone(zone))


def _unit(name: Any) -> Any:
    if name not in _UNITS:
        raise MalformedError("expected a unit of time")
    return name


def expect_zone(value: Any) -> dt.tzinfo:
    """Return a time zone; MalformedError if it is none."""
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
    pack=lambda packer, value: [int(value.asm8.view(np.int64)), value.unit],
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
