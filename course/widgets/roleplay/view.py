"""A role-play in the chat of one deal: choose what to write, read what comes back, be told why.

The view shows what a participant could see. Who the others are and what luck brings stays in Python
until the play is over. Moves and finished plays are kept in the sidecar, so that a play survives
re-running its cell and reloading the page.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from course.answers import Store, Work, grading
from course.models.lead.chat import over, play
from course.models.lead.chat_terms import TURNS, Play
from course.text import _
from course.widgets.page import show_once
from course.widgets.roleplay.content import cast_of, load
from course.widgets.roleplay.progress import Progress, deal_seed
from course.widgets.roleplay.reveal import compare, reveal
from course.widgets.roleplay.script import Script, write

__all__ = ["RolePlay", "show_roleplay"]

_HERE = Path(__file__)


class RolePlay(anywidget.AnyWidget):
    """The chat. The front end sends ``choose`` (turn, number), ``replay`` and ``new``.

    Attributes:
        scene: all that the front end shows, nothing more.
        played: the play at hand, with what is hidden.
    """

    _esm = _HERE.with_suffix(".js").read_text(encoding="utf-8")
    _css = _HERE.with_suffix(".css").read_text(encoding="utf-8")
    scene = traitlets.Dict().tag(sync=True)

    def __init__(self, name: str, store: Store, base: int) -> None:
        """Take up what is stored, or begin the first deal.

        Args:
            name: which role-play.
            store: where progress is kept, under ``roleplay_<name>``.
            base: the learner's seed, from which the deals' seeds come.
        """
        self.content, self.store, self.base = load(name), store, base
        self.key, self.problem = f"roleplay_{name}", ""
        self.progress = self._stored() or Progress(deal_seed(base, 0), self._cast(0))
        self.played: Play = play(self.progress.moves, self.progress.seed)
        self._script = self._written()
        super().__init__(scene=self._scene())
        self.on_msg(self._on_message)

    def _cast(self, deal: int) -> str:
        casts = self.content["casts"]
        return str(casts[deal % len(casts)]["id"])

    def _stored(self) -> Progress | None:
        value = self.store[self.key].value
        if value is None:
            return None
        try:
            return Progress.from_json(value, self.content)
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
            self.new_deal()

    def choose(self, turn: Any, number: Any) -> None:
        """Take what was offered under a number in a turn; late or odd messages change nothing."""
        offered = self._script.choices
        if turn == self.played.state.turn and type(number) is int and 0 <= number < len(offered):
            moves = (*self.progress.moves, offered[number].move)
            self.progress = replace(self.progress, moves=moves)
            self.played = play(moves, self.progress.seed)
            if over(self.played.state):
                ended = (self.progress.seed, self.progress.cast, moves)
                self.progress = replace(self.progress, finished=(*self.progress.finished, ended))
            self._keep()
        else:
            self._show()  # the page may wait for an answer

    def replay(self) -> None:
        """Begin the same deal again: same people, same luck."""
        self._begin(self.progress.seed, self.progress.cast)

    def new_deal(self) -> None:
        """Begin a deal with other people and other luck; only when the one at hand is over."""
        if over(self.played.state):
            deal = len({seed for seed, _cast, _moves in self.progress.finished})
            self._begin(deal_seed(self.base, deal), self._cast(deal))

    def _begin(self, seed: int, cast: str) -> None:
        self.progress = replace(self.progress, seed=seed, cast=cast, moves=())
        self.played = play((), seed)
        self._keep()

    def _keep(self) -> None:
        self.problem = self.store.put(self.key, self.progress.as_json())
        self._show()

    # --- what the learner sees ---

    def _written(self) -> Script:
        return write(self.content, self.played, self.progress.cast)

    def _show(self) -> None:
        self._script = self._written()
        self.scene = self._scene()

    def _scene(self) -> dict[str, Any]:
        script, state = self._script, self.played.state
        cast = cast_of(self.content, self.progress.cast)
        done = over(state)
        week = TURNS[state.turn - done].week
        same = [each for each in self.progress.finished if each[0] == self.progress.seed]
        return {
            "play": len(self.progress.finished) - done,
            "turn": state.turn,
            "week": week,
            "weeks": TURNS[-1].week,
            "weekName": _("Week {week}").format(week=week),
            "title": self.content["title"],
            "group": cast["group"],
            "people": {
                side: {
                    "name": cast[side]["name"],
                    "call": cast[side]["call"],
                    "about": f"{cast[side]['role']}, {cast[side]['firm']}, {cast[side]['city']}",
                }
                for side in ("customer", "vendor")
            }
            | {"broker": {"name": self.content["broker"], "call": _("You"), "about": ""}},
            "lines": [[line.who, line.text, line.time] for line in script.lines],
            "prompt": script.prompt,
            "choices": [[choice.kind, choice.text] for choice in script.choices],
            "problem": self.problem or " ".join(self.store.notices),
            "reveal": reveal(self.content, self.played, self.progress.cast, script.chosen)
            if done
            else None,
            "compare": compare(self.content, [play(m, s) for s, _cast, m in reversed(same)])
            if done
            else None,
            "labels": _labels(),
        }


def _labels() -> dict[str, str]:
    return {
        "log": _("Group chat"),
        "skip": _("Show all at once"),
        "replay": _("Replay: same people, same luck"),
        "new": _("A new deal"),
        "action": _("You"),
        "waiting": _("No answer from the notebook. Run this cell again; nothing is lost."),
        "reveal": _("What was really going on"),
        "chart": _("What your part was worth in their eyes, % of the deal"),
        "fee": _("your fee"),
        "turns": _("Turn by turn"),
        "compare": _("What if: the same people, the same luck"),
        "this": _("this play"),
        "earlier": _("play {number}"),
        "others": _("And whoever had kept to one manner all the way:"),
        "yes": _("wanted the deal"),
        "no": _("did not want it"),
    }


def show_roleplay(name: str = "lead", *, folder: Path | None = None) -> Any:
    """Return a role-play's view, to be a cell's last value; nothing while nbgrader runs."""
    if grading():
        return None

    def make() -> RolePlay:
        work = Work(folder)
        return RolePlay(name, work.store, work.seed)

    return show_once(("roleplay", folder, name), make)
