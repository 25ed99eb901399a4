"""Whatever a learner's notebook holds, its page does nothing and fetches nothing."""

import base64
import zlib
from collections.abc import Mapping

import pytest

from course.grading.feedback.marks import NotebookMarks
from course.grading.feedback.notebooks import Cell
from tests.grading.feedback.pages import (
    Reader,
    answer,
    checked,
    display,
    error,
    heading,
    marks,
    page,
    read,
    stream,
    written,
)

MARKUP = {
    "script": "<script>alert(1)</script>",
    "script in a script": "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "handler": '<img src=x onerror="alert(1)">',
    "svg": '<svg onload="alert(1)"><script>alert(1)</script><foreignObject><p>x</p></svg>',
    "css url": "<style>body{background:url(http://evil.example/x)}</style><p style='x:url(y)'>",
    "import": "<style>@import 'http://evil.example/x.css';</style>",
    "base": '<base href="http://evil.example/">',
    "refresh": '<meta http-equiv="refresh" content="0;url=http://evil.example/">',
    "form": '<form action="http://evil.example/"><input name=a><button formaction=//x>go</form>',
    "iframe": '<iframe src="http://evil.example/" srcdoc="<script>alert(1)</script>"></iframe>',
    "object": '<object data="http://evil.example/"></object><embed src="//evil.example/">',
    "link": '<link rel="stylesheet" href="http://evil.example/x.css"><link rel=preload href=x>',
    "javascript": '<a href="javascript:alert(1)">go</a><a href=" java\nscript:alert(1)">go</a>',
    "data link": '<a href="data:text/html,<script>alert(1)</script>">go</a>',
    "end of the page": "</code></pre></details></main></body></html><script>alert(1)</script>",
    "end of a style": "</style><script>alert(1)</script>",
    "end of a title": "</title><script>alert(1)</script>",
    "comment": "<!-- --!> <script>alert(1)</script> <![CDATA[<script>alert(1)</script>]]>",
    "entity": "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62; &#x3c;script&#x3e;",
    "attribute": '" onmouseover="alert(1)" x="\' onfocus=alert(1) autofocus tabindex=1 ',
    "template": "{{ 7 * 7 }} {% include 'style.css' %} {# #} ${7*7} %(x)s {0.__class__}",
    "math": "$$\\href{javascript:alert(1)}{x}$$ \\(\\unicode{<img src=x onerror=alert(1)>}\\)",
    "direction": "total: \u202e05 of 0\u202c \u2066\u2067\u2068\u2069 \u200f",
    "nothing": "a\x00b\x01\x08\x0b\x0c\x1f\x7f\x9b",
    "half a character": "\ud800 \udfff \ufffe \uffff",
    "terminal": "\x1b[31;1mred\x1b[0m\x1b]8;;javascript:alert(1)\x07go\x1b[2J\x1b[38;2;1;2;3mx",
    "broken terminal": "\x1b[" + "9" * 5000 + "m\x1b[38;5m\x1b[;;;;m\x1b[38;2;999;0;0mx\x1b",
    "tall": "Z" + "\u0301" * 3000,
}
MARKDOWN = {
    "link": "[go](javascript:alert(1)) [go](JaVaScRiPt:alert(1)) [go](&#106;avascript:alert(1))",
    "vbscript": "[go](vbscript:x) [go](data:text/html;base64,PHNjcmlwdD4=) [go](file:///etc/passwd)",
    "reference": "[go][1]\n\n[1]: javascript:alert(1) 'x\" onclick=\"alert(1)'",
    "title": "[go](http://a.example '\" onmouseover=\"alert(1)')",
    "automatic": '<javascript:alert(1)> <http://a.example/"onclick=alert(1)>',
    "picture": '![x](http://evil.example/x.png) !["onerror="alert(1)](x) ![a][1]\n\n[1]: //evil/x',
    "picture in a link": "[![x](javascript:alert(1))](javascript:alert(1))",
    "code": '```html" onclick="alert(1)\n<script>alert(1)</script>\n```\n`<script>`',
    "table": "| <script>alert(1)</script> | b |\n|---|:-:|\n| <img src=x onerror=alert(1)> | b |",
    "heading": "# <script>alert(1)</script>\n\nOne\n===\n\n# Task 1 · all points",
    "list": "1. <script>\n999999999999. x\n- [ ] <input onfocus=alert(1)>",
    "deep": "> " * 3000 + "x" + "- " * 3000 + "*" * 3000,
    "brackets": "[" * 6000 + "](" * 6000,
}


def picture(mime: str = "image/png", width: int = 1, height: int = 1) -> Mapping[str, str]:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
        )

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    raw = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    raw += chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    return {mime: base64.b64encode(raw).decode()}


@pytest.mark.parametrize("payload", MARKUP.values(), ids=MARKUP)
def test_markup_is_shown_and_does_not_act(payload: str) -> None:
    """Everywhere a learner can put text: code, outputs, messages, names, notes, answers."""
    html = page(
        heading("# Task\n" + payload),
        Cell("code", payload + "\n# added", count=7, outputs=[stream(payload)]),
        answer(
            payload,
            stream(payload),
            stream(payload, "stderr"),
            display({"text/html": payload, "text/plain": payload}),
            display({"text/html": f"<table><tr><td>{payload}</td></tr></table>"}),
            display({"text/markdown": payload}),
            display({"image/svg+xml": payload, "text/latex": payload}),
            display({"application/javascript": payload, payload: payload}),
            display({"image/png": payload, "image/jpeg": payload}),
            error(payload, payload, [payload, f"Cell In[1], line 1, in f\n{payload}"]),
        ),
        checked(
            stream(f"Your answer:\n  {payload}\n  - {payload}\nHint: {payload}\n{payload}"),
            error(payload, payload, ["Cell In[1], line 1, in f"]),
        ),
        written(payload, {payload: {"image/png": payload, "text/html": payload}}),
        notebook=NotebookMarks(
            payload,
            marks(test=0.0, essay=1.0, **{payload: 1.0}).marks,
            comments={"answer": payload, payload: payload},
            remarks={"essay": payload},
        ),
        submission={"student": payload, "name": payload, "assignment": payload},
        title=payload,
        status="crashed",
        reasons=(payload,),
        notes=(payload,),
    )
    reader = read(html)
    visible = payload.split("\x1b")[0].split("\ud800")[0].strip().split("\n")[0]
    if visible.isprintable():
        assert "".join(visible.split()) in "".join(reader.text.split())


@pytest.mark.parametrize("payload", MARKDOWN.values(), ids=MARKDOWN)
def test_markdown_is_shown_and_does_not_act(payload: str) -> None:
    reader = read(
        page(
            written(payload),
            answer("show()", display({"text/markdown": payload})),
            checked(),
            notebook=NotebookMarks(
                "n", marks(essay=1.0, test=1.0).marks, comments={"answer": payload}
            ),
        )
    )
    assert not reader.all("img")
    assert len(reader.all("h1")) == 1
    assert "evil.example" not in "".join(str(each.attributes) for each in reader.elements)


def test_the_reader_sees_what_could_act() -> None:
    """The assertions above are worth something: each payload alarms the reader when unescaped."""
    acting = ("script", "handler", "svg", "css url", "base", "refresh", "form", "iframe", "link")
    for name in (*acting, "javascript", "data link", "end of the page", "direction", "nothing"):
        assert Reader(f"<p>{MARKUP[name]}</p>").problems, name


def test_a_picture_is_embedded_once_it_proved_to_be_one() -> None:
    reader = read(page(answer("plot()", display(picture())), checked()))
    assert len(reader.all("img")) == 1


@pytest.mark.parametrize(
    "data",
    [
        {"image/png": base64.b64encode(b"<svg onload=alert(1)>").decode()},
        {"image/png": base64.b64encode(b"\x89PNG\r\n\x1a\n<script>").decode()},
        {"image/png": 'x" onerror="alert(1)'},
        {"image/png": ""},
        picture("image/jpeg"),  # not what it says it is
        picture(width=60_000, height=60_000),  # unpacks to gigabytes
        picture(width=0),
    ],
)
def test_what_is_no_picture_is_left_out_with_a_note(data: Mapping[str, str]) -> None:
    reader = read(page(answer("plot()", display(data)), checked()))
    assert not reader.all("img")
    assert "A picture is left out" in reader.text


def test_huge_work_makes_no_huge_page() -> None:
    text = "x" * 500 + "\n"
    cells = [
        answer(
            text * 2000,
            *[stream(text * 1000)] * 50,
            *[display({"text/html": "<table><tr>" + "<td>1</td>" * 50_000 + "</table>"})] * 5,
            *[display({"text/markdown": text * 100})] * 50,
            *[display({"image/png": "A" * 9_000_000})] * 3,
            *[error("E" * 5000, text * 5000, [text * 100])] * 20,
            name=f"answer{number}",
        )
        for number in range(20)
    ]
    html = page(*cells, checked(stream("  - " + text * 5000)), written(text * 5000))
    assert len(html) < 1_500_000
    assert "left out" in read(html).text


def test_a_thousand_cells_make_no_huge_page() -> None:
    cells = [answer("1", result_, name=f"a{n}") for n in range(5000) for result_ in [stream("1")]]
    assert len(page(*cells, checked())) < 2_000_000
