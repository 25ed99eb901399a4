"""Whether a course folder can be graded: what ``course doctor`` says of it."""

from collections.abc import Iterator
from pathlib import Path

from nbgrader.api import Assignment
from sqlalchemy import create_engine, make_url, select
from sqlalchemy.exc import SQLAlchemyError

from course.answers import CourseError
from course.grading.confine import Finding, NoConfinementError, choose
from course.grading.folder import CourseFolder, FolderError
from course.grading.spec import read_assignment

__all__ = ["examine_folder", "verdict"]


def verdict() -> Finding:
    """Return whether ``course grade`` can run on this machine."""
    try:
        jail = choose()
    except NoConfinementError as error:
        return Finding("grading", "`course grade` does not run here.", str(error))
    return Finding("grading", f"`course grade` runs here, by {jail.name}.")


def examine_folder(root: Path | None = None) -> Iterator[Finding]:
    """Yield what there is to say of a course folder: its settings, gradebook and assignments."""
    subject = "settings"
    try:
        folder = CourseFolder.open(root)
    except FolderError as error:
        yield Finding(subject, str(error), "Correct it. (nbgrader itself would go on without.)")
        return
    read = ", ".join(folder.app.loaded_config_files) or "none found; nbgrader's defaults hold"
    yield Finding(subject, f"Read without an error: {read}.")
    yield from _gradebook(folder)


def _gradebook(folder: CourseFolder) -> Iterator[Finding]:
    url = make_url(folder.coursedir.db_url)
    where = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        yield Finding(
            "gradebook",
            f"There is none yet: {where}.",
            "Make it with `nbgrader generate_assignment`, or go to the course folder.",
        )
        return
    try:
        engine = create_engine(url)
        with engine.connect() as connection:
            names = list(connection.scalars(select(Assignment.name).order_by(Assignment.name)))
        engine.dispose()
    except (SQLAlchemyError, ImportError) as error:  # ImportError: the database's own package
        yield Finding(
            "gradebook",
            f"{where} cannot be read: {getattr(error, 'orig', None) or error}",
            "Start its server, or correct c.CourseDirectory.db_url. After an upgrade of nbgrader, "
            "back it up and run `nbgrader db upgrade`.",
        )
        return
    yield Finding("gradebook", f"{where} can be read. Assignments in it: {len(names)}.")
    for name in names:
        try:
            spec = read_assignment(folder, name)
        except CourseError as error:
            yield Finding(name, "It cannot be graded.", str(error))
        else:
            cells = sum(len(one.nbgrader_cells) for one in spec.notebooks)
            handed_in = len(folder.submissions(name))
            counts = f"notebooks {len(spec.notebooks)}, cells {cells}, handed in {handed_in}"
            yield Finding(name, f"It can be graded: {counts}.")
