"""The learner's desk: a working folder with the course in it, and a JupyterLab opened there.

Learners never work in the generated folders, so no build can overwrite anybody's work.
"""

from course.desk.content import Content, find_content
from course.desk.errors import DeskError
from course.desk.running import Server
from course.desk.server import open_course, running_course
from course.desk.workspace import Report, lay_out

__all__ = [
    "Content",
    "DeskError",
    "Report",
    "Server",
    "find_content",
    "lay_out",
    "open_course",
    "running_course",
]
