"""Taking in what a learner handed in: untrusted files in, plain data and a clean notebook out.

The notebook that is graded is rebuilt from the assignment's own specification. Of a learner's it
takes the text of answers and of cells that are the learner's own, and nothing else. What cannot be
taken in is refused with a reason; what can be mended is mended, with a note.
"""

from course.grading.intake.allowance import Allowance
from course.grading.intake.model import Intake, Refusal
from course.grading.intake.take import take_in

__all__ = ["Allowance", "Intake", "Refusal", "take_in"]
