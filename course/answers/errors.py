"""Errors that a learner may meet: one clear sentence, never a traceback."""

__all__ = ["CourseError", "Unfinished", "WrongAnswer"]


class CourseError(Exception):
    """Something went wrong that the reader can put right; the message says how."""

    def _render_traceback_(self) -> list[str]:
        # IPython calls this instead of printing the stack: learners get the sentence alone, in the
        # notebook, under `nbgrader validate` and in the feedback.
        return [str(self)]


class WrongAnswer(CourseError, ValueError):  # noqa: N818 (said to learners: not an error of theirs)
    """A stored answer has the wrong type or names something the question does not have."""


class Unfinished(CourseError):  # noqa: N818 (a state, not a fault)
    """A graded task is not complete yet; raised under ``nbgrader validate`` only."""
