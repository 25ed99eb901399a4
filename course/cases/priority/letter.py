"""How a first request is put together: by the requester's voice, the channel, and what is told."""

from course.cases.decks import Decks
from course.cases.dice import Dice
from course.cases.priority.script import Scene
from course.cases.priority.words import Words
from course.cases.priority.world import Ticket

__all__ = ["Pen", "slug"]

_BRIEF = ("shout", "sharp", "terse", "phone", "forward", "change", "gift")
"""Voices that name the thing in a few words; the others in whole sentences."""


def slug(kind: str) -> str:
    """Return a kind as the phrase files write it: ``tender-answer``."""
    return kind.replace(" ", "-")


class Pen:
    """Takes phrases from the decks and fills them with one ticket's words."""

    def __init__(self, decks: Decks[Scene], dice: Dice) -> None:
        """Take the decks and dice of the case; ``words`` and ``told`` are set for each ticket."""
        self.decks, self.dice = decks, dice
        self.words: Words
        self.told: frozenset[str] = frozenset()

    def scene(self, key: str) -> list[tuple[str, str]]:
        """Return the next scene of ``key``: who speaks, and what."""
        found = self.decks.draw(key, lambda scene: scene.flags <= self.told)
        if found is None:
            raise LookupError(f"scenes: expected some under {key!r}, found none")
        return [(line.who, self._fill(line.texts)) for line in found.lines]

    def part(self, key: str) -> str:
        """Return the next part of ``key``."""
        return self.scene(key)[0][1]

    def _fill(self, texts: tuple[str, ...]) -> str:
        text = texts[0] if len(texts) == 1 else self.dice.pick(texts)
        return text.format_map(self.words) if "{" in text else text

    def request(self, ticket: Ticket, channel: str) -> str:
        """Return the text of the first request."""
        voice = self.voice(ticket)
        if channel == "phone":
            return self._call(ticket, voice)
        facts = self._facts(ticket, voice)
        if channel == "mail":
            return self._mail(ticket, voice, facts)
        said = [self.part(f"open.{voice}"), self._ask(ticket, voice), *facts]
        if self.dice.chance(0.5):
            said.append(self.part(f"close.{voice}"))
        return " ".join(said)

    def voice(self, ticket: Ticket) -> str:
        """Whose phrases are used now: habits change manners."""
        voice = ticket.requester.voice
        if ticket.loud and voice != "shout":
            return "shout" if self.dice.chance(0.5) else voice
        if voice == "learn" and ticket.recorded:
            return "credit" if self.dice.chance(0.35) else voice
        return voice

    def _ask(self, ticket: Ticket, voice: str) -> str:
        brief = voice in _BRIEF or (sum(ticket.told) == 0 and self.dice.chance(0.4))
        return self.part(f"{'short' if brief else 'ask'}.{slug(ticket.kind)}")

    def _facts(self, ticket: Ticket, voice: str) -> list[str]:
        background, reviewers, dates, why = ticket.told
        facts = []
        if background and voice != "forward":
            facts.append(self.part(f"bg.{slug(ticket.kind)}"))
        if why:
            facts.append(self.part("why"))
        if reviewers:
            facts.append(self.part("readers"))
        if dates:
            facts.append(self.part("dates.brief" if voice in _BRIEF else "dates"))
        if ticket.said_hours:
            small = ticket.requester.plays_down < 0.7 and self.dice.chance(0.8)
            facts.append(self.part("effort.small" if small else "effort"))
        return facts

    def _mail(self, ticket: Ticket, voice: str, facts: list[str]) -> str:
        greeting = self.part("greet.brief" if voice in _BRIEF else "greet")
        body = f"{self.part(f'open.{voice}')} {self._ask(ticket, voice)}"
        paragraphs = [greeting, body, *([" ".join(facts)] if facts else [])]
        if voice == "forward" and ticket.told[0]:
            paragraphs.append(f"> {self.part(f'forwarded.{slug(ticket.kind)}')}")
        if ticket.recorded:
            paragraphs.append(self.part("copy"))
        elif self.dice.chance(0.6):
            paragraphs.append(self.part(f"close.{voice}"))
        return "\n".join([*paragraphs, ticket.requester.first])

    def _call(self, ticket: Ticket, voice: str) -> str:
        said = [self.part(f"short.{slug(ticket.kind)}"), *self._facts(ticket, voice)]
        note = self.part("call.loud" if ticket.loud else "call")
        return f"{note} “{' '.join(said)}”"
