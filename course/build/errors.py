"""What an author reads when a source cannot be built."""

from pathlib import Path

from course.answers.errors import CourseError

__all__ = ["BuildError"]


class BuildError(CourseError):
    """A source is malformed; the message names the file, the line where known, and the cure."""

    def __init__(self, path: Path, problem: str, *, line: int | None = None) -> None:
        """Make the message ``path:line: problem``."""
        place = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{place}: {problem}")
