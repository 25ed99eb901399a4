"""How the texts of one request are put together, by voice and by what is known."""

import re
from collections.abc import Callable

from course.cases.decks import Decks
from course.cases.dice import Dice
from course.cases.homework.claims import Claim
from course.cases.homework.fate import Course, Credit, Version
from course.cases.homework.fields import BriefField
from course.cases.homework.script import Phrase
from course.cases.homework.words import Words
from course.cases.homework.world import Request

__all__ = ["Pen"]

_REVIEWERS = {
    "our leaders": "leaders", "customer, working level": "working", "customer, top": "top",
}  # fmt: skip
_CREDITS = {
    "thanked": "thanked", "named before the customer": "customer",
    "named before their leader": "leader", "took the credit": "took",
    "gave hours away": "gave", "hours agreed": "agreed",
}  # fmt: skip
_PRONOUN = re.compile(r"\{\^?o(he|his|him)\}")
_CONTACT = re.compile(r"\{\^?c\}")
_CUSTOMER = re.compile(r"\{\^?[cC]\}")
_MIDDLE = ("concern", "detail", "omit", "audience")


def _names(phrase: Phrase) -> bool:
    """Does it say for whom it is?"""
    return any(_CUSTOMER.search(text) for text in phrase.texts)


class Pen:
    """Takes phrases from the decks and fills them with one request's words."""

    def __init__(self, decks: Decks[Phrase], dice: Dice) -> None:
        """Take the decks and dice of the case."""
        self._decks, self._dice = decks, dice
        self._request: Request
        self._words: Words
        self._named = False

    def take(self, request: Request) -> None:
        """Write about this request from now on."""
        self._request, self._words = request, Words(request, self._dice)

    def _say(
        self,
        key: str,
        *,
        v: str = "",
        w: str = "",
        hours: float = 0.0,
        fits: Callable[[Phrase], bool] = lambda _phrase: True,
    ) -> str:
        phrase = self._decks.draw(key, fits)
        if phrase is None:
            raise LookupError(f"phrases: expected some under {key!r}, found none")
        text = phrase.texts[0] if len(phrase.texts) == 1 else self._dice.pick(phrase.texts)
        if "{" not in text:
            return text
        text = self._introduced(text)
        return text.format_map(self._words.anew(v=v, w=w, hours=hours))

    def _introduced(self, text: str) -> str:
        """Name the contact where nobody has yet, instead of "he" or "she"."""
        if self._named:
            return text
        pronoun, name = _PRONOUN.search(text), _CONTACT.search(text)
        if pronoun and not (name and name.start() < pronoun.start()):
            own = "{c}'s" if pronoun[1] == "his" else "{c}"
            text = text[: pronoun.start()] + own + text[pronoun.end() :]
        self._named = bool(_CONTACT.search(text))
        return text

    def _known(self, name: str, field: BriefField) -> str:
        """Say what is known of a field; only the clear ones speak of what they asked."""
        asked = self._request.seller.voice == "clear" and field.asked and self._dice.chance(0.3)
        return self._say(f"field.{name}.clear" if asked else f"field.{name}", v=field.assumed)

    def told(self) -> str:
        """What presales is told: the fields that are known, in a mixed order, and a date."""
        request, dice, self._named = self._request, self._dice, False
        voice, values = request.seller.voice, {each.name: each for each in request.fields}
        order = ["plan", *dice.shuffled(_MIDDLE), "success"]
        first = self._say(f"open.{voice}")
        customer = request.customer
        named = customer.short in first or customer.contact in first
        ask = f"ask.{request.kind.replace(' ', '-')}"
        said = [first, self._say(ask, fits=lambda each: named or _names(each))]
        said += [self._known(name, values[name]) for name in order if name in request.known]
        dated = "date" in request.known
        said.append(self._known("date", values["date"]) if dated else self._say(f"bluff.{voice}"))
        if voice == "clear" and dice.chance(0.7):
            said.append(self._say("view.clear"))
        if dice.chance(0.75):
            said.append(self._say(f"close.{voice}"))
        return " ".join(said)

    def feedback(self, version: Version) -> str:
        """What came back on a version, as it reached presales."""
        self._named, inside = False, version.reviewer == "our leaders"
        if version.kind == "just change it":
            return self._say("leaders.vague" if inside else f"vague.{self._request.seller.voice}")
        if version.kind == "accepted":
            return self._say(f"accepted.{_REVIEWERS[version.reviewer]}")
        if version.kind == "dropped":
            return self._say("dropped")
        values = {each.name: each for each in self._request.fields}
        prefix = "leaders" if inside else "specific"
        said = [
            self._say(f"{prefix}.{name}", v=values[name].wanted, w=values[name].assumed)
            for name in version.revealed
        ]
        if version.polish:
            said.append(self._say("leaders.polish" if inside else "polish"))
        return " ".join(said)

    def claim(self, claim: Claim) -> str:
        """What the customer said."""
        said = self._say(f"claim.{claim.matter}")
        if self._dice.chance(0.5):
            said += f" {self._say(f'claim.{claim.matter}.tail')}"
        return said

    def passed(self, claim: Claim, said: str) -> str:
        """What presales heard of what was ``said``; "" if nothing. Only reports quote it."""
        self._named = False
        keys = {"as an alarm": "alarm", "as a claim": "report"}
        if claim.passed not in keys:
            return ""
        return self._say(f"{keys[claim.passed]}.{claim.matter}", v=said)

    def check(self, claim: Claim) -> str:
        """What the check found; "" if there was none."""
        self._named = False
        truth = "true" if claim.true else "false"
        return self._say(f"check.{claim.matter}.{truth}") if claim.disputed else ""

    def credit(self, credit: Credit, course: Course) -> str:
        """What was said when presales was thanked or named, or its hours were given away."""
        hours = credit.hours or sum(each.hours for each in course.versions)
        return self._say(f"credit.{_CREDITS[credit.kind]}", hours=hours)
