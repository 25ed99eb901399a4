"""What the pages of all cases have in common: a story, things people wrote, a picture, the data."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

import ipywidgets as w
import pandas as pd
from matplotlib.figure import Figure

from course.cases.case import Case
from course.text import _
from course.widgets.page import card, named, prose, show_once, show_text, text

__all__ = ["Said", "dialogue", "picture", "show_dictionary", "show_story"]

_PEEK = 4  # rows of a table on the page


@dataclass(frozen=True)
class Said:
    """One thing that somebody wrote; ``own`` is the learner's side, ``note`` is in small print."""

    at: datetime
    who: str
    text: str
    own: bool = False
    note: str = ""


def show_story(case: Case) -> w.Widget:
    """Return the case's story."""
    return show_once(
        "case-story", lambda: card([text(prose(case.story), kind="prompt")], name="story")
    )


def dialogue(said: Iterable[Said]) -> str:
    """Return what was written as HTML for a piece of kind ``chat``, a line for each new day."""
    pieces: list[str] = []
    day = ""
    for each in said:
        today = f"{each.at:%a} {each.at.day} {each.at:%b}"
        if today != day:
            pieces.append(f"<p class='ltd-day'>{today}</p>")
            day = today
        words = escape(each.text).replace("\n", "<br>")
        note = f"<br><i>{escape(each.note)}</i>" if each.note else ""
        pieces.append(
            f"<p class='ltd-said{' ltd-own' if each.own else ''}'><b>{escape(each.who)}</b> "
            f"<span>{each.at:%H:%M}</span><br>{words}{note}</p>"
        )
    return f"<div tabindex='0' role='log'>{''.join(pieces)}</div>"


def picture(figure: Figure, said: str, *, name: str) -> w.VBox:
    """Return a card with a drawn figure, and below it in words what it shows."""
    data = io.BytesIO()
    figure.savefig(data, format="png")
    image = w.Image(value=data.getvalue(), format="png", layout={"max_width": "100%"})
    return card([image, text(escape(said), kind="help")], name=name)


def show_dictionary(case: Case) -> w.Widget:
    """Return the data dictionary, one table of the case at a time, with its first rows as found."""

    def make() -> w.Widget:
        choice = named(w.Dropdown(options=list(case.tables)), _("table"))
        meaning, rows = text(kind="data"), text(kind="data")

        def draw(_change: object = None) -> None:
            table = case.tables[choice.value]
            of_table: Any = case.dictionary[case.dictionary["table"] == choice.value]
            show_text(meaning, _table_html(of_table.drop(columns="table")))
            show_text(rows, _table_html(table.head(_PEEK)))

        choice.observe(draw, names="value")
        draw()
        head = text(escape(_("The first rows, as they were found:")), kind="help")
        return card([choice, meaning, head, rows], name="dictionary")

    return show_once("case-dictionary", make)


def _table_html(frame: pd.DataFrame) -> str:
    columns = "".join(f"<th>{escape(str(name))}</th>" for name in frame.columns)
    lines = "".join(
        "<tr>" + "".join(f"<td>{_cell_html(value)}</td>" for value in row) + "</tr>"
        for row in frame.itertuples(index=False)
    )
    return f"<div tabindex='0'><table><tr>{columns}</tr>{lines}</table></div>"


def _cell_html(value: Any) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp) and value == value.normalize():
        return f"{value:%Y-%m-%d}"
    return escape(f"{value:,}" if isinstance(value, int) and value >= 10_000 else str(value))
