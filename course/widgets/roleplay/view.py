"""A role-play to take part in: choose what to say, read what comes back, be told why.

The view shows what a participant could see. Who the others are and what luck brings stays in Python
until the play is over. Moves and finished plays are kept in the sidecar, so that a play survives
re-running its cell and reloading the page. What is played is a
:class:`~course.widgets.roleplay.drama.Drama`; nothing here knows which.
"""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from course.answers import Store, Work, grading
from course.text import _
from course.widgets.page import show_once
from course.widgets.roleplay.drama import Drama, Script
from course.widgets.roleplay.find import find
from course.widgets.roleplay.progress import Progress

__all__ = ["RolePlay", "show_roleplay"]

_HERE = Path(__file__)


class RolePlay(anywidget.AnyWidget):
    """The view. The front end sends ``choose`` (turn, number), ``replay`` and ``new``.

    Attributes:
        scene: all that the front end shows, nothing more.
        played: the play at hand, with what is hidden.
    """

    _esm = _HERE.with_suffix(".js").read_text(encoding="utf-8")
    _css = _HERE.with_suffix(".css").read_text(encoding="utf-8")
    scene = traitlets.Dict().tag(sync=True)

    def __init__(self, drama: Drama[Any], store: Store, base: int) -> None:
        """Take up what is stored, or begin the first case.

        Args:
            drama: which role-play.
            store: where progress is kept, under ``roleplay_<name>``.
            base: the learner's seed, from which the cases' seeds come.
        """
        self.drama, self.store, self.base = drama, store, base
        self.key, self.problem = f"roleplay_{drama.name}", ""
        self.progress = self._stored() or Progress(drama.seed(base, 0), self._cast(0))
        self.played: Any = drama.play(self.progress.seed, self.progress.moves)
        self._script = self._written()
        super().__init__(scene=self._scene())
        self.on_msg(self._on_message)

    def _cast(self, number: int) -> str:
        casts = self.drama.casts
        return casts[number % len(casts)]

    def _stored(self) -> Progress | None:
        value = self.store[self.key].value
        if value is None:
            return None
        try:
            return Progress.from_json(value, self.drama)
        except ValueError:
            self.store.set_aside(self.key)
            self.problem = _(
                "Your earlier plays could not be read. They stay in {file} under “set_aside”; "
                "a new play begins."
            ).format(file=self.store.path.name)
            return None

    # --- what the learner does ---

    def _on_message(self, _widget: Any, message: Any, _buffers: Any) -> None:
        do = message.get("do") if isinstance(message, dict) else None
        if do == "choose":
            self.choose(message.get("turn"), message.get("number"))
        elif do == "replay":
            self.replay()
        elif do == "new":
            self.new_case()

    def choose(self, turn: Any, number: Any) -> None:
        """Take what was offered under a number in a turn; late or odd messages change nothing."""
        offered, now = self._script.choices, len(self.progress.moves)
        if turn == now and type(number) is int and 0 <= number < len(offered):
            moves = (*self.progress.moves, str(offered[number].move))
            self.progress = replace(self.progress, moves=moves)
            self.played = self.drama.play(self.progress.seed, moves)
            if self.drama.over(self.played):
                ended = (self.progress.seed, self.progress.cast, moves)
                self.progress = replace(self.progress, finished=(*self.progress.finished, ended))
            self._keep()
        else:
            self._show()  # the page may wait for an answer

    def replay(self) -> None:
        """Begin the same case again: same people, same luck."""
        self._begin(self.progress.seed, self.progress.cast)

    def new_case(self) -> None:
        """Begin a case with other people and other luck; only when the one at hand is over."""
        if self.drama.over(self.played):
            number = len({seed for seed, _cast, _moves in self.progress.finished})
            self._begin(self.drama.seed(self.base, number), self._cast(number))

    def _begin(self, seed: int, cast: str) -> None:
        self.progress = replace(self.progress, seed=seed, cast=cast, moves=())
        self.played = self.drama.play(seed, ())
        self._keep()

    def _keep(self) -> None:
        self.problem = self.store.put(self.key, self.progress.as_json())
        self._show()

    # --- what the learner sees ---

    def _written(self) -> Script:
        return self.drama.script(self.played, self.progress.cast)

    def _show(self) -> None:
        self._script = self._written()
        self.scene = self._scene()

    def _scene(self) -> dict[str, Any]:
        script, done = self._script, self.drama.over(self.played)
        scene = {
            "play": len(self.progress.finished) - done,
            "turn": len(self.progress.moves),
            "stage": asdict(self.drama.stage(self.played, self.progress.cast)),
            "lines": [[line.who, line.text, line.when] for line in script.lines],
            "prompt": script.prompt,
            # The move's name would tell what a choice is for.
            "choices": [[choice.kind, choice.text] for choice in script.choices],
            "problem": self.problem or " ".join(self.store.notices),
            "reveal": None,
            "compare": None,
            "labels": _labels(),
        }
        if done:
            scene["reveal"] = asdict(self.drama.reveal(self.played, self.progress.cast))
            compared = self.drama.compare(self._plays_of_this_case())
            scene["compare"] = asdict(compared) if compared is not None else None
        return scene

    def _plays_of_this_case(self) -> list[Any]:
        same = [each for each in self.progress.finished if each[0] == self.progress.seed]
        return [self.drama.play(seed, moves) for seed, _cast, moves in reversed(same)]


def _labels() -> dict[str, str]:
    return {
        "skip": _("Show all at once"),
        "replay": _("Replay: same people, same luck"),
        "action": _("You"),
        "waiting": _("No answer from the notebook. Run this cell again; nothing is lost."),
        "reveal": _("What was really going on"),
        "turns": _("Turn by turn"),
        "compare": _("What if: the same people, the same luck"),
        "this": _("this play"),
        "earlier": _("play {number}"),
    }


def show_roleplay(name: str = "lead", *, folder: Path | None = None) -> Any:
    """Return a role-play's view, to be a cell's last value; nothing while nbgrader runs.

    Args:
        name: which, as in ``course/widgets/*/plays/NAME.py``.
        folder: where the work is kept; by default where the notebook runs.
    """
    if grading():
        return None

    def make() -> RolePlay:
        drama, work = find(name), Work(folder)
        return RolePlay(drama, work.store, work.seed)

    return show_once(("roleplay", folder, name), make)
