"""Whatever is handed in: nothing is raised, no test or lock changes, no answer is lost."""

import copy
import functools
import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbgrader.nbgraderformat import MetadataValidator

from course.grading.intake import Allowance, Intake, take_in
from course.grading.intake.order import arrange
from course.grading.intake.parse import FoundCell, read_notebook
from course.grading.intake.rebuild import rebuild
from course.grading.job import Job
from course.grading.spec import Assignment, NotebookSpec
from tests.grading.intake import samples

Raw = dict[str, Any]
QUICK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
HOMEWORK_ANSWERS = {
    "long_silences_solution": "def long_silences(written, start, end, days):\n    return 1",
    "unpaid_share_solution": "def unpaid_share(deals):\n    return 0.5",
    "should_drop_solution": "def should_drop(history):\n    return True",
}
assignment = functools.cache(samples.spec)


@functools.cache
def homework() -> tuple[Assignment, Raw]:
    spec, notebook = samples.homework()
    for cell in notebook["cells"]:
        answer = HOMEWORK_ANSWERS.get(cell["metadata"]["nbgrader"]["grade_id"])
        cell["source"] = answer or cell["source"]
    return spec, notebook


def check_nothing_of_the_instructors_changed(spec: NotebookSpec, intake: Intake) -> None:
    node = intake.notebooks[spec.name]
    nbformat.validate(node)
    MetadataValidator().validate_nb(node)
    json.dumps(node).encode()
    marked = [cell for cell in node.cells if "nbgrader" in cell.metadata]
    assert [cell.metadata.nbgrader.grade_id for cell in marked] == [
        cell.grade_id for cell in spec.nbgrader_cells
    ]
    for cell, wanted in zip(marked, spec.nbgrader_cells, strict=True):
        assert (cell.cell_type, cell.metadata) == (wanted.cell_type, wanted.metadata)
        assert not wanted.fixed or cell.source == wanted.source
    given_tags = [cell.metadata for cell in spec.cells]
    assert all(not cell.metadata or cell.metadata in given_tags for cell in node.cells)
    assert intake.job is not None
    assert Job.from_bytes(intake.job.to_bytes()) == intake.job
    (job,) = intake.job.notebooks
    assert [cell.index for cell in job.cells] == [
        index for index, cell in enumerate(node.cells) if cell.cell_type == "code"
    ]
    tests = {cell.grade_id: cell.source for cell in spec.cells if cell.kind == "test"}
    assert {c.name: c.source for c in job.cells if c.role == "test"} == tests
    assert all(c.source == node.cells[c.index].source for c in job.cells)


def check(data: bytes, spec: Assignment, caplog: pytest.LogCaptureFixture) -> Intake:
    with tempfile.TemporaryDirectory() as place:
        name = f"{spec.notebooks[0].name}.ipynb"
        intake = take_in(spec, samples.hand_in(Path(place), data, name), "anna")
    assert not caplog.records, caplog.text
    assert not intake.fault
    if intake.refusal is None:
        check_nothing_of_the_instructors_changed(spec.notebooks[0], intake)
    else:
        assert intake.refusal.reason
        assert intake.refusal.cure
        assert intake.job is None
    return intake


@QUICK
@given(st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode()))
def test_anything_is_taken_in_or_refused(caplog: pytest.LogCaptureFixture, data: bytes) -> None:
    check(data, assignment(), caplog)


@QUICK
@given(st.lists(JSON, max_size=5), st.dictionaries(st.text(max_size=9), JSON, max_size=3))
def test_any_cells_are_taken_in(
    caplog: pytest.LogCaptureFixture, cells: list[Any], rest: Raw
) -> None:
    data = json.dumps({**rest, "cells": cells}).encode()
    assert check(data, assignment(), caplog).refusal is None


@QUICK
@given(st.binary(max_size=200), st.integers(0, 2000), st.integers(0, 400))
def test_a_damaged_file_is_taken_in_or_refused(
    caplog: pytest.LogCaptureFixture, garbage: bytes, at: int, cut: int
) -> None:
    data = json.dumps(samples.submission()).encode()
    check(data[:at] + garbage + data[at + cut :], assignment(), caplog)


def _grade_ids(raw: Raw) -> list[str]:
    return [cell["metadata"]["nbgrader"]["grade_id"] for cell in raw["cells"]]


FIELDS = ("cell_type", "metadata", "source", "id", "outputs", "attachments")
MARKS = ("grade", "solution", "locked", "task", "points", "grade_id", "schema_version", "checksum")


@st.composite
def mutations(draw: st.DrawFn, raw: Raw) -> Raw:
    """Cells dropped, doubled and shuffled; fields and marks wiped, swapped, or made nonsense."""
    notebook = copy.deepcopy(raw)
    cells = notebook["cells"]
    ids = [samples.NAME, "total", "total_test", "", "no such", "a/../b"]
    for _step in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(cells) - 1)) if cells else 0
        kind = draw(st.sampled_from(("drop", "double", "shuffle", "field", "mark", "steal")))
        if not cells:
            break
        cell = cells[at]
        metadata = cell.get("metadata") if isinstance(cell, dict) else None
        marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
        if kind == "drop":
            del cells[at]
        elif kind == "double":
            cells.insert(draw(st.integers(0, len(cells))), copy.deepcopy(cell))
        elif kind == "shuffle":
            cells[:] = draw(st.permutations(cells))
        elif kind == "field":
            cell[draw(st.sampled_from(FIELDS))] = draw(JSON | st.just("code"))
        elif isinstance(marks, dict):
            if kind == "mark":
                marks[draw(st.sampled_from(MARKS))] = draw(JSON | st.integers(-9, 99))
            else:
                marks["grade_id"] = draw(st.sampled_from(ids))
    return notebook


@QUICK
@given(st.data())
def test_no_mutation_changes_what_is_the_instructors(
    caplog: pytest.LogCaptureFixture, data: st.DataObject
) -> None:
    notebook = data.draw(mutations(samples.submission()))
    assert check(json.dumps(notebook).encode(), assignment(), caplog).refusal is None


@QUICK
@given(st.data())
def test_no_mutation_of_our_homework_does_either(
    caplog: pytest.LogCaptureFixture, data: st.DataObject
) -> None:
    spec, notebook = homework()
    mutated = data.draw(mutations(notebook))
    assert check(json.dumps(mutated).encode(), spec, caplog).refusal is None


def strip_marks(cell: Raw) -> None:
    cell["metadata"] = {}


def strip_all(cell: Raw) -> None:
    cell["metadata"] = {}
    cell.pop("id", None)


STRIP: dict[str, Callable[[Raw], None]] = {
    "nothing": lambda cell: None,
    "marks": strip_marks,
    "marks and ids": strip_all,
}


@pytest.mark.parametrize("strip", STRIP)
@QUICK
@given(st.data())
def test_answers_that_define_something_keep_their_place_in_any_order(
    strip: str, caplog: pytest.LogCaptureFixture, data: st.DataObject
) -> None:
    spec, right = homework()
    notebook = copy.deepcopy(right)
    cells = notebook["cells"]
    for at in data.draw(st.lists(st.integers(0, len(cells) - 1), max_size=3)):
        cells.append(copy.deepcopy(cells[at]))
    notebook["cells"] = cells = data.draw(st.permutations(cells))
    for cell in cells:
        STRIP[strip](cell)
    intake = check(json.dumps(notebook).encode(), spec, caplog)
    answers = samples.by_grade_id(intake, "homework")
    assert {name: answers[name].source for name in HOMEWORK_ANSWERS} == HOMEWORK_ANSWERS


@pytest.mark.parametrize("strip", STRIP)
@QUICK
@given(st.data())
def test_no_answer_is_lost_in_any_order(
    strip: str, caplog: pytest.LogCaptureFixture, data: st.DataObject
) -> None:
    notebook = samples.submission()
    notebook["cells"] = data.draw(st.permutations(notebook["cells"]))
    for cell in notebook["cells"]:
        STRIP[strip](cell)
    intake = check(json.dumps(notebook).encode(), assignment(), caplog)
    assert set(samples.ANSWERS.values()) <= set(samples.sources(intake))


@pytest.mark.parametrize("strip", STRIP)
def test_stripped_but_in_order_every_answer_is_in_its_place(strip: str) -> None:
    notebook = samples.submission()
    for cell in notebook["cells"]:
        STRIP[strip](cell)
    (spec,) = assignment().notebooks
    found, _notes = read_notebook(json.dumps(notebook).encode(), Allowance())
    cells = rebuild(spec, found).node.cells
    sources = {c.metadata.nbgrader.grade_id: c.source for c in cells if "nbgrader" in c.metadata}
    assert {name: sources[name] for name in samples.ANSWERS} == samples.ANSWERS


@QUICK
@given(st.data())
def test_an_order_holds_every_cell_once(data: st.DataObject) -> None:
    (spec,) = assignment().notebooks
    size = len(spec.cells)
    count = data.draw(st.integers(1, 20))
    places = data.draw(st.lists(st.integers(0, count - 1), unique=True, max_size=size))
    cells = data.draw(st.permutations(range(size)))[: len(places)]
    known = dict(zip(places, cells, strict=True))
    dropped = data.draw(st.sets(st.sampled_from(range(count)))) - set(known)
    order = arrange(spec.cells, known, count, dropped)
    wanted = {j for j in range(count) if j not in dropped}
    assert sorted(j for _i, j in order if j is not None) == sorted(wanted)
    assert all(i == known.get(j) for i, j in order if j is not None)
    marked = [i for i, _j in order if i is not None and spec.cells[i].grade_id]
    assert marked == [i for i, cell in enumerate(spec.cells) if cell.grade_id]


@QUICK
@given(st.dictionaries(NAMES, st.binary(max_size=40), max_size=6), st.binary())
def test_any_zip_is_taken_in_or_refused(
    caplog: pytest.LogCaptureFixture, entries: dict[str, bytes], garbage: bytes
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("ps1/sums.ipynb", json.dumps(samples.submission()))
        for name, content in entries.items():
            archive.writestr(name, content)
    whole = buffer.getvalue()
    for data in (whole, whole[: len(whole) // 2] + garbage + whole[len(whole) // 2 :]):
        with tempfile.TemporaryDirectory() as place:
            intake = take_in(assignment(), samples.hand_in(Path(place), data, "ps1.zip"), "anna")
        assert not intake.fault
        assert data != whole or intake.refusal is None


def test_found_cells_need_nothing_but_a_text() -> None:
    (spec,) = assignment().notebooks
    node = rebuild(spec, [FoundCell("code", text) for text in samples.ANSWERS.values()]).node
    nbformat.validate(node)
