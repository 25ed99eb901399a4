"""What crosses arrives as it was; what arrives broken is refused, and never anything else."""

import collections
import contextlib
import datetime as dt
import decimal
import enum
import fractions
import io
import math
import operator
import pathlib
import re
import uuid
from typing import Any

import msgpack
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course.grading.remote.errors import MalformedError, NotSendableError
from tests.grading.remote.ends import Ends

natives = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None, categories=None))
    | st.binary()
)
plain = (
    natives
    | st.complex_numbers()
    | st.dates()
    | st.times()
    | st.datetimes(timezones=st.none() | st.timezones())
    | st.timedeltas()
    | st.decimals(allow_nan=False)
    | st.fractions()
    | st.uuids()
    | st.builds(range, st.integers(-9, 9), st.integers(-9, 9), st.integers(1, 5))
    | st.sampled_from([..., NotImplemented, int, str, pd.NaT, pd.NA, np.float32, ValueError])
)
hashable = st.recursive(
    plain, lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=3)
)
dtypes = st.sampled_from(
    "? i1 <u2 >i4 i8 f2 f4 >f8 c8 c16 S3 U2 >U2 M8[D] M8[ns] m8[s] f8,U2 i1,(2,)f4".split()
).map(np.dtype)
arrays = hnp.arrays(dtypes, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4))
values = st.recursive(
    plain | arrays,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(hashable, inner, max_size=4)
        | st.sets(hashable, max_size=4)
        | st.builds(collections.deque, st.lists(inner, max_size=3))
        | st.builds(collections.OrderedDict, st.dictionaries(st.text(), inner, max_size=3))
        | st.builds(lambda items: pd.Series(items, dtype=object), st.lists(inner, max_size=3))
    ),
    max_leaves=12,
)
# What it generates may be long to print, if a test fails.
pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
quick = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def alike(one: Any, other: Any) -> bool:
    """Whether two values are the same in type and content, at every depth; NaN is NaN."""
    if type(one) is not type(other):
        return False
    if isinstance(one, float | complex | decimal.Decimal):
        return repr(one) == repr(other)
    if isinstance(one, np.ndarray):
        same = one.dtype == other.dtype and one.shape == other.shape
        raw = one.dtype != object
        return same and (
            one.tobytes() == other.tobytes() if raw else alike(one.tolist(), other.tolist())
        )
    if isinstance(one, pd.Series):
        return one.index.equals(other.index) and alike(one.tolist(), other.tolist())
    if isinstance(one, list | tuple | collections.deque):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, dict):
        return alike(list(one.keys()), list(other.keys())) and alike(
            list(one.values()), list(other.values())
        )
    if isinstance(one, set | frozenset):
        return len(one) == len(other) and all(any(alike(a, b) for b in other) for a in one)
    if one is pd.NaT or one is pd.NA:
        return one is other
    return bool(one == other)


@quick
@given(values)
def test_a_value_arrives_as_it_was(ends: Ends, value: Any) -> None:
    if isinstance(value, np.ndarray) and value.dtype.hasobject:
        return
    assert alike(ends.to_referee(value), value)
    assert alike(ends.to_learner(value), value)


@quick
@given(st.data())
def test_changed_bytes_are_a_value_or_malformed(data: st.DataObject) -> None:
    value = data.draw(
        values | st.sampled_from(range(len(SPECIMENS()))).map(SPECIMENS().__getitem__)
    )
    with contextlib.closing(Ends()) as ends:  # whose messages are those of any other
        body = bytearray(ends.servant._packed(value))
        for _ in range(data.draw(st.integers(1, 4))):
            place = data.draw(st.integers(0, len(body) - 1))
            body[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
        _read(ends, bytes(body))


packed = st.recursive(
    natives
    | st.sampled_from(["tuple", "twin", "mine", "yours", "list", "array", "error", "valued"]),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.text(max_size=3) | st.integers(0, 9), inner, max_size=3)
    ),
    max_leaves=25,
)


@quick
@given(packed, packed, packed, packed)
def test_whatever_arrives_is_a_value_or_malformed(
    ends: Ends, a: Any, b: Any, c: Any, d: Any
) -> None:
    for message in ([a, b, c, d], [a, [], {}, {}], [["tuple", a], [[2, "list", b, None]], {}, {}]):
        try:
            body = msgpack.packb(message)
        except (OverflowError, UnicodeEncodeError):
            continue
        _read(ends, body)


TAGS = (
    "int str tuple frozenset complex range slice date time datetime timedelta fraction pattern alias"
    " decimal uuid PurePosixPath PosixPath timezone zone union keys values items mappingproxy partial"
    " itemgetter attrgetter field scalar dtype timestamp span period interval NaT NA offset category"
    " zoned intervals string periods masked sparse column index steps levels twin mine yours keyed"
    " shared library module bound member flags valued error"
).split()


@quick
@given(st.sampled_from(TAGS), packed, st.lists(packed, max_size=8))
def test_every_kind_refuses_nonsense(ends: Ends, tag: str, one: Any, several: list[Any]) -> None:
    for value in ([tag, one], [tag, several], [tag, *several]):
        try:
            body = msgpack.packb([value, [], {}, {}])
        except (OverflowError, UnicodeEncodeError):
            continue
        _read(ends, body)


def _read(ends: Ends, body: bytes) -> None:
    with contextlib.suppress(MalformedError):
        ends.examiner._read([body])


def SPECIMENS() -> list[Any]:  # noqa: N802
    class Color(enum.Enum):
        RED = 1

    class Point(tuple):
        pass

    class Stack(list):
        pass

    class Shape:
        x = 1

    class WrongError(ValueError):
        pass

    def function(a: int, b: str = "x") -> float: ...

    return [
        Color.RED,
        Point((1, 2)),
        Stack([1]),
        Shape(),
        Shape,
        WrongError("x"),
        function,
        (i for i in range(3)),
        pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": pd.to_datetime(["2024", None])}),
        pd.Series([1, None], dtype="Int64", index=pd.date_range("2024", periods=2, name="d")),
        pd.MultiIndex.from_product([[1, 2], ["a"]], names=["x", None]),
        pd.Categorical(["a", "b", "a"]),
        pd.Timestamp("2024", tz="Europe/Paris"),
        pd.offsets.BDay(2),
        np.random.default_rng(1),
        operator.itemgetter(1),
        re.compile("a+"),
        io.StringIO("text"),
        {"a": [1, {2: (3,)}]},
        KeyError("k"),
        iter([1]),
    ]


@pytest.mark.parametrize(
    "value",
    [
        dt.UTC,
        dt.timezone(dt.timedelta(hours=1), "X"),
        fractions.Fraction(1, 3),
        uuid.UUID(int=1),
        pathlib.PurePosixPath("a/b"),
        re.compile(b"x", re.DOTALL),
        slice(1, None, 2),
        {"a": 1}.keys(),
        collections.Counter("aab"),
        bytearray(b"x"),
        list[int],
        int | None,
        math.inf,
        -0.0,
        2**64,
        -(2**63) - 1,
        type(None),
        pd.Interval(0, 1),
        pd.CategoricalDtype(["a"], ordered=True),
        pd.Index([1, 2], name=("a", 1)),
    ],
    ids=repr,
)
def test_kinds_with_something_of_their_own(ends: Ends, value: Any) -> None:
    there = ends.to_referee(value)
    assert type(there) is type(value)
    assert repr(there) == repr(value)


def test_what_is_shared_stays_shared(ends: Ends) -> None:
    inner: list[Any] = [1]
    loop: dict[str, Any] = {"inner": inner, "again": inner}
    loop["self"] = loop
    there = ends.to_referee(loop)
    assert there["inner"] is there["again"]
    assert there["self"] is there


def test_what_is_nested_too_deep_is_not_sent(ends: Ends) -> None:
    value: Any = ()
    for _ in range(200):
        value = (value,)
    with pytest.raises(NotSendableError, match="deeper than"):
        ends.to_referee(value)
    assert ends.to_referee([1]) == [1]


def test_what_is_too_large_is_not_sent(ends: Ends) -> None:
    ends.servant.channel.largest = 1000
    with pytest.raises(NotSendableError, match=r"1,000|936"):
        ends.to_referee(b"x" * 1001)
    assert ends.to_referee([1]) == [1]


@pytest.mark.parametrize(
    "body",
    [
        ["|O", [1], "C", b"12345678"],  # an address
        ["<f8", [1 << 40], "C", b""],
        ["<V0", [1 << 40], "C", b""],
        ["<f8", [-1], "C", b""],
        ["<f8", [2], "C", b"12345678"],
        ["|b1", [1], "C", b"\x07"],
        ["<U1", [1], "C", b"\xff\xff\xff\xff"],
        [[["a", "|O"]], [1], "C", b"12345678"],
        ["O", [1], "C", [1]],
        ["<T16", [1], "C", b"x" * 16],
    ],
)
def test_arrays_that_are_none(ends: Ends, body: list[Any]) -> None:
    record = [2, "array", [True, body], None]
    with pytest.raises(MalformedError):
        ends.examiner._read([msgpack.packb([["twin", 2], [record], {}, {}])])
