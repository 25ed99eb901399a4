"""Values that can change: every way to change them is noticed, nothing else is sent."""

import array
import collections
import gc
import io
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.grading.remote.ends import Ends

# To change in place is to go from pandas one day; learners will do it until then.
pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword")


def table() -> pd.DataFrame:
    return pd.DataFrame(
        {"a": [1, 2, 3], "b": [0.5, None, 2.5], "c": ["x", "y", None], "d": pd.array([1, None, 3])},
        index=pd.Index(["p", "q", "r"], name="i"),
    )


def series() -> pd.Series:
    return pd.Series([3, 1, 2], index=list("abc"), name="s")


CHANGES: dict[str, tuple[Callable[[], Any], Callable[[Any], Any]]] = {
    "list-item": (lambda: [1, 2], lambda v: v.__setitem__(0, 9)),
    "list-sorted": (lambda: [2, 1], lambda v: v.sort()),
    "list-inner": (lambda: [[1], [2]], lambda v: v[1].append(3)),
    "list-same-length": (lambda: [[1], [2]], lambda v: v.reverse()),
    "list-equal-but-other": (lambda: [1, 2], lambda v: v.__setitem__(0, 1.0)),
    "dict-item": (lambda: {"a": 1}, lambda v: v.update(a=2)),
    "dict-order": (lambda: {"a": 1, "b": 2}, lambda v: v.update(a=v.pop("a"))),
    "dict-key": (lambda: {"a": 1}, lambda v: v.update({1: v.pop("a")})),
    "ordered-dict": (
        lambda: collections.OrderedDict(a=1, b=2),
        lambda v: v.move_to_end("a"),
    ),
    "counter": (lambda: collections.Counter("ab"), lambda v: v.subtract("a")),
    "defaultdict": (lambda: collections.defaultdict(list), lambda v: v["a"].append(1)),
    "default-factory": (
        lambda: collections.defaultdict(list),
        lambda v: setattr(v, "default_factory", int),
    ),
    "set": (lambda: {1, 2}, lambda v: (v.discard(1), v.add(3))),
    "deque": (lambda: collections.deque([1, 2], 2), lambda v: v.rotate()),
    "bytearray": (lambda: bytearray(b"ab"), lambda v: v.__setitem__(0, 65)),
    "array-array": (lambda: array.array("d", [1, 2]), lambda v: v.append(3)),
    "buffer": (lambda: io.StringIO("ab"), lambda v: v.read(1)),
    "buffer-written": (io.BytesIO, lambda v: v.write(b"x")),
    "numbers": (lambda: np.arange(4.0), lambda v: v.__setitem__(2, 9)),
    "objects": (lambda: np.array([[1], None], object), lambda v: v.__setitem__(1, "x")),
    "inside-objects": (lambda: np.array([[1], None], object), lambda v: v[0].append(2)),
    "structured": (lambda: np.zeros(2, "i4,f8"), lambda v: v["f1"].__setitem__(0, 2)),
    "resized": (lambda: np.arange(4), lambda v: v.resize((2, 3), refcheck=False)),
    "frozen": (lambda: np.arange(4), lambda v: (v.__setitem__(0, 5), v.setflags(write=False))),
    "loc": (table, lambda v: v.loc.__setitem__(("p", "a"), 9)),
    "iloc": (table, lambda v: v.iloc.__setitem__((0, 1), 9.5)),
    "at": (table, lambda v: v.at.__setitem__(("q", "c"), "z")),
    "mask": (table, lambda v: v.loc.__setitem__((v["a"] > 1, "b"), 0)),
    "column": (table, lambda v: v.__setitem__("a", v["a"] * 2)),
    "new-column": (table, lambda v: v.__setitem__("new", 1)),
    "inserted": (table, lambda v: v.insert(0, "new", 1)),
    "dropped": (table, lambda v: v.drop(columns="a", inplace=True)),
    "popped": (table, lambda v: v.pop("a")),
    "deleted": (table, lambda v: v.__delitem__("a")),
    "rows": (table, lambda v: v.drop(index="p", inplace=True)),
    "new-row": (table, lambda v: v.loc.__setitem__("new", [1, 2.0, "x", 3])),
    "sorted": (table, lambda v: v.sort_values("a", ascending=False, inplace=True)),
    "filled": (table, lambda v: v.fillna({"b": 0}, inplace=True)),
    "renamed": (table, lambda v: v.rename(columns={"a": "A"}, inplace=True)),
    "columns": (table, lambda v: setattr(v, "columns", list("wxyz"))),
    "index": (table, lambda v: setattr(v, "index", [1, 2, 3])),
    "index-name": (table, lambda v: setattr(v.index, "name", "other")),
    "columns-name": (table, lambda v: setattr(v.columns, "name", "other")),
    "reset": (table, lambda v: v.reset_index(inplace=True)),
    "set-index": (table, lambda v: v.set_index("a", inplace=True)),
    "replaced": (table, lambda v: v.replace("x", "X", inplace=True)),
    "updated": (table, lambda v: v.update(pd.DataFrame({"a": [7]}, index=["p"]))),
    "masked-column": (table, lambda v: v.loc.__setitem__(("p", "d"), pd.NA)),
    "attrs": (table, lambda v: v.attrs.update(unit="m")),
    "emptied": (table, lambda v: v.drop(v.index, inplace=True)),
    "series-item": (series, lambda v: v.__setitem__("a", 9)),
    "series-iloc": (series, lambda v: v.iloc.__setitem__(0, 9)),
    "series-sorted": (series, lambda v: v.sort_values(inplace=True)),
    "series-name": (series, lambda v: setattr(v, "name", "t")),
    "series-index": (series, lambda v: setattr(v, "index", [1, 2, 3])),
    "series-grown": (series, lambda v: v.__setitem__("new", 4)),
    "dice": (lambda: random.Random(1), lambda v: v.random()),
    "dice-of-numpy": (lambda: np.random.default_rng(1), lambda v: v.normal()),
    "old-dice-of-numpy": (lambda: np.random.RandomState(1), lambda v: v.normal()),
}


def looks(value: Any) -> Any:
    if isinstance(value, pd.DataFrame | pd.Series):
        parts = [value.to_dict() if value.ndim == 1 else value.to_dict("split"), value.attrs]
        return repr(
            (parts, value.index, getattr(value, "columns", value.index), getattr(value, "name", 0))
        )
    if isinstance(value, io.StringIO | io.BytesIO):
        return value.getvalue(), value.tell()
    if isinstance(value, random.Random):
        return value.getstate()
    if isinstance(value, np.random.Generator):
        return repr(value.bit_generator.state)
    if isinstance(value, np.random.RandomState):
        return repr(value.get_state())
    if isinstance(value, np.ndarray):
        return repr(value), value.flags.writeable
    return repr(value)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_arrives_in_place(ends: Ends, change: str) -> None:
    make, act = CHANGES[change]
    mine = make()
    theirs = ends.to_learner(mine)
    assert theirs is not mine
    assert looks(theirs) == looks(mine)
    before = looks(theirs)
    act(theirs)
    assert looks(theirs) != before
    assert ends.to_referee(theirs) is mine
    assert looks(mine) == looks(theirs)


@pytest.mark.parametrize("change", CHANGES)
def test_what_did_not_change_is_not_sent(ends: Ends, change: str) -> None:
    value = CHANGES[change][0]()
    ends.to_learner(value)
    assert len(ends.examiner._packed(value)) < 40
    assert len(ends.servant._packed(1)) < 40


def test_a_change_that_only_the_other_side_can_see_arrives(ends: Ends) -> None:
    mine = {"log": []}
    theirs = ends.to_learner(mine)
    inner = mine["log"]
    theirs["log"].append(1)
    ends.to_referee(None)
    assert inner == [1]
    inner.append(2)
    ends.to_learner(None)
    assert theirs == {"log": [1, 2]}


def test_what_nobody_has_is_forgotten_on_both_sides(ends: Ends) -> None:
    mine = [[1], [2]]
    ends.to_learner(mine)
    assert len(ends.servant.references.twins._by_number) == 3
    del mine
    for _ in range(3):
        ends.to_learner(None)
    assert not ends.examiner.references.twins._by_number
    assert not ends.servant.references.twins._by_number


def test_a_change_by_someone_who_is_gone_arrives_still(ends: Ends) -> None:
    theirs: list[int] = []
    ends.to_referee(theirs).append(1)
    for _ in range(2):
        ends.to_learner(None)
    assert theirs == [1]


def test_objects_are_released_when_nobody_has_them(ends: Ends) -> None:
    class Thing:
        pass

    things = [Thing() for _ in range(5)]
    there = [ends.to_referee(thing) for thing in things]
    assert ends.to_referee(things[0]) is there[0]
    lent = ends.servant.references.lent._objects
    assert len(lent) == 6  # and their class
    del there
    gc.collect()  # classes are in circles
    ends.to_learner(None)
    assert len(lent) == 0
    assert type(ends.to_referee(things[0])).__name__ == "Thing"


def test_a_stand_in_comes_home_as_itself(ends: Ends) -> None:
    class Thing:
        pass

    thing = Thing()
    assert ends.to_learner([ends.to_referee(thing), ends.to_referee(Thing)]) == [thing, Thing]


def test_after_a_message_that_failed_both_sides_start_anew(ends: Ends) -> None:
    mine = [1]
    theirs = ends.to_learner(mine)
    deep: Any = ()
    for _ in range(200):
        deep = (deep,)
    with pytest.raises(Exception, match="nested"):
        ends.to_learner(deep)
    theirs.append(2)
    assert ends.to_learner(mine) is not theirs
    assert mine == [1]
