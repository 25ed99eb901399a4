"""Six weeks in the group chat of one brokered deal."""

from collections.abc import Sequence

from course.models.lead import Kind
from course.models.lead.chat import draw, over, play
from course.models.lead.chat_terms import TURNS, Move, Party, Play
from course.text import _
from course.widgets.lead.chat_content import cast_of, load
from course.widgets.lead.chat_reveal import compare, reveal
from course.widgets.lead.chat_script import write
from course.widgets.roleplay.drama import Comparison, Reveal, Script, Speaker, Stage
from course.widgets.roleplay.progress import case_seed

__all__ = ["drama"]


class _Chat:
    """The drama; see :class:`course.widgets.roleplay.drama.Drama`."""

    name = "lead"

    def __init__(self) -> None:
        self.content = load()
        self.casts = [str(cast["id"]) for cast in self.content["casts"]]

    def seed(self, base: int, number: int) -> int:
        """First a deal in which what is done matters; later ones as luck has it."""
        return case_seed(base, number, _telling)

    def play(self, seed: int, moves: Sequence[str]) -> Play:
        return play([Move(move) for move in moves], seed)

    def over(self, play: Play) -> bool:
        return over(play.state)

    def stage(self, play: Play, cast: str) -> Stage:
        people = cast_of(self.content, cast)
        week = TURNS[play.state.turn - over(play.state)].week
        return Stage(
            title=people["group"],
            speakers=(
                *(
                    Speaker(
                        side,
                        people[side]["name"],
                        f"{people[side]['role']}, {people[side]['firm']}, {people[side]['city']}",
                    )
                    for side in ("customer", "vendor")
                ),
                Speaker("broker", self.content["broker"], mine=True),
            ),
            log=_("Group chat"),
            steps=tuple(str(number) for number in range(1, TURNS[-1].week + 1)),
            now=week - 1,
            now_name=_("Week {week}").format(week=week),
            new=_("A new deal"),
        )

    def script(self, play: Play, cast: str) -> Script:
        return write(self.content, play, cast)

    def reveal(self, play: Play, cast: str) -> Reveal:
        return reveal(self.content, play, cast, self.script(play, cast).chosen)

    def compare(self, plays: Sequence[Play]) -> Comparison | None:
        return compare(plays)


def _telling(seed: int) -> bool:
    """Say whether both want it and the vendor is of the conditional type; one in three is so."""
    people = draw(seed).people
    conditional = people[Party.VENDOR].kind == Kind.CONDITIONAL
    return conditional and all(person.willing for person in people)


def drama() -> _Chat:
    """Return the role-play; raises CourseError if its content cannot be used."""
    return _Chat()
