"""The rows of nbgrader's gradebook for a batch of submissions.

What is there is read at once, what is missing is made and what changes is written at once: a dozen
statements, whatever the size of the batch. The students are there already. The rules are nbgrader's
own: a submission is made as nbgrader makes it; a grade waits for a person if it has a manual score
or no automatic one; a notebook that was not handed in scores zero; manual scores, extra credit and
the comments of people are never touched.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from nbgrader import api
from nbgrader.api import new_uuid
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from course.grading.record.marks import Mark

__all__ = ["Batch", "Grades", "NotebookRows", "Penalty", "Saved", "read_notebooks"]

# Returns the penalty for a notebook, or None: (student, score, seconds late).
Penalty = Callable[[str, float, float], float | None]
Row = dict[str, Any]
Rows = dict[tuple[str, str], Row]


@dataclass(frozen=True)
class Grades:
    """What is to be saved of a submission.

    ``marks`` and ``comments`` are by notebook; a notebook of the assignment that is not in
    ``marks`` was not handed in. ``timestamp`` is UTC; None leaves an earlier one, as nbgrader does.
    In ``unread`` notebooks the tasks are flagged as well, since nobody could read them.
    """

    student: str
    timestamp: datetime | None
    marks: Mapping[str, Sequence[Mark]]
    comments: Mapping[str, Mapping[str, str | None]]
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Saved:
    """What the gradebook says of a submission: ``score`` counts manual scores and extra credit,
    but not the penalty; ``manual`` says whether a person still has to look."""

    score: float
    penalty: float
    seconds_late: float
    manual: bool


@dataclass(frozen=True)
class NotebookRows:
    """A notebook's id and those of its cells, by name; graded ones with their points."""

    id: str
    graded: dict[str, tuple[str, float]] = field(default_factory=dict)
    commented: dict[str, str] = field(default_factory=dict)
    tasks: set[str] = field(default_factory=set)


def read_notebooks(session: Session, assignment: str) -> dict[str, NotebookRows]:
    """Return the notebooks of an assignment, which is given by its id, by name."""
    found = session.execute(
        select(api.Notebook.id, api.Notebook.name).where(api.Notebook.assignment_id == assignment)
    )
    named = {id_: (name, NotebookRows(id_)) for id_, name in found}
    by_id = {id_: book for id_, (_name, book) in named.items()}
    for kind in (api.GradeCell, api.TaskCell):
        query = select(kind.notebook_id, kind.name, kind.id, kind.max_score)
        for notebook, name, cell, maximum in session.execute(
            query.where(kind.notebook_id.in_(by_id))
        ):
            by_id[notebook].graded[name] = (cell, maximum)
            if kind is api.TaskCell:
                by_id[notebook].commented[name] = cell
                by_id[notebook].tasks.add(name)
    answer = api.SolutionCell
    query = select(answer.notebook_id, answer.name, answer.id)
    for notebook, name, cell in session.execute(query.where(answer.notebook_id.in_(by_id))):
        by_id[notebook].commented[name] = cell
    return dict(named.values())


class Batch:
    """Brings the rows of some submissions up to date, in a transaction of somebody else's."""

    def __init__(
        self,
        session: Session,
        assignment: str,
        notebooks: Mapping[str, NotebookRows],
        seconds_late: Callable[[datetime | None, timedelta | None], float],
    ) -> None:
        """Work on an assignment, given by its id; ``seconds_late`` is of timestamp, extension."""
        self._session = session
        self._assignment = assignment
        self._notebooks = notebooks
        self._seconds_late = seconds_late

    def save(self, batch: Sequence[Grades], penalty: Penalty | None) -> dict[str, Saved]:
        """Save the batch; without a ``penalty`` rule, penalties stay as they are."""
        submissions = self._submissions(batch)
        books = self._rows(
            api.SubmittedNotebook,
            ("assignment_id", "notebook_id", "late_submission_penalty"),
            [
                (submission["id"], book.id)
                for submission in submissions.values()
                for book in self._notebooks.values()
            ],
        )
        columns = ("notebook_id", "cell_id", "auto_score", "manual_score", "extra_credit")
        grades = self._rows(
            api.Grade,
            (*columns, "needs_manual_grade"),
            self._cells(books, lambda book: (cell for cell, _top in book.graded.values())),
            needs_manual_grade=True,  # until there is a grade
        )
        comments = self._rows(
            api.Comment,
            ("notebook_id", "cell_id", "auto_comment"),
            self._cells(books, lambda book: book.commented.values()),
        )
        changed: dict[Any, list[Row]] = defaultdict(list)
        saved = {}
        for one in batch:
            submission = submissions[one.student]
            late = self._seconds_late(submission["timestamp"], submission["extension"])
            score, lost, manual = 0.0, 0.0, False
            for name, book in self._notebooks.items():
                row = books[submission["id"], book.id]
                own = {
                    cell_name: grades[row["id"], cell]
                    for cell_name, (cell, _top) in book.graded.items()
                }
                changed[api.Grade] += _grade(one, name, book, own)
                said = one.comments.get(name, {})
                for cell_name, cell in book.commented.items():
                    comment = comments[row["id"], cell]
                    changed[api.Comment] += _differing(comment, auto_comment=said.get(cell_name))
                earned = sum(map(_score, own.values()))
                if penalty is not None:
                    due = late > 0 and name in one.marks
                    taken = penalty(one.student, earned, late) if due else None
                    changed[api.SubmittedNotebook] += _differing(row, late_submission_penalty=taken)
                score += earned
                lost += row["late_submission_penalty"] or 0.0
                manual = manual or any(grade["needs_manual_grade"] for grade in own.values())
            saved[one.student] = Saved(score, lost, late, manual)
        for model, rows in changed.items():
            if rows:
                self._session.execute(update(model), rows)
        return saved

    def _submissions(self, batch: Sequence[Grades]) -> dict[str, Row]:
        """Return the rows of the submissions, by student, with the new timestamps."""
        rows = self._rows(
            api.SubmittedAssignment,
            ("assignment_id", "student_id", "timestamp", "extension"),
            [(self._assignment, one.student) for one in batch],
        )
        submissions = {student: row for (_assignment, student), row in rows.items()}
        stamped = [
            change
            for one in batch
            if one.timestamp is not None
            for change in _differing(submissions[one.student], timestamp=one.timestamp)
        ]
        if stamped:
            self._session.execute(update(api.SubmittedAssignment), stamped)
        return submissions

    def _cells(
        self, books: Rows, cells: Callable[[NotebookRows], Iterable[str]]
    ) -> list[tuple[str, str]]:
        by_id = {book.id: list(cells(book)) for book in self._notebooks.values()}
        return [
            (row["id"], cell) for (_sub, notebook), row in books.items() for cell in by_id[notebook]
        ]

    def _rows(
        self,
        model: Any,
        columns: Sequence[str],
        wanted: Sequence[tuple[str, str]],
        **defaults: Any,
    ) -> Rows:
        """Return the rows whose first two columns are ``wanted``; make those that are not there."""
        first, second = (getattr(model, name) for name in columns[:2])
        query = select(model.id, *(getattr(model, name) for name in columns)).where(
            first.in_({one for one, _other in wanted}),
            second.in_({other for _one, other in wanted}),
        )
        rows: Rows = {
            (row[columns[0]], row[columns[1]]): dict(row)
            for row in self._session.execute(query).mappings()
        }
        new: Rows = {
            key: {
                "id": new_uuid(),
                **dict.fromkeys(columns),
                **defaults,
                columns[0]: key[0],
                columns[1]: key[1],
            }
            for key in wanted
            if key not in rows
        }
        self._insert(model, list(new.values()))
        return rows | new

    def _insert(self, model: Any, rows: list[Row]) -> None:
        if rows:
            self._session.execute(insert(model), rows)


def _grade(one: Grades, name: str, book: NotebookRows, rows: Mapping[str, Row]) -> list[Row]:
    """Bring a notebook's grades, by cell, up to date; return the changes."""
    if name not in one.marks:  # not handed in: as in nbgrader, nothing earned, nothing to look at
        return [
            change
            for row in rows.values()
            for change in _differing(row, auto_score=0.0, needs_manual_grade=False)
        ]
    changes = []
    for mark in one.marks[name]:
        row = rows[mark.cell]
        flag = mark.flag or mark.points is None or row["manual_score"] is not None
        changes += _differing(row, auto_score=mark.points, needs_manual_grade=flag)
    if name in one.unread:
        for task in book.tasks:
            changes += _differing(rows[task], auto_score=0.0, needs_manual_grade=True)
    return changes


def _differing(row: Row, **values: Any) -> list[Row]:
    """Put values into a row; return the change to write, if it is one."""
    if all(row[name] == value for name, value in values.items()):
        return []
    row.update(values)
    return [{"id": row["id"], **values}]


def _score(grade: Row) -> float:
    """Return a grade's score by nbgrader's rule: a person's goes before the automatic one."""
    given = grade["manual_score"]
    if given is None:
        given = grade["auto_score"]
    return 0.0 if given is None else float(given) + float(grade["extra_credit"] or 0.0)
