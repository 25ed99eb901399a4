"""A learner's work: what is asked (forms), where it is kept (store), what it earns (score).

Floor: answers. Plain Python and a JSON Schema checker; no notebook, widget or nbgrader is needed.
"""

from course.answers.errors import CourseError, Unfinished, WrongAnswer
from course.answers.forms import Form, FormSet, warm_up
from course.answers.mode import grading
from course.answers.score import grade
from course.answers.scorecard import Example, Scorecard
from course.answers.store import Store
from course.answers.work import Work, begin

__all__ = [
    "CourseError",
    "Example",
    "Form",
    "FormSet",
    "Scorecard",
    "Store",
    "Unfinished",
    "Work",
    "WrongAnswer",
    "begin",
    "grade",
    "grading",
    "warm_up",
]
