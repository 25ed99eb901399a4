"""What people do in an opportunity: each deed writes its entries and keeps the log true."""

from course.cases.days import ahead, back
from course.cases.dice import Dice
from course.cases.momentum.log import STAGES, Log, Task
from course.cases.momentum.words import PAPERS

__all__ = ["Deeds"]

# Chances that a paper sent, a broken promise, a promised step once it is done have an entry of
# their own; and that the seller makes a clean version of a paper the customer edited.
_SENT, _SLIP, _TOLD, _CLEAN = 0.6, 0.5, 0.4, 0.45


class Deeds:
    """The deeds in one opportunity; ``step`` is the internal step they are about, 0 to 5."""

    def __init__(self, log: Log, dice: Dice) -> None:
        """Take the log that the deeds are written to."""
        self.log, self.dice = log, dice
        self._slipped = 0  # the day of a promise that was not kept
        self._drafted = self._promised = False

    @property
    def _helped(self) -> bool:
        return "draft" in self.log.flags

    # --- the seller -------------------------------------------------------------------------------

    def send(self) -> None:
        """The seller promises to send something nice, and mostly does."""
        log, dice = self.log, self.dice
        due = ahead(log.day, dice.whole(1, 4))
        done = ahead(back(due - 1), dice.whole(0, 3)) if dice.chance(0.9) else 0
        log.play("wait.send", Task(False, due, done))

    def greet(self, occasion: str) -> None:
        """The seller sends a greeting, which is mostly returned."""
        log = self.log
        log.play("greet", more=occasion)
        if self.dice.chance(0.7):
            log.at(log.day, 9)
            log.play("greet.back")

    def frame(self) -> None:
        """The seller offers a page of steps and the customer corrects it."""
        if self.dice.chance(_SENT):
            self.log.play("frame")
        self.log.version("page of steps", "S")
        self.log.version("page of steps", "C")

    def paper(self) -> None:
        """The seller prepares the papers for the meeting and for finance."""
        self.log.play("paper.send", Task(False, self.log.day, self.log.day))
        self.log.version(PAPERS[2], "S")
        self.log.version(PAPERS[3], "S")

    def draft(self, step: int) -> None:
        """The seller drafts what the step needs."""
        log = self.log
        log.step = step
        if not self._drafted or self.dice.chance(_SENT):
            log.play(f"draft.{STAGES[step + 1]}", Task(False, log.day, log.day))
        self._drafted = True
        log.version(PAPERS[step], "S")

    # --- the customer -----------------------------------------------------------------------------

    def sign_letter(self, day: int) -> None:
        """The customer is to sign the letter of intent by a day."""
        day = max(day, self.log.day)
        self.log.play("letter.sign", Task(True, day, day))
        self.log.version("letter of intent", "S")

    def start_pilot(self) -> None:
        """The customer makes room for the pilot."""
        day = ahead(self.log.day, self.dice.whole(1, 4))
        self.log.play("pilot.start", Task(True, day, day))

    def announce(self, step: int, day: int) -> None:
        """The customer is to edit the draft by a day, and will."""
        log = self.log
        log.step = step
        day = max(day, log.day)
        due = day if self.dice.chance(0.7) else ahead(day, 1)
        log.play("ask.edits", Task(True, due, day))

    def edit(self, step: int, *, spoken: bool, dated: bool) -> None:
        """The draft comes back in the customer's hand; ``spoken``: with an entry of its own."""
        log, who = self.log, "C"
        log.step = step
        if spoken:
            task = Task(True, log.day if dated else 0, log.day)
            scene = log.play(f"edit.{STAGES[step + 1]}", task)
            who = next((line.who for line in scene.lines if line.who not in "SE"), who)
        log.version(PAPERS[step], who)
        if self.dice.chance(_CLEAN):
            log.version(PAPERS[step], "S")

    def promise(self, step: int, done: int) -> None:
        """The customer takes the step upon them; meetings and signatures come on their day.

        Of the others one in five comes late and some come early. What is done the same day needs
        no promise.
        """
        log, dice = self.log, self.dice
        log.step = step
        self._promised = done > log.day
        if not self._promised:
            return
        due = done
        if STAGES[step + 1] not in ("meeting", "signed"):
            late = ahead(log.day, 1) < done and dice.chance(0.2)
            due = ahead(log.day, 1) if late else ahead(done, dice.chance(0.25))
        key = f"promise.{STAGES[step + 1]}"
        log.play(key, Task(True, due, done), alone=not self._helped)

    def take(self, step: int, *, agreed: bool) -> None:
        """The step is taken: told at once if it was agreed or help was given, else in passing."""
        log, name = self.log, STAGES[step + 1]
        log.step, log.stage = step, step + 1
        log.funded = log.day if name == "budget" else log.funded
        log.ended = log.day if name == "signed" else 0
        promised, self._promised = self._promised, False
        at_once = agreed or self._helped or name == "signed"
        if promised and name != "signed" and not self.dice.chance(_TOLD):
            return
        key = f"done.{name}" if at_once else f"heard.{name}"
        done = (
            log.day
            if at_once
            else max(log.opportunity.start, back(log.day - self.dice.whole(1, 4)))
        )
        task = None if promised else Task(True, done if agreed else 0, done)
        log.play(key, task, alone=not self._helped)

    def promise_nothing(self, step: int) -> None:
        """The customer takes something upon them, by a day, and nothing comes of it."""
        log = self.log
        log.step = step
        self._slipped = ahead(log.day, self.dice.whole(1, 2))
        key = f"promise.{STAGES[step + 1]}" if self._helped else "wait.empty"
        log.play(key, Task(True, self._slipped, 0), alone=not self._helped)

    def slip(self) -> None:
        """Somebody mentions the day that has passed."""
        if self._slipped and self.dice.chance(_SLIP):
            self.log.at(self._slipped + 1, self.dice.between(9, 17))
            self.log.play("slip", was=self._slipped)
        self._slipped = 0
