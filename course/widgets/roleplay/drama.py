"""What a role-play must know, so that one view can show any of them: the seam.

**To add a role-play** called NAME, write ``course/widgets/<lesson>/plays/NAME.py`` with a function
``drama() -> Drama``; ``show_roleplay("NAME")`` finds it by its file, no list is edited. Its
sentences usually stand beside it in ``NAME.json`` (read and checked by
:func:`course.widgets.roleplay.content.read`), its law in ``course/models/<lesson>/``.

A role-play is a play of *moves*. Who the people are and what luck brings follows from a seed alone
and is drawn before any move, so that playing again meets the same people and the same luck. The
*cast* chooses the words (names, firms, papers) and never the law. A play is what its drama makes of
``(seed, moves)``: the view only asks whether it is over, and hands it back.

The view does the rest, for all: the chat and its rhythm, the choices, keys and focus, replay and
new, keeping moves in the sidecar under ``roleplay_<name>``, setting aside what cannot be read,
refusing late or odd messages. Nothing but :class:`Stage` and :class:`Script` reaches the browser
before the end; put nothing hidden there.

Helpers for writers: :mod:`course.widgets.roleplay.words` (fill slots, never say a sentence twice),
:mod:`course.widgets.roleplay.dates`, :func:`course.widgets.roleplay.progress.case_seed`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

__all__ = [
    "Card",
    "Chart",
    "Choice",
    "Comparison",
    "Drama",
    "Line",
    "Reference",
    "Reveal",
    "Row",
    "Run",
    "Script",
    "Series",
    "Speaker",
    "Stage",
]

Play = TypeVar("Play")


# --- while it is played ------------------------------------------------------------------------


@dataclass(frozen=True)
class Speaker:
    """Somebody who speaks. Those who are not ``mine`` get colours 1, 2, 3 in their order."""

    id: str  # the Line.who of what this person says; not one of Line's own words
    name: str
    about: str = ""  # role, firm, place: shown in the head of the view
    mine: bool = False  # the learner's own part, shown at the right


@dataclass(frozen=True)
class Stage:
    """What frames the lines; it may change from turn to turn."""

    title: str  # above everything: the group, the meeting, the thread
    speakers: tuple[Speaker, ...]
    log: str  # what the lines are, for screen readers: "Group chat"
    steps: tuple[str, ...]  # the dots at the top: a short text each, such as weeks 1 to 6
    now: int  # which dot it is, from 0
    now_name: str  # the same in words: "Week 2"
    new: str  # the button that begins another case: "A new deal"


@dataclass(frozen=True)
class Line:
    """One line.

    Attributes:
        who: a speaker's id, or ``note`` (told, in the middle), ``action`` (what the learner did
            without words), ``day`` (a small date) or ``part`` (a heading, such as a week).
        text: what is said; line breaks are kept, so that a brief or a mail can have some.
        when: beside the name: "14:05", "by mail", "in the meeting".
    """

    who: str
    text: str
    when: str = ""


@dataclass(frozen=True)
class Choice:
    """What is offered: a whole message or sentence, or an ``action`` (shown in italics)."""

    move: str
    text: str
    kind: Literal["message", "action"] = "message"


@dataclass(frozen=True)
class Script:
    """The lines so far and what is offered now.

    The lines of a play's first turns must not depend on later moves: they only ever grow.
    """

    lines: tuple[Line, ...]
    choices: tuple[Choice, ...] = ()  # 3 to 5, in the order shown; none when the play is over
    prompt: str = ""
    chosen: tuple[str, ...] = ()  # the text of each choice made, one per move


# --- after the end ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Card:
    """Who somebody really was."""

    who: str  # a speaker's id, for the colour; any other id for somebody who never spoke
    name: str
    about: str
    mark: str  # the hidden matter in two or three words: "wanted the deal"
    good: bool  # green with a tick, or orange with a cross
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Series:
    """One curve of a chart: a value before the first turn, and one after each."""

    name: str
    values: tuple[float, ...]
    tone: int = 1  # 1 green and round, 2 orange and square, 3 purple and pointed, 0 blue (you)


@dataclass(frozen=True)
class Reference:
    """A dashed line across a chart."""

    name: str
    value: float


@dataclass(frozen=True)
class Chart:
    """Series over the turns; several charts stand below each other."""

    title: str
    series: tuple[Series, ...]
    parts: tuple[str, ...]  # a name for each turn; equal neighbours are written once
    ticks: tuple[float, ...]
    top: float  # the upper end of the scale, unless a value is above it
    unit: str = ""  # after each tick: " %"
    reference: Reference | None = None


@dataclass(frozen=True)
class Row:
    """One turn in hindsight."""

    head: str  # when, and the name of the manner: "Week 2 · chasing with a reason"
    chosen: str
    why: str
    numbers: str = ""


@dataclass(frozen=True)
class Reveal:
    """The debrief of a finished play."""

    verdict: Literal["good", "open", "bad"]  # the colour beside the title
    title: str
    text: str
    cards: tuple[Card, ...]
    charts: tuple[Chart, ...]
    rows: tuple[Row, ...]  # one per move


@dataclass(frozen=True)
class Run:
    """A finished play in a comparison."""

    ending: str
    moves: tuple[str, ...]  # the name of the manner, one per turn


@dataclass(frozen=True)
class Comparison:
    """Plays of one case side by side, the newest first, and what else could have been done."""

    plays: tuple[Run, ...]
    parts: tuple[str, ...]  # a name for each turn that any play can have
    others_title: str  # "And whoever had kept to one manner all the way:"
    others: tuple[tuple[str, str], ...]  # whole manners on the same people and luck: name, ending


class Drama(Protocol[Play]):
    """A role-play. All methods are pure: equal arguments give equal answers."""

    @property
    def name(self) -> str:
        """The name by which it is shown and kept; letters only, as in its file's name."""

    @property
    def casts(self) -> Sequence[str]:
        """Ids of the casts, at least one; the learner's cases take them in turn."""

    def seed(self, base: int, number: int) -> int:
        """Return the seed, a whole number from 0, of the learner's case ``number``, from 0.

        Args:
            base: the learner's own seed.
            number: how many other cases came before. The first should be one in which conduct
                matters; see :func:`course.widgets.roleplay.progress.case_seed`.
        """

    def play(self, seed: int, moves: Sequence[str]) -> Play:
        """Play ``moves`` from the start with the people and luck of ``seed``.

        Raises:
            ValueError: a move is unknown, or not offered when its turn comes.
        """

    def over(self, play: Play) -> bool:
        """Say whether the play has ended."""

    def stage(self, play: Play, cast: str) -> Stage:
        """Return what frames the lines now."""

    def script(self, play: Play, cast: str) -> Script:
        """Write the lines so far and what is offered."""

    def reveal(self, play: Play, cast: str) -> Reveal:
        """Return the debrief of a finished play."""

    def compare(self, plays: Sequence[Play]) -> Comparison | None:
        """Return finished plays of one case, the newest first, side by side; None to show none."""
