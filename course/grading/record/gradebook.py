"""nbgrader's gradebook, opened once for a run and written a batch of submissions at a time.

nbgrader opens the database and commits many times for each notebook; here a batch is one
transaction. Its own models are used and its rows are the same, on SQLite and PostgreSQL.
"""

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from nbgrader import api
from sqlalchemy import create_engine, insert, make_url, select
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from course.answers import CourseError
from course.grading.record.rows import Batch, Grades, Penalty, Saved, read_notebooks

__all__ = ["Gradebook", "GradebookError", "RowError", "Standing"]

_OPTIONS: dict[str, dict[str, Any]] = {
    "pysqlite": {"timeout": 60},  # seconds for a lock of somebody else's, such as the formgrader's
    # A prepared statement keeps the plan that was made while the gradebook was small: it reads
    # whole tables, for ever.
    "psycopg": {"prepare_threshold": None},
}


class GradebookError(CourseError):
    """The gradebook cannot be used; the message says why."""


class RowError(GradebookError):
    """The gradebook does not take what it was given; it may take something else."""


@dataclass(frozen=True)
class Standing:
    """What stands in the gradebook; ``scores`` are automatic ones, by “notebook/cell”."""

    saved: Saved
    scores: Mapping[str, float | None]


class Gradebook:
    """The gradebook of a course folder, opened for one assignment, which it has to know."""

    def __init__(self, url: str, assignment: str) -> None:
        """Open the database and read what it knows of the assignment's cells."""
        self._engine = create_engine(
            url, connect_args=_OPTIONS.get(make_url(url).get_driver_name(), {})
        )
        with self._errors(), Session(self._engine) as session:
            self._id, self._due = session.execute(
                select(api.Assignment.id, api.Assignment.duedate).where(
                    api.Assignment.name == assignment
                )
            ).one()
            self._notebooks = read_notebooks(session, self._id)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @property
    def maximum(self) -> float:
        """The points of the assignment."""
        return sum(top for book in self._notebooks.values() for _id, top in book.graded.values())

    def known_students(self, students: Iterable[str]) -> set[str]:
        """Return those of the students that the gradebook has."""
        with self._errors(), Session(self._engine) as session:
            return set(
                session.scalars(select(api.Student.id).where(api.Student.id.in_(list(students))))
            )

    def standing(self, students: Sequence[str]) -> dict[str, Standing]:
        """Return what the gradebook says now of those students who have a submission."""
        names = {
            cell: f"{name}/{cell_name}"
            for name, book in self._notebooks.items()
            for cell_name, (cell, _top) in book.graded.items()
        }
        submission, notebook, grade = api.SubmittedAssignment, api.SubmittedNotebook, api.Grade
        query = (
            select(
                *(submission.student_id, submission.timestamp, submission.extension),
                *(notebook.id, notebook.late_submission_penalty, grade.cell_id, grade.auto_score),
                *(grade.score, grade.needs_manual_grade),
            )
            .join(notebook, notebook.assignment_id == submission.id)
            .join(grade, grade.notebook_id == notebook.id)
            .where(submission.assignment_id == self._id, submission.student_id.in_(students))
        )
        late: dict[str, float] = {}
        penalties: dict[str, dict[str, float]] = defaultdict(dict)
        scores: dict[str, dict[str, float | None]] = defaultdict(dict)
        totals: dict[str, float] = defaultdict(float)
        manual: dict[str, bool] = defaultdict(bool)
        with self._errors(), Session(self._engine) as session:
            for student, when, extension, book, lost, cell, auto, score, flag in session.execute(
                query
            ):
                late[student] = self._seconds_late(when, extension)
                penalties[student][book] = lost or 0.0
                scores[student][names.get(cell, cell)] = auto
                totals[student] += score
                manual[student] |= flag
        return {
            student: Standing(
                Saved(totals[student], sum(penalties[student].values()), seconds, manual[student]),
                scores[student],
            )
            for student, seconds in late.items()
        }

    def save(self, batch: Sequence[Grades], penalty: Penalty | None) -> dict[str, Saved]:
        """Save a batch in one transaction: all of it, or nothing and an error.

        ``penalty`` is the rule for late work; None leaves penalties as they are. RowError if it
        is in the data, GradebookError if the gradebook cannot be written.
        """
        with self._errors():
            self._add_students({one.student for one in batch})
            with Session(self._engine) as session, session.begin():
                return Batch(session, self._id, self._notebooks, self._seconds_late).save(
                    batch, penalty
                )

    def _add_students(self, students: set[str]) -> None:
        """Make those who are new, in a short transaction of its own.

        The grading of another assignment may be making the same: nobody must wait for its batch,
        and, with all making theirs in the same order, no two wait for each other.
        """
        for again in (True, False):
            try:
                with Session(self._engine) as session, session.begin():
                    there = select(api.Student.id).where(api.Student.id.in_(students))
                    new = sorted(students - set(session.scalars(there)))
                    if new:
                        session.execute(insert(api.Student), [{"id": name} for name in new])
                return
            except IntegrityError:  # one was made elsewhere since we looked
                if not again:
                    raise

    def _seconds_late(self, timestamp: datetime | None, extension: timedelta | None) -> float:
        """Return nbgrader's ``total_seconds_late``."""
        if timestamp is None or self._due is None:
            return 0.0
        late = timestamp - (self._due + (extension or timedelta()))
        return max(0.0, float(late.total_seconds()))

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error)
            where = self._engine.url.render_as_string(hide_password=True)
            kind = RowError if isinstance(error, (DataError, IntegrityError)) else GradebookError
            raise kind(f"The gradebook {where} cannot be written or read: {reason}") from error
