"""Lesson 03's views: the expert's desk, the case, the rehearsal."""

from course.widgets.priority.simulator import show_desk

__all__ = ["show_desk"]
