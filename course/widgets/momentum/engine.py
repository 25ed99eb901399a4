"""One customer as a diesel engine: pull the cord, watch the revolutions fall, open the throttle.

Python lets the weeks pass, by the model's law; the front end only moves the needle along the
figures it is given and asks for the next week when one is over. What is hidden, the customer's own
drive, whether there is money, the luck of coming weeks, stays in Python until the play is over.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import anywidget
import numpy as np
import traitlets

from course.models.momentum import FULL_RPM, Move, Outcome, Params, Step
from course.models.momentum.by_hand import Course, offered, play
from course.widgets.momentum.behind import behind
from course.widgets.momentum.cast import customer, move_help, move_name, step_name
from course.widgets.momentum.diary import diary
from course.widgets.momentum.labels import labels

__all__ = ["STRENGTHS", "Engine", "Progress"]

_HERE = Path(__file__)
STRENGTHS = (6, 8, 10)
"""How much a presentation may please, points."""
MOVES = (Move.PROBE, Move.DRAFT, Move.EDITS, Move.PAPER, Move.LETTER, Move.PILOT, Move.SHOW)

Made = tuple[frozenset[Move], ...]


@dataclass(frozen=True)
class Progress:
    """Where the learner stands.

    Attributes:
        number: which customer.
        strength: satisfaction right after the presentation, points.
        made: the moves by week, the week at hand last; empty before the cord is pulled.
        stopped: did the learner let go?
        earlier: finished plays of this customer, each with its strength.
        last: the play before this one of the same customer, finished or not, with its strength.
        plays: how many plays were begun before this one.
    """

    number: int = 0
    strength: int = 8
    made: Made = ()
    stopped: bool = False
    earlier: tuple[tuple[int, Made], ...] = ()
    last: tuple[int, Made] | None = None
    plays: int = 0


class Engine(anywidget.AnyWidget):
    """The engine. The front end sends ``pull``, ``move``, ``week``, ``stop``, ``replay``, ``new``.

    Attributes:
        scene: all that the front end shows, nothing more.
        progress: where the learner stands.
    """

    _esm = "\n".join(
        _HERE.with_name(name).read_text(encoding="utf-8")
        for name in ("engine_parts.js", "engine.js")
    )
    _css = _HERE.with_suffix(".css").read_text(encoding="utf-8")
    scene = traitlets.Dict().tag(sync=True)

    def __init__(self, progress: Progress | None = None, *, params: Params | None = None) -> None:
        """Take up a play, or begin the first.

        Args:
            progress: where the learner stood.
            params: the world; the model's defaults if None.
        """
        self.progress, self._params = progress or Progress(), params or Params()
        super().__init__(scene=self._scene())
        self.on_msg(self._on_message)

    @property
    def course(self) -> Course:
        """The play at hand, with what is hidden."""
        return self._play(self.progress.strength, self.progress.made or (frozenset(),))

    def _play(self, strength: int, made: Made) -> Course:
        luck = np.random.default_rng(customer(self.progress.number).seed)
        return play(self._params, made, rng=luck, satisfaction=strength)

    def _over(self, course: Course) -> bool:
        done = course.outcome != Outcome.OPEN or course.week == self._params.weeks
        return bool(self.progress.made) and (self.progress.stopped or done)

    # --- what the learner does ---

    def _on_message(self, _widget: Any, message: Any, _buffers: Any) -> None:
        do = message.get("do") if isinstance(message, dict) else None
        if do == "pull":
            self.pull(message.get("strength"))
        elif do == "move":
            self.move(message.get("week"), message.get("move"))
        elif do == "week":
            self.pass_week(message.get("week"))
        elif do == "stop":
            self.stop()
        elif do == "replay":
            self.replay()
        elif do == "new":
            self.new_customer()

    def pull(self, strength: Any) -> None:
        """Present, so that the customer is pleased by ``strength`` points; once in a play."""
        if not self.progress.made and type(strength) is int and strength in STRENGTHS:
            self.progress = replace(self.progress, strength=strength, made=(frozenset(),))
        self._show()

    def move(self, week: Any, move: Any) -> None:
        """Make a move in the week at hand; late, odd or idle messages change nothing."""
        made, course = self.progress.made, self.course
        if made and week == course.week and not self._over(course):
            possible = {each.value: each for each in offered(course, made[-1])}
            if isinstance(move, str) and move in possible:
                now = made[-1] | {possible[move]}
                self.progress = replace(self.progress, made=(*made[:-1], now))
        self._show()

    def pass_week(self, week: Any) -> None:
        """Let the week at hand pass."""
        course = self.course
        if self.progress.made and week == course.week and not self._over(course):
            made = (*self.progress.made, frozenset[Move]())
            self.progress = replace(self.progress, made=made)
        self._show()

    def stop(self) -> None:
        """Let the customer go, and see what was behind it."""
        if self.progress.made:
            self.progress = replace(self.progress, stopped=True)
        self._show()

    def replay(self) -> None:
        """Begin with the same customer again: same people, same luck."""
        now = self.progress
        if now.made:
            played = (now.strength, now.made)
            finished = (played,) if self._over(self.course) else ()
            self.progress = replace(
                now,
                made=(),
                stopped=False,
                earlier=(*now.earlier, *finished),
                last=played,
                plays=now.plays + 1,
            )
        self._show()

    def new_customer(self) -> None:
        """Begin with the next customer, once the play at hand is over."""
        if self._over(self.course):
            now = self.progress
            self.progress = Progress(now.number + 1, now.strength, plays=now.plays + 1)
        self._show()

    # --- what the learner sees ---

    def _show(self) -> None:
        # A new dictionary each time: the front end may wait for an answer that changes nothing.
        self.scene = self._scene() | {"heard": self.scene.get("heard", 0) + 1}

    def _scene(self) -> dict[str, Any]:
        who, course, progress = customer(self.progress.number), self.course, self.progress
        over, pulled = self._over(course), bool(progress.made)
        lines = diary(who, self._params, progress.made, course) if pulled else ()
        return {
            "play": progress.plays,
            "phase": "over" if over else "going" if pulled else "ready",
            "week": course.week,
            "weeks": self._params.weeks,
            "customer": [who.name, who.house, who.pitch],
            "strengths": list(STRENGTHS),
            "strength": progress.strength,
            "full": FULL_RPM,
            "line": self._params.stall_line,
            "past": [round(rpm, 1) for rpm in course.rpm],
            "before": self._before(),
            "ahead": list(course.ahead) if pulled and not over else [0.0],
            "liking": round(course.satisfaction[-1], 2) if pulled else 0.0,
            "fuel": round(course.investment[-1], 3),
            "risk": round(course.risk[-1], 3),
            "load": [round(course.effort, 1), round(course.alone, 1)] if pulled else [0.0, 0.0],
            "steps": [
                [step_name(step), step <= course.step[-1]] for step in Step if step > Step.PLEASED
            ],
            "heaviest": max(self._params.efforts),
            "moves": self._moves(course, open_=pulled and not over),
            "diary": [[line.week, line.kind, line.text] for line in lines],
            "pauses": sum(line.kind in ("stall", "told") for line in lines),
            "hours": round(course.hours, 1),
            "behind": behind(who, self._params, course, self._earlier()) if over else None,
            "labels": labels(),
        }

    def _before(self) -> list[float]:
        """Return the rpm of the play before, to compare with."""
        if self.progress.last is None:
            return []
        return [round(rpm, 1) for rpm in self._play(*self.progress.last).rpm]

    def _earlier(self) -> list[Course]:
        return [self._play(strength, made) for strength, made in self.progress.earlier]

    def _moves(self, course: Course, *, open_: bool) -> list[list[Any]]:
        """Return for each move its name, help, and whether it is open, in force or off."""
        now = self.progress.made[-1] if self.progress.made else frozenset[Move]()
        possible = offered(course, now) if open_ else frozenset[Move]()
        in_force = course.force | now
        return [
            [
                move.value,
                move_name(move),
                move_help(move),
                "open" if move in possible else "force" if move in in_force else "off",
            ]
            for move in MOVES
        ]
