"""Lesson 02's views: one customer as an engine beside many as curves, the case, the rehearsal."""

from course.widgets.momentum.show import show_engine

__all__ = ["show_engine"]
