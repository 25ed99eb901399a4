"""What learners see and touch: forms, simulators, charts.

Floor: widgets. Views know models, cases and answers; none of those knows a view. Importing this
package loads no widget library: a homework that is being graded needs none.
"""

from collections.abc import Callable
from typing import Any

from course.answers import grading

__all__ = ["show_after", "show_form", "show_hand_in", "show_learner"]


def show_form(form_id: str) -> Any:
    """Return the view of a form, to be a cell's last value; nothing while nbgrader runs."""
    if grading():
        return None
    from course.widgets.form import form_view

    return form_view(form_id)


def show_learner() -> Any:
    """Return the line that says, or asks, who the learner is; nothing while nbgrader runs."""
    if grading():
        return None
    from course.widgets.learner import learner_view

    return learner_view()


def show_hand_in() -> Any:
    """Return the button that packs the homework; nothing while nbgrader runs the cell."""
    if grading():
        return None
    from course.widgets.handin import hand_in_view

    return hand_in_view()


def show_after(form_id: str, make: Callable[[], Any]) -> Any:
    """Return the view that ``make`` makes once the prediction ``form_id`` was committed."""
    if grading():
        return None
    from course.widgets.gate import gate

    return gate(form_id, make)
