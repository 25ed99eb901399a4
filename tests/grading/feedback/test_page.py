"""The page itself: what it says first, how it reads without colours, a mouse or a network."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

import course.grading.feedback
from course.grading.feedback.marks import Mark, NotebookMarks
from course.grading.feedback.tasks import Known
from course.grading.report import STATUSES
from tests.grading.feedback.pages import (
    answer,
    checked,
    error,
    heading,
    marks,
    page,
    read,
    stream,
)

FOLDER = Path(course.grading.feedback.__file__).parent
DUE = datetime(2026, 3, 1, 10)


def test_the_total_comes_first_and_every_task_can_be_jumped_to() -> None:
    reader = read(page(heading("## A"), checked(name="a"), heading("## B"), checked(name="b")))
    assert "2 of 4 points" in reader.text.partition("At a glance")[0]
    targets = {each.attributes["href"] for each in reader.all("a")}
    assert targets == {f"#{each.attributes['id']}" for each in reader.all("article")}
    assert len(targets) == 2


def test_an_outcome_is_said_in_words_and_not_by_its_colour_alone() -> None:
    reader = read(page(checked(), notebook=marks(test=0.0)))
    (badge,) = [e for e in reader.all("span") if e.attributes.get("class") == "badge none"]
    assert "".join(badge.text) == "No points"


def test_points_still_to_come_are_no_zero() -> None:
    notebook = marks(essay=Mark(0.0, 3.0, None, waiting=True), test=2.0)
    cells = [checked(), checked(name="essay")]
    text = read(page(*cells, notebook=notebook)).text
    assert "2 of 5 points so far 1 task is waiting for a person" in text
    assert "3 points to earn" in text
    assert "– / 3" in text


@pytest.mark.parametrize(
    ("late", "penalty", "said"),
    [
        (timedelta(), 0.0, ""),
        (timedelta(seconds=1), 0.0, "It came 1 minute late. That cost no points."),
        (timedelta(minutes=59, seconds=1), 0.5, "0.5 are taken off because it came 1 hour late."),
        (timedelta(hours=30), 0.5, "because it came 30 hours late."),
        (
            timedelta(days=9),
            2.0,
            "You earned 1 points; 2 are taken off because it came 9 days late",
        ),
    ],
)
def test_lateness_is_explained(late: timedelta, penalty: float, said: str) -> None:
    notebook = NotebookMarks("n", marks(test=1.0).marks, penalty=penalty)
    times = {"handed_in": DUE + late, "due": DUE}
    text = read(page(checked(), notebook=notebook, submission=times)).text
    assert said in text
    assert ("late" in text) == bool(said)
    assert f"{max(0.0, 1.0 - penalty):g} of 2 points" in text


@pytest.mark.parametrize("status", [status for status in STATUSES if status != "graded"])
def test_every_bad_end_is_told_with_what_to_do(status: str) -> None:
    reader = read(page(checked(), status=status, reasons=("This is why.",)))
    (notice,) = [e for e in reader.all("section") if e.attributes.get("class") == "notice"]
    words = " ".join("".join(notice.text).split())
    assert "This is why." in words
    assert len(words) > 100


def test_what_could_not_be_read_is_told_once() -> None:
    unread = checked(error("NotRun", "The file is damaged."))
    why = {"status": "refused", "reasons": ("the file is damaged",)}
    reader = read(page(unread, notebook=marks(test=0.0), **why))
    assert reader.text.count("The file is damaged.") == 1
    assert not reader.all("article")
    other = read(page(checked(), **why))  # a notebook that could be read, of the same submission
    assert "A part of your homework could not be read The file is damaged." in other.text
    assert len(other.all("article")) == 1


def test_reasons_of_a_graded_submission_are_noted() -> None:
    notes = {"reasons": ("A test was stopped.",), "notes": ("A note.",)}
    text = read(page(checked(), status="graded", **notes)).text
    assert "What we noticed A test was stopped. A note." in text


def test_untouched_homework_is_told_apart_without_a_run_record() -> None:
    said = stream("Not attempted: “x” is empty.\n")
    assert (
        "came in as it was handed out" in read(page(checked(said), notebook=marks(test=0.0))).text
    )
    wrong = read(page(checked(error("KeyError")), notebook=marks(test=0.0)))
    assert "came in as it was handed out" not in wrong.text


def test_hints_are_for_those_who_need_them() -> None:
    known = Known(hints={"test": ["Think of zero."]})
    assert "A hint Think of zero." in read(page(checked(), known=known)).text
    right = read(page(checked(), known=known, notebook=marks(test=2.0)))
    assert "Think of zero." not in right.text


def test_long_outputs_are_folded_and_short_ones_are_not() -> None:
    short = read(page(answer("x", stream("line\n" * 15)), checked()))
    long = read(page(answer("x", stream("line\n" * 16)), checked()))
    assert len(long.all("details")) == len(short.all("details")) + 1
    assert "16 lines" in long.text


def test_nothing_but_the_pages_own_style_is_allowed() -> None:
    reader = read(page(checked()))
    (policy,) = [e for e in reader.all("meta") if "http-equiv" in e.attributes]
    assert re.fullmatch(
        r"default-src 'none'; img-src data:; style-src 'sha256-[\w+/]{43}='; "
        r"base-uri 'none'; form-action 'none'",
        policy.attributes["content"],
    )
    assert len(reader.all("style")) == 1
    style = (FOLDER / "style.css").read_text()
    assert "url(" not in style
    assert "@import" not in style


def test_colours_have_enough_contrast_in_light_and_dark() -> None:
    """WCAG AA: 4.5 for text, on every background that it may stand on."""
    style = (FOLDER / "style.css").read_text().partition("@media print")[0]
    themes = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    assert len(themes) == 2
    grounds = {"card": ("text", "soft", "link", "good", "half", "bad", "wait", "none")}
    grounds |= {"page": ("text", "soft"), "sunk": ("text", "soft")}
    grounds |= {"notice": ("text",), "hint": ("text",), "say": ("text", "link")}
    for theme in themes:
        colours = dict(re.findall(r"--([\w-]+): (#\w{6})", theme))
        for ground, inks in grounds.items():
            for ink in inks:
                assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)


def test_code_colours_have_enough_contrast_too() -> None:
    style = (FOLDER / "style.css").read_text()
    code = style[style.index(".k, .kn") : style.index("@media (max-width")]
    light, _, dark = code.partition("@media (prefers-color-scheme: dark)")
    for part, ground in ((light, "#f3f4f6"), (dark, "#161b22")):
        found = re.findall(r"color: (#\w{6})", part)
        assert len(found) > 8
        for ink in found:
            assert contrast(ink, ground) >= 4.5, (ink, ground)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_sentence_of_the_template_can_be_extracted() -> None:
    found = extract_from_dir(
        FOLDER, keywords={"_": None, "ngettext": (1, 2)}, method_map=[("**.j2", "jinja2")]
    )
    assert len(list(found)) > 30
    # What is left when tags, expressions and blocks are gone has no words.
    template = (FOLDER / "page.html.j2").read_text()
    for pattern in (r"\{#.*?#\}", r"\{%.*?%\}", r"\{\{.*?\}\}", r"<[^>]*>"):
        template = re.sub(pattern, "", template, flags=re.DOTALL)
    assert re.findall(r"\w+", template) == []
