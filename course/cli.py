"""One command, thin: every verb calls one function of a lower floor and says what it did."""

import io
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from typer import rich_utils
from typer.exceptions import TyperException

from course import __version__
from course.answers import CourseError
from course.text import _, ngettext

__all__ = ["app", "main"]

app = typer.Typer(
    help="Lead the Deal: lessons you play, homework that is graded.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
say = Console(highlight=False, soft_wrap=True)
ROOT = Path(__file__).parents[1]

Folder = Annotated[Path, typer.Option(help="The learner's working folder.", show_default=True)]


@app.command()
def start(
    folder: Folder = Path("my-course"),
    port: Annotated[int, typer.Option(help="First port to try.", min=1, max=65535)] = 8888,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
) -> None:
    """Make or update the working folder and open the course in JupyterLab."""
    from course.desk import lay_out, open_course

    for line in lay_out(folder).lines():
        say.print(line, markup=False)
    open_course(folder, port=port, browser=browser)


@app.command()
def submit(
    lesson: Annotated[str, typer.Argument(help="Such as 01_leading_the_deal.")] = "",
    folder: Annotated[Path, typer.Option(help="The working folder, or any inside it.")] = Path(),
    learner: Annotated[str, typer.Option(help="Your id, if the homework does not know it.")] = "",
) -> None:
    """Pack a homework into one zip file to send to the instructor."""
    from course.answers.handin import find_homework, hand_in
    from course.answers.learner import clean_id

    done = hand_in(find_homework(folder, lesson), learner_id=clean_id(learner) if learner else "")
    for note in done.notes:
        say.print(note, markup=False)
    for title, items in done.open_items.items():
        count = ngettext("{count} thing is", "{count} things are", len(items))
        note = _("“{title}”: {count} still open. You can finish and hand in again.")
        say.print(note.format(title=title, count=count.format(count=len(items))), markup=False)
    say.print(
        _("Homework {lesson} of {learner} is packed. Send this file to your instructor:").format(
            lesson=done.lesson, learner=done.learner_id
        ),
        markup=False,
    )
    say.print(f"  {done.path}", markup=False)


@app.command()
def build(
    check: Annotated[
        bool, typer.Option("--check", help="Compare only; exit code 1 if anything differs.")
    ] = False,
) -> None:
    """Make notebooks/, solutions/ and exercises/ from course/lessons/ (for authors)."""
    from course.build.lessons import find_lessons
    from course.build.tree import build_tree, differences, write_tree

    _expect_sources()
    tree = build_tree(find_lessons())
    if check:
        found = differences(tree, ROOT)
        for line in found:
            say.print(line, markup=False)
        if found:
            say.print("Run “make build” and commit what it writes.", markup=False)
            raise typer.Exit(1)
        say.print(f"All {len(tree)} generated files are up to date.", markup=False)
        return
    touched = write_tree(tree, ROOT)
    for path in touched:
        say.print(f"  {path}", markup=False)
    say.print(f"{len(touched)} of {len(tree)} generated files changed.", markup=False)


@app.command()
def new(
    slug: Annotated[str, typer.Argument(help="Such as 07_renewals: number_name.")],
) -> None:
    """Start a new lesson: a folder under course/lessons/ that builds and passes its tests."""
    from course.build.scaffold import scaffold

    _expect_sources()
    folder = scaffold(slug)
    say.print(f"Made {folder.relative_to(ROOT)}:", markup=False)
    for path in sorted(folder.iterdir()):
        say.print(f"  {path.name}", markup=False)
    say.print("Edit them, then: make build && make quick", markup=False)


@app.command()
def feedback(
    assignment: Annotated[str, typer.Argument(help="Such as 01_leading_the_deal.")],
    student: Annotated[
        list[str] | None, typer.Option(help="Only this student; may be given several times.")
    ] = None,
    show_tests: Annotated[
        bool, typer.Option("--show-tests", help="Show the tests, too: not for learners.")
    ] = False,
    course_dir: Annotated[
        Path | None, typer.Option(help="The nbgrader course folder, if not this one.")
    ] = None,
) -> None:
    """Write the feedback pages of a graded assignment (for instructors)."""
    from course.grading.feedback import write_feedback
    from course.grading.folder import CourseFolder

    coursedir = CourseFolder.open(course_dir).coursedir
    written = write_feedback(coursedir, assignment, student or (), show_tests=show_tests)
    for name, reason in written.skipped.items():
        say.print(f"No page for {name}: {reason}", markup=False)
    where = coursedir.format_path(coursedir.feedback_directory, "*", assignment)
    count = ngettext("{count} page", "{count} pages", len(written.pages))
    say.print(f"{count.format(count=len(written.pages))} in {where}", markup=False)
    if written.skipped:
        raise typer.Exit(2)


@app.command(name="grade")
def grade_submissions(
    assignment: Annotated[str, typer.Argument(help="The assignment's name.")],
    student: Annotated[
        list[str] | None, typer.Option(help="Whose work to grade; may be given again.")
    ] = None,
    jobs: Annotated[
        int, typer.Option(help="How many at once; 0: one for each processor.", min=0)
    ] = 0,
    scheduler: Annotated[
        str, typer.Option(help="Run on the workers of this Dask scheduler, as tcp://host:8786.")
    ] = "",
    unconfined: Annotated[
        bool, typer.Option("--unconfined", help="Run without a jail: I trust every submission.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Grade again what has not changed.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report as one JSON document.")
    ] = False,
    watch: Annotated[
        bool,
        typer.Option("--watch", help="Go on: grade what arrives, and release the feedback."),
    ] = False,
    course_dir: Annotated[
        Path | None, typer.Option(help="The nbgrader course folder, if not this one.")
    ] = None,
) -> None:
    """Grade what was handed in, in place of “nbgrader autograde” (for instructors).

    Ends with 0 if every submission was graded, 2 if some could not be graded in full (they are
    recorded, with a reason), 1 if the run could not be done, 130 if it was interrupted; the same
    command again goes on from there.
    """
    from course.grading.command import Where
    from course.grading.progress import summary

    if watch:
        from course.grading.watch import watch as run
    else:
        from course.grading.command import grade as run

    report = run(
        assignment,
        console=Console(stderr=True, highlight=False, soft_wrap=True),
        where=Where(jobs=jobs, scheduler=scheduler, unconfined=unconfined),
        root=course_dir,
        students=student or (),
        force=force,
    )
    if as_json:
        sys.stdout.write(report.to_json() + "\n")
    else:
        say.print(summary(report))
    raise typer.Exit(report.exit_code)


@app.command()
def doctor(
    course_dir: Annotated[
        Path | None, typer.Option(help="The nbgrader course folder, if not this one.")
    ] = None,
) -> None:
    """Say what this machine can do for grading, and whether the course folder is well.

    Ends with 1 if “course grade” cannot run here.
    """
    from course.grading.checkup import examine_folder, verdict
    from course.grading.confine import examine

    findings = [*examine(), verdict(), *examine_folder(course_dir)]
    for finding in findings:
        mark = "✓" if finding.well else "✗"
        say.print(f"{mark} {finding.subject}: {finding.sentence}", markup=False)
        if not finding.well:
            say.print(f"    {finding.cure}", markup=False)
    # The rest may be unwell, and course grade still runs.
    needed = [one.well for one in findings if one.subject in ("grading", "settings")]
    raise typer.Exit(0 if all(needed) else 1)


def _expect_sources() -> None:
    from course.build.lessons import LESSONS

    if not LESSONS.is_dir():
        raise CourseError(
            "This is an installed course: it has no author sources. Clone the project to change it."
        )


@app.callback(invoke_without_command=True)
def about(
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    """Lead the Deal: lessons you play, homework that is graded."""
    if version:
        say.print(f"Lead the Deal {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command; what a person can put right is one sentence, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that cannot print 李雷 is no reason
    try:
        sys.exit(app(standalone_mode=False))
    except TyperException as error:  # a wrong option, as typer itself shows it
        rich_utils.rich_format_error(error)  # type: ignore[arg-type]  # its name of old
        sys.exit(1)
    except (CourseError, OSError) as error:
        Console(stderr=True, highlight=False, soft_wrap=True).print(str(error), markup=False)
        sys.exit(1)
