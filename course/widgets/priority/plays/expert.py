"""Eight weeks with one expert, who has a dozen other requesters."""

from collections.abc import Sequence

from course.models.priority.talk import draw, over, play, value
from course.models.priority.talk_state import Fate, Play
from course.models.priority.talk_terms import TURNS, Kpi, Move, Temper
from course.text import _
from course.widgets.priority.talk_compare import MANNERS, compare, follow
from course.widgets.priority.talk_content import cast_of, load
from course.widgets.priority.talk_reveal import reveal
from course.widgets.priority.talk_script import write
from course.widgets.priority.talk_told import EYE
from course.widgets.roleplay.drama import Comparison, Reveal, Script, Speaker, Stage
from course.widgets.roleplay.progress import case_seed

__all__ = ["drama"]


class _Talk:
    """The drama; see :class:`course.widgets.roleplay.drama.Drama`."""

    name = "expert"

    def __init__(self) -> None:
        self.content = load()
        self.casts = [str(cast["id"]) for cast in self.content["casts"]]

    def seed(self, base: int, number: int) -> int:
        """First an expert with whom conduct matters; later ones as luck has it."""
        return case_seed(base, number, _telling)

    def play(self, seed: int, moves: Sequence[str]) -> Play:
        return play([Move(move) for move in moves], seed)

    def over(self, play: Play) -> bool:
        return over(play.state)

    def stage(self, play: Play, cast: str) -> Stage:
        people = cast_of(self.content, cast)
        week = TURNS[play.state.turn - over(play.state)].week
        project = people["project"]
        return Stage(
            title=project[0].upper() + project[1:],
            speakers=(
                *(
                    Speaker(side, people[side]["name"], f"{people[side]['role']}, {people['firm']}")
                    for side in ("expert", "leader")
                ),
                Speaker("customer", people["words"]["c"], people["words"]["cs"]),
                Speaker("me", self.content["me"], mine=True),
            ),
            log=_("Messages"),
            steps=tuple(str(number) for number in range(1, TURNS[-1].week + 1)),
            now=week - 1,
            now_name=_("Week {week}").format(week=week),
            new=_("Another expert"),
        )

    def script(self, play: Play, cast: str) -> Script:
        return write(self.content, play, cast)

    def reveal(self, play: Play, cast: str) -> Reveal:
        return reveal(self.content, play, cast, self.script(play, cast).chosen)

    def compare(self, plays: Sequence[Play]) -> Comparison | None:
        return compare(plays)


def _telling(seed: int) -> bool:
    """Say whether manner matters: anger wins the first request and loses the rest, reasons carry.

    One seed in eight is so.
    """
    expert = draw(seed).expert
    if expert.temper is not Temper.YIELDS or expert.kpi is Kpi.WINS or expert.eye < EYE:
        return False
    anger, bare, _gifts, record = (follow(manner, seed).state for manner in MANNERS)
    shows = anger.fates[0] is Fate.ON_TIME and value(anger) < 0.5
    return shows and value(bare) < 0.5 and value(record) >= 0.8


def drama() -> _Talk:
    """Return the role-play; raises CourseError if its content cannot be used."""
    return _Talk()
