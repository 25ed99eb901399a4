"""What the gradebook says: points, penalties and comments, a person's own included."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import create_engine, make_url, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from course.answers import CourseError

__all__ = [
    "FeedbackError",
    "Mark",
    "NotebookMarks",
    "SubmissionMarks",
    "open_gradebook",
    "read_marks",
]

_BATCH = 100  # submissions read at once: few queries, little memory
_NO_RESPONSE = "No response."  # nbgrader's own comment on an answer cell nobody touched


class FeedbackError(CourseError):
    """No feedback can be written; the message says why and what to do."""


@dataclass(frozen=True)
class Mark:
    """The points of one graded cell; ``automatic`` are those given before any person looked.

    ``waiting``: a person has to look at it yet.
    """

    score: float
    maximum: float
    automatic: float | None = None
    extra: float = 0.0
    waiting: bool = False

    @property
    def open(self) -> bool:
        """Whether nobody and nothing has given points yet."""
        return self.waiting and self.automatic is None and not self.score


@dataclass(frozen=True)
class NotebookMarks:
    """One notebook of a submission: marks by cell name, what was said by cell name, the penalty.

    ``comments`` are a person's, ``remarks`` the grader's own; ``untouched`` names answer cells that
    came back as they were handed out.
    """

    name: str
    marks: Mapping[str, Mark] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    untouched: frozenset[str] = frozenset()
    penalty: float = 0.0

    @property
    def earned(self) -> float:
        """Points before the penalty."""
        return sum(mark.score for mark in self.marks.values())

    @property
    def score(self) -> float:
        """Points that count, as nbgrader counts them, yet never below zero."""
        return max(0.0, self.earned - self.penalty)

    @property
    def maximum(self) -> float:
        """Points there are to earn."""
        return sum(mark.maximum for mark in self.marks.values())


@dataclass(frozen=True)
class SubmissionMarks:
    """A student's submission of an assignment. Times are UTC, without a time zone."""

    student: str
    name: str
    assignment: str
    notebooks: tuple[NotebookMarks, ...]
    handed_in: datetime | None = None
    due: datetime | None = None


@contextmanager
def open_gradebook(url: str) -> Iterator[Session]:
    """Open a gradebook for reading; FeedbackError if there is none or it cannot be read."""
    try:
        parsed = make_url(url)
        file = parsed.database if parsed.get_backend_name() == "sqlite" else None
        if file and not Path(file).is_file():  # else SQLite would make an empty one
            raise FeedbackError(
                f"There is no gradebook {file}. Run this in the course folder, after grading."
            )
        engine = create_engine(parsed)
        try:
            with Session(engine) as session:
                yield session
        finally:
            engine.dispose()
    except SQLAlchemyError as error:
        reason = getattr(error, "orig", None) or error
        raise FeedbackError(f"The gradebook cannot be read: {reason}") from error


def read_marks(
    session: Session, assignment: str, students: Sequence[str] = ()
) -> Iterator[SubmissionMarks]:
    """Yield the submissions of an assignment in order of student; ``students`` limits them.

    FeedbackError if the gradebook does not know the assignment.
    """
    found = session.scalars(select(Assignment).where(Assignment.name == assignment)).one_or_none()
    if found is None:
        known = ", ".join(sorted(session.scalars(select(Assignment.name)))) or "none"
        raise FeedbackError(
            f"The gradebook does not know the assignment {assignment}; it knows: {known}. "
            f"Run: nbgrader generate_assignment {assignment}"
        )
    notebooks = {each.id: each.name for each in found.notebooks}
    points = {
        cell.id: (cell.name, float(cell.max_score))
        for notebook in found.notebooks
        for cell in (*notebook.grade_cells, *notebook.task_cells)
    }
    names = {
        cell.id: cell.name
        for notebook in found.notebooks
        for cell in (*notebook.solution_cells, *notebook.task_cells)
    }
    query = (
        select(
            SubmittedAssignment.id,
            Student.id,
            Student.first_name,
            Student.last_name,
            SubmittedAssignment.timestamp,
            SubmittedAssignment.extension,
        )
        .join(Student, Student.id == SubmittedAssignment.student_id)
        .where(SubmittedAssignment.assignment_id == found.id)
        .order_by(Student.id)
    )
    if students:
        query = query.where(Student.id.in_(students))
    rows = session.execute(query).all()
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        read = _read_notebooks(session, [row[0] for row in batch], notebooks, points, names)
        for key, student, first, last, handed_in, extension in batch:
            due = found.duedate
            yield SubmissionMarks(
                student=student,
                name=" ".join(filter(None, (first, last))),
                assignment=assignment,
                notebooks=tuple(sorted(read[key], key=lambda each: each.name)),
                handed_in=handed_in,
                due=due + extension if due and extension else due,
            )


def _read_notebooks(
    session: Session,
    submissions: Sequence[str],
    notebooks: Mapping[str, str],
    points: Mapping[str, tuple[str, float]],
    names: Mapping[str, str],
) -> Mapping[str, list[NotebookMarks]]:
    columns = (
        SubmittedNotebook.id,
        SubmittedNotebook.assignment_id,
        SubmittedNotebook.notebook_id,
        SubmittedNotebook.late_submission_penalty,
    )
    where = SubmittedNotebook.assignment_id.in_(submissions)
    found = session.execute(select(*columns).where(where)).all()
    keys = [row[0] for row in found]
    marks: dict[str, dict[str, Mark]] = defaultdict(dict)
    for key, cell, score, automatic, extra, waiting in session.execute(
        select(
            Grade.notebook_id,
            Grade.cell_id,
            Grade.score,
            Grade.auto_score,
            Grade.extra_credit,
            Grade.needs_manual_grade,
        ).where(Grade.notebook_id.in_(keys))
    ):
        if cell in points:
            name, maximum = points[cell]
            marks[key][name] = Mark(
                float(score or 0.0), maximum, automatic, float(extra or 0.0), bool(waiting)
            )
    comments: dict[str, dict[str, str]] = defaultdict(dict)
    remarks: dict[str, dict[str, str]] = defaultdict(dict)
    untouched: dict[str, set[str]] = defaultdict(set)
    for key, cell, automatic, own in session.execute(
        select(
            Comment.notebook_id, Comment.cell_id, Comment.auto_comment, Comment.manual_comment
        ).where(Comment.notebook_id.in_(keys))
    ):
        name = names.get(cell, "")
        automatic = automatic or ""
        if automatic.startswith(_NO_RESPONSE):
            untouched[key].add(name)
            automatic = automatic.removeprefix(_NO_RESPONSE)
        if automatic.strip():
            remarks[key][name] = automatic.strip()
        if own and own.strip():
            comments[key][name] = own
    read: dict[str, list[NotebookMarks]] = defaultdict(list)
    for key, submission, notebook, penalty in found:
        read[submission].append(
            NotebookMarks(
                name=notebooks[notebook],
                marks=marks[key],
                comments=comments[key],
                remarks=remarks[key],
                untouched=frozenset(untouched[key]),
                penalty=float(penalty or 0.0),
            )
        )
    return read
