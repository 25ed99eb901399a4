"""What is said for a placeholder such as ``{room}`` or ``{on_due}`` in one opportunity."""

from course.cases.days import say, season
from course.cases.momentum.people import PRESALES
from course.cases.momentum.world import Opportunity
from course.cases.people import Person
from course.cases.spoken import Spoken, on_day

__all__ = ["PAPERS", "ROLE_OF", "Words"]

PAPERS = ("brief", "report", "meeting paper", "budget sheet", "contract draft", "start plan")
"""The paper that each of the six steps needs, in their order."""
ROLE_OF = {"C": "contact", "B": "boss", "L": "leader", "F": "finance", "P": "legal"}

_ROOMS = {
    "bureau": "the office meeting",
    "company": "the managers' meeting",
    "hospital": "the president's meeting",
    "college": "the council",
}
_BOSSES = {"bureau": "Director {}", "company": "{} zong", "hospital": "Vice President {}"}
_LEADERS = {"bureau": "District Head {}", "company": "Chairman {}", "hospital": "President {}"}
_SEASONS = {
    "winter": "year-end closing",
    "spring": "audit season",
    "summer": "half-year reporting",
    "autumn": "budget season",
}
_NUMBERS = ("six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fourteen")
_FORMS = ("he", "his", "him", "himself", "hers")
_SPOKEN = {
    "Mr": ("he", "his", "him", "himself", "his"),
    "Ms": ("she", "her", "her", "herself", "hers"),
}
# By letter of the role and title: {chis} is "his" or "her" of the contact, {chim} "him" or "her".
_PRONOUNS = {
    (letter, title): {letter.lower() + form: word for form, word in zip(_FORMS, words, strict=True)}
    for letter in ROLE_OF
    for title, words in _SPOKEN.items()
}


def _money(cny: int, style: int) -> str:
    if style == 0:
        return f"CNY {cny:,}"
    return f"{cny / 10_000:g}万" if style == 1 else f"{cny / 1e6:.4g} million"


class Words(Spoken):
    """Words by placeholder in one opportunity."""

    changing = ("^due", "^on_due", "^was", "^on_was", "^paper", "^step", "^season_job")

    def __init__(self, opportunity: Opportunity, luck: float) -> None:
        """Take what never changes in the opportunity; ``luck`` (0-1) varies manners of speaking."""
        kind, people = opportunity.customer.kind, opportunity.people
        seller, pick = opportunity.seller, int(luck * 1000)
        super().__init__(
            C=opportunity.customer.short,
            place=opportunity.customer.place,
            product=opportunity.line.product,
            metric=opportunity.line.metric,
            worry=opportunity.line.worry,
            proof=opportunity.line.proof,
            u=opportunity.line.user,
            site=opportunity.site,
            unit=opportunity.unit,
            room=_ROOMS[kind],
            amount=_money(opportunity.amount, pick % 3),
            s=(seller.first, seller.first, f"Xiao {seller.surname}")[pick // 3 % 3],
            e=PRESALES[pick // 9 % len(PRESALES)],
            n=_NUMBERS[pick // 27 % len(_NUMBERS)],
            c=_polite(people["contact"]),
            cname=f"{people['contact'].surname} {people['contact'].given}",
            b=_BOSSES.get(kind, "Dean {}").format(people["boss"].surname),
            l=_LEADERS.get(kind, "Principal {}").format(people["leader"].surname),
            f=_polite(people["finance"]),
            p=_polite(people["legal"]),
        )
        for letter, role in ROLE_OF.items():
            self.update(_PRONOUNS[letter, people[role].title])

    def dated(self, today: int, due: int, was: int) -> None:
        """Set what depends on the day: the season, and how the days of a task are named."""
        self["season_job"] = _SEASONS[season(today)]
        if due:
            self["due"], self["on_due"] = say(today, due), on_day(today, due)
        if was:
            self["was"], self["on_was"] = say(today, was), on_day(today, was)


def _polite(person: Person) -> str:
    return f"{person.title} {person.surname}"
