"""Of a table in HTML only the text is taken."""

import pandas as pd
import pytest

from course.grading.feedback.tables import TableCell, read_table
from tests.grading.feedback.pages import answer, checked, display, page, read


def test_a_data_frame_keeps_its_shape() -> None:
    columns = pd.MultiIndex.from_tuples([("won", "n"), ("won", "share"), ("lost", "n")])
    frame = pd.DataFrame([[1, 0.5, 2], [3, 0.25, 4]], index=["<b>Li</b>", "Wu"], columns=columns)
    table = read_table(frame.to_html())
    assert table is not None
    assert table.head == 2
    assert [cell.text for cell in table.rows[2]] == ["<b>Li</b>", "1", "0.50", "2"]
    assert table.rows[0][1] == TableCell("won", head=True, columns=2)
    assert not table.cut


def test_notebooks_own_form_of_a_frame_loses_its_style_sheet() -> None:
    html = pd.DataFrame({"silence": [11]})._repr_html_()  # type: ignore[operator]
    shown = display({"text/html": html, "text/plain": "in words"})
    reader = read(page(answer("frame", shown), checked()))
    words = [["".join(e.text) for e in reader.all(kind)] for kind in ("th", "td")]
    assert words == [["", "silence", "0"], ["11"]]
    assert "vertical-align" not in reader.text
    assert "in words" not in reader.text


@pytest.mark.parametrize(
    "html", ["", "<p>text</p>", "<table></table>", "<table><tr><td>1</table><table>", "<td>1"]
)
def test_what_is_no_single_table_is_none(html: str) -> None:
    assert read_table(html) is None


def test_text_stands_in_for_other_html() -> None:
    data = {"text/html": "<b>bold</b>", "text/plain": "in words"}
    assert "in words" in read(page(answer("x", display(data)), checked())).text
    dropped = read(page(answer("x", display({"text/html": "<b>bold</b>"})), checked()))
    assert "Not shown here: content of the type text/html." in dropped.text


def test_a_long_table_is_cut_and_says_so() -> None:
    table = read_table("<table>" + "<tr><td>1<td>2" * 5000 + "</table>")
    assert table is not None
    assert table.cut
    assert sum(map(len, table.rows)) == 1500


@pytest.mark.parametrize("piece", ["<a ", "<td ", "<!--", "<td colspan=9999>", "</", '<a b="'])
def test_hostile_html_takes_no_time(piece: str) -> None:
    read_table("<table>" + piece * 50_000)  # a parser that goes back and forth takes hours
