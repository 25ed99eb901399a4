"""Which text ends up in which cell, whatever happened to a notebook's cells."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.grading.intake import Intake
from tests.grading.intake import samples
from tests.grading.intake.samples import ANSWERS

Raw = dict[str, Any]
Cells = list[Raw]


def at(cells: Cells, grade_id: str) -> int:
    """Where the last cell with this grade id stands."""
    (*_earlier, found) = (
        number
        for number, cell in enumerate(cells)
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    )
    return found


def taken(folder: Path, change: Callable[[Cells], object]) -> Intake:
    notebook = samples.submission()
    change(notebook["cells"])
    return samples.taken(samples.hand_in(folder, notebook))


def answers(intake: Intake) -> dict[str, str]:
    cells = samples.by_grade_id(intake)
    return {name: cells[name].source for name in ANSWERS}


def said(intake: Intake) -> str:
    return "\n".join(intake.notes)


def test_an_ordinary_submission_needs_no_note(tmp_path: Path) -> None:
    intake = taken(tmp_path, lambda cells: None)
    assert answers(intake) == ANSWERS
    assert intake.notes == ()
    assert intake.untouched == {"sums": ()}
    assert intake.missing == ()


def test_roles(tmp_path: Path) -> None:
    job = taken(tmp_path, lambda cells: None).job
    assert job is not None
    assert [(cell.role, cell.name) for cell in job.notebooks[0].cells] == [
        ("setup", "setup"),
        ("learner", ""),
        ("learner", "total"),
        ("learner", ""),
        ("learner", ""),
        ("test", "total_test"),
        ("learner", "mean"),
        ("test", "mean_test"),
        ("learner", "plot"),
    ]
    assert job.answers == ("total",)


def test_tags_counts_outputs_and_widget_state_of_the_learner_are_dropped(tmp_path: Path) -> None:
    def change(cells: Cells) -> None:
        for cell in cells:
            cell["metadata"]["tags"] = ["skip-execution", "raises-exception"]

    notebook = taken(tmp_path, change).notebooks["sums"]
    tags = [cell.metadata.get("tags") for cell in notebook.cells]
    assert [found for found in tags if found] == [["given"]] * 8  # as released
    assert all(not cell.get("outputs") for cell in notebook.cells)
    assert all(cell.get("execution_count") is None for cell in notebook.cells)
    assert set(notebook.metadata) == {"kernelspec"}


def test_untouched_answers_are_told(tmp_path: Path) -> None:
    def change(cells: Cells) -> None:
        given = samples.release()["cells"]
        cells[at(cells, "total")]["source"] = given[at(given, "total")]["source"] + "  \n"
        cells[at(cells, "explain")]["source"] = ""

    assert taken(tmp_path, change).untouched == {"sums": ("total", "explain")}


def test_an_unchanged_copy_after_the_answer_does_not_undo_it(tmp_path: Path) -> None:
    def change(cells: Cells) -> None:
        given = samples.release()["cells"]
        cells.insert(at(cells, "total_test"), given[at(given, "total")])

    intake = taken(tmp_path, change)
    assert answers(intake) == ANSWERS
    assert len(intake.notebooks["sums"].cells) == len(samples.submission()["cells"])
    assert intake.notes == ("There were 2 copies of cell total.",)


def test_of_several_changed_copies_the_last_counts_and_the_others_stay(tmp_path: Path) -> None:
    def change(cells: Cells) -> None:
        draft = copy.deepcopy(cells[at(cells, "total")])
        draft["source"] = "def total(values):\n    return 'a draft'"
        cells.insert(at(cells, "total"), draft)

    intake = taken(tmp_path, change)
    assert answers(intake) == ANSWERS
    found = samples.sources(intake)
    assert found.index("def total(values):\n    return 'a draft'") < found.index(ANSWERS["total"])
    assert "The last one that was changed counts" in said(intake)


def test_a_split_answer_runs_in_both_parts(tmp_path: Path) -> None:
    def change(cells: Cells) -> None:
        where = at(cells, "mean")
        second = copy.deepcopy(cells[where])  # JupyterLab copies the metadata to both parts
        cells[where]["source"] = "count = len(DATA)"
        second["source"] = "mean = total(DATA) / count"
        cells.insert(where + 1, second)

    found = samples.sources(taken(tmp_path, change))
    assert found.index("count = len(DATA)") + 1 == found.index("mean = total(DATA) / count")


def test_answers_merged_into_one_cell_are_not_undone_by_the_stub(tmp_path: Path) -> None:
    def change(cells: Cells) -> None:
        total = cells.pop(at(cells, "total"))
        cells[at(cells, "mean")]["source"] = total["source"] + "\n\n" + ANSWERS["mean"]

    intake = taken(tmp_path, change)
    assert answers(intake)["total"] == ""
    assert "total" not in intake.untouched["sums"]
    assert "These answers were found in another cell: total." in intake.notes


def test_an_answer_merged_with_its_test_is_found(tmp_path: Path) -> None:
    def change(cells: Cells) -> None:
        total = cells.pop(at(cells, "total"))
        test = cells[at(cells, "total_test")]
        test["source"] = total["source"] + "\n\n" + test["source"]

    intake = taken(tmp_path, change)
    assert answers(intake) == ANSWERS
    assert "These answers were found in another cell: total." in intake.notes


def test_deleted_cells_are_put_back_where_they_were(tmp_path: Path) -> None:
    def change(cells: Cells) -> None:
        for name in ("setup", "total_test", "plot", "advice"):
            del cells[at(cells, name)]

    intake = taken(tmp_path, change)
    assert "\n".join(samples.sources(intake)).count("assert total([5]) == 5") == 1
    assert intake.untouched["sums"] == ("plot",)
    assert intake.notes == (
        "Locked cells were missing and were put back: setup, total_test, advice.",
        "Answer cells were missing; they count as not attempted: plot.",
    )
    cells = [cell.id for cell in intake.notebooks["sums"].cells]
    assert cells == [f"id-{n}" if n != "own" else n for n in (0, 1, 2, 3, "own", *range(4, 11))]


def test_a_deleted_test_comes_after_what_the_learner_added(tmp_path: Path) -> None:
    def change(cells: Cells) -> None:
        test = cells.pop(at(cells, "total_test"))
        own = {"cell_type": "code", "metadata": {}, "source": "def total(v): return sum(v)"}
        cells.insert(at(cells, "mean"), own)
        assert test["source"]

    found = samples.sources(taken(tmp_path, change))
    assert found.index("def total(v): return sum(v)") < next(
        number for number, text in enumerate(found) if "assert total(DATA)" in text
    )


def test_moved_cells_go_back_and_the_learners_own_stay_where_they_were(tmp_path: Path) -> None:
    def change(cells: Cells) -> None:
        cells.insert(0, cells.pop(at(cells, "mean_test")))

    intake = taken(tmp_path, change)
    assert answers(intake) == ANSWERS
    assert samples.sources(intake) == samples.sources(taken(tmp_path / "2", lambda cells: None))
    assert "Cells stood in another order than the assignment's" in said(intake)


@pytest.mark.parametrize("value", [{}, {"schema_version": 1}, {"schema_version": "new"}, [], None])
def test_broken_marks_are_repaired(value: Any, tmp_path: Path) -> None:
    def change(cells: Cells) -> None:
        for cell in cells:
            cell["metadata"]["nbgrader"] = value

    assert answers(taken(tmp_path, change)) == ANSWERS


def test_changed_marks_count_for_nothing(tmp_path: Path) -> None:
    def change(cells: Cells) -> None:
        for cell in cells:
            if "nbgrader" in cell["metadata"]:
                cell["metadata"]["nbgrader"] |= {
                    **{"points": 1000, "grade": False, "solution": True, "locked": False},
                    **{"schema_version": 99, "checksum": "x", "extra": "y"},
                }

    intake = taken(tmp_path, change)
    specified = {
        cell.grade_id: cell.metadata for cell in samples.spec().notebooks[0].nbgrader_cells
    }
    found = {name: cell.metadata for name, cell in samples.by_grade_id(intake).items()}
    assert found == specified


def test_an_unknown_grade_id_is_ignored_and_told(tmp_path: Path) -> None:
    def change(cells: Cells) -> None:
        cell = cells[at(cells, "total")]
        cell["metadata"]["nbgrader"]["grade_id"] = "bonus\n{names}"

    intake = taken(tmp_path, change)
    assert answers(intake) == ANSWERS
    assert '"bonus\\n{names}"' in said(intake)


def test_a_stolen_grade_id_does_not_displace_the_answer(tmp_path: Path) -> None:
    def change(cells: Cells) -> None:
        cells[at(cells, "mean")]["metadata"]["nbgrader"]["grade_id"] = "total"

    cells = samples.by_grade_id(taken(tmp_path, change))
    assert cells["total_test"].source == samples.TABLE[5][2]
    assert {cells["total"].source, cells["mean"].source} <= {
        *ANSWERS.values(),
        "",
        *(text for _id, _type, text, _points, _flags in samples.TABLE),
    }


def test_a_locked_cell_that_was_edited_is_restored_and_told(tmp_path: Path) -> None:
    def change(cells: Cells) -> None:
        cells[at(cells, "mean_test")]["source"] = "mean = 2\nassert True"

    intake = taken(tmp_path, change)
    assert samples.by_grade_id(intake)["mean_test"].source == "assert mean == 2"
    assert intake.notes == (
        "Locked cells were changed; what the assignment says there counts: mean_test.",
    )


def test_a_changed_cell_type_is_changed_back(tmp_path: Path) -> None:
    def change(cells: Cells) -> None:
        cells[at(cells, "total")]["cell_type"] = "markdown"
        cells[at(cells, "explain")]["cell_type"] = "code"
        cells[at(cells, "mean_test")]["cell_type"] = "raw"

    intake = taken(tmp_path, change)
    assert answers(intake) == ANSWERS
    types = {name: cell.cell_type for name, cell in samples.by_grade_id(intake).items()}
    assert types["total"] == types["mean_test"] == "code"
    assert types["explain"] == "markdown"
    assert "changed back: total, mean_test, explain." in said(intake)


def test_pasted_into_a_new_notebook_answers_are_known_by_text_name_and_place(
    tmp_path: Path,
) -> None:
    """As from Colab or a plain editor: no ids, no metadata, all in order."""

    def change(cells: Cells) -> None:
        for cell in cells:
            cell["metadata"] = {"id": "colab"}
            del cell["id"]

    intake = taken(tmp_path, change)
    assert answers(intake) == ANSWERS
    assert "Cells had lost their grade id and were recognised otherwise" in said(intake)


def test_an_empty_notebook_is_the_release(tmp_path: Path) -> None:
    intake = taken(tmp_path, lambda cells: cells.clear())
    assert len(intake.notebooks["sums"].cells) == len(samples.TABLE)
    assert intake.untouched["sums"] == tuple(ANSWERS)


def test_ordinary_cells_that_were_deleted_stay_deleted(tmp_path: Path) -> None:
    intake = taken(tmp_path, lambda cells: cells.pop(0))
    assert samples.sources(intake)[0] == samples.TABLE[1][2]
    assert intake.notes == ()


def test_pictures_in_a_written_answer_are_kept_and_nothing_else(tmp_path: Path) -> None:
    pixel = "iVBORw0KGgo="

    def change(cells: Cells) -> None:
        cell = cells[at(cells, "explain")]
        cell["source"] = "![a](attachment:my%20plot.png) ![b](attachment:b.svg)"
        cell["attachments"] = {
            "my plot.png": {"image/png": [pixel], "text/html": "<script>"},
            "b.svg": {"image/svg+xml": "<svg onload=alert(1)>"},
            "unused.png": {"image/png": pixel},
        }

    cell = samples.by_grade_id(taken(tmp_path, change))["explain"]
    assert cell.attachments == {"my plot.png": {"image/png": pixel}}
