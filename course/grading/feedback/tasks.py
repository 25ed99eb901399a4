"""A graded notebook, task by task: the points, why, and the learner's own work that earned them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

from course.grading.feedback.failures import Failure, failures
from course.grading.feedback.marks import Mark, NotebookMarks
from course.grading.feedback.notebooks import Cell, Outline, outline
from course.grading.feedback.prose import prose
from course.grading.feedback.shown import Allowance, Shown, left_out, picture, show_outputs
from course.grading.feedback.text import highlighted
from course.grading.feedback.verdict import Verdict, read_verdict

__all__ = ["Body", "Known", "Task", "Work", "read_body"]

Outcome = Literal["full", "part", "none", "untouched", "waiting", "unchecked"]


@dataclass(frozen=True)
class Work:
    """A cell of the learner's own. ``untouched``: it came back as it was handed out."""

    kind: Literal["code", "markdown"]
    html: Markup
    shown: tuple[Shown, ...] = ()
    failures: tuple[Failure, ...] = ()
    untouched: bool = False


@dataclass(frozen=True)
class Task:
    """One graded cell. ``comments`` are a person's, ``remarks`` the grader's own.

    ``tested``: it is a test, not an answer that a person grades; ``missing``: the submission does
    not have it. ``test`` is its source, for instructors.
    """

    title: str
    mark: Mark
    outcome: Outcome
    verdict: Verdict = field(default_factory=Verdict)
    work: tuple[Work, ...] = ()
    comments: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    seconds: float | None = None
    tested: bool = False
    missing: bool = False
    test: Markup = field(default_factory=Markup)


@dataclass(frozen=True)
class Body:
    """All tasks of a notebook in order, and what learners added below the last of them.

    ``comments`` and ``remarks`` are those that belong to no task of the submission.
    """

    tasks: tuple[Task, ...]
    rest: tuple[Work, ...] = ()
    comments: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """What is known besides the graded notebook.

    ``released`` is the outline of the released notebook (empty if there is none); ``hints`` and the
    ``labels`` of a form's parts are by task.
    """

    released: Outline = field(default_factory=Outline)
    hints: Mapping[str, Sequence[str]] = field(default_factory=dict)
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    show_tests: bool = False


@dataclass
class _Group:
    """The cells of one task: what learners wrote, and the graded cell itself."""

    own: list[Cell]
    graded: Cell | None = None


def read_body(cells: Sequence[Cell], marks: NotebookMarks, known: Known) -> Body:
    """Take a graded notebook apart. Every mark in the gradebook becomes a task, cell or no cell."""
    room = Allowance()
    titles = {**outline(cells).tasks, **known.released.tasks}
    counted = {c.count: c for c in cells if c.count is not None and _is_own(c, known.released)}
    said = _Said(marks)
    tasks: dict[str, Task] = {}
    rest: tuple[Work, ...] = ()
    for group in _grouped(cells, known.released, frozenset(marks.marks)):
        work = tuple(_work(cell, marks, known.released, counted, room) for cell in group.own)
        cell = group.graded
        names = [each.name for each in (*group.own, *([cell] if cell else ()))]
        if cell is None:
            rest = work
            continue
        verdict = _verdict(cell, counted, known, room) if cell.tested else Verdict()
        mark = marks.marks[cell.name]
        outcome = _outcome(mark, verdict, untouched=cell.name in marks.untouched)
        stuck = outcome in ("part", "none", "untouched")
        tasks[cell.name] = Task(
            title=titles[cell.name],
            mark=mark,
            outcome=outcome,
            verdict=verdict,
            work=work,
            comments=said.comments(names),
            remarks=tuple(r for r in said.remarks(names) if not _repeated(r, verdict)),
            hints=(*verdict.hints, *known.hints.get(cell.name, ())) if stuck else (),
            seconds=cell.seconds if cell.tested else None,
            tested=cell.tested,
            test=highlighted(cell.source) if known.show_tests and cell.tested else Markup(),
        )
    for name in [*known.released.tasks, *marks.marks]:
        if name in marks.marks and name not in tasks:
            mark = marks.marks[name]
            tasks[name] = Task(
                title=titles.get(name, name),
                mark=mark,
                outcome=_outcome(mark, Verdict(), missing=True),
                comments=said.comments([name]),
                remarks=said.remarks([name]),
                missing=True,
            )
    return Body(tuple(tasks.values()), rest, said.comments(), said.remarks())


def _verdict(cell: Cell, counted: Mapping[int, Cell], known: Known, room: Allowance) -> Verdict:
    visible = known.released.lines.get(cell.name, frozenset())
    return read_verdict(cell, counted, visible, known.labels.get(cell.name, ()), room)


class _Said:
    """Comments and remarks, each handed out once."""

    def __init__(self, marks: NotebookMarks) -> None:
        self._comments, self._remarks = dict(marks.comments), dict(marks.remarks)

    def comments(self, names: Iterable[str] | None = None) -> tuple[str, ...]:
        return _taken(self._comments, names)

    def remarks(self, names: Iterable[str] | None = None) -> tuple[str, ...]:
        return _taken(self._remarks, names)


def _taken(said: dict[str, str], names: Iterable[str] | None) -> tuple[str, ...]:
    wanted = list(said) if names is None else [name for name in names if name in said]
    return tuple(dict.fromkeys(said.pop(name) for name in dict.fromkeys(wanted)))


def _grouped(cells: Sequence[Cell], released: Outline, graded: frozenset[str]) -> list[_Group]:
    """Give each of the learner's cells to the graded cell it belongs to.

    That is the next one below it; for a task cell, under which learners add their own, the one
    above. The last group, without a graded cell, is what is left.
    """
    groups: list[_Group] = []
    waiting: list[Cell] = []
    open_task: _Group | None = None
    seen: set[str] = set()
    for cell in cells:
        is_graded = (cell.grade or cell.task) and cell.name in graded and cell.name not in seen
        if cell.name or (cell.kind == "markdown" and not _is_own(cell, released)):
            open_task = None  # the instructor goes on to something else
        if is_graded:
            seen.add(cell.name)
            group = _Group([*waiting, cell] if cell.solution else waiting, cell)
            groups.append(group)
            waiting = []
            open_task = group if cell.task else None
        elif _is_own(cell, released):
            (open_task.own if open_task else waiting).append(cell)
    return [*groups, _Group(waiting)]


def _is_own(cell: Cell, released: Outline) -> bool:
    """Whether a learner wrote the cell: an answer, or one that was added or changed."""
    if cell.solution:
        return True
    if cell.grade or cell.task or cell.locked or not cell.source.strip():
        return False
    if not released.sources:  # nobody can say which prose was there before
        return cell.kind == "code"
    return (cell.kind, cell.source) not in released.sources


def _work(
    cell: Cell,
    marks: NotebookMarks,
    released: Outline,
    counted: Mapping[int, Cell],
    room: Allowance,
) -> Work:
    if cell.name in marks.untouched or (cell.kind, cell.source) in released.sources:
        return Work(cell.kind, Markup(), untouched=True)
    source, cut = room.take(cell.source)
    shown = [left_out()] if cut else []
    if cell.kind == "markdown":
        return Work(cell.kind, prose(source), (*shown, *_attached(cell, room)))
    shown += show_outputs(cell.outputs, room)
    failed = failures(cell.outputs, counted)[: max(0, room.outputs)]
    room.outputs -= len(failed)
    return Work(cell.kind, highlighted(source.strip("\n")), tuple(shown), failed)


def _attached(cell: Cell, room: Allowance) -> Iterable[Shown]:
    """Yield the pictures that were pasted into a Markdown cell."""
    for attached in list(cell.attachments.values())[:20]:
        if isinstance(attached, Mapping):
            for mime in ("image/png", "image/jpeg"):
                if isinstance(data := attached.get(mime), str):
                    yield picture(mime, data, room)


def _repeated(remark: str, verdict: Verdict) -> bool:
    """Whether the test's own output says the same: where a test did not run, both do."""
    return any(each.message and each.message in remark for each in verdict.failures)


def _outcome(
    mark: Mark, verdict: Verdict, *, untouched: bool = False, missing: bool = False
) -> Outcome:
    if mark.waiting:
        return "waiting"
    if mark.score >= mark.maximum > 0:
        return "full"
    if mark.score > 0:
        return "part"
    if missing or any(each.kind == "not run" for each in verdict.failures):
        return "unchecked"
    return "untouched" if untouched or not verdict.attempted else "none"
