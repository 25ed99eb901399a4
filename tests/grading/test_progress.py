"""What is shown of a run, and what is counted."""

import io
import json

from rich.console import Console

from course.grading.progress import Quiet, show_progress, summary
from course.grading.report import Entry, Report


def console(*, terminal: bool) -> tuple[Console, io.StringIO]:
    file = io.StringIO()
    return Console(file=file, force_terminal=terminal, width=160, color_system=None), file


def shown(report: Report) -> str:
    here, file = console(terminal=False)
    here.print(summary(report))
    return file.getvalue()


ENTRIES = [
    Entry("anna", "graded", score=5.0, maximum=6.0),
    Entry("bob", "crashed", reasons=("It used [too] much.",), manual=True),
    Entry("cem", "not attempted", unchanged=True),
    Entry("[b]dora", "failed", reasons=("A fault.",), problem="the disk is full"),
    Entry("eve", "graded", notes=("The notebook was renamed.",)),
]


def test_a_bar_says_how_many_and_who_is_being_waited_for() -> None:
    here, file = console(terminal=True)
    with show_progress(here) as watcher:
        watcher.begin(3)
        watcher.ended(ENTRIES[0])
        watcher.running({"cem": 1.0, "[b]dora": 12.4})
        watcher.ended(ENTRIES[1])
    said = file.getvalue()
    assert "2/3" in said
    assert "1 in trouble" in said
    assert "waiting for [b]dora: 12 s" in said


def test_nobody_is_told_of_those_that_are_quick() -> None:
    here, file = console(terminal=True)
    with show_progress(here) as watcher:
        watcher.begin(1)
        watcher.running({"anna": 0.5})
        watcher.running({})
    assert "waiting" not in file.getvalue()


def test_without_a_terminal_nothing_is_shown() -> None:
    here, file = console(terminal=False)
    with show_progress(here) as watcher:
        watcher.begin(1)
        watcher.ended(ENTRIES[0])
        watcher.running({"anna": 100.0})
    assert isinstance(watcher, Quiet)
    assert file.getvalue() == ""


def test_a_summary_counts_honestly_and_gives_reasons() -> None:
    said = shown(Report("ps1", "plain", ENTRIES, seconds=2.0, interrupted=True, left=7))
    lines = {line.strip("│ ").partition("│")[0].strip(): line for line in said.splitlines()}
    assert "ps1: 12 submissions" in said
    for name, count in {
        "graded": 2,
        "not attempted": 1,
        "crashed": 1,
        "failed": 1,
        "of these, unchanged": 1,
        "of these, for a person": 1,
        "not reached": 7,
    }.items():
        assert f" {count} " in lines[name], name
    assert "refused" not in said
    assert "It used [too] much." in said
    assert "the disk is full" in said
    assert "[b]dora" in said
    assert "The notebook was renamed." in said
    assert "4 graded now in 2.0 s" in said


def test_a_long_list_of_reasons_is_cut() -> None:
    entries = [Entry(f"s{n}", "refused", reasons=("It is empty.",)) for n in range(60)]
    said = shown(Report("ps1", "plain", entries))
    assert said.count("It is empty.") == 50
    assert "10 more" in said


def test_the_exit_code_tells_how_it_ended() -> None:
    assert Report("ps1", "plain", ENTRIES[:1]).exit_code == 0
    assert Report("ps1", "plain", [ENTRIES[2]]).exit_code == 0
    assert Report("ps1", "plain", ENTRIES).exit_code == 2
    assert Report("ps1", "plain", ENTRIES, interrupted=True).exit_code == 130
    assert json.loads(Report("ps1", "plain", ENTRIES).to_json())["totals"]["submissions"] == 5
