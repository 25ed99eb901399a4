"""What went wrong at the desk, said so that a learner can act on it."""

from course.answers.errors import CourseError

__all__ = ["DeskError"]


class DeskError(CourseError):
    """The working folder or its JupyterLab cannot be had; the message is for the user to read."""
