"""What is said for a placeholder such as ``{thing}`` or ``{by_due}`` in one request."""

from course.cases.days import WEEKDAYS, say
from course.cases.dice import Dice
from course.cases.homework.world import Request
from course.cases.spoken import Spoken

__all__ = ["Words", "spoken_hours"]

_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
_RIVALS = ("Tianheng", "Zhilian Tech", "Baiwei", "Kaida Systems", "Oriental Link", "Meitong")
_EXTRAS = (
    "the yearly report", "the application for the subsidy", "the slides for the bureau",
    "the training plan", "the drawings of the cellar", "the answer to the auditors",
    "the text for the anniversary", "the table of assets", "the five-year plan",
    "the terms of reference", "the speech for the opening", "the risk assessment",
    "the comparison for your committee", "the film script for the open day",
    "the translation for the visitors", "the house rules", "the inventory", "the poster",
    "the minutes of your steering group", "the letter to the tenants", "the emergency plan",
)  # fmt: skip


def spoken_hours(hours: float) -> str:
    """Say a number of hours: six hours, a day, two days."""
    if hours < 7:
        return f"{_NUMBERS[max(int(hours) - 2, 0)]} hours"
    days = round(hours / 7.5)
    return "a day" if days < 2 else f"{_NUMBERS[min(days - 2, 9)]} days"


def _pronouns(prefix: str, she: bool) -> dict[str, str]:
    forms = ("she", "her", "her") if she else ("he", "his", "him")
    return {prefix + form: word for form, word in zip(("he", "his", "him"), forms, strict=True)}


class Words(Spoken):
    """Words by placeholder in one request; a few are drawn again for every text."""

    changing = (
        "^v", "^w", "^n", "^n2", "^page", "^pct", "^rival", "^other", "^extra", "^h", "^by_due",
    )  # fmt: skip

    def __init__(self, request: Request, dice: Dice) -> None:
        """Take what never changes in the request."""
        customer = request.customer
        due = say(request.day, request.told_due)
        super().__init__(
            x=request.presales.short,
            C=customer.short,
            c=customer.contact,
            due=due,
            by_due=f"by {due}",
            oself="herself" if customer.she else "himself",
        )
        self.update(_pronouns("x", request.presales.she))
        self.update(_pronouns("o", customer.she))
        self._request, self._dice = request, dice

    def anew(self, *, v: str = "", w: str = "", hours: float = 0.0) -> "Words":
        """Draw the passing words for the next text; ``v`` is what is wanted, ``w`` what is not."""
        dice = self._dice
        first = dice.whole(0, len(_NUMBERS) - 2)
        others = [each for each in self._request.sector.customers
                  if each is not self._request.customer]  # fmt: skip
        self.update(
            v=v,
            w=w,
            h=spoken_hours(hours),
            n=_NUMBERS[first],
            n2=_NUMBERS[first + 1],
            page=str(dice.whole(3, 28)),
            pct=str(dice.whole(8, 34)),
            rival=dice.pick(_RIVALS),
            other=dice.pick(others).short,
            extra=dice.pick(_EXTRAS),
            night=dice.pick(WEEKDAYS[:5]),
        )
        return self
