"""What the person at the terminal sees of a run: a bar while it goes, a table when it has ended."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console, Group
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from course.grading.report import STATUSES, UNGRADED, Entry, Report

__all__ = ["Bar", "Quiet", "Watcher", "show_progress", "summary"]

_STYLES = {
    "graded": "green",
    "crashed": "red",
    "timed out": "red",
    "refused": "red",
    "failed": "red",
}
_SLOW = 2.0  # seconds after which it is worth saying who is being waited for
_MOST = 50  # lines of reasons; all are in the JSON report and in the run's record


class Watcher(Protocol):
    """Is told how a run goes on."""

    def begin(self, total: int) -> None:
        """Hear how many submissions there are."""

    def ended(self, entry: Entry) -> None:
        """Hear what became of one."""

    def running(self, seconds: Mapping[str, float]) -> None:
        """Hear, now and then, whose work runs now, and for how long it has."""


class Quiet:
    """Says nothing."""

    def begin(self, total: int) -> None:
        """Ignore it."""

    def ended(self, entry: Entry) -> None:
        """Ignore it."""

    def running(self, seconds: Mapping[str, float]) -> None:
        """Ignore it."""


class Bar:
    """A progress bar with counts, the time left, and who is being waited for."""

    def __init__(self, progress: Progress) -> None:
        """Show it on ``progress``."""
        self._progress = progress
        self._task = progress.add_task("", total=None, slowest="")
        self._troubled = 0

    def begin(self, total: int) -> None:
        """Show how many there are."""
        self._progress.update(self._task, total=total)

    def ended(self, entry: Entry) -> None:
        """Count it."""
        self._troubled += entry.status in UNGRADED
        trouble = f"[red]{self._troubled} in trouble[/red]" if self._troubled else ""
        self._progress.update(self._task, advance=1, description=trouble)

    def running(self, seconds: Mapping[str, float]) -> None:
        """Show who is slowest."""
        student = max(seconds, key=seconds.__getitem__, default="")
        slow = bool(student) and seconds[student] >= _SLOW
        said = f"waiting for {escape(student)}: {seconds[student]:.0f} s" if slow else ""
        self._progress.update(self._task, slowest=said)


@contextmanager
def show_progress(console: Console) -> Iterator[Watcher]:
    """Show a bar while the context lasts; nothing if nobody is at the terminal."""
    if not console.is_terminal:
        yield Quiet()
        return
    columns = (
        TextColumn("Grading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("·"),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
        TextColumn("[dim]{task.fields[slowest]}[/dim]"),
    )
    with Progress(*columns, console=console, transient=True, refresh_per_second=5) as progress:
        yield Bar(progress)


def summary(report: Report) -> Group:
    """Return the counts, and the reasons of those that were not graded in full."""
    totals = report.totals
    table = Table(
        title=f"{escape(report.assignment)}: {totals['submissions']} submissions", show_header=False
    )
    table.add_column("")
    table.add_column("", justify="right")
    for status in STATUSES:
        if totals[status] or status == "graded":
            style = _STYLES.get(status, "")
            table.add_row(status, str(totals[status]), style=style)
    table.add_section()
    for name in ("unchanged", "for a person", "left"):
        if totals[name]:
            said = {"unchanged": "of these, unchanged", "for a person": "of these, for a person"}
            table.add_row(said.get(name, "not reached"), str(totals[name]))
    parts: list[Table | str] = [table]
    told = [entry for entry in report.entries if entry.reasons or entry.notes]
    if told:
        reasons = Table("student", "", "why, and what was found", show_lines=False)
        for entry in told[:_MOST]:
            style = _STYLES.get(entry.status, "") if entry.status != "graded" else ""
            lines = "\n".join(
                map(escape, filter(None, (*entry.reasons, entry.problem, *entry.notes)))
            )
            reasons.add_row(escape(entry.student), entry.status, lines, style=style)
        parts.append(reasons)
        if len(told) > _MOST:
            parts.append(f"… and {len(told) - _MOST} more; --json lists all of them.")
    done = len(report.entries) - totals["unchanged"]
    parts.append(f"{done} graded now in {report.seconds:.1f} s.")
    return Group(*parts)
