"""Schedule: filled in like the table that it is."""

from course.widgets.inputs.table import Input

__all__ = ["Input"]
