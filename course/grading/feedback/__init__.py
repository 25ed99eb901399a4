"""Feedback: for every graded submission a page that says what earned what, and why."""

from course.grading.feedback.write import Written, write_feedback

__all__ = ["Written", "write_feedback"]
