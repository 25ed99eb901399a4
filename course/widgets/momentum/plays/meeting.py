"""The meeting after "we are satisfied", and the three weeks after it."""

from collections.abc import Sequence

from course.models.momentum.meeting import draw, follow, over, play
from course.models.momentum.meeting_state import Play
from course.models.momentum.meeting_terms import RULES, TURNS, Ending, Money, Move, Party
from course.text import _
from course.widgets.momentum.meeting.content import LAST_WEEK, cast_of, load, week
from course.widgets.momentum.meeting.manners import THROTTLE, WAITING, compare
from course.widgets.momentum.meeting.reveal import reveal
from course.widgets.momentum.meeting.script import write
from course.widgets.roleplay.drama import Comparison, Reveal, Script, Speaker, Stage
from course.widgets.roleplay.progress import case_seed

__all__ = ["drama"]


class _Meeting:
    """The drama; see :class:`course.widgets.roleplay.drama.Drama`."""

    name = "meeting"

    def __init__(self) -> None:
        self.content = load()
        self.casts = [str(cast["id"]) for cast in self.content["casts"]]

    def seed(self, base: int, number: int) -> int:
        """First a case in which what is done matters; later ones as luck has it."""
        return case_seed(base, number, _telling)

    def play(self, seed: int, moves: Sequence[str]) -> Play:
        return play([Move(move) for move in moves], seed)

    def over(self, play: Play) -> bool:
        return over(play.state)

    def stage(self, play: Play, cast: str) -> Stage:
        people = cast_of(self.content, cast)
        now = week(TURNS[play.state.turn - over(play.state)].day)
        return Stage(
            title=_("{firm}: after the presentation").format(firm=people["firm"]),
            speakers=(
                *(
                    Speaker(side, people[side]["name"], people[side]["role"])
                    for side in ("contact", "boss")
                ),
                Speaker("me", self.content["me"], mine=True),
            ),
            log=_("Meeting and chat"),
            steps=tuple(str(number) for number in range(1, LAST_WEEK + 1)),
            now=now - 1,
            now_name=_("Week {week}").format(week=now),
            new=_("Another customer"),
        )

    def script(self, play: Play, cast: str) -> Script:
        return write(self.content, play, cast)

    def reveal(self, play: Play, cast: str) -> Reveal:
        return reveal(self.content, play, cast, self.script(play, cast).chosen)

    def compare(self, plays: Sequence[Play]) -> Comparison | None:
        return compare(self.content, plays)


def _telling(seed: int) -> bool:
    """Say whether there is money, the first question meets a stall, and conduct decides."""
    luck = draw(seed)
    if luck.money is not Money.THIS_YEAR or luck.answers[0] < RULES.tells[Party.BOSS]:
        return False
    best, worst = follow(THROTTLE, seed).state.ending, follow(WAITING, seed).state.ending
    return best is Ending.FUNDED and worst is Ending.STALLED


def drama() -> _Meeting:
    """Return the role-play; raises CourseError if its content cannot be used."""
    return _Meeting()
