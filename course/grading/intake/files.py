"""The files beside the notebooks: what lies in the folder that a learner's code runs in."""

import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath

from course.answers import CourseError, sidecar
from course.answers.forms import FORMS_FILE
from course.answers.learner import clean_id, suggest_id
from course.answers.store import ANSWERS_FILE
from course.grading.intake.model import listed, shown
from course.grading.spec.model import Assignment
from course.text import _

__all__ = ["answers_of_another", "pinned", "working_files"]

# Only the instructor has these; nbgrader would read them if it were started in the folder.
_RESERVED = frozenset(("nbgrader_config.py", "gradebook.db"))
# Read when Python, Jupyter or matplotlib start in the folder.
_STARTUP = frozenset(("matplotlibrc", ".ipython", ".jupyter", ".config", ".matplotlib"))
_CODE = (".py", ".pyc", ".pyo", ".pyd", ".so", ".pth")
_LIBRARIES = frozenset(
    (
        *sys.stdlib_module_names,
        *("sitecustomize", "usercustomize", "ipython_config", "jupyter_config", "course"),
        *("IPython", "matplotlib", "nbgrader", "numpy", "pandas", "scipy"),
    )
)


def working_files(
    spec: Assignment, submitted: Mapping[str, bytes], notebooks: Iterable[str]
) -> tuple[dict[str, bytes], list[str]]:
    """Return the files of the working folder, and notes on those that are not as handed in.

    As in nbgrader: no notebooks, and the instructor's files replace a learner's of the same name.
    """
    skipped = set(notebooks)
    folders = {str(parent) for path in spec.files for parent in PurePosixPath(path).parents}
    libraries = _LIBRARIES | {name.partition(".")[0] for name in spec.modules}
    reserved, startup, replaced = [], [], []
    files: dict[str, bytes] = {}
    for path, data in submitted.items():
        if path in skipped or path.endswith(".ipynb"):
            continue
        if PurePosixPath(path).name in _RESERVED:
            reserved.append(path)
        elif path in spec.files:
            if data != spec.files[path]:
                replaced.append(path)
        elif path in folders or _inside_a_file(path, spec.files):
            replaced.append(path)
        elif not _inside_a_file(path, submitted):  # which only a zip can hold
            files[path] = data
            if _shadows(path, libraries):
                startup.append(path)
    notes = {
        _("These files are the instructor's alone, and were left out: {names}."): reserved,
        _("The instructor's version of these files was used: {names}."): replaced,
        _(
            "These files change how Python starts, or stand for a library of the same name. Only "
            "the learner's own code may meet them: {names}."
        ): startup,
    }
    said = [text.format(names=listed(names)) for text, names in notes.items() if names]
    return {**files, **spec.files}, said


def pinned(spec: Assignment, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the submitted files that tests read as handed in: the answers to forms."""
    forms = FORMS_FILE in spec.files and ANSWERS_FILE not in spec.files
    return (ANSWERS_FILE,) if forms and ANSWERS_FILE in files else ()


def answers_of_another(content: bytes, student: str) -> str:
    """Return a note if the answers to forms name another learner than the one who handed in."""
    try:
        learner = sidecar.parse(content).get("learner")
        name = learner.get("id") if isinstance(learner, dict) else None
    except ValueError as error:
        return _("{file} cannot be read: {problem}.").format(file=ANSWERS_FILE, problem=error)
    if not isinstance(name, str) or not name or _canonical(name) == _canonical(student):
        return ""
    return _("{file} says that it is by {name}, and was handed in by {student}.").format(
        file=ANSWERS_FILE, name=shown(name), student=shown(student)
    )


def _canonical(name: str) -> str:
    try:
        return clean_id(name)
    except CourseError:
        return suggest_id(name)


def _shadows(path: str, libraries: Collection[str]) -> bool:
    if any(part in _STARTUP for part in path.split("/")):
        return True
    top, _slash, rest = path.partition("/")
    return (rest == "__init__.py" or (not rest and top.endswith(_CODE))) and (
        top.partition(".")[0] in libraries
    )


def _inside_a_file(path: str, files: Mapping[str, bytes]) -> bool:
    """Return whether one of the files is where this one's folder would be."""
    return "/" in path and any(str(parent) in files for parent in PurePosixPath(path).parents)
