"""Feedback pages made without a gradebook, and a reader that says what a page could do."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from course.grading.feedback.marks import Mark, NotebookMarks, SubmissionMarks
from course.grading.feedback.notebooks import Cell, Outline
from course.grading.feedback.page import Page, render
from course.grading.feedback.tasks import Known, read_body
from course.grading.outputs import sane

Output = Mapping[str, Any]

# What may stand on a page: the template's own elements, and those that prose may have.
ELEMENTS = frozenset(
    (
        *("html", "head", "meta", "title", "style", "body", "main", "header", "section", "nav"),
        *("article", "h1", "h2", "h3", "p", "div", "span", "bdi", "strong", "em", "del", "a"),
        *("code", "pre", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "img"),
        *("details", "summary", "blockquote", "br", "hr"),
        *("svg", "symbol", "use", "circle", "path", "rect"),
    )
)
VOID = frozenset({"meta", "img", "br", "hr"})
ATTRIBUTES = frozenset(
    (
        *("lang", "charset", "http-equiv", "content", "name", "id", "class", "href", "src", "alt"),
        *("scope", "tabindex", "role", "aria-label", "aria-labelledby", "aria-hidden"),
        *("viewbox", "preserveaspectratio", "width", "height", "cx", "cy", "r", "d"),
        *("colspan", "rowspan", "start"),
    )
)
# What is written to be invisible, or to turn the text around it.
ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def stream(text: str, name: str = "stdout") -> Output:
    return {"output_type": "stream", "name": name, "text": text}


def display(data: Mapping[str, Any]) -> Output:
    return {"output_type": "display_data", "data": data, "metadata": {}}


def result(text: str) -> Output:
    data = {"text/plain": text}
    return {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}


def error(name: str, value: str = "", traceback: Sequence[str] = ()) -> Output:
    return {"output_type": "error", "ename": name, "evalue": value, "traceback": list(traceback)}


def heading(text: str) -> Cell:
    return Cell("markdown", text, name="prose", locked=True)


def answer(source: str, *outputs: Output, name: str = "answer", count: int = 1) -> Cell:
    return Cell("code", source, name=name, solution=True, count=count, outputs=wild(outputs))


def written(source: str, attachments: Mapping[str, Any] | None = None) -> Cell:
    return Cell(
        "markdown", source, "essay", grade=True, solution=True, attachments=attachments or {}
    )


def checked(*outputs: Output, name: str = "test", source: str = "assert secret()") -> Cell:
    return Cell("code", source, name, grade=True, locked=True, count=2, outputs=wild(outputs))


def wild(outputs: Sequence[Output]) -> Sequence[Output]:
    """Return outputs as they are read from a file."""
    return sane(list(outputs), 1 << 20)


def marks(**scores: float | Mark) -> NotebookMarks:
    """Return marks for cells: a mark, or the points out of 2."""
    made = {name: m if isinstance(m, Mark) else Mark(m, 2.0, m) for name, m in scores.items()}
    return NotebookMarks("homework", made)


def page(
    *cells: Cell,
    notebook: NotebookMarks | None = None,
    known: Known | None = None,
    submission: Mapping[str, Any] | None = None,
    **more: Any,
) -> str:
    """Return the page of a notebook in which every graded cell earned 1 of 2 points."""
    graded = {cell.name: 1.0 for cell in cells if cell.grade or cell.task}
    notebook = notebook or marks(**graded)
    whole = {"student": "ann", "name": "", "assignment": "hw", "notebooks": (notebook,)}
    return render(
        Page(
            submission=SubmissionMarks(**{**whole, **(submission or {})}),
            notebook=notebook,
            body=read_body(cells, notebook, known or Known(released=Outline())),
            **{"title": "Homework", **more},
        )
    )


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    text: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    """Reads a page as a browser would; ``problems`` names what could act or be fetched."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.problems: list[str] = []
        self.words: list[str] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        if self._open:
            self.problems.append(f"left open: {[each.name for each in self._open]}")
        self.problems += [f"character {ord(each):#x}" for each in ODD.findall(html)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in ELEMENTS:
            self.problems.append(f"element {tag}")
        for name, value in element.attributes.items():
            self._check(tag, name, value)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].name != tag:
            self.problems.append(f"</{tag}> closes nothing")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        for element in self._open:
            element.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.problems.append(f"comment {data!r}")

    def _check(self, tag: str, name: str, value: str) -> None:
        if name not in ATTRIBUTES:
            self.problems.append(f"attribute {name} of {tag}")
        elif name == "src" and not re.fullmatch(r"data:image/(png|jpeg);base64,[\w+/=]+", value):
            self.problems.append(f"fetches {value[:60]}")
        elif name == "href" and not re.match(r"#[\w-]+$|https?://|mailto:", value):
            self.problems.append(f"link to {value[:60]}")
        elif name == "href" and tag == "use" and not value.startswith("#"):
            self.problems.append(f"fetches {value[:60]}")
        elif name == "http-equiv" and value != "Content-Security-Policy":
            self.problems.append(f"http-equiv {value}")

    @property
    def text(self) -> str:
        """All words outside the style sheet, blanks made one."""
        sheet = next("".join(each.text) for each in self.elements if each.name == "style")
        return " ".join("".join(self.words).replace(sheet, "").split())

    def all(self, name: str, **attributes: str) -> list[Element]:
        wanted = {key.rstrip("_"): value for key, value in attributes.items()}
        return [
            each
            for each in self.elements
            if each.name == name and wanted.items() <= each.attributes.items()
        ]


def read(html: str) -> Reader:
    """Read a page, which must be well-formed and harmless."""
    reader = Reader(html)
    assert reader.problems == []
    return reader
