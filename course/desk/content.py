"""Find what the course ships to learners: the built lessons, homework and start page."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from course.desk.errors import DeskError
from course.text import _

__all__ = ["PACKAGE", "START_PAGE", "Content", "find_content"]

PACKAGE = Path(__file__).resolve().parent.parent
START_PAGE = "START.md"

# A learner's answers may lie beside a notebook that somebody opened where it was built.
NEVER_SHIPPED = frozenset({"answers.json", "__pycache__"})


@dataclass(frozen=True)
class Content:
    """The two built folders: ``notebooks`` (start page and lessons) and ``exercises``."""

    notebooks: Path
    exercises: Path

    def files(self) -> dict[PurePosixPath, Path]:
        """Map each file's place in a working folder to the file that is shipped there."""
        shipped: dict[PurePosixPath, Path] = {}
        for built, place in ((self.notebooks, "lessons"), (self.exercises, "homework")):
            for file in _walk(built):
                inside = PurePosixPath(file.relative_to(built).as_posix())
                # The start page lies at the top of both; everything else has its own folder.
                shipped[inside if len(inside.parts) == 1 else PurePosixPath(place) / inside] = file
        return shipped


def find_content(package: Path = PACKAGE) -> Content:
    """Return what an installed package carries, else what ``make build`` wrote beside it.

    Raises :class:`DeskError` if neither is there.
    """
    roots = (package / "content", package.parent)
    for root in roots:
        content = Content(root / "notebooks", root / "exercises")
        if (content.notebooks / START_PAGE).is_file():
            return content
    raise DeskError(
        _(
            "The lessons are not built yet: there is no {page} in {folder}. "
            "Run “make build” in the folder of the course, then try again."
        ).format(page=START_PAGE, folder=roots[-1] / "notebooks")
    )


def _walk(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.name in NEVER_SHIPPED:
            continue
        if entry.is_dir():
            yield from _walk(entry)
        elif entry.is_file():
            yield entry
