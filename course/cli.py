"""One command, thin: every verb calls one function of a lower floor and says what it did."""

import io
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

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
        app()
    except (CourseError, OSError) as error:
        Console(stderr=True, highlight=False, soft_wrap=True).print(str(error), markup=False)
        sys.exit(1)
