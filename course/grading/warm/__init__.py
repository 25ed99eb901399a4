"""Warm interpreters: imports are paid for once, and every submission gets a fork."""

from course.grading.warm.client import Warm, WarmError
from course.grading.warm.exits import Exit

__all__ = ["Exit", "Warm", "WarmError"]
