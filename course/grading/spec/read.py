"""Reads an assignment from an instructor's course folder."""

import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from nbgrader.utils import find_all_files

from course.grading.folder import CourseFolder
from course.grading.spec.gradebook import Recorded, read_gradebook
from course.grading.spec.model import Assignment, NotebookSpec, SpecError
from course.grading.spec.names import imported
from course.grading.spec.release import Template, lay_out, read_template

__all__ = ["read_assignment"]


def read_assignment(folder: CourseFolder, name: str) -> Assignment:
    """Read the assignment ``name`` from a course folder and its gradebook.

    SpecError if the gradebook cannot be read or does not know it, if a kernel is not Python's, or
    if its cells contradict each other.
    """
    course = folder.coursedir
    recorded = read_gradebook(course.db_url, course.course_id, name)
    if not recorded:
        raise SpecError(
            f"The assignment {name!r} has no notebooks. "
            f"Run `nbgrader generate_assignment {name}` first."
        )
    released = Path(course.format_path(course.release_directory, ".", name))
    source = Path(course.format_path(course.source_directory, ".", name))
    notebooks: list[NotebookSpec] = []
    notes: list[str] = []
    code: list[str] = []
    for one in recorded:
        templates = [read_template(where / f"{one.name}.ipynb") for where in (released, source)]
        _check_language(one, templates)
        notebook, said = lay_out(one, *templates, parent=folder.autograde)
        notebooks.append(notebook)
        notes += said
        code += [cell.source for cell in one.cells if cell.cell_type == "code"]
        code += [text for template in templates for text in template.code]
    keeps = tuple(folder.autograde.exclude_overwriting.get(name, ()))
    files = _files(source, course.ignore, keeps)
    return Assignment(
        name=name,
        notebooks=tuple(notebooks),
        files=files,
        keeps=keeps,
        ignore=tuple(course.ignore),
        select=course.notebook_id,
        modules=_modules(code, files),
        limits=folder.limits,
        notes=tuple(notes),
    )


def _files(source: Path, ignore: Sequence[str], keeps: Sequence[str]) -> dict[str, bytes]:
    """Return what nbgrader copies over a learner's files."""
    found = {}
    for path in map(Path, find_all_files(str(source), [*ignore, "*.ipynb"])):
        name = path.relative_to(source).as_posix()
        if name not in keeps:
            found[name] = path.read_bytes()
    return dict(sorted(found.items()))


def _modules(code: Iterable[str], files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the installed modules that the code imports; not those that lie in ``files``."""
    here = {PurePosixPath(path).parts[0].removesuffix(".py") for path in files}
    found = []
    for name in sorted({name for text in code for name in imported(text)}):
        top = name.partition(".")[0]
        if top not in here and importlib.util.find_spec(top) is not None:
            found.append(name)
    return tuple(found)


def _check_language(recorded: Recorded, templates: Sequence[Template]) -> None:
    """Raise SpecError if the notebook's kernel is known not to be Python's."""
    kernel: Mapping[str, Any] = recorded.kernelspec
    infos = [(one.metadata or {}).get("language_info", {}).get("name", "") for one in templates]
    name = str(kernel.get("name", ""))
    language = str(kernel.get("language") or next(filter(None, infos), ""))
    if not language and name and not name.lower().startswith("python"):
        try:
            language = KernelSpecManager().get_kernel_spec(name).language
        except NoSuchKernel:
            language = ""
    if language.lower() not in ("", "python", "python3", "ipython"):
        raise SpecError(
            f"Notebook {recorded.name!r} is written for {language} (kernel {name!r}), and "
            "`course grade` runs Python only. Grade it with `nbgrader autograde`."
        )
