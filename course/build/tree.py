"""The generated folders as a whole: built in memory, compared, written."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from course.answers.files import write_atomically
from course.answers.forms import FORMS_FILE, SCHEMA_VERSION
from course.answers.store import ANSWERS_FILE
from course.build.errors import BuildError
from course.build.lessons import Lesson
from course.build.notebooks import HOMEWORK, homework_notebook, lesson_notebook
from course.build.release import release
from course.build.startpage import START, start_page

__all__ = ["COURSE_ID", "Tree", "build_tree", "differences", "write_tree"]

COURSE_ID = "lead-the-deal"
FOLDERS = ("notebooks", "solutions", "exercises")

Tree = Mapping[PurePosixPath, bytes]


def build_tree(lessons: Sequence[Lesson]) -> Tree:
    """Return every generated file: path below the project's root → content. Writes nothing."""
    tree: dict[PurePosixPath, bytes] = {}
    for lesson in lessons:
        where = PurePosixPath("notebooks") / lesson.slug
        tree[where / f"{lesson.slug}.ipynb"] = lesson_notebook(lesson).encode()
        tree[where / FORMS_FILE] = _forms(lesson, lesson.practice)
        if lesson.homework is None and not (lesson.folder / "homework.py").exists():
            continue
        source = {
            f"{HOMEWORK}.ipynb": homework_notebook(lesson).encode(),
            FORMS_FILE: _forms(lesson, _asked(lesson)),
        }
        for folder, files in (
            ("solutions", source),
            ("exercises", release(lesson.slug, source)),
        ):
            for name, content in files.items():
                tree[PurePosixPath(folder) / lesson.slug / name] = content
    tree[PurePosixPath("notebooks") / START] = start_page(lessons).encode()
    return tree


def _asked(lesson: Lesson) -> list[str]:
    left_out = lesson.homework.leave_out if lesson.homework else ()
    return [name for name in lesson.graded if name not in left_out]


def _forms(lesson: Lesson, forms: Iterable[str]) -> bytes:
    content = {
        "schema": SCHEMA_VERSION,
        "course": COURSE_ID,
        "lesson": lesson.slug,
        "forms": [lesson.raw[name] for name in forms],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def differences(tree: Tree, root: Path) -> list[str]:
    """Return a line for each generated file that is missing, out of date or no longer built."""
    found = []
    for path, content in tree.items():
        target = root / path
        if not target.is_file():
            found.append(f"{path} is missing")
        elif target.read_bytes() != content:
            found.append(f"{path} is out of date")
    found += [f"{path} is not built from any source" for path in _strangers(tree, root)]
    return found


def write_tree(tree: Tree, root: Path) -> list[PurePosixPath]:
    """Write what differs and remove what is no longer built; return the paths touched.

    Refuses to touch anything if a file lies there that no build can have made.
    """
    strangers = _strangers(tree, root)
    for path in strangers:
        if not _could_be_built(path):
            cure = (
                "it would be handed to every learner; move it to where you work as a learner"
                if path.name.startswith(PurePosixPath(ANSWERS_FILE).stem)
                else "move it away, or beside the lesson's sources if it belongs to them"
            )
            raise BuildError(root / path, f"was not made by the build: {cure}.")
    touched = []
    for path, content in tree.items():
        target = root / path
        if not target.is_file() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(target, content)
            touched.append(path)
    for path in strangers:
        (root / path).unlink()
        if not any((root / path).parent.iterdir()):
            (root / path).parent.rmdir()
        touched.append(path)
    return touched


def _could_be_built(path: PurePosixPath) -> bool:
    """Tell whether a file has a name that a build gives: a lesson's that is no longer there."""
    folder, *between = path.parts[:-1]
    if not between:
        return path.name == START and folder == "notebooks"
    notebook = f"{between[0]}.ipynb" if folder == "notebooks" else f"{HOMEWORK}.ipynb"
    return len(between) == 1 and path.name in (notebook, FORMS_FILE)


def _strangers(tree: Tree, root: Path) -> list[PurePosixPath]:
    found = []
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            path = PurePosixPath(file.relative_to(root).as_posix())
            hidden = any(part.startswith(".") for part in path.parts)  # .DS_Store, checkpoints
            if file.is_file() and path not in tree and not hidden:
                found.append(path)
    return found
