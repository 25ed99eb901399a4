"""The twelve questions one may ask about a brief, and the manners of working with presales.

Which question clears up which field is *assumed*, and so is what belongs to a manner: the three
poor ones have one fault each, on top of the plain one, so that what a fault does can be seen alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from course.models.homework.terms import Action, Field

__all__ = [
    "BIG_SPENDER",
    "CLEARS",
    "LEADER",
    "MUDDLER",
    "PLAIN",
    "WEATHERVANE",
    "Manner",
    "Question",
]


class Question(StrEnum):
    """What may be asked when homework is handed over, in the order of a form."""

    PAGES = "pages"  # how many pages, in which template?
    WHICH = "which"  # which of our plans do you mean?
    SAMPLE = "sample"  # like the one we made for your neighbour?
    READER = "reader"  # who will read it, and who decides?
    WHEN = "when"  # on whose desk by when?
    FINE = "fine"  # two days, all right?
    WORRY = "worry"  # what worries them about it?
    LAST = "last"  # what did they say about the last one?
    DEEP = "deep"  # which parts in detail, which in a line?
    SKIP = "skip"  # what can be left out?
    CHAIN = "chain"  # who sees it first, who after that, on which days?
    YES = "yes"  # what should they be able to decide once they have read it?


CLEARS: Mapping[Question, Mapping[Field, float]] = MappingProxyType(
    {
        Question.PAGES: {},
        Question.WHICH: {Field.PLAN: 1.0},
        Question.SAMPLE: {Field.PLAN: 0.5},
        Question.READER: {Field.AUDIENCE: 1.0},
        Question.WHEN: {Field.DATE: 1.0},
        Question.FINE: {},
        Question.WORRY: {Field.CONCERN: 1.0},
        Question.LAST: {Field.CONCERN: 0.5, Field.OMIT: 0.5},
        Question.DEEP: {Field.DETAIL: 1.0, Field.OMIT: 0.5},
        Question.SKIP: {Field.OMIT: 1.0},
        Question.CHAIN: {Field.AUDIENCE: 1.0, Field.DATE: 0.5},
        Question.YES: {Field.SUCCESS: 1.0, Field.CONCERN: 0.5},
    }
)
"""How well each question serves each field, as a share of ``Params.clear`` (assumed)."""


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How a salesperson works with presales.

    Raises:
        ValueError: a question or an action is unknown, or a question comes twice.
    """

    questions: tuple[Question, ...] = ()  # asked of the customer at the start, in this order
    specific: bool = False  # asks at each review which page, and what should stand there
    signals: Action = Action.WAIT  # what becomes of complaints made under pressure
    promises: bool = False  # customers' favours are promised, with the expert's hours
    view: bool = False  # requests come with what the salesperson would do, and why
    credit: bool = False  # the work is reported to the expert's leader, by name

    def __post_init__(self) -> None:
        """Check the decisions; accept names, and questions in any collection."""
        object.__setattr__(self, "questions", _questions(self.questions))
        if self.signals not in list(Action):
            raise ValueError(
                f"signals: expected one of {[a.value for a in Action]}, got {self.signals!r}"
            )
        object.__setattr__(self, "signals", Action(self.signals))


def _questions(asked: Iterable[str]) -> tuple[Question, ...]:
    asked = tuple(asked)
    if unknown := [each for each in asked if each not in list(Question)]:
        raise ValueError(
            f"questions: expected some of {[q.value for q in Question]}, got {unknown!r}"
        )
    if len(set(asked)) < len(asked):
        raise ValueError(f"questions: expected each once, got {list(asked)!r}")
    return tuple(Question(each) for each in asked)


PLAIN = Manner(questions=(Question.WHICH, Question.WHEN), specific=True)
"""What colleagues do: two questions, reads what the customer wrote, no noise, no thanks either."""
WEATHERVANE = replace(PLAIN, signals=Action.RELAY)
"""Relays every panic (听风就是雨)."""
MUDDLER = replace(PLAIN, questions=(), specific=False)
"""Takes homework without a question, and then: just change it (糊涂蛋)."""
BIG_SPENDER = replace(PLAIN, promises=True)
"""Generous with other people's hours (慷他人之慨)."""
LEADER = Manner(
    questions=(Question.CHAIN, Question.DEEP, Question.YES, Question.WHICH),
    specific=True,
    signals=Action.VERIFY,
    view=True,
    credit=True,
)
"""Asks, finds out before calling, brings a view, gives credit."""
