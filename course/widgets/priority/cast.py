"""Who sits around the expert's desk, and what they ask for. All of it is invented."""

from course.models.priority import Habit
from course.text import _

__all__ = ["EXPERT", "chip", "people", "tasks"]

EXPERT = "Shen Qiao"


def people() -> tuple[tuple[str, str], ...]:
    """Return name and project of the twelve requesters; the learner sits in the first chair."""
    return (
        (_("You"), _("county hospital, Lu'an")),
        ("Kang Rui", _("bus depot, Xinxiang")),
        ("Lin Yue", _("water works, Luoyang")),
        ("Ding Hao", _("city archive, Ningbo")),
        ("Meng Fei", _("cold store, Chengdu")),
        ("Luo Xi", _("steel mill, Handan")),
        ("Ren Jing", _("college, Foshan")),
        ("Cao Wei", _("toll road, Jiujiang")),
        ("Song Nan", _("grid office, Baoji")),
        ("Yuan Ke", _("port customs, Beihai")),
        ("Fan Shu", _("court house, Yantai")),
        ("Gao Lei", _("textile park, Jinjiang")),
    )


def tasks() -> tuple[tuple[str, ...], ...]:
    """Return what may be asked for: quick things, a day's work or so, long ones."""
    return (
        (
            _("Two labels on the drawing"),
            _("Is port 8 free?"),
            _("Certificate number"),
            _("One line for the minutes"),
            _("Check a part number"),
            _("Power draw of the rack"),
            _("A word on the tender's page 12"),
            _("Which licence do they need?"),
        ),
        (
            _("Answers to the bidder's questions"),
            _("Sizing sheet"),
            _("Cost of the second option"),
            _("Slides for their committee"),
            _("Compare us with their old system"),
            _("Parts list, third version"),
            _("Reply to the auditor"),
            _("Call with their IT office"),
        ),
        (
            _("Site survey and report"),
            _("Full design, second version"),
            _("Demo environment"),
            _("Technical part of the bid"),
            _("Migration plan"),
            _("Load test with their data"),
            _("Pilot in one building"),
            _("Two days at the customer's"),
        ),
    )


def chip(habit: Habit) -> tuple[str, str]:
    """Return what one sees of a request on the desk: a few words, and their kind."""
    return {
        Habit.ASK: (_("no reason"), "bare"),
        Habit.SHOUT: (_("URGENT!!!"), "loud"),
        Habit.GIFT: (_("with a dinner"), "gift"),
        Habit.EXPLAIN: (_("why, and by when"), "told"),
        Habit.RECORD: (_("on record, cc"), "record"),
    }[habit]
