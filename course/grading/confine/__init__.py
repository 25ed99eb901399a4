"""Jails: submissions are programs of strangers, and get nothing to read, write or send."""

from course.grading.confine.choose import choose
from course.grading.confine.doctor import Finding, examine
from course.grading.confine.jail import Confined, Jail, NoConfinementError, Unconfined

__all__ = ["Confined", "Finding", "Jail", "NoConfinementError", "Unconfined", "choose", "examine"]
