"""Records what became of submissions: gradebook, autograded notebooks, and the run's own record."""

from course.grading.record.gradebook import Gradebook, GradebookError, Standing
from course.grading.record.journal import Busy, Journal, Key
from course.grading.record.recorder import Finished, Recorder

__all__ = [
    "Busy",
    "Finished",
    "Gradebook",
    "GradebookError",
    "Journal",
    "Key",
    "Recorder",
    "Standing",
]
