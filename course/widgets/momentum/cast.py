"""The customers of the engine: who is pleased, with what, and what they say when things happen.

Names, firms and lines are invented. Each customer comes with a seed, hence with a hidden drive,
money or none, and luck; ``tests/widgets/momentum/test_cast.py`` says what each is there to show.
"""

from dataclasses import dataclass

from course.models.momentum import Move, Step
from course.text import _

__all__ = ["Customer", "customer", "move_help", "move_name", "step_name"]


@dataclass(frozen=True, kw_only=True)
class Customer:
    """One customer.

    Attributes:
        seed: where the hidden side and the luck come from.
        name: the contact.
        house: where they work, and as what.
        pitch: what you presented.
        boss: who must stand behind it.
        meeting: the meeting that must pass it.
        other: what the money goes into if it goes elsewhere.
    """

    seed: int
    name: str
    house: str
    pitch: str
    boss: str
    meeting: str
    other: str


def _cast() -> tuple[Customer, ...]:
    return (
        Customer(
            seed=39,
            name=_("Ms Fang"),
            house=_("equipment office, county hospital, Lu'an"),
            pitch=_("monitors that report to the nurses' desk"),
            boss=_("Vice-president Lu"),
            meeting=_("the Thursday equipment meeting"),
            other=_("a second CT room"),
        ),
        Customer(
            seed=136,
            name=_("Mr Tan"),
            house=_("dispatch centre, city buses, Xinxiang"),
            pitch=_("cameras for the blind side of 300 buses"),
            boss=_("Director Hao"),
            meeting=_("the safety committee"),
            other=_("charging posts at the north depot"),
        ),
        Customer(
            seed=105,
            name=_("Ms Gu"),
            house=_("teaching affairs, vocational college, Foshan"),
            pitch=_("a training cell for CNC milling"),
            boss=_("Dean Kuang"),
            meeting=_("the deans' Monday round"),
            other=_("the roof of the old sports hall"),
        ),
        Customer(
            seed=30,
            name=_("Mr Bao"),
            house=_("network section, water works, Luoyang"),
            pitch=_("leak detection on 40 km of mains"),
            boss=_("Chief engineer Yan"),
            meeting=_("the technical board"),
            other=_("two pumps that broke in May"),
        ),
        Customer(
            seed=87,
            name=_("Ms He"),
            house=_("cold chain, grocery wholesaler, Chengdu"),
            pitch=_("temperature loggers for 60 trucks"),
            boss=_("General manager Pu"),
            meeting=_("the monthly operations meeting"),
            other=_("a stand at the autumn fair"),
        ),
        Customer(
            seed=112,
            name=_("Mr Qin"),
            house=_("archive, district court, Ningbo"),
            pitch=_("a scanning line for closed files"),
            boss=_("Vice-president Ruan"),
            meeting=_("the informatisation group"),
            other=_("new benches for the waiting hall"),
        ),
    )


def customer(number: int) -> Customer:
    """Return a customer by number, from 0; after the last the houses come back with other luck."""
    cast = _cast()
    again, place = divmod(number, len(cast))
    one = cast[place]
    return one if not again else Customer(**(vars(one) | {"seed": 1000 * again + one.seed}))


def step_name(step: Step) -> str:
    """Return a step inside the customer's house, short."""
    return {
        Step.PLEASED: _("Pleased"),
        Step.CONTACT: _("Contact takes it up"),
        Step.BOSS: _("Boss backs it"),
        Step.MEETING: _("Meeting passes it"),
        Step.BUDGET: _("Money set aside"),
        Step.LEGAL: _("Legal and procurement"),
        Step.SIGNED: _("Signed"),
    }[step]


def move_name(move: Move) -> str:
    """Return a move as its button says it."""
    return {
        Move.SHOW: _("Present again"),
        Move.PROBE: _("“Can it land this year?”"),
        Move.DRAFT: _("Draft the next step for them"),
        Move.EDITS: _("Ask for their edits"),
        Move.LETTER: _("Offer a letter of intent"),
        Move.PILOT: _("Offer a small pilot"),
        Move.PAPER: _("Write the meeting paper"),
        Move.BIG_ASK: _("Ask for everything at once"),
    }[move]


def move_help(move: Move) -> str:
    """Return what a move costs and does, in a line."""
    return {
        Move.SHOW: _("6 h · pulls the cord once more, a little less each time"),
        Move.PROBE: _("½ h · you learn what it takes; drafts fit from now on"),
        Move.DRAFT: _("4 h · takes most of the work of this one step off them"),
        Move.EDITS: _("¾ h a round · what they change becomes theirs: fuel"),
        Move.LETTER: _("3 h · some sign; lightens legal later"),
        Move.PILOT: _("24 h if it begins · keeps them warm meanwhile"),
        Move.PAPER: _("7 h · lightens the meeting and the budget"),
        Move.BIG_ASK: _("2 h · all remaining work in one request"),
    }[move]
