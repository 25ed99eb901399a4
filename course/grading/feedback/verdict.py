"""What a graded test said: the receipt, the reasons, the mistakes named, the hints.

Tests of this course print their verdict as :mod:`course.answers.score` does; that is taken apart
here to be shown well. Any other test prints what it likes, and that is shown as it stands.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from course.grading.feedback.failures import Failure, failures
from course.grading.feedback.notebooks import Cell
from course.grading.feedback.shown import Allowance, Shown, show_outputs
from course.grading.feedback.text import uncoloured
from course.text import _

__all__ = ["Line", "Verdict", "read_verdict"]

_MOST_LINES = 300
_LONGEST = 2000  # characters of a line
_NUMBER = re.compile(r"(?:np\.\w+\()?[-+\d.eE]+\)?|None")
_BULLET = "  - "
_RULE = re.compile(r"(?P<about>[^:]{1,200}): (?P<text>\w+\(.*)")  # a scorecard's rule, then a call


@dataclass(frozen=True)
class Line:
    """A sentence, and the part of the task it is about, if that is known."""

    text: str
    about: str = ""


@dataclass(frozen=True)
class Verdict:
    """``answer`` is the receipt, ``reasons`` are sentences about it, ``said`` is all else."""

    answer: tuple[Line, ...] = ()
    reasons: tuple[Line, ...] = ()
    mistakes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    said: tuple[Shown, ...] = ()
    failures: tuple[Failure, ...] = ()
    attempted: bool = True


def read_verdict(
    cell: Cell,
    own: Mapping[int, Cell],
    visible: frozenset[str],
    labels: Sequence[str],
    room: Allowance,
) -> Verdict:
    """Read the outputs of a test.

    ``own`` maps execution counts to the learner's cells, ``visible`` are the lines of the test
    that learners were given, ``labels`` name the parts of the form that it grades.
    """
    found: dict[str, list[str]] = {kind: [] for kind in ("answer", "reason", "mistake", "hint")}
    untouched: list[str] = []
    rest: list[Mapping[str, Any]] = []
    for output in cell.outputs:
        if output["output_type"] == "stream" and output["name"] == "stdout":
            loose = []
            for kind, line in _sorted(uncoloured(output["text"]).split("\n")):
                if kind == "other":
                    loose.append(line)
                elif kind == "untouched":
                    untouched.append(line)
                elif kind != "points":
                    found[kind].append(line)
            rest.append({**output, "text": "\n".join(loose)})
        elif not _is_points(output):
            rest.append(output)
    failed = failures(cell.outputs, own, test=cell, visible=visible)
    return Verdict(
        answer=tuple(_split(line, labels) for line in found["answer"]),
        reasons=(
            *map(Line, untouched),
            *(_split(line, labels, sentence=True) for line in found["reason"]),
        ),
        mistakes=tuple(dict.fromkeys(found["mistake"])),
        hints=tuple(dict.fromkeys(found["hint"])),
        said=tuple(show_outputs(rest, room)),
        failures=failed,
        attempted=not untouched and not any(each.kind == "placeholder" for each in failed),
    )


def _sorted(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each line of a test's output with what it is."""
    sentences = (
        ("points", _("{points:g} of {maximum:g} points.")),
        ("mistake", _("A common mistake is at work: {name}.")),
        ("hint", _("Hint: {hint}")),
        ("untouched", _("Not attempted: “{title}” is empty.")),
        ("untouched", _("Not attempted: “{title}” still holds its placeholder.")),
    )
    receipt = _("Your answer:")
    in_receipt = False
    for line in lines[:_MOST_LINES]:
        line = line[:_LONGEST]
        if line == receipt:
            in_receipt = True
            continue
        in_receipt = in_receipt and line.startswith("  ")
        if in_receipt:
            yield "answer", line.strip()
        elif line.startswith(_BULLET):
            yield "reason", line.removeprefix(_BULLET)
        else:
            for kind, sentence in sentences:
                match = _matcher(sentence).fullmatch(line)
                if match:
                    yield kind, match[1] if kind in ("mistake", "hint") else line
                    break
            else:
                yield "other", line
    yield from (("other", line) for line in lines[_MOST_LINES:])


def _split(line: str, labels: Sequence[str], *, sentence: bool = False) -> Line:
    """Undo :func:`course.answers.outcomes.labelled`, as far as the label is known.

    A ``sentence`` that stands by itself then begins with a capital letter.
    """
    for label in labels:
        if label and line.startswith(label):
            text = line.removeprefix(label).removeprefix(":")
            if text.startswith(" "):
                text = text.strip()
                return Line(text[:1].upper() + text[1:] if sentence else text, label)
    rule = _RULE.fullmatch(line)
    return Line(rule["text"], rule["about"]) if rule else Line(line)


@cache
def _matcher(sentence: str) -> re.Pattern[str]:
    """Return the pattern of a sentence with fields in braces, one group each."""
    return re.compile("(.+)".join(map(re.escape, re.split(r"\{[^}]*\}", sentence))))


def _is_points(output: Mapping[str, Any]) -> bool:
    """Whether this is the value a test ends with: its points stand on the page anyway."""
    if output["output_type"] != "execute_result" or set(output["data"]) != {"text/plain"}:
        return False
    return bool(_NUMBER.fullmatch(output["data"]["text/plain"]))
