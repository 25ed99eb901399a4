"""One folder's work: its questions, the learner's answers, and who the learner is."""

import warnings
from pathlib import Path
from typing import Any

from course.answers.errors import CourseError
from course.answers.forms import FormSet
from course.answers.learner import clean_id, known_id, remember, variant_seed
from course.answers.store import Store

__all__ = ["Work", "begin"]

_folder: Path | None = None


def begin() -> None:
    """Make a notebook's first cell: remember its folder and keep warnings out of graded output.

    The folder is remembered because a learner's code may change the working directory. Warnings go
    because nbgrader takes all points of a cell that writes to stderr, and a library's deprecation
    notice is not the learner's mistake.
    """
    global _folder
    _folder = Path.cwd()
    warnings.simplefilter("ignore")


class Work:
    """The questions of a folder and a learner's answers to them."""

    def __init__(self, folder: Path | None = None) -> None:
        """Read the forms and answers in ``folder`` (the notebook's own by default)."""
        self.folder = folder or _folder or Path.cwd()
        self.forms = FormSet.load(self.folder)
        self.store = Store(self.folder)

    def __getitem__(self, form_id: str) -> Any:
        """Return the answer to a question in its kind's type; None if there is none yet."""
        return self.forms[form_id].read(self.store[form_id].value)

    @property
    def learner_id(self) -> str:
        """The learner's id, or an empty string if nobody said it yet.

        The sidecar comes first: its variant is the one the learner worked on, whoever hands it in.
        """
        stored = self.store.learner.get("id")
        if isinstance(stored, str) and stored:
            try:
                return clean_id(stored)
            except CourseError:  # hand-edited: ask again
                pass
        return known_id(self.folder)[0]

    def identify(self, typed: str) -> str:
        """Keep the learner's id in the sidecar; return why it could not be kept, if so.

        Raises :class:`CourseError` with a proposal if the text cannot be an id.
        """
        learner = {"id": clean_id(typed), "given": typed}
        problem = self.store.identify(learner, course=self.forms.course, lesson=self.forms.lesson)
        if not problem:
            remember(self.folder, learner["id"])
        return problem

    @property
    def seed(self) -> int:
        """The seed of the learner's variant; that of the id "" until the learner is known."""
        return variant_seed(self.forms.course, self.learner_id)
