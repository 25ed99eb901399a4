"""The specification of an assignment: all that grading needs to know of it, read once."""

from course.grading.spec.model import Assignment, CellSpec, Kind, NotebookSpec, SpecError
from course.grading.spec.read import read_assignment

__all__ = ["Assignment", "CellSpec", "Kind", "NotebookSpec", "SpecError", "read_assignment"]
