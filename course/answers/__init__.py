"""A learner's work: what is asked (forms), where it is kept (store), what it earns (score).

Floor: answers. Plain Python and a JSON Schema checker; nothing here knows notebooks' widgets or nbgrader.
"""

from course.answers.errors import CourseError, Unfinished, WrongAnswer
from course.answers.forms import Form, FormSet
from course.answers.score import Case, Scorecard, grade
from course.answers.store import Store
from course.answers.work import Work, begin, grading

__all__ = [
    "Case",
    "CourseError",
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
]
