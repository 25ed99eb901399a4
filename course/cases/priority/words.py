"""What is said for a placeholder such as ``{thing}`` or ``{on_due}`` in one ticket."""

from course.cases.days import ahead, say
from course.cases.dice import Dice
from course.cases.priority.people import EXPERTS, REQUESTERS
from course.cases.priority.world import Ticket
from course.cases.spoken import Spoken, on_day

__all__ = ["THINGS", "Words"]

THINGS = {
    "proposal": "the proposal",
    "tender answer": "the tender answer",
    "demo environment": "the demo environment",
    "sizing": "the sizing",
    "price sheet": "the price sheet",
    "site survey": "the site survey",
    "data migration": "the data migration",
    "installation": "the installation",
    "training": "the training",
    "acceptance papers": "the acceptance sheet",
    "bug fix": "the fix",
    "interface": "the interface",
    "custom report": "the report",
    "slow system": "the slow system",
    "security answers": "the security form",
}
"""How a ticket is called in a sentence, by kind."""

_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "eleven", "twelve")
_RIVALS = ("Jinlian", "Sotex", "Beichen", "WareOne", "Hualu Soft", "Trackline")
_READERS = (
    "{c} and their IT",
    "{c}, then the finance director",
    "{c}'s boss and somebody from purchasing",
    "two from operations and one from IT",
    "the deputy general manager, who reads the last page first",
    "{c} alone, but {ohe} passes it on to the board",
    "their works council and {c}",
    "{c}, the IT manager and an outside consultant",
    "the project committee, seven people, {c} in the chair",
    "the head of audit, and {c} after him",
    "{c}, whose signature is the one that counts",
)


def _hours(hours: float) -> str:
    if hours < 1:
        return "half an hour"
    if hours < 2:
        return "an hour"
    if hours < 4:
        return f"{_NUMBERS[int(hours) - 2]} hours"
    if hours < 6:
        return "half a day"
    days = round(hours / 7.5)
    return "a day" if days < 2 else f"{_NUMBERS[min(days - 2, 9)]} days"


def _pronouns(prefix: str, she: bool) -> dict[str, str]:
    forms = ("she", "her", "her") if she else ("he", "his", "him")
    return {prefix + form: word for form, word in zip(("he", "his", "him"), forms, strict=True)}


class Words(Spoken):
    """Words by placeholder in one ticket."""

    changing = ("^due", "^on_due", "^since", "^days", "^soon")

    def __init__(self, ticket: Ticket, dice: Dice) -> None:
        """Take what never changes in the ticket; the dice choose what was left open."""
        who, expert, trade, customer = (
            ticket.requester, ticket.expert, ticket.trade, ticket.customer,
        )  # fmt: skip
        number = dice.whole(38, 940)
        money = ticket.said_cost or ticket.cost
        super().__init__(
            r=who.first,
            x=expert.called,
            b=expert.boss,
            C=customer.short,
            c=customer.contact,
            place=customer.place,
            product=ticket.product,
            site=dice.pick(trade.sites),
            goods=dice.pick(trade.goods),
            users=dice.pick(trade.users),
            other=dice.pick([each for each in trade.customers if each is not customer]).short,
            thing=THINGS[ticket.kind],
            n=dice.pick(_NUMBERS),
            num=str(number),
            code=f"E-{number}",
            rival=dice.pick(_RIVALS),
            hour=f"{dice.whole(9, 17)}:{dice.pick(('00', '15', '30', '40'))}",
            cost=(f"CNY {money:,}", f"{money:,} yuan", f"{money:,}")[dice.whole(0, 2)],
            h=_hours(ticket.said_hours or ticket.hours),
            mate=dice.pick([each for each in REQUESTERS if each is not who]).first,
            fellow=dice.pick([each for each in EXPERTS if each is not expert]).called,
            boss="Mr Du",
        )
        self.update(_pronouns("x", expert.she))
        self.update(_pronouns("r", who.she))
        self.update(_pronouns("o", customer.contact.startswith("Ms")))
        self.update(_pronouns("b", expert.boss != "Mr Shang"))
        self["readers"] = dice.pick(_READERS).format_map(self)
        self.ticket = ticket

    def dated(self, today: int, minute: int, waited: int) -> None:
        """Set what depends on the moment; ``waited`` is working days since it was asked for.

        A day that has passed is not spoken of any more: another one is named, a week later.
        """
        ticket, due = self.ticket, self.ticket.wanted
        while due <= today:
            due = ahead(due, 5)
        self["due"], self["on_due"] = say(today, due), on_day(today, due)
        self["soon"] = say(today, ahead(today, 2 + ticket.number % 4))
        self["clock"] = f"{minute // 60}:{minute % 60:02}"
        self["since"] = say(today, ticket.day)
        self["days"] = "a day" if waited < 2 else f"{_NUMBERS[min(waited, 9) - 2]} days"
