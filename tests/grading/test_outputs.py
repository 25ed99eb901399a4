"""Outputs from an interpreter that lies."""

import json
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.grading.outputs import sane

GOOD = [
    {"output_type": "stream", "name": "stdout", "text": "hello\n"},
    {"output_type": "display_data", "data": {"text/plain": "1"}, "metadata": {}},
    {
        "output_type": "execute_result",
        "data": {"text/plain": "1", "application/json": {"a": [1, None, 2.5]}},
        "metadata": {},
        "execution_count": 3,
    },
    {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["a", "b"]},
]
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
kinds = st.sampled_from(["stream", "display_data", "execute_result", "error", "other"])
fields = ("name", "text", "data", "metadata", "ename", "evalue", "traceback", "execution_count")
output = st.builds(
    lambda kind, rest: {"output_type": kind, **rest},
    kinds | plain,
    st.dictionaries(st.sampled_from(fields), plain),
)


def check(outputs: list[dict[str, Any]]) -> None:
    cell = nbformat.from_dict(nbformat.v4.new_code_cell(outputs=outputs))
    nbformat.validate(json.loads(nbformat.writes(nbformat.v4.new_notebook(cells=[cell]))))


def test_what_is_well_formed_passes_unchanged() -> None:
    assert sane(GOOD, 1000) == GOOD
    check(sane(GOOD, 1000))


@given(st.lists(output | plain, max_size=5) | plain)
def test_whatever_arrives_a_notebook_can_hold_what_is_kept(outputs: Any) -> None:
    check(sane(outputs, 1000))


def test_long_text_is_cut_and_says_so() -> None:
    flood = [{"output_type": "stream", "name": "stdout", "text": "x" * 5000}, *GOOD]
    kept = sane(flood, 100)
    assert kept[0]["text"].startswith("x" * 100 + "\n[…")
    assert len(kept[0]["text"]) < 250


@pytest.mark.parametrize(
    "flood",
    [
        [{"output_type": "stream", "name": "stdout", "text": "x" * 5000}],
        [{"output_type": "display_data", "data": {"text/html": "x" * 5000}, "metadata": {}}],
        [{"output_type": "display_data", "data": {}, "metadata": {}}] * 1500,
        [{"output_type": "error", "ename": "x" * 99, "evalue": "", "traceback": []}] * 9,
    ],
    ids=["text", "rich", "many", "errors"],
)
@pytest.mark.parametrize("end", GOOD[2:], ids=["result", "error"])
def test_no_flood_washes_away_how_a_cell_ended(
    flood: list[dict[str, Any]], end: dict[str, Any]
) -> None:
    last = sane([*flood, end], 100)[-1]
    assert last["output_type"] == end["output_type"]
    assert last.get("evalue") == end.get("evalue")
    if "data" in end:
        assert last["data"]["text/plain"] == "1"
    check(sane([*flood, end], 100))


def test_a_picture_may_be_larger_than_text() -> None:
    picture = {"output_type": "display_data", "data": {"image/png": "A" * 700}, "metadata": {}}
    assert sane([picture], 100) == [picture]
    assert sane([picture, picture], 100)[1]["output_type"] == "stream"


@pytest.mark.parametrize("text", ["\ud800", "ok"])
def test_text_can_be_written(text: str) -> None:
    (kept,) = sane([{"output_type": "stream", "name": "stdout", "text": text}], 100)
    kept["text"].encode()
