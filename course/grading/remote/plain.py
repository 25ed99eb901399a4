"""Values of the standard library that never change: numbers, dates, paths, patterns."""

import dataclasses
import datetime as dt
import functools
import operator
import pathlib
import re
import types
import uuid
import zoneinfo
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from course.grading.remote.codec import Packer, Unpacker, expect, fields, register
from course.grading.remote.errors import MalformedError, NotSendableError

__all__: list[str] = []

_Make = Callable[..., Any]


def _by_fields(tag: str, kind: type, *names: str, make: _Make | None = None) -> None:
    """Register a kind that its constructor makes from these attributes, in order."""

    def pack(packer: Packer, value: Any) -> Any:
        return [packer(getattr(value, name)) for name in names]

    def unpack(unpacker: Unpacker, data: Any) -> Any:
        return (make or kind)(*map(unpacker, fields(data, len(names))))

    register(tag, kind, pack=pack, unpack=unpack)


def _by_text(tag: str, kind: type) -> None:
    """Register a kind that its constructor makes from its text."""
    register(
        tag,
        kind,
        pack=lambda packer, value: packer(str(value)),
        unpack=lambda unpacker, data: kind(expect(unpacker(data), str)),
    )


def _constants(**values: Any) -> None:
    for tag, value in values.items():
        register(
            tag,
            type(value),
            pack=lambda packer, value: None,
            unpack=lambda unpacker, data, value=value: value,  # type: ignore[misc]
        )


def _moment(*parts: Any) -> dt.datetime:
    return dt.datetime(*parts[:-1], fold=parts[-1])


def _time(*parts: Any) -> dt.time:
    return dt.time(*parts[:-1], fold=parts[-1])


def _pattern(text: Any, flags: Any) -> re.Pattern[Any]:
    return re.compile(expect(text, str, bytes), expect(flags, int) & ~re.DEBUG)  # which prints


def _zone(unpacker: Unpacker, data: Any) -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(expect(data, str))


def _zone_key(packer: Packer, value: zoneinfo.ZoneInfo) -> str:
    if value.key is None:
        raise NotSendableError("A time zone without a name cannot be brought over.")
    return value.key


def _partial(function: Any, args: Any, kwargs: Any) -> Any:
    if not callable(function):
        raise MalformedError("expected a function")
    return functools.partial(function, *args, **dict(kwargs))


def _pack_partial(packer: Packer, value: Any) -> Any:
    return [packer(value.func), packer(value.args), packer(tuple(value.keywords.items()))]


def _by_reduction(tag: str, kind: Any) -> None:
    """Register a kind that its constructor makes from what pickle would give it."""
    register(
        tag,
        kind,
        pack=lambda packer, value: packer.each(value.__reduce__()[1]),
        unpack=lambda unpacker, data: kind(*unpacker.each(data)),
    )


_FIELD = ("default", "default_factory", "init", "repr", "hash", "compare", "kw_only")


def _pack_field(packer: Packer, value: dataclasses.Field[Any]) -> list[Any]:
    given = [packer(getattr(value, name)) for name in _FIELD]
    return [value.name, packer(value.type), given, value._field_type.name]  # type: ignore[attr-defined]


def _unpack_field(unpacker: Unpacker, data: Any) -> Any:
    name, kind, given, role = fields(data, 4)
    made: Any = dataclasses.field(
        **dict(zip(_FIELD, map(unpacker, fields(given, len(_FIELD))), strict=True))
    )
    # Which fields are fields dataclasses tells by the identity of private constants.
    roles = ("_FIELD", "_FIELD_CLASSVAR", "_FIELD_INITVAR")
    made.name, made.type = expect(name, str), unpacker(kind)
    made._field_type = getattr(dataclasses, roles[roles.index(role)])
    return made


def _union(unpacker: Unpacker, data: Any) -> Any:
    kinds = unpacker.each(data)
    result = kinds[0]
    for kind in kinds[1:]:
        result = result | kind
    return expect(result, types.UnionType)


def _alias(origin: Any, arguments: Any) -> types.GenericAlias:
    return types.GenericAlias(expect(origin, type), expect(arguments, tuple))


def _of_dict(view: str) -> Callable[[Unpacker, Any], Any]:
    def unpack(unpacker: Unpacker, data: Any) -> Any:
        keys, values = map(unpacker.each, fields(data, 2))
        return getattr(dict(zip(keys, values, strict=True)), view)()

    return unpack


def _dict_of_keys(packer: Packer, view: Any) -> Any:
    keys = list(view)
    return [packer.each(keys), packer.each([None] * len(keys))]


def _dict_of_values(packer: Packer, view: Any) -> Any:
    values = list(view)
    return [packer.each(range(len(values))), packer.each(values)]


def _dict_of_items(packer: Packer, view: Any) -> Any:
    items = list(view)
    return [packer.each(key for key, _ in items), packer.each(value for _, value in items)]


def _proxied_dict(unpacker: Unpacker, data: Any) -> Any:
    keys, values = map(unpacker.each, fields(data, 2))
    return types.MappingProxyType(dict(zip(keys, values, strict=True)))


_constants(ellipsis=..., NotImplemented=NotImplemented, MISSING=dataclasses.MISSING)
register("field", dataclasses.Field, pack=_pack_field, unpack=_unpack_field)
_by_fields("complex", complex, "real", "imag")
_by_fields("range", range, "start", "stop", "step")
_by_fields("slice", slice, "start", "stop", "step")
_by_fields("date", dt.date, "year", "month", "day")
_by_fields("time", dt.time, "hour", "minute", "second", "microsecond", "tzinfo", "fold", make=_time)
_by_fields(
    "datetime",
    dt.datetime,
    *("year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold"),
    make=_moment,
)
_by_fields("timedelta", dt.timedelta, "days", "seconds", "microseconds")
_by_fields("fraction", Fraction, "numerator", "denominator")
_by_fields("pattern", re.Pattern, "pattern", "flags", make=_pattern)
_by_fields("alias", types.GenericAlias, "__origin__", "__args__", make=_alias)
_by_reduction("itemgetter", operator.itemgetter)
_by_reduction("attrgetter", operator.attrgetter)
register(
    "partial",
    functools.partial,
    pack=_pack_partial,
    unpack=lambda unpacker, data: _partial(*map(unpacker, fields(data, 3))),
)
_by_text("decimal", Decimal)
_by_text("uuid", uuid.UUID)
for _path in (
    pathlib.PurePosixPath,
    pathlib.PureWindowsPath,
    type(pathlib.Path()),  # PosixPath or WindowsPath, as the system is
):
    _by_text(_path.__name__, _path)
register(
    "timezone",
    dt.timezone,
    # What its constructor got, as for pickle: a name only if it was given one.
    pack=lambda packer, value: packer.each(value.__getinitargs__()),
    unpack=lambda unpacker, data: dt.timezone(*unpacker.each(data)),
)
register("zone", zoneinfo.ZoneInfo, pack=_zone_key, unpack=_zone)
register(
    "union",
    types.UnionType,
    pack=lambda packer, value: packer.each(value.__args__),
    unpack=_union,
)
register("keys", type({}.keys()), pack=_dict_of_keys, unpack=_of_dict("keys"))
register("values", type({}.values()), pack=_dict_of_values, unpack=_of_dict("values"))
register("items", type({}.items()), pack=_dict_of_items, unpack=_of_dict("items"))
register(
    "mappingproxy",
    types.MappingProxyType,
    pack=lambda packer, value: _dict_of_items(packer, value.items()),
    unpack=_proxied_dict,
)
