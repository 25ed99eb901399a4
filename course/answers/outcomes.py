"""What a check can find out about an answer: four outcomes that are never confused.

An answer is *not attempted*, *checked* (right, wrong or partly right, with reasons), or it
*cannot be checked* (a broken file, a value of the wrong type). A zero for the last is never the
learner's fault alone, so it carries the cure.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from course.text import _

__all__ = [
    "Correct",
    "Incorrect",
    "NotAttempted",
    "Outcome",
    "PartlyCorrect",
    "Reason",
    "Uncheckable",
    "from_share",
    "in_words",
    "labelled",
]


@dataclass(frozen=True)
class Reason:
    """One sentence of feedback: why a part of the answer is right or wrong.

    ``about`` is what it concerns in the learner's words (a message, a field), empty for the whole
    answer; ``misconception`` names the mistaken idea behind it, if a known one was recognised.
    """

    text: str
    about: str = ""
    misconception: str = ""

    def __str__(self) -> str:
        """Return the reason as one line of plain text."""
        return labelled(self.about, self.text)


def labelled(label: str, text: str) -> str:
    """Join a label and what is said of it; one that ends as a sentence needs no colon."""
    if not label:
        return text
    closed = label.rstrip("”’\"')）").endswith(tuple("?!.:…？！。："))
    return f"{label} {text}" if closed else f"{label}: {text}"


@dataclass(frozen=True)
class Outcome:
    """Base of all outcomes: the share of the points earned, from 0 to 1, and the reasons."""

    share: float
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a share that nbgrader could misread as full credit."""
        if not 0.0 <= self.share <= 1.0:  # also catches NaN
            raise ValueError(f"share must be between 0 and 1, got {self.share!r}")

    def points(self, maximum: float) -> float:
        """Return the points earned out of ``maximum``, rounded to hundredths."""
        return round(self.share * maximum, 2)

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The misconceptions recognised, each once, in order of appearance."""
        return tuple(dict.fromkeys(r.misconception for r in self.reasons if r.misconception))


class NotAttempted(Outcome):
    """Nothing was answered yet."""

    def __init__(self, reason: str = "") -> None:
        """Make the outcome; ``reason`` says what is asked for."""
        super().__init__(0.0, (Reason(reason),) if reason else ())


class Uncheckable(Outcome):
    """The answer could not be read; ``reason`` names what is broken and the cure."""

    def __init__(self, reason: str) -> None:
        """Make the outcome from one sentence for the learner."""
        super().__init__(0.0, (Reason(reason),))


class Correct(Outcome):
    """All of it is right."""

    def __init__(self, reasons: Iterable[Reason] = ()) -> None:
        """Make the outcome; ``reasons`` say why the answer is right."""
        super().__init__(1.0, tuple(reasons))


class Incorrect(Outcome):
    """None of it is right."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        """Make the outcome; ``reasons`` say what is wrong and name misconceptions."""
        super().__init__(0.0, tuple(reasons))


class PartlyCorrect(Outcome):
    """Some of it is right: ``share`` lies strictly between 0 and 1."""


def in_words(outcome: Outcome) -> list[str]:
    """Return an outcome's reasons and the misconceptions behind them, a line each."""
    said = [str(reason) for reason in outcome.reasons if reason.text]
    common = _("A common mistake is at work: {name}.")
    return said + [common.format(name=name) for name in outcome.misconceptions]


def from_share(share: float, reasons: Iterable[Reason]) -> Outcome:
    """Return the outcome that fits a share of right parts between 0 and 1."""
    found = tuple(reasons)
    if share >= 1.0:
        return Correct(found)
    if share <= 0.0:
        return Incorrect(found)
    return PartlyCorrect(share, found)
