"""The learner's version of homework, cut by nbgrader itself.

The only caller of nbgrader's ``generate_assignment`` in the package, so that what the build writes
to ``exercises/`` is what the instructor's own ``nbgrader generate_assignment`` writes.
"""

import logging
import tempfile
from collections.abc import Mapping
from pathlib import Path

from course.build.errors import BuildError

__all__ = ["release"]


def release(slug: str, source: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the release version of one assignment: file name → content.

    ``source`` holds the files of the assignment's source folder. No database is touched.
    """
    # Imported late: it takes seconds, and only building needs it.
    from nbgrader.converters.base import NbGraderException
    from nbgrader.converters.generate_assignment import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        where = root / "source" / slug
        where.mkdir(parents=True)
        for name, content in source.items():
            (where / name).write_bytes(content)
        config = Config()
        config.SaveCells.enabled = False  # what nbgrader's own --no-db sets
        course = CourseDirectory(root=str(root), assignment_id=slug)
        converter = GenerateAssignment(coursedir=course, config=config, no_database=True)
        converter.log = logging.getLogger("course.build.release")
        converter.log.setLevel(logging.ERROR)
        try:
            converter.start()
        except NbGraderException as error:
            raise BuildError(Path(slug), f"nbgrader could not release it: {error}") from error
        made = root / "release" / slug
        return {path.name: path.read_bytes() for path in sorted(made.iterdir())}
